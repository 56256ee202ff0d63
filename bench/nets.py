# SPDX-License-Identifier: Apache-2.0
"""A compiled book as a Petri net that other programs can read: states are places, moves are transitions.

The net is a state machine with one token, and no two transitions that leave a place have the same label. So there is
one way to play a sequence of acts, and what a token replay says of the first act that it cannot play is exact.
"""

from typing import Any

from evenhand.rulebook.table import Table

DONE = "done"


def net(table: Table, *, workflow: bool = False) -> dict[str, Any]:
    """The net as values: places, the one that is marked first, transitions as [name, label, from, to].

    With `workflow`, silent transitions (label None) lead from every end to one last place, as soundness asks for.
    """
    ends = [
        code for code, stage in enumerate(table.stages) if stage in table.book.stages and table.book.stages[stage].end
    ]
    last = [state for state in range(table.states) if int(table.stage_of[state]) in ends]
    moves = zip(table.move_from.tolist(), table.move_act.tolist(), table.move_to.tolist(), strict=True)
    transitions: list[list[str | None]] = [
        [f"m{at}", table.acts[act], f"s{here}", f"s{there}"] for at, (here, act, there) in enumerate(moves)
    ]
    places = [f"s{state}" for state in range(table.states)]
    if workflow:
        transitions += [[f"e{state}", None, f"s{state}", DONE] for state in last]
        places.append(DONE)
    return {"places": places, "first": "s0", "ends": [f"s{state}" for state in last], "transitions": transitions}
