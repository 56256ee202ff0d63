# SPDX-License-Identifier: Apache-2.0
"""The texts of a first mapping: each SQL file says in comments what it was guessed from and what is to be looked at."""

import json
import re
from collections.abc import Sequence

from evenhand.examine import guessing
from evenhand.examine.guessing import Guess, first
from evenhand.examine.looking import Seen
from evenhand.examine.quoting import name
from evenhand.examine.sources import SourceFile

# Columns of more values than this are names, numbers and texts of people: their values are not copied into a mapping.
MOST_SHOWN = 500
LICENCE = "-- SPDX-License-Identifier: Apache-2.0\n"


class Draft:
    """A mapping made of guesses; `says` collects in sentences what was found and what is missing."""

    def __init__(
        self, title: str, files: Sequence[SourceFile], seen: Sequence[Seen], guess: Guess, *, utf8: bool = True
    ) -> None:
        self.title, self.files, self.guess, self.utf8 = title, files, guess, utf8
        self.columns: dict[str, list[Seen]] = {}
        for one in seen:
            self.columns.setdefault(one.table, []).append(one)
        self.says: list[str] = []

    def texts(self) -> dict[str, str]:
        """The files of the mapping by name."""
        drafts = {
            "cases.sql": self._cases(),
            "acts.sql": self._acts(),
            "people.sql": self._people(),
            "allegations.sql": self._allegations(),
        }
        written = {file: text for file, text in drafts.items() if text is not None}
        for file in drafts:
            if file not in written:
                self.says.append(f"{file} was not written: no column of the source looks like it.")
        return {"mapping.toml": self._toml(written), "COLUMNS.md": self._overview(), **written}

    def _select(self, file: str, said: Sequence[str], rows: Sequence[tuple[str, str]], rest: str) -> str:
        self.says.append(f"{file}: {said[0]}")
        comments = "".join(f"-- {line}\n" for line in said)
        width = max(len(value) for value, _ in rows)
        columns = ",\n       ".join(f"{value.ljust(width)} AS {alias}" if alias else value for value, alias in rows)
        return f"{LICENCE}{comments}SELECT {columns}\n{rest}\n"

    def _others(self, table: str, taken: Sequence[Seen | None]) -> list[tuple[str, str]]:
        """The columns that no guess has used: they are kept, so that a comparison or a stratum can use them."""
        known = {one.column for one in taken if one is not None}
        reserved = {"case", "received", "closed", "act", "at", "actor", "role", "seq", "day", "person", "case_id"}
        reserved |= {"clause", "finding", "recommended", "sanction", "category"}
        return [
            (one.sql, name(slug(one.column) if slug(one.column) not in reserved else f"{slug(one.column)}_given"))
            for one in self.columns[table]
            if one.column not in known
        ]

    def _cases(self) -> str | None:
        table = self.guess.cases
        if table is None:
            self.says.append("No column looks like the number of a case; write cases.sql by hand (see COLUMNS.md).")
            return (
                f"{LICENCE}-- FILL IN: no column looks like the number of a case.\n"
                f'SELECT NULL AS "case", NULL AS received, NULL AS closed FROM {name(self.files[0].table)}\n'
            )
        case, columns = self.guess.case[table], self.columns[table]
        others = [one for one in columns if one != case]
        closed = first(others, guessing.CLOSED, dates=True) or guessing.left_open(others)
        dated = [one for one in others if one.dates and one != closed]
        received = first(dated, guessing.RECEIVED) or next(iter(dated), None)
        said = [f"one row for each case, from {case.file}; the case is guessed to be {case.column}."]
        for what, one in (("received", received), ("closed", closed)):
            column = "no column looks like it: FILL IN, or leave it unknown" if one is None else one.column
            said.append(f"{what}: {column}.")
            if one is None:
                self.says.append(f"cases.sql: no column looks like the day a case was {what}.")
        if case.nearly_unique:
            rows = [(case.sql, '"case"'), (_or_null(received), "received"), (_or_null(closed), "closed")]
            rows += [*self._others(table, (case, received, closed)), ("_line", "")]
            return self._select("cases.sql", said, rows, f"FROM {name(table)}")
        said.append(f"{case.file} has several rows for a case: the earliest date is taken for the day it was received.")
        earliest, latest = _extreme("min", received), _extreme("max", closed)
        rows = [(case.sql, '"case"'), (earliest, "received"), (latest, "closed"), ("min(_line)", "_line")]
        return self._select("cases.sql", said, rows, f"FROM {name(table)}\nGROUP BY {case.sql}")

    def _acts(self) -> str | None:
        table = self.guess.events or self.guess.assigned
        if table is None:
            return None
        case, columns = self.guess.case[table], self.columns[table]
        kind = first(columns, guessing.EVENT, dates=False) if self.guess.events else None
        at = first([one for one in columns if one.dates], guessing.STAMP) or first(columns, "", dates=True)
        actor = self.guess.person.get(table) or first(columns, guessing.ACTOR, dates=False)
        if kind is not None:
            act = f"lower(regexp_replace({kind.sql}, '[^A-Za-z0-9]+', '_', 'g'))"
            said = [f"one row for each act, from {case.file}; the act is {kind.column}, made a plain name."]
            said.append("If there is a rulebook, give here the names of its acts, for example by CASE ... WHEN.")
        else:
            act = "'assign'"
            said = [f"one row for each assignment, from {case.file}."]
        if at is None:
            said.append("at: no column looks like it: FILL IN, or leave it unknown.")
        role = "'investigator'" if kind is None else "NULL"
        rows = [(case.sql, '"case"'), (act, "act"), (_or_null(at), "at"), (_or_null(actor), "actor"), (role, "role")]
        rows += [*self._others(table, (case, at, actor)), ("_line", "")]
        return self._select("acts.sql", said, rows, f"FROM {name(table)}")

    def _people(self) -> str | None:
        table = self.guess.people
        if table is None:
            return None
        person = self.guess.person[table]
        said = [f"one row for each person, from {person.file}; the person is {person.column}."]
        rows = [(person.sql, "person"), *self._others(table, (person,)), ("_line", "")]
        return self._select("people.sql", said, rows, f"FROM {name(table)}")

    def _allegations(self) -> str | None:
        table = self.guess.allegations
        if table is None:
            return None
        case, person = self.guess.case[table], self.guess.person[table]
        columns = [one for one in self.columns[table] if one not in (case, person)]
        finding, recommended, sanction = self._decided(columns)
        left = [one for one in columns if one not in (finding, recommended, sanction)]
        clause = first(left, guessing.CLAUSE, dates=False)
        category = first([one for one in left if one != clause], guessing.CATEGORY, dates=False)
        clause, category = clause or category, category if clause else None
        said = [f"one row for each person and allegation, from {case.file}."]
        parts = (("clause", clause), ("finding", finding), ("recommended", recommended), ("sanction", sanction))
        said += [
            f"{what}: {one.column if one else 'no column looks like it: FILL IN or leave it'}." for what, one in parts
        ]
        said += _spelt_apart(finding)
        rows = [(case.sql, '"case"'), (person.sql, "person")]
        rows += [(_or_null(one), what) for what, one in parts]
        if category is not None:
            rows.append((category.sql, "category"))
        rows += [*self._others(table, (case, person, clause, finding, recommended, sanction, category)), ("_line", "")]
        return self._select("allegations.sql", said, rows, f"FROM {name(table)}")

    def _decided(self, columns: Sequence[Seen]) -> tuple[Seen | None, Seen | None, Seen | None]:
        """Finding, recommendation and sanction: a name such as recc_finding fits two, and the final one is meant."""
        advice = [one for one in columns if guessing.matches(one, guessing.RECOMMENDED)]
        final = [one for one in columns if one not in advice and not one.dates]
        finding = first(final, guessing.FINDING)
        sanction = first([one for one in final if one != finding], guessing.SANCTION)
        recommended = first(advice, guessing.FINDING, dates=False) or next(iter(advice), None)
        return finding or sanction, recommended, sanction if finding else None

    def _toml(self, written: dict[str, str]) -> str:
        formats: list[str] = []
        for one in (one for table in self.columns.values() for one in table):
            best = [form for form in one.dates if form != "ISO"]
            if one.dates and one.dates[0] != "ISO":
                formats += [form for form in best[:1] if form not in formats]
            if len(best) > 1 and "ISO" not in one.dates:
                self.says.append(f"{one.column} of {one.file} can be read as {' or '.join(best)}; the first is taken.")
        lines = [
            "# SPDX-License-Identifier: Apache-2.0",
            "# A first mapping, guessed from the columns. Everything after FILL IN is for whoever knows the source.",
            "",
            "[source]",
            f"name = {json.dumps(self.title, ensure_ascii=False)}",
            'zone = "UTC"  # FILL IN: the time zone the source is kept in, for example "Europe/London"',
            'licence = ""  # FILL IN: on what terms the source may be used',
            f"dates = {json.dumps(formats)}  # tried in this order where a date is not written as 2024-12-31",
            "# as_of = 2024-12-31          # FILL IN: the day of the export; open cases are counted up to it",
            *self._encoding(),
            '# rulebook = "rulebook.yaml"  # without it rules and clocks are not examined',
        ]
        return "\n".join([*lines, *self._findings(written), *self._compare(written), *self._snapshots(), ""])

    def _encoding(self) -> list[str]:
        if self.utf8:
            return ['# encoding = "windows-1252"   # only if the files are not UTF-8']
        self.says.append("Some lines are not UTF-8; the encoding is guessed to be windows-1252.")
        return ['encoding = "windows-1252"  # guessed, because some lines are not UTF-8']

    def _findings(self, written: dict[str, str]) -> list[str]:
        columns = self.columns.get(self.guess.allegations or "", [])
        finding = self._decided(columns)[0] if "allegations.sql" in written else None
        if finding is None:
            return [
                "",
                "# [findings]",
                '# against = ["upheld"]     # the findings that go against the person',
                "# other = [...]",
            ]
        against = [value for value in finding.examples if _against(value)]
        other = [value for value in finding.examples if value not in against]
        return [
            "",
            "[findings]",
            f"# Guessed from the commonest values of {finding.column}. FILL IN: take out what decides nothing.",
            f"against = {json.dumps(against, ensure_ascii=False)}",
            f"other = {json.dumps(other, ensure_ascii=False)}",
        ]

    def _compare(self, written: dict[str, str]) -> list[str]:
        lines: list[str] = []
        places = {"people": self.guess.people, "cases": self.guess.cases, "allegations": self.guess.allegations}
        for place, table in places.items():
            if (
                table is None
                or f"{place}.sql" not in written
                or (place == "cases" and "GROUP BY" in written["cases.sql"])
            ):
                continue
            for one in self.columns[table]:
                if guessing.matches(one, guessing.GROUP) and 1 < one.distinct <= 50:
                    column = f"{place}.{slug(one.column)}"
                    lines += ["", "[[compare]]", f'attribute = "{slug(one.column)}"', f'column = "{column}"']
                    lines += ['outcome = "sustained"', 'strata = ["allegations.clause", "received.year"]']
        if not lines:
            return [
                "",
                "# [[compare]]",
                '# attribute = "gender"',
                '# column = "people.gender"',
                '# outcome = "sustained"',
            ]
        if "allegations.sql" not in written:
            self.says.append("A comparison needs allegations.sql with findings.")
            return ["#" + line for line in lines if line]
        return lines

    def _snapshots(self) -> list[str]:
        if not self.guess.snapshots:
            return []
        table = list(self.columns)[-1]
        columns = self.columns[table]
        single = next((one for one in columns if one.unique), None)
        case, person = self.guess.case.get(table), self.guess.person.get(table)
        key = [single] if single else [one for one in (case, person) if one is not None]
        outcome = self._decided([one for one in columns if one not in key])
        outcomes = [one.column for one in (outcome[2], outcome[0]) if one is not None][:1]
        self.says.append("All files have the same columns: they look like snapshots of one file; compare them as such.")
        return [
            "",
            "[snapshots]",
            "# FILL IN: the columns that together name a row, and those whose values must not change unseen.",
            f"key = {json.dumps([one.column for one in key], ensure_ascii=False)}",
            f"outcome_columns = {json.dumps(outcomes, ensure_ascii=False)}",
        ]

    def _overview(self) -> str:
        lines = ["# What is in the columns", ""]
        for table, columns in self.columns.items():
            lines += [f"## {columns[0].file}, the table `{table}`, {columns[0].rows:,} rows", ""]
            lines += ["| column | filled | different | reads as a date | commonest values |", "|---|---|---|---|---|"]
            for one in columns:
                values = ", ".join(value[:30].replace("|", "/").replace("\n", " ") for value in one.examples[:5])
                shown = values if one.distinct <= MOST_SHOWN else ""
                dates = ", ".join(one.dates[:2])
                lines.append(f"| {one.column} | {one.filled:,} | {one.distinct:,} | {dates} | {shown} |")
            lines.append("")
        return "\n".join(lines)


def slug(column: str) -> str:
    """The column's name as one plain word."""
    return re.sub(r"\W+", "_", column.strip()).strip("_").lower() or "column"


def _spelt_apart(one: Seen | None) -> list[str]:
    """A sentence if common values of a column differ in capitals and spaces only."""
    found: dict[str, list[str]] = {}
    for value in one.examples if one else ():
        found.setdefault(" ".join(value.lower().split()), []).append(value.strip())
    alike = [", ".join(sorted(values)) for values in found.values() if len(values) > 1]
    return [
        f"Spelt in more than one way: {'; '.join(alike)}. Bring them together, by CASE ... WHEN." for _ in alike[:1]
    ]


def _or_null(one: Seen | None) -> str:
    return "NULL" if one is None else one.sql


def _extreme(which: str, one: Seen | None) -> str:
    """The earliest or latest date of a column: as text only where the text sorts as the dates do."""
    if one is None:
        return "NULL"
    form = one.dates[0]
    return f"{which}({one.sql})" if form == "ISO" else f"{which}(try_strptime({one.sql}, '{form}'))"


def _against(value: str) -> bool:
    low = value.lower()
    return re.search(guessing.AGAINST, low) is not None and re.search(guessing.NOT_AGAINST, low) is None
