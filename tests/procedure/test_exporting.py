# SPDX-License-Identifier: Apache-2.0
"""An auditor needs nothing but the export and a key from elsewhere, and a party nothing but receipts (A02, E10)."""

import subprocess
import sys
from pathlib import Path

import pytest

from evenhand.procedure.exporting import Taken, export, receipts_of
from evenhand.record.disclosures import read
from evenhand.store import models
from evenhand.store.sealing import seal
from tests.procedure.a_case import Case, to_the_hearing

VERIFIER = Path(__file__).parents[2] / "verifier/evenhand_verify.py"


@pytest.fixture
def played(made):
    """A case that was decided and remitted, sealed."""
    case = to_the_hearing(Case(made))
    case.decide("sanction", "panel")
    case.later(days=1).do("appeal", "respondent")
    case.decide("remit", "appeal_panel")
    seal(made.organisation)
    return case


def verify(case, *paths):
    """What the separate verifier says, in a process of its own."""
    key = (case.made.organisation.log / "vkey").read_text("utf-8").strip()
    command = [sys.executable, str(VERIFIER), *map(str, paths), "--key", key]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_verifier_says_the_same_of_the_auditors_export(played, tmp_path):
    """A second implementation that shares no code holds each act against the rulebook."""
    assert export(played.made.organisation, tmp_path / "export") > 100
    said = verify(played, tmp_path / "export")
    assert (0, True) == (said.returncode, "Everything that was checked holds." in said.stdout), (
        said.stdout + said.stderr
    )


def test_an_act_that_is_withheld_is_missed(played, tmp_path):
    """The numbers of a matter have no gap, whatever kind of entry they are of."""
    folder = tmp_path / "export"
    export(played.made.organisation, folder)
    position = models.Entry.objects.get(matter=played.ident, n=7).position
    lines = (folder / "disclosures.jsonl").read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if not line.endswith(f'"index":{position}}}\n'.encode())]
    assert len(lines) - 1 == len(kept)
    (folder / "disclosures.jsonl").write_bytes(b"".join(kept))
    said = verify(played, folder)
    assert (1, True) == (said.returncode, "its number 7 is missing" in said.stdout), said.stdout


@pytest.mark.parametrize("role", ["complainant", "respondent"])
def test_each_party_holds_a_receipt_for_every_act(played, tmp_path, role):
    """B07: both hold the same numbers, and each receipt verifies without the organisation."""
    part = models.Part.objects.get(matter_id=played.ident, role=role)
    held = list(receipts_of(played.made.organisation, part))
    assert list(range(1, played.row.n + 1)) == [entry.n for entry, _ in held]
    (tmp_path / "receipts").mkdir()
    for entry, one in held:
        (tmp_path / "receipts" / f"{entry.n:03}.tlog-proof").write_text(str(one), "utf-8", newline="\n")
    said = verify(played, tmp_path / "receipts")
    assert 0 == said.returncode, said.stdout + said.stderr


def test_a_receipt_names_nobody_else(played):
    """Pseudonyms are random for each matter, and whoever finds a receipt learns no name."""
    part = models.Part.objects.get(matter_id=played.ident, role="complainant")
    texts = [text for _, one in receipts_of(played.made.organisation, part) for text in one.disclosures]
    plain = "".join(read(text).text + str(read(text).value) for text in texts)
    assert ("discipline.sanction" in plain, "Bero Osk" in plain) == (True, False)


def test_an_export_is_not_mixed_with_another(played, tmp_path):
    """Two exports in one folder would be one that nobody made."""
    with pytest.raises(Taken, match="is there already"):
        export(played.made.organisation, tmp_path)


def test_a_party_does_not_read_what_a_body_considers(made):
    """A vote that is not closed yet is nobody's business outside the body; the act itself says who voted how (F01)."""
    case = Case(made)
    case.lodge()
    case.do("frame", "case_officer")
    case.decide("investigate", "gatekeepers")
    seal(made.organisation)
    part = models.Part.objects.get(matter_id=case.ident, role="complainant")
    opened = {
        entry.rule: {read(text).name for text in one.disclosures} for entry, one in receipts_of(made.organisation, part)
    }
    considered = opened["procedure.vote_cast"] | opened["procedure.proposal_made"]
    assert {"body.vote", "body.proposal", "text.proposed"}.isdisjoint(considered)
    assert "body.votes" in opened["discipline.investigate"]


def test_the_respondent_does_not_read_what_was_said_about_danger(played):
    """M14: that somebody was afraid, and why, is not for the person they were afraid of."""
    held = receipts_of(played.made.organisation, models.Part.objects.get(matter_id=played.ident, role="respondent"))
    opened = {entry.rule: {read(text).name for text in one.disclosures} for entry, one in held}
    assert ("text.account" in opened["discipline.lodge"], "body.danger" in opened["discipline.lodge"]) == (True, False)
