# SPDX-License-Identifier: Apache-2.0
"""`evenhand cosign status [LOG]`: what a cosigner has cosigned, or who has cosigned a log."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenhand.cli.asking import DOES_NOT_HOLD, HOLDS, Command, Wrong, ask_for_format
from evenhand.cli.cosign.asking import ask_for_dir, clock, folder_of
from evenhand.cli.cosign.telling import BAD, standing_json, tell_standing
from evenhand.cli.terminal import Terminal

if TYPE_CHECKING:
    from evenhand.cosign.memory import Memory


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    says = "the folder of a log of one's own; if not given, the status is that of the cosigner in DIR"
    parser.add_argument("log", metavar="LOG", type=Path, nargs="?", help=says)
    ask_for_dir(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Say how it stands; 1 if a log has too few cosigners, or a cosigner has seen a log sign two histories."""
    if asked.log is None:
        return _of_cosigner(asked, terminal)
    if asked.dir is not None:
        raise Wrong("Give the folder of a log or, with --dir, that of a cosigner, not both.")
    return _of_log(asked, terminal)


def _of_log(asked: Namespace, terminal: Terminal) -> int:
    from evenhand.cosign.gathering import standing_of
    from evenhand.cosign.page import ago, instant

    now, found = clock(), standing_of(asked.log)
    if asked.format == "json":
        terminal.json(standing_json(found))
        return HOLDS if found.holds else DOES_NOT_HOLD
    at = {each.key: each.seconds for each in found.cosigned}
    terminal.rows(
        [
            (
                (key.name, "bold"),
                (f"cosigned {instant(at[key])} ({ago(at[key], now=now)})" if key in at else "has not", ""),
            )
            for key in found.policy.of
        ]
    )
    tell_standing(terminal, found)
    return HOLDS if found.holds else DOES_NOT_HOLD


def _of_cosigner(asked: Namespace, terminal: Terminal) -> int:
    from evenhand.cosign import evidence
    from evenhand.cosign.own_key import memory_of
    from evenhand.cosign.page import told

    folder, now = folder_of(asked), clock()
    memory = memory_of(folder, create=False)
    files, forks = evidence.write_all(folder, memory), memory.forks()
    if asked.format == "json":
        terminal.json({"cosigner": memory.owner(), "logs": [_as_json(memory, origin) for origin in memory.origins()]})
        return DOES_NOT_HOLD if forks else HOLDS
    terminal.document(memory.owner() or "This cosigner was never started; `evenhand cosign serve` does.")
    for origin in memory.origins():
        terminal.say()
        terminal.say(origin, style="bold")
        for line in told(memory, origin, now=now):
            terminal.say(line, indent=2)
    if not memory.origins():
        terminal.say("It cosigns no log yet; `evenhand cosign add LOG` adds one.")
    for path in files:
        terminal.say(f"Whoever holds the key of that log can check it: {path}", style=BAD)
    return DOES_NOT_HOLD if forks else HOLDS


def _as_json(memory: "Memory", origin: str) -> dict[str, Any]:
    from evenhand.cosign.evidence import FOLDER, file_name
    from evenhand.record.encodings import to_base64

    known, refused = memory.latest(origin), memory.refused(origin)
    return {
        "origin": origin,
        "keys": [key.text for key in memory.keys(origin)],
        "size": known.size if known else 0,
        "root": to_base64(known.root) if known else None,
        "since": known.first if known else None,
        "cosigned": known.last if known else None,
        "refused": {"times": refused.times if refused else 0, "last": refused.last if refused else None},
        "forks": [
            {
                "size": fork.size,
                "seen": fork.seen,
                "times": fork.times,
                "file": f"{FOLDER}/{file_name(origin, fork.size)}",
            }
            for fork in memory.forks(origin)
        ],
    }


COMMAND = Command(
    words=("cosign", "status"),
    says="Says what a cosigner has cosigned and when; or, for a log of one's own, who has cosigned it.",
    example="evenhand cosign status --dir cosigner",
    ask=ask,
    run=run,
)
