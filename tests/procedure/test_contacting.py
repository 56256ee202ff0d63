# SPDX-License-Identifier: Apache-2.0
"""Contact from outside about a matter is entered in one step, read by the seats, and counted (D12)."""

from datetime import timedelta

import pytest

from evenhand.casework.refusal import Refused
from evenhand.conflicts.grounds import conflicts_of
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.contacting import contacts, contacts_counted, enter_contact
from evenhand.procedure.exporting import receipts_of
from evenhand.procedure.reading import open_matter
from evenhand.procedure.rebuilding import rebuild
from evenhand.record.disclosures import read
from evenhand.store import books, models
from evenhand.store.querying import query
from evenhand.store.sealing import seal
from tests.procedure.a_file import after_the_notice

WORDS = "He asked whether this could not wait until after the election."


@pytest.fixture
def told(made):
    """A matter of which the respondent was told."""
    return after_the_notice(made)


def enter(case, person, **more):
    """Somebody enters a contact."""
    about = {"who": "Councillor Brandt Holm", "kind": "telephone", "day": case.at.date(), "words": WORDS}
    return case.handle(enter_contact, person, **{**about, **more})


def grounds(case, person):
    """The grounds that stand against somebody for deciding in the matter."""
    asked = {"persons": [person], "matter": case.ident, "act": "decide", "role": "investigator"}
    found = conflicts_of(query, books.in_force(case.at), at=case.at, known=case.at, **asked)
    return [(one.ground, one.severity) for one in found if one.ground != "earlier"]


def test_the_ground_approached_follows_for_who_was_approached(told):
    """D12: a word in somebody's ear would decide, and nobody would have to say that it was said."""
    investigator = told.who("investigator")
    seat = told.row.parts.get(person=investigator)
    enter(told, investigator, approached=seat.pseudonym)
    assert [("approached", "declare")] == grounds(told, investigator)
    assert [] == grounds(told, told.officer)
    assert "sits" == models.Part.objects.get(pseudonym=seat.pseudonym).status


def test_every_seat_reads_it_and_no_party(told):
    """The parties would learn who spoke for whom before anybody has looked at it."""
    investigator = told.who("investigator")
    enter(told, told.officer, approached=told.row.parts.get(person=investigator).pseudonym)
    seal(told.made.organisation)
    seen = {
        person: contacts(open_matter(told.made.organisation, told.row.slug, person, at=told.at))
        for person in (told.officer, investigator, told.complainant, told.respondent)
    }
    assert [1, 1, 0, 0] == [len(found) for found in seen.values()]
    one = seen[investigator][0]
    assert ("Councillor Brandt Holm", "Investigator") == (one.who, one.approached.split()[0])
    entry = models.Entry.objects.get(rule="procedure.contact_entered")
    for role in ("complainant", "respondent"):
        held = dict(receipts_of(told.made.organisation, told.row.parts.get(role=role)))
        assert {"type", "day", "at", "matter", "n"} == {read(text).name for text in held[entry].disclosures}


def test_only_a_seat_enters_it(told):
    """D12: only people with a role in the case can add to it."""
    for person in (told.complainant, told.respondent, told.made.people["members"][3], ""):
        with pytest.raises(NotYours):
            enter(told, person)
    with pytest.raises(NotYours):
        enter(told, told.officer, approached="0" * 32)
    with pytest.raises(NotYours):
        enter(told, told.officer, approached=told.pseudonym("complainant"))


def test_what_is_missing_is_said(told):
    """Bad input gets a sentence that says what to do."""
    for more, says in (
        ({"who": " "}, "who it was"), ({"who": "x" * 501}, "at most 500"), ({"kind": "dream"}, "in which way"),
        ({"words": ""}, "what was said"), ({"day": told.at.date() + timedelta(days=2)}, "lies in the future"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=says):
            enter(told, told.officer, **more)
    assert "procedure.contact_entered" not in told.rules()


def test_they_are_counted_and_nobody_is_named(told):
    """D12: the public report says how often, in how many matters and in which way."""
    began = told.at
    enter(told, told.officer)
    enter(told, told.officer, kind="letter", who="unknown")
    told.later(days=40)
    enter(told, told.who("investigator"))
    count = contacts_counted(told.made.organisation, since=began, until=began + timedelta(days=30))
    assert (2, 1, {"telephone": 1, "letter": 1}) == (count.total, count.matters, dict(count.kinds))
    assert 3 == contacts_counted(told.made.organisation, since=began, until=told.at + timedelta(days=1)).total


def test_the_fact_is_made_again_from_the_entry(told):
    """E10: the tables say what the entries say, and a second making says the same."""
    investigator = told.who("investigator")
    enter(told, investigator, approached=told.row.parts.get(person=investigator).pseudonym)
    before = models.Fact.objects.filter(kind="outside_contact").values_list("ident", "a", "b", "since_lo").get()
    rebuild(told.made.organisation)
    assert before == models.Fact.objects.filter(kind="outside_contact").values_list("ident", "a", "b", "since_lo").get()
    seal(told.made.organisation)
    seen = audit(told.made.organisation, at=told.at)
    assert seen.holds, seen.as_data()
