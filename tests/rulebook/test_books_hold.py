# SPDX-License-Identifier: Apache-2.0
"""The three rulebooks that come with the program pass every check, keep their promises, and are as the manual says."""

import re
from functools import cache
from pathlib import Path

import pytest

from evenhand.rulebook.checking import check
from evenhand.rulebook.pools import pools_fail
from evenhand.rulebook.silence import most_working_days
from evenhand.rulebook.verdicts import Report
from tests.rulebook.shipped import FOLDER, NAMES, shipped

PAGE = Path(__file__).resolve().parents[2] / "docs" / "books.md"


@cache
def report(name: str) -> Report:
    """What the checks say of one rulebook."""
    return check(shipped(name))


@pytest.mark.parametrize("name", NAMES)
def test_it_passes_every_check(name):
    """An organisation that begins with one of our books would begin with a hole in it."""
    assert [] == [(v.id, v.book, v.says) for v in report(name).checks if not v.holds]


@pytest.mark.parametrize("name", NAMES)
def test_no_check_is_left_out(name):
    """A check that asks nothing of a book would seem to hold."""
    assert {f"C{n}" for n in range(1, 17)} == {verdict.id for verdict in report(name).checks}


@pytest.mark.parametrize("name", NAMES)
def test_it_has_a_book_for_every_kind_of_matter(name):
    """A rulebook without one of them would leave the organisation to improvise there (G05, D06, I05, J05, J07)."""
    assert {"discipline", "review", "challenge", "amendment", "motion", "election"} <= shipped(name).books.keys()


def test_one_organisation_hears_appeals_as_matters_of_their_own():
    """Nobody would see how the language says that an appeal is a new matter about an old decision."""
    books = shipped("lantern_foundation").books
    assert "appeal.lodge" == books["discipline"].acts["sanction"].appeal
    assert ["told", "charged", "sanctioned"] == [fact.id for fact in books["appeal"].facts.values() if fact.at_start]


def test_roles_of_the_small_club_draw_on_the_same_people():
    """In a club of sixty, pools counted as if they were apart would promise more people than there are (C8)."""
    groups = [set(role.groups) for role in shipped("quay_club").roles.values() if role.groups]
    assert {"officers": 2, "neighbours": 6, "union": 3} == {
        group: sum(group in named for named in groups) for group in ("officers", "neighbours", "union")
    }


@pytest.mark.parametrize("name", NAMES)
def test_it_keeps_its_promises(name):
    """A promise that the books do not keep is a promise on paper."""
    promises, numbers = shipped(name).promises, report(name).numbers
    assert numbers.longest_working_days <= most_working_days(promises.longest, shipped(name).calendar)
    assert 2 <= promises.bury_needs <= numbers.fewest_to_bury
    assert promises.amend_needs <= numbers.fewest_to_amend
    assert promises.conflicted < numbers.first_pool_to_fail[1]


@pytest.mark.parametrize("name", NAMES)
def test_a_promise_is_no_looser_than_it_must_be(name):
    """Days between what is promised and what can happen let a case grow longer without showing as a narrowing."""
    assert shipped(name).promises.longest.n - report(name).numbers.longest_working_days < 20


@pytest.mark.parametrize("name", NAMES)
def test_the_discipline_book_stays_small_enough_to_be_checked_at_once(name):
    """A book of 10,000 states is checked slowly and read by nobody: what is incidental is a matter of its own."""
    assert 3_000 > next(book.states for book in report(name).books if book.id == "discipline")


@pytest.mark.parametrize("name", NAMES)
def test_the_manual_gives_its_numbers(name):
    """The numbers of the manual would be those of some earlier version."""
    found, numbers = report(name), report(name).numbers
    role, at = numbers.first_pool_to_fail
    three = f"{numbers.longest_working_days} | {numbers.fewest_to_bury} | {numbers.fewest_to_amend}"
    assert f"| `{name}` | {three} | {role}, {at} |" in PAGE.read_text(encoding="utf-8")
    for book in found.books:
        longest, bury = book.longest_working_days, book.fewest_to_bury or "nobody can"
        row = f"| `{name}` | `{book.id}` | {book.states:,} | {book.moves:,} | {longest} | {bury} |"
        assert row in PAGE.read_text(encoding="utf-8")


def test_first_to_fail_is_the_smallest_pool_of_all():
    """Someone who plans for conflicts looks at the wrong role."""
    for name in NAMES:
        assert report(name).numbers.first_pool_to_fail[1] == min(fails.at for fails in pools_fail(shipped(name)))


@pytest.mark.parametrize("name", NAMES)
def test_a_member_can_read_the_file(name):
    """Rules that scroll sideways, or that no comment explains, are read by programs only."""
    lines = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8").split("\ntexts:")[0].splitlines()
    assert [] == [line for line in lines if len(line) > 160]
    assert 20 < sum(bool(re.search(r"(^| )# ", line)) for line in lines)
