# SPDX-License-Identifier: Apache-2.0
"""`evenhand record rotate DIR`: hands a log over from its key to a new one."""

import secrets
from argparse import ArgumentParser, Namespace

from evenhand.cli.asking import HOLDS, Command, ask_for_format
from evenhand.cli.record.asking import ask_for_log, ask_for_signer
from evenhand.cli.record.telling import stated, told
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_log(parser)
    ask_for_signer(parser)
    says = "end a rotation: sign with the new key alone, once everybody has had time to follow"
    parser.add_argument("--retire", action="store_true", help=says)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Begin the rotation, or with --retire end it."""
    from evenhand.record.files.log import Log
    from evenhand.record.files.rotating import retire, rotate
    from evenhand.record.keys import SigningKey

    with Log.open(asked.dir, signer=asked.signer) as log:
        if asked.retire:
            retire(log)
        else:
            rotate(log, SigningKey.of_seed(log.origin, secrets.token_bytes(32)))
        found = {**stated(log.shelf), "key": log.signer.verifiers[-1].text}
    if asked.format == "json":
        terminal.json(found)
    else:
        told(terminal, found)
    return HOLDS


COMMAND = Command(
    words=("record", "rotate"),
    says="Hands a log over to a new key: an entry says so, and both keys sign until the old one is retired.",
    example="evenhand record rotate minutes",
    ask=ask,
    run=run,
)
