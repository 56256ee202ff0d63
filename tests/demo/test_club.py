# SPDX-License-Identifier: Apache-2.0
"""The invented club's year is lawful, sealed, numbered and published daily, and is the same for the same seed."""

from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from demo.club import BOOK, FIRST, RULES, Made, make
from demo.club_cases import Happening, year_of
from demo.club_people import MEMBERS, NEIGHBOURS, OFFICERS, UNION, club_of
from demo.club_sealing import SHARED, field_of, read_by
from evenhand.casework.running_book import RunningBook
from evenhand.record.disclosures import read
from evenhand.record.entries import GROUP
from evenhand.record.files.auditing import audit
from evenhand.record.files.shelf import Shelf
from evenhand.record.receipts import Receipt
from evenhand.rulebook.loading import load

UNTIL = datetime(2027, 3, 31, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def book() -> RunningBook:
    """The club's rules of discipline."""
    return RunningBook(load(RULES), BOOK)


@pytest.fixture(scope="module")
def happenings(book: RunningBook) -> list[Happening]:
    """Everything of the year."""
    return year_of(book, club_of(Random("2026 people")), FIRST, UNTIL, seed="2026")


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made]:
    """Forty days of it, kept."""
    folder = tmp_path_factory.mktemp("club")
    return folder, make(folder, days=40)


def test_the_club_has_its_sixty_members():
    """The attack on what is public is meant for a club in which everybody knows everybody."""
    club = club_of(Random("2026 people"))
    assert (57, 3, 13, 6) == tuple(map(len, (club.members, club.officers, club.neighbours, club.union)))
    assert MEMBERS == len(club.members) + OFFICERS
    assert MEMBERS + NEIGHBOURS + UNION == len(set(club.everybody))


def test_the_year_has_six_cases_and_every_kind_of_entry(happenings: list[Happening]):
    """A kind that is never entered would be tested by nobody."""
    kinds = Counter(one.kind for one in happenings)
    assert set(range(6)) == {one.case for one in happenings}
    assert (1, 1) == (kinds["correction"], kinds["erasure.performed"])
    assert 3 == kinds["act.refused"]
    assert any(one.act.startswith("missed.") for one in happenings)


@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5"])
def test_every_invention_is_lawful_and_in_order(book: RunningBook, seed: str):
    """Each act is asked of the kernel; another seed must not lead to a case that the rules do not allow."""
    made = year_of(book, club_of(Random(f"{seed} people")), FIRST, UNTIL, seed=seed)
    assert sorted(one.at for one in made) == [one.at for one in made]
    assert {one.actor is None for one in made if one.role == "clock"} == {True}


def test_no_day_has_more_entries_than_the_log_hides(happenings: list[Happening]):
    """More than sixteen in one period show."""
    assert GROUP > max(Counter(one.at.date() for one in happenings).values())


@pytest.mark.parametrize("name", ["quay_club", "harbour", "lantern_foundation"])
def test_every_act_of_our_rulebooks_fits_into_sixteen_digests(root: Path, name: str):
    """An entry with thirty-two would show from outside what it is."""
    books = load(root / f"rulebooks/{name}.yaml").books.values()
    most = max(len(act.carries) for book in books for act in book.acts.values())
    opening = max(len(act.carries) for book in books for act in book.acts.values() if "start" in act.stages)
    fixed, parties = len({*SHARED} - {"refs"}), 2
    assert GROUP > fixed + most
    assert GROUP > fixed + opening + parties


def test_each_carried_thing_has_a_field_of_its_kind():
    """A name among the coded fields would be opened with them."""
    assert ("text.account", "person.person", "person.consent") == tuple(map(field_of, ("account", "person", "consent")))
    assert ("body.notice", "body.vote") == tuple(map(field_of, ("notice", "vote")))


def test_a_party_is_not_told_who_somebody_else_is():
    """A mediator's or a witness's name would reach whoever holds a receipt."""
    names = ["type", "by", "body.notice", "text.reasons", "person.person", "person.respondent"]
    expected = ["type", "by", "body.notice", "text.reasons", "person.respondent"]
    assert expected == read_by(names, frozenset(("person.respondent",)))


def test_the_public_copy_grows_by_sixteen_a_day_and_holds(short: tuple[Path, Made]):
    """Readers would be shown a demo that does not verify."""
    folder, made = short
    found = audit(Shelf(folder / "public"), [made.keys.log.verifier], policy=made.keys.policy)
    assert (40 * GROUP, [], 2) == (found.checkpoint.size, found.faults, len(found.cosigned))


@pytest.mark.parametrize("side", ["complainant", "respondent"])
def test_the_receipts_of_a_party_are_numbered_from_one(short: tuple[Path, Made], side: str):
    """A gap in the demo would look like an act that was kept from somebody."""
    folder, made = short
    numbers = []
    for path in sorted((folder / "receipts" / side).iterdir()):
        receipt = Receipt.parse(path.read_bytes())
        receipt.verify([made.keys.log.verifier], made.keys.policy)
        numbers.append({field.name: field.value for field in receipt.opened()}["n"])
    assert list(range(1, made.places.count(0) + 1)) == numbers
    assert len(numbers) > 5


def test_the_auditor_has_the_rulebook_and_opens_every_sealed_entry(short: tuple[Path, Made]):
    """The verifier could not hold one act against the rules."""
    folder, made = short
    (rules,) = (folder / "auditor/rulebooks").iterdir()
    assert f"{sha256(rules.read_bytes()).hexdigest()}.json" == rules.name
    assert 40 * GROUP - 1 == len((folder / "auditor/disclosures.jsonl").read_bytes().splitlines())
    types = {read(held["type"]).value for held in made.kept.disclosures.values()}
    assert {"act", "act.refused"} == types


def test_the_same_seed_gives_the_same_bytes(short: tuple[Path, Made], tmp_path: Path):
    """Nobody could repeat what was found in it."""
    folder, _ = short
    make(tmp_path / "again", days=40)
    names = ("public/checkpoint", "auditor/disclosures.jsonl", "receipts/respondent/03.tlog-proof")
    assert [(folder / name).read_bytes() for name in names] == [
        (tmp_path / "again" / name).read_bytes() for name in names
    ]
