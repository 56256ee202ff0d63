# SPDX-License-Identifier: Apache-2.0
"""The books that come with the program run in the kernel as their tables say."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.casework.evolving import replay
from evenhand.casework.lapsing import after_lapses, lapses, next_lapse
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.loading import load
from evenhand.rulebook.silence import silences
from tests.casework.conftest import History, at
from tests.casework.random_books import choices, histories
from tests.casework.test_kernel_is_the_table import admitted, agree

FILES = {path.stem: path for path in sorted((Path(__file__).resolve().parents[2] / "rulebooks").glob("*.yaml"))}
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


@pytest.fixture(scope="module", params=FILES.values(), ids=FILES.keys())
def books(request: pytest.FixtureRequest) -> list[RunningBook]:
    """Every book of each rulebook in turn."""
    rulebook = load(request.param)
    return [RunningBook(rulebook, id_) for id_ in rulebook.books]


def test_the_three_rulebooks_are_there():
    """Nothing would be tested, and nobody would notice."""
    assert {"harbour", "quay_club", "lantern_foundation"} <= FILES.keys()


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_kernel_and_table_agree_on_every_shipped_book(books, data):
    """What `rules check` has found of a book would not hold for the people under it."""
    book = data.draw(st.sampled_from(books), label="book")
    _, acts, now = data.draw(histories(book))
    agree(book, acts, now, {name for _, name in choices(book, replay(book, acts), now)})


@settings(max_examples=2, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_every_act_of_a_shipped_book_is_granted_or_refused(books, data):
    """An act that cannot even be asked for would stop whoever asks."""
    book = data.draw(st.sampled_from(books), label="book")
    _, acts, now = data.draw(histories(book))
    assert {name for _, name in choices(book, replay(book, acts), now)} == admitted(book, replay(book, acts), now)


def test_silence_alone_ends_every_shipped_matter(books):
    """A matter in which nobody does anything would lie about for ever."""
    when = at("2026-04-01")
    for book in books:
        openings = choices(book, History(book).matter, when)
        assert openings, book.id
        for role, name in openings:
            opened = History(book).does(role, name, when).matter
            _, after = after_lapses(book, opened, at("2036-04-01"))
            assert after.over, f"{book.id}, opened by {name}"
            assert next_lapse(book, after) is None


def test_silence_brings_what_rules_silence_says(books):
    """Members would be promised one thing by the rulebook's page and live through another (H03)."""
    for book in books:
        for told in silences(book.rulebook, book.id):
            opener = book.book.acts[told.opening].by[0]
            opened = History(book).does(opener, told.opening, at("2026-04-01")).matter
            happens = lapses(book, opened, at("2036-04-01"))
            assert [step.act for step in told.steps] == [act.name for act in happens], (book.id, told.opening)
