# SPDX-License-Identifier: Apache-2.0
"""When something goes wrong: one sentence, exit code 2, no traceback, and nothing half done."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evenhand.cli import main as beginning

COMMAND = [str(Path(sys.executable).with_name("evenhand"))]


def in_a_shell(line: str) -> "subprocess.CompletedProcess[str]":
    """Run a line as bash does; `$EVENHAND` is the command. The exit codes of a pipe stand in the last line."""
    given = {**os.environ, "EVENHAND": COMMAND[0]}
    whole = f'{line}; echo "${{PIPESTATUS[@]}}" >&2'
    return subprocess.run(["bash", "-c", whole], capture_output=True, text=True, env=given, check=False)


def told(err: str, code: int, *parts: str) -> None:
    """One sentence on one line, with these parts."""
    assert (2, True) == (code, bool(re.fullmatch(r"evenhand: [^\n]+\n", err))), err
    for part in parts:
        assert part in err


@pytest.mark.parametrize("command", ["check", "silence", "explain", "draw"])
def test_a_file_that_is_not_there_is_named(evenhand, tmp_path, command):
    """The reader would look for the fault in the rules."""
    said = evenhand("rules", command, tmp_path / "none.yaml")
    told(said.err, said.code, "none.yaml", "name the YAML file of a rulebook")


def test_a_folder_in_place_of_a_file_is_told(evenhand, tmp_path):
    """The system's own words for it help nobody."""
    said = evenhand("rules", "check", tmp_path)
    told(said.err, said.code, str(tmp_path), "is a folder")


def test_a_malformed_rulebook_is_told_with_file_and_line(evenhand, tmp_path):
    """Whoever writes rules would search for the line by eye."""
    path = tmp_path / "rules.yaml"
    path.write_text("rulebook: {id: x, version: 1}\nboks: {}\n", "utf-8")
    said = evenhand("rules", "check", path)
    told(said.err, said.code, f"{path}:2: ", "boks")


@pytest.mark.parametrize("command", ["check", "silence", "draw"])
def test_a_book_that_is_not_there_is_told_with_those_that_are(evenhand, good, command):
    """The reader would have to open the file to learn the names."""
    said = evenhand("rules", command, good, "--book", "dicipline")
    told(said.err, said.code, "no book “dicipline”; its books are: discipline, ")


@pytest.mark.parametrize("command", ["explain", "draw"])
def test_a_place_that_cannot_be_written_is_named(evenhand, good, tmp_path, command):
    """The command would look as if it had done its work."""
    said = evenhand("rules", command, good, "--out", tmp_path / "none" / "x.svg")
    told(said.err, said.code, "x.svg cannot be read or written")


def test_what_was_there_stays_when_writing_fails(evenhand, good, tmp_path, monkeypatch):
    """A full disk would take the last good edition with it."""
    page = tmp_path / "rules.html"
    page.write_text("the last edition", "utf-8")
    monkeypatch.setattr(os, "replace", lambda part, path: (_ for _ in ()).throw(OSError(28, "No space left", part)))
    said = evenhand("rules", "explain", good, "--out", page)
    told(said.err, said.code, "rules.html cannot be read or written: No space left")
    assert ["rules.html"] == [path.name for path in tmp_path.iterdir()]
    assert "the last edition" == page.read_text("utf-8")


def test_results_never_replace_what_they_are_made_from(evenhand, history):
    """A slip of the pen would cost the inquiry its evidence."""
    mapping, source = history
    for out in (source, mapping, source.parent):
        said = evenhand("examine", "run", mapping, source, "--out", out)
        told(said.err, said.code, "name another folder with --out")
    assert {"cases.csv"} == {path.name for path in source.iterdir()}


def test_a_fault_of_our_own_is_told_without_a_traceback(evenhand, good, monkeypatch):
    """A page of code tells a case officer that they broke something."""
    monkeypatch.setattr("evenhand.rulebook.checking.check", lambda rulebook: 1 / 0)
    said = evenhand("rules", "check", good)
    told(said.err, said.code, "Evenhand itself failed (ZeroDivisionError", "--debug")
    with pytest.raises(ZeroDivisionError):
        evenhand("rules", "check", good, "--debug")


def test_a_book_with_too_many_states_is_told_in_its_own_words(evenhand, good, monkeypatch):
    """The author of the rules could not know which counted acts multiply them."""
    from evenhand.rulebook.table import TooLarge

    def refuse(rulebook):
        raise TooLarge("The book discipline has more than 5 states.")

    monkeypatch.setattr("evenhand.rulebook.checking.check", refuse)
    assert (2, "", "evenhand: The book discipline has more than 5 states.\n") == evenhand("rules", "check", good)


def test_control_characters_of_a_file_never_reach_the_terminal(evenhand, tmp_path):
    """A name in somebody's file could rewrite what the reader sees."""
    said = evenhand("rules", "check", tmp_path / "a\x1b[2Jb\x9b\u202e.yaml")
    told(said.err, said.code, "a\N{REPLACEMENT CHARACTER}[2Jb")
    assert not set("\x1b\x9b\u202e") & set(said.err)


def test_a_reader_who_stops_reading_is_no_error(good):
    """`| head` would end in a traceback."""
    done = in_a_shell(f"$EVENHAND rules explain {good} | true")
    assert ("", "141 0\n") == (done.stdout, done.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_is_told_in_a_sentence(good):
    """Half a file would pass for a whole one."""
    done = in_a_shell(f"$EVENHAND rules explain {good} > /dev/full")
    assert "evenhand: Nothing more can be read or written: No space left on device.\n2\n" == done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_examination_leaves_nothing_behind(tmp_path, history, number):
    """Half a report would pass for a whole one."""
    mapping, source = history
    # So many rows that the command is still at work when it is stopped.
    (mapping / "cases.sql").write_text(
        'SELECT range AS "case", received, closed, _line FROM range(1000000000), cases\n', "utf-8"
    )
    words = [*COMMAND, "examine", "run", str(mapping), str(source), "--out", str(tmp_path / "report")]
    before = sorted(path.name for path in tmp_path.iterdir())
    # Whoever runs the tests in the background may ignore Ctrl-C, and a child inherits that.
    heeding = {"preexec_fn": lambda: signal.signal(number, signal.SIG_DFL)}
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **heeding) as running:
        while not (tmp_path / ".report.part").exists() and running.poll() is None:
            time.sleep(0.05)
        time.sleep(0.5)
        running.send_signal(number)
        try:
            out, err = running.communicate(timeout=30)
        finally:
            running.kill()
    assert ("", "evenhand: Interrupted; nothing was left half done.\n") == (out, err)
    # After Ctrl-C Python may end itself by the signal, which a shell tells as 130 as well.
    assert running.returncode in (128 + number, -number)
    assert before == sorted(path.name for path in tmp_path.iterdir())


def test_a_sentence_for_people_comes_from_every_kind_of_failure():
    """One kind left out would show its class name to a person."""
    said = {
        beginning.sentence_of(error)
        for error in (OSError(5, "Input/output error", "x.csv"), OSError("broken"), MemoryError(), ValueError("odd"))
    }
    assert {
        "x.csv cannot be read or written: Input/output error.",
        "Nothing more can be read or written: broken.",
        "There is not enough memory for this; close other programs, or give a smaller file.",
        "Evenhand itself failed (ValueError: odd); "
        "run the same command with --debug and send what it prints to the developers.",
    } == said
