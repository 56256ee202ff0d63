# SPDX-License-Identifier: Apache-2.0
"""What comes in comes out, byte for byte and from any place, or an error says what was done to it."""

import os
import shutil
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from evenhand.evidence.keeping import HEADER, PIECE, TAG, check, discard, find, keep, names
from evenhand.evidence.trouble import (
    Altered,
    CutOff,
    EvidenceTrouble,
    Missing,
    NoKeptFile,
    NotKept,
    OtherKey,
    TooLarge,
)
from evenhand.store.trouble import Trouble

KEY = bytes(range(32))
SIZES = (0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 17)
SEALED = PIECE + TAG


class Dripping(BytesIO):
    """An upload that hands over less than it was asked for."""

    def read(self, size=-1):
        """At most 1,000 bytes."""
        return super().read(min(size, 1_000))


def some(size: int) -> bytes:
    """Bytes that look like nothing."""
    return Random(size).randbytes(size)


def kept(folder: Path, data: bytes, seed: str = "a", **more):
    """The bytes, kept."""
    return keep(folder, BytesIO(data), KEY, chance=Random(seed).randbytes, **more)


def read(folder: Path, name: str, start: int = 0, stop: int | None = None) -> bytes:
    """What comes out."""
    return b"".join(find(folder, name, KEY).read(start, stop))


@pytest.mark.parametrize("size", SIZES)
def test_what_came_in_comes_out(tmp_path, size):
    """E01: at every size at which a piece begins or ends."""
    data = some(size)
    one = kept(tmp_path, data)
    assert (size, sha256(data).hexdigest()) == (one.size, one.sha256)
    assert data == read(tmp_path, one.name)
    assert size == find(tmp_path, one.name, KEY).size
    check(tmp_path, one.name, KEY, one.sha256)


def test_an_upload_that_drips_is_kept_whole(tmp_path):
    """A slow line must not end a file early."""
    data = some(PIECE + 2_500)
    one = keep(tmp_path, Dripping(data), KEY, chance=Random(1).randbytes)
    assert data == read(tmp_path, one.name)


@given(size=st.integers(0, 3 * PIECE), start=st.integers(0, 3 * PIECE + 9), length=st.integers(0, 3 * PIECE))
def test_any_range_is_that_of_the_bytes(tmp_path_factory, size, start, length):
    """A player seeks; another second of the recording would be somebody else's words."""
    folder = tmp_path_factory.mktemp("kept")
    data = some(size)
    one = kept(folder, data)
    assert data[start : start + length] == read(folder, one.name, start, start + length)
    shutil.rmtree(folder)


@pytest.mark.parametrize(("start", "stop"), [(-1, None), (5, 4)])
def test_a_range_that_is_none_is_refused(tmp_path, start, stop):
    """Counting from the end by accident would hand over the wrong bytes."""
    one = kept(tmp_path, b"words")
    with pytest.raises(ValueError, match="No bytes lie"):
        read(tmp_path, one.name, start, stop)


def test_the_header_keeps_its_bytes(tmp_path):
    """Files kept earlier cannot be read any more if this fails: add version 2 instead."""
    counted = iter((bytes([1]) * 16, bytes([2]) * 32, bytes([3]) * 12))
    one = keep(tmp_path, BytesIO(b"words"), KEY, chance=lambda size: next(counted))
    data = (tmp_path / one.name).read_bytes()
    assert "01" * 16 == one.name
    fixed = b"evenhand-file-1\n" + bytes([1]) * 16 + bytes([3]) * 12
    wrapped = AESGCM(KEY).encrypt(bytes([3]) * 12, bytes([2]) * 32, fixed[:32])
    assert fixed + wrapped == data[:HEADER]
    assert GOLDEN == sha256(data).hexdigest()
    assert b"words" == AESGCM(bytes([2]) * 32).decrypt(bytes(11) + b"\x01", data[HEADER:], data[:HEADER])


GOLDEN = "a161cd7391f4b92db0ecbee2c997691618970952ab1feb0f1aba285ae583863e"


def test_neither_name_nor_bytes_show(tmp_path):
    """L04: a copy of the folder without the keys tells nobody what it holds."""
    one = kept(tmp_path, b"He shouted at me on the quay. " * 5_000)
    assert b"quay" not in (tmp_path / one.name).read_bytes()
    assert 0o600 == (tmp_path / one.name).stat().st_mode & 0o777
    assert 0o700 == tmp_path.joinpath("x").parent.stat().st_mode & 0o700


def test_two_equal_files_are_two(tmp_path):
    """Two sources of one recording stay two items, and nobody sees from outside that they are equal."""
    one, other = kept(tmp_path, b"words", "a"), kept(tmp_path, b"words", "b")
    assert one.sha256 == other.sha256
    assert (tmp_path / one.name).read_bytes()[16:] != (tmp_path / other.name).read_bytes()[16:]
    assert sorted((one.name, other.name)) == list(names(tmp_path))


@given(place=st.integers(0, HEADER + 2 * SEALED - 1), flip=st.integers(1, 255))
def test_a_flipped_byte_is_found(tmp_path_factory, place, flip):
    """Wherever it is, header and tags included."""
    folder = tmp_path_factory.mktemp("kept")
    one = kept(folder, some(2 * PIECE))
    path = folder / one.name
    data = bytearray(path.read_bytes())
    data[place] ^= flip
    path.write_bytes(data)
    with pytest.raises(EvidenceTrouble):
        read(folder, one.name)
    shutil.rmtree(folder)


@given(length=st.integers(0, HEADER + 3 * SEALED - 1))
def test_a_file_that_was_cut_is_found(tmp_path_factory, length):
    """Without the end the other half of a conversation could be missing; it is found when it is opened, not when it is read."""
    folder = tmp_path_factory.mktemp("kept")
    one = kept(folder, some(3 * PIECE))
    os.truncate(folder / one.name, length)
    with pytest.raises((CutOff, Altered)):
        find(folder, one.name, KEY)
    shutil.rmtree(folder)


@pytest.mark.parametrize("pieces", [0, 1, 2])
def test_a_file_cut_between_two_pieces_is_said_to_be_cut(tmp_path, pieces):
    """There every piece that is left is whole."""
    one = kept(tmp_path, some(3 * PIECE))
    os.truncate(tmp_path / one.name, HEADER + pieces * SEALED)
    with pytest.raises(CutOff, match="end of the file"):
        find(tmp_path, one.name, KEY)


def test_pieces_in_another_order_are_found(tmp_path):
    """The same words in another order say something else."""
    one = kept(tmp_path, some(3 * PIECE))
    path = tmp_path / one.name
    data = path.read_bytes()
    first, second = data[HEADER : HEADER + SEALED], data[HEADER + SEALED : HEADER + 2 * SEALED]
    path.write_bytes(data[:HEADER] + second + first + data[HEADER + 2 * SEALED :])
    with pytest.raises(Altered, match="Piece 1 of 3"):
        read(tmp_path, one.name)
    assert some(3 * PIECE)[2 * PIECE :] == read(tmp_path, one.name, 2 * PIECE)


def test_a_piece_put_after_the_last_is_found(tmp_path):
    """Something added is no part of what came in."""
    one = kept(tmp_path, some(PIECE))
    path = tmp_path / one.name
    data = path.read_bytes()
    path.write_bytes(data + data[HEADER:])
    with pytest.raises(Altered):
        find(tmp_path, one.name, KEY)


def test_a_piece_of_another_file_is_found(tmp_path):
    """Also where both belong to one matter."""
    one, other = kept(tmp_path, some(PIECE), "a"), kept(tmp_path, some(PIECE), "b")
    path = tmp_path / one.name
    path.write_bytes(path.read_bytes()[:HEADER] + (tmp_path / other.name).read_bytes()[HEADER:])
    with pytest.raises(Altered):
        find(tmp_path, one.name, KEY)


def test_another_matters_key_opens_nothing(tmp_path):
    """L04: a key opens its own matter and no other."""
    one = kept(tmp_path, b"words")
    with pytest.raises(OtherKey, match="key of this matter"):
        find(tmp_path, one.name, bytes(32))


def test_a_file_under_the_name_of_another_is_found(tmp_path):
    """The recording of one day could be played as that of another."""
    one, other = kept(tmp_path, b"words", "a"), kept(tmp_path, b"others", "b")
    shutil.copy(tmp_path / one.name, tmp_path / other.name)
    with pytest.raises(NoKeptFile, match="not the file that was kept"):
        find(tmp_path, other.name, KEY)


def test_a_file_that_is_gone_is_told(tmp_path):
    """And every trouble is one that the pages know how to show."""
    with pytest.raises(Missing, match="cannot be read"):
        find(tmp_path, "00" * 16, KEY)
    assert issubclass(EvidenceTrouble, Trouble)


def test_a_file_that_is_not_the_one_of_the_record_is_found(tmp_path):
    """Whoever holds the keys can seal another file; its hash still differs."""
    one = kept(tmp_path, b"words")
    with pytest.raises(Altered, match="whose hash the record holds"):
        check(tmp_path, one.name, KEY, sha256(b"other words").hexdigest())


def test_what_is_too_large_leaves_nothing_behind(tmp_path):
    """A disk full of broken uploads would stop the whole organisation."""
    with pytest.raises(TooLarge, match="larger than the 70,000 bytes"):
        kept(tmp_path, some(70_001), most=70_000)
    assert [] == list(tmp_path.iterdir())
    assert 70_000 == kept(tmp_path, some(70_000), most=70_000).size


def test_an_upload_that_breaks_off_leaves_nothing_behind(tmp_path):
    """Half a recording must not pass for a whole one."""

    class Breaking(BytesIO):
        def read(self, size=-1):
            raise OSError("the line went dead")

    with pytest.raises(NotKept, match="send it again"):
        keep(tmp_path, Breaking(), KEY, chance=Random(1).randbytes)
    assert [] == list(tmp_path.iterdir())


def test_nothing_is_ever_written_over(tmp_path):
    """Even if chance gave one name twice."""
    one = kept(tmp_path, b"words")
    with pytest.raises(NotKept, match="ever written over"):
        kept(tmp_path, b"other words")
    assert b"words" == read(tmp_path, one.name)


def test_a_file_can_be_taken_away_again(tmp_path):
    """Where its receipt came to nothing; twice is no matter."""
    one = kept(tmp_path, b"words")
    discard(tmp_path, one.name)
    discard(tmp_path, one.name)
    assert [] == list(names(tmp_path))
