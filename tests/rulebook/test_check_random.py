# SPDX-License-Identifier: Apache-2.0
"""What holds of the checks on every rulebook, sensible or not; and the numbers against plain slow searches."""

import heapq
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.rulebook.burying import fewest_to_bury
from evenhand.rulebook.checking import check, meaning_of
from evenhand.rulebook.circling import circles
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import Rulebook
from evenhand.rulebook.numbers import longest_case, waits
from evenhand.rulebook.officials import fewest_people, ways
from evenhand.rulebook.verdicts import Verdict
from tests.rulebook.breaking import good
from tests.rulebook.random_books import OFFICES, rulebooks


def lawful_runs(rulebook: Rulebook, verdict: Verdict) -> bool:
    """Whether the run of a verdict can be walked through the table from the start, act by act, stage by stage."""
    table = meaning_of(rulebook, verdict.book).graph.table
    state = 0
    for step in verdict.run:
        if table.stages[table.stage_of[state]] != step.stage:
            return False
        state = table.step(state, table.acts.index(step.act))
        if state < 0:
            return False
    return True


@settings(max_examples=150, deadline=None)
@given(rulebooks(good()))
def test_every_run_that_is_shown_can_be_walked(rulebook):
    """A counterexample that the rules do not allow would accuse a rulebook of what it forbids. Nothing crashes, either."""
    report = check(rulebook)
    shown = [verdict for verdict in report.checks if verdict.run]
    assert [] == [verdict.id for verdict in shown if not lawful_runs(rulebook, verdict)]
    assert [] == [verdict.id for verdict in report.checks if verdict.holds and verdict.run]


def bury_slowly(meaning: Meaning) -> int | None:
    """Dijkstra over (state, roles used) from every live state at once, as the design words it."""
    graph, rulebook = meaning.graph, meaning.rulebook
    live = ~graph.doomed & ~graph.ends
    heap = [(0, int(node), frozenset()) for node in range(graph.nodes) if live[node]]
    heapq.heapify(heap)
    seen = set()
    number = {}
    while heap:
        people, node, roles = heapq.heappop(heap)
        if graph.buried[node]:
            return people
        if (node, roles) in seen:
            continue
        seen.add((node, roles))
        for move in range(int(graph.first[node]), int(graph.first[node + 1])):
            act = meaning.acts[graph.act[move]]
            choices = ways(meaning, act) if graph.kinds.office[graph.act[move]] else (frozenset(),)
            for way in choices:
                used = roles | way
                cost = number.setdefault(used, fewest_people(rulebook, used))
                heapq.heappush(heap, (cost, int(graph.dst[move]), used))
    return None


@settings(max_examples=60, deadline=None)
@given(rulebooks(good()))
def test_the_fewest_who_bury_are_those_of_a_plain_search(rulebook):
    """C5, C15: the quick search by levels would promise more people than it takes."""
    meaning = meaning_of(rulebook, "book")
    found = fewest_to_bury(meaning)
    assert bury_slowly(meaning) == (None if found is None else found.people)


def reachable_slowly(meaning: Meaning) -> list[set[int]]:
    """For each node, the nodes that can come after it."""
    graph = meaning.graph
    after = [set() for _ in range(graph.nodes)]
    for source, target in zip(graph.src.tolist(), graph.dst.tolist(), strict=True):
        after[source].add(target)
    changed = True
    while changed:
        changed = False
        for seen in after:
            more = set().union(*(after[node] for node in seen)) - seen
            seen |= more
            changed = changed or bool(more)
    return after


@settings(max_examples=60, deadline=None)
@given(rulebooks(good()))
def test_circles_and_the_longest_case_are_those_of_a_plain_search(rulebook):
    """C4: a delay that can be repeated for ever would be missed, or a day of the longest case."""
    meaning = meaning_of(rulebook, "book")
    graph, weight = meaning.graph, waits(meaning)
    after = reachable_slowly(meaning)
    on_a_circle = [int(s) in after[t] or s == t for s, t in zip(graph.src.tolist(), graph.dst.tolist(), strict=True)]
    assert on_a_circle == circles(graph).tolist()
    if any(circle and days for circle, days in zip(on_a_circle, weight.tolist(), strict=True)):
        assert longest_case(meaning) is None
        return
    best = [0] + [-1] * (graph.nodes - 1)
    for _ in range(graph.nodes):
        for source, target, days in zip(graph.src.tolist(), graph.dst.tolist(), weight.tolist(), strict=True):
            if best[source] >= 0:
                best[target] = max(best[target], best[source] + days)
    assert max(best) == longest_case(meaning)


@settings(max_examples=80, deadline=None)
@given(rulebooks(good()), st.sets(st.sampled_from(OFFICES)))
def test_the_fewest_people_are_those_of_a_plain_colouring(rulebook, roles):
    """C5: people counted twice would make a rulebook look safer than it is."""
    wanted = [(role, seat) for role in sorted(roles) for seat in range(rulebook.roles[role].people)]

    def fits(people: tuple[int, ...]) -> bool:
        given_to = list(zip(wanted, people, strict=True))
        return not any(
            one == other and (a[0] == b[0] or rulebook.apart_from(a[0], b[0]))
            for at, (a, one) in enumerate(given_to)
            for b, other in given_to[at + 1 :]
        )

    most = len(wanted)
    least = next(
        n for n in range(most + 1) if any(fits(people) for people in product(range(n), repeat=most)) or not wanted
    )
    assert least == fewest_people(rulebook, roles)
