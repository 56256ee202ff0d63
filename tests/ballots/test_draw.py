# SPDX-License-Identifier: Apache-2.0
"""A lot that somebody else cannot draw again is no lot (D14)."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.ballots.draw import draw, may_draw, order, rfc3797

CHAIN = [b"totally not a bikeshed"]
for _ in range(10):
    CHAIN.append(hashlib.sha256(CHAIN[-1]).digest())
BEACON = b"1.2.3.4.5.6./" * 3
SALT = hashlib.sha256(b"evenhand draw vector 1: commitment").digest()
OURS = hashlib.sha256(b"evenhand draw vector 1: beacon").digest()
NAMES = st.lists(st.text(min_size=1, max_size=8), min_size=2, max_size=12, unique=True)


def test_the_chain_of_salts_is_the_published_one():
    """With another chain the vectors below would test nothing."""
    assert "950ea08d8d5fd3ae415b9967aba7a48aba39ca62a4d98f2e7fe25cb1b8f8c488" == CHAIN[10].hex()


@pytest.mark.parametrize(
    ("salt", "expected"),
    [
        (
            CHAIN[9],
            [
                ("lavenderblush", "002ed527ae0a44a8"),
                ("blue", "03f710be"),
                ("darkgoldenrod", "08bab813"),
                ("mediumvioletred", "0c26494f"),
                ("bisque", "0e1af5d1"),
                ("lightpink", "13a07cc9"),
            ],
        ),
        (CHAIN[8], [("aqua", "00d1c59a"), ("darkgray", "02b514b0"), ("cornflowerblue", "0337add9")]),
    ],
)
def test_the_published_vectors_come_out(salt, expected):
    """Other people's software that draws by the same draft comes to the same order."""
    drawn = order(salt, BEACON, sorted(label for label, _ in expected))
    assert expected == [(one.label, one.key[: len(key)]) for one, (_, key) in zip(drawn, expected, strict=True)]


def test_our_own_vector_comes_out():
    """Draws that were made before this change of the code can still be drawn again."""
    drawn = order(SALT, OURS, [f"p{number:02}" for number in range(1, 13)])
    assert ["p01", "p06", "p03", "p09", "p05", "p11", "p02", "p08", "p07", "p12", "p10", "p04"] == [
        one.label for one in drawn
    ]
    assert drawn[0].key.startswith("2e1addfd867d7630")


def test_rfc_3797_picks_as_its_example_does():
    """Rules that name this method get its result."""
    expected = (17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4)
    assert expected == rfc3797("9319./2.5.8.10.12./9.18.26.34.41.45./", 25, picks=16)


@given(NAMES, st.binary(min_size=1, max_size=40), st.data())
def test_who_falls_out_moves_nobody_else(names, beacon, data):
    """Otherwise a late conflict could be used to bring a friend into the panel."""
    gone = data.draw(st.sampled_from(names))
    everybody = [one.label for one in order(SALT, beacon, names) if one.label != gone]
    assert everybody == [one.label for one in order(SALT, beacon, [name for name in names if name != gone])]


@given(NAMES)
def test_the_order_of_the_list_does_not_matter(names):
    """Whoever writes the list could choose the panel."""
    assert order(SALT, OURS, names) == order(SALT, OURS, list(reversed(names)))


def test_a_name_that_stands_twice_is_refused():
    """It would have two chances."""
    with pytest.raises(ValueError, match="twice"):
        order(SALT, OURS, ["a", "b", "a"])


def test_the_first_sit_and_the_next_are_substitutes():
    """A seat that empties goes to the next in the same lot."""
    drawn = draw(SALT, OURS, [f"p{number:02}" for number in range(1, 13)], seats=3)
    assert (("p01", "p06", "p03"), "p09") == (drawn.seats, drawn.substitutes[0])


def test_more_seats_than_names_is_refused():
    """A panel of fewer than the rules ask for is no panel."""
    with pytest.raises(ValueError, match="2 names cannot fill 3 seats"):
        draw(SALT, OURS, ["a", "b"], seats=3)


def test_two_of_nine_for_three_seats_is_no_lot():
    """S13: with so few left the outcome of a lot is known before it is drawn."""
    assert [False, False, True] == [may_draw(left, 3) for left in (2, 4, 5)]
