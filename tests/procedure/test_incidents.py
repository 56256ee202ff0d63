# SPDX-License-Identifier: Apache-2.0
"""Complaints about one incident are linked, and each stays what it is: its clock, its letters, its readers (A06)."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.confiding import BARE
from evenhand.procedure.exporting import may_read
from evenhand.procedure.incidents import by_codes, link, linked_with, to_link
from evenhand.store import models
from evenhand.store.opened import said
from tests.procedure.a_case import Case
from tests.procedure.test_parties import lodged, officer


@pytest.fixture
def two(made):
    """Two complaints that one officer handles, and a third that another one does."""
    found: list[Case] = []
    while len(found) < 6:
        found.append(
            lodged(made, made.people["members"][len(found) % 3], at=found[-1].later(minutes=1).at if found else None)
        )
    mine = officer(found[0])
    same = [case for case in found if officer(case) == mine]
    other = next(case for case in found if officer(case) != mine)
    return same[0], same[1], other, mine


def linking(first, other, person, key=""):
    """The officer links them."""
    first.later(hours=1)
    return link(
        first.made.organisation, first.ident, person, [other.ident], at=first.at, chance=first.made.chance, key=key
    )


def test_each_keeps_its_clock_and_its_place(two):
    """A06: two matters before and after, each with its own last day, under one incident."""
    first, second, _, mine = two
    before = [(case.row.due, case.row.stage) for case in (first, second)]
    linking(first, second, mine)
    assert before == [(case.row.due, case.row.stage) for case in (first, second)]
    assert first.row.incident == second.row.incident != ""


def test_only_who_has_a_seat_in_both_reads_the_other_code(two):
    """D01: a gatekeeper of one does not learn which the other is."""
    first, second, _, mine = two
    linking(first, second, mine)
    assert [second.row.code] == [row.code for row in linked_with(first.row, mine, at=first.at)]
    alone = next(
        seat.person for seat in first.seats("gatekeepers") if seat.person not in second.row.parts.values_list("person")
    )
    in_both = models.Part.objects.filter(matter=second.row, person=alone, status="sits").exists()
    assert ([second.row.code] if in_both else []) == [row.code for row in linked_with(first.row, alone, at=first.at)]
    assert [] == linked_with(first.row, first.complainant, at=first.at)


def test_a_party_learns_nothing_of_another_complaint(two):
    """D01: the receipt opens its day and number."""
    first, second, _, mine = two
    linking(first, second, mine)
    entry = models.Entry.objects.get(matter=first.ident, rule="procedure.matter_linked")
    fields = said(entry, first.made.organisation.keyring)
    party = first.row.parts.get(role="complainant")
    assert set(BARE) == {field for field in fields if may_read(entry, party, field, fields)}


def test_a_matter_of_others_is_neither_offered_nor_linked(two):
    """D01: suggestions are those of what the reader may see, and a guess is answered as if there were nothing."""
    first, _, other, mine = two
    assert other.row.code not in [row.code for row in to_link(first.row, mine, at=first.at)]
    with pytest.raises(NotYours):
        linking(first, other, mine)


def test_an_older_matter_is_named_by_its_code_name(two):
    """A06: what is not among the newest is linked all the same; what is not theirs is refused, as if it were not there."""
    first, second, other, mine = two
    assert [second.ident] == by_codes(first.row, mine, f" {second.row.code.lower()} ,", at=first.at)
    for words in (other.row.code, first.row.code, "Nothing There"):
        with pytest.raises(Refused, match="is not the code name of one matter that you could link"):
            by_codes(first.row, mine, words, at=first.at)


def test_only_the_administering_seat_links(two):
    """L07: a party and a gatekeeper do not."""
    first, second, _, _ = two
    for person in (first.complainant, first.seats("gatekeepers")[0].person):
        with pytest.raises(NotYours):
            linking(first, second, person)


def test_linking_twice_says_so_and_sending_twice_does_nothing(two):
    """A second link would be an entry that means nothing."""
    first, second, _, mine = two
    linking(first, second, mine, key="k")
    linking(first, second, mine, key="k")
    with pytest.raises(Refused, match="linked already"):
        linking(first, second, mine)
    assert 1 == models.Entry.objects.filter(matter=first.ident, rule="procedure.matter_linked").count()


def test_a_third_joins_the_same_incident(two):
    """A06: twenty reports on one evening are one incident, in whatever order they are linked."""
    first, second, _, mine = two
    linking(first, second, mine)
    third = lodged(first.made, first.made.people["members"][3], at=first.at)
    tries = 0
    while officer(third) != mine and tries < 5:
        third, tries = lodged(first.made, first.made.people["members"][3], at=third.later(minutes=1).at), tries + 1
    third.at = max(third.at, first.at)
    linking(third, second, mine)
    assert {first.row.incident} == {case.row.incident for case in (first, second, third)}
