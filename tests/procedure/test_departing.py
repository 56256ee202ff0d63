# SPDX-License-Identifier: Apache-2.0
"""Whether the other side reads who complained is the rulebook's to say, and every departure from it carries reasons (B03)."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.departing import complainants, depart, named_now
from evenhand.procedure.exporting import may_read
from evenhand.procedure.reading import DEPARTED, open_matter
from evenhand.store import models
from evenhand.store.opened import said
from evenhand.store.sealing import seal
from tests.procedure.a_case import Case

WHY = "She lives next door to him, and was followed home."


@pytest.fixture
def case(made):
    """A complaint under rules that name who complained, with an officer who administers it."""
    case = Case(made)
    case.lodge()
    case.officer = case.seats("case_officer")[0].person
    return case


def departs(case, *, by=None, named=False, **more):
    """The officer departs from the default for whoever complained."""
    whose = complainants(case.row)[0].pseudonym
    given = {"named": named, "reasons": WHY, "at": case.later(minutes=5).at, "chance": case.made.chance, **more}
    return depart(case.made.organisation, case.ident, by or case.officer, whose, **given)


def told(case):
    """The respondent is told of the matter."""
    case.do("frame", "case_officer")
    case.decide("investigate", "gatekeepers")
    case.do("notify", "case_officer")


def sees(case):
    """Whether the respondent reads who complained."""
    people = open_matter(case.made.organisation, case.row.slug, case.respondent, at=case.at).people()
    return case.complainant in [part.person for part, _ in people]


def test_a_name_is_withheld_with_reasons_and_the_other_side_never_reads_it(case):
    """B03: the rules name her, and it is not safe to."""
    departs(case)
    told(case)
    assert (False, False) == (sees(case), named_now(case.made.organisation, case.row, complainants(case.row)[0]))


def test_without_a_departure_the_rules_hold(case):
    """B03: the default needs no entry, and nobody withholds a name by silence."""
    told(case)
    assert (True, 0) == (sees(case), models.Entry.objects.filter(rule=DEPARTED).count())


def test_a_departure_without_reasons_is_refused(case):
    """B03: every departure carries a reason."""
    with pytest.raises(Refused, match="carries them"):
        departs(case, reasons="Because.")
    assert 0 == models.Entry.objects.filter(rule=DEPARTED).count()


def test_a_name_that_was_read_is_not_said_to_be_withheld(case):
    """B03: it would be an entry of something that is not so."""
    told(case)
    with pytest.raises(Refused, match="cannot be withheld any more"):
        departs(case)


def test_a_name_that_the_rules_withhold_is_given_only_to_whom_its_bearer_wishes(case, monkeypatch):
    """B03: under other rules the name is withheld, and hers to give."""
    for place in ("reading", "departing"):
        monkeypatch.setattr(f"evenhand.procedure.{place}.complainant_named", lambda rules: False)
    told(case)
    assert not sees(case)
    with pytest.raises(Refused, match="they wish it"):
        departs(case, named=True)
    departs(case, named=True, wished=True, reasons="She wants him to know that it is her.")
    assert sees(case)


def test_the_last_departure_counts(case):
    """B03: what was withheld can be given again, until which it stays withheld."""
    departs(case)
    with pytest.raises(Refused, match="holds already"):
        departs(case)
    departs(case, named=True, wished=True, reasons="She has moved away, and wishes it.")
    told(case)
    assert sees(case)


def test_nobody_else_departs(case):
    """B03, L07: who judges it, a party, a member."""
    for person in (case.who("gatekeepers"), case.complainant, case.made.people["members"][3]):
        with pytest.raises(NotYours):
            departs(case, by=person)


def test_both_read_that_it_is_so_and_the_other_side_not_why(case):
    """B03: the reasons would tell whose name it is; and the audit reads all of it."""
    departs(case)
    told(case)
    entry = models.Entry.objects.get(rule=DEPARTED)
    says = said(entry, case.made.organisation.keyring)
    parts = [case.row.parts.get(role=role) for role in ("complainant", "respondent")]
    read = [[may_read(entry, part, field, says) for field in ("body.identity", "text.reasons")] for part in parts]
    assert [[True, True], [True, False]] == read
    seal(case.made.organisation)
    assert audit(case.made.organisation, at=case.at).holds
