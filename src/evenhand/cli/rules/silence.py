# SPDX-License-Identifier: Apache-2.0
"""`evenhand rules silence FILE`: what happens, and when, if nobody does anything."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from evenhand.cli.asking import HOLDS, Command, ask_for_format
from evenhand.cli.rules.opening import ask_for_book, ask_for_rulebook, chosen_books, opened
from evenhand.cli.terminal import Terminal

if TYPE_CHECKING:
    from evenhand.rulebook.silence import Silence


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_rulebook(parser)
    ask_for_book(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Say what silence brings about in each chosen book, for each way in which a matter can begin."""
    from evenhand.rulebook.silence import silences

    rulebook = opened(asked.file)
    found = {book: silences(rulebook, book) for book in chosen_books(rulebook, asked)}
    if asked.format == "json":
        terminal.json(as_json(found))
        return HOLDS
    for place, (book, ways) in enumerate(found.items()):
        if place:
            terminal.say()
        terminal.say(f"Book “{book}”", style="bold")
        if not ways:
            terminal.say("No act opens a matter of this book.", indent=2)
        for way in ways:
            terminal.say()
            _tell(terminal, way)
    return HOLDS


def as_json(found: "dict[str, tuple[Silence, ...]]") -> dict[str, Any]:
    """`steps` in the order of the text and of time; `endings` says how each sequence ends, in a word and a sentence."""
    ways = [(book, way) for book, several in found.items() for way in several]
    return {
        "steps": [
            {
                "book": book,
                "opening": way.opening,
                "stage": step.stage,
                "working_days": step.working_days,
                "act": step.act,
                "to": step.to,
            }
            for book, way in ways
            for step in way.steps
        ],
        "endings": [
            {
                "book": book,
                "opening": way.opening,
                "ending": way.ending,
                "stage": way.stage,
                "working_days": way.working_days,
                "says": way.sentence,
            }
            for book, way in ways
        ],
    }


def _tell(terminal: Terminal, way: "Silence") -> None:
    terminal.say(f"Begun by “{way.opening}”", indent=2)
    terminal.rows(
        [
            ((f"working day {step.working_days}", "dim"), (f"at {step.stage}", ""), (f"{step.act} → {step.to}", ""))
            for step in way.steps
        ],
        indent=4,
    )
    terminal.say(way.sentence, indent=2)


COMMAND = Command(
    words=("rules", "silence"),
    says="Says what happens to a matter, and on which working day, if nobody does anything.",
    example="evenhand rules silence rulebooks/harbour.yaml --book discipline",
    ask=ask,
    run=run,
)
