# SPDX-License-Identifier: Apache-2.0
"""C11 and C16: one body decides each stage, and every ending can be called in from outside."""

from dataclasses import replace

from evenhand.rulebook.checking import check
from evenhand.rulebook.model import Act
from tests.rulebook.breaking import good, run_of, verdict_on


def test_a_choice_between_two_bodies_is_found():
    """C11: whoever steers a matter to one of two panels has half decided it."""
    change = """
        books: {discipline: {acts: {
          dismiss: {in: hearing, to: decided, by: reviewers, merits: true, carries: [reasons, notice], adverse: member,
            appeal: appeal}}}}
        """
    verdict = verdict_on(change, "C11")
    assert "In “hearing” panel or reviewers can decide: whoever wants can choose the body." == verdict.says
    assert ["lodge", "tell", "charge", "reply", "dismiss"] == run_of(verdict)


def test_an_act_open_to_two_offices_is_found():
    """C11: the milder or the stricter of two offices could be chosen for a measure that stays in its stage."""
    verdict = verdict_on("books: {discipline: {acts: {suspend: {by: [panel, reviewers]}}}}", "C11")
    assert "“suspend” can be done by panel or reviewers: whoever wants can choose." == verdict.says


def test_an_ending_that_nobody_outside_sees_is_found():
    """M22: a mild ending that suits everybody in the room would never be looked at again."""
    verdict = verdict_on("books: {discipline: {acts: {uphold: {to: closed}}}}", "C16")
    assert "The matter ends from “appeal”, and nobody outside could call it in before." == verdict.says
    assert "uphold" == run_of(verdict)[-1]


def test_a_call_by_those_who_decided_is_none():
    """M22: the panel would be its own overseer."""
    verdict = verdict_on("books: {discipline: {acts: {call_in: {by: panel}}}}", "C16")
    assert "The matter ends from “decided”, and nobody outside could call it in before." in verdict.says


def test_a_call_by_a_party_is_none():
    """M22: that a party may object is an appeal; the overseer is for the case in which no party does."""
    assert not verdict_on("books: {discipline: {acts: {call_in: {by: member}}}}", "C16").holds


def test_a_call_from_inside_is_none():
    """M22: an overseer whom the organisation itself provides is not outside it."""
    assert not verdict_on("roles: {overseer: {external: null}}", "C16").holds


def test_a_call_by_one_person_is_none():
    """M22: a body looks at every ending; one person has favourites, holidays and neighbours."""
    assert not verdict_on("roles: {overseer: {seats: 1, majority: 1}}", "C16").holds


def test_a_matter_that_is_over_has_no_acts():
    """G05: a case reopened by a further act in it would have no ground on record, and no new judges."""
    rulebook = good()
    book = rulebook.books["discipline"]
    reopen = Act(id="reopen", stages=("closed",), to="hearing", by=("panel",), carries=("reasons", "notice"))
    changed = replace(rulebook, books={**rulebook.books, book.id: replace(book, acts={**book.acts, "reopen": reopen})})
    verdict = next(one for one in check(changed).checks if (one.id, one.book) == ("C16", "discipline"))
    assert "“reopen” acts on a matter that is over in “closed”; reopening is a new matter." in verdict.says
