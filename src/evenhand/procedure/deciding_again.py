# SPDX-License-Identifier: Apache-2.0
"""Opens the new matter in which a listed decision is decided again, by a route of the rules of that day (G05, D11)."""

from collections.abc import Sequence

from evenhand.casework.refusal import Refused
from evenhand.casework.routes import has_role
from evenhand.casework.ways_in import respondent_role
from evenhand.procedure import seating
from evenhand.procedure.asking import Asked
from evenhand.procedure.opening import Party, lodge, may_enter
from evenhand.procedure.pen import Pen
from evenhand.procedure.review_rows import Row
from evenhand.rulebook.model import Role, Rulebook
from evenhand.store import books, models


def reopen(pen: Pen, row: Row, members: Sequence[models.Part], told: str) -> str:
    """Opens it by one of the members who holds the office, and returns its identifier; one matter for each decision.

    The parties are those of the older matter, without a respondent who was never told of it (M14). `Refused` where the rules
    of that day have no route.
    """
    rules, body, way = books.in_force(row.entry.at), row.body, row.route
    if body is None or way is None:
        raise Refused(
            "conflicts/affected/route", "The rules of that day had no route for reopening it; refer it instead."
        )
    by = next((one for one in members if may_enter(rules, body.id, one.person, pen.at)), None)
    if by is None:
        raise Refused(
            "conflicts/affected/route", "Neither of you holds the office that can reopen it; refer it instead."
        )
    wanted = rules.books[way.book].acts[way.act].carries
    carries = {item: {"how": _sends(rules)} if item == "notice" else told for item in wanted}
    asked = Asked(act=way.act, by=body.id, person=by.person, book=way.book, carries=carries)
    parties = [
        Party(role=part.role, person=part.person)
        for part in row.matter.parts.filter(kind="party", status="party")
        .exclude(person="")
        .order_by("since", "pseudonym")
        if has_role(rules, way.book, part.role) and (part.role != respondent_role(rules) or row.matter.told)
    ]
    done = lodge(
        pen.organisation, asked, at=pen.at, chance=pen.chance, parties=parties, names=row.matter.ident,
        under=rules.digest, channel="review", sealing=False,
    )  # fmt: skip
    _leave_to_others(pen, done.matter, rules.roles[body.id], members)
    return done.matter


def _leave_to_others(pen: Pen, matter: str, role: Role, members: Sequence[models.Part]) -> None:
    """Whoever agreed that it be decided again does not decide it, where their own body does: others of it are called (G02)."""
    row = models.Matter.objects.get(ident=matter)
    if not seating.judges(row, role):
        return
    theirs = row.parts.filter(kind="seat", role=role.id, person__in=[one.person for one in members])
    while seats := list(theirs.filter(status__in=seating.LIVE).order_by("pseudonym")):
        for seat in seats:
            about = {"pseudonym": seat.pseudonym, "why": "opened it, and others decide"}
            pen.note(matter, "seat_passed", {"body.seat": about})
        seating.fill(pen, matter)


def _sends(rules: Rulebook) -> str:
    ways = rules.calendar.service
    return "portal" if "portal" in ways or not ways else next(iter(ways))
