# SPDX-License-Identifier: Apache-2.0
"""`evenhand record prove DIR INDEX`: the receipt of one entry."""

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from evenhand.cli.asking import HOLDS, Command, Wrong, ask_for_format
from evenhand.cli.record.asking import ask_for_log
from evenhand.cli.record.telling import stated
from evenhand.cli.terminal import Terminal


def _index(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise ArgumentTypeError(f"{text!r} is no number of an entry; entries are numbered from 0")
    return int(text)


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_log(parser)
    parser.add_argument("index", metavar="INDEX", type=_index, help="the number of the entry, from 0")
    says = "a file with the disclosures of entries, one line each; those of this entry go into the receipt"
    parser.add_argument("--disclosures", metavar="FILE", type=Path, help=says)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Print the receipt under the checkpoint that was published last."""
    from evenhand.record.files.log import receipt
    from evenhand.record.files.shelf import Shelf

    shelf = Shelf(asked.dir)
    disclosures = _disclosures(asked.disclosures, asked.index) if asked.disclosures else ()
    made = receipt(shelf, asked.index, disclosures)
    made.opened()
    if asked.format == "json":
        terminal.json({**stated(shelf), "index": asked.index, "receipt": str(made)})
    else:
        terminal.out.write(str(made))
    return HOLDS


def _disclosures(path: Path, index: int) -> tuple[str, ...]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                try:
                    found = json.loads(line)
                    if found["index"] == index:
                        return tuple(map(str, found["disclosures"]))
                except (ValueError, KeyError, TypeError):
                    raise Wrong(f"{path}, line {number:,}, is not an index and its disclosures.") from None
    except OSError as error:
        raise Wrong(f"{path} cannot be read: {error.strerror}.") from None
    raise Wrong(f"{path} opens nothing of entry {index}.")


COMMAND = Command(
    words=("record", "prove"),
    says="Prints the receipt of an entry: its bytes, the hashes that lead to the root, and the signed checkpoint.",
    example="evenhand record prove minutes 3 > entry-3.tlog-proof",
    ask=ask,
    run=run,
)
