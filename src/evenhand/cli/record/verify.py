# SPDX-License-Identifier: Apache-2.0
"""`evenhand record verify DIR`: reads a whole log and says what of it does not hold."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenhand.cli.asking import DOES_NOT_HOLD, HOLDS, Command, Wrong, ask_for_format
from evenhand.cli.record.asking import CLOSING, ask_for_keys, ask_for_log, content, keys, policy
from evenhand.cli.record.telling import told
from evenhand.cli.terminal import Terminal

if TYPE_CHECKING:
    from evenhand.record.files.auditing import Findings

OWN_KEY = "The key was taken from the log itself, which shows nothing about who wrote it; name it with --key."


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_log(parser)
    ask_for_keys(parser)
    says = 'the policy of cosigners you hold it to, {"k": 2, "of": [...]}; that of its genesis if not given'
    parser.add_argument("--cosigners", metavar="FILE", type=Path, help=says)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Check signature, quorum, every entry, leaf and node; 1 if something does not hold."""
    from evenhand.record.errors import RecordError
    from evenhand.record.files.auditing import audit
    from evenhand.record.files.shelf import Shelf
    from evenhand.record.keys import SIGNS

    shelf = Shelf(asked.dir)
    checkpoint = shelf.checkpoint()
    pinned = keys(asked.key) or keys([content(asked.dir / "vkey").strip()])
    for key in pinned:
        if key.type != SIGNS:
            raise Wrong(f"{key.name} is a cosigner's key; name the key with which the log signs with --key.")
    held_to = policy(asked.cosigners)
    with terminal.long("verifying") as tell:
        read = 0

        def tick(width: int) -> None:
            nonlocal read
            read += width
            tell(f"verifying entry {read:,}", read / max(1, checkpoint.size))

        try:
            found = audit(shelf, pinned, policy=held_to, tick=tick)
        except RecordError as error:
            found = _unsigned(checkpoint, error.sentence)
    if asked.format == "json":
        terminal.json({**as_json(found), "own_key": not asked.key})
    else:
        _tell(terminal, found, own_key=not asked.key)
    return HOLDS if found.holds else DOES_NOT_HOLD


def _unsigned(checkpoint: Any, sentence: str) -> "Findings":
    from evenhand.record.files.auditing import Findings

    return Findings(checkpoint, faults=[sentence])


def as_json(found: "Findings") -> dict[str, Any]:
    """The findings for programs."""
    from evenhand.record.encodings import to_base64

    checkpoint = found.checkpoint
    return {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": to_base64(checkpoint.root),
        "holds": found.holds,
        "kinds": found.kinds,
        "cosigned": [{"name": each.key.name, "seconds": each.seconds} for each in found.cosigned],
        "faults": found.faults,
        "notes": found.notes,
        "says": CLOSING,
    }


def _tell(terminal: Terminal, found: "Findings", *, own_key: bool) -> None:
    told(terminal, {key: value for key, value in as_json(found).items() if key in ("origin", "size", "root")})
    if found.policy:
        terminal.say(f"Cosigned by {len(found.cosigned)} of {len(found.policy.of)}; {found.policy.k} are needed.")
    for fault in found.faults:
        terminal.say(f"Does not hold: {fault}", style="bold red")
    if found.holds:
        terminal.say("Signature, entries, leaves and nodes hold.", style="green")
    for note in found.notes:
        terminal.say(f"Not checked: {note}")
    if own_key:
        terminal.say(OWN_KEY)
    terminal.say(CLOSING)


COMMAND = Command(
    words=("record", "verify"),
    says="Verifies a log in files: signature, cosigners, every entry, leaf and node.",
    example="evenhand record verify minutes --key example.org/minutes+1a2b3c4d+AbCd...",
    ask=ask,
    run=run,
)
