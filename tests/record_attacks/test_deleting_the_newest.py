# SPDX-License-Identifier: Apache-2.0
"""Attack 3: the newest entries are taken away, by putting an earlier state in the place of the present one."""

import shutil
from pathlib import Path

import pytest

from evenhand.record.errors import LogError
from evenhand.record.files.log import Log, receipt, signer_beside
from evenhand.record.files.shelf import Shelf
from evenhand.record.receipts import Receipt
from tests.record_attacks.attacking import Cosigner, ours, receipts_in, rewritten
from tests.record_attacks.conftest import Folder


@pytest.fixture
def shortened(club: Folder, tmp_path: Path) -> Path:
    """The record as it was a day ago and, after that, another day than the one that was."""
    size = Shelf(club.yesterday).checkpoint().size
    return rewritten(tmp_path / "shortened", club.entries[:size], club.made.keys.log)


def test_an_older_state_that_nobody_has_outgrown_is_not_found(club: Folder):
    """Log key only: UNDETECTED if unseen. Yesterday's copy was signed and cosigned, and every byte of it holds."""
    assert ours(club.yesterday, club.made.keys)
    assert 0 == club.verifier(club.yesterday).code


def test_it_is_not_found_even_with_cosigners_by_who_never_saw_the_newer_one(club: Folder):
    """+ independent cosigner: UNDETECTED by a reader who asks no cosigner; only its time says how old the copy is."""
    assert ours(club.yesterday, club.made.keys, club.policy)
    assert 0 == club.verifier(club.yesterday, cosigned=True).code


@pytest.mark.parametrize("side", ["complainant", "respondent"])
def test_a_receipt_that_covers_them_shows_it(club: Folder, side: str):
    """+ receipts: what somebody was handed could be made never to have been."""
    held = receipts_in(club.receipts(side))[-1]
    assert Shelf(club.yesterday).checkpoint().size < Receipt.parse(held.read_bytes()).checkpoint.size
    told = club.verifier(club.yesterday, held)
    assert (1, True) == (told.code, "entries were taken away" in told.findings)


def test_a_receipt_that_ends_before_them_does_not(club: Folder, tmp_path: Path):
    """+ receipts: UNDETECTED where no receipt reaches beyond the older state."""
    with_yesterday = tmp_path / "of-yesterday.tlog-proof"
    with_yesterday.write_text(str(receipt(Shelf(club.yesterday), 112)), "utf-8")
    assert 0 == club.verifier(club.yesterday, with_yesterday).code


def test_a_cosigner_does_not_go_back(club: Folder, shortened: Path, cosigners: list[Cosigner]):
    """+ independent cosigner: the shorter record would be cosigned again, with a later time than the longer one."""
    for each in cosigners:
        assert len(club.entries) == each.known
        assert 409 == each.asked(shortened)[0]


def test_a_cosigner_refuses_what_is_built_upon_it(
    club: Folder, shortened: Path, cosigners: list[Cosigner], tmp_path: Path
):
    """+ independent cosigner: the record would go on as if the last day had not been."""
    size = len(club.entries)
    short = Shelf(shortened).checkpoint().size
    other = [*club.entries[:short], *club.entries[1 : size - short + 9]]
    grown = rewritten(tmp_path / "grown", other, club.made.keys.log)
    for each in cosigners:
        assert 422 == each.asked(grown)[0]
        (fork,) = each.forks(tmp_path / each.key.name.rpartition("/")[2])
        assert 0 == club.verifier(fork).code


def test_the_clubs_own_signer_refuses_an_older_copy(club: Folder, tmp_path: Path):
    """A backup put back in good faith would begin a second history without anybody meaning it."""
    folder = Path(shutil.copytree(club.yesterday, tmp_path / "log"))
    shutil.copy(signer_beside(club.path / "log"), signer_beside(folder))
    with pytest.raises(LogError, match="it is an older copy"):
        Log.open(folder)
