# SPDX-License-Identifier: Apache-2.0
"""Every letter of every rulebook can be written for every act it goes out with; and nothing that people write rewrites it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.casework.acts import MISSED, Act
from evenhand.casework.carried import fault
from evenhand.casework.evolving import evolve
from evenhand.casework.file import file_of
from evenhand.casework.form_fields import Given
from evenhand.casework.forms import form_of, read_form
from evenhand.casework.matter import new_matter
from evenhand.casework.running_book import RunningBook
from evenhand.letters.blanks import About, blanks_for
from evenhand.letters.writing import UNSEEN, Unwritten, blanks_of, letters_for, visible, write
from evenhand.record.canonical import encode
from evenhand.rulebook.loading import load
from evenhand.rulebook.model import Letter

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 4, 14, 9, tzinfo=UTC)
TYPED = {
    "yes_no": ["no"], "text": ["He shouted at her on the quay."], "line": ["The boathouse"], "lines": ["E1\nE2"],
    "date": [(AT + timedelta(days=1)).date().isoformat()], "number": ["3"],
}  # fmt: skip
ABOUT = About(
    name="Ada Wynd", reference="Juniper Anvil", contact="the office, 01632 960 100", people=("Celin Tarn", "Davo Pell"),
    received=date(2026, 4, 13), entered=date(2026, 4, 14), items={"E1": "E1 Notes of the evening"},
)  # fmt: skip
RULES = {name: load(ROOT / f"rulebooks/{name}.yaml") for name in ("harbour", "quay_club", "lantern_foundation")}
SENT = [
    pytest.param(rules, letter, *path.split(".", 1), id=f"{name}-{letter.id}-{path}")
    for name, rules in RULES.items()
    for letter in rules.texts.values()
    for path in letter.acts
]


def carried(book, act):
    """What an act carries where somebody filled its form in sensibly; the clock carries how the notice goes out."""
    rule, given = book.book.acts[act], Given(at=AT)
    if act in book.clocks_own:
        return {item: {"how": next(iter(book.rulebook.calendar.service), "portal")} for item in rule.carries}
    fields = form_of(book, act, file_of(book, []), given, by=rule.by[0])
    typed = {}
    for field in fields:
        if field.item == "count":
            typed[field.name] = ["for 12\nagainst 3"]
        elif field.name == "received":
            typed[field.name] = [(AT - timedelta(days=1)).date().isoformat()]
        elif field.choices:
            typed[field.name] = [field.choices[0].value]
        elif field.kind != "supplied":
            typed[field.name] = TYPED[field.kind]
    read = read_form(book, act, file_of(book, []), given, fields, typed, by=rule.by[0])
    assert () == read.problems
    return {**read.carries, **({"vote": {"for": 2, "against": 0}} if "vote" in read.awaited else {})}


def done(rules, book_id, name):
    """The matter before and after an act, and the act."""
    book = RunningBook(rules, book_id)
    if name.startswith(MISSED):
        limit = book.book.limits[name.removeprefix(MISSED)]
        start = book.book.acts[limit.start[0]]
        stage = start.to or start.stages[0]
        before = replace(new_matter(book), stage=stage, running={limit.id: AT.date()}, counts_from=AT.date(), last=AT)
        act = Act(name=name, by="clock", at=AT)
    else:
        rule = book.book.acts[name]
        facts = new_matter(book).facts.union(rule.needs).difference(rule.unless)
        before = replace(new_matter(book), stage=rule.stages[0], facts=facts, counts_from=AT.date(), last=AT)
        act = Act(name=name, by=rule.by[0], at=AT, carries=carried(book, name))
    return book, before, evolve(book, before, act), act


@pytest.mark.parametrize(("rules", "letter", "book", "act"), SENT)
def test_every_letter_can_be_written_for_every_act_it_goes_with(rules, letter, book, act):
    """B08: an act whose letter has a hole in it would be refused on the day on which somebody first does it."""
    running, before, after, what = done(rules, book, act)
    assert letter in letters_for(rules, book, act)
    about = replace(ABOUT, people=()) if what.by == "clock" else ABOUT
    written = write(rules, letter, blanks_for(running, before, after, what, about))
    text = written.subject + "\n" + written.body
    assert [] == re.findall(r"\{|\}|None|\bnan\b|\[\]", text)
    assert [] == re.findall(r"\(\)|\.\.(?!\.)| ,|: *\.(?:\s|$)|^ *: ", text, re.MULTILINE)
    assert f"{letter.id}@{rules.digest}" == written.template
    assert "\n" not in written.subject
    assert encode({"text": written.body})


def test_there_are_letters_to_write():
    """The test above would hold of nothing."""
    assert 250 < len(SENT)


def plain(subject="To {name}", body="Dear {name},\n{account}\n"):
    """A letter with two blanks."""
    return Letter(id="plain", acts=("discipline.lodge",), to=("complainant",), subject=subject, body=body)


def test_what_stands_in_a_value_is_not_filled_in_again():
    """Whoever writes {support} or {name} into a complaint reads there what they wrote, and not somebody's name."""
    blanks = {"name": "Ada {account} {x} %s {0}", "account": "I am {name}. {{name}} {name!r} \\g<1>"}
    written = write(RULES["harbour"], plain(), blanks)
    assert "To Ada {account} {x} %s {0}" == written.subject
    assert "Dear Ada {account} {x} %s {0},\nI am {name}. {{name}} {name!r} \\g<1>\n" == written.body


@pytest.mark.parametrize("account", [None, "", "  \n", "\u200b\u202e\ufeff", "\x85\x9b"])
def test_a_letter_with_a_hole_is_not_written(account):
    """A notice that does not say of what is no notice; a value that nobody sees is none."""
    blanks = {"name": "Ada"} | ({} if account is None else {"account": account})
    with pytest.raises(Unwritten, match=r"plain has the blank \{account\}"):
        write(RULES["harbour"], plain(), blanks)


def test_the_blanks_of_a_letter_are_named_once():
    """A page lists what is still to be filled in."""
    assert ("name", "account") == blanks_of(plain())


@pytest.mark.parametrize(
    "sign",
    ["\u061c", "\x80", "\x85", "\x9f", "\ufeff", "\u200b", "\u200e", "\u202e", "\u2066", "\u2028", "\x00", "\x1b", "\x7f",
     "\r", "\u00ad", "\u2060", "\ud800", "\U000e0041"],
)  # fmt: skip
def test_signs_that_nobody_sees_are_taken_out(sign):
    """A name could turn the sentence around in which it stands, or hide a word in it."""
    written = write(RULES["harbour"], plain(), {"name": f"A{sign}da", "account": f"a{sign}b"})
    assert ("To Ada", "Dear Ada,\nab\n") == (written.subject, written.body)


def test_a_name_keeps_what_its_script_needs():
    """Joiners are letters' business in Persian and Hindi; tabs and lines are the writer's."""
    assert "می\u200cخواهم क्\u200dष a\tb\nc" == visible("می\u200cخواهم क्\u200dष a\tb\nc")


@given(st.text(), st.text())
def test_whatever_was_written_the_record_takes_the_letter(name, account):
    """A complaint whose letter the record refuses could not be lodged at all."""
    blanks = {"name": f"A{name}", "account": f"b{account}"}
    written = write(RULES["harbour"], plain(body="{account}{name}"), blanks)
    for text in (written.subject, written.body):
        assert None is UNSEEN.search(text)
        assert normalize("NFC", text) == text
        assert encode({"text": text})
    assert "\n" not in written.subject


def test_taking_a_sign_out_leaves_normal_form():
    """Two signs that it kept apart become one, and the record holds only normal form."""
    assert "\u00e9" == visible("e\u200b\u0301")


def test_nothing_of_this_is_unlawful_for_its_shape():
    """The acts above carry what the kernel would take."""
    book, before, _, act = done(RULES["harbour"], "discipline", "notify")
    assert None is fault(book, before, act_request(act), AT)


def act_request(act):
    """The request that the act came from."""
    from evenhand.casework.acts import Request

    return Request(act=act.name, by=act.by, carries=act.carries)
