# SPDX-License-Identifier: Apache-2.0
"""Cosigners that answer over real sockets, in this process with a clock that a test sets, or as the installed command."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from evenhand.cosign.answering import application
from evenhand.cosign.memory import NAME, Memory
from evenhand.record.keys import SigningKey
from tests.cosign.a_log import History, Told, a_cosigner_key, asked

NOON = 1_775_044_800
"""1 April 2026, 12:00 UTC."""


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Says nothing."""


@dataclass
class Cosigner:
    """A cosigner in this process."""

    url: str
    key: SigningKey
    memory: Memory
    now: list[int]

    def asked(self, body: bytes) -> Told:
        """What it answers to a checkpoint."""
        return asked(self.url, body=body)

    @property
    def folder(self) -> Path:
        """Where it keeps what it remembers."""
        return self.memory.path.parent


@pytest.fixture
def cosigner(tmp_path: Path) -> Iterator[Callable[..., Cosigner]]:
    """`cosigner("rival.example")` answers on a socket of its own and knows the log of `History`."""
    servers: list[WSGIServer] = []

    def started(name: str, *, knows: bool = True) -> Cosigner:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        memory, key, now = Memory(folder / NAME, create=True), a_cosigner_key(name), [NOON]
        if knows:
            memory.add(History().key.verifier, seconds=NOON)
        app = application(memory=memory, key=key, clock=lambda: now[0])
        server = make_server("127.0.0.1", 0, app, _Threads, _Quiet)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        return Cosigner(f"http://127.0.0.1:{server.server_port}", key, memory, now)

    yield started
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def one(cosigner: Callable[..., Cosigner]) -> Cosigner:
    """One cosigner."""
    return cosigner("rival.example")


@dataclass
class Served:
    """`evenhand cosign serve` in a process group of its own."""

    process: subprocess.Popen[str]
    key: str
    url: str

    def asked(self, body: bytes) -> Told:
        """What it answers to a checkpoint."""
        return asked(self.url, body=body)

    def killed(self) -> None:
        """Every process of it ends at once, as when the power fails."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stopped(self) -> int:
        """It is told to stop; its exit code."""
        self.process.terminate()
        return self.process.wait(timeout=60)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """`served()` starts the installed command on a free port, on the same folder each time."""
    started: list[Served] = []

    def start(folder: Path | None = None) -> Served:
        evenhand = Path(sys.executable).with_name("evenhand")
        place = folder or tmp_path / "served"
        words = ["cosign", "serve", "--dir", str(place), "--port", "0", "--name", "served.example"]
        process = subprocess.Popen(
            [str(evenhand), *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if found := re.search(r"http://\S+", line):
                key = re.search(r"^served\.example\+\S+$", said, re.MULTILINE)
                assert key is not None
                started.append(Served(process, key[0], found[0]))
                return started[-1]
        raise AssertionError(f"the server did not start: {said}")

    yield start
    for each in started:
        if each.process.poll() is None:
            each.killed()
        each.process.stdout.close()
