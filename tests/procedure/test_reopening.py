# SPDX-License-Identifier: Apache-2.0
"""A matter that is over is reopened on the route that the rules gave at the decision, or not at all (G05)."""

from datetime import date

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.founding import adopt_later
from evenhand.procedure.linking import linked
from evenhand.rulebook.loading import loads
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.store.opened import said
from evenhand.store.sealing import seal
from tests.databases import RULES
from tests.procedure.a_case import Case
from tests.procedure.a_linked_case import Linked, asked_again, closed


@pytest.fixture
def case(made):
    """A complaint that was found out of scope, and is over."""
    return closed(Case(made))


def reopened(case) -> Linked:
    """The reviewers reopen it; the new matter."""
    review = asked_again(case)
    review.decide("reopen", "reviewers")
    return Linked(review, models.Matter.objects.get(names=review.ident).ident)


def test_a_party_asks_on_a_listed_ground(case):
    """G05: the ground is in the record, and the request names the old matter."""
    review = asked_again(case)
    entry = models.Entry.objects.get(matter=review.ident, n=1)
    assert case.ident == review.row.names
    assert {"listed": "new evidence"} == said(entry, case.made.organisation.keyring)["body.ground"]


def test_another_ground_is_refused(case):
    """G05, S10: there is no other ground than those of the list, and the attempt is in the record."""
    with pytest.raises(Refused, match="the rules list them"):
        asked_again(case, ground="I do not like it")
    assert "act.refused" == models.Entry.objects.filter(matter=case.ident).order_by("-n").first().type


def test_what_goes_on_is_not_reopened(made):
    """G05: as long as it runs, its own ways are open."""
    case = Case(made)
    case.lodge()
    with pytest.raises(Refused, match="still goes on"):
        asked_again(case)


def without_a_way(head) -> tuple[str, Rulebook]:
    """The rules without the book by which a matter is reopened, as their text and what it says."""
    text = RULES[: RULES.index("\n  review:  ")] + RULES[RULES.index("\n  challenge:  ") :]
    letters = text.index("  review_decided:")
    text = text[:letters] + text[text.index("  challenge_ruled:") :]
    text = text.replace("version: 3, adopted: 2026-03-02, in_force: 2026-04-01, replaces: 2", head)
    return text, loads(text, "rulebook")


def test_rules_without_a_route_at_the_decision_give_none(made):
    """G05, S10: a route that came later opens nothing that was over before; the attempt is refused in the record."""
    text, older = without_a_way("version: 2, adopted: 2026-03-02, in_force: 2026-04-01")
    models.Rulebook.objects.create(
        digest=older.digest, name=older.id, version=2, in_force=date(2026, 4, 1), published=made.at, source=text
    )
    models.Rulebook.objects.exclude(digest=older.digest).update(in_force=date(2026, 5, 1))
    case = closed(Case(made))
    assert older.digest == case.row.rulebook
    with pytest.raises(Refused, match=r"version 2\) had no way to reopen") as refused:
        asked_again(case)
    assert "books" == refused.value.rule
    assert "act.refused" == models.Entry.objects.filter(matter=case.ident).order_by("-n").first().type


def test_a_route_of_the_day_of_the_decision_stays_open(case):
    """G05: rules that came later take it from nobody; the request runs under those that gave it, and the audit holds."""
    text, newer = without_a_way("version: 4, adopted: 2026-05-17, in_force: 2026-05-20, replaces: 3")
    adopt_later(case.made.organisation, newer, text, at=case.at, chance=case.made.chance)
    case.later(days=5)
    review = asked_again(case)
    assert (newer.digest, case.row.rulebook) == (books.in_force(case.at).digest, review.row.rulebook)
    review.decide("reopen", "reviewers")
    seal(case.made.organisation)
    seen = audit(case.made.organisation, at=review.at)
    assert seen.holds, seen.as_data()


def test_only_a_party_asks(case):
    """L07: to a stranger there is no such matter."""
    with pytest.raises(NotYours):
        _by(case, case.made.people["members"][3])


def _by(case, person):
    case.complainant = person
    return asked_again(case)


def test_whoever_decided_it_is_barred_from_looking_again(made):
    """G02: `below` follows from the name of the old matter; reviewers who looked at the ending do not look at it twice."""
    case = Case(made)
    case.lodge()
    case.decide("out_of_scope", "gatekeepers")
    case.do("ask_review", "complainant")
    case.decide("confirm_ending", "reviewers")
    before = {seat.person for seat in case.seats("reviewers")}
    case.later(days=20)
    review = asked_again(case)
    after = {seat.person for seat in review.seats("reviewers")}
    named = models.Fact.objects.filter(kind="names", a=f"matter:{review.ident}").values_list("b", flat=True)
    assert ([f"matter:{case.ident}"], 3, set()) == (list(named), len(after), before & after)


def test_a_matter_that_is_reopened_begins_anew_before_other_people(case):
    """G05: the same complaint, by the same people, and nobody who had a seat in the old matter or in the review decides it."""
    new = reopened(case)
    before = set(
        models.Part.objects.filter(matter__in=(case.ident, new.main.ident), kind="seat").values_list(
            "person", flat=True
        )
    )
    decide = {seat.person for seat in new.seats("gatekeepers")}
    assert ("discipline", "triage", False) == (new.row.book, new.row.stage, new.row.told)
    assert (2, set()) == (len(decide), decide & before)
    assert {case.complainant, case.respondent} == set(
        new.row.parts.filter(kind="party").values_list("person", flat=True)
    )


def test_it_names_the_request_and_what_was_decided_first(case):
    """G02, G05: who decided either is barred by the ground that looks below."""
    new = reopened(case)
    named = models.Fact.objects.filter(kind="names", a=f"matter:{new.ident}").values_list("b", flat=True)
    assert {f"matter:{case.ident}", f"matter:{new.main.ident}"} == set(named)


def test_what_was_decided_is_stayed_and_the_old_matter_says_so(case):
    """G05: nobody reads the old decision as one that stands."""
    reopened(case)
    newest = models.Entry.objects.filter(matter=case.ident).order_by("-n").first()
    assert "procedure.decision_stayed" == newest.rule


def test_the_respondent_learns_of_the_new_matter_by_its_notice(case):
    """M14: a new matter asks anew whether it is safe to tell."""
    new = reopened(case)
    assert not [one for one in linked(new.main.row, case.respondent, case.at) if one.row.ident == new.ident]


def test_a_request_is_no_open_case(case):
    """D10: otherwise whoever asks to reopen could unseat whom they complained about."""
    review = asked_again(case)
    assert not models.Fact.objects.filter(kind="open", a=f"matter:{review.ident}").exists()


def test_one_request_of_one_party_at_a_time(case):
    """Two requests about one thing could end in two ways."""
    asked_again(case)
    with pytest.raises(Refused, match="asked for this already"):
        asked_again(case)


def test_the_audit_holds_after_a_reopening(case):
    """L09: all three matters are replayed from their entries."""
    new = reopened(case)
    seal(case.made.organisation)
    seen = audit(case.made.organisation, at=new.at)
    assert seen.holds, seen.as_data()
