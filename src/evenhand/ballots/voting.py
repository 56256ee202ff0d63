# SPDX-License-Identifier: Apache-2.0
"""A recorded vote and its effect, as a pure function of counts: quorum first, then the majority of its base (D08, J07)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

Choice = Literal["for", "against", "abstain"]
Base = Literal["for_and_against", "cast", "present", "entitled"]
Effect = Literal["carried", "not carried", "inquorate", "open"]


@dataclass(frozen=True, kw_only=True)
class Majority:
    """`share` of the `base`; more than it, or at least it where `at_least`. A tie can be decided by a casting vote."""

    share: Fraction = Fraction(1, 2)
    base: Base = "for_and_against"
    at_least: bool = False
    quorum: int = 0
    casting: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1 or self.quorum < 0:
            raise ValueError("A majority is a share above nought and at most one, and a quorum is not below nought.")


@dataclass(frozen=True, kw_only=True)
class Vote:
    """A closed vote: how each present member voted, how many are entitled, who gave a casting vote and which.

    Members who are present and cast nothing stand in `silent`. Whoever was recused stands nowhere in it.
    """

    ballots: Mapping[str, Choice]
    entitled: int
    rule: Majority
    silent: frozenset[str] = field(default_factory=frozenset)
    casting: tuple[str, Choice] | None = None

    @property
    def present(self) -> int:
        """How many took part or sat there."""
        return len(self.ballots) + len(self.silent)

    def effect(self) -> Effect:
        """What follows from the vote as it was cast."""
        counted = Counter(self.ballots.values())
        casting = None if self.casting is None else self.casting[1]
        return effect(
            self.rule,
            in_favour=counted["for"],
            against=counted["against"],
            abstained=counted["abstain"],
            present=self.present,
            entitled=self.entitled,
            casting=casting,
        )

    def without(self, people: Iterable[str]) -> "Vote":
        """The vote as if these people had been recused: no ballot, not present, not in the base, no casting vote."""
        gone = set(people)
        here = gone & (self.ballots.keys() | self.silent)
        return replace(
            self,
            ballots={name: choice for name, choice in self.ballots.items() if name not in gone},
            silent=self.silent - gone,
            entitled=self.entitled - len(here),
            casting=None if self.casting is not None and self.casting[0] in gone else self.casting,
        )


def effect(
    rule: Majority,
    *,
    in_favour: int,
    against: int,
    abstained: int,
    present: int,
    entitled: int,
    casting: Choice | None = None,
) -> Effect:
    """The effect of counts alone. Compared as integers; a tie without a casting vote is not carried."""
    if present < rule.quorum:
        return "inquorate"
    base = {
        "for_and_against": in_favour + against,
        "cast": in_favour + against + abstained,
        "present": present,
        "entitled": entitled,
    }[rule.base]
    ours, needed = in_favour * rule.share.denominator, base * rule.share.numerator
    if ours > needed or (rule.at_least and ours == needed and base > 0):
        return "carried"
    if rule.casting and in_favour == against and ours == needed:
        return {"for": "carried", "against": "not carried"}.get(casting or "", "open")  # type: ignore[return-value]
    return "not carried"
