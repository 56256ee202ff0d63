# SPDX-License-Identifier: Apache-2.0
"""The net that a peer replays speaks the same language as our table."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import generated
from bench.nets import DONE, net
from evenhand.rulebook.loading import loads
from evenhand.rulebook.table import compile_book

TABLE = compile_book(loads(generated.rulebook(1)), "discipline")
NET = net(TABLE)


def played(acts):
    """The places marked after each act that the net can play, up to the first that it cannot."""
    marked, places = NET["first"], []
    for act in acts:
        ways = [there for _, label, here, there in NET["transitions"] if here == marked and label == act]
        if not ways:
            break
        (marked,) = ways
        places.append(marked)
    return places


def stepped(acts):
    """The same by the table."""
    state, places = 0, []
    for act in acts:
        state = TABLE.step(state, TABLE.acts.index(act))
        if state < 0:
            break
        places.append(f"s{state}")
    return places


@given(st.data())
def test_the_net_plays_what_the_table_steps(data):
    """The comparison with a peer would compare two languages, and equal verdicts would say nothing."""
    state, acts = 0, []
    for _ in range(data.draw(st.integers(0, 12))):
        lawful = TABLE.lawful(state)
        if not lawful:
            break
        code = data.draw(st.sampled_from(lawful))
        acts.append(TABLE.acts[code])
        state = TABLE.step(state, code)
    acts.append(data.draw(st.sampled_from(TABLE.acts)))
    assert stepped(acts) == played(acts)


def test_no_place_offers_a_label_twice():
    """A replay would have to guess which way a case went, and its verdict would depend on the guess."""
    ways = Counter((here, label) for _, label, here, _ in NET["transitions"])
    assert 1 == max(ways.values())


def test_a_workflow_net_ends_in_one_place():
    """Soundness is asked of nets with one last place; every end of the book leads there without an act."""
    workflow = net(TABLE, workflow=True)
    silent = [(here, there) for _, label, here, there in workflow["transitions"] if label is None]
    assert [(end, DONE) for end in NET["ends"]] == silent
    assert [*NET["places"], DONE] == workflow["places"]


@pytest.mark.parametrize(("applications", "states"), [(0, 155), (1, 463), (2, 1387)])
def test_an_incidental_application_multiplies_the_states_by_three(applications, states):
    """The large book of the bench would not be large, or would be large for another reason than real ones are."""
    assert states == compile_book(loads(generated.rulebook(applications)), "discipline").states
