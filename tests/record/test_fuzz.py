# SPDX-License-Identifier: Apache-2.0
"""Every parser of the record takes any bytes: it reads them or refuses by name, in bounded memory, and one way only."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.record import checkpoints, cosigning, disclosures, entries, forks, proofs, receipts, tiles
from evenhand.record.canonical import decode, encode
from evenhand.record.errors import RecordError
from evenhand.record.keys import SigningKey, VerifierKey
from evenhand.record.notes import Note
from evenhand.record.publication import Publication
from evenhand.record.receipts import Receipt
from tests.record import fuzzing, samples
from tests.record.fuzzing import Parser
from tests.record.making import BOOK, POLICY
from tests.record.samples import KEYS, OPENED


def same(data: bytes, written: bytes) -> None:
    """What was read is written as it was read: no byte can change unseen."""
    assert data == written, "it was read, and is written in another way"


def note(data: bytes) -> None:
    """A note: read, written, verified."""
    found = Note.parse(data)
    same(data, str(found).encode())
    found.signed_by(KEYS)


def cosigned(data: bytes) -> None:
    """A checkpoint: read, its cosignatures verified, the policy asked."""
    checkpoints.read(data, KEYS)
    POLICY.met_by(Note.parse(data))


def text_of(data: bytes) -> str:
    """Text of any bytes, lone surrogates among it."""
    return data.decode("utf-8", "surrogateescape")


def verifier_key(data: bytes) -> None:
    """A verifier key."""
    found = VerifierKey.parse(text_of(data))
    same(data, found.text.encode())


def signing_key(data: bytes) -> None:
    """A signing key."""
    found = SigningKey.parse(text_of(data))
    same(data, found.text.encode())


def hash_list(data: bytes) -> None:
    """Two numbers of 10 bytes (they pass 2^63 and fall below 0), a leaf, a root and hashes, the last perhaps short."""
    first, second = (int.from_bytes(data[at : at + 10], "big", signed=True) for at in (0, 10))
    hashes = [data[at : at + 32] for at in range(20, len(data), 32)]
    one, two, *rest = [*hashes, b"", b""][: max(2, len(hashes))]
    for verify in (
        lambda: proofs.verify_inclusion(index=first, size=second, leaf=one, hashes=rest, root=two),
        lambda: proofs.verify_consistency(old=first, new=second, old_root=one, new_root=two, hashes=rest),
        lambda: proofs.roots_of_consistency(old=first, new=second, old_root=one, hashes=rest),
    ):
        refused(verify)


def refused(verify: Callable[[], object]) -> None:
    """Calls it; that it refuses is no fault."""
    try:
        verify()
    except RecordError:
        return


def tile(data: bytes) -> None:
    """A tile of level 0, from which nodes and lists are made for a size that its first two bytes give."""
    size = int.from_bytes(data[:2], "big") % 300
    node = tiles.node_of(lambda level, index, width: data[2:], size)
    for make in (
        lambda: proofs.inclusion(size // 2, size, node),
        lambda: proofs.consistency(size // 3, size, node),
        lambda: node(3, 1),
    ):
        refused(make)


def bundle(data: bytes) -> None:
    """A bundle of entries."""
    same(data, tiles.bundle(tiles.unbundle(data)))


def entry(data: bytes) -> None:
    """An entry."""
    same(data, encode(entries.read(data).value))


def disclosure(data: bytes) -> None:
    """A disclosure, alone and with its entry."""
    text = text_of(data)
    refused(lambda: disclosures.opened([text, *OPENED], [disclosures.digest(OPENED[0])]))
    same(text.encode("utf-8", "surrogateescape"), disclosures.read(text).text.encode())


def shown(data: bytes) -> None:
    """A receipt: read, written, opened, verified."""
    found = Receipt.parse(data)
    same(data, str(found).encode())
    refused(found.opened)
    found.verify(KEYS, POLICY)


def many(data: bytes) -> None:
    """A bundle of receipts."""
    same(data, b"".join(str(each).encode() for each in receipts.bundle(data)))


def fork(data: bytes) -> None:
    """A fork: read, written, verified."""
    found = forks.Fork.parse(data)
    same(data, found.data())
    found.verify(KEYS)


def policy(data: bytes) -> None:
    """A policy."""
    value = decode(data, limit=fuzzing.MIB * 4)
    same(data, encode(cosigning.Policy.of_data(value).as_data()))


def publication(data: bytes) -> None:
    """A schedule of publication."""
    value = decode(data, limit=fuzzing.MIB * 4)
    same(data, encode(Publication.of_data(value).as_data()))


PARSERS = [
    Parser("note", note, [*samples.NOTES, samples.NOT_OURS], RecordError),
    Parser("checkpoint", cosigned, samples.NOTES, RecordError),
    Parser("verifier key", verifier_key, samples.VERIFIER_KEYS, RecordError),
    Parser("signing key", signing_key, samples.SIGNING_KEYS, RecordError),
    Parser("hash list", hash_list, samples.hash_lists(), RecordError, 8),
    Parser("tile", tile, samples.TILES, RecordError, 8),
    Parser("bundle of entries", bundle, samples.BUNDLES, RecordError),
    Parser("entry", entry, samples.LOG, RecordError),
    Parser("disclosure", disclosure, samples.DISCLOSURES, RecordError),
    Parser("receipt", shown, samples.RECEIPTS, RecordError),
    Parser("bundle of receipts", many, samples.MANY_RECEIPTS, RecordError),
    Parser("fork", fork, samples.FORKS, RecordError),
    Parser("policy", policy, samples.POLICIES, RecordError),
    Parser("publication", publication, samples.SCHEDULES, RecordError),
]
SEED = fuzzing.seed()
NAMES = pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.name.replace(" ", "_"))


@NAMES
def test_no_damaged_input_escapes_the_named_errors(parser: Parser):
    """A file that somebody made on purpose would stop a verifier with a traceback, or fill its memory."""
    assert 0 < fuzzing.fuzz(parser, seed=SEED, seconds=fuzzing.seconds(len(PARSERS)))


@NAMES
def test_what_is_fuzzed_was_good_before_it_was_damaged(parser: Parser):
    """Damage to something that is refused anyway finds nothing."""
    assert [] == [said for said in map(partial(refusal, parser), parser.samples) if said]


def refusal(parser: Parser, data: bytes) -> str:
    """Why a good input is refused; that it lacks our signature or enough cosigners is not about its form."""
    try:
        parser.read(data)
    except RecordError as error:
        form = not re.search("cosigners have cosigned|No key that is trusted", error.sentence)
        return error.sentence if form else ""
    return ""


@NAMES
@given(data=st.binary(max_size=200))
def test_no_bytes_at_all_escape_the_named_errors(parser: Parser, data: bytes):
    """The shortest inputs are those that nobody thinks of."""
    assert "" == fuzzing.fault(parser, data, measured=False)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from([BOOK, "fork", "genesis", 1]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["_sd", "book", "id", "v", "type", "first", "second", "prefix", "root", "hashes", "k", "of", "every",
                         "from", "multiple", "entry", "disclosures"]) | st.text(max_size=3), inner, max_size=5),
    max_leaves=12,
)  # fmt: skip


@given(JSON)
def test_no_json_of_any_shape_escapes_the_named_errors(value: object):
    """A list where an object is expected would end in an error of Python."""
    for parser in PARSERS:
        if parser.name in ("entry", "fork", "policy", "publication"):
            try:
                data = encode(value) + (b"\n" if parser.name == "fork" else b"")
            except RecordError:
                continue
            assert "" == fuzzing.fault(parser, data, measured=False)
    refused(lambda: cosigning.Policy.of_data(value))
    refused(lambda: Publication.of_data(value))


def test_a_fault_would_be_found_and_told_with_its_seed():
    """A fuzzer that finds nothing because it looks for nothing."""

    def careless(data: bytes) -> None:
        data.decode("utf-8")

    def greedy(data: bytes) -> None:
        bytearray(20 * fuzzing.MIB)

    for read, says in ((careless, "UnicodeDecodeError escapes"), (greedy, "bytes of memory")):
        with pytest.raises(AssertionError, match=rf"{says}.*EVENHAND_FUZZ_SEED=7 EVENHAND_FUZZ_FROM=\d+"):
            fuzzing.fuzz(Parser("careless", read, [b"abc"], RecordError), seed="7", seconds=5)
