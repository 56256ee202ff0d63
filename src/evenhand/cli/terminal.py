# SPDX-License-Identifier: Apache-2.0
"""The only way to print: sentences and rows for people, JSON for programs, a bar where something takes long.

Files of strangers are quoted in what is printed. A control character in them could rewrite what the reader sees, so
none is let through, and markup of the library that colours the text is never read from them.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from textwrap import TextWrapper
from threading import Timer
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Told = Callable[[str, float], None]
"""How a long piece of work tells what it is doing and what share of it, from 0 to 1, is done."""

PATIENCE = 2.0
"""Seconds after which a reader wants to know that something is still happening."""

WIDTH = 100
"""Columns where the output is no terminal and COLUMNS says nothing: a file must not depend on a window."""

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of writing: what could make a line look like another."""


def plain(text: str) -> str:
    """The text with every control character made visible; tabulators and line ends stay."""
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))


class Terminal:
    """Prints to one pair of streams. Colours only where `out` is a terminal and NO_COLOR is not set."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self.out, self.err = out, err
        self._console: Console | None = None

    def say(self, text: str = "", *, style: str = "", indent: int = 0) -> None:
        """A sentence or a line for a person, wrapped to the window; `style` is a colour or a weight."""
        # A path that is longer than the window stays whole: half of it would be copied.
        wrapped = TextWrapper(
            width=self._wide().width, initial_indent=" " * indent, subsequent_indent=" " * indent,
            break_long_words=False, break_on_hyphens=False, replace_whitespace=False, drop_whitespace=True,
        )  # fmt: skip
        lines = (wrapped.fill(line) for line in plain(text).split("\n"))
        self._print(self._words("\n".join(lines), style))

    def rows(self, rows: Sequence[Sequence[tuple[str, str]]], *, indent: int = 0) -> None:
        """Rows of (text, style) in columns; the last column is wrapped, the others are kept whole."""
        from rich.padding import Padding
        from rich.table import Table

        if not rows:
            return
        grid = Table.grid(padding=(0, 2))
        for column in range(len(rows[0])):
            grid.add_column(no_wrap=column < len(rows[0]) - 1, overflow="fold")
        for row in rows:
            grid.add_row(*(self._words(text, style) for text, style in row))
        self._print(Padding(grid, (0, 0, 0, indent)))

    def json(self, value: Any) -> None:
        """A value for programs: ASCII, keys in the order given, NaN refused because it is no JSON."""
        self.out.write(json.dumps(value, indent=1, allow_nan=False) + "\n")

    def document(self, text: str) -> None:
        """A whole text, such as Markdown or SVG, as it is."""
        self.out.write(plain(text).rstrip("\n") + "\n")

    def wrong(self, sentence: str) -> None:
        """One sentence on the stream of errors, on one line."""
        self.err.write("evenhand: " + plain(" ".join(sentence.split())) + "\n")
        self.err.flush()

    @contextmanager
    def long(self, what: str) -> Iterator[Told]:
        """A bar that appears after two seconds, if the stream of errors is a terminal.

        Yields the function by which the work tells how far it is; a share of 0 shows movement and no share.
        """
        if not self.err.isatty():
            yield lambda what, share: None
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        console = Console(file=self.err, color_system=None if os.environ.get("NO_COLOR") else "auto")
        columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
        bar = Progress(*columns, console=console, transient=True)
        task = bar.add_task(plain(what), total=None)
        timer = Timer(PATIENCE, bar.start)
        timer.daemon = True
        timer.start()
        try:
            yield lambda what, share: bar.update(
                task, description=plain(what), completed=share, total=1.0 if share else None
            )
        finally:
            timer.cancel()
            timer.join()
            bar.stop()

    def _words(self, text: str, style: str) -> "Text":
        from rich.text import Text

        return Text(plain(text), style=style)

    def _print(self, what: Any) -> None:
        from rich.text import Text

        with self._wide().capture() as drawn:
            self._wide().print(what, soft_wrap=isinstance(what, Text))
        # Columns are padded to the width of the window; in a file that is white space at the end of every line.
        self.out.write("".join(line.rstrip() + "\n" for line in drawn.get().splitlines()))

    def _wide(self) -> "Console":
        if self._console is None:
            from rich.console import Console

            self._console = Console(
                file=self.out,
                width=None if self.out.isatty() or os.environ.get("COLUMNS") else WIDTH,
                color_system=None if os.environ.get("NO_COLOR") else "auto",
                highlight=False,
                emoji=False,
                markup=False,
            )
        return self._console
