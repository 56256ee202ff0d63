# SPDX-License-Identifier: Apache-2.0
"""Attack 6: an act is done and never entered. No record can show what was never put into it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from demo.club_cases import Happening
from evenhand.record.receipts import Receipt
from tests.record_attacks.attacking import Cosigner, ours, receipts_in
from tests.record_attacks.conftest import NOON, Folder, made_in

DAY = 86_400


def _kept(folder: Path, enters: Callable[[Happening], bool]) -> Folder:
    return made_in(folder, days=60, enters=enters)


def test_a_complaint_in_a_drawer_is_not_found(tmp_path: Path):
    """Log key only, and + independent cosigner: UNDETECTED. The second case is never entered, and everything verifies;
    the verifier says in its last line that it cannot know."""
    club = _kept(tmp_path, lambda one: one.case != 1)
    assert ours(club.auditor, club.made.keys, club.policy)
    told = club.verifier(club.auditor, cosigned=True)
    assert (0, [0]) == (told.code, sorted({one.case for one in club.made.happenings}))
    assert "every complaint was entered" in told.report["remember"]


def test_an_act_that_no_rule_needs_can_be_left_out_unseen(tmp_path: Path):
    """+ receipts: UNDETECTED by the numbers, which have no gap. The missing receipt is the evidence: the respondent came
    accompanied, has no receipt that says so, and every other act has one."""
    club = _kept(tmp_path, lambda one: one.act != "be_accompanied")
    folder = club.receipts("respondent")
    assert 0 == club.verifier(club.auditor, folder, cosigned=True).code
    assert "discipline.be_accompanied" not in _acts(folder)
    assert "discipline.notify" in _acts(folder)


def test_an_act_that_a_rule_needs_is_missed(tmp_path: Path):
    """Log key only: who was never given notice could be investigated as if it had been given."""
    club = _kept(tmp_path, lambda one: (one.case, one.act) != (0, "notify"))
    told = club.verifier(club.auditor)
    assert (1, True) == (told.code, "discipline" in str([one["rule"] for one in told.report["findings"]]))


def _acts(folder: Path) -> set[str]:
    return {
        str(field.value)
        for path in receipts_in(folder)
        for field in Receipt.parse(path.read_bytes()).opened()
        if field.name == "rule"
    }


@pytest.mark.parametrize("missing", [1, 5, 9])
def test_a_receipt_that_was_held_back_leaves_a_gap(club: Folder, tmp_path: Path, missing: int):
    """+ receipts: an act that was entered and kept from a party would not be missed."""
    for path in receipts_in(club.receipts("respondent")):
        if path.stem != f"{missing:02}":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    told = club.verifier(tmp_path)
    assert (1, True) == (told.code, f"number {missing} is missing" in told.findings)


def test_holding_back_the_last_one_leaves_no_gap(club: Folder, tmp_path: Path):
    """+ receipts: UNDETECTED by the numbers while nothing follows; the next receipt will show it."""
    for path in receipts_in(club.receipts("respondent"))[:-1]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert 0 == club.verifier(tmp_path).code


def test_a_record_in_which_nothing_is_entered_at_all_stands_still_on_the_cosigners_page(cosigners: list[Cosigner]):
    """+ independent cosigner: a frozen log could say that there was nothing to enter; a club that keeps to its schedule
    publishes padding every day."""
    one = cosigners[0]
    assert "last cosigned 2026-07-09" in one.says()
    one.now = NOON + 30 * DAY
    assert "(30 days ago)" in one.says()
