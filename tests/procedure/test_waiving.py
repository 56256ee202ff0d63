# SPDX-License-Identifier: Apache-2.0
"""A ground is waived before the act, for certain acts, by whom the rules name, and falls with the first new fact."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.exporting import may_read
from evenhand.procedure.registering import record_fact
from evenhand.procedure.ruling import ask_judge
from evenhand.procedure.waiving import grant, granted, revoke, waivable
from evenhand.store import models
from evenhand.store.opened import said
from tests.procedure.a_case import Case, to_the_hearing

SLATE = {"kind": "slate", "b": "slate:open_quay", "since": "2025-06-01", "source": "nomination papers"}
WHY = "They stood together once and have not spoken since."


def known(case, person, **about):
    """A fact becomes known."""
    record_fact(case.made.organisation, person, at=case.later(minutes=5).at, chance=case.made.chance, **about)


@pytest.fixture
def case(made):
    """A complaint whose every investigator and reviewer stood on a slate with the complainant, and a judge of challenges in it."""
    case = Case(made)
    for person in (case.complainant, *made.people["investigator"], *made.people["reviewers"]):
        known(case, person, **SLATE)
    case.lodge()
    case.officer = case.seats("case_officer")[0]
    given = {"at": case.at, "chance": made.chance, "sealing": False}
    ask_judge(made.organisation, case.ident, case.officer.person, why="All investigators stood with her.", **given)
    case.judge = case.seats("recusal_judge")[0]
    case.do("frame", "case_officer")
    case.decide("investigate", "gatekeepers")
    case.do("notify", "case_officer")
    case.person = made.people["investigator"][0]
    return case


def waives(case, *, by=None, whom=None, ground="slate", acts=("investigate",), reasons=WHY, **more):
    """The judge waives a ground."""
    given = {"at": case.later(minutes=5).at, "chance": case.made.chance, "sealing": False, **more}
    return grant(
        case.made.organisation, case.ident, (by or case.judge).person, whom or case.person, ground, acts=acts,
        reasons=reasons, **given,
    )  # fmt: skip


def test_the_judge_sees_whom_only_waivable_grounds_keep_away(case):
    """D03: of a pool in which nobody is left, who could act all the same."""
    known(case, case.made.people["investigator"][1], kind="family", b=case.respondent, since="2010", source="register")
    found = waivable(case.made.organisation, case.row, case.judge, at=case.at)
    expected = {case.made.people["investigator"][place] for place in (0, 2, 3)}
    assert expected == {one.person for one in found if one.role == "investigator"}


def test_whoever_is_let_act_is_called_and_acts(case):
    """D03: the seat that nobody could take is filled in the same transaction."""
    assert not case.row.parts.filter(role="investigator").exists()
    waives(case)
    assert case.person == case.seats("investigator")[0].person
    case.later(days=3).do("report", "investigator")
    assert "charging" == case.row.stage or "report" in case.rules()[-2]


def test_a_waiver_for_other_acts_does_not_let_act(case):
    """D03: it says for which acts, and is held to it."""
    waives(case, acts=("advise",))
    case.everybody_declares()
    with pytest.raises((Refused, NotYours)):
        case.later(days=3).do("report", "investigator")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"ground": "party"}, "conflicts/waiver/never"),
        ({"ground": "untriaged"}, "conflicts/waiver/never"),
        ({"ground": "employer"}, "conflicts/waiver"),
        ({"ground": "no such ground"}, "conflicts/waiver"),
        ({"acts": ()}, "conflicts/waiver/acts"),
        ({"acts": ("rule the world",)}, "conflicts/waiver/acts"),
        ({"reasons": " "}, "conflicts/waiver/reasons"),
        ({"until": "2026-01-01"}, "conflicts/waiver/until"),
    ],
)
def test_what_cannot_be_waived_is_told(case, change, rule):
    """D03: never a ground that is never waived, nor one that does not stand, nor without acts and reasons."""
    with pytest.raises(Refused) as refused:
        waives(case, **change)
    assert rule == refused.value.rule


def test_nobody_waives_but_the_role_that_the_ground_names(case):
    """D03: no colleague, no officer, no party, and nobody for themselves."""
    with pytest.raises(Refused, match="another role"):
        waives(case, by=case.officer)
    with pytest.raises(NotYours):
        waives(case, by=case.row.parts.get(role="complainant"))
    with pytest.raises(Refused, match="for themselves"):
        waives(case, whom=case.judge.person)


def test_a_waiver_after_the_act_is_refused(made):
    """D03: what was done under a ground is looked at, and not waived."""
    case = to_the_hearing(Case(made))
    given = {"at": case.at, "chance": made.chance, "sealing": False}
    officer, voter = case.seats("case_officer")[0], case.seats("panel")[0]
    ask_judge(made.organisation, case.ident, officer.person, why="Look at the slate.", **given)
    case.judge = case.seats("recusal_judge")[0]
    for person in (case.complainant, voter.person):
        known(case, person, **SLATE)
    with pytest.raises(Refused, match="never after it"):
        waives(case, whom=voter.person, acts=("decide",))


def test_a_waiver_falls_with_a_new_fact(case):
    """D03: whoever granted it did not know of it."""
    waives(case)
    seat = case.seats("investigator")[0]
    for person in (case.complainant, case.person):
        known(case, person, **{**SLATE, "b": "slate:steady_course"})
    seat.refresh_from_db()
    assert "suspended" == seat.status


def test_a_revoked_waiver_takes_the_seat_and_not_what_was_done(case):
    """D03: from now on the ground stands again."""
    waives(case)
    seat = case.seats("investigator")[0]
    given = {"reasons": "They were seen together.", "at": case.later(days=1).at, "chance": case.made.chance}
    revoke(case.made.organisation, case.ident, case.judge.person, granted(case.row)[0].ident, **given)
    seat.refresh_from_db()
    assert ("suspended", []) == (seat.status, granted(case.row))


def test_a_waiver_ends_on_its_day(case):
    """D03: it is for a time where it says so."""
    until = (case.at.date()).replace(day=case.at.day + 3).isoformat()
    waives(case, until=until)
    case.everybody_declares()
    with pytest.raises((Refused, NotYours)):
        case.later(days=4).do("report", "investigator")


@pytest.mark.parametrize("role", ["complainant", "respondent"])
def test_both_parties_read_the_kind_and_the_reasons_and_not_the_path(case, role):
    """D05: what connects them stays sealed."""
    waives(case)
    entry = models.Entry.objects.get(matter=case.ident, rule="procedure.waiver_granted")
    fields = said(entry, case.made.organisation.keyring)
    part = case.row.parts.get(role=role)
    read = {name: fields[name] for name in fields if may_read(entry, part, name, fields)}
    assert ("slate", ["investigate"], WHY) == (
        read["body.waiver"]["category"], read["body.waiver"]["acts"], read["text.reasons"],
    )  # fmt: skip
    assert "person.facts" not in read
