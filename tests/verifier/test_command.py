# SPDX-License-Identifier: Apache-2.0
"""The command: three outcomes, whole sentences, and a file that any Python since 3.9 runs with nothing installed."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.verifier.conftest import FILE
from tests.verifier.writing import Signer, jcs, receipt

LAST = "An unaltered record does not mean that a decision was right, or that every complaint was entered."
EXAMPLE_KEY = "example.org/log"


def test_all_three_outcomes_end_with_what_the_check_does_not_show(verify, plain_log, tmp_path):
    """A record that holds would be taken for a fair one (M26)."""
    holds = verify(plain_log[0], form="text")
    (plain_log[0] / "vkey").write_text("x")
    wrong = verify(plain_log[0], form="text")
    unreadable = verify(tmp_path / "nowhere", form="text")
    assert [0, 1, 2] == [holds.code, wrong.code, unreadable.code]
    assert [LAST] * 3 == [text.splitlines()[-1] for text in (holds.out, wrong.out, unreadable.err)]
    assert LAST == verify(plain_log[0]).report["remember"]


def test_without_a_key_nothing_is_shown(verify, plain_log):
    """Whoever takes the key from the log would check the log against itself."""
    said = verify(plain_log[0], key=None)
    assert (2, True) == (said.code, "a key taken from what is to be checked shows nothing" in said.err)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--key", "nonsense"], "is not a key"),
        (["--key", Signer("cosigner.example", 4).vkey], "key of a cosigner"),
        (["--cosigners", "/nowhere.json"], "There is no file"),
        (["--format", "xml"], "text or json"),
        (["--quick"], "There is no option --quick"),
        (["--fork"], "needs a value"),
    ],
)
def test_wrong_arguments_are_told_in_a_sentence(verifier, plain_log, signer, capsys, arguments, says):
    """Whoever mistypes would see a traceback, or a check that did not happen."""
    assert 2 == verifier.main([str(plain_log[0]), "--key", signer.vkey, *arguments])
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("data", [b"", b"hello", b"{}", b"\xff\xfe", b"[" * 20_000, b'{"type":"fork"}'])
def test_what_is_no_record_is_told_in_a_sentence(verify, tmp_path, data):
    """A wrong file name would end in a traceback."""
    path = tmp_path / "x.json"
    path.write_bytes(data)
    said = verify(path, form="text")
    assert said.code in (1, 2)
    assert "Traceback" not in said.out + said.err


def test_an_empty_folder_is_told_in_a_sentence(verify, tmp_path):
    """A wrong folder would seem to hold."""
    assert "neither a checkpoint nor receipts" in verify(tmp_path).err


def test_a_key_may_lie_in_a_file(verify, plain_log, signer, tmp_path):
    """Whoever has the key on a stick would have to type it."""
    path = tmp_path / "pinned"
    path.write_text(signer.vkey + "\n")
    assert 0 == verify(plain_log[0], key=str(path)).code


def test_the_help_has_an_example(verifier, capsys):
    """Nobody would know how to begin."""
    assert 0 == verifier.main(["--help"])
    assert "Example:\n  evenhand-verify " in capsys.readouterr().out


def test_names_from_a_log_cannot_move_the_cursor(verify, tmp_path, signer):
    """A log could overwrite on the screen what is said about it."""
    path = tmp_path / "a\x1b[2Jb.tlog-proof"
    path.write_bytes(receipt(0, [b"{}"], [signer]))
    assert "\x1b" not in verify(path, form="text").out


def test_nothing_outside_the_standard_library_is_imported():
    """Whoever checks would have to trust what somebody else installed."""
    names = set()
    for node in ast.walk(ast.parse(FILE.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            names.add((node.module or ".").split(".")[0])
    assert set() == names - sys.stdlib_module_names
    assert "evenhand" not in names


def python39() -> str:
    """A Python 3.9 on PATH or among the versions of pyenv; none is the one skip that CI permits."""
    if found := shutil.which("python3.9"):
        ran = subprocess.run(
            [found, "-c", "import sys; print(sys.version)"], capture_output=True, text=True, check=False
        )
        if ran.stdout.startswith("3.9."):
            return found
    roots = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))]
    for path in sorted(path for root in roots for path in root.glob("versions/3.9.*/bin/python")):
        return str(path)
    return ""


@pytest.fixture(scope="module")
def old_python() -> str:
    """Python 3.9."""
    found = python39()
    if not found:
        pytest.skip("no Python 3.9 on PATH or among pyenv's versions", allow_module_level=False)
    return found


def test_a_plain_python_3_9_runs_the_file(old_python, plain_log, story, signer, tmp_path):
    """An old computer in a club-house could not check anything."""
    copy = shutil.copy(FILE, tmp_path / "evenhand_verify.py")
    folder = story.does("respondent", "protect", "2026-04-02T09:00:00Z").export(tmp_path / "x", signer)
    for path, code in ((plain_log[0], 0), (folder, 1)):
        command = [old_python, "-I", str(copy), str(path), "--key", signer.vkey]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert (code, "") == (ran.returncode, ran.stderr), ran.stdout
        assert LAST == ran.stdout.splitlines()[-1]
    assert "books/discipline/acts/protect" in ran.stdout


def test_a_receipt_is_checked_without_loading_what_it_does_not_need(story, signer, tmp_path):
    """A receipt would take many times as long as reading it."""
    story.export(tmp_path / "x", signer)
    path = tmp_path / "one.tlog-proof"
    path.write_bytes(receipt(1, story.entries, [signer], story.disclosures(1)))
    code = (
        f"import sys; sys.path.insert(0, {str(FILE.parent)!r}); import evenhand_verify; "
        f"evenhand_verify.main([{str(path)!r}, '--key', {signer.vkey!r}]); print(sorted(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    loaded = set(re.findall("'([a-z_.]+)'", ran.stdout.splitlines()[-1]))
    assert set() == loaded & {"argparse", "zoneinfo", "dataclasses", "typing", "inspect", "unicodedata"}


def test_a_policy_file_that_names_nobody_is_refused(verify, plain_log, cosigners, tmp_path):
    """A quorum of nothing would be met by anything."""
    path = tmp_path / "policy.json"
    for policy in ({"k": 0, "of": [cosigners[0].vkey]}, {"k": 1, "of": []}, {"k": 2, "of": [cosigners[0].vkey] * 2}):
        path.write_bytes(jcs(policy))
        assert 2 == verify(plain_log[0], cosigners=path).code
