# SPDX-License-Identifier: Apache-2.0
"""`evenhand record append DIR FILE.jsonl`: each line of a file becomes one entry, all of them or none."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from evenhand.cli.asking import HOLDS, Command, Wrong, ask_for_format
from evenhand.cli.record.asking import ask_for_log, ask_for_signer, one_value
from evenhand.cli.record.telling import stated, told
from evenhand.cli.terminal import Terminal

GROUP = 1_000
"""Lines that go to the disk together."""
LONGEST_LINE = 1024 * 1024
KEPT = "The entries ({count:,}) are kept, and the next command on this log publishes them; do not enter them again."
MAKERS = "“record new” and “record rotate”"


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_log(parser)
    parser.add_argument("file", metavar="FILE", help="JSON objects, one a line; - for what comes in on stdin")
    ask_for_signer(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Enter every line and publish once; a line that cannot be entered leaves the log as it was."""
    from evenhand.record.errors import LogError
    from evenhand.record.files.log import Log

    with (
        _opened(asked.file) as file,
        Log.open(asked.dir, signer=asked.signer) as log,
        terminal.long("entering") as tell,
    ):
        before, group = log.size, []
        for number, entry in enumerate(_entries(file, asked.file), start=1):
            group.append(entry)
            if len(group) == GROUP:
                log.append(group, last=False)
                tell(f"entering line {number:,}", 0)
                group = []
        log.append(group)
        try:
            log.publish()
        except LogError as error:
            raise Wrong(f"{error.sentence} {KEPT.format(count=log.size - before)}") from None
        found = {**stated(log.shelf), "added": log.size - before}
    if asked.format == "json":
        terminal.json(found)
    else:
        told(terminal, found)
    return HOLDS


def _opened(name: str) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise Wrong(f"{name} cannot be read: {error.strerror}.") from None


def _entries(file: BinaryIO, name: str) -> Iterator[bytes]:
    """The canonical bytes of every line; empty lines are passed over. `Wrong` names the line that is no entry."""
    from evenhand.record import entries
    from evenhand.record.errors import RecordError

    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        where = f"{name}, line {number:,}: nothing was entered."
        if len(line) > LONGEST_LINE:
            raise Wrong(f"{where} The line is longer than 1 MiB; is this a file with one JSON object a line?")
        if not line.strip():
            continue
        try:
            value = one_value(line.decode("utf-8-sig" if number == 1 else "utf-8"))
            if isinstance(value, dict) and value.get("v") == 1 and value.get("type") in ("genesis", "key.rotated"):
                raise Wrong(f"{where} An entry of the type {value['type']} is made by {MAKERS} alone.")
            data = entries.plain(value)
        except RecordError as error:
            raise Wrong(f"{where} {error.sentence}") from None
        except UnicodeDecodeError:
            raise Wrong(f"{where} This is not text in UTF-8; save the file as UTF-8.") from None
        except ValueError as error:
            raise Wrong(f"{where} This is not one JSON object ({error}).") from None
        yield data


COMMAND = Command(
    words=("record", "append"),
    says="Enters each line of a file, a JSON object, as it is; publishes once and prints size and root.",
    example="evenhand record append minutes decisions.jsonl",
    ask=ask,
    run=run,
)
