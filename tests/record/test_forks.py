# SPDX-License-Identifier: Apache-2.0
"""Forks: found exactly where one log signed two histories, and never shown of an honest log."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.record import forks, proofs
from evenhand.record.canonical import encode
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import cosign
from evenhand.record.errors import ForkError, RecordError
from evenhand.record.forks import Fork
from evenhand.record.keys import VerifierKey
from evenhand.record.notes import Note, Signature
from tests.record.making import COSIGNERS, ORIGIN, key
from tests.record.trees import leaves, mth, node_over

KEYS = [key().verifier]
LOG = leaves(70)


def noted(hashes: list[bytes], by: str = ORIGIN) -> Note:
    """The checkpoint that the log signed over these leaves."""
    return Checkpoint(by, len(hashes), mth(hashes)).signed([key(by)])


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[bytes], list[bytes], bool]:
    """Two histories of one log, the first not the longer, and whether the second continues the first."""
    short = draw(st.integers(1, 60))
    more = draw(st.integers(short, 70))
    honest = draw(st.booleans())
    at = draw(st.integers(0, short - 1))
    other = LOG[:more] if honest else LOG[:at] + leaves(1, "changed") + LOG[at + 1 : more]
    return LOG[:short], other, honest


@given(histories())
def test_a_fork_is_found_exactly_where_two_histories_differ(both: tuple[list[bytes], list[bytes], bool]):
    """A log that shows two versions would go free, or an honest one be blamed (M05)."""
    short, other, honest = both
    fork = forks.between(noted(other), noted(short), node=node_over(other))
    assert honest == (fork is None)
    if fork is not None:
        found = Fork.parse(fork.data())
        assert (fork, len(short), len(other)) == (found, *(each.size for each in found.verify(KEYS)))


@given(histories())
def test_a_list_gives_a_fork_away_only_where_there_is_one(both: tuple[list[bytes], list[bytes], bool]):
    """A cosigner that is offered another history would refuse it and have nothing to show."""
    short, other, honest = both
    hashes = proofs.consistency(len(short), len(other), node_over(other))
    fork = forks.from_list(noted(short), noted(other), hashes)
    if honest:
        assert fork is None
    elif len(short) == len(other) or len(short) & (len(short) - 1):
        assert fork is not None
        assert (len(short), len(other)) == tuple(each.size for each in fork.verify(KEYS))
    else:
        # A list from a power of two leaves out the old root, so that it shows nothing about the beginning.
        assert fork is None


@given(st.integers(1, 30), st.integers(1, 30), st.data())
def test_no_list_of_hashes_shows_a_fork_of_an_honest_log(old: int, more: int, data: st.DataObject):
    """Anybody could blame a log that did nothing wrong."""
    new = old + more
    true = proofs.consistency(old, new, node_over(LOG))
    known = st.sampled_from([*LOG[:new], *true, mth(LOG[:old]), mth(LOG[:new])])
    hashes = data.draw(st.lists(known, max_size=8) | st.permutations(true))
    root = data.draw(known | st.just(mth(LOG[: data.draw(st.integers(1, new))])))
    assert forks.from_list(noted(LOG[:old]), noted(LOG[:new]), tuple(hashes)) is None
    with pytest.raises(ForkError):
        Fork(noted(LOG[:old]), noted(LOG[:new]), root, tuple(hashes)).verify(KEYS)


def a_fork(short: int = 5, more: int = 9) -> Fork:
    """A fork of two sizes."""
    other = leaves(more, "other")
    fork = forks.between(noted(LOG[:short]), noted(other), node=node_over(other))
    assert fork is not None
    return fork


def test_two_checkpoints_of_two_logs_are_no_fork():
    """Two organisations would be made to contradict each other."""
    fork = Fork(noted(LOG[:3]), noted(LOG[1:4], "example.org/other"))
    with pytest.raises(ForkError, match="two logs"):
        fork.verify([key().verifier, key("example.org/other").verifier])


def test_a_fork_needs_one_key_that_signed_both():
    """Whoever stole a retired key could make a fork of what came after it, and no one key would answer for both."""
    old, new = key(), VerifierKey.parse(key("example.org/next").verifier.text)
    second = Checkpoint(ORIGIN, 3, mth(LOG[1:4]))
    other = key("example.org/next")
    renamed = type(other).of_seed(ORIGIN, other.seed)
    fork = Fork(noted(LOG[:3]), second.signed([renamed]))
    with pytest.raises(ForkError, match="no one key"):
        fork.verify([old.verifier, renamed.verifier])
    assert new.public == renamed.verifier.public


def test_a_fork_under_a_key_that_is_not_trusted_shows_nothing():
    """Anybody can sign two histories with a key of their own."""
    with pytest.raises(ForkError, match="no key of that name"):
        a_fork().verify([key("example.org/other").verifier])


def test_a_log_cannot_keep_its_fork_from_being_written_by_a_line_outside_the_profile():
    """One signature line of an unknown name in two spellings would make the file impossible."""
    fork = a_fork()
    odd = Signature("a\u0308", bytes(4), bytes(64))
    note = fork.second.with_lines([odd, cosign(fork.second.text, COSIGNERS[0], seconds=1)])
    found = Fork.parse(Fork(fork.first, note, fork.root, fork.hashes).data())
    assert 2 == len(found.second.signatures)
    assert (5, 9) == tuple(each.size for each in found.verify(KEYS))


@given(st.data())
def test_no_changed_byte_of_a_fork_is_taken(data: st.DataObject):
    """What is sent to a court must be what was found."""
    whole = a_fork().data()
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    with pytest.raises(RecordError):
        Fork.parse(changed).verify(KEYS)


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2}, {"v": True}, {"type": "knife"}, {"more": 1}, {"first": 1}, {"first": None}, {"first": "x"},
        {"second": []}, {"prefix": []}, {"prefix": "x"}, {"prefix": {}}, {"prefix": {"root": "A" * 43 + "="}},
        {"prefix": {"root": "AAAA", "hashes": []}}, {"prefix": {"root": "A" * 43 + "=", "hashes": {"A" * 43 + "=": 1}}},
        {"prefix": {"root": "A" * 43 + "=", "hashes": ""}}, {"prefix": {"root": "A" * 43 + "=", "hashes": [1]}},
        {"prefix": {"root": "A" * 43 + "=", "hashes": ["A" * 43 + "="] * 64}}, {"prefix": {"root": 1, "hashes": []}},
    ],
    ids=repr,
)  # fmt: skip
def test_a_file_of_another_shape_is_no_fork(change: dict[str, object]):
    """Two programs would read two accounts."""
    value = {**json.loads(a_fork().data()), **change}
    value = {name: inner for name, inner in value.items() if inner is not None}
    with pytest.raises(RecordError):
        Fork.parse(encode(value) + b"\n")


@pytest.mark.parametrize("data", [b"", b"\n", b"{}\n", b"[]\n", b"1\n", a_fork().data()[:-1], a_fork().data() + b"\n"])
def test_bytes_that_are_no_account_of_a_fork_are_refused(data: bytes):
    """A damaged file would be read half."""
    with pytest.raises(ForkError):
        Fork.parse(data)


def test_swapped_or_equal_checkpoints_are_no_fork():
    """The smaller stands first; the same twice contradicts nothing."""
    fork = a_fork()
    for wrong in (
        Fork(fork.second, fork.first, fork.root, fork.hashes),
        Fork(fork.first, fork.first),
        Fork(fork.first, fork.second),
        Fork(noted(LOG[:3]), noted(LOG[1:4]), fork.root, fork.hashes),
    ):
        with pytest.raises(ForkError):
            wrong.verify(KEYS)
