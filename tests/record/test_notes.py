# SPDX-License-Identifier: Apache-2.0
"""Keys, notes, checkpoints, cosignatures and policies: what is signed comes back, and what was changed is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.record import checkpoints, cosigning
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import Policy, cosign, cosigned_by
from evenhand.record.encodings import LARGEST_SIZE
from evenhand.record.errors import CheckpointError, KeyTextError, NoteError, PolicyError, RecordError
from evenhand.record.keys import COSIGNS, SIGNS, SigningKey, VerifierKey
from evenhand.record.notes import Note, Signature, sign
from tests.record.making import COSIGNERS, ORIGIN, POLICY, checkpoint, key

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
TEXTS = st.lists(LINES | st.just(""), min_size=1, max_size=5).map(lambda lines: "".join(f"{line}\n" for line in lines))
NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="+"), min_size=1, max_size=40
)
ENTRIES = [b'{"a":1}', b'{"a":2}', b'{"a":3}']


@given(TEXTS.filter(lambda text: text.strip("\n")), st.integers(1, 4))
def test_a_signed_note_comes_back_as_it_was(text: str, signers: int):
    """A text would be another one after it was stored."""
    keys = [key(f"example.org/{number}") for number in range(signers)]
    note = sign(text, keys)
    found = Note.parse(str(note).encode())
    assert (text, str(note), note) == (found.text, str(found), found)
    assert tuple(each.verifier for each in keys) == found.signed_by([each.verifier for each in keys])


@given(st.data())
def test_no_changed_byte_of_a_note_leaves_it_signed(data: st.DataObject):
    """A size or a root could be changed after it was signed."""
    whole = str(checkpoint(ENTRIES)).encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    with pytest.raises(RecordError):
        checkpoints.read(changed, [key().verifier])


@given(NAMES, st.binary(min_size=32, max_size=32), st.sampled_from([SIGNS, COSIGNS]))
def test_keys_come_back_from_their_texts(name: str, seed: bytes, kind: int):
    """A pinned key would be another one."""
    made = SigningKey.of_seed(name, seed, type=kind)
    assert (made, made.verifier) == (SigningKey.parse(made.text), VerifierKey.parse(made.verifier.text))


def test_a_signing_key_does_not_show_its_seed_when_it_is_printed():
    """A line of a log file would give the key away."""
    made = key()
    assert made.verifier.text in repr(made)
    assert made.text.rpartition("+")[2] not in repr(made)
    assert made.seed.hex() not in repr(made)


@pytest.mark.parametrize(
    "name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "a\u2028b", "a\u3000b", "a\x7fb", "a\x85b", "a\ud800", "x" * 257]
)
def test_a_name_that_a_note_cannot_carry_is_refused(name: str):
    """Its signature line would be read as something else, or not at all."""
    with pytest.raises(KeyTextError):
        SigningKey.of_seed(name, bytes(32))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("example", "exampel"),
        lambda text: text.upper(),
        lambda text: text + "=",
        lambda text: text + "\n",
        lambda text: " " + text,
        lambda text: text.partition("+")[2],
        lambda text: text[:-4],
        lambda text: text.replace("+", "-"),
        lambda text: "+".join([text.split("+")[0], "0" * 8, text.split("+", 2)[2]]),
        lambda text: text * 2,
    ],
)
def test_a_damaged_key_is_refused(change: Any):
    """A slip in copying would pin a key that nobody has."""
    with pytest.raises(KeyTextError):
        VerifierKey.parse(change(key().verifier.text))
    with pytest.raises(KeyTextError):
        SigningKey.parse(change(key().text))


def test_a_key_of_another_kind_is_refused():
    """A key of an algorithm that is not known here would be taken for Ed25519."""
    for kind in (0, 2, 5, 255):
        with pytest.raises(KeyTextError, match="type 1"):
            VerifierKey.parse(VerifierKey("example.org/other", kind, key().verifier.public).text)


@pytest.mark.parametrize(
    "text",
    ["", "x", "x\n", "x\n\n", "\n\n— a AAAAAAA=\n", "x\n\n— a AAAAAAA=", "x\n— a AAAAAAA=\n", "x\n\n- a AAAAAAA=\n",
     "x\n\n— a AAAA\n", "x\n\n— a  AAAAAAA=\n", "x\n\n— AAAAAAA=\n", "x\n\n— a AAAAAAA= \n", "x\n\n— a AAAAAAB=\n",
     "x\n\n— a AAAAAAA=\n\n", "x\ty\n\n— a AAAAAAA=\n", "x\r\n\n— a AAAAAAA=\n", "x\n\n— a+b AAAAAAA=\n",
     "x\x00\n\n— a AAAAAAA=\n", "x\n\n" + "— a AAAAAAA=\n" * 101, "x" * 65_536 + "\n\n— a AAAAAAA=\n", "\ud800\n\n— a AAAAAAA=\n"],
)  # fmt: skip
def test_what_is_no_note_is_refused(text: str):
    """Two readers would find two texts in one note."""
    with pytest.raises(NoteError):
        Note.parse(text)


def test_the_last_empty_line_parts_text_and_signatures():
    """A text with an empty line in it would lose its end."""
    assert "x\n\ny\n" == Note.parse("x\n\ny\n\n— a AAAAAAA=\n").text
    assert "x\n\n" == Note.parse("x\n\n\n— a AAAAAAA=\n").text


@pytest.mark.parametrize("text", ["", "\n", "x", "x\n\n— a AAAAAAA=", "x\r\n", "x\n\ny"])
def test_a_text_that_a_note_cannot_carry_is_not_signed(text: str):
    """The signature would stand under another text than was given."""
    with pytest.raises(NoteError):
        sign(text, [key()])


def test_a_second_line_of_the_same_key_is_refused():
    """It would be left to the reader which of the two counts."""
    note = checkpoint(ENTRIES)
    with pytest.raises(NoteError, match="twice"):
        Note(note.text, note.signatures * 2).signed_by([key().verifier])


def test_a_known_key_whose_signature_does_not_hold_spoils_the_note():
    """A forged line would stand beside a good one unremarked."""
    note, other = checkpoint(ENTRIES), key("example.org/other")
    forged = Note(note.text, (*note.signatures, Signature(other.name, other.verifier.id, bytes(64))))
    assert (key().verifier,) == forged.signed_by([key().verifier])
    with pytest.raises(NoteError, match="does not hold"):
        forged.signed_by([key().verifier, other.verifier])


def test_a_further_line_of_the_same_key_takes_the_place_of_the_first():
    """Cosigning again at another time would spoil the note."""
    note = checkpoint(ENTRIES, seconds=100).with_lines([cosign(checkpoint(ENTRIES).text, COSIGNERS[0], seconds=200)])
    assert [200, 100] == [each.seconds for each in cosigned_by(note, POLICY.of)]


@pytest.mark.parametrize(
    "text",
    ["", "o\n1\n", "o\n1\nAAAA\n", "\n1\n{root}\n", "o\n01\n{root}\n", "o\n-1\n{root}\n", "o\n+1\n{root}\n", "o\n1 \n{root}\n",
     "o\n١\n{root}\n", "o\n9223372036854775808\n{root}\n", "o\n1\n{root}\nmore\n", "o\n1\n{root}", "o\n1\n{root}=\n"],
)  # fmt: skip
def test_what_is_no_checkpoint_is_refused(text: str):
    """A size would be read by one program and not by another."""
    with pytest.raises(CheckpointError):
        Checkpoint.parse(text.replace("{root}", "A" * 43 + "="))


@given(NAMES, st.integers(0, LARGEST_SIZE), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_comes_back_as_it_was(origin: str, size: int, root: bytes):
    """What is stored would not be what was signed."""
    made = Checkpoint(origin, size, root)
    assert made == Checkpoint.parse(made.text)
    assert made == checkpoints.read(made.signed([key(origin)]), [key(origin).verifier])


def test_a_checkpoint_counts_under_a_key_of_its_own_origin_alone():
    """One log could speak in the name of another."""
    note = Checkpoint("example.org/other", 0, bytes(32)).signed([key()])
    with pytest.raises(CheckpointError, match="no key of that name"):
        checkpoints.read(note, [key().verifier])


def test_a_key_that_cosigns_does_not_sign_a_checkpoint():
    """The key of a cosigner would become a second key of the log."""
    cosigner = key(cosigns=True)
    note = Checkpoint(ORIGIN, 3, bytes(32)).signed([cosigner])
    with pytest.raises(CheckpointError):
        checkpoints.read(note, [cosigner.verifier])
    with pytest.raises(NoteError):
        note.signed_by([cosigner.verifier])


@given(st.integers(0, LARGEST_SIZE))
def test_a_cosignature_says_when(seconds: int):
    """Nobody could tell a cosigner that stands still."""
    note = checkpoint(ENTRIES).with_lines([cosign(checkpoint(ENTRIES).text, COSIGNERS[0], seconds=seconds)])
    assert (cosigning.Cosigned(COSIGNERS[0].verifier, seconds),) == cosigned_by(note, POLICY.of)


@given(st.integers(0, 71), st.integers(1, 255))
def test_a_changed_cosignature_is_refused(at: int, change: int):
    """Its time could be moved."""
    line = cosign(checkpoint(ENTRIES).text, COSIGNERS[0], seconds=1_775_030_400)
    blob = line.blob[:at] + bytes([line.blob[at] ^ change]) + line.blob[at + 1 :]
    note = checkpoint(ENTRIES).with_lines([Signature(line.name, line.id, blob)])
    with pytest.raises(NoteError, match="does not hold"):
        cosigned_by(note, POLICY.of)


def test_a_policy_is_met_by_as_many_as_it_asks_for():
    """One cosigner would pass for two."""
    text = checkpoint(ENTRIES).text
    one = checkpoint(ENTRIES).with_lines([cosign(text, COSIGNERS[0], seconds=1)])
    stranger = one.with_lines([cosign(text, key("cosigner.example/stranger", cosigns=True), seconds=1)])
    for note in (checkpoint(ENTRIES), one, stranger):
        with pytest.raises(PolicyError, match="2 are needed"):
            POLICY.met_by(note)
    assert 2 == len(POLICY.met_by(one.with_lines([cosign(text, COSIGNERS[2], seconds=2)])))


KEYS = [each.verifier.text for each in COSIGNERS]


@pytest.mark.parametrize(
    "data",
    [None, [], {}, {"k": 1}, {"k": 1, "of": KEYS, "x": 1}, {"k": 0, "of": KEYS}, {"k": 4, "of": KEYS}, {"k": True, "of": KEYS},
     {"k": "1", "of": KEYS}, {"k": 1, "of": []}, {"k": 1, "of": KEYS[0]}, {"k": 1, "of": [KEYS[0], KEYS[0]]},
     {"k": 1, "of": [key().verifier.text]}, {"k": 1, "of": [1]}, {"k": 1, "of": ["x"]}, {"k": -1, "of": KEYS}],
)  # fmt: skip
def test_a_policy_that_says_nothing_sensible_is_refused(data: Any):
    """A quorum of nobody would be met by everybody."""
    with pytest.raises(PolicyError):
        Policy.of_data(data)


def test_a_policy_comes_back_from_the_genesis():
    """A reader would ask for other cosigners than the log announced."""
    assert POLICY == Policy.of_data(POLICY.as_data())
