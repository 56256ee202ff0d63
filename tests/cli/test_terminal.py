# SPDX-License-Identifier: Apache-2.0
"""What reaches the reader's window: wrapped, without white space at the ends, and a bar only where one can be seen."""

import io
import time

import pytest

from evenhand.cli import terminal as printing
from evenhand.cli.terminal import Terminal, plain


class Window(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


@pytest.fixture(autouse=True)
def no_window_of_ours(monkeypatch: pytest.MonkeyPatch):
    """The window in which the tests run has no say."""
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def printed(monkeypatch: pytest.MonkeyPatch, columns: str) -> str:
    """A long sentence in a row, in a window of so many columns."""
    monkeypatch.setenv("COLUMNS", columns)
    out = io.StringIO()
    Terminal(out, io.StringIO()).rows([(("C5", "bold"), ("holds", "green"), ("nobody buries a matter alone " * 3, ""))])
    return out.getvalue()


def test_the_last_column_is_wrapped_below_itself(monkeypatch):
    """A sentence that runs under the name of its check is hard to read."""
    lines = printed(monkeypatch, "40").splitlines()
    assert "C5  holds  nobody buries a matter alone" == lines[0]
    assert len(lines) == 3
    assert all(line.startswith(" " * 11) and line == line.rstrip() for line in lines[1:])


def test_a_file_does_not_depend_on_a_window():
    """Two runs of one command would differ, and so would their differences."""
    out = io.StringIO()
    Terminal(out, io.StringIO()).say("word " * 60)
    assert max(len(line) for line in out.getvalue().splitlines()) in range(90, 101)


@pytest.mark.parametrize("text", ["[bold]not markup[/bold]", ":warning: no emoji", "[link=x]y[/link]"])
def test_markup_in_a_file_is_text(text):
    """A name in somebody's file would change how the rest looks."""
    out = io.StringIO()
    Terminal(out, io.StringIO()).say(text)
    assert text + "\n" == out.getvalue()


@pytest.mark.parametrize(
    ("given", "shown"),
    [("a\x1b[31mb", "a�[31mb"), ("a\x9bb", "a�b"), ("a\u202eb", "a�b"), ("a\rb", "a�b"), ("a\r\nb\tc", "a\nb\tc")],
)
def test_what_could_move_the_cursor_is_made_visible(given, shown):
    """A line could be written over by a name that stands in it."""
    assert shown == plain(given)


def test_json_is_ascii_and_has_no_words_that_are_none():
    """A program of others would stop at it."""
    out = io.StringIO()
    Terminal(out, io.StringIO()).json({"name": "Zoë\x1b"})
    assert '{\n "name": "Zo\\u00eb\\u001b"\n}\n' == out.getvalue()
    with pytest.raises(ValueError, match="JSON"):
        Terminal(out, io.StringIO()).json(float("nan"))


def test_colours_are_for_terminals_and_for_those_who_want_them(monkeypatch):
    """Whoever set NO_COLOR cannot read them."""
    coloured, wanted = Window(), Window()
    Terminal(coloured, io.StringIO()).say("holds", style="green")
    monkeypatch.setenv("NO_COLOR", "1")
    Terminal(wanted, io.StringIO()).say("holds", style="green")
    assert ("\x1b[32mholds\x1b[0m\n", "holds\n") == (coloured.getvalue(), wanted.getvalue())


def test_a_bar_appears_where_something_takes_long(monkeypatch):
    """The reader would think that the command hangs."""
    monkeypatch.setattr(printing, "PATIENCE", 0.05)
    window = Window()
    with Terminal(io.StringIO(), window).long("reading") as tell:
        tell("reading [bold]cases.csv", 0.25)
        time.sleep(0.4)
    assert "reading [bold]cases.csv" in window.getvalue()


def test_no_bar_appears_where_nothing_takes_long():
    """A bar that comes and goes in a moment is a flicker."""
    window = Window()
    with Terminal(io.StringIO(), window).long("reading") as tell:
        tell("reading cases.csv", 0.25)
    assert "reading" not in window.getvalue()


def test_no_bar_appears_in_a_file(monkeypatch):
    """The log of a nightly run would be full of it."""
    monkeypatch.setattr(printing, "PATIENCE", 0.01)
    log = io.StringIO()
    with Terminal(io.StringIO(), log).long("reading") as tell:
        tell("reading cases.csv", 0.25)
        time.sleep(0.1)
    assert "" == log.getvalue()
