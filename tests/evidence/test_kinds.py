# SPDX-License-Identifier: Apache-2.0
"""What a file is called says nothing about what a browser would do with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.evidence.kinds import GROUNDS, INLINE, KINDS, UNKNOWN, media_of

KNOWN = [
    (b"%PDF-1.7\n", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "image/png"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
    (b"RIFF\x24\x08\x00\x00WAVEfmt ", "audio/wav"),
    (b"ID3\x04\x00", "audio/mpeg"),
    (b"\xff\xfb\x90\x64", "audio/mpeg"),
    (b"OggS\x00\x02", "audio/ogg"),
    (b"\x00\x00\x00\x18ftypM4A \x00", "audio/mp4"),
    (b"\x00\x00\x00\x18ftypisom\x00", "video/mp4"),
]
OTHERS = [
    b"", b"<!doctype html><script>", b"<svg xmlns='http://www.w3.org/2000/svg'>", b"<?xml version='1.0'?><svg/>",
    b"\xef\xbb\xbf<html>", b"\xff\xfe<\x00h\x00", b"GIF89a", b"PK\x03\x04", b"words", b"RIFF\x24\x08\x00\x00AVI ",
    b" %PDF-1.7", b"\xff\xff\xff\xff", b"MZ\x90\x00",
]  # fmt: skip


@pytest.mark.parametrize(("head", "media"), KNOWN)
def test_what_may_be_shown_is_told_by_its_first_bytes(head, media):
    """A recording that cannot be played in the page has to be downloaded, and copies are made."""
    assert media == media_of(head)
    assert media in INLINE


@pytest.mark.parametrize("head", OTHERS)
def test_everything_else_is_handed_over_to_be_saved(head):
    """A page or a picture with a script in it would act in the name of whoever opens it."""
    assert UNKNOWN == media_of(head)


@given(st.binary(max_size=64))
def test_no_bytes_are_shown_as_what_can_carry_a_script(head):
    """Whatever comes in."""
    assert media_of(head) in INLINE | {UNKNOWN}
    assert not {"text/html", "image/svg+xml", "text/xml"} & INLINE


def test_every_kind_and_ground_says_what_it_is():
    """E03: whoever submits an item chooses by these sentences."""
    assert ["recording", "document", "first_hand", "second_hand", "published"] == list(KINDS)
    assert all(one.says.endswith(".") and len(one.id) <= 16 for one in KINDS.values())
    assert all(says.endswith(".") for says in GROUNDS.values())
