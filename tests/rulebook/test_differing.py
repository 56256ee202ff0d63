# SPDX-License-Identifier: Apache-2.0
"""What differs between two versions, in the words of the text: nothing is left out and nothing is made up (I04)."""

from pathlib import Path

import pytest

from evenhand.rulebook.differing import Difference, differences

OLD = (Path(__file__).resolve().parents[2] / "rulebooks/harbour.yaml").read_text("utf-8")


def changed(before: str, after: str) -> list[tuple[str, ...]]:
    """What differs when one passage of the text is replaced."""
    assert before in OLD
    found = differences(OLD, OLD.replace(before, after, 1))
    return [(one.part, one.book, one.name, one.key, one.was, one.becomes) for one in found]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("service: {portal: 0d, hand: 0d,", "service: {portal: 1d, hand: 0d,", ("calendar", "", "", "service")),
        ("bury_needs: 2", "bury_needs: 1", ("promises", "", "", "bury_needs", "2", "1")),
        ("threaten or demean", "threaten, mock or demean", ("clause", "", "C1", "text")),
        ("to: [notify, notify_second], within: 5wd", "to: [notify, notify_second], within: 6wd",
            ("limit", "discipline", "notice-sent", "within",
            "5 working days", "6 working days")),
        ("panel:          {pool: {panel: 12}, seats: 3", "panel:          {pool: {panel: 12}, seats: 4",
            ("role", "", "panel", "seats", "3", "4")),
        ("subject: Minutes ({reference})", "subject: The minutes ({reference})",
            ("letter", "", "minutes", "subject", "Minutes ({reference})", "The minutes ({reference})")),
        ("withdrawn: 12 months", "withdrawn: 1 month", ("retention", "", "", "withdrawn", "12 months", "1 month")),
    ],
)  # fmt: skip
def test_each_change_is_found_where_it_stands(before, after, says):
    """I04: whoever votes on a text would have to compare 1,200 lines by eye."""
    (found,) = changed(before, after)
    assert says == found[: len(says)]


def test_what_is_new_and_what_is_gone_is_said_as_such():
    """I04: a clause that is dropped is the change that nobody announces."""
    gone = OLD[OLD.index("  C4:\n") : OLD.index("sanctions:                    #")]
    assert [("clause", "", "C4", "", True, "")] == [(*one[:4], bool(one[4]), one[5]) for one in changed(gone, "\n")]
    back = differences(OLD.replace(gone, "\n"), OLD)
    assert [("C4", "", True)] == [(one.name, one.was, bool(one.becomes)) for one in back]


def test_layout_and_the_head_are_no_difference():
    """Everybody would learn to overlook what is listed."""
    text = OLD.replace("version: 3, adopted: 2026-03-02", "version: 4, adopted: 2026-05-02").replace(
        "replaces: 2", "replaces: 3"
    )
    assert [] == differences(
        OLD, "# another comment\n" + text.replace("rank: 1, max: 12 months on file", "max: 12 months on file, rank: 1")
    )


def test_a_whole_procedure_that_is_gone_is_one_line():
    """I04: the procedure for motions would vanish among two hundred lines."""
    start, end = OLD.index("  motion:    "), OLD.index("  election:    ")
    texts = {"  motion_stands:\n": "  minutes:\n", "  minutes:\n": "  election_called:\n"}
    new = OLD[:start] + OLD[end:]
    for first, then in texts.items():
        new = new[: new.index(first)] + new[new.index(then) :]
    assert Difference(part="book", name="motion", was="Motions of the council") in differences(OLD, new)
