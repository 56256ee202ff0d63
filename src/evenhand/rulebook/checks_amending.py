# SPDX-License-Identifier: Apache-2.0
"""C10: the rules are changed in the open, by those who are asked, for the future, and by no easier way than they say.

The book that amends the rulebook is the one with `rules`; what adopts in it is a decision that carries both a text and a
vote.
"""

from collections.abc import Iterator

from evenhand.rulebook.burying import Fewest, fewest_to_bring_about
from evenhand.rulebook.graph import Bools
from evenhand.rulebook.meaning import Meaning
from evenhand.rulebook.model import Rulebook
from evenhand.rulebook.verdicts import Fault, fault_at


def amends(meaning: Meaning) -> bool:
    """Whether this is the book under which the rulebook is amended."""
    return bool(meaning.book.rules)


def adoption(meaning: Meaning) -> Bools:
    """The moves that adopt a text."""
    return meaning.moves_of(meaning.carrying("text", "vote") & meaning.graph.kinds.merits)


def fewest_to_amend(meaning: Meaning) -> Fewest | None:
    """The fewest people who can change the rules; None if nobody can."""
    return fewest_to_bring_about(meaning, adoption(meaning))


def amended_somewhere(rulebook: Rulebook) -> Iterator[Fault]:
    """C10 for the whole rulebook: there is a way to amend it."""
    if not any(book.rules for book in rulebook.books.values()):
        yield Fault("No book says how this rulebook is amended: none has `rules`.")


def amended_in_the_open(meaning: Meaning) -> Iterator[Fault]:
    """C10 in the amendment book: published, consulted and voted on; never backwards; its own rule bound by itself."""
    if not amends(meaning):
        return
    graph = meaning.graph
    adopts = adoption(meaning)
    if not adopts.any():
        yield Fault("No decision of this book adopts a text by a vote: none carries both `text` and `vote`.")
        return
    office = graph.kinds.office
    published = meaning.moves_of(meaning.carrying("text", "notice") & office)
    before = published & ~adopts
    run = graph.run_over(adopts, ~before)
    if run:
        yield Fault("A text can be adopted that was not published before.", tuple(run))
    explained = meaning.moves_of(meaning.carrying("text", "reasons")) & ~adopts
    run = graph.run_over(adopts, ~explained)
    if run:
        yield Fault("A text can be adopted although nobody gave reasons with it before.", tuple(run))
    responds = meaning.moves_of(meaning.carrying("response") & graph.kinds.party)
    consulted = graph.lapses & graph.enabled(responds)[graph.src]
    run = graph.run_over(adopts, ~consulted)
    if run:
        says = "A text can be adopted although those it concerns had no time to respond that nobody could cut short."
        yield Fault(says, tuple(run))
    answered = meaning.moves_of(meaning.carrying("response") & office)
    run = graph.run_over(adopts, ~answered)
    if run:
        yield Fault("A text can be adopted although nobody has answered the responses.", tuple(run))
    unvoted = meaning.moves_of(graph.kinds.merits & ~meaning.carrying("vote"))
    if unvoted.any():
        yield fault_at(graph, "A proposal is decided on without a vote.", unvoted)
    yield from _rules(meaning)
    promised = meaning.rulebook.promises.amend_needs or 2
    found = fewest_to_amend(meaning)
    if found is not None and found.people < max(2, promised):
        says = (
            f"{found.people} people ({', '.join(found.roles)}) can change the rules; promised were at least {promised}."
        )
        yield Fault(says, found.run)


def _rules(meaning: Meaning) -> Iterator[Fault]:
    rules, own = meaning.book.rules, meaning.book.id
    if rules.get("retroactive") not in ("never", False):
        yield Fault("The rules of amendment do not say that an amendment is never retroactive.")
    if not rules.get("not_before"):
        yield Fault("The rules of amendment set no time between adoption and force.")
    if not rules.get("must_publish"):
        yield Fault("The rules of amendment do not say what must be published.")
    entrenched = rules.get("entrenched") or ()
    if not {own, f"books.{own}", "books"} & {str(name) for name in entrenched}:
        yield Fault(
            f"The rules of amendment are not entrenched: “{own}” can be amended by an easier way than it prescribes."
        )
