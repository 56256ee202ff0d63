# SPDX-License-Identifier: Apache-2.0
"""`evenhand examine`: from files nobody has seen to a report, one command after the other."""

import json

from evenhand.cli.examine.telling import told
from evenhand.record.files.shelf import Shelf


def test_an_outsider_gets_from_files_to_a_report(evenhand, history, tmp_path):
    """The way that the manual shows would end before its end."""
    mapping, source = history
    begun = evenhand("examine", "init", source, "--out", tmp_path / "first")
    assert (0, "") == (begun.code, begun.err)
    assert "cases.sql: " in begun.out
    assert f"evenhand examine check {tmp_path / 'first'} {source}" in " ".join(begun.out.split())
    assert (tmp_path / "first/mapping.toml").is_file()

    fits = evenhand("examine", "check", mapping, source)
    assert (0, "") == (fits.code, fits.err)
    assert fits.out.endswith("The mapping fits.\n")

    done = evenhand("examine", "run", mapping, source, "--out", tmp_path / "report")
    assert (0, "") == (done.code, done.err)
    assert "Saltmarsh Rowing Union\n" in done.out
    assert "3, of which open 1; acts 0" in done.out
    assert "closed before they were received: 1" in done.out
    assert 3 == json.loads((tmp_path / "report/findings.json").read_text("utf-8"))["population"]["cases"]
    assert (tmp_path / "report/report.html").is_file()


def test_a_mapping_that_does_not_fit_yet_is_told(evenhand, history):
    """A script would go on to the run."""
    mapping, source = history
    (mapping / "mapping.toml").write_text(
        '[source]\nname = "Saltmarsh"\n[[compare]]\nattribute = "hall"\ncolumn = "cases.hall"\noutcome = "upheld"\n',
        "utf-8",
    )
    said = evenhand("examine", "check", mapping, source)
    assert (1, "") == (said.code, said.err)
    assert "cases.hall, which no table has" in said.out
    found = evenhand("examine", "check", mapping, source, "--format", "json")
    assert 1 == found.code
    assert ["holds", "files", "tables", "rejected", "doubtful", "unmatched", "problems"] == list(found.json)
    assert [True] == ["cases.hall" in problem for problem in found.json["problems"]]


def test_what_a_run_prints_for_programs_is_what_it_writes(evenhand, history, tmp_path):
    """Two accounts of one examination could differ."""
    said = evenhand("examine", "run", *history, "--out", tmp_path / "report", "--format", "json")
    record = said.json["record"]
    assert json.loads((tmp_path / "report/findings.json").read_text("utf-8")) == {
        key: value for key, value in said.json.items() if key != "record"
    }
    assert f"{record['origin']}\n{record['size']}\n{record['root']}\n" == Shelf(tmp_path / "report/record").note().text


def test_what_cannot_be_found_out_is_told_with_its_reason(evenhand, history, tmp_path):
    """A line that is missing would be read as nothing found."""
    findings = evenhand("examine", "run", *history, "--out", tmp_path / "report", "--format", "json").json
    lines = dict(told(findings))
    for about in ("rules", "limits", "overridden", "like cases", "compared"):
        assert lines[about].startswith("not known: ")
        assert len(lines[about]) > len("not known: the source does not say")


def test_a_source_that_is_not_there_is_told(evenhand, history, tmp_path):
    """An empty report would look like an organisation without complaints."""
    mapping, _ = history
    said = evenhand("examine", "run", mapping, tmp_path / "none", "--out", tmp_path / "report")
    assert (2, "") == (said.code, said.out)
    assert f"evenhand: There is no folder {tmp_path / 'none'}; give the folder with" in said.err
    assert not (tmp_path / "report").exists()


def test_editions_of_a_published_file_are_compared(evenhand, editions, tmp_path):
    """A row that went from one edition to the next would go unseen."""
    mapping, old, new = editions
    said = evenhand("examine", "snapshots", mapping, old, new, "--out", tmp_path / "changes")
    assert (0, "") == (said.code, said.err)
    assert "2023-01-01 to 2024-01-01" in said.out
    assert "1 added, 1 removed, 1 altered (0 blanked, 1 with an outcome replaced)" in said.out
    found = evenhand("examine", "snapshots", mapping, old, new, "--out", tmp_path / "changes", "--format", "json").json
    assert [(1, 1, 1)] == [(one["added"], one["removed"], one["altered"]) for one in found["snapshots"]]


def test_a_single_edition_is_refused(evenhand, editions, tmp_path):
    """Nothing would be compared, and nothing found."""
    mapping, old, _ = editions
    said = evenhand("examine", "snapshots", mapping, old, "--out", tmp_path / "changes")
    assert (2, "evenhand: Give two files or more: each is compared with the next.\n") == (said.code, said.err)
