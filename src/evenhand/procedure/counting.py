# SPDX-License-Identifier: Apache-2.0
"""How a vote of a body stands: who sits with a vote, what each said last, how many are needed, and who has not voted.

Quorum and majority are counted over the seats that are filled by people who are not in conflict (D08).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

import orjson

from evenhand.procedure.authority import may_of, with_a_vote
from evenhand.procedure.pen import Pen
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models, rows
from evenhand.store.opened import said
from evenhand.store.organisation import Organisation


@dataclass(frozen=True)
class Count:
    """A vote as it stands: `cast` by pseudonym, of those who sit with a vote; `silent` are those of them who have not voted.

    `lost` says that it can no longer be reached, whoever votes for it still.
    """

    cast: Mapping[str, str]
    silent: tuple[models.Part, ...]
    needed: int
    seats: int
    lost: bool

    @property
    def in_favour(self) -> int:
        """How many are for it."""
        return sum(one == "for" for one in self.cast.values())

    @property
    def against(self) -> int:
        """How many are against it."""
        return sum(one == "against" for one in self.cast.values())

    @property
    def reached(self) -> bool:
        """Whether enough are for it."""
        return self.in_favour >= self.needed


def count(pen: Pen, row: models.Matter, about: models.Proposal) -> Count:
    """How the vote on a proposal stands by what is known at the pen's instant."""
    sitting = rows.rows(models.Part, matter_id=row.ident, role=about.role, status="sits")
    seats = sorted(sitting, key=lambda seat: (seat.rank, seat.pseudonym))
    voting = with_a_vote(pen, row, seats, about.act)
    mine = {seat.pseudonym for seat in voting}
    said_so = rows.values(models.Vote, ("pseudonym", "choice"), proposal_id=about.ident)
    cast = {voter: choice for voter, choice in said_so if voter in mine}
    needed, of = needed_for(pen.organisation, row, about)
    # Who sits without a vote for good is not waited for; who is called or not ruled on yet may still vote.
    voiceless = sum(may_of(pen, row, seat.person) == "no_vote" for seat in seats)
    in_favour = sum(one == "for" for one in cast.values())
    return Count(
        cast=cast,
        silent=tuple(seat for seat in voting if seat.pseudonym not in cast),
        needed=needed,
        seats=of,
        lost=of - voiceless - len(cast) + in_favour < needed,
    )


def count_now(organisation: Organisation, row: models.Matter, about: models.Proposal, *, at: datetime) -> Count:
    """The same for a page; nothing is written."""
    return count(Pen(organisation, max(at, row.last), _no_chance), row, about)


def proposed(organisation: Organisation, about: models.Proposal) -> dict[str, Any]:
    """What a proposed act is to carry, besides the vote."""
    entry = rows.one(models.Entry, id=about.entry)
    found: dict[str, Any] = orjson.loads(said(entry, organisation.keyring)["text.proposed"])
    return found


def needed_for(organisation: Organisation, row: models.Matter, about: models.Proposal) -> tuple[int, int]:
    """How many must agree, and of how many seats, by the rules under which the matter runs, whatever is in force today."""
    rules = books.rules_of(row.rulebook)
    return needed_by(rules, about.role, proposed(organisation, about)), rules.roles[about.role].seats


def needed_by(rules: Rulebook, role: str, carries: Mapping[str, Any]) -> int:
    """How many of the seats must agree: the majority of the role, or the share that the sanction asks for."""
    body, tariff = rules.roles[role], carries.get("tariff")
    sanction = rules.sanctions.get(tariff.get("sanction", "")) if isinstance(tariff, dict) else None
    share = None if sanction is None else sanction.needs
    return max(body.majority, 0 if share is None else ceil(share * body.seats))


def _no_chance(number: int) -> bytes:
    raise AssertionError("Counting draws nothing.")
