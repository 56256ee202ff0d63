# SPDX-License-Identifier: Apache-2.0
"""`evenhand cosign add LOG`: cosign another log from now on, or name who cosigns one's own."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from evenhand.cli.asking import HOLDS, Command, Wrong
from evenhand.cli.cosign.asking import ask_for_dir, clock, count, folder_of
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    says = "the verifier key of a log, a file that holds it, or the folder of a log"
    parser.add_argument("log", metavar="LOG", help=says)
    ask_for_dir(parser)
    says = "name this cosigner for one's own log LOG, a folder, by its verifier key"
    parser.add_argument("--cosigner", metavar="KEY", help=says)
    parser.add_argument("--at", metavar="URL", help="where that cosigner answers")
    says = "how many cosigners of LOG are needed; if neither this nor the genesis says, all who are named"
    parser.add_argument("--needed", metavar="K", type=count, help=says)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Add a log to a cosigner, or a cosigner to a log."""
    if asked.cosigner is None and asked.at is None and asked.needed is None:
        return _cosign_another(asked, terminal)
    if asked.cosigner is None or asked.at is None:
        raise Wrong("Say both who cosigns the log and where: --cosigner KEY --at URL.")
    if asked.dir is not None:
        raise Wrong("--dir is the folder of a cosigner; to name one for a log of your own, leave it out.")
    return _name_one(asked, terminal)


def _cosign_another(asked: Namespace, terminal: Terminal) -> int:
    from evenhand.cosign.named import key_given
    from evenhand.cosign.own_key import memory_of

    key = key_given(asked.log)
    memory = memory_of(folder_of(asked), create=True)
    new = memory.add(key, seconds=clock())
    others = len(memory.keys(key.name)) - 1
    terminal.say(f"The log {key.name} {'is cosigned from now on' if new else 'was cosigned already'}, under the key")
    terminal.document(key.text)
    if others:
        terminal.say(f"It has {others} other key{'' if others == 1 else 's'} here.")
    terminal.say("Compare the key with one that the log's keeper gave you in another way: everything rests on it.")
    return HOLDS


def _name_one(asked: Namespace, terminal: Terminal) -> int:
    from evenhand.cosign.gathering import locked
    from evenhand.cosign.named import (
        Cosigners,
        Named,
        address,
        check_against,
        cosigner_key,
        named_for,
        policy_of,
        write,
    )
    from evenhand.record.files.shelf import Shelf

    folder = Path(asked.log)
    if not folder.is_dir():
        raise Wrong(f"{asked.log} is not a folder; name the one that holds your log.")
    key, policy = cosigner_key(asked.cosigner), policy_of(Shelf(folder))
    check_against(policy, key, needed=asked.needed)
    with locked(folder):
        earlier = named_for(folder) or Cosigners(0, ())
        named = earlier.with_one(Named(key, address(asked.at)), needed=asked.needed)
        path = write(folder, named)
    k, n = (policy.k, len(policy.of)) if policy else (named.k, len(named.of))
    terminal.say(f"{key.name} is asked to cosign this log; {k} of {n} are needed. Written to {path}.")
    return HOLDS


COMMAND = Command(
    words=("cosign", "add"),
    says="Cosigns another log from now on; or, with --cosigner, names who cosigns a log of one's own.",
    example="evenhand cosign add minutes/vkey --dir cosigner",
    ask=ask,
    run=run,
)
