# SPDX-License-Identifier: Apache-2.0
"""A party is accompanied by somebody who reads what they read, and nobody else learns of it (B06)."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.conflicts.grounds import conflicts_of
from evenhand.procedure.accompanying import companions_of, end_companion, name_companion
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.evidencing import serve_on
from evenhand.procedure.exporting import receipts_of
from evenhand.procedure.messaging import messages, send
from evenhand.procedure.reading import my_parts, open_matter
from evenhand.procedure.rebuilding import rebuild
from evenhand.procedure.registering import record_fact
from evenhand.record.disclosures import read
from evenhand.store import books, models
from evenhand.store.querying import query
from evenhand.store.sealing import seal
from tests.procedure.a_file import after_the_notice, under_investigation

NAME = "Fenna Reed"


@pytest.fixture
def told(made):
    """A matter of which the respondent was told."""
    return after_the_notice(made)


def accompany(case, person, name=NAME, **more):
    """Somebody names a companion; the companion's part."""
    case.later(minutes=1).handle(name_companion, person, name, **more)
    return models.Part.objects.filter(matter=case.row, role="companion").order_by("since").last()


def opened(case, person):
    """The matter as somebody opens it."""
    return open_matter(case.made.organisation, case.row.slug, person, at=case.at)


def test_a_companion_reads_what_the_party_reads(told):
    """B06: whoever helps somebody prepare would have to look over their shoulder."""
    item = told.put(told.complainant)
    one = accompany(told, told.respondent)
    assert (not told.may_read(item, one.person), [told.row.ident]) == (
        True,
        [part.matter_id for part in my_parts(one.person)],
    )
    told.handle(serve_on, told.officer, item.ident, told.pseudonym("respondent"))
    told.handle(send, told.officer, "When can you come?", to=told.pseudonym("respondent"))
    theirs, own = opened(told, one.person), opened(told, told.respondent)
    assert told.may_read(item, one.person)
    assert [line.entry.id for line in own.letters()] == [line.entry.id for line in theirs.letters()]
    assert ["When can you come?"] == [message.words for message in messages(theirs)]
    assert () == theirs.open_to_me


def test_a_companion_of_the_respondent_learns_nothing_of_danger(told):
    """M14: what the respondent may not read would reach them by whoever accompanies them."""
    one = accompany(told, told.respondent)
    seal(told.made.organisation)
    parts = (models.Part.objects.get(matter=told.row, role="respondent"), one)
    held = [dict(receipts_of(told.made.organisation, part)) for part in parts]
    assert [list(held[0])] == [list(held[1])]
    fields = [
        {entry.n: sorted(read(text).name for text in receipt.disclosures) for entry, receipt in each.items()}
        for each in held
    ]
    assert fields[0] == fields[1]
    assert "body.danger" not in fields[1][1]


def test_a_companion_acts_in_nothing(told):
    """B06: a second voice for one side, under a name that no clock and no rule knows."""
    one = accompany(told, told.complainant)
    for what, names in ((send, ("Hello.",)), (name_companion, ("Somebody Else",)), (end_companion, (one.pseudonym,))):
        with pytest.raises(NotYours):
            told.handle(what, one.person, *names)
    with pytest.raises(NotYours):
        told.put(one.person)
    told.complainant = one.person
    with pytest.raises(Refused):
        told.do("withdraw", "complainant")


def test_the_other_side_learns_neither_who_nor_whether(told):
    """Whoever helps a complainant would be the next to be written to."""
    accompany(told, told.complainant)
    seal(told.made.organisation)
    names = [name for _, name in opened(told, told.respondent).people()]
    part = models.Part.objects.get(matter=told.row, role="respondent")
    entry = models.Entry.objects.get(rule="procedure.companion_named")
    fields = {read(text).name for text in dict(receipts_of(told.made.organisation, part))[entry].disclosures}
    assert (NAME in names, {"type", "day", "at", "matter", "n"}) == (False, fields)
    assert [True, True] == [
        NAME in [name for _, name in opened(told, person).people()] for person in (told.complainant, told.officer)
    ]


def test_it_ends_when_the_party_says_so(told):
    """A quarrel between the two would leave the other with everything."""
    one = accompany(told, told.complainant)
    with pytest.raises(NotYours):
        told.handle(end_companion, told.respondent, one.pseudonym)
    told.handle(end_companion, told.complainant, one.pseudonym)
    with pytest.raises(NotYours):
        opened(told, one.person)
    assert (0, []) == (my_parts(one.person).count(), list(companions_of(told.row.parts.get(role="complainant"))))
    with pytest.raises(NotYours):
        told.handle(end_companion, told.complainant, one.pseudonym)
    assert "party" == accompany(told, told.complainant).status


def test_there_is_one_at_a_time(told):
    """Half a club could come along and read."""
    accompany(told, told.complainant)
    with pytest.raises(Refused, match="End that first") as refused:
        accompany(told, told.complainant, "Gero Lund")
    assert "companions/one" == refused.value.rule


def test_who_judges_or_gives_evidence_accompanies_nobody(told):
    """B06: a judge would have read with one side, and a witness what the others said."""
    investigator = told.who("investigator")
    seen = told.made.people["members"][3]
    record_fact(
        told.made.organisation, seen, kind="witness", b=f"matter:{told.ident}", since="2026-04-01", source="the report",
        at=told.at, chance=told.made.chance,
    )  # fmt: skip
    people = {
        "Davo Pell": "davo@harbour.example",
        "Someone": "davo@harbour.example",
        "Bero Osk": "bero@harbour.example",
    }
    for name, address in (*people.items(), ("Davo Pell", ""), (name_of(told, investigator), "")):
        with pytest.raises(Refused) as refused:
            accompany(told, told.complainant, name, address=address)
        assert (name, "companions/apart") == (name, refused.value.rule)
    assert "procedure.companion_named" not in told.rules()


def name_of(case, person):
    """What somebody is called."""
    return next(name for part, name in opened(case, case.officer).people() if part.person == person)


def test_a_member_is_known_by_their_address_and_bars_follow(told):
    """D01: whoever accompanied a party would sit on the panel that hears it."""
    celin = told.made.people["members"][2]
    one = accompany(told, told.respondent, "Celin Tarn", address="celin@harbour.example")
    assert celin == one.person
    told.handle(end_companion, told.respondent, one.pseudonym)
    asked = {"persons": [celin], "matter": told.ident, "act": "decide", "role": "panel"}
    found = conflicts_of(query, books.in_force(told.at), at=told.at, known=told.at, **asked)
    assert [("party", "bar")] == [(each.ground, each.severity) for each in found]


@pytest.mark.parametrize(
    ("name", "address", "says"),
    [("  ", "", "Write the name"), (NAME, "two@x.example, three@x.example", "one e-mail address"),
     ("x" * 501, "", "at most 500")],
)  # fmt: skip
def test_a_name_and_one_address_are_needed(told, name, address, says):
    """An invitation would go to somebody else, or to nobody."""
    with pytest.raises(Refused, match=says):
        accompany(told, told.complainant, name, address=address)


def test_a_respondent_who_was_not_told_names_nobody(made):
    """M14, L07: to them it must look as if there were no matter."""
    case = under_investigation(made)
    for person in (case.respondent, made.people["members"][3], case.officer):
        with pytest.raises(NotYours):
            accompany(case, person)


def test_the_tables_can_be_made_again(told):
    """E10: who may read what is told by the entries and by nothing else."""
    one = accompany(told, told.complainant, address="fenna@reed.example")
    told.handle(end_companion, told.complainant, one.pseudonym)
    before = list(models.Part.objects.order_by("pseudonym").values("pseudonym", "status", "role", "person"))
    rebuild(told.made.organisation)
    assert before == list(models.Part.objects.order_by("pseudonym").values("pseudonym", "status", "role", "person"))
    seal(told.made.organisation)
    seen = audit(told.made.organisation, at=told.at)
    assert seen.holds, seen.as_data()
