# SPDX-License-Identifier: Apache-2.0
"""What the bench of the record compares: the same bytes, the same tree, entries as real logs hold them."""

import secrets
import sqlite3

import pytest

from bench import records
from bench.measuring import ROOT, ours
from evenhand.record import entries
from evenhand.record.disclosures import digest
from evenhand.record.files.shelf import Shelf
from evenhand.record.tiles import bundle


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """A log of plain entries as the bench makes it: three full tiles and a partial one."""
    folder = tmp_path_factory.mktemp("bench") / "log"
    ours("grow", folder, 1_000)
    return folder


def test_the_acts_that_are_appended_are_sealed_entries():
    """Appending would be measured on entries that no log of ours holds."""
    made = list(records.acts(3, secrets.token_bytes))
    assert ["sealed"] * 3 == [entries.read(data).kind for data, _ in made]
    assert all(digest(text) in entries.read(data).value["_sd"] for data, opened in made for text in opened)


def test_plain_entries_are_canonical_and_of_the_size_that_is_told():
    """A check of the profile would fail on the large log, or the line about its size would be wrong."""
    assert "plain" == entries.read(records.plain(999_999)).kind
    assert 390 <= len(records.plain(999_999)) <= 410


def test_both_sides_read_the_same_entries(tmp_path):
    """The raw insert would be timed over other bytes than our append."""
    made = [data for data, _ in records.acts(300, secrets.token_bytes)]
    (tmp_path / "entries").write_bytes(bundle(made))
    assert made == records.read(tmp_path / "entries", 300)


@pytest.mark.parametrize(
    ("program", "more"),
    [("bare_hash", ["1000"]), ("audit", []), ("audit", ["shapes"]), ("verify_log", []), ("verify_log", ["whole"])],
)
def test_each_way_to_verify_hashes_the_whole_log(log, program, more):
    """A program that left out leaves or nodes would look fast, and the ratio would mean nothing."""
    assert Shelf(log).checkpoint().root.hex() == ours(program, log, *more).said["root"]


@pytest.mark.parametrize(("program", "rows"), [("append", 301), ("insert", 300)])
def test_an_append_and_an_insert_take_in_every_entry(tmp_path, program, rows):
    """One side would have had less to do; ours holds the genesis as well."""
    (tmp_path / "entries").write_bytes(bundle(data for data, _ in records.acts(300, secrets.token_bytes)))
    ours(program, tmp_path / "entries", 300, 100, tmp_path / "out")
    assert rows == (Shelf(tmp_path / "out").checkpoint().size if program == "append" else _rows(tmp_path / "out"))


def test_the_proofs_that_are_timed_are_verified(log):
    """A list of wrong hashes is made as quickly as a right one; the program stops with an error on the first."""
    assert Shelf(log).checkpoint().root.hex() == ours("prove", log, 20).said["root"]


def test_the_peer_of_the_proofs_is_no_dependency():
    """pymerkle is under the GPL, which would reach everybody's copy."""
    assert "pymerkle" not in (ROOT / "uv.lock").read_text("utf-8")


def _rows(database):
    with sqlite3.connect(database) as con:
        return con.execute("SELECT count(*) FROM entry").fetchone()[0]
