# SPDX-License-Identifier: Apache-2.0
"""Attack 5: one record is shown to some and another to others, both signed by the same key."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from evenhand.cosign.answering import application
from evenhand.cosign.wire import Request
from evenhand.record import forks
from evenhand.record.entries import padding
from evenhand.record.files.log import receipt
from evenhand.record.files.shelf import Shelf
from evenhand.record.proofs import consistency
from evenhand.record.tiles import node_of
from tests.record_attacks.attacking import Cosigner, ours, rewritten
from tests.record_attacks.conftest import Folder

TOMORROW = datetime(2026, 7, 10, 3, tzinfo=UTC)


def _version(club: Folder, to: Path, seed: str) -> Path:
    book = json.loads(club.entries[1])["book"]
    chance = Random(seed).randbytes
    more = [padding(book=book, chance=chance)[0] for _ in range(16)]
    return rewritten(to / seed, [*club.entries, *more], club.made.keys.log)


@pytest.fixture
def versions(club: Folder, tmp_path: Path) -> tuple[Path, Path]:
    """The record of tomorrow, twice."""
    return _version(club, tmp_path, "for-members"), _version(club, tmp_path, "for-the-union")


def _colluding(club: Folder, folder: Path) -> None:
    """Both cosigners sign whatever they are shown."""
    note = club.by_both(Shelf(folder).note(), TOMORROW)
    (folder / "checkpoint").write_text(str(note), "utf-8")


def test_each_alone_passes_and_no_reader_of_one_sees_it(club: Folder, versions: tuple[Path, Path]):
    """Log key only: UNDETECTED while the views do not meet. Nothing is wrong with either but the missing cosigners."""
    for version in versions:
        _colluding(club, version)
        assert ours(version, club.made.keys)
        assert 0 == club.verifier(version).code


def test_where_the_views_meet_there_is_a_signed_file_that_shows_it(
    club: Folder, versions: tuple[Path, Path], tmp_path: Path
):
    """Log key only, and + receipts: two people who compare would have nothing to show to a third."""
    members, union = versions
    found = forks.between(Shelf(members).note(), Shelf(union).note(), node=node_of(Shelf(union).tile, 1))
    assert found is not None
    found.verify([club.made.keys.log.verifier])
    fork = tmp_path / "fork.json"
    told = club.verifier(members, union, fork=fork)
    assert (1, True) == (told.code, "signed two histories" in told.findings)
    assert 0 == club.verifier(fork).code


def test_two_receipts_of_one_size_are_views_that_meet(club: Folder, versions: tuple[Path, Path], tmp_path: Path):
    """+ receipts: people without a copy of the record could not find it by laying their papers side by side."""
    papers = []
    for version in versions:
        papers.append(tmp_path / f"{version.name}.tlog-proof")
        papers[-1].write_text(str(receipt(Shelf(version), 112)), "utf-8")
    fork = tmp_path / "fork.json"
    assert 1 == club.verifier(*papers, fork=fork).code
    assert 0 == club.verifier(fork).code


def test_an_honest_cosigner_signs_one_of_them_alone(
    club: Folder, versions: tuple[Path, Path], cosigners: list[Cosigner], tmp_path: Path
):
    """+ independent cosigner: both versions would carry enough lines."""
    members, union = versions
    one = cosigners[0]
    assert [200, 409] == [one.asked(members)[0], one.asked(union)[0]]
    (fork,) = one.forks(tmp_path / "seen")
    assert 0 == club.verifier(fork).code
    assert 1 == club.verifier(union, cosigned=True).code


def test_a_quorum_that_takes_part_makes_both_pass(club: Folder, versions: tuple[Path, Path], tmp_path: Path):
    """+ independent cosigner: UNDETECTED where so many cosigners collude; when the views meet it is shown all the same."""
    for version in versions:
        _colluding(club, version)
        assert ours(version, club.made.keys, club.policy)
        assert 0 == club.verifier(version, cosigned=True).code
    fork = tmp_path / "fork.json"
    assert 1 == club.verifier(*versions, cosigned=True, fork=fork).code
    assert 0 == club.verifier(fork, cosigned=True).code


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def address(cosigners: list[Cosigner]) -> Iterator[str]:
    """Where the first cosigner listens."""
    one = cosigners[0]
    server = make_server(
        "127.0.0.1", 0, application(memory=one.memory, key=one.key, clock=lambda: one.now), handler_class=_Quiet
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/add-checkpoint"
    server.shutdown()
    server.server_close()
    thread.join()


def test_it_is_refused_over_a_socket_as_well(club: Folder, versions: tuple[Path, Path], address: str):
    """+ independent cosigner: what the decision refuses the server could still let through."""
    answers = []
    for version in versions:
        shelf, size = Shelf(version), Shelf(version).checkpoint().size
        known = len(club.entries)
        hashes = consistency(known, size, node_of(shelf.tile, size))
        try:
            with urllib.request.urlopen(address, Request(known, hashes, shelf.note()).body()) as answer:
                answers.append(answer.status)
        except urllib.error.HTTPError as refusal:
            answers.append(refusal.code)
            refusal.close()
    assert [200, 409] == answers
