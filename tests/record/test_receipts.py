# SPDX-License-Identifier: Apache-2.0
"""Receipts: a holder can show an entry alone, and no byte of a receipt can be changed."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.record import entries, receipts
from evenhand.record.canonical import encode
from evenhand.record.errors import DisclosureError, PolicyError, ReceiptError, RecordError
from evenhand.record.receipts import HEADER, Receipt, bundle
from tests.record.making import BOOK, FIELDS, POLICY, counted, key, receipt

SEALED, OPENED = entries.seal(book=BOOK, fields=FIELDS, chance=counted())
LOG = [b'{"a":1}', SEALED, *(f'{{"a":{number}}}'.encode() for number in range(2, 9))]


def shown(data: bytes) -> Receipt:
    """A receipt read, verified and opened, as whoever is shown one does; a `RecordError` where it does not hold."""
    found = Receipt.parse(data)
    found.verify([key().verifier])
    found.opened()
    return found


@given(st.integers(0, len(LOG) - 1))
def test_a_receipt_comes_back_and_verifies(index: int):
    """Its holder would have kept a file for nothing."""
    made = receipt(LOG, index, OPENED if index == 1 else (), seconds=1_775_030_400)
    found = Receipt.parse(str(made).encode())
    assert (made, str(made)) == (found, str(found))
    assert 2 == len(found.verify([key().verifier], POLICY))
    assert FIELDS == {each.name: each.value for each in receipt(LOG, 1, OPENED).opened()}


@given(st.data())
def test_no_changed_byte_of_a_receipt_is_taken(data: st.DataObject):
    """Something else than was entered could be shown (M05)."""
    whole = str(receipt(LOG, 1, OPENED)).encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    with pytest.raises(RecordError):
        shown(changed)


@given(st.data())
def test_no_cut_or_lengthened_receipt_is_taken(data: st.DataObject):
    """A receipt that lost a line would pass for whole."""
    whole = str(receipt(LOG, 1, OPENED)).encode()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    changed = whole[:start] + data.draw(st.binary(max_size=3)) + whole[end:]
    if changed == whole:
        return
    with pytest.raises(RecordError):
        shown(changed)


def test_a_receipt_without_enough_cosigners_is_told():
    """Who relies on cosigners would rely on the log alone."""
    with pytest.raises(PolicyError, match="0 of 3"):
        receipt(LOG, 1).verify([key().verifier], POLICY)


def test_a_receipt_is_completed_with_a_later_checkpoint():
    """The receipt of the first day would never show the cosigners of the next."""
    early, late = receipt(LOG[:3], 1, OPENED), receipt(LOG, 1, seconds=1_775_030_400)
    completed = early.completed(late.note, late.hashes)
    assert (OPENED, 2) == (completed.disclosures, len(completed.verify([key().verifier], POLICY)))


def test_a_disclosure_of_another_entry_is_refused():
    """A value could be shown beside an entry that does not hold it."""
    other = entries.seal(book=BOOK, fields=FIELDS, chance=counted("other"))[1]
    for texts in (other[:1], (OPENED[0], "é"), (OPENED[0], OPENED[0])):
        with pytest.raises(DisclosureError):
            receipt(LOG, 1, texts).opened()
    with pytest.raises(DisclosureError):
        receipt(LOG, 0, OPENED[:1]).opened()


@given(st.lists(st.integers(0, len(LOG) - 1), min_size=1, max_size=5))
def test_a_bundle_holds_the_receipts_that_were_put_into_it(indexes: list[int]):
    """A party would miss an act of its own matter."""
    made = [receipt(LOG, index) for index in indexes]
    assert made == list(bundle("".join(map(str, made)).encode()))


@pytest.mark.parametrize("before", [b"", b"x", b"\n", b" "])
def test_what_belongs_to_no_receipt_of_a_bundle_is_refused(before: bytes):
    """Bytes that nobody reads could say anything."""
    whole = str(receipt(LOG, 0)).encode()
    with pytest.raises(RecordError):
        list(bundle(before + whole[1:] if not before else before + whole))
    with pytest.raises(RecordError):
        list(bundle(whole + (before or b"x")))


def with_extra(value: object) -> bytes:
    """A receipt whose extra line encodes another value."""
    lines = str(receipt(LOG, 0)).split("\n")
    lines[1] = "extra " + base64.b64encode(encode(value)).decode()
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    "value",
    [1, [], {}, {"v": 1, "entry": "{}"}, {"v": True, "entry": "{}", "disclosures": []}, {"v": 2, "entry": "{}", "disclosures": []},
     {"v": 1, "entry": 1, "disclosures": []}, {"v": 1, "entry": "{}", "disclosures": "x"},
     {"v": 1, "entry": "{}", "disclosures": [1]}, {"v": 1, "entry": "{}", "disclosures": [], "x": 1}],
)  # fmt: skip
def test_an_extra_line_of_another_shape_is_refused(value: object):
    """Two programs would find two entries in one receipt."""
    with pytest.raises(ReceiptError):
        Receipt.parse(with_extra(value))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEADER, "c2sp.org/tlog-proof@v2"), ("extra ", "Extra "), ("index 0", "index 00"), ("index 0", "index -0"),
        ("index 0", "index"), ("index 0", "index 0 "), ("index 0\n", "index 0\n\n"), ("index 0\n", "index 0\r\n"),
        ("index 0\n", "index 0\n" + ("A" * 43 + "=\n") * 64), ("index 0\n", "index 0\nAAAA\n"), ("extra ", "x 1\nextra "),
    ],
)  # fmt: skip
def test_a_line_that_does_not_belong_there_is_refused(old: str, new: str):
    """A receipt would have two spellings."""
    with pytest.raises(RecordError):
        shown(str(receipt(LOG, 0)).replace(old, new, 1).encode())


def test_a_receipt_beyond_its_largest_is_refused_before_it_is_read():
    """A file of gigabytes would be decoded first."""
    with pytest.raises(ReceiptError, match="at most"):
        Receipt.parse(b"x" * (receipts.LARGEST_RECEIPT + 1))
    with pytest.raises(ReceiptError, match="too long"):
        Receipt.parse(f"{HEADER}\nextra {'A' * (receipts.LONGEST_EXTRA + 4)}\nindex 0\n\nx")
