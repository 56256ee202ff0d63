# SPDX-License-Identifier: Apache-2.0
"""What a log says of itself, as rows for people and as keys for programs."""

from typing import TYPE_CHECKING, Any

from evenhand.cli.terminal import Terminal

if TYPE_CHECKING:
    from evenhand.record.files.shelf import Shelf

WORDS = {
    "origin": "log",
    "size": "entries",
    "root": "root",
    "key": "verifier key",
    "signer": "signer file",
    "added": "added",
}


def stated(shelf: "Shelf") -> dict[str, Any]:
    """Origin, size and root (base64) of the checkpoint that a log has published."""
    from evenhand.record.encodings import to_base64

    checkpoint = shelf.checkpoint()
    return {"origin": checkpoint.origin, "size": checkpoint.size, "root": to_base64(checkpoint.root)}


def told(terminal: Terminal, found: dict[str, Any]) -> None:
    """The same for a person, one row each."""
    rows = [
        (WORDS[key], f"{value:,}" if isinstance(value, int) else str(value))
        for key, value in found.items()
        if key in WORDS
    ]
    terminal.rows([((about, "dim"), (line, "")) for about, line in rows])
