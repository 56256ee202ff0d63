# SPDX-License-Identifier: Apache-2.0
"""Opens a matter that names another one: a challenge of a person, an appeal of its own, a request to reopen (D06, G01, G05).

Which ways lead out of a matter the rulebook tells (`casework.routes`). Only somebody with a part in the matter can take one,
in the role that they have there. Whatever is refused is entered in the matter that would have been named.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from evenhand.casework.refusal import Refused, WhyNot
from evenhand.casework.routes import Kind, Route, has_role, kind_of, names_appeal, routes_from
from evenhand.procedure.asking import Asked, Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import called_part, part_of
from evenhand.procedure.declaring import begin
from evenhand.procedure.opening import Party, lodge
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep, repeated
from evenhand.rulebook.calendar import Calendar
from evenhand.rulebook.model import Act, Rulebook
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

SAYS = {
    "over": "The matter is over; nobody acts in it any more to whom you could object.",
    "running": "The matter still goes on. It can be reopened once it is over.",
    "no_route": "On the day of the decision the rules (version {version}) had no way to reopen a matter. None is made up for it.",
    "no_decision": "Nothing was decided yet against which this appeal could be brought.",
    "late": "The time for this appeal is over; it was open while the matter stood in {stage}.",
    "asked": "You have asked for this already, and it has not been decided yet.",
}
"""Why a way is not open, each a whole sentence."""


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way out of a matter for somebody in it: the route, the rules that have it, and why it is not open, if it is not."""

    route: Route
    rules: Rulebook
    why: WhyNot | None = None

    @property
    def kind(self) -> Kind:
        """What kind of look at the matter it is."""
        return self.route.kind

    @property
    def title(self) -> str:
        """What its book is called in the rules."""
        return self.rules.books[self.route.book].title or self.route.book.replace("_", " ")


def ways(row: models.Matter, part: models.Part, at: datetime) -> tuple[Way, ...]:
    """Every way that leads out of a matter for the role in which somebody has a part in it, and why one is not open now.

    A challenge and an appeal follow the rules under which the matter runs. A reopening follows those of the day of the
    decision; where only other versions know it, it is listed with the reason for which it is not open (G05).
    """
    found: dict[tuple[str, str], Way] = {}
    own, decided = books.rules_of(row.rulebook), _rules_at_decision(row)
    for rules in dict.fromkeys((own.digest, decided.digest, books.in_force(at).digest)):
        for route in routes_from(books.rules_of(rules), row.book):
            known = (route.book, route.act)
            if part.role in route.by and known not in found and (route.kind == "reopening" or rules == own.digest):
                takes = (
                    decided if route.kind == "reopening" and _has(decided, row.book, route) else books.rules_of(rules)
                )
                found[known] = Way(route=route, rules=takes, why=_why_not(row, part, route, decided))
    return tuple(found.values())


def _has(rules: Rulebook, book: str, route: Route) -> bool:
    return any((one.book, one.act) == (route.book, route.act) for one in routes_from(rules, book))


def _why_not(row: models.Matter, part: models.Part, route: Route, decided: Rulebook) -> WhyNot | None:
    says, rule = "", f"books/{route.book}/acts/{route.act}"
    blanks: dict[str, object] = {}
    if route.kind == "challenge":
        says = "over" if row.over else ""
    elif route.kind == "appeal":
        says, blanks = _appeal_not_open(row, part, route)
    elif not row.over:
        says = "running"
    elif not _has(decided, row.book, route):
        says, blanks, rule = "no_route", {"version": decided.version}, "books"
    if not says and route.kind != "challenge" and _asked_already(row, part, route):
        says = "asked"
    return WhyNot(act=route.act, rule=rule, sentence=SAYS[says].format(**blanks)) if says else None


def _appeal_not_open(row: models.Matter, part: models.Part, route: Route) -> tuple[str, dict[str, object]]:
    book = books.running(row.rulebook, row.book).book
    acts = (book.acts.get(entry.rule.partition(".")[2]) for entry in _acts_of(row).order_by("-n"))
    against: Act | None = next((act for act in acts if act and names_appeal(act) == (route.book, route.act)), None)
    if against is None:
        return "no_decision", {}
    if row.over or row.stage != (against.to or row.stage):
        return "late", {"stage": (against.to or "").replace("_", " ")}
    return "", {}


def _acts_of(row: models.Matter) -> Any:
    return models.Entry.objects.filter(matter=row.ident, type="act")


def _asked_already(row: models.Matter, part: models.Part, route: Route) -> bool:
    mine = models.Part.objects.filter(person=part.person, role=part.role, kind=part.kind)
    return mine.filter(matter__names=row.ident, matter__book=route.book, matter__over=False).exists()


def decision_of(row: models.Matter) -> models.Entry | None:
    """The last decision of a matter: the last act of people that ended it or decided on the merits; None before any act."""
    acts = books.running(row.rulebook, row.book).book.acts
    last = None
    for entry in _acts_of(row).exclude(by="").order_by("n"):
        rule = acts.get(entry.rule.partition(".")[2])
        if rule is not None and (last is None or rule.outcome or rule.merits or rule.adverse):
            last = entry
    return last


def _rules_at_decision(row: models.Matter) -> Rulebook:
    """The version in force on the day of the decision, which alone can give a route to reopen it (G05)."""
    decision = decision_of(row)
    return books.rules_of(row.rulebook) if decision is None else books.in_force(decision.at)


def way_to(row: models.Matter, part: models.Part, book: str, act: str, at: datetime) -> Way:
    """One way out of a matter for somebody with a part in it. `Refused` where it is not open, or where there is none."""
    for way in ways(row, part, at):
        if (way.route.book, way.route.act) == (book, act):
            if way.why is not None:
                raise Refused(way.why.rule, way.why.sentence)
            return way
    raise Refused("books", "The rules know no such way for your part in this matter.")


def open_linked(
    organisation: Organisation,
    main: str,
    person: str,
    *,
    book: str,
    act: str,
    carries: Mapping[str, Any],
    at: datetime,
    chance: Chance,
    parties: Iterable[Party] = (),
    more: Mapping[str, Any] | None = None,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """Opens a matter of a book that names the matter `main`, by somebody with a part there, in their role there.

    The parties of `main` become parties of it under new pseudonyms where the book has their role, a respondent only if they
    were told. `NotYours` without a part; `Refused` where the way is not open, which is then entered in `main` (S10).
    """

    def go(pen: Pen, row: models.Matter, part: models.Part) -> Done:
        return lodge_linked(
            pen, row, part, way_to(row, part, book, act, pen.at), carries, parties=parties, more=more or {}, key=key
        )

    return in_the_name_of(
        organisation, main, person, f"{book}.{act}", go, at=at, chance=chance, key=key, sealing=sealing
    )


@once_more
def in_the_name_of(
    organisation: Organisation,
    main: str,
    person: str,
    rule: str,
    go: Any,
    *,
    at: datetime,
    chance: Chance,
    key: str,
    sealing: bool = True,
) -> Done:
    """Calls `go(pen, row, part)` for somebody with a part in a locked matter; what it refuses is entered as refused there."""
    refused: Refused | None = None
    with transaction.atomic():
        pen = begin(organisation, main, at=at, chance=chance)
        again = repeated(key, person)
        if again is not None:
            return again
        row = models.Matter.objects.get(ident=main)
        part = part_of(row, person, at) if row.book else None
        if part is None:
            raise NotYours
        try:
            with transaction.atomic():
                done: Done = go(pen, row, part)
        except Refused as why:
            refused = why
            pen.refusal(main, rule, role=part.role, by=part.pseudonym, why=why.sentence, path=why.rule)
            done = keep(pen, "", main)
    if sealing:
        seal(organisation)
    if refused is not None:
        raise refused
    return done


def lodge_linked(
    pen: Pen,
    row: models.Matter,
    part: models.Part,
    way: Way,
    carries: Mapping[str, Any],
    *,
    parties: Iterable[Party] = (),
    more: Mapping[str, Any],
    key: str,
) -> Done:
    """Opens the matter at the end of an open way, in the transaction of the pen."""
    asked = Asked(
        act=way.route.act,
        by=part.role,
        person=part.person,
        book=way.route.book,
        carries=_with_notice(way, carries),
        more=more,
        key=key,
    )
    everybody = (*_parties_of(row, way), *parties)
    return lodge(
        pen.organisation, asked, at=pen.at, chance=pen.chance, parties=everybody, names=row.ident,
        under=way.rules.digest, sealing=False,
    )  # fmt: skip


def _with_notice(way: Way, carries: Mapping[str, Any]) -> Mapping[str, Any]:
    wanted = way.rules.books[way.route.book].acts[way.route.act].carries
    if "notice" not in wanted or "notice" in carries:
        return carries
    known = Calendar(way.rules.calendar).rule.service
    how = "portal" if "portal" in known else next(iter(known), None)
    return {**carries, "notice": {"how": how} if how else {}}


def _parties_of(row: models.Matter, way: Way) -> Iterator[Party]:
    for one in row.parts.filter(kind="party", status="party").exclude(person="").order_by("since", "pseudonym"):
        if has_role(way.rules, way.route.book, one.role) and (one.role != "respondent" or row.told):
            yield Party(role=one.role, person=one.person)


@dataclass(frozen=True, kw_only=True)
class Linked:
    """A matter that names another one or is named by it, and the reader's own part in it."""

    row: models.Matter
    part: models.Part
    title: str
    kind: Kind | None
    names_this: bool


def linked(row: models.Matter, person: str, at: datetime) -> tuple[Linked, ...]:
    """The matters linked with this one in which the person has a part too, in both directions, oldest first."""
    others = models.Matter.objects.filter(names=row.ident)
    if row.names:
        others = others | models.Matter.objects.filter(ident=row.names)
    found = []
    for other in others.exclude(book="").order_by("opened", "ident"):
        part = part_of(other, person, at) or called_part(other, person, at)
        if part is not None:
            rules = books.rules_of(other.rulebook)
            title = rules.books[other.book].title or other.book.replace("_", " ")
            back = other.names == row.ident
            found.append(Linked(row=other, part=part, title=title, kind=kind_of(rules, other.book), names_this=back))
    return tuple(found)


def shut(way: Way, sentence: str, rule: str) -> Way:
    """The way as one that is not open, and why."""
    return replace(way, why=WhyNot(act=way.route.act, rule=rule, sentence=sentence))
