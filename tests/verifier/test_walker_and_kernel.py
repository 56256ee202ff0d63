# SPDX-License-Identifier: Apache-2.0
"""The walker of the verifier and the kernel of Evenhand, written apart, agree on random books and histories."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.casework.deciding import decide
from evenhand.casework.evolving import replay
from evenhand.casework.lapsing import lapses
from evenhand.casework.refusal import Refused
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.loading import load
from tests.casework.conftest import request as a_request
from tests.casework.random_books import choices, histories
from tests.verifier.canonical_books import canonical_of
from tests.verifier.conftest import load as load_verifier
from tests.verifier.matters import BOOKS

VERIFIER = load_verifier()
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


class Heard:
    """A log without a folder that keeps what the walker reports."""

    def __init__(self) -> None:
        self.findings, self.left = [], []
        self.report = self

    def found(self, where, says, entry=None, rule=None):
        """Keep a finding."""
        self.findings.append((entry, rule, says))

    def leave(self, where, says):
        """Keep what was not checked."""
        self.left.append(says)

    def path(self, name):
        """No folder."""
        return name


def walk(book: RunningBook, acts, until=None) -> Heard:
    """Let the verifier replay these acts; `until` is the last instant of the log."""
    heard = Heard()
    walker = VERIFIER.Walker(heard)
    rulebook = canonical_of(book.rulebook)
    walker.books["v", book.book.id] = VERIFIER.Rules(rulebook, book.book.id)
    for n, act in enumerate(acts, 1):
        walker.see(n, "v", opened(book, act, n))
    if until is not None and (walker.last_at is None or until > walker.last_at):
        walker.last_at = until
    walker.finish()
    return heard


def opened(book: RunningBook, act, n):
    """An act as an auditor reads it."""
    name, clock = act.name, act.name.startswith("missed.") or act.name in book.clocks_own
    body = {f"body.{item}": value for item, value in act.carries.items()}
    role = {"as": "clock"} if clock else {"as": act.by}
    at = VERIFIER.instant_text(act.at)
    return {"type": "act", "at": at, "matter": "m", "n": n, "rule": f"{book.book.id}.{name}", **role, **body}


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(histories())
def test_what_the_kernel_made_holds(history):
    """An honest record would be called unlawful."""
    book, acts, now = history
    heard = walk(book, acts, now)
    assert ([], []) == (heard.findings, heard.left)


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(histories(), st.data())
def test_a_lapse_that_is_left_out_is_missed(history, data):
    """A limit that passed could be kept quiet."""
    book, acts, now = history
    clock = [n for n, act in enumerate(acts) if act.name in book.clocks_own or act.name.startswith("missed.")]
    if not clock:
        return
    at = data.draw(st.sampled_from(clock))
    heard = walk(book, acts[:at] + acts[at + 1 :], now + timedelta(seconds=1))
    assert heard.findings


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(histories(), st.data())
def test_what_the_kernel_refuses_the_verifier_names_with_the_same_rule(history, data):
    """Two readers of one rulebook would disagree about what was lawful."""
    book, acts, now = history
    people = [role.id for role in book.rulebook.roles.values() if role.kind != "machine"]
    theirs = [name for name, rule in book.book.acts.items() if name not in book.clocks_own]
    role, name = data.draw(st.sampled_from(people)), data.draw(st.sampled_from(theirs))
    asked = a_request(book, name, role, now)
    try:
        made = decide(book, replay(book, acts), asked, now)
    except Refused as refused:
        expected = refused.rule
        act = {"type": "act", "at": VERIFIER.instant_text(now), "matter": "m", "n": len(acts) + 1, "as": role}
        body = {f"body.{item}": value for item, value in asked.carries.items()}
        act.update({"rule": f"{book.book.id}.{name}", **body})
        heard = Heard()
        walker = VERIFIER.Walker(heard)
        walker.books["v", book.book.id] = VERIFIER.Rules(canonical_of(book.rulebook), book.book.id)
        for n, done in enumerate(acts, 1):
            walker.see(n, "v", opened(book, done, n))
        walker.see(len(acts) + 1, "v", act)
        assert [expected] == [rule for _, rule, _ in heard.findings]
    else:
        assert [] == walk(book, [*acts, *made]).findings


@pytest.mark.parametrize("name", ["quay_club", "harbour", "lantern_foundation"])
@settings(max_examples=15, deadline=None, suppress_health_check=[*SLOW, HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_shipped_rulebooks_are_read_alike(name, data):
    """What an organisation runs under would be read differently by its own program and by an auditor."""
    rulebook = load(BOOKS / f"{name}.yaml")
    book = RunningBook(rulebook, data.draw(st.sampled_from(sorted(rulebook.books))))
    _, acts, now = data.draw(histories(book))
    acts = [*acts, *lapses(book, replay(book, acts), now + timedelta(days=60))]
    assert choices(book, replay(book, acts), now + timedelta(days=60)) is not None
    heard = walk(book, acts, now + timedelta(days=60))
    assert ([], []) == (heard.findings, heard.left)
