# SPDX-License-Identifier: Apache-2.0
"""`evenhand record publish DIR --to PUBLIC`: moves the public copy of a log if its schedule says so."""

import secrets
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from evenhand.cli.asking import DOES_NOT_HOLD, HOLDS, Command, ask_for_format
from evenhand.cli.cosign.telling import standing_json, tell_standing
from evenhand.cli.record.asking import ask_for_log, ask_for_signer
from evenhand.cli.record.telling import stated, told
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_log(parser)
    says = "the folder of the public copy, to be served as it is by any web server"
    parser.add_argument("--to", metavar="PUBLIC", type=Path, required=True, help=says)
    ask_for_signer(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Publish for the newest instant of the schedule that has come; say so if none has.

    The copy moves although a cosigner is silent, because withholding it would show something too; the code is 1 then.
    """
    from evenhand.cosign.asking import posted
    from evenhand.cosign.gathering import cosigned_for, standing_of
    from evenhand.cosign.named import named_for, policy_of
    from evenhand.record.fields import instant_text
    from evenhand.record.files.log import Log
    from evenhand.record.files.publishing import publish

    with Log.open(asked.dir, signer=asked.signer) as log, terminal.long("publishing"):
        cosign = partial(cosigned_for, send=posted)
        moved = publish(log, asked.to, now=datetime.now(UTC), chance=secrets.token_bytes, cosign=cosign)
        found = stated(log.shelf)
        needed = named_for(asked.dir) is not None or policy_of(log.shelf) is not None
        standing = standing_of(asked.dir) if moved and needed else None
    instant = instant_text(moved) if moved else None
    code = HOLDS if standing is None or standing.holds else DOES_NOT_HOLD
    if asked.format == "json":
        terminal.json({**found, "instant": instant, "cosigned": standing_json(standing) if standing else None})
        return code
    told(terminal, found)
    terminal.say(
        f"Published for {instant}." if moved else "Nothing is due: the next instant of the schedule has not come."
    )
    if standing:
        tell_standing(terminal, standing)
    return code


COMMAND = Command(
    words=("record", "publish"),
    says="Moves the public copy of a log at the instants of its schedule, whether or not anything happened.",
    example="evenhand record publish minutes --to public/minutes",
    ask=ask,
    run=run,
)
