# SPDX-License-Identifier: Apache-2.0
"""Equal treatment: for each comparison of mapping.toml the rates of all groups, and three figures for two of them.

A unit is an allegation whose finding decides; it has the outcome if the finding goes against the person. A unit whose
group is not known is counted and compared with nobody; one whose stratum or clause is not known stays out of that
figure only.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from evenhand.examine.comparing_rows import Rows, read_rows
from evenhand.examine.examination import Examination
from evenhand.examine.mapping import Compare
from evenhand.monitor.figures import Figure
from evenhand.monitor.ratio import ratio_range
from evenhand.monitor.smallest import Smallest
from evenhand.monitor.tables import Units
from evenhand.monitor.triple import Triple, groups, triple
from evenhand.monitor.words import FEWEST_PEOPLE, TOO_FEW, Subject, told

NOTHING_TO_COMPARE = "mapping.toml names no comparison under [[compare]]."
NO_ALLEGATIONS = "The source has no allegations with findings, so nothing can be compared."
NO_SIDES = "mapping.toml does not say under [findings] which findings decide, so nothing can be compared."
NO_COLUMN = "The source has no column {column}, which [[compare]] {attribute} of mapping.toml names."
NO_UNITS = "No allegation has a finding that decides, so nothing can be compared."
ONE_GROUP = "There are not two groups in {column} to be compared."
NO_GROUP = "No allegation with a finding belongs to the group {group} of {column}."
FIGURES = ("crude", "stratified", "within_case", "smallest_visible")


def equal_treatment(on: Examination) -> list[dict[str, Any]] | None:
    """The finding `equal_treatment`: one value for each comparison that the mapping names."""
    known = on.history.mapping
    decisive = known.against or known.other
    if not known.compare or not on.history.has("allegations") or not decisive:
        reason = NOTHING_TO_COMPARE if not known.compare else NO_SIDES
        on.unknown("equal_treatment", reason if on.history.has("allegations") or not known.compare else NO_ALLEGATIONS)
        return None
    return [_compare(on, compare, f"equal_treatment.{place}") for place, compare in enumerate(known.compare)]


@dataclass(frozen=True)
class _Chosen:
    """The codes of the group in question and the one it is compared with."""

    group: int
    reference: int


def _compare(on: Examination, compare: Compare, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "attribute": compare.attribute,
        "outcome": compare.outcome,
        "column": compare.column,
        "strata": list(compare.strata),
        "group": compare.group,
        "reference": compare.reference,
        "unknown": None,
        "suppressed": False,
        "groups": None,
        **dict.fromkeys(FIGURES),
        "words": None,
    }
    rows = read_rows(on, compare)
    if isinstance(rows, str):
        sentence = NO_COLUMN.format(column=rows, attribute=compare.attribute)
        for key in ("unknown", "groups", *FIGURES, "words", "group", "reference"):
            on.unknown(f"{path}.{key}", sentence)
        return found
    found["unknown"] = int((rows.group < 0).sum())
    found["groups"] = _groups(on, rows, f"{path}.groups")
    chosen = _choose(compare, rows)
    if isinstance(chosen, str):
        for key in (*FIGURES, "words", *(key for key in ("group", "reference") if found[key] is None)):
            on.unknown(f"{path}.{key}", chosen)
        return found
    found["group"], found["reference"] = rows.names[chosen.group], rows.names[chosen.reference]
    return found | _three(on, compare, rows, chosen, path)


def _groups(on: Examination, rows: Rows, path: str) -> list[dict[str, Any]]:
    """Every group, the largest first; a group of few people is counted, and nothing is told of its outcomes."""
    found: list[dict[str, Any]] = []
    for one in sorted(groups(rows.group, rows.outcome, len(rows.names)), key=lambda g: (-g.n, rows.names[g.group])):
        people = int(rows.people[one.group])
        few = people < FEWEST_PEOPLE
        if few:
            for key in ("events", "rate"):
                on.unknown(f"{path}.{len(found)}.{key}", TOO_FEW)
        found.append(
            {
                "group": rows.names[one.group],
                "n": one.n,
                "events": None if few else one.events,
                "rate": None if few else one.rate,
                "people": people,
            }
        )
    return found


def _choose(compare: Compare, rows: Rows) -> _Chosen | str:
    """The two groups to set side by side: those named, else the largest two, the largest as B; or why not."""
    sizes = np.bincount(rows.group[rows.group >= 0], minlength=len(rows.names))
    largest = sorted(range(len(rows.names)), key=lambda code: (-int(sizes[code]), rows.names[code]))
    if not rows.group.size:
        return NO_UNITS
    for named in (compare.group, compare.reference):
        if named is not None and named not in rows.names:
            return NO_GROUP.format(group=named, column=compare.column)
    reference = rows.names.index(compare.reference) if compare.reference is not None else None
    group = rows.names.index(compare.group) if compare.group is not None else None
    if reference is None:
        reference = next((code for code in largest if code != group), None)
    if group is None:
        group = next((code for code in largest if code != reference), None)
    if group is None or reference is None or group == reference:
        return ONE_GROUP.format(column=compare.column)
    return _Chosen(group, reference)


def _three(on: Examination, compare: Compare, rows: Rows, chosen: _Chosen, path: str) -> dict[str, Any]:
    two = (rows.group == chosen.group) | (rows.group == chosen.reference)
    is_a = (rows.group[two] == chosen.group).astype(np.int64)
    outcome, incident = rows.outcome[two], rows.incident[two]
    three = triple(is_a, outcome, incident, rows.stratum[two], rows.cell[two])
    subject = Subject(
        units="allegations",
        a=rows.names[chosen.group],
        b=rows.names[chosen.reference],
        outcome=compare.outcome,
        period=rows.period,
        like=_like(compare),
    )
    people_a, people_b = int(rows.people[chosen.group]), int(rows.people[chosen.reference])
    words = told(three, subject, people_a=people_a, people_b=people_b)
    spoken = {key: value for key, value in asdict(words).items() if key != "suppressed"}
    if words.suppressed:
        for key in FIGURES:
            on.unknown(f"{path}.{key}", TOO_FEW)
        return {"suppressed": True, "words": spoken}
    low, high = ratio_range(Units(np.zeros_like(is_a), is_a, outcome, incident))
    return {"suppressed": False, "words": spoken, **_figures(on, three, (low, high), path)}


def _like(compare: Compare) -> str:
    """What makes two units alike, in words: the columns of the strata."""
    known = {"received.year": "year of receipt", "received.month": "month of receipt"}
    names = [known.get(column, column.rpartition(".")[2].replace("_", " ")) for column in compare.strata]
    return ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1] if names else "nothing in particular"


def _figures(
    on: Examination, three: Triple, ratio_limits: tuple[float | None, float | None], path: str
) -> dict[str, Any]:
    crude, within = three.crude, three.within
    found: dict[str, Any] = {
        "crude": {
            "ratio": crude.risk_ratio,
            "low": ratio_limits[0],
            "high": ratio_limits[1],
            "odds_ratio": crude.odds_ratio,
            "odds_low": crude.low,
            "odds_high": crude.high,
            **_rates(crude),
        },
        "stratified": {**_odds(three.stratified), "strata": three.stratified.tables, **_rates(three.stratified)},
        "within_case": {
            "cells": within.cells,
            "higher": within.higher,
            "lower": within.lower,
            "equal": within.equal,
            **_odds(within),
            **_rates(within),
        },
        "smallest_visible": {
            "crude": _smallest(three.smallest.crude),
            "stratified": _smallest(three.smallest.stratified),
            "within_case": _smallest(three.smallest.within),
        },
    }
    for key in ("crude", "stratified", "within_case"):
        for inner, value in found[key].items():
            if value is None or value == {"group": None, "reference": None}:
                on.unknown(f"{path}.{key}.{inner}", _why_null(inner, found[key]))
    return found


def _odds(figure: Figure) -> dict[str, Any]:
    return {"odds_ratio": figure.odds_ratio, "low": figure.low, "high": figure.high}


def _rates(figure: Figure) -> dict[str, Any]:
    return {
        "informative": figure.informative,
        "rates": {"group": figure.rate_a, "reference": figure.rate_b},
        "difference": figure.difference,
        "units": {"group": figure.units_a, "reference": figure.units_b},
        "events": {"group": figure.events_a, "reference": figure.events_b},
        "method": figure.method,
    }


def _smallest(smallest: Smallest) -> dict[str, Any]:
    return asdict(smallest)


def _why_null(key: str, figure: dict[str, Any]) -> str:
    if not figure["informative"]:
        return "There is no stratum in which both groups and both outcomes occur."
    if key.endswith("low"):
        return "There is no limit on the lower side."
    if key.endswith("high"):
        return "There is no limit on the upper side."
    return "One of the groups has no unit with the outcome, or none without it, where the other has."
