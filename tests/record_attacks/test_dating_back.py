# SPDX-License-Identifier: Apache-2.0
"""Attack 4: an entry that never was is inserted where it should have stood, with the date of that day."""

import json
import shutil
from pathlib import Path
from random import Random

import pytest

from demo.club import BOOK
from demo.club_keeping import disclosure_line
from evenhand.record import forks
from evenhand.record.entries import seal
from evenhand.record.files.shelf import Shelf
from evenhand.record.receipts import Receipt
from evenhand.record.tiles import node_of
from tests.record_attacks.attacking import Cosigner, ours, receipts_in, rewritten, without_cosigners
from tests.record_attacks.conftest import Folder

PLACE = 250
"""Where it is inserted: among the entries of the day that it names."""

FIELDS = {
    "type": "act",
    "day": "2026-04-16",
    "at": "2026-04-16T10:00:00Z",
    "matter": "9" * 32,
    "n": 1,
    "by": "8" * 32,
    "as": "complainant",
    "rule": f"{BOOK}.lodge",
    "body.danger": {"danger": False, "unsafe_to_tell": False},
    "body.notice": {"how": "portal"},
    "text.account": "He threatened me on the pontoon.",
}


def _made(club: Folder) -> tuple[bytes, tuple[str, ...]]:
    """The entry, and what opens it."""
    book = json.loads(club.entries[1])["book"]
    return seal(book=book, fields=FIELDS, chance=Random("back-dated").randbytes)


@pytest.fixture
def inserted(club: Folder, tmp_path: Path) -> Path:
    """The record with one entry more, far back, and everything after it moved by one."""
    held = [*club.entries[:PLACE], _made(club)[0], *club.entries[PLACE:]]
    return rewritten(tmp_path / "inserted", held, club.made.keys.log)


def test_it_is_not_found_by_who_has_the_logs_key_alone(club: Folder, tmp_path: Path):
    """Log key only: UNDETECTED. A complaint that was never made stands among those of its day, and all verifies: what is
    opened of it, the numbers, the rules of the book."""
    held = [without_cosigners(club.entries[0]), *club.entries[1:PLACE], _made(club)[0], *club.entries[PLACE:]]
    record = rewritten(tmp_path / "inserted", held, club.made.keys.log)
    shutil.copytree(club.auditor / "rulebooks", record / "rulebooks")
    (record / "disclosures.jsonl").write_bytes(disclosure_line(PLACE, _made(club)[1]))
    told = club.verifier(record)
    assert (0, []) == (told.code, told.report["findings"])
    assert ours(record, club.made.keys)


@pytest.mark.parametrize("side", ["complainant", "respondent"])
def test_every_receipt_shows_the_fork(club: Folder, inserted: Path, side: str, tmp_path: Path):
    """+ receipts: a charge could be given a history that it never had."""
    note, size = Shelf(inserted).note(), Shelf(inserted).checkpoint().size
    for path in receipts_in(club.receipts(side)):
        found = forks.between(Receipt.parse(path.read_bytes()).note, note, node=node_of(Shelf(inserted).tile, size))
        assert found is not None
        found.verify([club.made.keys.log.verifier])
    fork = tmp_path / "fork.json"
    assert 1 == club.verifier(inserted, receipts_in(club.receipts(side))[0], fork=fork).code
    assert 0 == club.verifier(fork).code


def test_a_cosigner_refuses_it(club: Folder, inserted: Path, cosigners: list[Cosigner], tmp_path: Path):
    """+ independent cosigner: the longer record would look like the next day's."""
    for each in cosigners:
        assert 422 == each.asked(inserted)[0]
        (fork,) = each.forks(tmp_path / each.key.name.rpartition("/")[2])
        assert 0 == club.verifier(fork).code


def test_one_that_is_appended_today_stands_behind_every_checkpoint_since(club: Folder, tmp_path: Path):
    """A date of April in an entry of July is a lie that the record does not refuse, and its place tells it."""
    held = [*club.entries, _made(club)[0]]
    late = rewritten(tmp_path / "late", held, club.made.keys.log)
    assert Shelf(club.yesterday).checkpoint().size <= len(held) - 1
    assert (
        forks.between(Shelf(club.public).note(), Shelf(late).note(), node=node_of(Shelf(late).tile, len(held))) is None
    )
