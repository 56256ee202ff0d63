# SPDX-License-Identifier: Apache-2.0
"""Opens the rulebook that a command names, and finds the books in it that are meant."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.asking import Wrong

if TYPE_CHECKING:
    from evenhand.rulebook.model import Rulebook


def ask_for_rulebook(parser: ArgumentParser) -> None:
    """The argument FILE."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the rulebook, a YAML file")


def ask_for_book(parser: ArgumentParser) -> None:
    """The option that chooses one of several books."""
    parser.add_argument("--book", metavar="NAME", help="only this book of the rulebook; all of them if not given")


def opened(path: Path) -> "Rulebook":
    """The rulebook in this file. Raises `Wrong` where there is no such file, `Malformed` where it does not load."""
    if path.is_dir():
        raise Wrong(f"{path} is a folder; name the YAML file of the rulebook in it.")
    if not path.exists():
        raise Wrong(f"There is no file {path}; name the YAML file of a rulebook.")
    from evenhand.rulebook.loading import load

    return load(path)


def chosen_books(rulebook: "Rulebook", asked: Namespace) -> tuple[str, ...]:
    """The names of the books that are meant, in the order of the text. Raises `Wrong` for a book that is not there."""
    if asked.book is None:
        return tuple(rulebook.books)
    if asked.book not in rulebook.books:
        raise Wrong(f"{asked.file} has no book “{asked.book}”; its books are: {', '.join(rulebook.books)}.")
    return (asked.book,)
