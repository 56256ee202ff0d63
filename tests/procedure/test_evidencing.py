# SPDX-License-Identifier: Apache-2.0
"""Evidence comes in and is given to the other side, and every reading is in the record."""

from datetime import timedelta

import pytest

from evenhand.casework.refusal import Refused
from evenhand.evidence.keeping import names
from evenhand.evidence.trouble import TooLarge
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.evidencing import check_files, choices_for, open_item, restrict, serve_on, supersede
from evenhand.procedure.registering import record_fact
from evenhand.procedure.working import work
from evenhand.store import models
from evenhand.store.opened import said
from tests.procedure.a_file import PDF, File, after_the_notice, under_investigation


@pytest.fixture
def case(made):
    """A complaint of which the respondent does not know yet."""
    return under_investigation(made)


@pytest.fixture
def told(made):
    """A complaint of which the respondent was told."""
    return after_the_notice(made)


def test_what_is_received_is_kept_and_committed_to(case):
    """E01: hash, size, kind, source and who submitted it; the bytes can be read again."""
    item = case.put(case.complainant)
    fields = said(models.Entry.objects.get(id=item.entry), case.made.organisation.keyring)
    expected = {"ident": item.ident, "label": 1, "kind": "first_hand", "bytes": len(PDF), "media": "application/pdf"}
    assert expected == fields["body.item"]
    assert ["sha256"] == list(fields["body.hash"])
    assert case.pseudonym("complainant") == fields["person.item"]["collector"]
    assert PDF == case.read(item, case.officer)
    sealed, about = open_item(
        case.made.organisation, case.ident, item.ident, case.officer, at=case.at, chance=case.made.chance
    )
    assert (PDF[5:8], "Notes of the evening") == (b"".join(sealed.read(5, 8)), about["title"])


def test_the_entry_shows_neither_hash_nor_title(case):
    """A known file is recognised by its bare hash: the record holds it salted."""
    entry = models.Entry.objects.get(id=case.put(case.complainant).entry)
    fields = said(entry, case.made.organisation.keyring)
    data = bytes(entry.data) + bytes(entry.opens)
    assert fields["body.hash"]["sha256"].encode() not in data
    assert b"Notes" not in data


def test_items_are_numbered_from_one_and_offered_by_title(case):
    """A decision names what it rests on as people do: E1, E2."""
    one, other = (
        case.put(case.complainant),
        case.put(case.officer, name="  The log\n of the\u202e gate ", kind="recording"),
    )
    expected = [(one.ident, "E1 Notes of the evening", False), (other.ident, "E2 The log of the gate", False)]
    assert expected == list(choices_for(case.made.organisation, case.row))
    assert ["E1", "E2"] == [choice.value for choice in choices_for(case.made.organisation, case.row)]
    mine = models.Part.objects.get(pseudonym=case.pseudonym("complainant"))
    assert [one.ident] == [choice.ident for choice in choices_for(case.made.organisation, case.row, mine)]


def test_a_stranger_and_an_untold_respondent_have_no_evidence(case):
    """L07, M14: neither learns that there is a matter, and nothing of theirs is written to the disk."""
    item = case.put(case.complainant)
    for person in (case.respondent, case.made.people["members"][3], ""):
        with pytest.raises(NotYours):
            case.put(person)
        with pytest.raises(NotYours):
            case.read(item, person)
    assert 1 == len(list(names(case.made.organisation.evidence)))
    with pytest.raises(Refused, match="not told of this matter"):
        case.handle(serve_on, case.officer, item.ident, case.pseudonym("respondent"))


def test_the_respondent_reads_what_was_served_and_their_own(told):
    """E06: not before, and not what is withheld from them."""
    item, own = told.put(told.complainant), told.put(told.respondent)
    assert [False, True] == [told.may_read(one, told.respondent) for one in (item, own)]
    told.handle(serve_on, told.officer, item.ident, told.pseudonym("respondent"))
    assert told.may_read(item, told.respondent)
    assert not told.may_read(own, told.complainant)
    with pytest.raises(Refused, match="has the item already"):
        told.handle(serve_on, told.officer, item.ident, told.pseudonym("respondent"))
    about = {"ground": "safety", "reasons": "It names where she sleeps."}
    told.handle(restrict, told.officer, item.ident, told.pseudonym("respondent"), **about)
    assert not told.may_read(item, told.respondent)


def test_whoever_is_given_an_item_is_told_by_mail_that_there_is_something(told):
    """B08: and no more than that."""
    work(told.made.organisation, at=told.at, chance=told.made.chance)
    before = set(told.made.organisation.outgoing.iterdir())
    item = told.put(told.complainant)
    told.handle(serve_on, told.officer, item.ident, told.pseudonym("respondent"))
    work(told.made.organisation, at=told.at, chance=told.made.chance)
    mails = [path.read_text("utf-8") for path in set(told.made.organisation.outgoing.iterdir()) - before]
    assert ["bero@harbour.example" in mail for mail in mails] == [True]


def test_parties_do_not_handle_evidence(told):
    """Whoever is judged would decide what the other side may read."""
    item, other = told.put(told.complainant), told.put(told.complainant)
    to = told.pseudonym("complainant")
    for what, names_, more in (
        (serve_on, (item.ident, to), {}),
        (restrict, (item.ident, to), {"ground": "other", "reasons": "No."}),
        (supersede, (item.ident, other.ident), {"reasons": "No."}),
    ):
        with pytest.raises(NotYours):
            told.handle(what, told.respondent, *names_, **more)


def test_a_reading_is_recorded_once_a_sitting_and_item(told):
    """L02: who had what is in the record, without an entry for every click."""
    one, other = told.put(told.complainant), told.put(told.complainant)
    number = told.rules().count("procedure.content_read")
    for item in (one, one, other, one):
        told.read(item, told.officer)
    assert number + 2 == told.rules().count("procedure.content_read")
    told.later(hours=9)
    told.read(one, told.officer)
    assert number + 3 == told.rules().count("procedure.content_read")


def test_a_bar_shuts_the_file_in_the_same_breath(told):
    """D03: a fact that was entered a second ago counts."""
    item = told.put(told.complainant)
    assert told.may_read(item, told.officer)
    record_fact(
        told.made.organisation, told.officer, kind="family", b=told.respondent, since="2020-01-01",
        source="told by the respondent", at=told.at, chance=told.made.chance,
    )  # fmt: skip
    assert not told.may_read(item, told.officer)
    with pytest.raises(NotYours):
        told.handle(serve_on, told.officer, item.ident, told.pseudonym("respondent"))


def test_an_item_of_another_matter_is_not_there(told):
    """Identifiers of one matter open nothing in another."""
    item = told.put(told.complainant)
    other = File(told.made, at=told.at)
    other.lodge()
    with pytest.raises(NotYours):
        other.read(item, other.complainant)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " \u200b\u202e "}, "Give the item a title"),
        ({"source": ""}, "where the item comes from"),
        ({"obtained": "\n"}, "how and when"),
        ({"kind": "proof"}, "An item is one of"),
        ({"name": "x" * 201}, "too long by 1 characters"),
    ],
)
def test_what_is_wrong_with_an_item_is_told_in_a_sentence(case, wrong, says):
    """And nothing is kept."""
    with pytest.raises(Refused, match=says):
        case.put(case.complainant, **wrong)
    assert [] == list(names(case.made.organisation.evidence))


def test_a_file_that_is_too_large_leaves_nothing_behind(case):
    """Neither bytes nor an entry."""
    with pytest.raises(TooLarge):
        case.put(case.complainant, most=3)
    assert ([], 0) == (list(names(case.made.organisation.evidence)), models.Item.objects.count())


def test_a_form_sent_twice_is_one_item(case):
    """The back button makes no second item, and no second file."""
    assert case.put(case.complainant, key="k" * 32) == case.put(case.complainant, key="k" * 32)
    assert (1, 1) == (len(list(names(case.made.organisation.evidence))), models.Item.objects.count())


def test_the_record_holds_with_evidence_in_it(told):
    """Tables made anew from the entries are the same, and every entry is by somebody with that role."""
    item, other = told.put(told.complainant), told.put(told.officer, kind="published")
    told.handle(serve_on, told.officer, item.ident, told.pseudonym("respondent"))
    about = {"ground": "private_life", "reasons": "A child is in it.", "until": told.at.date() + timedelta(days=3)}
    told.handle(restrict, told.officer, other.ident, told.pseudonym("respondent"), **about)
    told.handle(supersede, told.officer, other.ident, item.ident, reasons="Nearer to the event.")
    told.read(item, told.respondent)
    work(told.made.organisation, at=told.at, chance=told.made.chance)
    seen = audit(told.made.organisation, at=told.at)
    assert seen.holds, seen.as_data()


def test_a_file_that_was_touched_is_named(case):
    """Whoever looks after the server learns of it before somebody needs the item."""
    organisation = case.made.organisation
    items = [case.put(case.complainant, PDF + bytes([number])) for number in range(4)]
    assert [] == list(check_files(organisation, whole=True))
    paths = [
        organisation.evidence
        / said(models.Entry.objects.get(id=one.entry), organisation.keyring)["person.item"]["file"]
        for one in items
    ]
    paths[0].unlink()
    paths[1].write_bytes(paths[1].read_bytes()[:-1])
    paths[2].write_bytes(paths[3].read_bytes())
    (organisation.evidence / ("0" * 32)).write_bytes(b"x")
    found = list(check_files(organisation))
    words = ("cannot be read", "not what was kept", "is not the file", "belongs to no item")
    assert 4 == len(found)
    assert [True] * 4 == [word in sentence for word, sentence in zip(words, found, strict=True)]
    assert ["Item E1", "Item E2", "Item E3"] == [sentence[:7] for sentence in found[:3]]
