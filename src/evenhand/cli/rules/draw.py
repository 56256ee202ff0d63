# SPDX-License-Identifier: Apache-2.0
"""`evenhand rules draw FILE`: a picture of each book, its stages as boxes and its acts as arrows."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.asking import HOLDS, Command, Wrong
from evenhand.cli.rules.opening import ask_for_book, ask_for_rulebook, chosen_books, opened
from evenhand.cli.rules.sheet import sheet
from evenhand.cli.terminal import Terminal
from evenhand.cli.writing import write_whole

if TYPE_CHECKING:
    from evenhand.rulebook.draw import Form

ENDINGS: "dict[Form, str]" = {"svg": ".svg", "mermaid": ".mmd", "graphviz": ".dot"}
FORMS: "dict[str, Form]" = {
    ".svg": "svg",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".dot": "graphviz",
    ".gv": "graphviz",
}


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_rulebook(parser)
    ask_for_book(parser)
    forms = tuple(ENDINGS)
    parser.add_argument("--format", choices=forms, help="the form; if not given, by the ending of --out, else svg")
    says = "the file to write, or a folder for a file of each book; the terminal if not given"
    parser.add_argument("--out", metavar="PATH", type=Path, help=says)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Draw the chosen books: into a folder each as a file, otherwise all on one sheet."""
    from evenhand.rulebook.draw import draw

    rulebook = opened(asked.file)
    books = chosen_books(rulebook, asked)
    out: Path | None = asked.out
    form: Form = asked.format or (FORMS.get(out.suffix.lower()) if out else None) or "svg"
    folder = out is not None and (out.is_dir() or not out.suffix)
    if form == "mermaid" and len(books) > 1 and not folder:
        raise Wrong(
            f"Mermaid draws one book a file, and {asked.file} has {len(books)} ({', '.join(books)}); "
            "choose one with --book NAME, or name a folder with --out FOLDER."
        )
    pictures = {book: draw(rulebook, book, form) for book in books}
    if out is not None and folder:
        out.mkdir(parents=True, exist_ok=True)
        for book, picture in pictures.items():
            path = out / f"{book}{ENDINGS[form]}"
            write_whole(path, picture)
            terminal.say(f"Written: {path}")
        return HOLDS
    whole = sheet(tuple(pictures.values())) if form == "svg" and len(books) > 1 else "\n".join(pictures.values())
    if out is None:
        terminal.document(whole)
    else:
        write_whole(out, whole)
        terminal.say(f"Written: {out}")
    return HOLDS


COMMAND = Command(
    words=("rules", "draw"),
    says="Draws the books of a rulebook, as SVG, or as text for Mermaid or Graphviz.",
    example="evenhand rules draw rulebooks/harbour.yaml --book discipline --out discipline.svg",
    ask=ask,
    run=run,
)
