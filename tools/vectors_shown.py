# SPDX-License-Identifier: Apache-2.0
"""Vectors of sections 4, 10 and 11 of the format: trees, receipts and forks."""

import base64
import json
from collections.abc import Sequence
from typing import Any

from evenhand.record import entries, forks, proofs
from evenhand.record.canonical import encode
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import cosign
from evenhand.record.encodings import to_base64
from evenhand.record.forks import Fork
from evenhand.record.notes import Note
from tools.vectors_chance import (
    BOOK,
    COSIGNERS,
    DAY,
    FIELDS,
    ORIGIN,
    POLICY,
    checkpoint,
    counted,
    flipped,
    key,
    leaves_of,
    node_over,
    receipt,
    root_at,
)  # fmt: skip

NUMBERS = [str(number).encode() for number in range(21)]
LEAVES = leaves_of(NUMBERS)
NODE = node_over(LEAVES)


def _hex(hashes: Sequence[bytes]) -> list[str]:
    return [each.hex() for each in hashes]


def trees_json() -> dict[str, Any]:
    """The roots over the entries 0, 1, 2 ... in decimal; lists to accept and to refuse."""
    roots = [root_at(NUMBERS, size) for size in range(len(NUMBERS) + 1)]
    inclusion = [
        {"index": index, "size": size, "leaf": LEAVES[index].hex(), "hashes": _hex(proofs.inclusion(index, size, NODE)),
         "root": roots[size].hex()}
        for size in (1, 2, 3, 7, 8, 13, 21) for index in range(0, size, 3)
    ]  # fmt: skip
    consistency = [
        {"old": old, "new": new, "old_root": roots[old].hex(), "new_root": roots[new].hex(),
         "hashes": _hex(proofs.consistency(old, new, NODE))}
        for new in (1, 2, 3, 7, 8, 13, 21) for old in range(1, new + 1, 2)
    ]  # fmt: skip
    return {
        "entries": [entry.decode() for entry in NUMBERS],
        "roots": _hex(roots),
        "inclusion": {"accept": inclusion, "refuse": _inclusion_refused()},
        "consistency": {"accept": consistency, "refuse": _consistency_refused(roots)},
    }


def _inclusion_refused() -> list[dict[str, Any]]:
    way = proofs.inclusion(5, 13, NODE)
    good: dict[str, Any] = {
        "index": 5, "size": 13, "leaf": LEAVES[5].hex(), "hashes": _hex(way), "root": root_at(NUMBERS, 13).hex(),
    }  # fmt: skip
    changes: list[tuple[str, dict[str, Any]]] = [
        ("another index", {"index": 4}), ("an index beyond the size", {"index": 13}), ("an index below 0", {"index": -1}),
        ("another size", {"size": 3}), ("a size of 0", {"size": 0, "index": 0}), ("a size of 2^63", {"size": 2**63}),
        ("another leaf", {"leaf": LEAVES[4].hex()}), ("another root", {"root": root_at(NUMBERS, 12).hex()}),
        ("a hash too few", {"hashes": _hex(way[:-1])}), ("a hash too many", {"hashes": _hex((*way, way[0]))}),
        ("no hash", {"hashes": []}), ("another order", {"hashes": _hex(way[::-1])}),
        ("a changed hash", {"hashes": _hex((*way[:-1], flipped(way[-1])))}),
        ("a hash of 31 bytes", {"hashes": _hex((*way[:-1], way[-1][:31]))}),
        ("an empty hash", {"hashes": _hex((*way, b""))}), ("64 hashes", {"hashes": _hex(way[:1] * 64)}),
        ("a leaf of 31 bytes", {"leaf": LEAVES[5].hex()[2:]}),
        ("a root of 33 bytes", {"root": root_at(NUMBERS, 13).hex() + "00"}),
        ("an empty leaf for an empty root", {"index": 0, "size": 1, "leaf": "", "root": "", "hashes": []}),
    ]  # fmt: skip
    return [{"why": f"4: {why}", **good, **change} for why, change in changes]


def _consistency_refused(roots: list[bytes]) -> list[dict[str, Any]]:
    way = proofs.consistency(6, 13, NODE)
    good: dict[str, Any] = {
        "old": 6, "new": 13, "old_root": roots[6].hex(), "new_root": roots[13].hex(), "hashes": _hex(way),
    }  # fmt: skip
    same = {"old": 6, "new": 6, "new_root": roots[6].hex(), "hashes": []}
    changes: list[tuple[str, dict[str, Any]]] = [
        ("another old size", {"old": 5}), ("another new size", {"new": 8}), ("sizes swapped", {"old": 13, "new": 6}),
        ("another old root", {"old_root": roots[5].hex()}), ("another new root", {"new_root": roots[12].hex()}),
        ("a hash too few", {"hashes": _hex(way[:-1])}), ("a hash too many", {"hashes": _hex((*way, way[0]))}),
        ("no hash", {"hashes": []}), ("another order", {"hashes": _hex(way[::-1])}),
        ("a changed hash", {"hashes": _hex((flipped(way[0]), *way[1:]))}), ("64 hashes", {"hashes": _hex(way[:1] * 64)}),
        ("a hash of 31 bytes", {"hashes": _hex((way[0][:31], *way[1:]))}),
        ("from size 0", {"old": 0, "old_root": roots[0].hex(), "hashes": []}),
        ("from size 0 to size 0", {"old": 0, "new": 0, "old_root": roots[0].hex(), "new_root": roots[0].hex(), "hashes": []}),
        ("equal sizes, another root", {**same, "new_root": roots[7].hex()}),
        ("equal sizes, a hash", {**same, "hashes": _hex(way[:1])}),
        ("equal sizes and roots of 31 bytes", {**same, "old_root": roots[6].hex()[2:], "new_root": roots[6].hex()[2:]}),
        ("to size 2^63", {"new": 2**63}), ("from a size below 0", {"old": -6}),
        ("an old root of 33 bytes", {"old_root": roots[6].hex() + "00"}),
        ("from a power of two, no hash", {"old": 8, "old_root": roots[8].hex(), "hashes": []}),
    ]  # fmt: skip
    return [{"why": f"4: {why}", **good, **change} for why, change in changes]


SEALED, OPENED = entries.seal(book=BOOK, fields=FIELDS, chance=counted("a receipt"))
LOG = [b"{}", SEALED, *(b'{"a":%d}' % number for number in range(9))]


def receipts_json() -> dict[str, Any]:
    """Receipts to accept and to refuse, and bundles of them."""
    known = {"keys": [key().verifier.text]}
    whole = receipt(LOG, 1, OPENED, cosigners=COSIGNERS[:2])
    accept = [
        ("a sealed entry, every field opened", whole, FIELDS, POLICY.as_data()),
        ("a sealed entry, nothing opened", receipt(LOG, 1), {}, None),
        ("a plain entry", receipt(LOG, 0), {}, None),
        ("the last entry", receipt(LOG, len(LOG) - 1), {}, None),
        ("a log of one entry", receipt(LOG[:1], 0), {}, None),
        ("an index that is a power of two", receipt(LOG, 8), {}, None),
    ]
    parts = [receipt(LOG, 1, OPENED), receipt(LOG, 0), receipt(LOG, 5)]
    return {
        "accept": [
            {"why": why, "receipt": str(one), **known, "policy": policy, "index": one.index, "size": one.checkpoint.size,
             "entry": one.entry.decode(), "opens": opens}
            for why, one, opens, policy in accept
        ],
        "refuse": [
            *({"why": f"10: {why}", "receipt": text, **known} for why, text in _receipts_refused()),
            {"why": "5: too few cosigners for the policy", "receipt": str(receipt(LOG, 1, cosigners=COSIGNERS[:1])),
             **known, "policy": POLICY.as_data()},
            {"why": "5: another log than the one whose key is known", "receipt": str(whole),
             "keys": [key("example.org/other").verifier.text]},
        ],
        "bundles": [
            {"why": "three receipts", "bundle": "".join(map(str, parts)), **known, "indexes": [1, 0, 5]},
            {"why": "one receipt", "bundle": str(parts[0]), **known, "indexes": [1]},
        ],
    }  # fmt: skip


def _receipts_refused() -> list[tuple[str, str]]:
    whole = str(receipt(LOG, 1, OPENED))
    lines = whole.split("\n")
    first = lines[3]
    value = json.loads(base64.b64decode(lines[1].removeprefix("extra ")))

    def extra(**change: Any) -> str:
        other = {name: part for name, part in {**value, **change}.items() if part is not None}
        return whole.replace(lines[1], f"extra {to_base64(encode(other))}")

    spaced = to_base64(json.dumps(value, ensure_ascii=False, sort_keys=True).encode())
    return [
        ("another first line", whole.replace("@v1", "@v2", 1)), ("a space before it", " " + whole),
        ("no extra", whole.replace(lines[1] + "\n", "")), ("no index", whole.replace("index 1\n", "")),
        ("another index", whole.replace("index 1\n", "index 2\n")),
        ("a leading zero", whole.replace("index 1\n", "index 01\n")),
        ("an index of 2^63", whole.replace("index 1\n", f"index {2**63}\n")),
        ("a hash too few", whole.replace(first + "\n", "")), ("a hash twice", whole.replace(first, f"{first}\n{first}")),
        ("a hash of 31 bytes", whole.replace(first, to_base64(bytes(31)))),
        ("a changed hash", whole.replace(first, to_base64(bytes(32)))),
        ("64 hashes", whole.replace(first, "\n".join([first] * 64))), ("carriage returns", whole.replace("\n", "\r\n")),
        ("an empty line too many", whole.replace("index 1\n", "index 1\n\n")),
        ("no checkpoint", whole.partition("\n\n")[0] + "\n\n"),
        ("no final newline", whole[:-1]), ("something after it", whole + "x"),
        ("extra not base64", whole.replace("extra e", "extra !")),
        ("extra with a space in its JSON", whole.replace(lines[1], f"extra {spaced}")),
        ("extra cut off", whole.replace(lines[1], lines[1][:-4])),
        ("extra empty", whole.replace(lines[1], "extra ")),
        ("another entry", extra(entry=value["entry"].replace('"v":1', '"v":2'))),
        ("an entry that is no text", extra(entry=1)), ("no entry", extra(entry=None)), ("v 2", extra(v=2)),
        ("v true", extra(v=True)),
        ("a key too many", extra(x=1)), ("disclosures that are no list", extra(disclosures=value["disclosures"][0])),
        ("a disclosure that is no text", extra(disclosures=[1])), ("a disclosure beyond ASCII", extra(disclosures=["é"])),
        ("a disclosure of another entry", extra(disclosures=[entries.padding(book=BOOK, chance=counted("x"))[1][0]])),
        ("a disclosure twice", extra(disclosures=value["disclosures"][:1] * 2)),
        ("another size", whole.replace("\n11\n", "\n12\n")), ("signed by a stranger", _by_a_stranger(whole)),
    ]  # fmt: skip


def _by_a_stranger(whole: str) -> str:
    head = whole.partition("\n\n")[0]
    return f"{head}\n\n{checkpoint(LOG, by=key(number=2))}"


def forks_json() -> dict[str, Any]:
    """Files that show a fork, and files that do not."""
    other = [*LOG[:2], b'{"a":"changed"}', *LOG[3:]]
    node = node_over(leaves_of(other))
    small, large, same = checkpoint(LOG[:6]), checkpoint(other), checkpoint(LOG)
    uneven = forks.between(small, large, node=node)
    power = forks.between(checkpoint(LOG[:4]), large, node=node)
    equal = Fork(large, same)
    if uneven is None or power is None or uneven.root is None:
        raise ValueError("The two histories of the vectors are one.")
    cosigned = Note.parse(str(large)).with_lines([cosign(large.text, COSIGNERS[0], seconds=DAY)])
    accept = [
        ("two sizes", uneven, 6, 11), ("from a power of two", power, 4, 11), ("equal sizes", equal, 11, 11),
        ("cosigned", Fork(small, cosigned, uneven.root, uneven.hashes), 6, 11),
    ]  # fmt: skip
    known = {"keys": [key().verifier.text]}
    return {
        "accept": [
            {"why": why, "fork": fork.data().decode(), **known, "origin": ORIGIN, "sizes": [first, second]}
            for why, fork, first, second in accept
        ],
        "refuse": [{"why": f"11: {why}", "fork": text, **known} for why, text in _forks_refused(uneven, equal)],
    }


def _forks_refused(uneven: Fork, equal: Fork) -> list[tuple[str, str]]:
    true = node_over(leaves_of(LOG))
    honest = Fork(uneven.first, checkpoint(LOG), root_at(LOG, 6), proofs.consistency(6, 11, true))
    root = uneven.root
    other = Checkpoint(key("example.org/other").name, 11, bytes(32)).signed([key("example.org/other")])
    changed = Fork(uneven.first, checkpoint(LOG[:10] + [b'{"a":"x"}'], by=key(number=2)), uneven.root, uneven.hashes)
    cases = [
        ("an honest log", honest), ("swapped", Fork(uneven.second, uneven.first, root, uneven.hashes)),
        ("no prefix", Fork(uneven.first, uneven.second)),
        ("equal sizes with a prefix", Fork(equal.first, equal.second, root, ())),
        ("the same checkpoint twice", Fork(equal.first, equal.first)),
        ("a hash too few", Fork(uneven.first, uneven.second, root, uneven.hashes[:-1])),
        ("a changed hash", Fork(uneven.first, uneven.second, root, (flipped(uneven.hashes[0]), *uneven.hashes[1:]))),
        ("another prefix root", Fork(uneven.first, uneven.second, bytes(32), uneven.hashes)),
        ("two logs", Fork(equal.first, other)), ("the second signed by a stranger", changed),
    ]  # fmt: skip
    value = json.loads(uneven.data())

    def text(**change: Any) -> str:
        other = {name: part for name, part in {**value, **change}.items() if part is not None}
        return encode(other).decode() + "\n"

    prefix = value["prefix"]
    return [
        *((why, fork.data().decode()) for why, fork in cases),
        ("no newline", text()[:-1]), ("two newlines", text() + "\n"), ("spaces", json.dumps(value, sort_keys=True) + "\n"),
        ("v 2", text(v=2)), ("v true", text(v=True)), ("another type", text(type="knife")), ("a key too many", text(x=1)),
        ("no second", text(second=None)), ("a note that is no text", text(first=1)), ("a note that is none", text(first="x")),
        ("a prefix that is a list", text(prefix=[prefix["root"]])),
        ("a prefix without hashes", text(prefix={"root": prefix["root"]})),
        ("hashes that are an object", text(prefix={**prefix, "hashes": dict.fromkeys(prefix["hashes"], 1)})),
        ("hashes that are a text", text(prefix={**prefix, "hashes": ""})),
        ("a root of 31 bytes", text(prefix={**prefix, "root": to_base64(bytes(31))})),
    ]  # fmt: skip
