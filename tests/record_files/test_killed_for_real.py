# SPDX-License-Identifier: Apache-2.0
"""A writer that the system kills in the middle of its work, and readers of ours and of nobody's code beside it."""

import importlib.util
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evenhand.record.checkpoints import Checkpoint
from evenhand.record.files.log import Log
from evenhand.record.files.shelf import Shelf
from tests.record.making import key
from tests.record_files.making import NEXT, held

WRITER = """
import itertools, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from evenhand.record.files.log import Log
from evenhand.record.files.publishing import publish
from evenhand.record.files.rotating import retire, rotate
from tests.record.making import BOOK, counted, key
from tests.record_files.making import NEXT, genesis, plain

folder, turn = Path(sys.argv[1]), int(sys.argv[2])
start = datetime(2026, 1, 1, 3, tzinfo=UTC)
schedule = {"every": 86400, "from": "2026-01-01T03:00:00Z", "multiple": 16}
print("begun", flush=True)
if not (folder / "checkpoint").exists():
    Log.new(folder, key(), genesis(rulebook=BOOK, publication=schedule)).close()
with Log.open(folder) as log:
    for number in itertools.count():
        log.append(plain(log.size, log.size + 90), last=False)
        log.append(plain(log.size, log.size + 40))
        print(log.size, flush=True)
        if number % 2:
            log.publish()
        if number % 4 == 3:
            now, chance = start + timedelta(days=1000 * turn + number), counted(f"{turn} {number}")
            publish(log, folder.with_name("public"), now=now, chance=chance)
        if turn == 3 and number == 1 and len(log.signer.keys) == 1 and not (folder / "rotated").exists():
            rotate(log, NEXT)
        if turn == 5 and number == 1 and len(log.signer.keys) == 2 and (folder / "rotated").exists():
            retire(log)
"""


@pytest.fixture(scope="module")
def verifier(root: Path) -> object:
    """The independent verifier, which shares no code with what wrote the log."""
    path = root / "verifier" / "evenhand_verify.py"
    spec = importlib.util.spec_from_file_location("verifier_of_killed_logs", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_writer_killed_by_the_system_again_and_again_leaves_one_history(
    root: Path, tmp_path: Path, verifier: object, capsys: pytest.CaptureFixture[str]
) -> None:
    """After each death a reader finds the last checkpoint to hold, and the next writer goes on from what was acknowledged."""
    folder, seen, drawn = tmp_path / "quay", {}, random.Random(3)
    for turn in range(9):
        command = [sys.executable, "-c", WRITER, str(folder), str(turn)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root)
        assert b"begun\n" == process.stdout.readline()
        time.sleep(drawn.random() * (0.03 if turn < 2 else 0.6))
        process.kill()
        told = [int(line) for line in process.communicate()[0].splitlines()]
        if not (folder / "checkpoint").exists():
            continue
        read = held(folder, key(), NEXT)
        note = Checkpoint.parse(Shelf(folder).note().text)
        assert note.root == seen.setdefault(note.size, note.root)
        keys = ["--key", key().verifier.text]
        (folder / "vkey").unlink()  # between key and checkpoint it may be that of yesterday, and is for convenience
        assert 0 == verifier.main([str(folder), *keys]), capsys.readouterr().out
        with Log.open(folder) as log:
            assert log.size >= max([read, *told])
            for size, known in seen.items():
                assert known == log.root_at(size)
            (folder / "vkey").write_text(f"{log.signer.verifiers[-1].text}\n")
        if (tmp_path / "public" / "checkpoint").exists():
            assert held(tmp_path / "public", key(), NEXT) % 16 == 0
    assert seen
