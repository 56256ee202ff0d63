# SPDX-License-Identifier: Apache-2.0
"""`evenhand record new DIR --origin NAME`: a log in files, with its genesis, published."""

import secrets
from argparse import ArgumentParser, Namespace
from datetime import timedelta
from pathlib import Path
from typing import Any

from evenhand.cli.asking import HOLDS, Command, Wrong, ask_for_format
from evenhand.cli.record.asking import ask_for_log, ask_for_signer, content, instant, period, policy, whole
from evenhand.cli.record.telling import stated, told
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_log(parser)
    says = "the name of the log in every checkpoint, such as example.org/harbour"
    parser.add_argument("--origin", metavar="NAME", required=True, help=says)
    ask_for_signer(parser)
    parser.add_argument("--charter", metavar="TEXT", help="what the log is for, in a sentence")
    says = "the rulebook that its entries are made under; its canonical text is put into DIR/rulebooks"
    parser.add_argument("--rulebook", metavar="FILE", type=Path, help=says)
    says = 'whose cosignatures its public checkpoint needs: a JSON file {"k": 2, "of": ["<verifier key>", ...]}'
    parser.add_argument("--cosigners", metavar="FILE", type=Path, help=says)
    parser.add_argument("--every", metavar="TIME", type=period, help="how often its public copy moves, such as 1d")
    says = "the first instant at which it does, such as 2026-01-01T03:00:00Z; needed with --every"
    parser.add_argument("--from", metavar="INSTANT", type=instant, dest="start", help=says)
    says = "a sealed log is then filled up to a multiple of so many entries; 16 if not given"
    parser.add_argument("--multiple", metavar="N", type=whole, help=says)
    says = "the last cosigned checkpoint of a log that this one takes up after a compromise or a loss"
    parser.add_argument("--after", metavar="CHECKPOINT", type=Path, help=says)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Make the folder and the signer file; neither may be there."""
    from evenhand.record import entries
    from evenhand.record.files.log import Log, signer_beside
    from evenhand.record.keys import SigningKey

    key = SigningKey.of_seed(asked.origin, secrets.token_bytes(32))
    more, rulebook = _more(asked)
    genesis = entries.genesis(origin=asked.origin, key=key.verifier.text, **more)
    if asked.dir.resolve() == Path.cwd():
        raise Wrong("A log has a folder of its own and its key beside it; name a folder that is not the current one.")
    with Log.new(asked.dir, key, genesis, signer=asked.signer) as log:
        if rulebook is not None:
            digest, text = rulebook
            (asked.dir / "rulebooks").mkdir(exist_ok=True)
            (asked.dir / "rulebooks" / f"{digest.removeprefix('sha256:')}.json").write_bytes(text)
        found = {
            **stated(log.shelf),
            "key": log.signer.verifiers[-1].text,
            "signer": str(asked.signer or signer_beside(asked.dir)),
        }
    if asked.format == "json":
        terminal.json(found)
        return HOLDS
    told(terminal, found)
    terminal.say("Give the key to everybody who may want to verify, by another way than this folder.")
    return HOLDS


def _more(asked: Namespace) -> tuple[dict[str, Any], tuple[str, bytes] | None]:
    """What the genesis says beside origin and key, and the rulebook's canonical text."""
    from evenhand.record.files.rotating import last_of
    from evenhand.record.notes import Note
    from evenhand.record.publication import MULTIPLE, Publication

    if asked.every is not None and asked.start is None:
        raise Wrong("Say with --from at which instant the public copy moves first, such as 2026-01-01T03:00:00Z.")
    if asked.multiple is not None and asked.start is None:
        raise Wrong("A log without a schedule is not filled up; give --from and --every with --multiple.")
    every = asked.every or timedelta(days=1)
    rulebook = _rulebook(asked.rulebook) if asked.rulebook else None
    chosen = policy(asked.cosigners)
    more = {
        "charter": asked.charter,
        "rulebook": rulebook[0] if rulebook else None,
        "cosigners": chosen.as_data() if chosen else None,
        "publication": Publication(asked.start, every, asked.multiple or MULTIPLE).as_data() if asked.start else None,
        "after": last_of(Note.parse(content(asked.after))) if asked.after else None,
    }
    return more, rulebook


def _rulebook(path: Path) -> tuple[str, bytes]:
    from evenhand.cli.rules.opening import opened
    from evenhand.rulebook.loading import canonical_text

    return opened(path).digest, canonical_text(path)


COMMAND = Command(
    words=("record", "new"),
    says="Begins a log in files: its genesis, a signing key in a file beside it, and its first checkpoint.",
    example="evenhand record new minutes --origin example.org/minutes",
    ask=ask,
    run=run,
)
