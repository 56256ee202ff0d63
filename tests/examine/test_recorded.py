# SPDX-License-Identifier: Apache-2.0
"""An examination leaves a record of what it was given and what it found, which other software verifies."""

import hashlib
import json
from pathlib import Path

import pytest

from demo.harbour import make
from evenhand.examine.running import run
from evenhand.record.files.auditing import audit
from evenhand.record.files.shelf import Shelf
from evenhand.record.keys import VerifierKey
from evenhand.record.receipts import bundle
from tools.vectors_chance import counted


@pytest.fixture(scope="module")
def examined(tmp_path_factory):
    """The folder of an examination of three hundred invented cases, and what it returned."""
    folder = tmp_path_factory.mktemp("recorded")
    make(folder / "demo", cases=300, seed=7)
    out = folder / "report"
    return out, run(folder / "demo/mapping", folder / "demo/source", out, chance=counted())


def entries_of(out: Path) -> list[dict]:
    """Every entry of the record of an examination."""
    shelf = Shelf(out / "record")
    size = shelf.checkpoint().size
    return [json.loads(shelf.entry(index, size)) for index in range(size)]


def test_the_record_of_an_examination_holds(examined):
    """An inquiry could not show afterwards what it was given and what it found."""
    out, findings = examined
    found = audit(Shelf(out / "record"), [VerifierKey.parse(findings["record"]["key"])])
    assert ([], findings["record"]["size"]) == (found.faults, found.checkpoint.size)


def test_every_input_the_mapping_and_the_rulebook_stand_in_it_by_their_hash(examined):
    """Another file, read another way, would give other findings under the same report."""
    out, findings = examined
    held = entries_of(out)
    sources = {(each["name"], each["sha256"]) for each in held if each["type"] == "examination.source"}
    assert {(file["name"], file["sha256"]) for file in findings["source"]["files"]} == sources
    mapping = {(each["name"], each["sha256"]) for each in held if each["type"] == "examination.mapping"}
    assert {(file["name"], file["sha256"]) for file in findings["mapping"]["files"]} == mapping
    assert [findings["rulebook"]["digest"]] == [e["digest"] for e in held if e["type"] == "examination.rulebook"]
    assert findings["rulebook"]["digest"] == held[0]["rulebook"]


def test_every_result_stands_in_it_by_its_hash(examined):
    """A finding changed after the examination would not be seen."""
    out, _ = examined
    recorded = {each["name"]: each["sha256"] for each in entries_of(out) if each["type"] == "examination.result"}
    results = [out / "findings.json", out / "report.html", *(out / "tables").iterdir()]
    expected = {p.relative_to(out).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in results}
    assert expected == recorded


def test_the_text_of_the_rulebook_lies_beside_the_record(examined):
    """Whoever checks later would have a hash and no rules."""
    out, findings = examined
    digest = findings["rulebook"]["digest"].removeprefix("sha256:")
    assert digest == hashlib.sha256((out / f"record/rulebooks/{digest}.json").read_bytes()).hexdigest()


def test_each_entry_has_a_receipt_that_holds_alone(examined):
    """Whoever is handed one page of the report needs one receipt and not the folder."""
    out, findings = examined
    key = VerifierKey.parse(findings["record"]["key"])
    receipts = list(bundle((out / "receipts.tlog-proofs").read_bytes()))
    for receipt in receipts:
        receipt.verify([key])
    assert list(range(findings["record"]["size"])) == [receipt.index for receipt in receipts]


def test_no_key_is_left_with_which_it_could_be_continued(examined):
    """ADR 10: a key beside the report would travel with it."""
    out, _ = examined
    left = [path for path in out.parent.rglob("*") if path.is_file() and b"PRIVATE+KEY" in path.read_bytes()]
    assert [] == left
    assert {"findings.json", "receipts.tlog-proofs", "record", "report.html", "tables"} == {
        p.name for p in out.iterdir()
    }


def test_the_findings_file_is_the_same_with_and_without_a_record(examined, tmp_path):
    """What was found does not depend on whether it is recorded."""
    out, _ = examined
    run(out.parent / "demo/mapping", out.parent / "demo/source", tmp_path / "plain")
    assert (out / "findings.json").read_bytes() == (tmp_path / "plain/findings.json").read_bytes()
