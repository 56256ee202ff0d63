# SPDX-License-Identifier: Apache-2.0
"""The commands on an organisation, as a person calls them."""

import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.calling import calling

BASIS = "legitimate activities of a not-for-profit body"
MEMBERS = "number,name,address,since\n1,Ada Wynd,ada@harbour.example,2020-01-01\n2,Bero Osk,,2020\n"


@pytest.fixture
def run(capsys, monkeypatch, root) -> Iterator[object]:
    """`run("audit", "--dir", folder)`: what `evenhand audit` says."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("EVENHAND_DIR", "")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield calling(capsys)
    from django.db import connection

    connection.close()


@pytest.fixture
def founded(run, tmp_path) -> Path:
    """An organisation that `init` made, without members."""
    folder = tmp_path / "harbour"
    said = run(
        "init", folder, "--name", "Harbour Federation", "--rules", "rulebooks/harbour.yaml", "--origin",
        "harbour.example/record", "--basis", BASIS,
    )  # fmt: skip
    assert 0 == said.code, said.err
    return folder


def written(folder: Path, name: str, text: str) -> Path:
    """A file of a register."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_init_enters_the_registers_and_names_the_key(run, tmp_path):
    """M16, M12: without members no conflict can be found, and no backlog starts empty."""
    said = run(
        "init", tmp_path / "o", "--name", "X", "--rules", "rulebooks/quay_club.yaml", "--origin", "x.example/record",
        "--basis", BASIS, "--members", written(tmp_path, "m.csv", MEMBERS),
        "--offices", written(tmp_path, "o.csv", "number,office,since\n1,officers,2026-01-01\n"),
        "--ties", written(tmp_path, "t.csv", "number,kind,with,since\n1,family,2,2000\n"),
        "--before", written(tmp_path, "b.csv", "reference,received,what,source\n17/2025,2025-11-02,A quarrel,the old book\n"),
        "--format", "json",
    )  # fmt: skip
    assert {"members": 2, "offices": 1, "ties": 1, "matters from before": 1}.items() <= said.json.items()
    assert said.json["key"].startswith("x.example/record+")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("--members", "number,name\n1,Ada\n1,Bero\n", "line 3: the number '1' stands twice"),
        ("--members", "number,name\n,Ada\n", "line 2: number is empty"),
        ("--members", "nr,name\n1,Ada\n", "has no column 'number'"),
        ("--members", "number,name,since\n1,Ada,1.4.2020\n", "line 2: '1.4.2020' is no day"),
        ("--offices", "number,office,since\n9,panel,2020\n", "no member has the number '9'"),
        ("--ties", "number,kind,with,since\n1,friend,2,2020\n", "line 2: the kind is 'friend'"),
    ],
)
def test_a_register_that_cannot_be_read_is_told_and_nothing_is_made(run, tmp_path, name, text, says):
    """Half an organisation is worse than none."""
    files = {"--members": MEMBERS} | {name: text}
    more = [word for option, content in files.items() for word in (option, written(tmp_path, option[2:], content))]
    said = run(
        "init", tmp_path / "o", "--name", "X", "--rules", "rulebooks/harbour.yaml", "--origin", "x.example/r", "--basis",
        BASIS, *more,
    )  # fmt: skip
    assert (2, False) == (said.code, (tmp_path / "o").exists())
    assert says in said.err


def test_a_folder_that_is_taken_is_left_alone(run, founded):
    """Nothing is overwritten, least of all keys."""
    said = run(
        "init", founded, "--name", "X", "--rules", "rulebooks/harbour.yaml", "--origin", "x.example/r", "--basis", BASIS
    )
    assert (2, True) == (said.code, "is not empty" in said.err)


def test_keys_and_settings_are_for_their_owner_alone(founded):
    """Whoever else is on the machine reads nothing."""
    for path in (*(founded / "keys").iterdir(), founded / "evenhand.toml", founded / "record.signer"):
        assert 0 == path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), path


def test_an_impact_assessment_is_begun(founded):
    """M23: with the legal basis that was named."""
    assert BASIS in (founded / "impact-assessment.md").read_text("utf-8")


def test_work_audit_and_rebuild_agree(run, founded):
    """What was founded holds, and is the same after it was made anew."""
    assert 0 == run("work", "--once", "--dir", founded).code
    first = run("audit", "--dir", founded, "--format", "json")
    assert (0, True) == (first.code, first.json["holds"])
    assert 2 == run("rebuild", "--dir", founded, "--format", "json").json["entries"]
    assert first.json["root"] == run("audit", "--dir", founded, "--format", "json").json["root"]


def test_an_audit_that_finds_something_ends_with_one(run, founded):
    """Whoever runs it every night must notice."""
    from evenhand.store import models

    models.Entry.objects.filter(id=1).update(rule="procedure.other")
    said = run("audit", "--dir", founded)
    assert (1, True) == (said.code, "its column rule says" in re.sub(r"\s+", " ", said.out))


def test_an_export_is_written_once(run, founded, tmp_path):
    """It is never mixed with another."""
    assert 0 == run("record", "export", tmp_path / "e", "--dir", founded).code
    again = run("record", "export", tmp_path / "e", "--dir", founded)
    assert (2, True) == (again.code, "is there already" in again.err)


def test_a_folder_that_is_no_organisation_is_told(run, tmp_path):
    """The sentence says what to do."""
    said = run("audit", "--dir", tmp_path)
    assert (2, True) == (said.code, "evenhand init" in said.err)


def _open_key(folder: Path) -> None:
    os.chmod(folder / "keys/wrapping", 0o644)


def _no_key(folder: Path) -> None:
    (folder / "keys/index").unlink()


def _no_signer(folder: Path) -> None:
    (folder / "record.signer").unlink()


def _open_signer(folder: Path) -> None:
    os.chmod(folder / "record.signer", 0o640)


def _open_settings(folder: Path) -> None:
    os.chmod(folder / "evenhand.toml", 0o644)


def _no_settings(folder: Path) -> None:
    (folder / "evenhand.toml").unlink()


def _damaged(folder: Path) -> None:
    (folder / "evenhand.sqlite3").write_bytes(b"not a database" * 100)


def _no_log(folder: Path) -> None:
    shutil.rmtree(folder / "record")


def _other_log(folder: Path) -> None:
    (folder / "record/checkpoint").write_text("nothing\n")


def _in_clear(folder: Path) -> None:
    with (folder / "evenhand.toml").open("a") as file:
        file.write('base = "http://harbour.example"\n')


def _no_sender(folder: Path) -> None:
    with (folder / "evenhand.toml").open("a") as file:
        file.write('[mail]\nhost = "mail.harbour.example"\n')


@pytest.mark.parametrize(
    ("plant", "says"),
    [
        (_open_key, "can read the key"),
        (_no_key, "is missing"),
        (_no_signer, "signer file"),
        (_open_signer, "can read the signer file"),
        (_open_settings, "can read"),
        (_no_settings, "has no evenhand.toml"),
        (_damaged, "database does not answer"),
        (_no_log, "The log does not open"),
        (_other_log, "The log does not open"),
        (_in_clear, "is not encrypted"),
        (_no_sender, "Mail has no sender"),
    ],
)
def test_the_doctor_finds_what_was_planted(run, founded, plant, says):
    """Each with what to do; and without it, nothing of the kind."""
    assert says not in run("doctor", "--dir", founded).out
    plant(founded)
    said = run("doctor", "--dir", founded)
    assert 1 == said.code
    assert says in re.sub(r"\s+", " ", said.out)
