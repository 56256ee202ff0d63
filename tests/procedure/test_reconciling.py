# SPDX-License-Identifier: Apache-2.0
"""Each month what was received is held against what was entered, and a named person signs the difference (M21)."""

from datetime import UTC, datetime, timedelta

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Asked, NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.exporting import export
from evenhand.procedure.opening import Party, lodge
from evenhand.procedure.rebuilding import rebuild
from evenhand.procedure.reconciling import CHANNELS, entered, missing, months, reconcile, signatures
from evenhand.procedure.registering import Newcomer
from evenhand.store import models
from evenhand.store.sealing import seal
from tests.procedure.a_case import CARRIED, Case
from tests.procedure.test_exporting import verify

MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def case(made) -> Case:
    """A complaint by the portal in April."""
    case = Case(made)
    case.lodge()
    return case


def letter(made, received, *, at, channel="post"):
    """Something that came by post on a day, and was entered at an instant."""
    person = made.people["case_officer"][0]
    receipt = {"received": received, "entered": at.date().isoformat()}
    carries = {name: CARRIED[name] for name in ("account", "danger", "notice")} | {"receipt": receipt}
    asked = Asked(act="enter", by="case_officer", person=person, carries=carries)
    parties = [Party(role="complainant", person=made.people["members"][2])]
    lodge(made.organisation, asked, at=at, chance=made.chance, parties=parties, sealing=False, channel=channel)


def signs(made, *, received=1, month="2026-04", channel="portal", at=MAY, by=None, **more):
    """An officer signs."""
    person = by or made.people["case_officer"][0]
    given = {"month": month, "channel": channel, "received": received, "at": at, "chance": made.chance, **more}
    return reconcile(made.organisation, person, **given)


def test_a_month_is_counted_by_the_day_of_receipt(made, case):
    """A letter of April that was entered in May would be missing in both months."""
    letter(made, "2026-04-30", at=MAY - timedelta(minutes=5))
    letter(made, "2026-05-02", at=MAY, channel="e-mail")
    assert {"portal": 1, "post": 1, "e-mail": 0, "spoken": 0, "body": 0} == entered(made.organisation, "2026-04")
    assert {"portal": 0, "post": 0, "e-mail": 1, "spoken": 0, "body": 0} == entered(made.organisation, "2026-05")


def test_what_a_body_sends_is_a_way_in_of_its_own(made):
    """What an affiliated body sent would be held against the members' complaints."""
    case = Case(made)
    asked = Asked(act="lodge_as_body", by="complainant", person=case.complainant,
                  carries={name: CARRIED[name] for name in ("account", "danger", "notice")})  # fmt: skip
    body = Party(role="complainant", newcomer=Newcomer(name="The Slip Owners", kind="body"), acts=False)
    lodge(made.organisation, asked, at=case.at, chance=made.chance, parties=[body], sealing=False)
    assert {"portal": 0, "body": 1} == {
        name: entered(made.organisation, "2026-04")[name] for name in ("portal", "body")
    }


def test_a_month_without_a_signature_is_owed(made, case):
    """Nobody would notice that nobody looked."""
    assert ((), 0) == (months(case.at), missing(case.at))
    assert (("2026-04",), len(CHANNELS)) == (months(MAY), missing(MAY))
    signs(made)
    assert len(CHANNELS) - 1 == missing(MAY)
    assert 2 * len(CHANNELS) - 1 == missing(MAY + timedelta(days=31))


def test_a_named_person_signs_both_numbers(made, case):
    """A signature without a name, or without what it is under, says nothing."""
    signs(made, received=1)
    one = signatures(made.organisation)["2026-04", "portal"]
    assert (1, 1, "", made.people["case_officer"][0]) == (one.received, one.entered, one.difference, one.person)


def test_a_difference_needs_a_sentence(made, case):
    """What came and was never entered is just what this is for."""
    with pytest.raises(Refused, match="differ"):
        signs(made, received=3)
    signs(made, received=3, difference="Two lay in a drawer; they are entered today.")
    assert (3, 1) == tuple(
        getattr(signatures(made.organisation)["2026-04", "portal"], one) for one in ("received", "entered")
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"month": "2026-05"}, "not over yet"), ({"month": "2026-03"}, "not over yet"), ({"month": "x"}, "not over yet"),
        ({"channel": "pigeon"}, "one of the ways in"), ({"received": -1}, "whole number"), ({"received": 10**9}, "whole number"),
    ],
)  # fmt: skip
def test_what_cannot_be_signed_is_refused_with_a_sentence(made, case, wrong, says):
    """A month could be signed before it is over, and nobody would look again."""
    with pytest.raises(Refused, match=says):
        signs(made, **wrong)
    assert {} == signatures(made.organisation)


def test_only_who_enters_complaints_signs(made, case):
    """L07: whoever has no business with the post book cannot vouch for it."""
    for person in (made.people["members"][0], made.people["gatekeepers"][0], ""):
        with pytest.raises(NotYours):
            signs(made, by=person or "nobody")


def test_what_was_signed_is_corrected_and_never_taken_back(made, case):
    """A mistake would stay, or could be made to vanish."""
    signs(made, key="k")
    signs(made, key="k")
    with pytest.raises(Refused, match="nothing to correct"):
        signs(made)
    with pytest.raises(Refused, match="signed already"):
        signs(made, received=2, difference="One lay in a drawer.")
    signs(made, received=2, difference="One lay in a drawer.", correction="The drawer was forgotten.")
    assert (2, "The drawer was forgotten.") == tuple(
        getattr(signatures(made.organisation)["2026-04", "portal"], one) for one in ("received", "correction")
    )
    assert 2 == models.Entry.objects.filter(rule__startswith="procedure.month_").count()
    assert len(CHANNELS) - 1 == missing(MAY)


def test_the_record_holds_with_it(made, case):
    """L01: the tables are what the entries say, and the audit reads them."""
    signs(made)
    seal(made.organisation)
    rows = list(models.Matter.objects.order_by("ident").values())
    rebuild(made.organisation)
    assert rows == list(models.Matter.objects.order_by("ident").values())
    found = audit(made.organisation, at=MAY + timedelta(hours=1))
    assert [] == [*found.unlawful, *found.entries_differ, *found.tables_differ, *found.record]


def test_the_verifier_takes_it(made, tmp_path):
    """A10: whoever has the export would be told that an entry is of no known kind."""
    signs(made, received=0)
    export(made.organisation, tmp_path / "export")
    said = verify(Case(made), tmp_path / "export")
    assert "Everything that was checked holds." in said.stdout, said.stdout[-300:]
