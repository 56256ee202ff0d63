# SPDX-License-Identifier: Apache-2.0
"""`examine run`: from a source and its mapping to findings, report and tables, which appear whole or not at all."""

import hashlib
import json
import shutil
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evenhand.examine.appearing import appear_whole
from evenhand.examine.backlog import backlog
from evenhand.examine.balance import balance
from evenhand.examine.clocks import clocks
from evenhand.examine.comparing import equal_treatment
from evenhand.examine.examination import Examination, Shelf, last_day
from evenhand.examine.lawful import rules
from evenhand.examine.like_cases import like_cases
from evenhand.examine.mapping import TABLES, Mapping, read_mapping
from evenhand.examine.opening import open_history
from evenhand.examine.overridden import overridden
from evenhand.examine.own_cause import own_cause
from evenhand.examine.population import population
from evenhand.examine.recorded import record_examination
from evenhand.examine.rules_of_the_day import BEFORE_THE_FIRST, assign_versions, load_books

Progress = Callable[[str, float], None]

NO_RULEBOOK = "The mapping names no rulebook."
NO_DAY_OF_EXPORT = "The mapping does not name the day of the export."
OPENED = 0.5
"""The share of a run after which the history is open; the findings have the rest but for the report."""


def run(
    mapping: Path,
    source: Path,
    out: Path,
    *,
    threads: int = 2,
    memory: str = "1GB",
    progress: Progress | None = None,
    chance: Callable[[int], bytes] | None = None,
) -> dict[str, Any]:
    """Examine a source through a mapping and write the whole into the folder `out`; returns the findings.

    With `chance` (so many random bytes) a record of the examination is written beside them, and its name, key, size and
    root are returned under `record`; they do not stand in `findings.json`, whose hash is in that record.

    `memory` bounds DuckDB, which then works on disk; `progress` is told what is being done and the share done. Raises
    `Unreadable` where nothing can be examined. Whatever stops the run, `out` is as it was before it or holds the whole.
    """
    tell = progress or (lambda what, share: None)
    known = read_mapping(mapping)
    books = load_books(known)
    with appear_whole(out) as part:
        # The connection may write inside its working folder only, so the tables are made there and then moved.
        work = part / "work"
        tables = work / "tables"
        tables.mkdir(parents=True)
        with open_history(
            mapping,
            source,
            threads=threads,
            memory=memory,
            progress=lambda what, share: tell(what, OPENED * share),
            tmp=work,
        ) as history:
            on = Examination(history, Shelf(history.con, tables), books, last_day(history))
            findings = _findings(on, tell)
        tables.rename(part / "tables")
        shutil.rmtree(work, ignore_errors=True)
        text = json.dumps(findings, indent=1, ensure_ascii=False, allow_nan=False)
        (part / "findings.json").write_text(text + "\n", "utf-8")
        tell("writing the report", 0.95)
        _report(part, findings)
        if chance is not None:
            findings = {**findings, "record": record_examination(part, findings, known.rulebooks, chance=chance)}
    tell("the examination is done", 1.0)
    return findings


def _findings(on: Examination, tell: Progress) -> dict[str, Any]:
    """Every finding, in the order of the report."""
    if on.books is not None and (older := assign_versions(on.con, on.books)):
        on.notes.append(BEFORE_THE_FIRST.format(count=f"{older:,}"))
    makers: tuple[tuple[str, Callable[[Examination], Any]], ...] = (
        ("population", population),
        ("rules", rules),
        ("clocks", clocks),
        ("backlog", backlog),
        ("own_cause", own_cause),
        ("overridden", overridden),
        ("like_cases", like_cases),
        ("equal_treatment", equal_treatment),
        ("balance", balance),
    )
    found: dict[str, Any] = {"source": _source(on), **_mapping(on)}
    for place, (key, maker) in enumerate(makers):
        tell(f"finding: {key.replace('_', ' ')}", OPENED + (0.95 - OPENED) * place / len(makers))
        found[key] = maker(on)
    found["population"]["cannot_show"] = list(dict.fromkeys(on.notes))
    found["tables"] = on.shelf.listed
    found["why"] = on.why
    return found


def _source(on: Examination) -> dict[str, Any]:
    known = on.history.mapping
    if known.as_of is None:
        on.unknown("source.as_of", NO_DAY_OF_EXPORT)
    return {
        "name": known.name,
        "zone": known.zone,
        "licence": known.licence,
        "as_of": None if known.as_of is None else known.as_of.isoformat(),
        "files": [file.as_dict() for file in on.history.files],
    }


def _mapping(on: Examination) -> dict[str, Any]:
    if on.books is None:
        on.unknown("rulebook", NO_RULEBOOK)
    return {
        "mapping": {"files": _mapping_files(on.history.mapping)},
        "rulebook": None if on.books is None else on.books.as_dict(),
    }


def _mapping_files(known: Mapping) -> list[dict[str, str]]:
    """The files that say how the source was read, with their digests: another reading would be another examination."""
    files = [known.folder / "mapping.toml", *(known.folder / f"{table}.sql" for table in TABLES if table in known.sql)]
    return [
        {"name": str(path.relative_to(known.folder)), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in (*files, *known.rulebooks)
    ]


def _report(part: Path, findings: dict[str, Any]) -> None:
    """The page for readers."""
    if find_spec("evenhand.examine.report") is None:
        return
    import_module("evenhand.examine.report").write_report(part, findings)
