# SPDX-License-Identifier: Apache-2.0
"""Which moves of a matter are adverse to somebody, read off what they do: set a fact, end the matter, decide it.

Five kinds of harm, one list for every check that asks about adverse acts:
`charge`, `measure`, `sanction` set a fact of that kind and fall on the respondent's side; `closing` sends a matter that
nobody decided to its end (refused, filed away, a withdrawal confirmed, a settlement recorded), and `clearing` decides it so
that no sanction stands; both fall on the complainant's side. The label `adverse` adds to this and never takes away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from evenhand.rulebook.graph import DECIDED, Bools
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import Act

Kind = Literal["charge", "measure", "sanction", "closing", "clearing", "label"]

KEPT = 16  # books whose answer is kept: several checks ask the same
DOES = {
    "charge": "charges the respondent",
    "measure": "imposes an interim measure",
    "sanction": "imposes a sanction",
    "closing": "sends a matter that nobody decided to its end",
    "clearing": "decides that no sanction follows",
    "label": "is called adverse",
}


@dataclass(frozen=True, eq=False)
class Harm:
    """One act as it harms one side: the moves by which it does so."""

    act: Act
    code: int
    kind: Kind
    side: str
    moves: Bools


@lru_cache(maxsize=KEPT)
def harms(meaning: Meaning) -> tuple[Harm, ...]:
    """Every act of an office or of the clock that harms somebody, once for each kind of harm."""
    return tuple(_harms(meaning))


def _harms(meaning: Meaning) -> Iterator[Harm]:
    graph = meaning.graph
    for kind in ("charge", "measure", "sanction"):
        yield from _each(meaning, kind, "respondent", meaning.moves_of(meaning.setting(kind)))
    if not meaning.judges:
        return
    by_office = graph.kinds.office[graph.act]
    yield from _each(meaning, "closing", "complainant", meaning.entries & by_office)
    decided = graph.kinds.merits[graph.act] & (graph.standing[graph.dst] == DECIDED) & ~graph.handover[graph.dst]
    yield from _each(meaning, "clearing", "complainant", decided & ~meaning.sanction_stands[graph.dst])


def _each(meaning: Meaning, kind: Kind, side: str, moves: Bools) -> Iterator[Harm]:
    for code in np.unique(meaning.graph.act[moves]).tolist():
        yield Harm(meaning.acts[code], code, kind, side, moves & (meaning.graph.act == code))
