# SPDX-License-Identifier: Apache-2.0
"""What waits for somebody: seats to declare for, votes, and clocks, soonest first (H01). Two statements, however much it is."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery

from evenhand.procedure.before_the_record import entered_before
from evenhand.procedure.listing import Sight
from evenhand.procedure.reconciling import began_at, missing, owed, signed_so_far
from evenhand.procedure.searching import ORDERS, Page, total_of
from evenhand.store import models


@dataclass(frozen=True)
class Vote:
    """An act that is proposed in a body of which somebody is a member: how many have voted, and how they did, if so."""

    matter: models.Matter
    ident: str
    act: str
    role: str
    cast: int
    mine: str


@dataclass(frozen=True)
class Docket:
    """The seats to which somebody is called, one page of those in which they sit, and what is open from before the record.

    `unsigned` are the signatures owed for months that are over (M21), by whoever enters complaints.
    """

    calls: list[models.Part]
    seats: Page
    before: int
    unsigned: int


def docket_of(sight: Sight, number: int, size: int) -> Docket:
    """What is due from a reader, by the last day; of the seats one page. A page beyond the last is the last."""
    seats, number = sight.seats().filter(over=False), max(number, 1)
    keys = seats.order_by(*ORDERS["due"])[(number - 1) * size : number * size].values("pk")
    asked = models.Part.objects.filter(Q(pk__in=keys) | Q(pk__in=sight.calls().values("pk"))).select_related("matter")
    old = entered_before().filter(over=False).order_by()
    before = Subquery(old.values("before").annotate(n=Count("pk")).values("n"))
    beside = {"before": before, "began": began_at(), "signed": signed_so_far()}
    found: list[Any] = list(asked.annotate(total=total_of(seats), **beside).order_by(*ORDERS["due"]))
    mine = [part for part in found if part.status == "sits"]
    if not mine and number > 1:
        return docket_of(sight, -(-seats.count() // size) or 1, size)
    total = mine[0].total if mine else 0
    waiting = sorted((part for part in found if part.status != "sits"), key=lambda part: (part.until, part.pk))
    known = found[0].before or 0 if found else old.count()
    unsigned = owed(found[0].began, found[0].signed, sight.at, sight.rules) if found else missing(sight.at)
    return Docket(waiting, Page(mine, number, max(1, -(-total // size)), total), known, unsigned)


def votes_of(sight: Sight) -> list[Vote]:
    """The open votes of the reader's bodies, those that wait for the reader first; one statement for all of them.

    Who has no vote for the time being, and who is waited for by name, is told on the page of the vote.
    """
    parts = sight.seats().filter(over=False, matter__proposals__status="open", matter__proposals__role=F("role"))
    parts = parts.annotate(ident=F("matter__proposals__ident"), act=F("matter__proposals__act"))
    votes = models.Vote.objects.filter(proposal=OuterRef("ident"))
    mine = Subquery(votes.filter(pseudonym=OuterRef("pseudonym")).values("choice")[:1])
    cast = Subquery(votes.order_by().values("proposal").annotate(n=Count("pk")).values("n"))
    found: Any = parts.annotate(mine=mine, cast=cast).select_related("matter").order_by("matter__proposals__entry")
    shown = [Vote(one.matter, one.ident, one.act, one.role, one.cast or 0, one.mine or "") for one in found]
    return sorted(shown, key=lambda one: bool(one.mine))
