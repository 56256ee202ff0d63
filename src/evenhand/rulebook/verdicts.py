# SPDX-License-Identifier: Apache-2.0
"""What a check says: holds or does not, in a sentence, with the shortest run that shows it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenhand.rulebook.graph import Bools, Graph


@dataclass(frozen=True)
class Step:
    """One act of a run: the stage it is done in, the act, and the roles that may do it."""

    stage: str
    act: str
    by: str


@dataclass(frozen=True)
class Verdict:
    """One check on one book. `run` is empty where the check holds or where no run is needed to see the fault."""

    id: str
    book: str
    holds: bool
    says: str
    run: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Fault:
    """Why a check does not hold: the sentence and the run, a list of move numbers of the graph."""

    says: str
    run: tuple[int, ...] = ()


@dataclass(frozen=True)
class BookNumbers:
    """Size and measures of one book; None where the measure cannot be taken (an endless case, nothing to bury)."""

    id: str
    states: int
    moves: int
    longest_working_days: int | None
    fewest_to_bury: int | None


@dataclass(frozen=True)
class Numbers:
    """The measures of the whole rulebook, the weakest over its books."""

    longest_working_days: int | None
    fewest_to_bury: int | None
    fewest_to_amend: int | None
    first_pool_to_fail: tuple[str, int] | None


@dataclass(frozen=True)
class Report:
    """Everything `rules check` knows of a rulebook."""

    books: tuple[BookNumbers, ...]
    checks: tuple[Verdict, ...]
    numbers: Numbers
    warnings: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every check holds on every book."""
        return all(verdict.holds for verdict in self.checks)

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `rules check --format json`."""
        pool = self.numbers.first_pool_to_fail
        return {
            "holds": self.holds,
            "books": [vars(book) for book in self.books],
            "checks": [{**vars(verdict), "run": [vars(step) for step in verdict.run]} for verdict in self.checks],
            "numbers": {
                "longest_working_days": self.numbers.longest_working_days,
                "fewest_to_bury": self.numbers.fewest_to_bury,
                "fewest_to_amend": self.numbers.fewest_to_amend,
                "first_pool_to_fail": None if pool is None else {"role": pool[0], "at": pool[1]},
            },
            "warnings": list(self.warnings),
        }


def steps(graph: Graph, run: tuple[int, ...]) -> tuple[Step, ...]:
    """A run of move numbers as stages, acts and roles."""
    table = graph.table
    return tuple(
        Step(
            stage=table.stages[graph.stage[graph.src[move]]],
            act=table.acts[graph.act[move]],
            by=", ".join(table.book.acts[table.acts[graph.act[move]]].by),
        )
        for move in run
    )


def fault_at(graph: Graph, says: str, moves: Bools, keep: Bools | None = None, silence: bool = False) -> Fault:
    """A fault shown by the shortest run whose last move is one of these; with `silence`, the lapses that follow."""
    run = graph.run_over(moves, keep)
    return Fault(says, tuple(graph.then_silence(run) if silence and run else run))


def fault_into(graph: Graph, says: str, nodes: Bools, keep: Bools | None = None) -> Fault:
    """A fault shown by the shortest run that reaches one of these nodes."""
    into = nodes[graph.dst] if graph.src.size else np.zeros(0, dtype=bool)
    return Fault(says, tuple(graph.run_over(into, keep)))
