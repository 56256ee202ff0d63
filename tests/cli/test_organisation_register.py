# SPDX-License-Identifier: Apache-2.0
"""`evenhand register` as a person calls it: what changed, what is wrong in a file, and nothing twice (M16)."""

import re
from collections.abc import Iterator

import pytest

from tests.calling import calling
from tests.cli.an_organisation import BASIS, initialised, members_csv, offices_csv, written


@pytest.fixture
def run(capsys, monkeypatch, root) -> Iterator[object]:
    """`run("register", ...)`: what the command says."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("EVENHAND_DIR", "")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield calling(capsys)
    from django.db import connection

    connection.close()


def test_the_files_of_init_change_nothing(run, tmp_path):
    """M16: the first run after the installation would enter everybody again."""
    folder = initialised(run, tmp_path)
    said = run(
        "register", "--members", tmp_path / "members.csv", "--offices", tmp_path / "offices.csv", "--dir", folder
    )
    assert (0, "Nothing changed.\n") == (said.code, said.out)


def test_what_would_be_entered_is_told_first(run, tmp_path):
    """Whoever reads a file of last year by mistake must see it before it stands in the record."""
    folder = initialised(run, tmp_path, "quay_club")
    more = members_csv("quay_club") + "N1,Nour Hark,,2026-05-01\n"
    offices = offices_csv("quay_club").replace("since\n", "since,until\n").replace("01\n", "01,\n")
    ended = offices.replace("M001,officers,2026-01-01,", "M001,officers,2026-01-01,2026-03-31")
    words = (
        "--members",
        written(tmp_path, "m.csv", more),
        "--offices",
        written(tmp_path, "o.csv", ended),
        "--dir",
        folder,
    )
    dry = run("register", *words, "--dry-run")
    expected = "N1 is new.\nM001: officers since 2026-01-01 ends on 2026-03-31.\n"
    assert expected + "Nothing was entered. Leave --dry-run out to enter it.\n" == dry.out
    assert expected == run("register", *words).out
    assert "Nothing changed.\n" == run("register", *words).out
    assert run("audit", "--dir", folder, "--format", "json").json["holds"]


@pytest.mark.parametrize(
    ("option", "text", "says"),
    [
        ("--members", "number,name\nM001,\n", "line 2: name is empty"),
        ("--members", "number,name\nM001,Wynd, Ada\n", "line 2: there is more in it than the first line names"),
        ("--members", "number,name,since,until\nM001,Ada,2026,2025\n", "it ends on 2025, before it begins on 2026"),
        ("--offices", "number,office,since\nX9,panel,2026\n", "line 2: no member has the number 'X9'"),
        ("--offices", "number,office,since\nM001,pannel,2026\n", "no role of the rulebook draws on an office 'pannel'; it names:"),
        ("--offices", "number,office,since\nM001,panel,2026\nM001,panel,2026\n", "line 3: the number 'M001' stands twice"),
        ("--offices", "number,office,since,withdrawn\nM001,panel,2026,x\n", "withdrawn is 'x'; write yes"),
        ("--ties", "number,kind,with,since\nM001,family,M001,2000\n", "nobody has a tie with themselves"),
        ("--ties", "number,kind,with\nM001,family,M002\n", "has no column 'since'"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_file_is_told_with_its_line_and_nothing_is_entered(run, tmp_path, option, text, says):
    """Half a file would leave a register that nobody can put right."""
    folder = initialised(run, tmp_path)
    before = run("rebuild", "--dir", folder, "--format", "json").json
    good = written(tmp_path, "good.csv", "number,name\nN1,Nour Hark\n")
    words = ("--members", good) if option != "--members" else ()
    said = run("register", *words, option, written(tmp_path, "bad.csv", text), "--dir", folder)
    assert (2, True) == (said.code, says in re.sub(r"\s+", " ", said.err)), said.err
    assert before == run("rebuild", "--dir", folder, "--format", "json").json


def test_a_file_must_be_named(run, tmp_path):
    """An empty command would look as if all were well."""
    said = run("register", "--dir", tmp_path)
    assert (2, True) == (said.code, "Name at least one file" in said.err)


def test_init_refuses_an_office_that_no_role_draws_on(run, tmp_path):
    """M16: holders of a misspelt office would never be called, and nobody would know why."""
    said = run(
        "init", tmp_path / "o", "--name", "X", "--rules", "rulebooks/quay_club.yaml", "--origin", "x.example/record",
        "--basis", BASIS, "--members", written(tmp_path, "m.csv", "number,name\n1,Ada Wynd\n"),
        "--offices", written(tmp_path, "o.csv", "number,office,since\n1,panel,2026\n"),
    )  # fmt: skip
    assert (2, False) == (said.code, (tmp_path / "o").exists())
    assert (
        "line 2: no role of the rulebook draws on an office 'panel'; it names: meeting, neighbours, officers,"
        in said.err
    )
