# SPDX-License-Identifier: Apache-2.0
"""The page's own functions on published vectors: keys, notes, paths, signatures; and on what no honest log writes."""

import json

import pytest

from tests.browser.verify_page import a_receipt as made

pytestmark = pytest.mark.browser

NOTE = """async ([vkey, text]) => {
    try { await checkSigned(note(text), await verifierKey(vkey, 1)) } catch (problem) { return problem.code ?? String(problem) }
    return 'verified'
}"""
PATHS = """all => Promise.all(all.map(async one => {
    const hash = text => Uint8Array.from(atob(text), sign => sign.charCodeAt(0))
    try {
        const root = await rootAbove(hash(one.leaf), BigInt(one.index), BigInt(one.size), one.path.map(hash))
        return root.length === hash(one.root).length && same(root, hash(one.root)) ? 'accept' : 'refuse'
    } catch (problem) { return problem instanceof Refused ? 'refuse' : String(problem) }
}))"""
EDGES = """async all => {
    const bytes = hex => Uint8Array.from(hex.match(/../g), pair => parseInt(pair, 16))
    const accepted = []
    for (const { number, key, sig, msg } of all)
        if (!isLowOrder(bytes(key)) && await signed(bytes(key), toBytes(msg), bytes(sig))) accepted.push(number)
    return accepted
}"""
PROFILE = "text => { try { return JSON.stringify(profile(text, 'entry')) } catch (problem) { return problem.code } }"


OURS = {
    "receipts": """async one => { const found = await judge('receipt' in one ? one.receipt : utf8(hex(one.hex)),
        await verifierKey(one.keys[0], 1), one.policy ? await policyOf(JSON.stringify(one.policy)) : null)
        if (!found.holds) throw found.reason }""",
    "keys": "one => Promise.any([1, 4].map(type => verifierKey(one.vkey, type))).catch(all => { throw all.errors[0] })",
    "policies": "one => policyOf(JSON.stringify(one.policy))",
    "entries": """async one => { const { kind, value } = entryOf('hex' in one ? utf8(hex(one.hex)) : one.text)
        await checkClear(kind, value, value.origin, 0n) }""",
    "cosignatures": """async one => cosignedBy(note(one.checkpoint),
        await Promise.all(one.cosigners.map(key => verifierKey(key, 4))))""",
    "with_entry": "async one => opened(one.disclosures, entryOf(one.entry).value._sd ?? [])",
}
EACH = """async all => {
    const hex = text => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16))
    const one = %s
    const told = problem => problem instanceof Refused ? 'refused' : `${problem}`
    return Promise.all(all.map(vector => one(vector).then(() => 'accepted', told)))
}"""


@pytest.mark.parametrize("kind", OURS)
def test_the_vectors_of_the_format_have_their_verdicts(page, root, kind):
    """The page, `evenhand` and `evenhand-verify` would come to differ about one receipt."""
    name = "disclosures" if kind == "with_entry" else kind
    read = json.loads((root / "tests" / "vectors" / f"{name}.json").read_text("utf-8"))
    held = read[kind] if kind == "with_entry" else read
    expected = {"accept": ["accepted"] * len(held["accept"]), "refuse": ["refused"] * len(held["refuse"])}
    assert expected == {verdict: page.evaluate(EACH % OURS[kind], held[verdict]) for verdict in expected}


def test_the_example_of_the_specification_is_verified(page, vectors):
    """A note of other people's software could not be read here."""
    (example,) = vectors("signed-note/examples.json")["verify"]
    assert "verified" == page.evaluate(NOTE, [example["vkey"], example["note"]])


def test_each_altered_note_is_refused_for_its_own_reason(page, vectors):
    """A refusal for another reason would hide that this one is not seen."""
    notes = vectors("signed-note/examples.json")["refuse_derived"]
    assert [
        "signature",
        "signature",
        "unsigned",
        "noNewline",
        "noSignature",
        "signatureLine",
        "control",
        "unsigned",
        "keyId",
        "signature",
    ] == [page.evaluate(NOTE, [each["vkey"], each["note"]]) for each in notes]


def test_every_published_path_has_its_verdict(page, vectors):
    """A path that leads elsewhere would put an entry into a record in which it does not stand."""
    rows = [row for row in vectors("merkle/index.json") if row["file"].startswith("inclusion/")]
    read = [vectors(f"merkle/{row['file']}") for row in rows]
    given = [
        {
            "leaf": each["leafHash"] or "",
            "index": str(each["leafIdx"]),
            "size": str(each["treeSize"]),
            "path": each["proof"] or [],
            "root": each["root"] or "",
        }
        for each in read
    ]
    assert 98 == len(rows)
    assert [row["sha256_verifier"] for row in rows] == page.evaluate(PATHS, given)


def test_signatures_at_the_edges_are_judged_as_elsewhere(page, vectors):
    """A receipt that holds here and fails there is a false alarm, or a missed one."""
    accepted = page.evaluate(EDGES, vectors("ed25519-edge-cases/ed25519vectors.json"))
    assert vectors("ed25519-edge-cases/expected.json")["evenhand"]["accept_numbers"] == accepted


@pytest.mark.parametrize(
    "text",
    ['{"a":1.0}', '{"a":1e2}', '{"a":-0}', '{"a":1.5}', '{"a":9007199254740992}', '{"a":null}', '{"b":1,"a":2}', '{"a":1,"a":1}',
     '{"a": 1}', '{"a":"\\u0041"}', '{"a":"\\ud800"}', '{"a":"e\u0301"}', '{"\u00e9":1}', "[" * 33 + "]" * 33,
     '{"a":1}\n', "", "\ufeff{}"],
)  # fmt: skip
def test_what_is_outside_the_profile_is_refused(page, text):
    """Two programs would read two things in one entry."""
    assert "profile" == page.evaluate(PROFILE, text)


@pytest.mark.parametrize(
    "text",
    ['{"1":1,"10":2,"9":3,"__proto__":{"a":[]}}', '{"a":"\\u0001\\b\\n\u007f\u2028é😀"}', "[" * 32 + "]" * 32,
     "-9007199254740991", "{}"],
)  # fmt: skip
def test_what_is_inside_the_profile_is_read(page, text):
    """An honest entry would be refused."""
    assert page.evaluate("text => canonical(profile(text, 'entry'), 'entry')", text) == text


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"text.account": 7}, "fieldValue"),
        ({"day": "2026-02-30"}, "fieldValue"),
        ({"at": "2026-04-01T24:00:00Z"}, "fieldValue"),
        ({"at": "2026-04-01T08:30:00.10Z"}, "fieldValue"),
        ({"n": 0}, "fieldValue"),
        ({"n": True}, "fieldValue"),
        ({"type": "toString"}, "fieldValue"),
        ({"as": "clock"}, "fieldValue"),
        ({"type": "padding"}, "fieldValue"),
        ({"mood": "calm"}, "name"),
        ({"constructor": "x"}, "name"),
        ({"text.Account": "x"}, "name"),
        ({"type": "erasure.performed", "body.erasure": {"approved": ["c4" * 16] * 2, "basis": "x", "digests": []}}, "fieldValue"),
    ],
)  # fmt: skip
def test_a_field_that_no_entry_can_have_is_refused(verdict, changed, code):
    """What the record never says could be shown as if it did."""
    assert code == verdict(made.receipt_of(made.fields(**changed)))


def with_extra(**changed: object) -> str:
    """A receipt whose extra line holds something else."""
    opened = [made.disclosure("n", 1)]
    entries = [made.genesis(), made.sealed(opened)]
    return made.receipt(entries, 1, opened, extra=lambda held: made.canonical({**held, **changed}))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (with_extra(disclosures=[made.disclosure("n", 2)]), "foreign"),
        (with_extra(disclosures=[made.disclosure("n", 1)] * 2), "nameTwice"),
        (with_extra(disclosures=["AAAA"]), "profile"),
        (with_extra(disclosures=[made.disclosure("n", 1) + "="]), "disclosure"),
        (with_extra(disclosures=[made.disclosure("n", 1, b"short")]), "disclosure"),
        (with_extra(v=2), "extraShape"),
        (with_extra(more=1), "extraShape"),
        (with_extra(entry='{"b": 1}'), "profile"),
        (with_extra(entry='{"b":1}'), "root"),
        (with_extra().replace("extra ", "extra  "), "extra"),
        (with_extra().replace("index 1", "index 01"), "index"),
        (with_extra().replace("index 1", "index 9223372036854775808"), "index"),
        (with_extra().replace("index 1", "index 2"), "beyond"),
        (with_extra().replace("\n\nexample", f"\n{made.b64(bytes(32))}\n\nexample"), "path"),
        (with_extra().replace("\n\nexample", f"\n{made.b64(bytes(31))}\n\nexample"), "hash"),
        (with_extra() + "\n", "noSignature"),
        (with_extra() + "— example.org/x AAAAAAA\n", "signatureLine"),
        (with_extra() + with_extra().splitlines(keepends=True)[-1], "twice"),
        (with_extra().replace("\n", "\r\n"), "header"),
        ("", "header"),
        (made.receipt(["{}"], 0), "holds"),
        (made.receipt([made.genesis()] * 2, 1), "firstEntry"),
        (made.receipt([made.genesis()], 0), "holds"),
        (made.receipt([made.genesis(), "{}"], 1), "holds"),
    ],
)
def test_a_receipt_that_no_honest_log_writes_is_refused(verdict, text, code):
    """Each leniency is a place in which two verifiers come to differ."""
    assert code == verdict(text)
