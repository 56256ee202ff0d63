# SPDX-License-Identifier: Apache-2.0
"""`evenhand rules explain FILE`: the rulebook in plain language, for the people whom it binds."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.asking import HOLDS, Command
from evenhand.cli.rules.opening import ask_for_rulebook, opened
from evenhand.cli.terminal import Terminal
from evenhand.cli.writing import write_whole

if TYPE_CHECKING:
    from evenhand.rulebook.explain import Form

ENDINGS: "dict[str, Form]" = {".html": "html", ".htm": "html"}


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_rulebook(parser)
    forms = ("markdown", "html")
    parser.add_argument("--format", choices=forms, help="the form; if not given, by the ending of --out, else markdown")
    parser.add_argument("--out", metavar="PATH", type=Path, help="the file to write; the terminal if not given")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Write or print the walk-through."""
    from evenhand.rulebook.explain import explain

    rulebook = opened(asked.file)
    form: Form = asked.format or (ENDINGS.get(asked.out.suffix.lower()) if asked.out else None) or "markdown"
    text = explain(rulebook, form)
    if asked.out is None:
        terminal.document(text)
        return HOLDS
    write_whole(asked.out, text)
    terminal.say(f"Written: {asked.out}")
    return HOLDS


COMMAND = Command(
    words=("rules", "explain"),
    says="Explains a rulebook in plain language, stage by stage, as Markdown or HTML.",
    example="evenhand rules explain rulebooks/harbour.yaml --out harbour.html",
    ask=ask,
    run=run,
)
