# SPDX-License-Identifier: Apache-2.0
"""A past of many decisions of one body of three, made by the same writer as a real one, and then a complaint about one of it."""

from datetime import timedelta

from evenhand.procedure.asking import Asked
from evenhand.procedure.declaring import declare
from evenhand.procedure.opening import lodge
from evenhand.procedure.pen import Pen
from evenhand.procedure.registering import end_fact
from evenhand.procedure.voting import propose, vote
from evenhand.store import models
from tests.procedure.a_review import becomes_a_respondent

SEATS = 3


def reviewed(made, *, turned, others):
    """Somebody who sat in so many decisions that turned on their vote, and as many others that did not; now a respondent.

    Each is a request to reopen, decided by the three reviewers there are: a body of three, and no longer way to its vote.
    """
    at = made.at + timedelta(days=6)
    three = made.people["reviewers"][:SEATS]
    pen = Pen(made.organisation, at, made.chance)
    for person in made.people["reviewers"][SEATS:]:
        fact = models.Fact.objects.get(kind="holds", a=person, b="office:reviewers")
        end_fact(pen, fact.ident, until=at.date().isoformat())
    person, colleagues = three[0], three[1:]
    stride = (turned + others) // turned
    apart = {stride * number for number in range(turned)}  # so that the list has to find them
    for number in range(turned + others):
        at += timedelta(hours=2)
        _decide(made, person, colleagues, at, turns=number in apart)
    becomes_a_respondent(made, person, at=at + timedelta(days=1))
    return person


def _decide(made, person, colleagues, at, *, turns):
    """Where it turns on their vote one colleague is against; otherwise both colleagues carry it against them."""
    given = {"at": at, "chance": made.chance, "sealing": False}
    member = made.people["members"][0]
    carries = {"grounds": "A new witness has come forward.", "evidence": ["the statement of a witness"]}
    asked = Asked(act="ask", by="complainant", person=member, book="review", carries=carries)
    ident = lodge(made.organisation, asked, **given).matter
    for seat in models.Part.objects.filter(matter_id=ident, status="called"):
        declare(made.organisation, ident, seat.person, "none", **given)
    first = person if turns else colleagues[0]
    notice = {"reasons": "Both accounts agree.", "notice": {"how": "portal"}}
    act = Asked(act="stand", by="reviewers", person=first, matter=ident, carries=notice)
    propose(made.organisation, act, **given)
    proposal = models.Proposal.objects.get(matter_id=ident).ident
    against = colleagues[0] if turns else person
    for voter, choice in ((against, "against"), (colleagues[1], "for")):
        vote(made.organisation, proposal, voter, choice, **given)
