# SPDX-License-Identifier: Apache-2.0
"""Which past decisions a new fact puts in doubt, pivotal first, and what may become of each (D10, D11, M03).

The weights come from the analysis of the votes; here they are put in order, and a disposition is held to what it needs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Class = Literal["barred then", "barred on today's knowledge", "not barred"]
Disposition = Literal["stands", "re-decided", "referred", "overtaken"]
DISPOSITIONS: tuple[Disposition, ...] = ("stands", "re-decided", "referred", "overtaken")
INVOLVED: tuple[tuple[str, ...], ...] = (
    ("chaired", "drafted", "investigated", "settled", "appointed", "ruled", "acted alone"),
    ("voted",),
    ("present",),
    ("read",),
)
"""What part somebody took in a decision, the weightiest first."""


class Undisposed(ValueError):
    """What was asked to become of a decision is not open to it; `rule` and `sentence` say why."""

    def __init__(self, rule: str, sentence: str) -> None:
        super().__init__(sentence)
        self.rule, self.sentence = rule, sentence


@dataclass(frozen=True, kw_only=True)
class Affected:
    """One decision: its act, when, in which class, on which ground, and how much the person's vote weighed.

    `decision` names the act (a leaf of the record); `graver` is the rank of the sanction it led to, 0 for none;
    `involvement` the part that the person took in it, in the words of `INVOLVED`.
    """

    decision: str
    at: str
    kind: Class
    sentence: str
    was: str
    without: str
    pivotal: bool
    could_have_been: bool
    quorum_lost: bool
    casting_vote: bool
    appeal_open: bool = False
    graver: int = 0
    involvement: tuple[str, ...] = ()

    @property
    def due(self) -> bool:
        """Whether a disposition is due without anybody asking for it."""
        return self.pivotal or self.quorum_lost or self.casting_vote


def in_order(rows: Iterable[Affected]) -> tuple[Affected, ...]:
    """Pivotal, lost quorum, casting vote, could have been pivotal, then the part that was taken in it.

    Within these, where an appeal is still open comes first, then what led to the graver sanction, then the older.
    """
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                not row.pivotal,
                not row.quorum_lost,
                not row.casting_vote,
                not row.could_have_been,
                part_taken(row.involvement),
                not row.appeal_open,
                -row.graver,
                row.at,
                row.decision,
            ),
        )
    )


def part_taken(involvement: Iterable[str]) -> int:
    """The place of the weightiest part in `INVOLVED`; a part of which nothing is known counts as a vote."""
    places = {name: place for place, names in enumerate(INVOLVED) for name in names}
    return min((places[name] for name in involvement if name in places), default=places["voted"])


def not_open(disposition: str, *, quorum_lost: bool, reopening: bool, referable: bool = True) -> Undisposed | None:
    """Why a disposition is not open to a decision, whatever the reasons, or None where it is.

    `reopening` tells whether the rulebook in force at the decision has a route for it (G05), `referable` whether there
    is a body to which it can be handed over.
    """
    if disposition not in DISPOSITIONS:
        return Undisposed("conflicts/affected", f"A listed decision can be {', '.join(DISPOSITIONS)}.")
    if disposition == "stands" and quorum_lost:
        return Undisposed(
            "conflicts/affected/quorum", "Without this person there was no quorum: it cannot simply stand."
        )
    if disposition == "re-decided" and not reopening:
        return Undisposed(
            "conflicts/affected/route",
            "The rulebook in force at that decision had no route for reopening it; refer it instead.",
        )
    if disposition == "referred" and not referable:
        return Undisposed("conflicts/affected/whole_body", "There is no other body to which it could be referred.")
    return None


def check_disposition(
    row: Affected,
    disposition: str,
    *,
    reasons: str,
    by: Sequence[str],
    took_part: Iterable[str],
    reopening: bool,
    referable: bool = True,
) -> None:
    """`Undisposed` unless at least two people who were not on the decision give reasons, and the rules know the way.

    See `not_open` for `reopening` and `referable`.
    """
    why = not_open(disposition, quorum_lost=row.quorum_lost, reopening=reopening, referable=referable)
    if why is not None and why.rule == "conflicts/affected":
        raise why
    if len(reasons.split()) < 3:
        raise Undisposed("conflicts/affected/reasons", "Give the reasons, for this decision and in your own words.")
    if len(set(by) - set(took_part)) < 2:
        raise Undisposed("conflicts/affected/by", "Two people who had no part in the decision must agree.")
    if why is not None:
        raise why
