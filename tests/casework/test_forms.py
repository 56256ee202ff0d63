# SPDX-License-Identifier: Apache-2.0
"""A form that its own act would refuse, or that loses what was typed, keeps people from acting."""

from datetime import UTC, datetime, timedelta

import pytest

from evenhand.casework.acts import Request
from evenhand.casework.carried import fault
from evenhand.casework.file import file_of
from evenhand.casework.follows import follows
from evenhand.casework.form_fields import Given
from evenhand.casework.forms import form_of, read_form
from evenhand.casework.matter import new_matter
from evenhand.casework.missing import missing
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.loading import load

AT = datetime(2026, 4, 14, 9, tzinfo=UTC)
NAMES = ("harbour", "quay_club", "lantern_foundation")
TYPED = {
    "yes_no": ["no"], "text": ["Words that say something."], "line": ["The boathouse"], "lines": ["one\ntwo"],
    "date": [(AT + timedelta(days=1)).date().isoformat()], "number": ["3"],
}  # fmt: skip


@pytest.fixture(scope="module")
def books(root_folder):
    """Every book of the shipped rulebooks."""
    rules = [load(root_folder / f"rulebooks/{name}.yaml") for name in NAMES]
    return {(one.id, book): RunningBook(one, book) for one in rules for book in one.books}


@pytest.fixture(scope="module")
def root_folder():
    """The folder of the repository."""
    from pathlib import Path

    return Path(__file__).parents[2]


@pytest.fixture(scope="module")
def discipline(books):
    """The federation's discipline book."""
    return books["harbour", "discipline"]


def typed_into(fields):
    """Something sensible in every field."""
    found = {}
    for field in fields:
        if field.item == "count":
            found[field.name] = ["for 12\nagainst 3"]
        elif field.name == "received":
            found[field.name] = [(AT - timedelta(days=1)).date().isoformat()]
        elif field.choices:
            found[field.name] = [field.choices[0].value]
        elif field.kind != "supplied":
            found[field.name] = TYPED[field.kind]
    return found


def test_what_a_form_reads_without_a_problem_is_what_the_act_carries(books):
    """For every act of the three rulebooks: whoever fills a form in is not refused for its shape."""
    given, tried = Given(at=AT), 0
    for book in books.values():
        file = file_of(book, [])
        for act, rule in book.book.acts.items():
            if act in book.clocks_own:
                continue
            fields = form_of(book, act, file, given, by=rule.by[0])
            read = read_form(book, act, file, given, fields, typed_into(fields), by=rule.by[0])
            assert () == read.problems, (act, read.problems)
            carries = {**read.carries, **({"vote": {"for": 2, "against": 0}} if "vote" in read.awaited else {})}
            assert None is fault(book, new_matter(book), Request(act=act, by=rule.by[0], carries=carries), AT)
            tried += 1
    assert tried > 250


def test_an_empty_form_says_at_each_field_what_to_do(discipline):
    """An act that carries seven things has seven places at which something can be missing."""
    file, given = file_of(discipline, []), Given(at=AT)
    fields = form_of(discipline, "sanction", file, given, by="panel")
    read = read_form(discipline, "sanction", file, given, fields, {}, by="panel")
    assert {"evidence", "reasons", "sanction", "sanction_clause"} <= {problem.name for problem in read.problems}


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("reasons", "x" * 100_001, "too long by 1 characters"),
        ("reasons", "\u202e\u0000  ", "Fill this in"),
        ("expiry", "31.02.2026", "a day such as"),
        ("expiry", "2026-02-31", "a day such as"),
        ("expiry", "2020-01-01", "has passed"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field(discipline, name, typed, says):
    """Hostile and clumsy input ends in a sentence."""
    file, given = file_of(discipline, []), Given(at=AT)
    fields = form_of(discipline, "suspend", file, given, by="duty_panel")
    data = {**typed_into(fields), name: [typed]}
    read = read_form(discipline, "suspend", file, given, fields, data, by="duty_panel")
    assert [name] == [problem.name for problem in read.problems]
    assert says in read.problems[0].sentence


def test_a_choice_that_was_not_offered_is_refused(discipline):
    """Another version's clause, or one that somebody made up (I03)."""
    file, given = file_of(discipline, []), Given(at=AT)
    fields = form_of(discipline, "frame", file, given, by="case_officer")
    read = read_form(
        discipline, "frame", file, given, fields, {"clauses": ["C99"], "reasons": ["So."]}, by="case_officer"
    )
    assert ["clauses"] == [problem.name for problem in read.problems]


def test_signs_that_nobody_sees_do_not_reach_the_record(discipline):
    """A name that turns a sentence around could rewrite a letter."""
    file, given = file_of(discipline, []), Given(at=AT)
    fields = form_of(discipline, "frame", file, given, by="case_officer")
    data = {"clauses": ["C1"], "reasons": ["a\u202eb\r\nc\u0301"]}
    read = read_form(discipline, "frame", file, given, fields, data, by="case_officer")
    assert "ab\nć" == read.carries["reasons"]


def test_what_follows_is_shown_before_it_is_sent(discipline):
    """Stage, clocks and letters of a complaint, and nothing was done yet."""
    carries = {"account": "x", "danger": {"danger": False, "unsafe_to_tell": False}, "notice": {"how": "portal"}}
    found = follows(discipline, new_matter(discipline), Request(act="lodge", by="complainant", carries=carries), AT)
    assert ("start", "triage", ["receipt"]) == (
        found.stage_before,
        found.stage_after,
        [one.id for one in found.letters],
    )
    assert ["2026-04-28"] == [clock.last_day.isoformat() for clock in found.clocks_started]


def test_what_is_missing_is_the_same_for_both_sides(discipline):
    """B07: from whom, and by when."""
    from evenhand.casework.acts import Act

    carries = {"account": "x", "danger": {"danger": False, "unsafe_to_tell": False}, "notice": {"how": "portal"}}
    file = file_of(discipline, [Act(name="lodge", by="complainant", at=AT, carries=carries)])
    assert [(("gatekeepers",), "2026-04-28")] == [
        (one.roles, one.by.isoformat()) for one in missing(discipline, file, AT)
    ]
