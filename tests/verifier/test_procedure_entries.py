# SPDX-License-Identifier: Apache-2.0
"""Entries of the type `procedure`: what was done about a matter that its book does not order (record-format, 3)."""

import pytest

from evenhand.record.disclosures import digest, opened
from evenhand.record.errors import DisclosureError
from tests.verifier.matters import Story
from tests.verifier.test_acts import LATE, SMALL, later, silent
from tests.verifier.writing import disclosure, noise

FILE = noise("the file of Ines Quill").hex()[:32]
COUNTED = "entries of the type procedure, held against their numbers and dates alone, for no book orders them: %d."


@pytest.fixture
def motion() -> Story:
    """A motion, moved on Wednesday, 1 April 2026."""
    return Story(SMALL, "motion").does("member", "move", "2026-04-01T10:00:00Z")


@pytest.fixture
def checked(verify, tmp_path, signer):
    """`checked(story)`: export it and verify."""
    return lambda story: verify(story.export(tmp_path / f"x{len(list(tmp_path.iterdir()))}", signer))


def notes(story: Story, name: str, at: str, **more) -> Story:
    """Add an entry of the type procedure, by an officer."""
    return story.does("officer", "", at, **{"type": "procedure", "rule": f"procedure.{name}", **more})


def renumbered(story: Story) -> Story:
    """The numbers of the one matter as its entries now stand."""
    for n, one in enumerate(story.fields, 1):
        one["n"] = n
    return story


def checks(said, text: str) -> bool:
    """Whether one of the sentences about what was checked ends so."""
    return any(one.endswith(text) for one in said.report["checked"])


def test_they_are_counted_and_said_to_be_held_against_no_book(checked, motion):
    """Whoever reads the report would think that a book says that they were right."""
    notes(motion, "seat_called", "2026-04-01T10:00:00Z")
    said = checked(notes(motion, "content_read", "2026-04-01T12:00:00Z"))
    assert (0, True) == (said.code, checks(said, COUNTED % 2)), said.out
    assert checks(said, "matters opened: 1; acts held against the rulebook that each matter began under: 1.")


def test_where_there_are_none_nothing_is_said_of_them(checked, motion):
    """The report would speak of what is not there."""
    assert "procedure" not in checked(motion).out


def test_a_gap_in_their_numbers_is_found(checked, motion):
    """A reading or a declaration could be left out of what a party is shown."""
    said = checked(notes(motion, "content_read", "2026-04-01T12:00:00Z", n=3))
    assert (1, True) == (said.code, "its number 2 is missing" in said.findings)


def test_a_gap_in_a_matter_of_them_alone_is_found(checked):
    """A fact could be left out of the file of a person."""
    story = notes(Story(SMALL, "motion"), "person_recorded", "2026-04-01T10:00:00Z", matter=FILE)
    said = checked(notes(story, "fact_recorded", "2026-04-01T10:00:00Z", matter=FILE, n=3))
    assert (1, True, False) == (said.code, "its number 2 is missing" in said.findings, "without an act" in said.out)


def test_a_number_that_one_of_them_shares_with_an_act_is_found(checked, motion):
    """Two histories of one matter could be told under the same numbers."""
    assert [(2, "kernel/order")] == checked(notes(motion, "content_read", "2026-04-01T12:00:00Z", n=1)).rules


@pytest.mark.parametrize("before", ["an act", "another of them", "a refused act"])
def test_one_that_is_dated_before_what_came_before_it_is_found(checked, before):
    """A declaration could be dated back to before the vote that it was due for."""
    story, at = Story(SMALL, "motion"), "2026-04-01T10:00:00Z"
    if before == "an act":
        story.does("member", "move", at)
    elif before == "another of them":
        notes(story, "person_recorded", at)
    else:
        story.does("member", "move", at, type="act.refused")
    said = checked(notes(story, "fact_recorded", "2026-04-01T09:59:59Z"))
    assert (1, [(2, "kernel/order")]) == (said.code, said.rules), said.out


def test_each_that_is_dated_back_is_found(checked, motion):
    """The first that is dated back would open the way for the next."""
    notes(notes(motion, "declaration_made", "2026-04-01T09:00:00Z"), "vote_cast", "2026-04-01T09:30:00Z")
    assert [(2, "kernel/order"), (3, "kernel/order")] == checked(motion).rules


def test_one_of_another_matter_may_be_older(checked, motion):
    """The files of an organisation would have to be written in one row."""
    assert 0 == checked(notes(motion, "person_recorded", "2026-03-01T10:00:00Z", matter=FILE)).code


def test_a_lapse_may_be_entered_after_a_later_one_of_them(checked, motion):
    """A limit that ran out while nobody looked would be an accusation, although its date is right."""
    notes(motion, "content_read", "2026-04-13T09:00:00Z")
    said = checked(later(silent(motion)))
    assert 0 == said.code, said.out


@pytest.mark.parametrize(
    ("role", "act", "at"),
    [
        ("member", "speak", "2026-04-02T11:00:00Z"),
        ("respondent", "speak", "2026-04-02T11:00:00Z"),
        ("member", "carry", "2026-04-02T11:00:00Z"),
        ("member", "speak", "2026-04-20T11:00:00Z"),
        ("officer", "banish", "2026-04-02T11:00:00Z"),
        ("member", "speak", "2026-03-31T11:00:00Z"),
    ],
)
def test_an_act_is_held_against_the_book_as_without_them(checked, role, act, at):
    """By calling a seat an officer could move a stage or stop a clock."""
    alone, among = (Story(SMALL, "motion").does("member", "move", "2026-04-01T10:00:00Z") for _ in range(2))
    for name in ("seat_called", "declaration_made", "speak", "carry", "close"):
        notes(among, name, "2026-04-01T10:30:00Z")
    expected, found = checked(alone.does(role, act, at)), checked(among.does(role, act, at))
    assert [rule for _, rule in expected.rules] == [rule for _, rule in found.rules]
    assert expected.code == found.code


def test_they_stop_no_clock(checked, motion):
    """A matter could be left lying as long as somebody reads in it."""
    notes(motion, "content_read", "2026-04-03T12:00:00Z")
    notes(motion, "content_read", LATE)
    assert [(None, "books/motion/limits/answer")] == checked(motion).rules


def test_they_may_stand_after_the_end_of_a_matter(checked, motion):
    """A letter about the end could not be entered."""
    motion.does("member", "second", "2026-04-01T11:00:00Z").does("member", "carry", "2026-04-03T09:00:00Z")
    said = checked(notes(motion, "letter_sent", "2026-04-03T09:00:00Z"))
    assert 0 == said.code, said.out


def test_a_matter_may_begin_with_one(checked, motion):
    """The people of a matter could not be named before its first act."""
    notes(motion, "party_named", "2026-04-01T10:00:00Z")
    motion.fields.reverse()
    said = checked(renumbered(motion))
    assert (0, True) == (said.code, checks(said, "each matter began under: 1.")), said.out


def test_a_matter_of_them_alone_holds_and_is_said_to_hold_no_act(checked):
    """The file of a person would be said to have been held against a rulebook."""
    story = notes(Story(SMALL, "motion"), "person_recorded", "2026-04-01T10:00:00Z", matter=FILE)
    said = checked(notes(story, "fact_recorded", "2026-04-01T10:00:00Z", matter=FILE))
    words = "1 (1 without an act of a book, as the file of a person is); there was no act to hold against a rulebook."
    assert (0, True) == (said.code, checks(said, f"matters opened: {words}")), said.out
    assert checks(said, COUNTED % 2)
    assert "disclosures.jsonl" not in said.not_checked


def test_files_of_people_beside_a_matter_are_told_apart(checked, motion):
    """Matters would be counted as held against the rulebook that never were."""
    said = checked(notes(motion, "person_recorded", "2026-04-01T10:00:00Z", matter=FILE))
    words = "2 (1 without an act of a book, as the file of a person is); acts held against the rulebook"
    assert any(words in one for one in said.report["checked"]), said.out


def test_the_software_may_have_done_it(checked, motion):
    """A seat that passed on because nobody declared would need the name of a person."""
    motion.does("clock", "", "2026-04-02T09:00:00Z", type="procedure", rule="procedure.seat_passed")
    said = checked(motion)
    assert (0, False) == (said.code, "not opened" in said.not_checked), said.out


@pytest.mark.parametrize(
    ("kind", "rule", "fits"),
    [
        ("procedure", "procedure.seat_called", True),
        ("procedure", "motion.speak", False),
        ("procedure", "motion.missed.answer", False),
        ("procedure", "procedures.seat_called", False),
        ("act", "motion.speak", True),
        ("act", "procedures.speak", True),
        ("act", "procedure.seat_called", False),
        ("act", "procedure.missed.answer", False),
        ("act.refused", "procedure.vote_cast", True),
        ("act.refused", "motion.speak", True),
        ("correction", "procedure.fact_recorded", True),
        ("erasure.performed", "procedure.person_recorded", True),
    ],
)
def test_both_implementations_say_which_type_has_which_rule(verifier, kind, rule, fits):
    """What one of them takes for an act would be outside every book for the other."""
    texts = [disclosure("type", kind), disclosure("rule", rule)]
    digests = {digest(text) for text in texts}
    said = []
    for read, refused in ((opened, DisclosureError), (verifier.open_disclosures, verifier.Wrong)):
        try:
            read(texts, digests)
            said.append("taken")
        except refused as error:
            said.append("refused" if "only there" in str(error) else str(error))
    assert [("taken" if fits else "refused")] * 2 == said


def test_one_under_a_rule_of_a_book_is_found_in_an_export(checked, motion):
    """An act could be entered that no book is asked about."""
    said = checked(notes(motion, "", "2026-04-01T12:00:00Z", rule="motion.carry"))
    assert (1, True) == (said.code, "a rule begins with “procedure.” where the type is procedure" in said.findings)


@pytest.mark.parametrize(
    ("role", "rule"),
    [
        ("respondent", "motion.speak"),
        ("respondent", "motion.carry"),
        ("officer", "motion.banish"),
        ("mayor", "motion.speak"),
        ("officer", "bylaws.carry"),
        ("officer", "procedure.vote_cast"),
    ],
)
def test_a_refused_attempt_is_no_finding_whatever_it_was(checked, motion, role, rule):
    """An organisation that keeps a record of what it refused would be said to have allowed it (D13)."""
    more = {"body": {"refusal": {"rule": "books/motion/acts"}}}
    motion.does(role, "", "2026-04-01T12:00:00Z", type="act.refused", rule=rule, **more)
    said = checked(motion.does("member", "speak", "2026-04-01T13:00:00Z"))
    assert (0, True) == (said.code, checks(said, "each matter began under: 2.")), said.out
