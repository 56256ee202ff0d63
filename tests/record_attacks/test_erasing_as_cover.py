# SPDX-License-Identifier: Apache-2.0
"""Attack 8: somebody asks for erasure to get rid of evidence. It is recorded, takes two people, and parties keep theirs."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from demo.club import ERASED, HELD
from demo.club_keeping import disclosure_line
from evenhand.record.canonical import encode
from evenhand.record.disclosures import digest, read
from evenhand.record.encodings import to_base64url
from evenhand.record.entries import sealed
from evenhand.record.errors import DisclosureError
from evenhand.record.fields import check_field
from evenhand.record.receipts import Receipt
from tests.record_attacks.attacking import receipts_in, rewritten, without_cosigners
from tests.record_attacks.conftest import Folder

CASE = HELD["erased"][0]


def _lines(export: Path) -> dict[int, list[str]]:
    """What an export opens, by entry."""
    lines = map(json.loads, (export / "disclosures.jsonl").read_bytes().splitlines())
    return {line["index"]: line["disclosures"] for line in lines}


def _write(export: Path, lines: dict[int, list[str]]) -> None:
    data = b"".join(disclosure_line(index, opened) for index, opened in sorted(lines.items()) if opened)
    (export / "disclosures.jsonl").write_bytes(data)


def _opened(disclosures: Sequence[str]) -> dict[str, object]:
    return {field.name: field.value for field in map(read, disclosures)}


@pytest.fixture
def lodged(year: Folder) -> int:
    """The entry of which something was erased."""
    return year.made.places.index[CASE, 1]


def test_it_is_recorded_counted_and_two_people_approved_it(year: Folder, lodged: int):
    """Log key only: evidence could go, and nobody could say how often and on whose word."""
    opened = [_opened(each) for each in _lines(year.auditor).values()]
    (erasure,) = [each["body.erasure"] for each in opened if each["type"] == "erasure.performed"]
    assert 2 == len(set(erasure["approved"]))
    assert len(ERASED) == len(erasure["digests"])
    assert set(erasure["digests"]) <= set(json.loads(year.entries[lodged])["_sd"])
    assert 0 == year.verifier(year.auditor, cosigned=True).code


def test_what_was_erased_is_gone_from_what_the_club_hands_out(year: Folder, lodged: int):
    """L04: a complaint that was withdrawn could be read for ever."""
    assert set(ERASED).isdisjoint(_opened(_lines(year.auditor)[lodged]))
    lines = _lines(year.auditor)
    assert set(_opened(lines[year.made.places.index[CASE, 2]])) >= {"type", "matter", "n"}


def test_the_party_still_opens_the_entry_with_its_own(year: Folder):
    """+ receipts: the complainant could no longer show what they had said."""
    folder = year.receipts("erased")
    first = Receipt.parse(receipts_in(folder)[0].read_bytes())
    opened = {field.name: field.value for field in first.opened()}
    assert {"text.account", "person.complainant"} <= set(opened)
    assert 0 == year.verifier(folder, cosigned=True).code
    assert 0 == year.verifier(year.auditor, folder, cosigned=True).code


def test_what_is_called_erased_and_is_not_is_found(year: Folder, lodged: int, tmp_path: Path):
    """Log key only: somebody could keep for himself what he told everybody was gone, and use it."""
    export = Path(shutil.copytree(year.auditor, tmp_path / "export"))
    lines = _lines(export)
    lines[lodged] += [year.made.kept.given[lodged]["text.account"]]
    _write(export, lines)
    told = year.verifier(export)
    assert (1, True) == (told.code, "can still be read" in told.findings)


@pytest.mark.parametrize("approved", [[], ["1" * 32], ["1" * 32, "1" * 32], ["1" * 32, "2" * 32]])
def test_one_person_alone_cannot_erase(club: Folder, tmp_path: Path, approved: list[str]):
    """Log key only: who is afraid of the evidence would approve its erasure alone. Our writer refuses it, and where another
    writer lets it through the verifier does not."""
    place = club.made.places.index[0, 1]
    lodged, opened = club.entries[place], club.made.kept.disclosures[place]
    kept = [opened[name] for name in opened if name != "text.account"]
    fields = {
        "type": "erasure.performed",
        "day": "2026-04-20",
        "at": "2026-04-20T09:00:00Z",
        "matter": _opened(kept)["matter"],
        "n": 2,
        "by": "3" * 32,
        "as": "officer",
        "rule": "discipline.lodge",
        "body.erasure": {"basis": "asked for", "digests": [digest(opened["text.account"])], "approved": approved},
    }
    data, disclosures = _sealed_by_another(club, fields)
    record = rewritten(tmp_path / "record", [without_cosigners(club.entries[0]), lodged, data], club.made.keys.log)
    _write(record, {1: kept, 2: disclosures})
    by_two = len(set(approved)) == 2
    assert (0 if by_two else 1) == club.verifier(record).code
    assert by_two == _is_taken(fields["body.erasure"])


def _sealed_by_another(club: Folder, fields: dict[str, Any]) -> tuple[bytes, list[str]]:
    """An entry and its disclosures, made without looking at the values."""
    chance = Random("erasing").randbytes
    disclosures = [to_base64url(encode([to_base64url(chance(32)), *field])) for field in fields.items()]
    return sealed(book=json.loads(club.entries[1])["book"], disclosures=disclosures, chance=chance), disclosures


def _is_taken(erasure: object) -> bool:
    try:
        check_field("body.erasure", erasure)
    except DisclosureError:
        return False
    return True


def test_an_entry_that_is_kept_back_whole_leaves_a_gap_in_its_matter(year: Folder, tmp_path: Path):
    """Log key only: what an auditor is not given would not be missed."""
    export = Path(shutil.copytree(year.auditor, tmp_path / "export"))
    lines = _lines(export)
    del lines[year.made.places.index[0, 5]]
    _write(export, lines)
    told = year.verifier(export)
    assert (1, True) == (told.code, "its number 5 is missing: withheld, or never entered" in told.findings)


def test_a_field_that_is_kept_back_without_a_word_is_not_found(year: Folder, tmp_path: Path):
    """Log key only: UNDETECTED. An auditor who is not given a free text cannot tell its digest from a decoy; the party's
    own receipt opens it all the same."""
    export = Path(shutil.copytree(year.auditor, tmp_path / "export"))
    lines = _lines(export)
    report = year.made.places.index[0, 9]
    lines[report] = [text for text in lines[report] if read(text).name != "text.reasons"]
    _write(export, lines)
    assert 0 == year.verifier(export).code
    held = Receipt.parse(receipts_in(year.receipts("respondent"))[8].read_bytes())
    assert "text.reasons" in {field.name for field in held.opened()}
