# SPDX-License-Identifier: Apache-2.0
"""Results appear whole or not at all, and never in the place of somebody's other things."""

from contextlib import suppress

import pytest

from evenhand.examine.appearing import appear_whole
from evenhand.examine.trouble import Unreadable


def write(out, text):
    """Results that hold one text."""
    with appear_whole(out) as part:
        (part / "findings.json").write_text(text, "utf-8")


def test_an_earlier_result_is_replaced_even_where_one_stands(tmp_path, monkeypatch):
    """Without it a second run into the folder one stands in would end in a traceback."""
    write(tmp_path / "out", "first")
    monkeypatch.chdir(tmp_path / "out")
    write(tmp_path / "out" / ".", "second")
    assert "second" == (tmp_path / "out" / "findings.json").read_text("utf-8")
    assert ["out"] == [path.name for path in tmp_path.iterdir()]


def test_an_error_leaves_the_earlier_result(tmp_path):
    """Without it a run that fails would take the last good report with it."""
    write(tmp_path / "out", "first")
    with suppress(RuntimeError), appear_whole(tmp_path / "out") as part:
        (part / "findings.json").write_text("half", "utf-8")
        raise RuntimeError
    assert "first" == (tmp_path / "out" / "findings.json").read_text("utf-8")
    assert ["out"] == [path.name for path in tmp_path.iterdir()]


def test_a_result_put_aside_by_a_killed_run_comes_back(tmp_path):
    """Without it a run killed between its last two steps would cost the earlier report."""
    write(tmp_path / "out", "first")
    (tmp_path / "out").rename(tmp_path / ".out.old")
    with suppress(RuntimeError), appear_whole(tmp_path / "out"):
        raise RuntimeError
    assert "first" == (tmp_path / "out" / "findings.json").read_text("utf-8")


@pytest.mark.parametrize("name", ["thesis", "notes.txt"])
def test_other_things_are_left_alone(tmp_path, name):
    """Without it a mistyped --out would delete somebody's work."""
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine", "utf-8")
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(Unreadable, match=r"holds other things|is a file"):
        write(tmp_path / name, "first")
    assert "mine" == (tmp_path / "thesis" / "chapter.txt").read_text("utf-8")


def test_a_result_with_somebody_s_notes_in_it_is_left_alone(tmp_path):
    """Without it what a reader wrote beside a report would be deleted by the next run."""
    write(tmp_path / "out", "first")
    (tmp_path / "out" / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(Unreadable, match="holds other things"):
        write(tmp_path / "out", "second")
    assert "mine" == (tmp_path / "out" / "notes.txt").read_text("utf-8")
