# SPDX-License-Identifier: Apache-2.0
"""Attack 1: somebody edits or deletes an entry where it lies, and does not have the key. Found by everybody."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.record_attacks.attacking import Cosigner, ours, put_entry
from tests.record_attacks.conftest import Folder
from tests.record_attacks.reading_public import entries_of

AT = 500
"""An entry in the second bundle."""


def edited(export: Path) -> None:
    """One digest of an entry is put in the place of another."""
    put_entry(export, AT, _other(export))


def edited_with_its_leaf(export: Path) -> None:
    """The same, and the leaf hash beside it is made to fit."""
    put_entry(export, AT, _other(export), tile=True)


def deleted(export: Path) -> None:
    """An entry is taken away; those after it move up."""
    put_entry(export, AT, None)


def swapped(export: Path) -> None:
    """Two entries change places, leaves and all."""
    held = entries_of(export)
    put_entry(export, AT, held[AT + 1], tile=True)
    put_entry(export, AT + 1, held[AT], tile=True)


def _other(export: Path) -> bytes:
    value = json.loads(entries_of(export)[AT])
    value["id"] = "0" * 32
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


ATTACKS = (edited, edited_with_its_leaf, deleted, swapped)


@pytest.mark.parametrize("attack", ATTACKS)
def test_our_audit_finds_it(club: Folder, export: Path, attack: Callable[[Path], None]):
    """Log key only: whoever can write to the database could change what was decided."""
    assert ours(export, club.made.keys)
    attack(export)
    assert not ours(export, club.made.keys)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("column", ["log key only", "+ receipts", "+ independent cosigner"])
def test_the_verifier_finds_it(club: Folder, export: Path, attack: Callable[[Path], None], column: str):
    """In every column: a reader with our program alone would have to trust us."""
    attack(export)
    also = () if column == "log key only" else (club.receipts("respondent"),)
    told = club.verifier(export, *also, cosigned=column == "+ independent cosigner")
    assert 1 == told.code
    assert "altered" in told.findings or "changed" in told.findings or "left out" in told.findings


def test_a_cosigner_is_shown_nothing_of_it(club: Folder, export: Path, cosigners: list[Cosigner]):
    """+ independent cosigner: what the key signed is unchanged, so a cosigner has nothing to refuse; readers find it."""
    edited(export)
    assert [200, 200] == [each.asked(export)[0] for each in cosigners]
    assert 1 == club.verifier(export, cosigned=True).code
