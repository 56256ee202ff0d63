# SPDX-License-Identifier: Apache-2.0
"""Reads a mapping: the folder that says how somebody else's files become a case history.

`mapping.toml` names the source and what is to be compared; one SQL file for each table makes the table.
"""

import tomllib
from codecs import lookup
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from evenhand.examine.trouble import Unreadable

TABLES = ("cases", "acts", "people", "facts", "allegations")
KEYS: dict[str, tuple[str, ...]] = {
    "": ("source", "findings", "compare", "snapshots"),
    "source": ("name", "zone", "licence", "rulebook", "book", "dates", "encoding", "as_of"),
    "findings": ("against", "other"),
    "compare": ("attribute", "column", "outcome", "strata", "group", "reference"),
    "snapshots": ("key", "outcome_columns", "pending"),
}


@dataclass(frozen=True, kw_only=True)
class Compare:
    """One comparison of groups: `column` (`people.race`) holds the group, `strata` the columns to hold equal."""

    attribute: str
    column: str
    outcome: str
    strata: tuple[str, ...] = ()
    group: str | None = None
    reference: str | None = None


@dataclass(frozen=True, kw_only=True)
class Mapping:
    """What mapping.toml says, and the SQL of each table that has a file."""

    folder: Path
    name: str
    zone: str = "UTC"
    licence: str = ""
    rulebooks: tuple[Path, ...] = ()
    book: str | None = None
    dates: tuple[str, ...] = ()
    encoding: str | None = None
    as_of: date | None = None
    against: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    compare: tuple[Compare, ...] = ()
    key: tuple[str, ...] = ()
    outcome_columns: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    sql: MappingType[str, str] = field(default_factory=dict)


class _Section:
    """One table of mapping.toml, asked key by key; every wrong answer is an `Unreadable` that names the key."""

    def __init__(self, file: Path, title: str, given: object) -> None:
        self.file, self.title = file, title
        if not isinstance(given, dict):
            raise Unreadable(f"{file}: [{title}] must be a section with keys of its own.")
        self.given: dict[str, Any] = given
        allowed = KEYS[title]
        for key in given:
            if key not in allowed:
                near = get_close_matches(key, allowed, 1)
                hint = f"did you mean {near[0]}?" if near else f"the keys there are: {', '.join(allowed)}."
                place = f"in [{title}]" if title else "at the top"
                raise Unreadable(f"{file}: the key {key} {place} is not known; {hint}")

    def text(self, key: str) -> str | None:
        value = self.given.get(key)
        if value is None or isinstance(value, str):
            return value
        raise Unreadable(f'{self.file}: [{self.title}] {key} must be a text, such as {key} = "...".')

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.given.get(key, [])
        value = [value] if isinstance(value, str) else value
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise Unreadable(f'{self.file}: [{self.title}] {key} must be a list of texts, such as {key} = ["..."].')

    def needed(self, key: str) -> str:
        value = self.text(key)
        if not value:
            raise Unreadable(f"{self.file}: [{self.title}] needs the key {key}.")
        return value


def read_mapping(folder: Path) -> Mapping:
    """Read a mapping folder. Raises `Unreadable` with the file, the key and what to do."""
    file = folder / "mapping.toml"
    if not file.is_file():
        raise Unreadable(
            f"There is no {file}; a mapping is a folder with mapping.toml and SQL files "
            "(`evenhand examine init SOURCE --out MAPPING` writes a first one)."
        )
    try:
        given = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"{file} cannot be read as TOML: {error}.") from None
    top = _Section(file, "", given)
    source = _Section(file, "source", top.given.get("source", {}))
    findings = _Section(file, "findings", top.given.get("findings", {}))
    snapshots = _Section(file, "snapshots", top.given.get("snapshots", {}))
    compare = top.given.get("compare", [])
    if not isinstance(compare, list):
        raise Unreadable(f"{file}: write each comparison as a section of its own under [[compare]].")
    return Mapping(
        folder=folder,
        name=source.needed("name"),
        zone=_zone(file, source.text("zone") or "UTC"),
        licence=source.text("licence") or "",
        rulebooks=tuple(_inside(file, folder, name) for name in source.texts("rulebook")),
        book=source.text("book"),
        dates=source.texts("dates"),
        encoding=_encoding(file, source.text("encoding")),
        as_of=_day(file, source.given.get("as_of")),
        against=findings.texts("against"),
        other=findings.texts("other"),
        compare=tuple(_compare(file, item) for item in compare),
        key=snapshots.texts("key"),
        outcome_columns=snapshots.texts("outcome_columns"),
        pending=snapshots.texts("pending"),
        sql=_sql(folder),
    )


def _sql(folder: Path) -> dict[str, str]:
    found = {}
    for table in TABLES:
        path = folder / f"{table}.sql"
        if path.is_file():
            try:
                found[table] = path.read_text("utf-8")
            except UnicodeDecodeError:
                raise Unreadable(f"{path} is not UTF-8; save it as UTF-8.") from None
    return found


def _compare(file: Path, given: object) -> Compare:
    section = _Section(file, "compare", given)
    return Compare(
        attribute=section.needed("attribute"),
        column=section.needed("column"),
        outcome=section.needed("outcome"),
        strata=section.texts("strata"),
        group=section.text("group"),
        reference=section.text("reference"),
    )


def _inside(file: Path, folder: Path, name: str) -> Path:
    path = folder / name
    # A mapping may come from a stranger: it names files of its own folder and no others.
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Unreadable(f"{file}: rulebook {name} lies outside the mapping's folder; copy it into {folder}.")
    if not path.is_file():
        raise Unreadable(f"{file}: there is no rulebook {path}; put it there or take the key rulebook out.")
    return path


def _zone(file: Path, zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise Unreadable(f'{file}: there is no time zone "{zone}"; write it like "Europe/Rome".') from None
    return zone


def _encoding(file: Path, encoding: str | None) -> str | None:
    if encoding is not None:
        try:
            lookup(encoding)
        except LookupError:
            raise Unreadable(f'{file}: there is no encoding "{encoding}"; try "windows-1252" or "utf-16".') from None
    return encoding


def _day(file: Path, given: object) -> date | None:
    if isinstance(given, str):
        try:
            given = date.fromisoformat(given)
        except ValueError:
            given = 0
    if given is None or type(given) is date:
        return given
    raise Unreadable(f"{file}: [source] as_of must be a day, such as as_of = 2024-12-31.")
