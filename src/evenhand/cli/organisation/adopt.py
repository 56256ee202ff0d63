# SPDX-License-Identifier: Apache-2.0
"""`evenhand adopt FILE`: a new version of the organisation's rulebook."""

import secrets
from argparse import ArgumentParser, Namespace
from datetime import date

from evenhand.cli.asking import HOLDS, Command, Wrong, ask_for_format
from evenhand.cli.organisation.opening import ask_for_folder, now, opened
from evenhand.cli.rules.opening import ask_for_rulebook
from evenhand.cli.rules.opening import opened as rulebook
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_rulebook(parser)
    says = "the day from which it binds, as 2027-01-01; needed where the file names none"
    parser.add_argument("--in-force", metavar="DAY", help=says)
    says = "“C5: why”: adopt it although this check fails; once for each"
    parser.add_argument("--despite", metavar="REASON", action="append", default=[], help=says)
    ask_for_folder(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Check the version and adopt it."""
    rulebook(asked.file)  # a file that is not there, or does not load, is told before anything is opened
    day, despite = _day(asked.in_force), dict(map(_reason, asked.despite))
    organisation = opened(asked)
    from evenhand.procedure.adopting import adopt_version

    with terminal.long("checking the rulebook"):
        done = adopt_version(
            organisation,
            asked.file.read_text("utf-8"),
            at=now(),
            chance=secrets.token_bytes,
            in_force=day,
            despite=despite,
            name=str(asked.file),
        )
    if asked.format == "json":
        terminal.json({**done.__dict__, "in_force": done.in_force.isoformat(), "unheld": list(done.unheld)})
        return HOLDS
    terminal.say(f"Version {done.version} is published and comes into force on {done.in_force.isoformat()}.")
    terminal.say(f"{done.open} open matters stay under the version they began under.")
    if done.unheld:
        terminal.say(f"Nobody holds these offices today: {', '.join(done.unheld)}.", style="yellow")
    return HOLDS


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Wrong(f"--in-force says {text!r}, which is no day; write it as 2027-01-01.") from None


def _reason(text: str) -> tuple[str, str]:
    check, colon, reason = text.partition(":")
    if not colon:
        raise Wrong(f"--despite says {text!r}; write the check, a colon and the reason, as in “C5: ...”.")
    return check.strip(), reason.strip()


COMMAND = Command(
    words=("adopt",),
    says="Adopts a new version of the rulebook: published now, in force on its day, never backwards.",
    example="evenhand adopt rulebooks/harbour.yaml --dir harbour",
    ask=ask,
    run=run,
)
