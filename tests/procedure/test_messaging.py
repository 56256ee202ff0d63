# SPDX-License-Identifier: Apache-2.0
"""Messages go between one party and the office that administers the matter, and nobody else learns of them (A14, M14)."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.exporting import receipts_of
from evenhand.procedure.messaging import LONGEST, addressees, messages, office_of, send
from evenhand.procedure.reading import open_matter
from evenhand.procedure.rebuilding import rebuild
from evenhand.procedure.working import work
from evenhand.record.disclosures import read
from evenhand.store import models
from evenhand.store.sealing import seal
from tests.procedure.a_file import after_the_notice, under_investigation
from tests.procedure.test_exporting import verify


@pytest.fixture
def told(made):
    """A matter of which the respondent was told, with an officer who administers it."""
    return after_the_notice(made)


def opened(case, person):
    """The matter as somebody opens it."""
    return open_matter(case.made.organisation, case.row.slug, person, at=case.at)


def read_by(case, person):
    """The words of the messages that somebody reads, newest first."""
    return [one.words for one in messages(opened(case, person))]


def test_a_party_writes_to_the_officer_and_is_answered(told):
    """A14: somebody could ask nothing, and would hear nothing between two letters."""
    told.handle(send, told.complainant, "Will he be told\r\nwhere I live?\u202e")
    told.later(minutes=5).handle(send, told.officer, "No.", to=told.pseudonym("complainant"))
    assert ["No.", "Will he be told\nwhere I live?"] == read_by(told, told.complainant)
    assert ["No.", "Will he be told\nwhere I live?"] == read_by(told, told.officer)
    assert [False, True] == [one.mine for one in messages(opened(told, told.complainant))]
    assert [True, False] == [one.mine for one in messages(opened(told, told.officer))]


def test_neither_the_other_side_nor_another_seat_reads_it(told):
    """What somebody writes in confidence would be before the one they are afraid of, or before who judges."""
    told.handle(send, told.complainant, "I am afraid.")
    told.handle(send, told.officer, "Are you safe tonight?", to=told.pseudonym("complainant"))
    investigator = told.who("investigator")
    assert [[], [], 2] == [
        read_by(told, told.respondent), read_by(told, investigator), len(read_by(told, told.complainant)),
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["respondent", "investigator"])
def test_a_receipt_opens_it_to_sender_and_addressee_only(told, role):
    """L07: the number has no gap, and tells neither who wrote nor that it is a message."""
    told.handle(send, told.complainant, "I am afraid.")
    told.who("investigator")
    seal(told.made.organisation)
    entry = models.Entry.objects.get(rule="procedure.message_sent")
    opened_to = {}
    for one in ("complainant", "case_officer", role):
        part = models.Part.objects.get(matter_id=told.ident, role=one, status__in=("party", "sits"))
        held = dict(receipts_of(told.made.organisation, part))
        opened_to[one] = {read(text).name for text in held[entry].disclosures}
    assert {"type", "day", "at", "matter", "n"} == opened_to[role]
    assert {"rule", "by", "text.message", "body.message"} <= opened_to["complainant"] & opened_to["case_officer"]


def test_a_respondent_is_not_written_to_before_they_are_told(made):
    """M14: the first they hear would be a message."""
    case = under_investigation(made)
    with pytest.raises(Refused, match="not told of this matter"):
        case.handle(send, case.officer, "Please come.", to=case.pseudonym("respondent"))
    with pytest.raises(NotYours):
        case.handle(send, case.respondent, "What is this?")
    assert ["complainant"] == [one.role for one in addressees(opened(case, case.officer))]


def test_nobody_else_sends_anything(told):
    """D12: who has no part in a matter, or another seat in it, would speak in it."""
    investigator = told.who("investigator")
    for person, more in (
        (told.made.people["members"][3], {}),
        (investigator, {"to": told.pseudonym("complainant")}),
        (told.officer, {"to": models.Part.objects.get(person=investigator, matter=told.row).pseudonym}),
        (told.officer, {}),
    ):
        with pytest.raises(NotYours):
            told.handle(send, person, "Hello.", **more)
    assert "procedure.message_sent" not in told.rules()


def test_an_empty_and_an_endless_message_are_refused(told):
    """Bad input gets a sentence that says what to do."""
    for words, says in ((" \u200b\n", "Write the message"), ("x" * (LONGEST + 3), "too long by 3 characters")):
        with pytest.raises(Refused, match=says):
            told.handle(send, told.complainant, words)
    told.handle(send, told.complainant, "x" * LONGEST)
    assert [LONGEST] == [len(one) for one in read_by(told, told.complainant)]


def test_the_same_form_sent_twice_is_one_message(told):
    """A second press would say everything twice."""
    first, second = (told.handle(send, told.complainant, "Once.", key="k") for _ in range(2))
    assert (first.last, True) == (second.last, second.again)
    assert ["Once."] == read_by(told, told.complainant)


def test_the_other_one_is_told_by_mail_that_there_is_something(told):
    """B08: and the mail says no more than that."""
    work(told.made.organisation, at=told.at, chance=told.made.chance)
    before = set(told.made.organisation.outgoing.iterdir())
    told.handle(send, told.officer, "Are you safe tonight?", to=told.pseudonym("complainant"))
    work(told.made.organisation, at=told.at, chance=told.made.chance)
    mails = [path.read_text("utf-8") for path in set(told.made.organisation.outgoing.iterdir()) - before]
    assert [(True, False)] == [("ada@harbour.example" in mail, "tonight" in mail) for mail in mails]


def test_somebody_in_danger_writes_to_who_has_the_matter_now(made):
    """M14: the office that administers comes later, and a message to an empty seat would be read by nobody."""
    case = after_the_notice(made)
    assert "case_officer" == office_of(case.row)
    urgent = type(case)(made, at=case.at)
    urgent.lodge("lodge_in_danger")
    guard = urgent.who("safeguarder")
    assert "safeguarder" == office_of(urgent.row)
    urgent.handle(send, urgent.complainant, "He is at the door.")
    assert ["He is at the door."] == read_by(urgent, guard)
    urgent.handle(send, guard, "We are calling.", to=urgent.pseudonym("complainant"))
    assert "We are calling." == read_by(urgent, urgent.complainant)[0]


def test_the_receipts_of_the_other_side_verify_all_the_same(told, tmp_path):
    """B07: what is kept closed in a receipt does not make it worth less."""
    told.handle(send, told.complainant, "I am afraid.")
    seal(told.made.organisation)
    for entry, one in receipts_of(told.made.organisation, told.row.parts.get(role="respondent")):
        (tmp_path / f"{entry.n:03}.tlog-proof").write_text(str(one), "utf-8", newline="\n")
    said = verify(told, tmp_path)
    assert 0 == said.returncode, said.stdout + said.stderr


def test_messages_move_nothing_and_the_record_holds(told):
    """They would be a way past the rulebook; and `rebuild` and `audit` find every cell as it was."""
    before = (told.row.stage, told.row.state, told.row.due)
    told.handle(send, told.complainant, "Thank you.")
    seal(told.made.organisation)
    assert before == (told.row.stage, told.row.state, told.row.due)
    rebuild(told.made.organisation)
    assert before == (told.row.stage, told.row.state, told.row.due)
    assert ["Thank you."] == read_by(told, told.complainant)
    seen = audit(told.made.organisation, at=told.at)
    assert seen.holds, seen.as_data()
