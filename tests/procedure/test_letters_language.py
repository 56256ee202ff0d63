# SPDX-License-Identifier: Apache-2.0
"""Each party gets letters in their own language, and what was sent is kept as it was sent (A02, B08)."""

from evenhand.procedure.auditing import audit
from evenhand.procedure.naming import language_of, record_of
from evenhand.procedure.pen import Pen
from evenhand.procedure.registering import change_person
from evenhand.store import models
from evenhand.store.opened import said
from evenhand.store.sealing import seal
from tests.procedure.a_case import Case


def speaks(case, person, language):
    """The register says in which language somebody reads."""
    pen = Pen(case.made.organisation, case.at, case.made.chance)
    change_person(pen, person, {**record_of(case.made.organisation, person), "language": language})


def letters_to(case, role):
    """Every letter to a party as it was kept, in the order in which they went out."""
    mine = case.row.parts.get(role=role).pseudonym
    entries = models.Entry.objects.filter(matter=case.ident, rule="procedure.letter_sent").order_by("n")
    kept = [said(one, case.made.organisation.keyring) for one in entries]
    return [one for one in kept if one["body.letter"]["to"] == mine]


def to_the_notice(case):
    """A complaint comes in and the respondent is told."""
    case.lodge()
    case.do("frame", "case_officer")
    case.decide("investigate", "gatekeepers")
    case.do("notify", "case_officer")
    return case


def test_a_french_reader_gets_french_and_the_other_side_english(made):
    """A02: who cannot read the letter about their own matter is not told, whatever the record says."""
    case = Case(made)
    speaks(case, case.respondent, "fr")
    to_the_notice(case)
    (notice,) = letters_to(case, "respondent")
    first = letters_to(case, "complainant")[0]
    assert notice["text.subject"].startswith("Notification d’une enquête (")
    assert "jusqu’au" in notice["text.letter"]
    assert "fr" == notice["body.letter"]["language"]
    assert first["text.subject"].startswith("We have your complaint (")
    assert "language" not in first["body.letter"]


def test_what_was_sent_stays_as_it_was_sent(made):
    """B08: a letter that changed its language afterwards would be another letter than the one that was read."""
    case = Case(made)
    speaks(case, case.complainant, "fr")
    case.lodge()
    before = letters_to(case, "complainant")
    speaks(case, case.complainant, "en")
    assert before == letters_to(case, "complainant")
    assert "en" == language_of(made.organisation, case.complainant)


def test_the_audit_holds_with_letters_in_two_languages(made):
    """L01: a second language must not look like an alteration."""
    case = Case(made)
    speaks(case, case.respondent, "fr")
    to_the_notice(case)
    seal(made.organisation)
    assert audit(made.organisation, at=case.at).holds
