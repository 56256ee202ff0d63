# SPDX-License-Identifier: Apache-2.0
"""Whatever is typed into the form of an act ends in what the act carries or in a sentence at its field."""

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.casework.acts import Request
from evenhand.casework.carried import fault
from evenhand.casework.deciding import decide
from evenhand.casework.evolving import evolve
from evenhand.casework.file import file_of
from evenhand.casework.form_fields import Choice, Given
from evenhand.casework.forms import form_of, read_form
from evenhand.casework.refusal import Refused
from evenhand.rulebook.model import START
from tests.casework.a_case import NAMES, Case, a_book
from tests.casework.conftest import at

WHEN = at("2026-05-27")
VOTE = {"vote": {"for": 2, "against": 1}}
SIGNS = st.text(max_size=40) | st.sampled_from(
    ["\u202eevil", "\x00", "\ud800", "e\u0301", "<script>", "9" * 5000, "-1", "٣", "\u200b", "0001-01-01", "9999-12-31",
     "2026-05-27", "2026-06-01", "2026-02-30", "yes", "no", "C1", "C9", "found", "not found", "warning", "A 3\nA 4"]
)  # fmt: skip


@cache
def heard(name="harbour"):
    """A case in which the hearing was held, and its file."""
    case = Case(name).heard()
    return case, file_of(case.book, case.acts)


def sent(name: str, data: dict[str, list[str]], act: str = "sanction", given: Given | None = None):
    """The form of an act of the case, with this typed into it, and what was read."""
    case, file = heard(name)
    by = case.book.book.acts[act].by[0]
    about = given or Given(at=WHEN)
    fields = form_of(case.book, act, file, about, by=by)
    return read_form(case.book, act, file, about, fields, data, by=by)


def a_sanction(name: str = "harbour", **other: list[str]) -> dict[str, list[str]]:
    """A whole decision with a sanction."""
    case, _ = heard(name)
    first, second = case.both
    return {
        f"finding_{first}": ["found"], f"finding_{second}": ["not found"], "evidence": ["E1"], "reasons": ["Both spoke."],
        "sanction": [next(iter(case.book.rulebook.sanctions))], "sanction_clause": [first], **other,
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_decision_is_read_whole(name):
    """What the panel decided would not be what is written down (A07)."""
    read = sent(name, a_sanction(name, sanction_length=["6 months"]))
    case, _ = heard(name)
    assert () == read.problems
    assert ("vote",) == read.awaited
    assert dict(zip(case.both, ["found", "not found"], strict=True)) == read.carries["finding"]
    assert "6 months" == read.carries["tariff"]["length"]
    asked = Request(act="sanction", by=case.words.get("panel", "panel"), carries={**read.carries, **VOTE})
    assert decide(case.book, case.matter, asked, WHEN)


def test_only_what_was_charged_is_found_on():
    """Somebody would be found to have broken what they were never charged with."""
    case = Case()
    case.charged(case.both[1:])
    fields = form_of(case.book, "no_breach", file_of(case.book, case.acts), Given(at=WHEN), by="panel")
    assert ["finding_C3"] == [field.name for field in fields if field.item == "finding"]


@pytest.mark.parametrize(
    ("other", "field", "said"),
    [
        ({"sanction": ["removal_from_office"]}, "sanction_reason", "does not have this sanction"),
        ({"sanction_length": ["18 months"]}, "sanction_length", "at most 12 months on file"),
        ({"sanction_clause": ["C3"]}, "sanction_clause", "You say that no breach of C3 was found"),
        ({"finding_C3": []}, "finding_C3", "Choose one"),
        ({"finding_C3": ["guilty"]}, "finding_C3", "Choose one of those that are shown"),
        ({"evidence": [""]}, "evidence", "Fill this in"),
        ({"reasons": ["\u200b \u2060"]}, "reasons", "Fill this in"),
    ],
)
def test_each_fault_stands_at_its_field(other, field, said):
    """Whoever decides would search for what is wrong."""
    (problem,) = sent("harbour", a_sanction(**other)).problems
    assert field == problem.name
    assert said in problem.sentence


def test_outside_the_tariff_with_a_reason_is_taken():
    """The tariff would bind where the rulebook lets the panel depart from it with reasons."""
    other = {"sanction": ["removal_from_office"], "sanction_reason": ["It was done in office."]}
    assert () == sent("harbour", a_sanction(**other)).problems


def test_evidence_is_chosen_from_what_is_in_the_file():
    """A decision could rest on what nobody has seen (E01)."""
    superseded = Choice(value="E2", label="The report", why_not="It was superseded by E4.")
    given = Given(at=WHEN, evidence=(Choice(value="E1", label="A letter"), superseded))
    assert ["E1"] == sent("harbour", a_sanction(), given=given).carries["evidence"]
    (problem,) = sent("harbour", a_sanction(evidence=["E2"]), given=given).problems
    assert "This cannot be chosen: It was superseded by E4." == problem.sentence
    (problem,) = sent("harbour", a_sanction(evidence=["E77"]), given=given).problems
    assert "evidence" == problem.name


def test_what_the_software_supplies_is_not_asked():
    """People would be asked for what they cannot know, and could write what was not so."""
    given = Given(at=WHEN, supplied={**VOTE, "notice": {"how": "post"}})
    read = sent("harbour", {**a_sanction(), "vote": ["x"], "notice": ["x"]}, given=given)
    assert (VOTE["vote"], {"how": "post"}, ()) == (read.carries["vote"], read.carries["notice"], read.awaited)


def test_a_vote_that_is_counted_elsewhere_is_entered():
    """The clerk could not write the minutes of a meeting."""
    book = a_book("harbour", "motion")
    file, about = file_of(book, []), Given(at=WHEN)
    fields = form_of(book, "sign_minutes", file, about, by="clerk")
    data = {"vote_for": ["8"], "vote_against": ["0"], "text": ["As moved."]}
    read = read_form(book, "sign_minutes", file, about, fields, data, by="clerk")
    assert ({"for": 8, "against": 0}, ()) == (read.carries["vote"], read.problems)
    read = read_form(book, "sign_minutes", file, about, fields, {**data, "vote_for": ["eight"]}, by="clerk")
    assert ["vote_for"] == [problem.name for problem in read.problems]


def test_a_party_agrees_for_itself():
    """Somebody could agree in the name of the other side (F08)."""
    book = a_book("harbour")
    fields = form_of(book, "agree_too", file_of(book, []), Given(at=WHEN), by="respondent")
    assert [("consent", "choices", ("respondent",))] == [
        (field.name, field.kind, tuple(choice.value for choice in field.choices)) for field in fields
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-05-26", "This day has passed. Give one from Wednesday 27 May on."),
        ("2026-06-25", "The rulebook ends it on Wednesday 24 June at the latest. Give a day until then."),
        ("0001-01-01", "Give a day from 1900-01-01 to 2299-12-31."),
        ("soon", "Write a day such as 2026-04-01."),
    ],
)
def test_a_day_out_of_bounds_is_told_with_its_bound(typed, said):
    """Whoever suspends would have to count the days themselves (C01)."""
    data = {"reasons": ["So."], "proportionality": ["So."], "expiry": [typed]}
    assert [("expiry", said)] == [(one.name, one.sentence) for one in sent("harbour", data, act="suspend").problems]


def test_the_form_says_until_which_day():
    """The limit would be known only once it was overstepped (C01, F10)."""
    book, file = a_book("harbour"), file_of(a_book("harbour"), [])
    (expiry,) = [one for one in form_of(book, "suspend", file, Given(at=WHEN), by="duty_panel") if one.name == "expiry"]
    assert "It ends by itself on this day; Wednesday 24 June 2026 at the latest." == expiry.hint
    hearing = form_of(book, "fix_hearing", file, Given(at=WHEN), by="panel")[0]
    assert "Not before Wednesday 10 June 2026, or it cannot be held." == hearing.hint


def test_a_complaint_of_a_day_that_no_calendar_counts_is_refused_by_the_kernel_too():
    """One mistyped year would make the whole matter unreadable for ever (M15)."""
    book, about = a_book("harbour"), {"account": "He shouted.", "danger": {"danger": False, "unsafe_to_tell": False}}
    carries = {**about, "notice": {}, "receipt": {"received": "0001-01-01"}}
    with pytest.raises(Refused, match="receipt says on which day"):
        decide(book, Case().matter, Request(act="enter", by="case_officer", carries=carries), WHEN)


def test_what_was_typed_is_not_changed():
    """An hour of writing would be gone for one missing tick."""
    data = {"reasons": ["a\u202eb\r\n"], "evidence": ["E1"]}
    sent("harbour", data)
    assert {"reasons": ["a\u202eb\r\n"], "evidence": ["E1"]} == data


def test_marks_of_right_to_left_script_stay():
    """A name in Hebrew or Arabic could not be written as it is."""
    assert "א\u200f(ב)" == sent("harbour", a_sanction(reasons=["א\u200f(ב)"])).carries["reasons"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_is_typed_is_read_or_refused_in_a_sentence(data):
    """For every act of the three rulebooks: an error page, or an act that the kernel then refuses, or cannot follow."""
    name = data.draw(st.sampled_from(NAMES))
    case, file = heard(name)
    open_acts = sorted(set(case.book.book.acts) - case.book.clocks_own)
    act = data.draw(st.sampled_from(open_acts))
    by, about = case.book.book.acts[act].by[0], Given(at=WHEN)
    fields = form_of(case.book, act, file, about, by=by)
    good = {field.name: [choice.value for choice in field.choices[:1]] or ["2026-05-27"] for field in fields}
    good |= {field.name: ["no"] for field in fields if field.kind == "yes_no"}
    good |= {field.name: ["A 3"] for field in fields if field.item == "count"}
    wrong = {name: data.draw(st.lists(SIGNS, max_size=2)) for name in data.draw(st.sets(st.sampled_from(sorted(good))))}
    read = read_form(case.book, act, file, about, fields, {**good, **wrong}, by=by)
    assert all(problem.sentence.endswith((".", "12")) for problem in read.problems)
    assert {problem.name for problem in read.problems} <= {field.name for field in fields}
    if not read.problems:
        asked = Request(act=act, by=by, carries={**read.carries, **(VOTE if "vote" in read.awaited else {})})
        assert None is fault(case.book, file.matter, asked, WHEN)
        str(asked.carries).encode()
        follow(case, asked)


def follow(case: Case, asked: Request) -> None:
    """What the kernel takes, it can go on from."""
    fresh = Case().matter if START in case.book.book.acts[asked.act].stages else case.matter
    matter = fresh if fresh.rulebook == case.matter.rulebook else case.matter
    try:
        acts = decide(case.book, matter, asked, WHEN)
    except Refused:
        return
    for act in acts:
        matter = evolve(case.book, matter, act)
