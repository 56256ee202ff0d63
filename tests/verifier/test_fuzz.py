# SPDX-License-Identifier: Apache-2.0
"""The verifier's parsers take any bytes, and judge them as `evenhand.record` does, with which they share no code.

An input that one of the two accepts and the other refuses is a false alarm, or a hole, in one of them.
"""

from collections.abc import Callable
from types import ModuleType

import pytest

from evenhand.record import checkpoints, cosigning, disclosures, entries, forks, proofs
from evenhand.record.canonical import decode
from evenhand.record.errors import RecordError
from evenhand.record.keys import VerifierKey
from evenhand.record.notes import Note
from evenhand.record.receipts import Receipt
from tests.record import fuzzing, samples
from tests.record.fuzzing import Parser
from tests.record.making import POLICY
from tests.verifier.conftest import load
from tests.verifier.test_own_vectors import looked_at

VERIFIER = load()
PINNED = [VERIFIER.Key(key.text) for key in samples.KEYS]
QUORUM = VERIFIER.Policy(POLICY.as_data())
DIGESTS = [disclosures.digest(text) for text in samples.OPENED]


def text_of(data: bytes) -> str:
    """Text of any bytes, lone surrogates among it."""
    return data.decode("utf-8", "surrogateescape")


def wrong(says: str) -> None:
    """What is no exception in the verifier becomes one here."""
    raise VERIFIER.Wrong(says)


def entry(data: bytes) -> None:
    """An entry as a log is read."""
    said = looked_at(VERIFIER, data)[1]
    if said:
        wrong(said[0])


def fork(data: bytes) -> None:
    """A fork."""
    report = VERIFIER.Report()
    VERIFIER.check_fork("fork", data, PINNED, report)
    if report.count:
        wrong(str(report.as_json())[:300])


def receipt(data: bytes) -> None:
    """A receipt: read, verified, opened."""
    found = VERIFIER.Receipt(data)
    found.checkpoint.signers(PINNED, None)
    way = (found.index, found.checkpoint.size, found.leaf, found.path, found.checkpoint.root)
    if not VERIFIER.inclusion_holds(*way):
        wrong("not included")
    found.opened()


def receipt_here(data: bytes) -> None:
    """The same in `record`."""
    found = Receipt.parse(data)
    found.verify(samples.KEYS)
    found.opened()


def note(data: bytes) -> None:
    """A note under the key of the log and those of cosigners."""
    if not VERIFIER.Note(data).signed_by(PINNED):
        wrong("nobody signed")


def cosigned(data: bytes) -> None:
    """A checkpoint that meets the policy."""
    if QUORUM.count(VERIFIER.Checkpoint(data).signers(PINNED, QUORUM)) < QUORUM.k:
        wrong("too few")


def cosigned_here(data: bytes) -> None:
    """The same in `record`."""
    checkpoints.read(data, samples.KEYS)
    POLICY.met_by(Note.parse(data))


def bundle(data: bytes) -> None:
    """A bundle of as many entries as a full one has, or of three."""
    VERIFIER.bundle_read(data, 3)


def hash_list(data: bytes) -> None:
    """An inclusion list, then a consistency list."""
    first, second = (int.from_bytes(data[at : at + 10], "big", signed=True) for at in (0, 10))
    one, two, *rest = [*(data[at : at + 32] for at in range(20, len(data), 32)), b"", b""]
    rest = rest[:-2] if len(rest) >= 2 else []
    included = VERIFIER.inclusion_holds(first, second, one, rest, two)
    if not included and not VERIFIER.consistency_holds(first, second, one, two, rest):
        wrong("neither")


def hash_list_here(data: bytes) -> None:
    """The same in `record`."""
    first, second = (int.from_bytes(data[at : at + 10], "big", signed=True) for at in (0, 10))
    one, two, *rest = [*(data[at : at + 32] for at in range(20, len(data), 32)), b"", b""]
    rest = rest[:-2] if len(rest) >= 2 else []
    try:
        proofs.verify_inclusion(index=first, size=second, leaf=one, hashes=rest, root=two)
    except RecordError:
        proofs.verify_consistency(old=first, new=second, old_root=one, new_root=two, hashes=rest)


HERE: dict[str, Callable[[bytes], object]] = {
    "note": lambda data: Note.parse(data).signed_by(samples.KEYS),
    "checkpoint": cosigned_here,
    "verifier key": lambda data: VerifierKey.parse(text_of(data)),
    "hash list": hash_list_here,
    "entry": entries.read,
    "disclosure": lambda data: disclosures.opened([text_of(data)], DIGESTS),
    "disclosure alone": lambda data: disclosures.read(text_of(data)),
    "receipt": receipt_here,
    "fork": lambda data: forks.Fork.parse(data).verify(samples.KEYS),
    "policy": lambda data: cosigning.Policy.of_data(decode(data, limit=fuzzing.MIB * 4)),
}
"""How `record` reads what the verifier reads below."""


def alone(data: bytes) -> None:
    """A disclosure whatever its entry: its own digest is given with it."""
    text = text_of(data)
    own = VERIFIER.base64url_text(VERIFIER.sha256(text.encode("utf-8", "replace")).digest())
    VERIFIER.open_disclosures([text], {own})


READ: dict[str, tuple[Callable[[bytes], object], list[bytes]]] = {
    "note": (note, [*samples.NOTES, samples.NOT_OURS]),
    "checkpoint": (cosigned, samples.NOTES),
    "verifier key": (lambda data: VERIFIER.Key(text_of(data)), samples.VERIFIER_KEYS),
    "hash list": (hash_list, samples.hash_lists()),
    "bundle of entries": (bundle, samples.BUNDLES),
    "entry": (entry, samples.LOG),
    "disclosure": (lambda data: VERIFIER.open_disclosures([text_of(data)], set(DIGESTS)), samples.DISCLOSURES),
    "disclosure alone": (alone, samples.DISCLOSURES),
    "receipt": (receipt, samples.RECEIPTS),
    "fork": (fork, samples.FORKS),
    "policy": (lambda data: VERIFIER.Policy(VERIFIER.profile_read(data, 1 << 30)), samples.POLICIES),
}
SEED = fuzzing.seed()


class DividedError(Exception):
    """One of the two accepts what the other refuses."""


def refusal(read: Callable[[bytes], object], data: bytes) -> str:
    """Why something is refused, or nothing where it is accepted."""
    try:
        read(data)
    except (RecordError, VERIFIER.Wrong) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def alike(name: str) -> Parser:
    """The verifier's parser; that `record` judges otherwise is an error that escapes."""
    read, good = READ[name]

    def both(data: bytes) -> None:
        here, there = refusal(HERE.get(name, read), data), refusal(read, data)
        if bool(here) != bool(there):
            raise DividedError(f"record says {here[:300]!r}, the verifier says {there[:300]!r}")

    # Python's own reader of JSON takes a little more than that of the record.
    return Parser(name, both, good, VERIFIER.Wrong, 70)


@pytest.mark.parametrize("name", READ)
def test_no_damaged_input_escapes_the_errors_of_the_verifier_or_divides_it_from_the_record(name: str):
    """A file made on purpose would stop the verifier, or be told one thing here and another there."""
    assert 0 < fuzzing.fuzz(alike(name), seed=SEED, seconds=fuzzing.seconds(len(READ)))


def test_the_fuzzed_functions_are_those_of_the_verifier(verifier: ModuleType):
    """Another copy would be fuzzed than the one that people run."""
    assert verifier.__file__ == VERIFIER.__file__
