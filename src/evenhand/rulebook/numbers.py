# SPDX-License-Identifier: Apache-2.0
"""How long a case can last, in working days.

A stage can be waited out to the last day of its clock, each extension lengthens it by its `days`, and a way through the
table takes as long as the stages it passes. A limit in `d` counts as many working days as that number of consecutive days
can hold at most (`most_working_days`), and one more where it rolls to the next working day: whoever is told the longest
case must not be told too little. Holidays, which only the calendar of a given year knows, are left aside.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from evenhand.rulebook.circling import circles, longest_run
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import CalendarRule, Span
from evenhand.rulebook.silence import most_working_days

KEPT = 16  # books whose answer is kept, since a check and the numbers ask the same


def working_days(span: Span, calendar: CalendarRule) -> int:
    """The most working days that pass before a limit of this length ends."""
    return most_working_days(span, calendar) + (1 if calendar.roll and span.unit == "d" else 0)


@lru_cache(maxsize=KEPT)
def waits(meaning: Meaning) -> NDArray[np.int64]:
    """For each move, the most working days that pass with it: the clock of the stage it leaves, the days it adds."""
    graph, calendar = meaning.graph, meaning.rulebook.calendar
    stages = [meaning.book.stages.get(name) for name in graph.table.stages]
    clock = [working_days(stage.clock.within, calendar) if stage and stage.clock else 0 for stage in stages]
    added = [working_days(act.days, calendar) if act.days else 0 for act in meaning.acts]
    leaves = graph.moves_stage | graph.lapses
    stay, extra = np.array(clock, dtype=np.int64), np.array(added, dtype=np.int64)
    return np.where(leaves, stay[graph.stage[graph.src]], 0) + extra[graph.act]


def longest_case(meaning: Meaning) -> int | None:
    """The longest case in working days; None where one can last for ever."""
    found = longest_way(meaning)
    return None if found is None else found[0]


@lru_cache(maxsize=KEPT)
def longest_way(meaning: Meaning) -> tuple[int, list[int]] | None:
    """The longest case in working days and its run; None where one can last for ever."""
    weight = waits(meaning)
    if (circles(meaning.graph) & (weight > 0)).any():
        return None
    return longest_run(meaning.graph, weight)
