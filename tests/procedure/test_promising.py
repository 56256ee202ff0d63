# SPDX-License-Identifier: Apache-2.0
"""A public promise: its list is fixed when it is made, and whether it was kept follows from the record (H07, F09)."""

from datetime import date, timedelta

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.exporting import export
from evenhand.procedure.promising import fulfilment, promise, promises
from evenhand.store import models
from tests.procedure.a_case import Case
from tests.procedure.test_exporting import verify


@pytest.fixture
def cases(made):
    """Three complaints of the same day."""
    found = [Case(made) for _ in range(3)]
    for case in found:
        case.lodge()
    return found


def makes(made, at, *, by=None, **more):
    """An officer promises."""
    person = by or made.people["case_officer"][0]
    given = {
        "before": at.date(), "until": at.date() + timedelta(days=80), "says": "All cases of spring by the end of July.",
        "at": at, "chance": made.chance, **more,
    }  # fmt: skip
    promise(made.organisation, person, **given)
    return promises(made.organisation)[0]


def ends(case, at, outcome):
    """A case is over, by an act at an instant."""
    models.Matter.objects.filter(ident=case.ident).update(over=True, outcome=outcome)
    models.Entry.objects.filter(matter=case.ident, type="act").update(at=at)


def test_the_list_is_fixed_when_the_promise_is_made(made, cases):
    """Whoever promises could drop the hard cases from the list, or count new ones in."""
    made_ = makes(made, cases[0].at + timedelta(days=1))
    later = Case(made, at=cases[0].at + timedelta(days=2))
    later.lodge()
    ends(cases[0], cases[0].at, "settled")
    assert sorted(case.ident for case in cases) == list(promises(made.organisation)[0].cases) == list(made_.cases)


def test_whether_it_was_kept_is_reckoned(made, cases):
    """Cleared, said those who had promised; seven were open (NEC-AH)."""
    at = cases[0].at + timedelta(days=1)
    one = makes(made, at)
    ends(cases[0], at + timedelta(days=3), "settled")
    ends(cases[1], at + timedelta(days=90), "left before decision")
    first = fulfilment(one, at=at + timedelta(days=4))
    assert (1, 0, 2, False, False) == (first.in_time, first.late, first.open, first.missed, first.kept)
    last = fulfilment(one, at=at + timedelta(days=100))
    assert (1, 1, 1, True, False) == (last.in_time, last.late, last.open, last.missed, last.kept)


def test_how_the_cases_ended_is_counted(made, cases):
    """A promise that is kept because people left is another one than it seems (F09)."""
    at = cases[0].at + timedelta(days=1)
    one = makes(made, at)
    for case, outcome in zip(cases, ("left before decision", "left before decision", "final"), strict=True):
        ends(case, at + timedelta(days=2), outcome)
    found = fulfilment(one, at=at + timedelta(days=3))
    assert ({"final": 1, "left before decision": 2}, True, False) == (dict(found.outcomes), found.kept, found.missed)


def test_a_case_that_ends_on_the_last_day_ends_in_time(made, cases):
    """A day more or less would decide what is said in public."""
    at = cases[0].at + timedelta(days=1)
    one = makes(made, at, until=at.date() + timedelta(days=10))
    ends(cases[0], at + timedelta(days=10), "final")
    ends(cases[1], at + timedelta(days=11), "final")
    found = fulfilment(one, at=at + timedelta(days=20))
    assert (1, 1, 1) == (found.in_time, found.late, found.open)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"before": date(2026, 5, 1)}, "today or earlier"), ({"until": date(2026, 4, 8)}, "after today"),
        ({"until": date(2040, 1, 1)}, "three years"), ({"says": "Soon."}, "in a sentence"),
        ({"before": date(2026, 4, 1)}, "nothing to promise"),
    ],
)  # fmt: skip
def test_a_promise_about_nothing_is_refused(made, cases, wrong, says):
    """It would be kept on the day on which it is made."""
    with pytest.raises(Refused, match=says):
        makes(made, cases[0].at + timedelta(days=1), **wrong)


def test_only_who_enters_complaints_promises(made, cases):
    """L07: anybody could bind the organisation."""
    with pytest.raises(NotYours):
        makes(made, cases[0].at + timedelta(days=1), by=made.people["members"][0])


def test_the_record_holds_with_it(made, cases, tmp_path):
    """A02: whoever has the export holds the list against what was done."""
    makes(made, cases[0].at + timedelta(days=1))
    export(made.organisation, tmp_path / "export")
    assert 0 == verify(cases[0], tmp_path / "export").returncode
