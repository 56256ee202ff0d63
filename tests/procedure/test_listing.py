# SPDX-License-Identifier: Apache-2.0
"""The seats that stand in a list are those that can be opened, whatever the facts say (D01, D17)."""

from datetime import timedelta
from random import Random

import pytest

from evenhand.conflicts.grounds import bar_against
from evenhand.procedure.authority import part_of
from evenhand.procedure.listing import my_seats
from evenhand.procedure.reading import NotYours, open_matter
from evenhand.procedure.registering import record_fact
from evenhand.store import books, models
from evenhand.store.querying import query
from evenhand.store.write.register import write_fact
from tests.procedure.a_case import Case, to_the_hearing

WITH_A_PERSON = ("family", "business", "employed_by", "reports_to", "appointed_by", "nominated_by")
WITH_A_MATTER = (
    "complainant", "respondent", "companion", "affected", "witness", "outside_contact", "public_statement", "prejudged",
    "declared", "decided", "concerns",
)  # fmt: skip
WITH_A_GROUP = ("slate:a", "slate:b", "employer:x", "branch:n", "letter:l")
KINDS = {"slate": "slate", "employer": "employed_by", "branch": "branch", "letter": "signed"}


@pytest.fixture
def cases(made):
    """Three matters, one of them far on, with seats that several people hold."""
    first = to_the_hearing(Case(made))
    others = [Case(made), Case(made)]
    for other in others:
        other.lodge()
        other.do("frame", "case_officer")
        other.everybody_declares()
    return [first, *others]


def opens(person, at, grounds=None):
    """The seats of a person that can be opened, asked one by one; what bars them from others is counted in `grounds`."""
    found, grounds = set(), grounds if grounds is not None else set()
    for part in models.Part.objects.filter(person=person, kind="seat", status="sits").select_related("matter"):
        mine = part_of(part.matter, person, at)
        asked = {"matter": part.matter_id, "act": "see", "role": part.role, "at": at, "known": at}
        bar = bar_against(query, books.in_force(at), person=person, **asked)
        if mine is not None and bar is None:
            found.add(part.pseudonym)
        elif bar is not None:
            grounds.add(bar.ground)
    return found


def some_facts(chance, cases, people, at):
    """Facts of every kind between these people and matters, some of them old, vague, alleged, withdrawn or not known yet."""
    entry = models.Entry.objects.order_by("id").last()
    matters = [f"matter:{case.ident}" for case in cases]
    if chance.random() < 0.3:
        b, about = chance.choice(matters), {"since": "2026-01-01", "source": "register"}
        write_fact(entry, {"ident": f"{98:032x}", "kind": "respondent", "a": chance.choice(people), "b": b, **about})
        write_fact(entry, {"ident": f"{99:032x}", "kind": "open", "a": b, "b": "admitted", **about})
    for number in range(20):
        kind = chance.choice(("person", "matter", "group", "role", "names", "waived", "open"))
        a, day = chance.choice(people), (at - timedelta(days=chance.choice((0, 1, 40, 500, 900)))).date().isoformat()
        b, source = chance.choice(people), "register"
        if kind == "person":
            name = chance.choice(WITH_A_PERSON)
        elif kind == "matter":
            name, b, source = chance.choice(WITH_A_MATTER), chance.choice(matters), "role:gatekeepers"
            a = b if name == "concerns" else a
            b = "event:e" if name == "concerns" else b
        elif kind == "group":
            b = chance.choice(WITH_A_GROUP)
            name = KINDS[b.partition(":")[0]]
        elif kind == "role":
            name, b = (
                "holds",
                f"role:{chance.choice(cases).ident}:{chance.choice(('panel', 'gatekeepers', 'case_officer'))}",
            )
        elif kind == "names":
            name, a, b = "names", chance.choice(matters), chance.choice(matters)
        elif kind == "open":
            name, a, b = "open", chance.choice(matters), chance.choice(("admitted", "lodged"))
        else:
            name, b = "waived", chance.choice(matters)
            source = chance.choice(("slate", "slate/see", "command/decide", "employer", "party"))
        until = chance.choice((None, None, at.date().isoformat(), (at + timedelta(days=9)).date().isoformat()))
        ident = f"{number:032x}"
        status = chance.choice(("confirmed", "confirmed", "confirmed", "potential", "rejected"))
        write_fact(entry, {"ident": ident, "kind": name, "a": a, "b": b, "since": day[: chance.choice((10, 10, 7))],
                           "until": until, "source": source, "status": status})  # fmt: skip
        if chance.random() < 0.3:
            moment = (at + timedelta(hours=chance.choice((-2, 2)))).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            changed = {chance.choice(("known", "withdrawn")): moment}
            models.Fact.objects.filter(ident=ident).update(**changed)


def test_the_list_is_what_can_be_opened(made, cases):
    """D01: for every ground, the list and the page agree; otherwise one of them tells what the other keeps."""
    chance, at = Random(7), cases[0].at + timedelta(hours=3)
    seated = sorted(set(models.Part.objects.filter(status="sits").values_list("person", flat=True)))
    people = [*seated[:6], *made.people["members"][:2]]
    grounds = set()
    for turn in range(60):
        models.Fact.objects.filter(ident__startswith="0" * 20).delete()
        some_facts(chance, cases, people, at)
        for person in people:
            expected = opens(person, at, grounds)
            assert (turn, person, expected) == (turn, person, set(my_seats(person, at=at).values_list("pk", flat=True)))
    assert {"party", "witness", "open_case", "earlier", "below", "command", "slate", "prejudged"} <= grounds, grounds


def test_a_matter_that_is_over_leaves_the_list_of_who_is_barred_later(made):
    """D01: a bar that comes after the end shuts the page, and the list must not go on telling of it."""
    case = Case(made)
    case.lodge()
    officer = case.seats("case_officer")[0]
    models.Matter.objects.filter(ident=case.ident).update(over=True)
    models.Part.objects.filter(matter_id=case.ident).update(over=True)
    at = case.later(hours=1).at
    assert [case.ident] == [part.matter_id for part in my_seats(officer.person, at=at)]
    about = {"kind": "family", "b": case.complainant, "since": "2010-01-01", "source": "a declaration"}
    record_fact(made.organisation, officer.person, at=at, chance=made.chance, **about)
    later = case.later(hours=1).at
    assert "sits" == models.Part.objects.get(pk=officer.pk).status
    with pytest.raises(NotYours):
        open_matter(made.organisation, case.row.slug, officer.person, at=later)
    assert [] == list(my_seats(officer.person, at=later))


def test_a_term_that_is_over_leaves_the_list(made):
    """D17: what cannot be opened any more is neither shown nor counted."""
    case = Case(made)
    case.lodge()
    officer = case.seats("case_officer")[0]
    day = case.at.date().isoformat()
    held = models.Fact.objects.filter(kind="holds", a=officer.person, b="office:case_officer")
    held.update(until_lo=day, until_hi=day)
    assert (set(), []) == (opens(officer.person, case.at), list(my_seats(officer.person, at=case.at)))


def test_the_tables_can_be_made_again(made, cases):
    """N04: what a list is narrowed by follows from the entries like every other cell."""
    from evenhand.procedure.rebuilding import rebuild

    names = ("pk", "code", "book", "stage", "over", "due", "opened", "mixed")
    before = list(models.Part.objects.order_by("pk").values_list(*names))
    clauses = sorted(models.Alleged.objects.values_list("matter_id", "clause"))
    rebuild(made.organisation)
    assert before == list(models.Part.objects.order_by("pk").values_list(*names))
    assert clauses == sorted(models.Alleged.objects.values_list("matter_id", "clause")) != []
    for part in models.Part.objects.select_related("matter"):
        row = part.matter
        expected = (row.code, row.book, row.stage, row.over, row.due or models.NEVER, row.opened)
        assert expected == (part.code, part.book, part.stage, part.over, part.due, part.opened)
