# SPDX-License-Identifier: Apache-2.0
"""By which act a matter is opened is told from what the act carries, and never from its name (A04, M06, M14, M15)."""

import re
from pathlib import Path

import pytest

from evenhand.casework.ways_in import (
    administering_roles,
    complaining_role,
    entering_roles,
    for_others,
    opening_act,
    opening_acts,
    organisation_role,
    pressing,
    respondent_role,
    ways_in,
)
from evenhand.rulebook.loading import loads

FOLDER = Path(__file__).resolve().parents[2] / "rulebooks"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.yaml"))}
ADMINISTERS = {"harbour": ("case_officer",), "lantern_foundation": ("coordinator",), "quay_club": ("officer",)}
SPOKEN = ("enter_in_danger", "lodge_in_danger", "lodge_as_outsider", "lodge_for_others", "lodge_as_body")


@pytest.fixture(params=TEXTS)
def rules(request):
    """Each shipped rulebook."""
    return loads(TEXTS[request.param], request.param)


def renamed(text):
    """The same rulebook with names that say nothing."""
    for number, name in enumerate(SPOKEN):
        text = re.sub(rf"\b{name}\b", f"act_{number}", text)
    return text


def test_who_complains_and_what_is_the_organisations_own(rules):
    """M06: the first of the complaining side is who complains, the second the organisation, the other side the respondent."""
    book = rules.books["discipline"]
    assert ["complainant", "respondent"] == [complaining_role(rules), respondent_role(rules)]
    assert organisation_role(rules) in ("federation", "foundation", "club")
    assert ["reasons"] == [item for item in ways_in(book, organisation_role(rules))[0].carries if item == "reasons"]


def test_the_office_that_administers_is_found_from_its_act_whatever_it_is_called(rules):
    """A14: messages would go to whoever stands first in a rulebook that says it in other words."""
    assert ADMINISTERS[rules.id] == administering_roles(rules)
    text = re.sub(r"administers, never judges|one of the three officers", "sits at a table", TEXTS[rules.id])
    assert text != TEXTS[rules.id]
    assert ADMINISTERS[rules.id] == administering_roles(loads(text, rules.id))


def test_a_complaint_for_others_carries_their_consent(rules):
    """A04: one act in each book, and it is not the urgent one."""
    found = for_others(ways_in(rules.books["discipline"], complaining_role(rules)))
    assert 1 == len(found)


def test_what_is_urgent_is_read_soonest(rules):
    """M14: a yes leads to the stage with the shortest clock, whoever says it."""
    book = rules.books["discipline"]
    for role in (complaining_role(rules), organisation_role(rules), *entering_roles(rules, book)):
        act = opening_act(book, role, urgent=True)
        clocks = {one.id: book.stages[one.to].clock.within for one in opening_acts(book, role)}
        assert (1, "wd") == (clocks[act.id].n, clocks[act.id].unit)
        assert act not in ways_in(book, role)


def test_one_office_enters_what_came_by_post(rules):
    """M15: the office whose act carries the day of receipt."""
    assert 1 == len(entering_roles(rules, rules.books["discipline"]))


def test_where_every_way_is_as_quick_none_is_urgent(rules):
    """A book with one way in is not closed to who is in danger."""
    book = rules.books["appeal"] if "appeal" in rules.books else next(iter(rules.books.values()))
    acts = opening_acts(book, "respondent")
    assert () == pressing(book, "respondent")
    assert (acts[0] if acts else None) == opening_act(book, "respondent", urgent=True)


def test_a_name_changes_nothing():
    """An organisation that calls its acts by numbers has the same ways in."""
    for name, text in TEXTS.items():
        before, after = (loads(one, name) for one in (text, renamed(text)))
        for by in (complaining_role(before), organisation_role(before)):
            for urgent in (False, True):
                acts = [opening_act(one.books["discipline"], by, urgent=urgent) for one in (before, after)]
                assert (name, acts[0].carries, acts[0].to) == (name, acts[1].carries, acts[1].to)
