# SPDX-License-Identifier: Apache-2.0
"""Three figures side by side: crude, stratified, within one incident. They are one value, made and told together.

A count of cells, a difference and a ratio can tell three stories about the same rows; so no function here or in `words`
gives one of the three alone.
"""

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike

from evenhand.monitor.figures import Crude, Figure, Within, figure
from evenhand.monitor.smallest import Smallest, smallest_visible
from evenhand.monitor.tables import Units, codes, whole


@dataclass(frozen=True)
class SmallestOfThree:
    """The smallest visible odds ratio of each of the three figures."""

    crude: Smallest
    stratified: Smallest
    within: Smallest


@dataclass(frozen=True)
class Triple:
    """The three figures of one comparison, and for each the smallest difference that would have been seen."""

    crude: Crude
    stratified: Figure
    within: Within
    smallest: SmallestOfThree


@dataclass(frozen=True)
class Group:
    """One group as it stands: units, units with the outcome, their share as a fraction (None without units)."""

    group: int
    n: int
    events: int
    rate: float | None


def triple(
    group: ArrayLike, outcome: ArrayLike, incident: ArrayLike, strata: ArrayLike, clause_cell: ArrayLike
) -> Triple:
    """The three figures of rows given as integer codes, one row for each respondent and clause.

    `group`: 1 is A (the group the question is about), 0 is B; `outcome`: 1 or 0; `incident`: equal for all rows of one
    event, from 0; `strata`: what "like" means for the stratified figure; `clause_cell`: incident × clause. A stratum or
    cell of -1 is unknown, and its rows stay out of that figure. All arrays have one length; codes need not be dense.
    Raises ValueError with the offending value.
    """
    given = codes("group", group)
    together = Units(np.zeros_like(given), given, codes("outcome", outcome), codes("incident", incident))
    like = Units(codes("strata", strata), together.group, together.outcome, together.incident)
    same = Units(codes("clause_cell", clause_cell), together.group, together.outcome, together.incident)
    return Triple(
        crude=crude(together),
        stratified=figure(like),
        within=within(same),
        smallest=SmallestOfThree(*(smallest_visible(units.tables) for units in (together, like, same))),
    )


def groups(group: ArrayLike, outcome: ArrayLike, number: int | None = None) -> tuple[Group, ...]:
    """Units, events and rate of every group 0, 1, …, `number` − 1 (up to the highest code without it).

    Rows of group -1 are unknown and counted nowhere. Raises ValueError with the offending value.
    """
    groups_of, outcomes = codes("group", group), whole("outcome", outcome)
    if groups_of.size != outcomes.size:
        raise ValueError(f"outcome has {outcomes.size} rows and group has {groups_of.size}")
    if outcomes.size and (outcomes.min() < 0 or outcomes.max() > 1):
        wrong = outcomes[(outcomes < 0) | (outcomes > 1)][0]
        raise ValueError(f"outcome holds {wrong}: only 0 and 1 have a meaning here")
    highest = int(groups_of.max()) if groups_of.size else -1
    if number is not None and highest >= number:
        raise ValueError(f"group holds the code {highest} and there are {number} groups")
    length = highest + 1 if number is None else number
    known = groups_of >= 0
    n = np.bincount(groups_of[known], minlength=length).tolist()
    events = np.bincount(groups_of[known & (outcomes == 1)], minlength=length).tolist()
    return tuple(
        Group(group=code, n=n[code], events=events[code], rate=events[code] / n[code] if n[code] else None)
        for code in range(length)
    )


def crude(units: Units) -> Crude:
    """The figure of one table."""
    found = figure(units)
    ratio = found.rate_a / found.rate_b if found.rate_a is not None and found.rate_b else None
    return Crude(**asdict(found), risk_ratio=ratio)


def within(units: Units) -> Within:
    """The figure over the cells that hold both groups, and in how many of them A's rate is higher, lower, equal."""
    compared = units.tables.where(units.tables.both)
    sides = np.sign(compared.a * compared.n_b - compared.c * compared.n_a)
    counts = {"tables": len(compared), "cells": len(compared)}
    found = asdict(figure(units)) | counts
    return Within(**found, higher=int((sides > 0).sum()), lower=int((sides < 0).sum()), equal=int((sides == 0).sum()))
