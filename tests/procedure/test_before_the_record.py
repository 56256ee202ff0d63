# SPDX-License-Identifier: Apache-2.0
"""What was open before the record began is known as such, counted apart, and goes on in the open (M12)."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.before_the_record import Counted, began, counted, known_of, old_matters
from evenhand.procedure.exporting import export
from evenhand.procedure.importing import Misread, keep_in_step, read_registers
from evenhand.procedure.rebuilding import rebuild
from evenhand.procedure.taking_up import end_before, take_up
from evenhand.procedure.working import work
from evenhand.store import models
from evenhand.store.opened import said
from evenhand.store.sealing import seal
from tests.procedure.a_case import Case
from tests.procedure.test_exporting import verify

BEFORE = "reference,received,what,source\n17/2025,2025-11-02,A quarrel on the slip,the old book\n3/2024,2024,A letter,a drawer\n"


@pytest.fixture
def entered(made, tmp_path):
    """`entered(text)`: a file of old matters is read and entered, and what was counted."""

    def enter(text=BEFORE):
        path = tmp_path / "before.csv"
        path.write_text(text, "utf-8")
        read = read_registers(None, None, None, path, began=began(made.organisation))
        return keep_in_step(made.organisation, read, at=made.at, chance=made.chance)

    return enter


@pytest.fixture
def case(made, entered):
    """A complaint that came in here, beside two old matters."""
    entered()
    case = Case(made)
    case.lodge()
    case.officer = case.seats("case_officer")[0].person
    return case


def takes_up(case, reference="17/2025", *, by=None, **more):
    """The matter takes up an old one."""
    old = next(one for one in old_matters(case.made.organisation) if one.reference == reference)
    given = {"at": case.later(minutes=5).at, "chance": case.made.chance, **more}
    return take_up(case.made.organisation, case.ident, by or case.officer, old.row.ident, **given)


def ends(case, reference="3/2024", *, by=None, how="decided", source="The minutes of May 2025"):
    """It is entered how an old one ended."""
    old = next(one for one in old_matters(case.made.organisation) if one.reference == reference)
    given = {"how": how, "source": source, "at": case.later(minutes=5).at, "chance": case.made.chance}
    return end_before(case.made.organisation, old.row.ident, by or case.officer, **given)


def test_what_was_open_is_listed_with_its_source_and_nothing_twice(made, entered):
    """M12: a backlog that begins empty hides everybody who waited already."""
    assert (2, 0) == (entered().before, entered().before)
    known = [(one.reference, one.received, one.source, one.what) for one in old_matters(made.organisation)]
    assert [
        ("3/2024", "2024", "a drawer", "A letter"),
        ("17/2025", "2025-11-02", "the old book", "A quarrel on the slip"),
    ] == known
    assert Counted(entered=2, open=2, taken_up=0, ended=0) == counted()


def test_what_came_later_is_no_old_matter(entered):
    """M12: a complaint without a clock could be made by calling it old."""
    with pytest.raises(Misread, match=r"line 2: it was received on 2026-04-02, and this record began on 2026-04-01"):
        entered("reference,received,what,source\n1/2026,2026-04-02,A complaint,a letter\n")
    assert 0 == models.Matter.objects.filter(before=True).count()


def test_no_clock_runs_for_it(case):
    """M12: the record of its time is elsewhere, and a lapse of ours would be made up."""
    work(case.made.organisation, at=case.later(days=400).at, chance=case.made.chance)
    assert [1, 1] == list(models.Matter.objects.filter(before=True).values_list("n", flat=True))


def test_it_is_taken_up_by_a_matter_under_the_rules_and_both_say_so(case):
    """M12: the old one would stay open for ever, or vanish, and the new one would look as if it began today."""
    takes_up(case)
    assert {"reference": "17/2025", "received": "2025-11-02", "source": "the old book"} == known_of(
        case.made.organisation, case.row
    )
    old = next(one for one in old_matters(case.made.organisation) if one.reference == "17/2025")
    assert (True, case.row.code) == (old.row.over, old.taken_up_by)
    assert Counted(entered=2, open=1, taken_up=1, ended=0) == counted()


def test_its_letters_say_that_it_is_older(case):
    """M12: whoever reads the notice would count the days from the wrong one."""
    takes_up(case)
    case.do("frame", "case_officer")
    case.decide("investigate", "gatekeepers")
    case.do("notify", "case_officer")
    letters = models.Entry.objects.filter(matter=case.ident, rule="procedure.letter_sent").order_by("n")
    words = [said(one, case.made.organisation.keyring)["text.letter"] for one in letters]
    marked = ["It was received on 2025-11-02 (reference 17/2025)" in one for one in words]
    assert [False, True] == [marked[0], all(marked[1:])]
    assert 1 < len(words)


def test_how_it_ended_is_entered_with_the_source(case):
    """M12: an old matter would be closed by a word, and nobody could ask from where that is known."""
    with pytest.raises(Refused, match="from where it is known"):
        ends(case, source="Hm.")
    with pytest.raises(Refused, match="Say how it ended"):
        ends(case, how="over")
    ends(case)
    old = old_matters(case.made.organisation)[-1]
    assert ("3/2024", "decided", "The minutes of May 2025") == (old.reference, old.ended, old.known_from)
    assert Counted(entered=2, open=1, taken_up=0, ended=1) == counted()


def test_nobody_else_closes_one(case):
    """L07: a gatekeeper, a party, a member; and none is closed twice."""
    for person in (case.who("gatekeepers"), case.complainant, case.made.people["members"][3]):
        with pytest.raises(NotYours):
            ends(case, by=person)
        with pytest.raises(NotYours):
            takes_up(case, by=person)
    takes_up(case)
    with pytest.raises(Refused, match="closed already"):
        ends(case, "17/2025")
    with pytest.raises(Refused, match="takes up an older one already"):
        takes_up(case, "3/2024")


def test_the_part_of_who_closed_it_opens_nothing(case):
    """L07: entering how it ended is no seat in it."""
    ends(case)
    part = models.Part.objects.get(matter__before=True, matter__book="")
    assert ("left", "seat") == (part.status, part.kind)


def test_the_audit_holds_and_the_tables_are_made_anew(case, tmp_path):
    """L01: every auditor reads what was open before from the record alone, the one outside included."""
    takes_up(case)
    ends(case)
    seal(case.made.organisation)
    assert audit(case.made.organisation, at=case.at).holds
    rows = list(models.Matter.objects.order_by("ident").values())
    rebuild(case.made.organisation)
    assert rows == list(models.Matter.objects.order_by("ident").values())
    export(case.made.organisation, tmp_path / "export")
    told = verify(case, tmp_path / "export")
    assert 0 == told.returncode, told.stdout + told.stderr
