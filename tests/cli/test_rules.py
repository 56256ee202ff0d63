# SPDX-License-Identifier: Apache-2.0
"""`evenhand rules`: what its commands print, for people and for programs, and the exit codes that scripts rely on."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

SVG = "{http://www.w3.org/2000/svg}svg"


def test_a_rulebook_that_holds_is_told_with_its_numbers(evenhand, good):
    """The author could not tell a rulebook that was checked from one that was only read."""
    said = evenhand("rules", "check", good)
    assert (0, "") == (said.code, said.err)
    assert re.search(r"^Book “discipline”\n  size +[\d,]+ states, [\d,]+ moves\n", said.out, re.MULTILINE)
    assert re.search(r"^  longest matter +\d+ working days$", said.out, re.MULTILINE)
    assert re.search(r"^  C5 +holds ", said.out, re.MULTILINE)
    assert "does not hold" not in said.out
    assert said.out.endswith("\nAll 16 checks hold.\n")


def test_a_broken_promise_is_told_with_the_run_that_shows_it(evenhand, broken):
    """“C5 does not hold” alone would be a claim; the run lets anybody check it."""
    said = evenhand("rules", "check", broken)
    assert (1, "") == (said.code, said.err)
    assert re.search(r"^  C5 +does not hold +\S", said.out, re.MULTILINE)
    assert re.search(r"^ {8}at start +lodge +by member$", said.out, re.MULTILINE)
    assert re.search(
        r"^Does not hold: .*\bC5\b.* What each check asks for stands in docs/checks\.md\.$", said.out, re.M
    )


def test_the_json_of_a_check_keeps_its_keys(evenhand, broken):
    """Tools of others would break without a word."""
    said = evenhand("rules", "check", broken, "--format", "json")
    assert 1 == said.code
    report = said.json
    assert ["holds", "books", "checks", "numbers", "warnings"] == list(report)
    assert report["holds"] is False
    book = {"id", "states", "moves", "longest_working_days", "fewest_to_bury"}
    assert [book] * len(report["books"]) == [set(one) for one in report["books"]]
    assert {"id", "book", "holds", "says", "run"} == set().union(*report["checks"])
    failed = next(check for check in report["checks"] if check["id"] == "C5" and not check["holds"])
    assert [{"stage", "act", "by"}] * len(failed["run"]) == [set(step) for step in failed["run"]]
    assert {"stage": "start", "act": "lodge", "by": "member"} == failed["run"][0]
    numbers = {"longest_working_days", "fewest_to_bury", "fewest_to_amend", "first_pool_to_fail"}
    assert numbers == set(report["numbers"])
    assert {"role", "at"} == set(report["numbers"]["first_pool_to_fail"])


def test_one_book_can_be_chosen(evenhand, broken):
    """Whoever mends one book would read through all of them each time."""
    said = evenhand("rules", "check", broken, "--book", "amendment", "--format", "json")
    assert ["amendment"] == [book["id"] for book in said.json["books"]]
    assert {"amendment"} == {check["book"] for check in said.json["checks"]}
    assert (0, True) == (said.code, said.json["holds"])


def test_a_check_needs_neither_database_nor_statistics(good):
    """The author of rules would wait for libraries that have nothing to do with them."""
    script = (
        "import sys\nfrom evenhand.cli.main import main\n"
        f"main(['rules', 'check', {str(good)!r}])\n"
        "sys.stderr.write(' '.join(sorted(name for name in ('duckdb', 'scipy', 'pandas') if name in sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "" == done.stderr


def test_silence_is_told_with_working_days(evenhand, good):
    """A complainant could not learn how long nothing may happen."""
    said = evenhand("rules", "silence", good, "--book", "discipline")
    assert (0, "") == (said.code, said.err)
    assert said.out.startswith("Book “discipline”\n\n  Begun by “lodge”\n    working day ")
    steps = evenhand("rules", "silence", good, "--book", "discipline", "--format", "json").json["steps"]
    assert steps
    for step in steps:
        row = rf"^    working day {step['working_days']} +at {step['stage']} +{step['act']} → {step['to']}$"
        assert re.search(row, said.out, re.MULTILINE)


def test_the_json_of_silence_keeps_its_keys(evenhand, good):
    """Tools of others would break without a word."""
    found = evenhand("rules", "silence", good, "--format", "json").json
    assert ["steps", "endings"] == list(found)
    assert {"book", "opening", "stage", "working_days", "act", "to"} == set().union(*found["steps"])
    assert {"book", "opening", "ending", "stage", "working_days", "says"} == set().union(*found["endings"])
    assert {"discipline", "amendment"} <= {ending["book"] for ending in found["endings"]}


def test_rules_are_explained_in_the_form_that_the_file_asks_for(evenhand, good, tmp_path):
    """A page for members would be written in the notation of another."""
    said = evenhand("rules", "explain", good, "--out", tmp_path / "a.html")
    # The line is wrapped to the window, and how long the folder's name is depends on where the tests run.
    assert (0, f"Written: {tmp_path / 'a.html'}", "") == (said.code, " ".join(said.out.split()), said.err)
    assert (tmp_path / "a.html").read_text("utf-8").lstrip().lower().startswith("<!doctype html>")
    evenhand("rules", "explain", good, "--out", tmp_path / "a.txt")
    assert evenhand("rules", "explain", good).out == (tmp_path / "a.txt").read_text("utf-8")
    assert evenhand("rules", "explain", good, "--format", "html").out == (tmp_path / "a.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "begins"), [("a.svg", "<svg "), ("a.mmd", "%%|stateDiagram|flowchart|---"), ("a.dot", "digraph|//")]
)
def test_a_book_is_drawn_in_the_form_that_the_file_asks_for(evenhand, good, tmp_path, name, begins):
    """The picture would open nowhere."""
    said = evenhand("rules", "draw", good, "--book", "discipline", "--out", tmp_path / name)
    assert (0, f"Written: {tmp_path / name}\n") == (said.code, " ".join(said.out.split()) + "\n")
    assert re.match(begins, (tmp_path / name).read_text("utf-8"))


def test_all_books_stand_on_one_sheet_that_opens(evenhand, good):
    """An SVG with two roots opens nowhere."""
    sheet = ElementTree.fromstring(evenhand("rules", "draw", good).out)
    pictures = sheet.findall(SVG)
    one = ElementTree.fromstring(evenhand("rules", "draw", good, "--book", "discipline").out)
    assert 2 <= len(pictures)
    assert one.get("height") == pictures[0].get("height")
    ends = [int(p.get("y", "")) + int(p.get("height", "")) for p in pictures]
    assert all(int(below.get("y", "")) >= end for end, below in zip(ends, pictures[1:], strict=False))
    assert (max(int(p.get("width", "")) for p in pictures), ends[-1]) == (
        int(sheet.get("width", "")), int(sheet.get("height", "")),
    )  # fmt: skip


def test_each_book_is_a_file_in_a_folder(evenhand, good, tmp_path):
    """One picture would take the place of the other."""
    said = evenhand("rules", "draw", good, "--format", "mermaid", "--out", tmp_path / "pictures")
    assert 0 == said.code
    assert {"discipline.mmd", "amendment.mmd"} <= {path.name for path in (tmp_path / "pictures").iterdir()}


def test_several_books_in_one_mermaid_file_are_refused(evenhand, good):
    """Mermaid would draw the first and pass over the rest in silence."""
    said = evenhand("rules", "draw", good, "--format", "mermaid")
    assert (2, "") == (said.code, said.out)
    assert "choose one with --book NAME" in said.err


def test_the_terminal_gets_no_colours_in_a_pipe_or_where_they_are_unwanted(good):
    """Escape sequences in a file are noise, and on some terminals unreadable."""
    command = [str(Path(sys.executable).with_name("evenhand")), "rules", "check", str(good)]
    piped = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "\x1b" not in piped.stdout + piped.stderr
    unwanted = {"NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    forced = subprocess.run(command, capture_output=True, text=True, check=True, env=unwanted)
    assert "\x1b" not in forced.stdout + forced.stderr
