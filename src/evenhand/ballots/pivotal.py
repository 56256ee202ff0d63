# SPDX-License-Identifier: Apache-2.0
"""Whether a decision stands without certain people: what was, what would have been, what they could have brought about.

Effects are compared and not labels: a vote lost, and a vote lost on a tie, are both not carried.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.ballots.voting import Choice, Effect, Vote, effect


@dataclass(frozen=True, kw_only=True)
class Pivotal:
    """Everything is computed and shown; what follows from it is for people to rule (D10)."""

    was: Effect
    without: Effect
    reachable: frozenset[Effect]
    quorum_lost: bool
    conflicted_casting_vote: bool

    @property
    def pivotal(self) -> bool:
        """Whether it would have ended otherwise without them."""
        return self.without != self.was

    @property
    def could_have_been_pivotal(self) -> bool:
        """Whether they could have brought about another end by voting otherwise."""
        return self.reachable != {self.was}


def pivotal(vote: Vote, people: Iterable[str]) -> Pivotal:
    """The analysis for people of whom it is now known that they were in conflict.

    The effect depends on counts alone, so all tallies of their votes are gone through and not all ballots.
    """
    conflicted = set(people)
    cast_here = sum(name in conflicted for name in vote.ballots)
    others = Counter(choice for name, choice in vote.ballots.items() if name not in conflicted)
    holds_casting = vote.casting is not None and vote.casting[0] in conflicted
    castings: tuple[Choice | None, ...] = (
        ("for", "against", None) if holds_casting else (vote.casting[1] if vote.casting else None,)
    )
    reachable: set[Effect] = set()
    for in_favour in range(cast_here + 1):
        for against in range(cast_here - in_favour + 1):
            for casting in castings:
                reachable.add(
                    effect(
                        vote.rule,
                        in_favour=others["for"] + in_favour,
                        against=others["against"] + against,
                        abstained=others["abstain"] + cast_here - in_favour - against,
                        present=vote.present,
                        entitled=vote.entitled,
                        casting=casting,
                    )
                )
    was, without = vote.effect(), vote.without(conflicted)
    return Pivotal(
        was=was,
        without=without.effect(),
        reachable=frozenset(reachable),
        quorum_lost=was != "inquorate" and without.present < vote.rule.quorum,
        conflicted_casting_vote=holds_casting,
    )
