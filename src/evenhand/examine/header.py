# SPDX-License-Identifier: Apache-2.0
"""Reads the first line of a text file: its separator and the names of its columns."""

import csv
from dataclasses import dataclass
from pathlib import Path

MOST_COLUMNS = 2_000
LONGEST_HEADER = 1 << 26
SEPARATORS = (",", ";", "\t", "|")
FOREIGN = (
    "not valid UTF-8; if the file is in another encoding, name it under [source] encoding in mapping.toml, "
    'for example "windows-1252".'
)


class Headless(Exception):
    """A file whose first line cannot be a line of column names; the text is a whole sentence."""


@dataclass(frozen=True)
class Header:
    """The separator, the names as columns of a table (no two alike), and what was changed to get there."""

    separator: str
    names: tuple[str, ...]
    changed: tuple[str, ...]


def read_header(plain: Path, file: str, tabs: bool) -> Header:
    """The header of the plain text at `plain`; `file` is the name to be told. Raises `Headless`."""
    with plain.open("rb") as stream:
        line = stream.readline(LONGEST_HEADER)
    if b"\0" in line:
        raise Headless(
            f"{file} is not plain text (its first line holds NUL characters); "
            'if it is UTF-16, say `encoding = "utf-16"` under [source] in mapping.toml.'
        )
    text = line.decode("utf-8", "replace").rstrip("\n")
    separator = "\t" if tabs else max(SEPARATORS, key=text.count)
    count = text.count(separator) + 1
    # Counted before anything is built from it: a table of a million columns would take the memory of the machine.
    if count > MOST_COLUMNS:
        raise Headless(f"{file} has {count:,} columns; at most {MOST_COLUMNS:,} can be read.")
    if not text.strip():
        raise Headless(f"{file} begins with an empty line; its first line must name the columns.")
    try:
        given = next(csv.reader([text], delimiter=separator))
    except (csv.Error, StopIteration) as error:
        raise Headless(f"The first line of {file} cannot be read as column names ({error}).") from None
    names, changed = _apart([field.strip() for field in given], file)
    if "\ufffd" in text and "\ufffd".encode() not in line:
        changed = (f"The first line of {file} is {FOREIGN}", *changed)
    return Header(separator, names, changed)


def _apart(given: list[str], file: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names told apart (SQL does not tell Race from race), and a sentence for each that was changed."""
    names: list[str] = []
    changed: list[str] = []
    taken: set[str] = {"_line"}
    for place, field in enumerate(given, 1):
        name = field or f"column{place}"
        number = 2
        while name.lower() in taken:
            name, number = f"{field or f'column{place}'}_{number}", number + 1
        if not field:
            changed.append(f"Column {place} of {file} has no name; it is read as {name}.")
        elif name != field:
            changed.append(f"{file} has more than one column named {field}; column {place} is read as {name}.")
        taken.add(name.lower())
        names.append(name)
    return tuple(names), tuple(changed)
