# SPDX-License-Identifier: Apache-2.0
"""A PostgreSQL server of one's own for a test run: started as an unprivileged user, gone when the run is over."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TO_INSTALL = "there is no PostgreSQL on this machine; on Debian: apt-get install postgresql"


class Missing(Exception):
    """PostgreSQL is not installed; the sentence says how to install it."""


def _binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(p) for p in [shutil.which("initdb")] if p]
    if not found:
        raise Missing(TO_INSTALL)
    return found[-1].resolve().parent


@contextmanager
def a_server(*, durable: bool = False) -> Iterator[str]:
    """The address of a running server without its database: `postgres://app@127.0.0.1:PORT`. `Missing` without one.

    Tests need nothing to last; with `durable` each commit is flushed as in earnest.
    """
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="evenhand-pg-"))
    as_whom: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        folder.chmod(0o700)
        as_whom = ["runuser", "-u", "postgres", "--"]

    def run(*command: str) -> None:
        subprocess.run([*as_whom, *command], check=True, capture_output=True, cwd="/")

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=60"
    options += "" if durable else " -c fsync=off -c full_page_writes=off"
    try:
        run(str(binaries / "initdb"), "-D", str(data), "-A", "trust", "-U", "app", "-E", "UTF8", "--no-locale")
        run(str(binaries / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        yield f"postgres://app@127.0.0.1:{port}"
    finally:
        if (data / "postmaster.pid").exists():
            run(str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)
