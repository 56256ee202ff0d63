# SPDX-License-Identifier: Apache-2.0
"""Attack 9: a stranger reads everything public of a club of sixty with six cases, every day of a year.

What can be concluded from the real year must be what can be concluded from a year in which nothing happened, and from one
in which as much happened on other days in other matters. What does leak is at the end, each with a test that says so.
"""

import dataclasses
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest

from demo.club import FIRST
from demo.club_keeping import HOUR, Due, Keys, keep, new_log
from demo.club_people import club_of
from evenhand.record import entries
from evenhand.record.disclosures import read
from evenhand.record.encodings import to_base64url
from evenhand.record.files.log import Log
from evenhand.record.files.publishing import publish
from tests.record_attacks.conftest import Folder, unhurried
from tests.record_attacks.reading_public import Guesses, Watcher, entries_of, guesses, matters_in, names_in

NAMES = club_of(Random("2026 people")).everybody
KEYS = Keys.of_seed("another year")
GROUP = 16


@dataclasses.dataclass(frozen=True)
class Read:
    """What a stranger saw of one year, and concludes from it."""

    watcher: Watcher
    guesses: Guesses


def _read(watcher: Watcher) -> Read:
    return Read(watcher, guesses(watcher.folder, watcher.days, NAMES))


def _kept(
    folder: Path, dues: Iterable[Due], *, book: str, days: int, multiple: int = GROUP, seed: str = "other"
) -> Watcher:
    watcher = Watcher(folder / "public")
    with unhurried(), new_log(folder / "log", KEYS, rulebook=book, first=FIRST, multiple=multiple) as log:
        keep(
            log, watcher.folder, KEYS, dues, rulebook=book, first=FIRST, days=days, seed=seed,
            seen=lambda instant: watcher.look(instant.timestamp()),
        )  # fmt: skip
    return watcher


def _instant(day: int) -> datetime:
    return datetime.combine(FIRST + timedelta(days=day), time(HOUR), UTC)


def _due(day: int, fields: dict[str, Any]) -> Due:
    return Due(_instant(day) - timedelta(hours=8), lambda _: fields)


def _book(year: Folder) -> str:
    return str(json.loads(year.entries[1])["book"])


def _fields_of(year: Folder) -> list[dict[str, Any]]:
    """What was entered in the real year, in order."""
    given = year.made.kept.given
    return [{field.name: field.value for field in map(read, given[index].values())} for index in sorted(given)]


@pytest.fixture(scope="module")
def real(year: Folder) -> Read:
    """The year of six cases."""
    return _read(year.watcher)


@pytest.fixture(scope="module")
def quiet(year: Folder, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """A year in which nothing happened."""
    return _read(_kept(tmp_path_factory.mktemp("quiet"), (), book=_book(year), days=365))


@pytest.fixture(scope="module")
def other(year: Folder, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """A year with as many entries as the real one, on other days, and all of them in one matter."""
    chance = Random("other days")
    days = sorted(chance.randrange(1, 364) for _ in _fields_of(year))
    dues = [
        _due(day, {**fields, "matter": "5" * 32, "n": n})
        for n, (day, fields) in enumerate(zip(days, _fields_of(year), strict=True), 1)
    ]
    return _read(_kept(tmp_path_factory.mktemp("other"), dues, book=_book(year), days=365))


def test_the_six_cases_are_there_to_be_found(year: Folder):
    """A year without anything in it would be read in vain, and the test would say that all is well."""
    acts = [fields for fields in _fields_of(year) if fields["type"] != "padding"]
    assert 6 == len({fields["matter"] for fields in acts})
    assert 60 < len(acts)
    assert 5 < len({fields["day"] for fields in acts})


def test_no_day_on_which_something_was_done_can_be_told(real: Read):
    """In a club of sixty the day of an act says whose case moved."""
    assert () == real.guesses.days
    assert {GROUP} == {day.growth for day in real.watcher.days}


def test_no_type_can_be_counted(real: Read):
    """How many appeals there were is a small cell that a report has to suppress."""
    (genesis,), (sealed,) = (
        [kind for kind in real.guesses.classes if (kind[0][1] == 0) is clear] for clear in (True, False)
    )
    assert (1, 365 * GROUP - 1) == (genesis[1], sealed[1])
    assert (GROUP, (43,), ("_sd", "book", "id", "v")) == sealed[0][1:4]


def test_no_matter_can_be_told_nor_how_long_it_was(real: Read):
    """Entries that hang together would say how many cases there are and which of them dragged on."""
    assert () == real.guesses.matters


def test_nobody_can_be_named_by_hashing_the_list_of_members(real: Read):
    """Sixty names are hashed in no time; an unsalted digest is a name in clear."""
    assert () == real.guesses.names


def test_not_even_who_knows_which_entries_are_acts_can_tell_them_from_padding(year: Folder):
    """One that learned from the entries of its own case what an act looks like would find the others."""
    acts = set(year.made.kept.entries)
    held = entries_of(year.public)
    looks = [
        {(len(held[index]), len(json.loads(held[index])["_sd"])) for index in range(1, len(held)) if (index in acts) is is_act}
        for is_act in (True, False)
    ]  # fmt: skip
    assert looks[0] == looks[1]
    assert 1 == len(looks[0])


@pytest.mark.parametrize("name", ["quiet", "other"])
def test_a_stranger_sees_the_same_in_a_year_in_which_other_things_happened(
    real: Read, name: str, request: pytest.FixtureRequest
):
    """Everything that is seen, compared whole and not by the questions that we thought of: each day's growth, names, sizes
    and times of files, lengths of notes, times of cosignatures; each entry's length and shape."""
    year: Read = request.getfixturevalue(name)
    assert real.watcher.days == year.watcher.days
    assert real.guesses == year.guesses
    lengths = [[len(entry) for entry in entries_of(each.watcher.folder)] for each in (real, year)]
    assert lengths[0] == lengths[1]


# The script is not blind: where a log is kept without one of the precautions, it finds what it looks for.

ACT = {
    "type": "act", "day": "2026-04-04", "at": "2026-04-04T19:00:00Z", "matter": "6" * 32, "n": 1, "by": "7" * 32,
    "as": "complainant", "rule": "discipline.lodge", "body.danger": {"danger": False, "unsafe_to_tell": False},
    "body.notice": {"how": "hand"}, "text.account": "They left without a light.",
}  # fmt: skip


def test_without_a_multiple_it_finds_the_days(year: Folder, tmp_path: Path):
    """A script that finds nothing anywhere would pass every test above."""
    dues = [_due(day, {**ACT, "n": n}) for n, day in enumerate((4, 4, 9), 1)]
    watcher = _kept(tmp_path, dues, book=_book(year), days=12, multiple=1)
    assert (4,) == guesses(watcher.folder, watcher.days).days


def test_in_entries_in_clear_it_finds_the_matters_and_the_names():
    """The same: it would have to see what is written for all to see."""
    values = [{"matter": "6" * 32, "n": n, "by": NAMES[3]} for n in range(4)] + [{"matter": "7" * 32, "n": 9}]
    assert (4,) == matters_in(values)
    assert (NAMES[3],) == names_in(values, NAMES)


def test_where_a_digest_has_no_salt_it_finds_the_name():
    """The same, for the attack that an unsalted hash invites."""
    unsalted = to_base64url(
        sha256(json.dumps(["person.respondent", NAMES[8]], separators=(",", ":")).encode()).digest()
    )
    assert (NAMES[8],) == names_in([{"_sd": [unsalted]}], NAMES)


# What leaks all the same. Each is told here because nothing in the format prevents it.


def test_a_day_with_more_entries_than_the_multiple_shows(year: Folder, tmp_path: Path):
    """LEAKS: seventeen entries on one day make the log grow by thirty-two. The club has never had more than four; the
    multiple is chosen for the organisation, and for good."""
    dues = [_due(5, {**ACT, "n": n}) for n in range(1, GROUP + 2)]
    watcher = _kept(tmp_path, dues, book=_book(year), days=9)
    assert (5,) == guesses(watcher.folder, watcher.days).days
    assert 2 * GROUP == watcher.days[5].growth


def test_an_entry_with_more_than_fifteen_fields_shows(year: Folder, tmp_path: Path):
    """LEAKS: it has thirty-two digests. Eight fields stand in each act, so no act may carry more than seven items."""
    wide = {**ACT, **{f"body.more_{number}": number for number in range(5)}}
    watcher = _kept(tmp_path, [_due(3, wide)], book=_book(year), days=6)
    sealed = {shape[1]: count for shape, count in guesses(watcher.folder, watcher.days).classes if shape[1]}
    assert {GROUP: 6 * GROUP - 2, 2 * GROUP: 1} == sealed


def test_after_a_change_of_rulebook_padding_and_acts_cite_different_books(tmp_path: Path, year: Folder):
    """LEAKS, and can be mended: padding cites the rulebook of the genesis and acts that in force, so from the first change
    of the rules on every act stands out, with its day. `publish` has to be told the version in force."""
    public, chance, counts = tmp_path / "public", Random("books").randbytes, []
    newer = "sha256:" + sha256(b"the rules as changed").hexdigest()
    with new_log(tmp_path / "log", KEYS, rulebook=_book(year), first=FIRST) as log:
        for day in range(4):
            if day == 2:
                log.append([entries.seal(book=newer, fields=ACT, chance=chance)[0]])
            publish(log, public, now=_instant(day), chance=chance, cosign=KEYS.cosign(_instant(day)))
            counts.append(_citing(public, newer))
    assert [0, 0, 1, 1] == counts


def _citing(public: Path, book: str) -> int:
    return sum(json.loads(entry).get("book") == book for entry in entries_of(public))


def test_a_receipt_that_is_given_at_once_tells_its_holder_how_much_was_entered_that_day(year: Folder, tmp_path: Path):
    """LEAKS, to a party and not to the public: before the instant the log has its true size, and an index within the group
    of the day says how many entries came before it. A party that gets its receipt after the instant sees only the index."""
    chance = Random("at once").randbytes
    with new_log(tmp_path / "log", KEYS, rulebook=_book(year), first=FIRST) as log:
        publish(log, tmp_path / "public", now=_instant(0), chance=chance, cosign=KEYS.cosign(_instant(0)))
        entered = [_entered(log, n, _book(year), chance) for n in (1, 2, 3)]
    assert [(16, 17), (17, 18), (18, 19)] == entered


def _entered(log: Log, n: int, book: str, chance: Callable[[int], bytes]) -> tuple[int, int]:
    """(index, size of the checkpoint) on the receipt of one more entry."""
    index = log.append([entries.seal(book=book, fields={**ACT, "n": n}, chance=chance)[0]])
    log.publish()
    return index, log.receipt(index).checkpoint.size
