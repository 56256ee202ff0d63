# SPDX-License-Identifier: Apache-2.0
"""The tree: what is shown of any log verifies, and nothing that was altered does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.record import proofs, tiles
from evenhand.record.errors import HashListError, TileError
from evenhand.record.tree import EMPTY_ROOT, CompactRange, leaf_hash, node_hash, root_of
from tests.record.trees import leaves, mth, node_over, tile_reader, tiles_of

LOG = leaves(600)
SIZES = st.integers(1, 600) | st.sampled_from([1, 2, 255, 256, 257, 511, 512, 513])
ROOTS: dict[int, bytes] = {}


def root(size: int) -> bytes:
    """The root of the first `size` entries, by the plain definition."""
    return ROOTS.setdefault(size, mth(LOG[:size]))


@st.composite
def altered(draw: st.DrawFn, hashes: tuple[bytes, ...]) -> list[bytes]:
    """A list of hashes that differs from this one: a bit, a hash more or less, two swapped."""
    found = list(hashes)
    kind = draw(st.sampled_from(["bit", "more", "less", "swap", "short"]))
    at = draw(st.integers(0, max(0, len(found) - 1)))
    if kind == "more" or not found:
        found.insert(at, draw(st.binary(min_size=32, max_size=32)))
    elif kind == "less":
        del found[at]
    elif kind == "swap" and len(set(found)) > 1:
        found = found[1:] + found[:1]
    elif kind == "short":
        found[at] = found[at][: draw(st.integers(0, 31))]
    else:
        bit = draw(st.integers(0, 255))
        found[at] = (int.from_bytes(found[at], "big") ^ 1 << bit).to_bytes(32, "big")
    return found


@given(st.data(), SIZES)
def test_any_entry_of_any_log_is_shown_and_no_altered_list_shows_it(data: st.DataObject, size: int):
    """A holder could not show an entry, or could show one that is not there."""
    index = data.draw(st.integers(0, size - 1))
    way = proofs.inclusion(index, size, node_over(LOG))
    proofs.verify_inclusion(index=index, size=size, leaf=LOG[index], hashes=way, root=root(size))
    with pytest.raises(HashListError):
        proofs.verify_inclusion(
            index=index, size=size, leaf=LOG[index], hashes=data.draw(altered(way)), root=root(size)
        )


@given(st.data(), SIZES)
def test_an_entry_is_shown_at_its_own_place_alone(data: st.DataObject, size: int):
    """An entry could be passed off as an earlier or a later one, or another as this one."""
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(-1, size + 1).filter(lambda number: number != index))
    way = proofs.inclusion(index, size, node_over(LOG))
    with pytest.raises(HashListError):
        proofs.verify_inclusion(index=other, size=size, leaf=LOG[index], hashes=way, root=root(size))
    with pytest.raises(HashListError):
        proofs.verify_inclusion(index=index, size=size, leaf=leaf_hash(b"never entered"), hashes=way, root=root(size))


@given(st.data(), SIZES)
def test_any_two_sizes_are_shown_consistent_and_no_altered_list_shows_it(data: st.DataObject, new: int):
    """A log could not show that it only grew, or could show it although it did not."""
    old = data.draw(st.integers(1, new))
    way = proofs.consistency(old, new, node_over(LOG))
    proofs.verify_consistency(old=old, new=new, old_root=root(old), new_root=root(new), hashes=way)
    with pytest.raises(HashListError):
        proofs.verify_consistency(
            old=old, new=new, old_root=root(old), new_root=root(new), hashes=data.draw(altered(way))
        )


@given(st.data(), st.integers(2, 300))
def test_a_log_that_changed_an_old_entry_shows_no_consistency(data: st.DataObject, new: int):
    """Editing an entry would stay unseen (M05)."""
    old = data.draw(st.integers(1, new - 1))
    at = data.draw(st.integers(0, old - 1))
    edited = LOG[:at] + [leaf_hash(b"edited")] + LOG[at + 1 : new]
    way = proofs.consistency(old, new, node_over(edited))
    with pytest.raises(HashListError):
        proofs.verify_consistency(old=old, new=new, old_root=root(old), new_root=mth(edited), hashes=way)


@given(st.integers(0, 600))
def test_the_grown_root_is_that_of_the_plain_definition(size: int):
    """What is appended quickly would be another tree than the one that others compute."""
    assert root(size) == root_of(LOG[:size])
    assert root(size) == CompactRange.read(size, node_over(LOG)).root()


def test_the_root_of_nothing_is_the_hash_of_nothing():
    """An empty log would have no root, or one that an entry has too."""
    assert EMPTY_ROOT == CompactRange().root() == mth([])


@given(SIZES)
def test_a_range_keeps_one_hash_for_each_bit_of_its_size(size: int):
    """Appending would cost more with each entry."""
    grown = CompactRange()
    for leaf in LOG[:size]:
        grown.append(leaf)
    assert bin(size).count("1") == len(grown.peaks)


@given(st.data(), SIZES)
def test_a_node_read_from_tiles_is_the_node_of_the_tree(data: st.DataObject, size: int):
    """Each proof from stored tiles would be wrong."""
    level = data.draw(st.integers(0, size.bit_length() - 1))
    index = data.draw(st.integers(0, (size >> level) - 1))
    node = tiles.node_of(tile_reader(tiles_of(LOG[:size])), size)
    assert mth(LOG[index << level : (index + 1) << level]) == node(level, index)


@given(st.integers(1, 255))
def test_a_tile_that_is_too_short_is_refused(width: int):
    """A cut file would give a root of something else without a word."""
    found = tiles_of(LOG[:width])
    path = tiles.tile_path(0, 0, width)
    found[path] = found[path][:-1]
    with pytest.raises(TileError):
        tiles.node_of(tile_reader(found), width)(0, width - 1)


@given(st.lists(st.binary(max_size=300), max_size=256))
def test_the_entries_of_a_bundle_come_back_as_they_were(entries: list[bytes]):
    """An entry would change its bytes on the way to the disk."""
    assert entries == tiles.unbundle(tiles.bundle(entries))


@given(st.lists(st.binary(min_size=1, max_size=40), min_size=1, max_size=20), st.data())
def test_a_bundle_that_was_cut_holds_no_part_of_an_entry(entries: list[bytes], data: st.DataObject):
    """A file that lost its end would pass for whole, with a last entry that nobody wrote."""
    whole = tiles.bundle(entries)
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    try:
        found = tiles.unbundle(cut)
    except TileError:
        return
    assert entries[: len(found)] == found
    assert cut == tiles.bundle(found)


def test_a_bundle_of_257_entries_is_refused():
    """Entries that belong to no place in the tree would be read."""
    with pytest.raises(TileError, match="256"):
        tiles.unbundle(tiles.bundle([b"{}"] * 257))


def test_an_entry_beyond_two_bytes_of_length_does_not_go_into_a_bundle():
    """Its length would wrap, and the rest of the bundle be read askew."""
    assert [b"x" * 65_535] == tiles.unbundle(tiles.bundle([b"x" * 65_535]))
    with pytest.raises(TileError, match="65,535"):
        tiles.bundle([b"x" * 65_536])


@pytest.mark.parametrize("size", [0, -1, 2**63, 2**70])
def test_sizes_out_of_range_are_refused(size: int):
    """A size from outside would end in an error of Python or in a loop."""
    with pytest.raises(HashListError):
        proofs.inclusion(0, size, node_over(LOG))
    with pytest.raises(HashListError):
        proofs.verify_inclusion(index=0, size=size, leaf=LOG[0], hashes=[], root=LOG[0])
    with pytest.raises(HashListError):
        proofs.verify_consistency(old=size, new=size, old_root=LOG[0], new_root=LOG[0], hashes=[])


def test_at_most_sixty_three_hashes_are_taken():
    """A list of millions would be hashed before it is refused."""
    with pytest.raises(HashListError, match="63"):
        proofs.verify_inclusion(index=0, size=2**62, leaf=LOG[0], hashes=LOG[:64], root=LOG[0])


def test_a_node_is_told_from_a_leaf():
    """An inner node could be shown as an entry (the reason for the bytes 0 and 1 of RFC 6962)."""
    assert node_hash(LOG[0], LOG[1]) != leaf_hash(LOG[0] + LOG[1])


@given(st.integers(0, 20), st.integers(0, 20))
def test_a_range_with_peaks_of_another_size_is_refused(size: int, peaks: int):
    """A signer file with one line missing would grow another tree."""
    if size.bit_count() == peaks:
        assert size == CompactRange(size, LOG[:peaks]).size
    else:
        with pytest.raises(HashListError):
            CompactRange(size, LOG[:peaks])
