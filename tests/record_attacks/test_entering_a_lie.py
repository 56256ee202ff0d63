# SPDX-License-Identifier: Apache-2.0
"""Attack 7: what is entered is not true. The record shows that it was said, and when, and that it was not changed since."""

import subprocess
import sys

import pytest

from evenhand.record.receipts import Receipt
from tests.record_attacks.attacking import REMEMBER, VERIFIER, ours, receipts_in
from tests.record_attacks.conftest import Folder

SAID = "discipline.sanction"


def _lie(club: Folder) -> str:
    """What the arbiters gave as their reasons. The demo draws it from a list: nobody sat, and nothing of it happened."""
    for path in receipts_in(club.receipts("respondent")):
        opened = {field.name: field.value for field in Receipt.parse(path.read_bytes()).opened()}
        if opened["rule"] == SAID and opened["type"] == "act":
            return str(opened["text.reasons"])
    raise AssertionError("nobody was sanctioned in this club")


@pytest.mark.parametrize("cosigned", [False, True], ids=["log key only", "+ independent cosigner"])
def test_it_verifies_like_the_truth(club: Folder, cosigned: bool):
    """UNDETECTED in every column: the reasons of the decision are invented, and everything holds."""
    assert "" != _lie(club)
    assert ours(club.auditor, club.made.keys, club.policy if cosigned else None)
    assert 0 == club.verifier(club.auditor, club.receipts("respondent"), cosigned=cosigned).code


@pytest.mark.parametrize("damaged", [False, True])
def test_the_verifier_says_so_to_people(club: Folder, damaged: bool):
    """“Everything holds” would be taken for “everything is true”."""
    folder = club.receipts("respondent")
    paths = [str(folder), *([str(club.yesterday)] if damaged else [])]
    words = [sys.executable, str(VERIFIER), *paths, "--key", club.made.keys.log.verifier.text]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (int(damaged), REMEMBER) == (done.returncode, done.stdout.rstrip("\n").rpartition("\n")[2])


def test_the_party_can_hold_it_against_whoever_said_it(club: Folder):
    """What it does give: nobody can say later that something else was said."""
    held = next(
        receipt
        for receipt in (Receipt.parse(path.read_bytes()) for path in receipts_in(club.receipts("respondent")))
        if _lie(club) in [field.value for field in receipt.opened()]
    )
    assert 2 == len(held.verify([club.made.keys.log.verifier], club.policy))
