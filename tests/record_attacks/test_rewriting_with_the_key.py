# SPDX-License-Identifier: Apache-2.0
"""Attack 2: whoever has files and key writes the whole record anew. Only what others hold can show it."""

import json
from pathlib import Path
from random import Random

import pytest

from evenhand.record import forks
from evenhand.record.entries import seal
from evenhand.record.files.shelf import Shelf
from evenhand.record.receipts import Receipt
from evenhand.record.tiles import node_of
from tests.record_attacks.attacking import Cosigner, ours, receipts_in, rewritten, without_cosigners
from tests.record_attacks.conftest import Folder
from tests.record_attacks.reading_public import entries_of

CHANGED = 120
"""The first entry that is written anew; the lodged complaint of the first case stands at 112."""


@pytest.fixture
def anew(club: Folder, tmp_path: Path) -> Path:
    """The record, rewritten from one entry on, with a genesis that no longer asks for cosigners."""
    held = list(club.entries)
    held[0] = without_cosigners(held[0])
    held[CHANGED] = _another(club)
    return rewritten(tmp_path / "anew", held, club.made.keys.log)


@pytest.fixture
def anew_from(club: Folder, tmp_path: Path) -> Path:
    """The same with its old genesis: only from one entry on is anything else."""
    held = list(club.entries)
    held[CHANGED] = _another(club)
    return rewritten(tmp_path / "anew-from", held, club.made.keys.log)


def _another(club: Folder) -> bytes:
    """An entry that looks like any other."""
    book = json.loads(club.entries[1])["book"]
    return seal(book=book, fields={"type": "padding"}, chance=Random("attack").randbytes)[0]


def test_it_is_not_found_by_who_has_the_logs_key_alone(club: Folder, anew: Path):
    """Log key only: UNDETECTED. Everything verifies, by our audit and by the verifier, and it is another record."""
    assert ours(anew, club.made.keys)
    assert 0 == club.verifier(anew).code
    assert club.entries != entries_of(anew)


@pytest.mark.parametrize("side", ["complainant", "respondent"])
def test_every_receipt_shows_the_fork(club: Folder, anew_from: Path, side: str, tmp_path: Path):
    """+ receipts: any holder of one receipt, even of an entry that was left alone, could not show what was done."""
    note = Shelf(anew_from).note()
    node = node_of(Shelf(anew_from).tile, Shelf(anew_from).checkpoint().size)
    for path in receipts_in(club.receipts(side)):
        found = forks.between(Receipt.parse(path.read_bytes()).note, note, node=node)
        assert found is not None
        found.verify([club.made.keys.log.verifier])


def test_the_verifier_writes_the_fork_and_confirms_it(club: Folder, anew_from: Path, tmp_path: Path):
    """+ receipts: the holder could not hand on what shows it, to people who trust neither side."""
    fork = tmp_path / "fork.json"
    told = club.verifier(anew_from, receipts_in(club.receipts("complainant"))[0], fork=fork)
    assert (1, True) == (told.code, "signed two histories" in told.findings)
    assert 0 == club.verifier(fork).code


def test_a_receipt_from_before_what_was_changed_shows_nothing(club: Folder, tmp_path: Path):
    """+ receipts: UNDETECTED where every receipt is older than the change; later ones are needed to cover it."""
    held = list(club.entries)
    held[-3] = _another(club)
    anew = rewritten(tmp_path / "late", held, club.made.keys.log)
    old = club.yesterday
    assert forks.between(Shelf(old).note(), Shelf(anew).note(), node=node_of(Shelf(anew).tile, len(held))) is None
    assert 1 == club.verifier(anew, receipts_in(club.receipts("complainant"))[0]).code


def test_both_cosigners_refuse_it_and_keep_the_fork(
    club: Folder, anew_from: Path, cosigners: list[Cosigner], tmp_path: Path
):
    """+ independent cosigner: a second history would be cosigned like the first."""
    for each in cosigners:
        assert 409 == each.asked(anew_from)[0]
        (fork,) = each.forks(tmp_path / each.key.name.rpartition("/")[2])
        assert 0 == club.verifier(fork).code


def test_they_refuse_it_too_when_it_has_grown(club: Folder, anew_from: Path, cosigners: list[Cosigner], tmp_path: Path):
    """+ independent cosigner: the rewriter could hide behind the next day's entries."""
    grown = rewritten(tmp_path / "grown", [*entries_of(anew_from), _another(club)], club.made.keys.log)
    for each in cosigners:
        assert 422 == each.asked(grown)[0]
        (fork,) = each.forks(tmp_path / each.key.name.rpartition("/")[2])
        assert 0 == club.verifier(fork).code


def test_it_has_no_cosignatures_for_who_asks_for_them(club: Folder, anew: Path):
    """+ independent cosigner: a reader who pins the cosigners would be as blind as one who does not."""
    assert not ours(anew, club.made.keys, club.policy)
    told = club.verifier(anew, cosigned=True)
    assert (1, True) == (told.code, "0 of the 2 cosigners" in told.findings)
