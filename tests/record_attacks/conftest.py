# SPDX-License-Identifier: Apache-2.0
"""The club whose record is attacked: a hundred days of it for most attacks, and a whole year for those that need one."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from demo.club import Made, make
from demo.club_cases import Happening
from evenhand.cosign.memory import NAME, Memory
from evenhand.record.cosigning import Policy
from evenhand.record.notes import Note
from tests.record_attacks.attacking import Cosigner, Told, verifier
from tests.record_attacks.reading_public import Watcher, entries_of

DAYS = 100
YESTERDAY = 98
NOON = 1_783_598_400
"""9 July 2026, 12:00 UTC: after the last publication of the hundred days."""


@dataclass(frozen=True)
class Folder:
    """A club in a folder: what was made, what a stranger saw, and how it looked on the day before the last."""

    path: Path
    made: Made
    watcher: Watcher

    @property
    def public(self) -> Path:
        """The public copy."""
        return self.path / "public"

    @property
    def auditor(self) -> Path:
        """The export in which everything is opened."""
        return self.path / "auditor"

    @property
    def yesterday(self) -> Path:
        """A copy of the public copy that somebody kept, one publication before the last."""
        return self.path / "yesterday"

    @property
    def cosigners(self) -> Path:
        """The policy of cosigners, as a reader pins it."""
        return self.path / "cosigners.json"

    @property
    def policy(self) -> Policy:
        """The same, read."""
        return self.made.keys.policy

    @property
    def entries(self) -> list[bytes]:
        """Every entry."""
        return entries_of(self.public)

    def receipts(self, side: str) -> Path:
        """What one party holds."""
        return self.path / "receipts" / side

    def verifier(self, *paths: Path, cosigned: bool = False, fork: Path | None = None) -> Told:
        """What the separate verifier says, with or without cosigners asked for."""
        return verifier(*paths, keys=self.made.keys, cosigners=self.cosigners if cosigned else None, fork=fork)

    def by_both(self, note: Note, at: datetime) -> Note:
        """The note with both cosigners' lines, as where they have joined the attack."""
        return self.made.keys.cosigned(note, at)


@contextmanager
def unhurried() -> Iterator[None]:
    """Without waiting for the disk, of which a year of publications asks fourteen thousand times: no attack here is a
    power cut, and the tests of the log have that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("evenhand.record.files.durable.os.fsync", lambda handle: None)
        yield


def made_in(folder: Path, *, days: int, enters: Callable[[Happening], bool] = lambda _: True) -> Folder:
    """The club's first days in a folder; `enters` says what of it reaches the record."""
    watcher = Watcher(folder / "public")

    def seen(instant: datetime) -> None:
        watcher.look(instant.timestamp())
        if len(watcher.days) == YESTERDAY + 1:
            shutil.copytree(folder / "public", folder / "yesterday")

    with unhurried():
        return Folder(folder, make(folder, days=days, seen=seen, enters=enters), watcher)


@pytest.fixture(scope="session")
def club(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A hundred days of the club; read only."""
    return made_in(tmp_path_factory.mktemp("club"), days=DAYS)


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A whole year of it; read only."""
    return made_in(tmp_path_factory.mktemp("year"), days=365)


@pytest.fixture
def export(club: Folder, tmp_path: Path) -> Path:
    """An export that the test may damage."""
    return Path(shutil.copytree(club.auditor, tmp_path / "export"))


@pytest.fixture
def cosigners(club: Folder, tmp_path: Path) -> Iterator[list[Cosigner]]:
    """Both cosigners, honest, who have cosigned the log as it stands."""
    found = []
    for number, key in enumerate(club.made.keys.cosigners):
        place = tmp_path / f"cosigner-{number}"
        place.mkdir()
        memory = Memory(place / NAME, create=True)
        memory.add(club.made.keys.log.verifier, seconds=NOON)
        each = Cosigner(key, memory, NOON)
        assert each.asked(club.yesterday)[0] == 200
        assert each.asked(club.public)[0] == 200
        found.append(each)
    yield found
    for each in found:
        each.memory.close()
