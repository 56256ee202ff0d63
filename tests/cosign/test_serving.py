# SPDX-License-Identifier: Apache-2.0
"""`evenhand cosign serve` as it is installed: several threads, killed at any time, stopped, started again."""

import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from urllib.parse import urlsplit

import pytest

from evenhand.cosign.memory import NAME, Memory
from evenhand.cosign.serving import listening
from evenhand.cosign.wire import LARGEST_BODY, read_lines
from evenhand.record.cosigning import cosigned_by
from evenhand.record.keys import VerifierKey
from evenhand.record.notes import Note
from tests.cosign.a_log import ORIGIN, History, asked
from tests.cosign.conftest import NOON, Served

LOG = History()
MANY = 24


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a cosigner that knows the log."""
    place = tmp_path / "served"
    place.mkdir()
    memory = Memory(place / NAME, create=True)
    memory.add(LOG.key.verifier, seconds=NOON)
    memory.close()
    return place


def test_it_cosigns(folder: Path, served: Callable[..., Served]):
    """What the tests of the application show would not be what is installed."""
    running = served()
    told = running.asked(LOG.request(0, 5))
    lines = Note(LOG.note(5).text, read_lines(told.body))
    assert 1 == len(cosigned_by(lines, [VerifierKey.parse(running.key)]))
    assert 0o600 == stat.S_IMODE((folder / "cosigner.key").stat().st_mode)


def test_of_many_at_once_exactly_one_wins(folder: Path, served: Callable[..., Served]):
    """Two requests that are both compared before either is written would make the cosigner sign two histories."""
    running = served()
    running.asked(LOG.request(0, 5))
    for turn in range(3):
        old, new = 5 + turn * MANY * 2, 5 + (turn + 1) * MANY * 2
        histories = [LOG, *[History(other=old + 1 + place) for place in range(MANY - 1)]]
        bodies, start = [each.request(old, new) for each in histories], Barrier(MANY)

        def at_once(body: bytes, start: Barrier = start) -> tuple[int, bytes]:
            start.wait()
            return running.asked(body)[:2]

        with ThreadPoolExecutor(MANY) as pool:
            told = list(pool.map(at_once, bodies))
        assert [(409, f"{new}\n".encode())] * (MANY - 1) == [each for each in told if each[0] != 200]
        (won,) = (place for place, each in enumerate(told) if each[0] == 200)
        memory = Memory(folder / NAME)
        known = memory.latest(ORIGIN)
        memory.close()
        assert histories[won].checkpoint(new).root == known.root
        if won != 0:
            break  # this history is the log from now on, and the next turn would begin from another


def test_killed_between_requests_it_loses_nothing(folder: Path, served: Callable[..., Served]):
    """A cosigner that forgets what it has answered can be led to cosign a second history."""
    size = 0
    for turn in range(4):
        running = served()
        for _ in range(turn + 2):
            assert 200 == running.asked(LOG.request(size, size + 3)).status
            size += 3
        running.killed()
        again = served()
        other = History(other=1)
        assert (409, size) == (again.asked(other.request(0, size + 1)).status, again.asked(other.request(0, 1)).size)
        again.killed()


def test_it_is_the_same_cosigner_after_a_restart(folder: Path, served: Callable[..., Served]):
    """A new key each time: nobody's policy would be met."""
    first = served()
    first.asked(LOG.request(0, 5))
    assert 0 == first.stopped()
    second = served()
    assert first.key == second.key
    assert (409, 5) == (second.asked(LOG.request(0, 5)).status, second.asked(LOG.request(0, 5)).size)


def test_a_log_that_is_added_while_it_runs_is_cosigned(folder: Path, served: Callable[..., Served]):
    """Each new log would need a restart."""
    running, new = served(), History(key=History().key.of_seed("new.example", b"\7" * 32))
    assert 404 == running.asked(new.request(0, 5)).status
    evenhand = Path(sys.executable).with_name("evenhand")
    subprocess.run([evenhand, "cosign", "add", new.key.verifier.text, "--dir", folder], check=True, capture_output=True)
    assert 200 == running.asked(new.request(0, 5)).status


def test_two_servers_on_one_folder_are_one_cosigner(folder: Path, served: Callable[..., Served]):
    """A new one started before the old one ended: together they would cosign two histories."""
    first, second = served(), served()
    assert (200, 409) == (first.asked(LOG.request(0, 5)).status, second.asked(History(other=2).request(0, 5)).status)


def raw(url: str, data: bytes) -> bytes:
    """The status line that is answered to bytes as they are."""
    with socket.create_connection((urlsplit(url).hostname, urlsplit(url).port), timeout=30) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return connection.makefile("rb").readline()


HEAD = b"POST /add-checkpoint HTTP/1.1\r\nHost: a\r\n"


def test_bodies_that_are_too_large_are_refused(folder: Path, served: Callable[..., Served]):
    """A stranger could fill the memory of the machine, with or without saying how much comes."""
    running = served()
    much = LARGEST_BODY + 1
    assert 413 == running.asked(b"a" * much).status
    chunk = b"%x\r\n%s\r\n" % (much, b"a" * much)
    assert b" 413 " in raw(running.url, HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunk + b"0\r\n\r\n")
    assert b" 413 " in raw(running.url, HEAD + b"Content-Length: %d\r\n\r\n" % 10**15)
    assert 200 == running.asked(LOG.request(0, 5)).status


def test_a_chunked_request_is_cosigned(folder: Path, served: Callable[..., Served]):
    """Some clients do not say beforehand how long a body is."""
    body = LOG.request(0, 5)
    chunks = b"".join(b"%x\r\n%s\r\n" % (1, body[at : at + 1]) for at in range(len(body))) + b"0\r\n\r\n"
    assert b" 200 " in raw(served().url, HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)


def test_whoever_says_nothing_is_given_up():
    """A few who connect and wait would hold every thread, and nobody else could be cosigned."""
    with listening("127.0.0.1", 0, patience=1) as place, socket.create_connection(place.getsockname()):
        taken, _ = place.accept()
        with taken, pytest.raises(BlockingIOError):
            taken.recv(1)


def test_what_is_not_http_does_not_end_it(folder: Path, served: Callable[..., Served]):
    """Whoever scans the network would stop the cosigner."""
    running = served()
    for junk in (
        b"\0" * 5_000,
        b"GET\r\n\r\n",
        HEAD + b"Content-Length: -1\r\n\r\n",
        HEAD + b"Content-Length: 50\r\n\r\nold",
    ):
        raw(running.url, junk)
    assert b" 400 " in raw(running.url, HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nold 0\r\nzz\r\n")
    assert (200, b"ok\n") == asked(running.url, "/healthz", method="GET")[:2]
