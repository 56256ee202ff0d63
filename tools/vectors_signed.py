# SPDX-License-Identifier: Apache-2.0
"""Vectors of section 5 of the format: keys, notes, checkpoints, cosignatures and policies."""

from typing import Any

from evenhand.record.cosigning import cosign
from evenhand.record.encodings import to_base64
from evenhand.record.keys import LOW_ORDER, SigningKey, VerifierKey
from evenhand.record.notes import DASH, Note, Signature, sign
from evenhand.record.tree import EMPTY_ROOT, root_of
from tools.vectors_chance import COSIGNERS, DAY, ORIGIN, POLICY, checkpoint, flipped, key, leaves_of

ENTRIES = [b"{}", b'{"a":1}', b'{"a":2}']
TEXT = "The boats go to the water on Saturday.\n"
LINE = f"{DASH}example.org/other {to_base64(bytes(68))}\n"
"""A line of a key that nobody knows."""


def keys_json() -> dict[str, Any]:
    """Verifier keys to accept and to refuse."""
    good = [key(), key(cosigns=True), key("Ärzte/北"), key("a-name.without-a.slash")]
    text, public = key().verifier.text, key().verifier.public
    name, identity, material = text.split("+", 2)
    bad = [
        ("nothing", ""), ("two parts", f"{name}+{identity}"), ("no name", f"+{identity}+{material}"),
        ("another name", text.replace("quay", "quey")), ("another ID", f"{name}+{'0' * 8}+{material}"),
        ("an ID in capitals", f"{name}+{identity.upper()}+{material}"),
        ("an ID of 7 digits", f"{name}+{identity[1:]}+{material}"),
        ("a newline after it", text + "\n"), ("a space before it", " " + text), ("padding too much", text + "="),
        ("31 bytes", VerifierKey(ORIGIN, 1, public[:31]).text), ("33 bytes", VerifierKey(ORIGIN, 1, public + b"\0").text),
        ("type 2", VerifierKey(ORIGIN, 2, public).text), ("a space in the name", VerifierKey("a b", 1, public).text),
        ("a no-break space in the name", VerifierKey("a\u00a0b", 1, public).text),
        ("a control character in the name", VerifierKey("a\x85b", 1, public).text),
        *((f"low order: {low.hex()}", VerifierKey(ORIGIN, 1, low).text) for low in sorted(LOW_ORDER)),
    ]  # fmt: skip
    return {
        "accept": [
            {"vkey": one.text, "name": one.name, "id": one.id.hex(), "type": one.type, "public": one.public.hex()}
            for one in (each.verifier for each in good)
        ],
        "refuse": [{"why": f"5: {why}", "vkey": text} for why, text in bad],
    }


def _line(signer: SigningKey, blob: bytes) -> Signature:
    return Signature(signer.name, signer.verifier.id, blob)


def notes_json() -> dict[str, Any]:
    """Notes to accept, with the keys that signed them, and to refuse; each with the keys that are known."""
    one, two = key(), key("example.org/second")
    good = sign(TEXT, [one])
    whole = str(good)
    accept: list[tuple[str, str, list[SigningKey], list[SigningKey]]] = [
        ("one signature", whole, [one], [one]),
        ("two signatures", str(sign(TEXT, [one, two])), [one, two], [one, two]),
        ("a line of an unknown key beside it", whole + LINE, [one], [one]),
        ("a known key that has not signed", whole, [one, two], [one]),
        ("an empty line in the text", str(sign("One.\n\nTwo.\n", [one])), [one], [one]),
        ("an empty line at its end", str(sign("One.\n\n", [one])), [one], [one]),
        ("text beyond ASCII", str(sign("Ågren — \U0001f6f6 \u00a0.\n", [one])), [one], [one]),
        ("text outside NFC", str(sign("A\u030agren\n", [one])), [one], [one]),
        ("a name of 256 characters", whole + LINE.replace("other", "o" * 244), [one], [one]),
        ("DEL and a control character beyond ASCII", str(sign("One\x7f\x85.\n", [one])), [one], [one]),
        ("100 lines", whole + LINE * 99, [one], [one]),
    ]
    blob = good.signatures[0].blob
    head, _, tail = whole.partition("\n\n")
    refuse = [
        ("another text", whole.replace("Saturday", "Saturdax")),
        ("a changed signature", str(Note(TEXT, (_line(one, flipped(blob)),)))),
        ("a signature of 65 bytes", str(Note(TEXT, (_line(one, blob + b"\0"),)))),
        ("a signature of 63 bytes", str(Note(TEXT, (_line(one, blob[:63]),)))),
        ("no known key", str(sign(TEXT, [two]))),
        ("the same key twice", str(Note(TEXT, good.signatures * 2))),
        ("the same key twice, one of them false", str(Note(TEXT, (*good.signatures, _line(one, bytes(64)))))),
        ("no final newline", whole[:-1]),
        ("a newline too many", whole + "\n"),
        ("no empty line", f"{head}\n{tail}"),
        ("no signature", f"{TEXT}\n"),
        ("a hyphen for the dash", whole.replace(DASH, "- ")),
        ("two spaces", whole.replace(DASH, f"{DASH} ")),
        ("a space at the end of the line", whole[:-1] + " \n"),
        ("no name", whole.replace(f"{DASH}{ORIGIN} ", DASH)),
        ("a plus in a name", whole + LINE.replace("other", "a+b")),
        ("carriage returns", whole.replace("\n", "\r\n")),
        ("a tab", whole.replace(" go ", "\tgo ")),
        ("a line with three bytes", whole + f"{DASH}example.org/other AAAA\n"),
        ("a line that is not base64", whole + f"{DASH}example.org/other !!!!\n"),
        ("base64 with bits that decode to nothing", whole + f"{DASH}example.org/other AAAAAAB=\n"),
        ("a name of 257 characters", whole + LINE.replace("other", "o" * 245)),
        ("101 lines", whole + LINE * 100),
        ("65,537 bytes", whole.replace("The boats", "x" * (65_537 - len(whole.encode()) + 9))),
    ]
    return {
        "accept": [
            {
                "why": why,
                "note": note,
                "keys": [each.verifier.text for each in known],
                "text": note[: note.rindex("\n\n") + 1],
                "signed": [each.verifier.text for each in signed],
            }
            for why, note, known, signed in accept
        ],
        "refuse": [
            *({"why": f"5: {why}", "note": note, "keys": [one.verifier.text]} for why, note in refuse),
            {
                "why": "5: a known key whose signature is false, beside one that holds",
                "note": str(Note(TEXT, (*good.signatures, _line(two, bytes(64))))),
                "keys": [one.verifier.text, two.verifier.text],
            },
        ],
    }


def checkpoints_json() -> dict[str, Any]:
    """Checkpoints to accept and to refuse; those to refuse are signed by the right key unless they say otherwise."""
    one, root = key(), to_base64(root_of(leaves_of(ENTRIES)))
    known, three = [one.verifier.text], str(checkpoint(ENTRIES))

    def signed(text: str) -> str:
        return str(sign(text, [one]))

    refuse = [
        ("two lines", signed(f"{ORIGIN}\n3\n")), ("an extension line", signed(f"{ORIGIN}\n3\n{root}\nmore\n")),
        ("an empty line after the root", signed(f"{ORIGIN}\n3\n{root}\n\n")),
        ("a leading zero", signed(f"{ORIGIN}\n03\n{root}\n")), ("a sign", signed(f"{ORIGIN}\n+3\n{root}\n")),
        ("below zero", signed(f"{ORIGIN}\n-3\n{root}\n")), ("a space after the size", signed(f"{ORIGIN}\n3 \n{root}\n")),
        ("Arabic digits", signed(f"{ORIGIN}\n\u0663\n{root}\n")), ("no size", signed(f"{ORIGIN}\n\n{root}\n")),
        ("a size of 2^63", signed(f"{ORIGIN}\n{2**63}\n{root}\n")),
        ("a size of 5,000 digits", signed(f"{ORIGIN}\n{'9' * 5_000}\n{root}\n")),
        ("a root of 31 bytes", signed(f"{ORIGIN}\n3\n{to_base64(bytes(31))}\n")),
        ("a root of 33 bytes", signed(f"{ORIGIN}\n3\n{to_base64(bytes(33))}\n")),
        ("a root in the other alphabet", signed(f"{ORIGIN}\n3\n{'_' * 43}=\n")),
        ("no origin", signed(f"\n3\n{root}\n")),
        ("another origin than the name of the key", signed(f"example.org/other\n3\n{root}\n")),
        ("a changed size", three.replace("\n3\n", "\n4\n")), ("a changed root", three.replace(root, to_base64(bytes(32)))),
        ("signed by a stranger alone", str(checkpoint(ENTRIES, by=key(number=2)))),
    ]  # fmt: skip
    accept = [
        ("three entries", three, 3, root),
        ("none", str(checkpoint([])), 0, to_base64(EMPTY_ROOT)),
        ("the largest size", signed(f"{ORIGIN}\n{2**63 - 1}\n{root}\n"), 2**63 - 1, root),
        ("cosigned, the cosigners unknown", str(checkpoint(ENTRIES, cosigners=COSIGNERS)), 3, root),
    ]
    both = Note.parse(three).with_lines(sign(Note.parse(three).text, [key(number=2)]).signatures)
    return {
        "accept": [
            *(
                {"why": why, "checkpoint": text, "keys": known, "origin": ORIGIN, "size": size, "root": at}
                for why, text, size, at in accept
            ),
            {
                "why": "signed by two keys of one name, in the middle of a rotation",
                "checkpoint": str(both),
                "keys": [key(number=number).verifier.text for number in (1, 2)],
                "origin": ORIGIN,
                "size": 3,
                "root": root,
            },
        ],
        "refuse": [{"why": f"5: {why}", "checkpoint": text, "keys": known} for why, text in refuse],
    }


def cosignatures_json() -> dict[str, Any]:
    """Cosigned checkpoints; every key of `cosigners` is known, and `cosigned` says who cosigned and when."""
    note, north = checkpoint(ENTRIES), COSIGNERS[0]
    line = cosign(note.text, north, seconds=DAY)
    other = cosign(checkpoint(ENTRIES[:2]).text, north, seconds=DAY)
    plain = Signature(north.name, north.verifier.id, north.sign(note.text.encode()))
    late = (2**63).to_bytes(8, "big")
    beyond = late + north.sign(f"cosignature/v1\ntime {2**63}\n{note.text}".encode())
    accept = [
        ("one", [line], {north.name: DAY}),
        ("none", [], {}),
        ("in the first second of 1970", [cosign(note.text, north, seconds=0)], {north.name: 0}),
        ("in the last second there is", [cosign(note.text, north, seconds=2**63 - 1)], {north.name: 2**63 - 1}),
        (
            "three",
            [cosign(note.text, each, seconds=DAY + at) for at, each in enumerate(COSIGNERS)],
            {each.name: DAY + at for at, each in enumerate(COSIGNERS)},
        ),
    ]
    refuse = [
        ("another second", [Signature(line.name, line.id, flipped(line.blob, 7))]),
        ("a changed signature", [Signature(line.name, line.id, flipped(line.blob, 20))]),
        ("of another checkpoint", [other]),
        ("a signature without a time", [plain]),
        ("a byte too few", [Signature(line.name, line.id, line.blob[:-1])]),
        ("a byte too many", [Signature(line.name, line.id, line.blob + b"\0")]),
        ("a time of 2^63", [Signature(line.name, line.id, beyond)]),
    ]
    shared = {"keys": [key().verifier.text], "cosigners": [each.verifier.text for each in COSIGNERS]}
    twice = Note(note.text, (*note.signatures, line, line))
    return {
        "accept": [
            {"why": why, "checkpoint": str(note.with_lines(lines)), **shared, "cosigned": who}
            for why, lines, who in accept
        ],
        "refuse": [
            *(
                {"why": f"5: {why}", "checkpoint": str(note.with_lines(lines)), **shared}
                for why, lines in refuse
            ),
            {"why": "5: the same cosigner twice", "checkpoint": str(twice), **shared},
        ],
    }  # fmt: skip


def policies_json() -> dict[str, Any]:
    """Policies that can be read, with checkpoints that meet them or do not, and policies to refuse."""
    names = [each.verifier.text for each in COSIGNERS]
    two = POLICY.as_data()
    stranger = key("cosigner.example/stranger", cosigns=True)
    cases = [
        ("two of three", two, COSIGNERS[:2], True), ("three of them", two, COSIGNERS, True),
        ("one is too few", two, COSIGNERS[1:2], False), ("none", two, [], False),
        ("a stranger does not count", two, [COSIGNERS[0], stranger], False),
        ("one of one", {"k": 1, "of": names[:1]}, COSIGNERS[:1], True),
    ]  # fmt: skip
    bad: list[tuple[str, Any]] = [
        ("k of 0", {"k": 0, "of": names}), ("k below 0", {"k": -1, "of": names}), ("k above the keys", {"k": 4, "of": names}),
        ("k true", {"k": True, "of": names}), ("k as text", {"k": "2", "of": names}), ("no key", {"k": 1, "of": []}),
        ("a key twice", {"k": 1, "of": [names[0], names[0]]}), ("a key that signs", {"k": 1, "of": [key().verifier.text]}),
        ("a damaged key", {"k": 1, "of": [names[0][:-1]]}), ("a number for a key", {"k": 1, "of": [1]}),
        ("a text for the keys", {"k": 1, "of": names[0]}), ("a key of the object too many", {**two, "x": 1}),
        ("no k", {"of": names}), ("a list", names), ("a text", "2 of 3"),
    ]  # fmt: skip
    return {
        "accept": [
            {"why": why, "policy": data, "checkpoint": str(checkpoint(ENTRIES, cosigners=who)),
             "keys": [key().verifier.text], "met": met}
            for why, data, who, met in cases
        ],
        "refuse": [{"why": f"5: {why}", "policy": data} for why, data in bad],
    }  # fmt: skip
