# SPDX-License-Identifier: Apache-2.0
"""`evenhand rules check FILE`: which promises the rules keep, and the shortest run of acts where they do not."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from evenhand.cli.asking import DOES_NOT_HOLD, HOLDS, Command, ask_for_format
from evenhand.cli.rules.opening import ask_for_book, ask_for_rulebook, chosen_books, opened
from evenhand.cli.terminal import Terminal

if TYPE_CHECKING:
    from evenhand.rulebook.model import Rulebook
    from evenhand.rulebook.verdicts import BookNumbers, Numbers, Report, Verdict

GOOD, BAD, QUIET, STRONG = "green", "bold red", "dim", "bold"
WORDS = {True: ("holds", GOOD), False: ("does not hold", BAD)}


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_rulebook(parser)
    ask_for_book(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Check the rulebook; 1 if a check of the chosen books does not hold."""
    from evenhand.rulebook.checking import check

    rulebook = opened(asked.file)
    books = chosen_books(rulebook, asked)
    with terminal.long("checking the rulebook"):
        report = check(rulebook)
    verdicts = tuple(verdict for verdict in report.checks if verdict.book in books or asked.book is None)
    holds = all(verdict.holds for verdict in verdicts)
    if asked.format == "json":
        terminal.json(as_json(report, books, verdicts, holds=holds))
    else:
        _tell(terminal, rulebook, report, books, verdicts)
    return HOLDS if holds else DOES_NOT_HOLD


def as_json(
    report: "Report", books: tuple[str, ...], verdicts: "tuple[Verdict, ...]", *, holds: bool
) -> dict[str, Any]:
    """The report for programs, with the chosen books only; `numbers` and `warnings` are of the whole rulebook."""
    whole = report.as_dict()
    kept = [told for verdict, told in zip(report.checks, whole["checks"], strict=True) if verdict in verdicts]
    return {**whole, "holds": holds, "books": [book for book in whole["books"] if book["id"] in books], "checks": kept}


def _tell(
    terminal: Terminal, rulebook: "Rulebook", report: "Report", books: tuple[str, ...], verdicts: "tuple[Verdict, ...]"
) -> None:
    terminal.say(f"{rulebook.title or rulebook.id}, version {rulebook.version}", style=STRONG)
    terminal.say(rulebook.digest, style=QUIET)
    for book in (book for book in report.books if book.id in books):
        terminal.say()
        _tell_book(terminal, rulebook, book, [verdict for verdict in verdicts if verdict.book == book.id])
    others = [verdict for verdict in verdicts if verdict.book not in rulebook.books]
    if others:
        terminal.say()
        terminal.say("The rulebook as a whole", style=STRONG)
        _tell_verdicts(terminal, others)
    terminal.say()
    _tell_numbers(terminal, report.numbers)
    for warning in report.warnings:
        terminal.say(f"Take note: {warning}")
    terminal.say()
    failing = sorted({verdict.id for verdict in verdicts if not verdict.holds}, key=_place)
    if not failing:
        terminal.say(f"All {len({v.id for v in verdicts})} checks hold.", style=GOOD)
        return
    terminal.say(f"Does not hold: {', '.join(failing)}. What each check asks for stands in docs/checks.md.", style=BAD)


def _tell_book(terminal: Terminal, rulebook: "Rulebook", book: "BookNumbers", verdicts: "list[Verdict]") -> None:
    title = rulebook.books[book.id].title
    terminal.say(f"Book “{book.id}”{f': {title}' if title else ''}", style=STRONG)
    terminal.rows(
        [
            (("size", QUIET), (f"{book.states:,} states, {book.moves:,} moves", "")),
            (("longest matter", QUIET), (_longest(book.longest_working_days), "")),
            (("fewest who can bury it", QUIET), (_bury(book.fewest_to_bury), "")),
        ],
        indent=2,
    )
    _tell_verdicts(terminal, verdicts)


def _tell_verdicts(terminal: Terminal, verdicts: "list[Verdict]") -> None:
    """Each check a row; the runs stand below the row that they show."""
    for verdict in sorted(verdicts, key=lambda verdict: _place(verdict.id)):
        word, style = WORDS[verdict.holds]
        terminal.rows([((f"{verdict.id:<4}", STRONG), (f"{word:<13}", style), (verdict.says, ""))], indent=2)
        if verdict.run:
            terminal.rows(
                [((f"at {s.stage}", QUIET), (s.act, ""), (f"by {s.by}", QUIET)) for s in verdict.run], indent=8
            )


def _tell_numbers(terminal: Terminal, numbers: "Numbers") -> None:
    pool = numbers.first_pool_to_fail
    amend = numbers.fewest_to_amend
    terminal.say("The weakest of the whole rulebook", style=STRONG)
    terminal.rows(
        [
            (("longest matter", QUIET), (_longest(numbers.longest_working_days), "")),
            (("fewest who can bury a matter", QUIET), (_bury(numbers.fewest_to_bury), "")),
            (("fewest who can amend it", QUIET), ("nobody can" if amend is None else _people(amend), "")),
            (("first pool to fail", QUIET), ("none" if pool is None else f"{pool[0]}, when {pool[1]} are barred", "")),
        ],
        indent=2,
    )


def _longest(days: int | None) -> str:
    return "without end" if days is None else f"{days:,} working days"


def _bury(people: int | None) -> str:
    return "nobody can" if people is None else _people(people)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _place(check: str) -> tuple[int, str]:
    """C2 stands before C10."""
    return (int(check[1:]) if check[1:].isdigit() else 0, check)


COMMAND = Command(
    words=("rules", "check"),
    says="Checks a rulebook: every promise that its books keep or break, with the shortest run that shows it.",
    example="evenhand rules check rulebooks/harbour.yaml",
    ask=ask,
    run=run,
)
