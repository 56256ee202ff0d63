# SPDX-License-Identifier: Apache-2.0
"""Whether a decision stands without somebody must not depend on how the question is put (D10)."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.ballots.pivotal import pivotal
from evenhand.ballots.voting import Majority, Vote

SIMPLE, CASTING = Majority(), Majority(casting=True)
TWO_THIRDS = Majority(share=Fraction(2, 3), base="entitled", at_least=True)
OF_PRESENT = Majority(share=Fraction(2, 3), base="present", at_least=True)


def a_vote(
    rule: Majority, in_favour: int, against: int, abstained: int = 0, *, entitled: int = 0, casting=None
) -> Vote:
    """Members f0.., a0.. and o0.. by how they voted."""
    ballots = {f"f{number}": "for" for number in range(in_favour)}
    ballots |= {f"a{number}": "against" for number in range(against)}
    ballots |= {f"o{number}": "abstain" for number in range(abstained)}
    return Vote(ballots=ballots, entitled=entitled or len(ballots), rule=rule, casting=casting)


@pytest.mark.parametrize(
    ("vote", "who", "was", "without", "could"),
    [
        (a_vote(Majority(quorum=6), 7, 5), "f0", "carried", "carried", True),
        (a_vote(SIMPLE, 7, 6), "f0", "carried", "not carried", True),
        (a_vote(SIMPLE, 5, 7), "a0", "not carried", "not carried", False),
        (a_vote(CASTING, 5, 7), "a0", "not carried", "not carried", True),
        (a_vote(SIMPLE, 6, 7), "a0", "not carried", "not carried", True),
        (a_vote(CASTING, 6, 7), "a0", "not carried", "open", True),
        (a_vote(CASTING, 6, 6, casting=("f0", "for")), "f0", "carried", "not carried", True),
        (a_vote(Majority(quorum=7), 5, 2), "a0", "carried", "inquorate", False),
        (a_vote(TWO_THIRDS, 8, 4), "f0", "carried", "not carried", True),
        (a_vote(TWO_THIRDS, 8, 4), "a0", "carried", "carried", False),
        (a_vote(OF_PRESENT, 7, 3, 2), "o0", "not carried", "not carried", True),
    ],
)
def test_the_examples_of_the_design(vote, who, was, without, could):
    """Each of them is a case that a first version got wrong."""
    found = pivotal(vote, [who])
    assert (was, without, was != without, could) == (
        found.was,
        found.without,
        found.pivotal,
        found.could_have_been_pivotal,
    )


def test_a_lost_quorum_is_told():
    """A decision of a body that could not decide needs more than reasons to stand."""
    assert pivotal(a_vote(Majority(quorum=7), 5, 2), ["a0"]).quorum_lost


def test_a_conflicted_casting_vote_is_told():
    """The chair decided alone."""
    assert pivotal(a_vote(CASTING, 6, 6, casting=("f0", "for")), ["f0"]).conflicted_casting_vote


@given(
    st.lists(st.sampled_from(["for", "against", "abstain"]), min_size=1, max_size=6),
    st.integers(0, 4),
    st.sampled_from([SIMPLE, CASTING, TWO_THIRDS, OF_PRESENT, Majority(quorum=4), Majority(base="cast")]),
    st.integers(0, 3),
)
def test_the_tallies_reach_what_the_ballots_reach(choices, conflicted, rule, more):
    """The short way of counting must not miss an end that three ways of voting for each would have found."""
    names = [f"m{number}" for number in range(len(choices))]
    vote = Vote(ballots=dict(zip(names, choices, strict=True)), entitled=len(names) + more, rule=rule)
    people = names[:conflicted]
    brute = {
        Vote(
            ballots={**vote.ballots, **dict(zip(people, way, strict=True))}, entitled=vote.entitled, rule=rule
        ).effect()
        for way in product(("for", "against", "abstain"), repeat=len(people))
    }
    assert brute == pivotal(vote, people).reachable


def test_two_thirds_of_twelve_and_of_eleven_are_eight():
    """Shares are compared as integers: 7 of 11 is not two thirds."""
    assert ["carried", "not carried"] == [a_vote(TWO_THIRDS, k, 11 - k).effect() for k in (8, 7)]
