# SPDX-License-Identifier: Apache-2.0
"""`evenhand cosign ask LOG`: asks the cosigners of one's own log for their cosignatures."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.asking import DOES_NOT_HOLD, HOLDS, Command, ask_for_format
from evenhand.cli.cosign.telling import standing_json, tell_standing
from evenhand.cli.terminal import Terminal

if TYPE_CHECKING:
    from evenhand.cosign.asking import Asked


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    says = "the folder of a log; who cosigns it stands in LOG.cosigners beside it"
    parser.add_argument("log", metavar="LOG", type=Path, help=says)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Ask all of them; 1 if fewer than are needed have cosigned the checkpoint."""
    from evenhand.cosign.asking import posted
    from evenhand.cosign.gathering import gather

    with terminal.long("asking the cosigners"):
        found, came = gather(asked.log, send=posted)
    if asked.format == "json":
        terminal.json({**standing_json(found), "asked": [_as_json(each) for each in came]})
    else:
        terminal.rows([((each.named.key.name, "bold"), (each.says, "")) for each in came])
        unknown = [key.name for key in found.policy.of if key not in {each.named.key for each in came}]
        if unknown:
            terminal.say(f"Nobody said where these answer: {', '.join(unknown)}. `evenhand cosign add` names one.")
        tell_standing(terminal, found)
    return HOLDS if found.holds else DOES_NOT_HOLD


def _as_json(asked: "Asked") -> dict[str, object]:
    return {
        "key": asked.named.key.text,
        "url": asked.named.url,
        "cosigned": asked.line is not None,
        "says": asked.says,
        "size": asked.size,
    }


COMMAND = Command(
    words=("cosign", "ask"),
    says="Asks the cosigners of one's own log to cosign its checkpoint, and puts their lines under it.",
    example="evenhand cosign ask minutes",
    ask=ask,
    run=run,
)
