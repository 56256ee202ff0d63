# SPDX-License-Identifier: Apache-2.0
"""A run that is killed, at whatever moment, leaves no half report; an earlier report stays as it was."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

RUN = """
import sys
from pathlib import Path
from evenhand.examine.running import run
mapping, source, out = map(Path, sys.argv[1:])
def tell(what, share):
    print(f"{share:.2f} {what}", flush=True)
run(mapping, source, out, progress=tell)
"""
LINES = b"id,received,closed,note\n" + b"".join(b"c%d,2020-01-%02d,,x\n" % (i, i % 28 + 1) for i in range(20_000))


@pytest.fixture
def started(a_source, a_mapping, tmp_path):
    """`started()`: a run in a process of its own; each starts on the same source and folder."""
    folders = []

    def start() -> subprocess.Popen[bytes]:
        if not folders:
            cases = 'SELECT id AS "case", received, closed FROM matters'
            folders.extend([a_mapping(cases=cases), a_source({"matters.csv": LINES}), tmp_path / "out"])
        arguments = [sys.executable, "-c", RUN, *map(str, folders)]
        return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    return start


def complete(out):
    """Whether a folder of results is whole: findings that can be read, and every table they name."""
    findings = json.loads((out / "findings.json").read_text("utf-8"))
    return all((out / "tables" / f"{table['name']}.parquet").is_file() for table in findings["tables"])


@pytest.mark.parametrize("moment", ["making cases", "finding: population", "finding: like cases", "writing the report"])
def test_a_killed_run_leaves_no_half_report(started, tmp_path, moment):
    """Without it half an examination could be read, and quoted, as a whole one."""
    process = started()
    for line in process.stdout:
        if moment.encode() in line:
            break
    process.send_signal(signal.SIGKILL)
    process.communicate()
    out = tmp_path / "out"
    assert -signal.SIGKILL == process.returncode or complete(out)
    assert not out.exists() or complete(out)
    again = started()
    again.communicate()
    assert (0, True) == (again.returncode, complete(out))
    assert ["mapping", "out", "source"] == sorted(path.name for path in tmp_path.iterdir())


def test_at_any_moment_there_is_the_old_report_or_the_new_one(started, tmp_path):
    """Without it a second run that is killed would take the first report with it."""
    out = tmp_path / "out"
    began = time.perf_counter()
    started().communicate()
    whole = time.perf_counter() - began
    assert complete(out)
    for part in (0.3, 0.6, 0.8, 0.9, 0.95, 1.0):
        process = started()
        time.sleep(whole * part)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kept = out if out.is_dir() else tmp_path / ".out.old"
        assert complete(kept), part
    assert os.path.isdir(out)
