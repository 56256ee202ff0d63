# SPDX-License-Identifier: Apache-2.0
"""aics-witness, another implementation of C2SP tlog-witness, cosigns our log, and its client is cosigned by us.

It needs Python 3.12 and lives in an environment of its own (tests/peers/environments.py).
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from evenhand.cosign.asking import posted
from evenhand.cosign.gathering import gather
from evenhand.cosign.memory import NAME, Memory
from evenhand.record.files.log import Log
from evenhand.record.forks import Fork
from evenhand.record.keys import SigningKey
from tests.cosign.a_log import ORIGIN, History, a_folder, grow, named
from tests.cosign.conftest import NOON, Served
from tests.peers.environments import Absent, environment, run

gathered = partial(gather, send=posted)
HERE = Path(__file__).resolve().parent
SEED = b"a seed that everybody may know.."


@pytest.fixture(scope="session")
def python() -> Path:
    """The Python of the partner's environment, or a skip that says why there is none."""
    try:
        return environment("aics", least=(3, 12))
    except Absent as absent:
        pytest.skip(str(absent))


@pytest.fixture
def partner(python: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """(verifier key, address) of the partner's cosigner, which knows the log of `History`."""
    config = tmp_path / "partner.json"
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("AICS_", "WITNESS_"))}

    def said(*words: str) -> str:
        done = run([python, "-m", "aics_witness", *words], env=environ, cwd=tmp_path)
        assert 0 == done.returncode, done.stderr
        return done.stdout

    key = said("init", "--config", str(config), "--name", "partner.example", "--listen", "127.0.0.1:0").strip()
    said("add-log", "--config", str(config), "--origin", ORIGIN, "--vkey", History().key.verifier.text)
    command = [str(python), "-m", "aics_witness", "serve", "--config", str(config)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environ, cwd=tmp_path)
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if found := re.search(r"listening on (http://\S+)", line):
                yield key, found[1]
                break
        else:
            raise AssertionError("the partner did not start")
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def test_the_partner_cosigns_our_log_as_it_grows(partner: tuple[str, str], tmp_path: Path):
    """Our client would speak only with our own cosigner."""
    with a_folder(tmp_path, more=4) as log:
        log.settle()
    named(log.folder, 1, partner)
    for count in (0, 1, 300):
        with Log.open(log.folder) as again:
            if count:
                grow(again, count)
        found, (asked,) = gathered(log.folder)
        assert (True, "Cosigned.") == (found.holds, asked.says)


def test_the_partner_is_asked_again_from_the_size_that_it_names(partner: tuple[str, str], tmp_path: Path):
    """A log that was brought back without the file beside it could never be cosigned again."""
    with a_folder(tmp_path, more=4) as log:
        log.settle()
    named(log.folder, 1, partner)
    gathered(log.folder)
    with Log.open(log.folder) as again:
        grow(again, 9)
    named(log.folder, 1, partner)
    assert gathered(log.folder)[0].holds


def test_the_partner_refuses_our_log_when_it_shows_two_versions(partner: tuple[str, str], tmp_path: Path):
    """What a refusal of somebody else's cosigner means would be lost on the keeper of the log."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first, second = a_folder(tmp_path / "a", more=6), a_folder(tmp_path / "b")
    grow(second, 9, "entered otherwise")
    first.close()
    second.close()
    named(first.folder, 1, partner)
    assert gathered(first.folder)[0].holds
    named(second.folder, 1, partner)
    found, (asked,) = gathered(second.folder)
    assert (False, True) == (found.holds, "is not how this log begins" in asked.says)


def test_the_client_of_the_partner_is_cosigned_by_us(python: Path, tmp_path: Path, served: Callable[..., Served]):
    """Our cosigner would serve only our own logs; a refusal has to be understood by others, too."""
    folder, key = tmp_path / "served", SigningKey.of_seed("partner.example/log", SEED)
    folder.mkdir()
    memory = Memory(folder / NAME, create=True)
    memory.add(key.verifier, seconds=NOON)
    running = served(folder)
    done = run([python, HERE / "partner_asks.py", running.url, running.key, key.name, SEED.hex()])
    assert 0 == done.returncode, done.stderr
    assert [
        "first cosigned",
        "grown cosigned",
        "heartbeat cosigned",
        "grown, from nothing remembered cosigned",
        "older knows 301",
        "other root refused 409",
        "other beginning refused 422",
    ] == done.stdout.splitlines()
    forks = [Fork.parse(fork.file).verify([key.verifier]) for fork in memory.forks()]
    assert [(301, 301), (301, 305)] == [(first.size, second.size) for first, second in forks]
