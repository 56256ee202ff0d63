# SPDX-License-Identifier: Apache-2.0
"""Vectors of sections 1 to 3 of the format: entries and disclosures, each with the rule that it keeps or breaks."""

import json
from typing import Any

from evenhand.record import disclosures, entries
from evenhand.record.canonical import encode
from evenhand.record.encodings import to_base64url
from evenhand.record.tree import leaf_hash
from tools.vectors_chance import BOOK, COSIGNERS, FIELDS, ORIGIN, POLICY, checkpoint, counted, key

TYPES: dict[str, dict[str, Any]] = {
    "act": FIELDS,
    "act by the clock": {
        **{name: value for name, value in FIELDS.items() if name[:3] not in ("by", "tex", "per", "bod")},
        "at": "2026-05-02T22:00:00.000001Z",
        "n": 2,
        "as": "clock",
        "rule": "discipline.missed.charging",
    },
    "procedure": {**FIELDS, "type": "procedure", "n": 6, "rule": "procedure.seat_called"},
    "act.refused": {**FIELDS, "type": "act.refused", "n": 3},
    "correction": {**FIELDS, "type": "correction", "n": 4, "refs": [leaf_hash(b"{}").hex()]},
    "erasure.performed": {
        **FIELDS,
        "type": "erasure.performed",
        "n": 5,
        "body.erasure": {
            "approved": ["0" * 31 + "3", "0" * 31 + "4"],
            "basis": "asked for by the person, no open matter",
            "digests": [disclosures.digest("WzFd")],
        },
    },
    "padding": {"type": "padding"},
    "every digest but one": {f"text.f{number}": "x" for number in range(319)},
    "fifteen fields and one decoy": {f"text.f{number}": "x" for number in range(15)},
    "sixteen fields and sixteen decoys": {f"text.f{number}": "x" for number in range(16)},
}


SCHEDULE = {"every": 86_400, "from": "2026-01-01T03:00:00Z", "multiple": 16}


def _bytes(data: bytes) -> dict[str, str]:
    try:
        return {"text": data.decode("utf-8")}
    except UnicodeDecodeError:
        return {"hex": data.hex()}


def _deep(levels: int) -> bytes:
    return b'{"a":' * (levels - 1) + b"{}" + b"}" * (levels - 1)


def _good() -> list[tuple[str, bytes]]:
    found = [
        (f"sealed: {name}", entries.seal(book=BOOK, fields=fields, chance=counted(name))[0])
        for name, fields in TYPES.items()
    ]
    old = key().verifier.text
    found += [
        ("genesis: the least", entries.genesis(origin=ORIGIN, key=old)),
        (
            "genesis: everything",
            entries.genesis(
                origin=ORIGIN,
                key=old,
                charter="The matters of an invented club.",
                rulebook=BOOK,
                cosigners=POLICY.as_data(),
                publication=SCHEDULE,
                after={"checkpoint": str(checkpoint([b"{}"], by=key("example.org/lost"), cosigners=COSIGNERS[:2]))},
            ),
        ),
        ("key.rotated", _rotation()),
        ("plain: an empty object", b"{}"),
        ("plain: a book that is no version of a rulebook", b'{"book":"SHA256:x"}'),
        ("plain: v is true and not 1", b'{"type":"genesis","v":true}'),
        ("plain: v is 2", b'{"type":"genesis","v":2}'),
        ("plain: 32 levels", _deep(32)),
        ("plain: the largest integers", b'{"a":9007199254740991,"b":-9007199254740991,"c":0}'),
        ("plain: control characters as RFC 8785 writes them", b'{"a":"\\b\\t\\n\\f\\r\\u0000\\u001f\\"\\\\/\x7f"}'),
        ("plain: keys sorted, among them the empty one", b'{"":1,"A":1,"a":1,"a ":1,"aa":1,"b":1}'),
        ("plain: text beyond ASCII and beyond the BMP", '{"a":"Ågren \U0001f6f6 ⚖"}'.encode()),
        ("plain: true and false", b'{"a":[true,false,[],{}]}'),
        ("plain: 16,384 bytes", b'{"a":"' + b"x" * 16_376 + b'"}'),
    ]
    return found


def _sealed(**change: Any) -> bytes:
    value = json.loads(entries.seal(book=BOOK, fields=FIELDS, chance=counted("act"))[0])
    return encode({name: part for name, part in {**value, **change}.items() if part is not None})


def _in_clear(**change: Any) -> bytes:
    value = json.loads(entries.genesis(origin=ORIGIN, key=key().verifier.text))
    return encode({name: part for name, part in {**value, **change}.items() if part is not None})


def _rotation() -> bytes:
    return entries.key_rotated(old=key().verifier.text, new=key(number=2).verifier.text)


def _bad() -> list[tuple[str, bytes]]:
    digests = json.loads(_sealed())["_sd"]
    return [
        ("1: not UTF-8", b'{"a":"\xff"}'),
        ("1: cut off", b'{"a":1'),
        ("1: nothing", b""),
        ("1: a byte order mark", b"\xef\xbb\xbf{}"),
        ("1: null", b'{"a":null}'),
        ("1: a fraction", b'{"a":1.5}'),
        ("1: a fraction that is whole", b'{"a":1.0}'),
        ("1: an exponent", b'{"a":1e2}'),
        ("1: NaN", b'{"a":NaN}'),
        ("1: zero with a sign", b'{"a":-0}'),
        ("1: a leading zero", b'{"a":01}'),
        ("1: an integer of 2^53", b'{"a":9007199254740992}'),
        ("1: an integer of -2^53", b'{"a":-9007199254740992}'),
        ("1: an integer of 2^64", b'{"a":18446744073709551616}'),
        ("1: an integer of many digits", b'{"a":' + b"9" * 5_000 + b"}"),
        ("1: a key beyond ASCII", '{"ä":1}'.encode()),
        ("1: a key twice", b'{"a":1,"a":1}'),
        ("1: text outside NFC", '{"a":"A\u030agren"}'.encode()),
        ("1: half of a surrogate pair", b'{"a":"\\ud83d"}'),
        ("1: 33 levels", _deep(33)),
        ("1: 10,000 levels of list", b'{"a":' + b"[" * 5_000 + b"]" * 5_000 + b"}"),
        ("1: 16,385 bytes", b'{"a":"' + b"x" * 16_377 + b'"}'),
        ("1: keys out of order", b'{"b":1,"a":1}'),
        ("1: a space", b'{"a": 1}'),
        ("1: a newline after it", b"{}\n"),
        ("1: two values", b"{}{}"),
        ("1: an escape that is not needed", b'{"a":"\\u0041"}'),
        ("1: an escaped slash", b'{"a":"\\/"}'),
        ("1: an escape in capitals", b'{"a":"\\u001F"}'),
        ("1: a control character as it is", b'{"a":"\n"}'),
        ("2: a list", b"[]"),
        ("2: a number", b"1"),
        ("2: a text", b'"a"'),
        ("2: a genesis without its key", _in_clear(key=None)),
        ("2: a genesis with a key too many", _in_clear(a=1)),
        ("2: a genesis of another profile", _in_clear(profile="evenhand-jcs-2")),
        ("2: a genesis whose key has another name", _in_clear(origin="example.org/other")),
        ("2: a genesis whose key cosigns", _in_clear(key=key(cosigns=True).verifier.text)),
        ("2: a genesis with a damaged key", _in_clear(key=key().verifier.text[:-1])),
        ("2: a genesis with a charter that is no text", _in_clear(charter=1)),
        ("2: a genesis with a rulebook that is no version", _in_clear(rulebook="quay_club")),
        ("2: a genesis with a policy of nobody", _in_clear(cosigners={"k": 1, "of": []})),
        ("2: a genesis that publishes never", _in_clear(publication={**SCHEDULE, "every": 0})),
        ("2: a genesis that publishes from a day", _in_clear(publication={**SCHEDULE, "from": "2026-01-01"})),
        ("2: a genesis with a multiple of 0", _in_clear(publication={**SCHEDULE, "multiple": 0})),
        ("2: a genesis after no checkpoint", _in_clear(after={})),
        ("2: a genesis after a note that is none", _in_clear(after={"checkpoint": "x"})),
        ("2: a rotation without the old key", _in_clear(type="key.rotated", profile=None, origin=None)),
        ("2: a rotation to a damaged key", entries.key_rotated(old=key().verifier.text, new="x")),
        ("2: a rotation with a key too many", encode({**json.loads(_rotation()), "at": "2026-04-01T08:30:00Z"})),
        ("2: sealed with a key too many", _sealed(type="act")),
        ("2: sealed without id", _sealed(id=None)),
        ("2: sealed without book", _sealed(book=None)),
        ("2: a version of a rulebook without _sd", _sealed(_sd=None)),
        ("2: sealed with v 2", _sealed(v=2)),
        ("2: sealed with v true", _sealed(v=True)),
        ("2: sealed with v as text", _sealed(v="1")),
        ("2: id in capitals", _sealed(id="A" * 32)),
        ("2: id too short", _sealed(id="0" * 31)),
        ("2: id that is no text", _sealed(id=1)),
        ("2: book without sha256:", _sealed(book=BOOK[7:])),
        ("2: book in capitals", _sealed(book="sha256:" + BOOK[7:].upper())),
        ("2: book too long", _sealed(book=BOOK + "0")),
        ("2: book and a newline", _sealed(book=BOOK + "\n")),
        ("2: no digest", _sealed(_sd=[])),
        ("2: 15 digests", _sealed(_sd=digests[:15])),
        ("2: 17 digests", _sealed(_sd=[*digests, disclosures.digest("x")])),
        ("2: 336 digests", _sealed(_sd=[disclosures.digest(str(number)) for number in range(336)])),
        ("2: a digest twice", _sealed(_sd=[*digests[:15], digests[0]])),
        ("2: a digest of 31 bytes", _sealed(_sd=[*digests[:15], to_base64url(bytes(31))])),
        ("2: a digest with padding", _sealed(_sd=[*digests[:15], to_base64url(bytes(32)) + "="])),
        ("2: a digest in the other alphabet", _sealed(_sd=[*digests[:15], "+" + digests[15][1:]])),
        ("2: a digest with bits that decode to nothing", _sealed(_sd=[*digests[:15], "A" * 42 + "B"])),
        ("2: a digest that is no text", _sealed(_sd=[*digests[:15], 1])),
        ("2: digests that are no list", _sealed(_sd=digests[0])),
    ]


def entries_json() -> dict[str, Any]:
    """Entries to accept, with kind and leaf hash, and to refuse, with the section whose rule they break."""
    return {
        "accept": [
            {"why": why, **_bytes(data), "kind": why.split(":")[0], "leaf": leaf_hash(data).hex()}
            for why, data in _good()
        ],
        "refuse": [{"why": why, **_bytes(data)} for why, data in _bad()],
    }


def _raw(value: Any) -> str:
    return to_base64url(value if isinstance(value, bytes) else encode(value))


def disclosures_json() -> dict[str, Any]:
    """Disclosures to accept and refuse alone, and sets of them to accept and refuse with their entry."""
    salt = to_base64url(counted("salt")(32))
    good: list[tuple[str, Any]] = [
        *FIELDS.items(), ("at", "2026-04-01T08:30:00.5Z"), ("as", "clock"), ("rule", "discipline.missed.danger-read"),
        ("day", "2028-02-29"), ("refs", [leaf_hash(b"").hex()]), ("text.a", ""), ("body.g", [{"a": [True, 1]}]),
        ("body.erasure", TYPES["erasure.performed"]["body.erasure"]),
        *(("type", kind) for kind in ("procedure", "act.refused", "correction", "erasure.performed", "padding")),
    ]  # fmt: skip
    erasure = TYPES["erasure.performed"]["body.erasure"]
    bad: list[tuple[str, Any]] = [
        ("type", "ruling"), ("type", 1), ("day", "2026-02-29"), ("day", "2026-4-1"), ("at", "2026-04-01T08:30:00"),
        ("at", "2026-04-01T08:30:00+00:00"), ("at", "2026-04-01T08:30:00.50Z"), ("at", "2026-04-01T24:00:00Z"),
        ("at", "2026-04-01T08:30:60Z"), ("at", "2026-04-01T08:30:00.1234567Z"), ("at", "2026-02-30T08:30:00Z"),
        ("at", "2026-04-01-01T08:30:00Z"), ("at", "T08:30:00Z"),
        ("matter", "A" * 32), ("matter", "0" * 31), ("n", 0), ("n", True), ("n", "1"), ("by", "0" * 33), ("as", "Officer"),
        ("as", ""), ("rule", "discipline"), ("rule", "discipline.missed."), ("rule", "a.b.c"),
        ("rule", "discipline.danger-read"), ("refs", []),
        ("refs", "0" * 64), ("refs", ["0" * 63]), ("text.a", 1), ("text.A", "x"), ("text.", "x"), ("text.a.b", "x"),
        ("body", {}), ("person.1", "x"), ("name", "x"), ("", "x"), ("_sd", []),
        ("body.erasure", {**erasure, "approved": erasure["approved"][:1]}), ("body.erasure", {**erasure, "digests": []}),
        ("body.erasure", {**erasure, "approved": erasure["approved"][:1] * 2}), ("body.erasure", {**erasure, "basis": ""}),
        ("body.erasure", "asked for"),
    ]  # fmt: skip
    shapes: list[tuple[str, Any]] = [
        ("nothing", b""), ("not JSON", b"["), ("an object", {"n": 1}), ("two parts", [salt, "n"]),
        ("four parts", [salt, "n", 1, 1]), ("a name that is no text", [salt, 1, 1]), ("a salt that is no text", [1, "n", 1]),
        ("a salt of 31 bytes", [to_base64url(bytes(31)), "n", 1]), ("a salt of 33 bytes", [to_base64url(bytes(33)), "n", 1]),
        ("a salt with padding", [salt + "=", "n", 1]), ("a space", f'["{salt}", "n",1]'.encode()),
        ("null", f'["{salt}","body.a",null]'.encode()), ("a fraction", f'["{salt}","body.a",1.5]'.encode()),
        ("text outside NFC", f'["{salt}","text.a","a\u0308"]'.encode()),
        ("a key twice", f'["{salt}","body.a",{{"a":1,"a":1}}]'.encode()),
        ("33 levels", f'["{salt}","body.a",'.encode() + b"[" * 32 + b"]" * 33),
    ]  # fmt: skip
    whole = disclosures.disclose("n", 1, salt=counted("salt")(32))
    spelt = [
        ("padding", whole + "=" * (-len(whole) % 4 or 4)), ("a space", " " + whole), ("a newline", whole + "\n"),
        ("the other alphabet", "+" + whole[1:]), ("beyond ASCII", "é"), ("a character short", whole[:-1]),
        ("262,145 characters", "W" * 262_145),
    ]  # fmt: skip
    accept = [disclosures.disclose(name, value, salt=counted(name)(32)) for name, value in good]
    return {
        "accept": [
            {"text": text, "name": name, "value": value, "digest": disclosures.digest(text)}
            for text, (name, value) in zip(accept, good, strict=True)
        ],
        "refuse": [
            *({"why": f"3: {name} {json.dumps(value)}", "text": _raw([salt, name, value])} for name, value in bad),
            *({"why": f"3: {why}", "text": _raw(value)} for why, value in shapes),
            *({"why": f"3: spelt with {why}", "text": text} for why, text in spelt),
        ],
        "with_entry": _with_entry(),
    }


def _with_entry() -> dict[str, Any]:
    def case(why: str, fields: dict[str, Any], **change: Any) -> dict[str, Any]:
        data, opened = entries.seal(book=BOOK, fields=fields, chance=counted(why))
        return {"why": why, "entry": data.decode(), "disclosures": list(opened), **change}

    twice = [disclosures.disclose("n", number, salt=counted(str(number))(32)) for number in (1, 2)]
    sealed = entries.sealed(book=BOOK, disclosures=twice, chance=counted("twice")).decode()
    act, clock = TYPES["act"], TYPES["act by the clock"]
    return {
        "accept": [
            *(case(name, fields, opens=fields) for name, fields in TYPES.items()),
            case("nothing opened", act, disclosures=[], opens={}),
            {"why": "a plain entry, nothing to open", "entry": "{}", "disclosures": [], "opens": {}},
        ],
        "refuse": [
            case("one of another entry", act, disclosures=[disclosures.disclose("n", 1, salt=bytes(32))]),
            {**case("the same twice", act), "disclosures": list(case("the same twice", act)["disclosures"][:1]) * 2},
            {"why": "one field with two values", "entry": sealed, "disclosures": twice},
            case("padding that says something", {"type": "padding", "n": 1}),
            case("a procedure under the rule of a book", {**act, "type": "procedure"}),
            case("an act under the rule of no book", {**act, "rule": "procedure.seat_called"}),
            case("a person who acted as the clock", {**clock, "by": FIELDS["by"]}),
            {"why": "opened of a plain entry", "entry": "{}", "disclosures": twice[:1]},
        ],
    }
