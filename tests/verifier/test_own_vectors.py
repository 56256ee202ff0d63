# SPDX-License-Identifier: Apache-2.0
"""The verifier and the vectors of this repository: both implementations judge them alike, though they share no code."""

import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.own_vectors import FOLDER, bytes_of, each, rows


def keys(verifier: ModuleType, texts: list[str]) -> list[Any]:
    """Verifier keys of their texts."""
    return [verifier.Key(text) for text in texts]


class Heard:
    """Stands for log and report where one entry is looked at: what was said against it."""

    origin, size, where = "example.org/quay", 100, ""

    def __init__(self) -> None:
        self.said: list[str] = []

    def found(self, where: str, says: str, entry: int | None = None, rule: str | None = None) -> None:
        """What does not hold."""
        self.said.append(says)

    def path(self, name: str) -> str:
        """A file that is not there."""
        return str(FOLDER / "absent" / name)


def looked_at(verifier: ModuleType, data: bytes) -> tuple[str, list[str]]:
    """How the verifier reads one entry: its kind, and what is said against it."""
    heard = Heard()
    found = verifier.Entries(heard, None)
    sealed = found.sealed.fullmatch(data)
    if sealed is not None:
        found._see_sealed(1, data, sealed)
    else:
        # A genesis is looked at as entry 0, where it belongs; whatever else stands in clear, behind one.
        found._see_in_clear(0 if re.search(rb'"type":"genesis","v":1}$', data) else 1, data)
    kinds = [kind for kind, count in found.kinds.items() if count]
    return (kinds[0] if kinds else "", heard.said)


@each("entries", "accept")
def test_an_entry_is_accepted(verifier: ModuleType, row: dict[str, Any]):
    """The verifier would blame a log for an entry that the format allows."""
    assert (row["kind"], []) == looked_at(verifier, bytes_of(row))
    assert row["leaf"] == verifier.leaf_hash(bytes_of(row)).hex()


@each("entries", "refuse")
def test_an_entry_is_refused(verifier: ModuleType, row: dict[str, Any]):
    """The verifier would let pass what the log should never have taken."""
    assert [] != looked_at(verifier, bytes_of(row))[1]


@each("disclosures", "accept")
def test_a_disclosure_is_accepted(verifier: ModuleType, row: dict[str, Any]):
    """A field could not be opened."""
    assert {row["name"]: row["value"]} == verifier.open_disclosures([row["text"]], {row["digest"]})


def digest(verifier: ModuleType, text: str) -> str:
    """The digest that an entry would hold for this text, so that only its form is judged."""
    return verifier.base64url_text(verifier.sha256(text.encode()).digest())


@each("disclosures", "refuse")
def test_a_disclosure_is_refused(verifier: ModuleType, row: dict[str, Any]):
    """A field without a meaning would be read as one with."""
    with pytest.raises(verifier.Wrong):
        verifier.open_disclosures([row["text"]], {digest(verifier, row["text"])})


def opened(verifier: ModuleType, row: dict[str, Any]) -> dict[str, Any]:
    """What the disclosures open of their entry."""
    value = verifier.profile_read(row["entry"].encode())
    return verifier.open_disclosures(row["disclosures"], set(value.get("_sd", ())))


@each("disclosures", "with_entry", "accept")
def test_disclosures_open_their_entry(verifier: ModuleType, row: dict[str, Any]):
    """A holder could not show what was entered."""
    assert row["opens"] == opened(verifier, row)


@each("disclosures", "with_entry", "refuse")
def test_disclosures_that_do_not_belong_together_are_refused(verifier: ModuleType, row: dict[str, Any]):
    """A field could be shown that the entry does not hold, or with two values."""
    with pytest.raises(verifier.Wrong):
        opened(verifier, row)


def included(verifier: ModuleType, row: dict[str, Any]) -> bool:
    """Whether an inclusion list holds."""
    path = [bytes.fromhex(text) for text in row["hashes"]]
    leaf, root = bytes.fromhex(row["leaf"]), bytes.fromhex(row["root"])
    return verifier.inclusion_holds(row["index"], row["size"], leaf, path, root)


def continued(verifier: ModuleType, row: dict[str, Any]) -> bool:
    """Whether a consistency list holds."""
    path = [bytes.fromhex(text) for text in row["hashes"]]
    roots = bytes.fromhex(row["old_root"]), bytes.fromhex(row["new_root"])
    return verifier.consistency_holds(row["old"], row["new"], *roots, path)


def test_each_inclusion_and_consistency_list_holds(verifier: ModuleType):
    """An honest log would be blamed."""
    assert all(included(verifier, row) for row in rows("trees", "inclusion", "accept"))
    assert all(continued(verifier, row) for row in rows("trees", "consistency", "accept"))


@each("trees", "inclusion", "refuse")
def test_an_inclusion_list_is_refused(verifier: ModuleType, row: dict[str, Any]):
    """Something would be shown in a log that is not there."""
    assert not included(verifier, row)


@each("trees", "consistency", "refuse")
def test_a_consistency_list_is_refused(verifier: ModuleType, row: dict[str, Any]):
    """A log could change and look as if it had only grown."""
    assert not continued(verifier, row)


@each("keys", "accept")
def test_a_key_is_accepted(verifier: ModuleType, row: dict[str, Any]):
    """A key that others pin could not be pinned here."""
    key = verifier.Key(row["vkey"])
    assert (row["name"], row["id"], row["type"], row["public"]) == (key.name, key.id.hex(), key.type, key.public.hex())


@each("keys", "refuse")
def test_a_key_is_refused(verifier: ModuleType, row: dict[str, Any]):
    """A key would be pinned that nobody has, or that everybody has."""
    with pytest.raises(verifier.Wrong):
        verifier.Key(row["vkey"])


@each("notes", "accept")
def test_a_note_is_accepted(verifier: ModuleType, row: dict[str, Any]):
    """A note that others read could not be read here."""
    note = verifier.Note(row["note"].encode())
    signed = note.signed_by(keys(verifier, row["keys"]))
    assert (row["text"], sorted(row["signed"])) == (note.text, sorted(key.text for key in signed))


@each("notes", "refuse")
def test_a_note_is_refused(verifier: ModuleType, row: dict[str, Any]):
    """A changed note would pass for the original. (Where no key signed, `signed_by` says so by naming nobody.)"""
    try:
        signed = verifier.Note(row["note"].encode()).signed_by(keys(verifier, row["keys"]))
    except verifier.Wrong:
        return
    assert [] == signed


def read(verifier: ModuleType, row: dict[str, Any], policy: Any = None) -> Any:
    """A checkpoint that one of the known keys signed."""
    checkpoint = verifier.Checkpoint(row["checkpoint"].encode())
    checkpoint.signers(keys(verifier, row["keys"]), policy)
    return checkpoint


@each("checkpoints", "accept")
def test_a_checkpoint_is_accepted(verifier: ModuleType, row: dict[str, Any]):
    """An honest log would be blamed."""
    found = read(verifier, row)
    assert (row["origin"], row["size"], row["root"]) == (found.origin, found.size, verifier.base64_text(found.root))


@each("checkpoints", "refuse")
def test_a_checkpoint_is_refused(verifier: ModuleType, row: dict[str, Any]):
    """A size or root would be read that nobody signed."""
    with pytest.raises(verifier.Wrong):
        read(verifier, row)


@each("cosignatures", "accept")
def test_cosignatures_are_accepted(verifier: ModuleType, row: dict[str, Any]):
    """A cosigner of another make would not count."""
    policy = verifier.Policy({"k": 1, "of": row["cosigners"]})
    checkpoint = verifier.Checkpoint(row["checkpoint"].encode())
    signed = checkpoint.signers(keys(verifier, row["keys"]), policy)
    assert sorted(row["cosigned"]) == sorted(key.name for key in signed if key.type == verifier.COSIGNS)


@each("cosignatures", "refuse")
def test_a_cosignature_is_refused(verifier: ModuleType, row: dict[str, Any]):
    """Somebody would seem to have seen what they have not."""
    with pytest.raises(verifier.Wrong):
        read(verifier, row, verifier.Policy({"k": 1, "of": row["cosigners"]}))


@each("policies", "accept")
def test_a_policy_is_met_or_not(verifier: ModuleType, row: dict[str, Any]):
    """Fewer cosigners than promised would be enough."""
    policy = verifier.Policy(row["policy"])
    signed = verifier.Checkpoint(row["checkpoint"].encode()).signers(keys(verifier, row["keys"]), policy)
    assert row["met"] == (policy.count(signed) >= policy.k)


@each("policies", "refuse")
def test_a_policy_is_refused(verifier: ModuleType, row: dict[str, Any]):
    """A quorum of nobody would be met by everybody."""
    with pytest.raises(verifier.Wrong):
        verifier.Policy(row["policy"])


def judged(verifier: ModuleType, row: dict[str, Any]) -> tuple[Any, Any]:
    """The report on one receipt, and what was held of it."""
    report = verifier.Report()
    receipts = verifier.Receipts(report)
    policy = verifier.Policy(row["policy"]) if row.get("policy") else None
    receipts.check("receipt", row["receipt"].encode(), keys(verifier, row["keys"]), policy, {})
    return report, receipts


@each("receipts", "accept")
def test_a_receipt_is_accepted(verifier: ModuleType, row: dict[str, Any]):
    """Whoever holds one could not use it here."""
    report, receipts = judged(verifier, row)
    assert 0 == report.count
    found = receipts.held[0][1]
    assert (row["index"], row["size"], row["entry"].encode(), row["opens"]) == (
        found.index, found.checkpoint.size, found.entry, found.opened(),
    )  # fmt: skip


@each("receipts", "refuse")
def test_a_receipt_is_refused(verifier: ModuleType, row: dict[str, Any]):
    """Something that was never entered could be shown."""
    assert 1 == judged(verifier, row)[0].count


@each("receipts", "bundles")
def test_a_bundle_holds_its_receipts(verifier: ModuleType, row: dict[str, Any], tmp_path: Path):
    """A party would miss an act of its own matter."""
    path = tmp_path / "matter.tlog-proofs"
    path.write_bytes(row["bundle"].encode())
    assert row["indexes"] == [verifier.Receipt(data).index for _, data in verifier.receipts_of(str(path))]


@each("forks", "accept")
def test_a_fork_is_accepted(verifier: ModuleType, row: dict[str, Any]):
    """A log that signed two histories would go free."""
    report = verifier.Report()
    verifier.check_fork("fork", row["fork"].encode(), keys(verifier, row["keys"]), report)
    assert 0 == report.count


@each("forks", "refuse")
def test_a_fork_is_refused(verifier: ModuleType, row: dict[str, Any]):
    """An honest log could be blamed."""
    report = verifier.Report()
    verifier.check_fork("fork", row["fork"].encode(), keys(verifier, row["keys"]), report)
    assert 1 == report.count


@pytest.mark.parametrize("what", ["export", "public", "matter.tlog-proofs"])
def test_the_small_log_holds(verifier: ModuleType, what: str, capsys: pytest.CaptureFixture[str]):
    """The one whole log that both implementations read would mean two things."""
    facts = json.loads((FOLDER / "log/expected.json").read_text(encoding="ascii"))
    paths = [str(FOLDER / "log" / what)] + ([str(FOLDER / "log/export")] if "proofs" in what else [])
    assert 0 == verifier.main([*paths, "--key", facts["pinned"], "--format", "json"]), capsys.readouterr()
    assert [facts["sizes"][-1]] == [log["size"] for log in json.loads(capsys.readouterr().out)["logs"]]
