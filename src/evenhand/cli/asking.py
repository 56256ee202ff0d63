# SPDX-License-Identifier: Apache-2.0
"""What a command is: its words, its sentence, an example, what it asks for, and what it does."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

from evenhand.cli.terminal import Terminal

HOLDS = 0
DOES_NOT_HOLD = 1
CANNOT_READ = 2
"""Exit codes. A command that a signal stopped has another one, see `main`."""


class Wrong(Exception):
    """The input cannot be read or the arguments are wrong: one sentence that says what, where, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def ask_for_format(parser: ArgumentParser) -> None:
    """The option that chooses for whom the findings are printed."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text for people, or JSON")


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command. `words` is how it is called; `run` returns the exit code and may raise `Wrong`.

    `example` is a command line that can be typed in the folder of the repository. Whatever `run` needs beyond the
    standard library it imports itself, so that one command does not pay for the libraries of another.
    """

    words: tuple[str, ...]
    says: str
    example: str
    ask: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, Terminal], int]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Commands that share their first word, and a sentence about them."""

    word: str
    says: str
    commands: tuple[Command, ...]
