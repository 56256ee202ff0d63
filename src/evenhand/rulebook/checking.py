# SPDX-License-Identifier: Apache-2.0
"""Checks a rulebook: C1 to C16 on every book, the numbers, and warnings. Each check is explained in docs/checks.md.

A verdict is about one check and one book; what concerns the rulebook as a whole (conflict rules, pools, whether it can be
amended at all) has "" for its book. A check that does not hold says every fault it found and shows the run of the first.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evenhand.rulebook.burying import fewest_to_bury
from evenhand.rulebook.checks_adverse import adverse_acts
from evenhand.rulebook.checks_amending import amended_in_the_open, amended_somewhere, amends, fewest_to_amend
from evenhand.rulebook.checks_appeals import appeals_can_go_either_way, merits_both_ways
from evenhand.rulebook.checks_burying import every_ending_counts, officials_who_bury
from evenhand.rulebook.checks_forum import called_in_from_outside, one_body_a_stage
from evenhand.rulebook.checks_measures import no_measure_survives, the_clock_harms_nobody
from evenhand.rulebook.checks_movement import a_way_out, an_end_in_time, nothing_dead, silence_is_heard
from evenhand.rulebook.checks_people import conflict_rules, own_cause, still_filled
from evenhand.rulebook.graph import graph_of
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import Rulebook
from evenhand.rulebook.numbers import longest_case
from evenhand.rulebook.pools import pools_fail
from evenhand.rulebook.table import compile_book
from evenhand.rulebook.verdicts import BookNumbers, Fault, Numbers, Report, Verdict, steps

MANY_STATES = 100_000
MOST_FAULTS_SAID = 8


@dataclass(frozen=True)
class Check:
    """One check on one book: its id, the sentence when it holds, and how its faults are found."""

    id: str
    holds: str
    faults: Callable[[Meaning], Iterator[Fault]]


CHECKS = (
    Check("C1", "Every act can happen and every stage is reached.", nothing_dead),
    Check("C2", "Every state that can be reached has a way out.", a_way_out),
    Check("C3", "In every open stage a clock runs, and silence brings the matter to other people.", silence_is_heard),
    Check("C4", "No case can last for ever, or longer than promised.", an_end_in_time),
    Check(
        "C5",
        "No official and no silence alone can bury a matter, and nobody is harmed by one person.",
        officials_who_bury,
    ),
    Check("C6", "Whoever is harmed is told, heard, given reasons and notice, and can appeal to others.", adverse_acts),
    Check("C7", "Nobody acts in their own cause, and one person has one part in a matter.", own_cause),
    Check("C9", "No interim measure outlives its matter or its day.", no_measure_survives),
    Check(
        "C10", "The rules are changed in the open, by a vote, after those concerned were asked.", amended_in_the_open
    ),
    Check("C11", "One body decides each stage.", one_body_a_stage),
    Check("C12", "Wherever the merits are decided, they can be decided either way.", merits_both_ways),
    Check(
        "C13", "Every appeal can succeed, can be dismissed, and is heard by at least two.", appeals_can_go_either_way
    ),
    Check("C14", "The clock tells, charges, suspends and sanctions nobody.", the_clock_harms_nobody),
    Check("C15", "No ending, by whomever, buries a matter with fewer people than promised.", every_ending_counts),
    Check("C16", "Every ending can be called in from outside before it is final.", called_in_from_outside),
)


@dataclass(frozen=True)
class WholeCheck:
    """One check on the rulebook as a whole; it is asked with whether any book of it judges people."""

    id: str
    holds: str
    faults: Callable[[Rulebook, bool], Iterator[Fault]]


WHOLE = (
    WholeCheck(
        "C7", "The grounds that may not be missing are there, and challenges have a judge of their own.", conflict_rules
    ),
    WholeCheck("C8", "Every role can still be filled with as many people conflicted out as promised.", still_filled),
    WholeCheck("C10", "There is a way to amend the rulebook.", lambda rulebook, judging: amended_somewhere(rulebook)),
)


def meaning_of(rulebook: Rulebook, book_id: str) -> Meaning:
    """A book compiled and read, ready for its checks. `TooLarge` where it cannot be compiled."""
    return Meaning(rulebook, graph_of(compile_book(rulebook, book_id), rulebook.roles))


def check(rulebook: Rulebook) -> Report:
    """Every verdict and every number. `TooLarge` where a book has too many states to be compiled."""
    meanings = [meaning_of(rulebook, book_id) for book_id in rulebook.books]
    numbers = [_numbers(meaning) for meaning in meanings]
    return Report(
        books=tuple(numbers),
        checks=tuple(verdicts(rulebook, meanings)),
        numbers=_weakest(rulebook, meanings, numbers),
        warnings=tuple(_warnings(numbers)),
    )


def verdicts(rulebook: Rulebook, meanings: Sequence[Meaning]) -> Iterator[Verdict]:
    """The verdicts, one after the other as they are found: the whole rulebook's first, then book by book."""
    yield from whole_verdicts(rulebook, any(meaning.judges for meaning in meanings))
    for meaning in meanings:
        yield from book_verdicts(meaning)


def whole_verdicts(rulebook: Rulebook, judging: bool) -> Iterator[Verdict]:
    """The verdicts on the rulebook as a whole; `judging` says whether any book of it judges people."""
    for whole in WHOLE:
        faults = list(whole.faults(rulebook, judging))
        yield Verdict(whole.id, "", not faults, _said(faults) or whole.holds)


def book_verdicts(meaning: Meaning) -> Iterator[Verdict]:
    """The verdicts on one book."""
    for one in CHECKS:
        if one.id != "C10" or amends(meaning):
            yield verdict(one, meaning)


def verdict(one: Check, meaning: Meaning) -> Verdict:
    """The verdict of one check on one book."""
    faults = list(one.faults(meaning))
    run = next((fault.run for fault in faults if fault.run), ())
    return Verdict(one.id, meaning.book.id, not faults, _said(faults) or one.holds, steps(meaning.graph, run))


def _said(faults: list[Fault]) -> str:
    sentences = list(dict.fromkeys(fault.says for fault in faults))
    left = len(sentences) - MOST_FAULTS_SAID
    return " ".join(sentences[:MOST_FAULTS_SAID]) + (f" And {left} more faults of this kind." if left > 0 else "")


def _numbers(meaning: Meaning) -> BookNumbers:
    buried = fewest_to_bury(meaning)
    return BookNumbers(
        id=meaning.book.id,
        states=meaning.graph.table.states,
        moves=len(meaning.graph.table.move_act),
        longest_working_days=longest_case(meaning),
        fewest_to_bury=None if buried is None else buried.people,
    )


def _weakest(rulebook: Rulebook, meanings: list[Meaning], numbers: list[BookNumbers]) -> Numbers:
    longest = [one.longest_working_days for one in numbers]
    known = [days for days in longest if days is not None]
    bury = [one.fewest_to_bury for one in numbers if one.fewest_to_bury is not None]
    amend = [
        found.people for meaning in meanings if amends(meaning) and (found := fewest_to_amend(meaning)) is not None
    ]
    pools = pools_fail(rulebook)
    return Numbers(
        longest_working_days=max(known) if known and len(known) == len(longest) else None,
        fewest_to_bury=min(bury, default=None),
        fewest_to_amend=min(amend, default=None),
        first_pool_to_fail=(pools[0].role, pools[0].at) if pools else None,
    )


def _warnings(numbers: list[BookNumbers]) -> Iterator[str]:
    for one in numbers:
        if one.states > MANY_STATES:
            yield (
                f"The book {one.id} has {one.states:,} states, more than {MANY_STATES:,}: "
                "make what is incidental a matter of its own with a small book."
            )
