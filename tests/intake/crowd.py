# SPDX-License-Identifier: Apache-2.0
"""The real door: a server as `evenhand serve` starts it, in a process of its own, and people with browsers of their own.

Each browser is a thread with its own connection, cookie and token. All wait at a barrier before the last button, so that
their complaints arrive at one moment.
"""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlencode, urlsplit

ANSWERS: Mapping[str, Mapping[str, str]] = {
    "danger": {"danger": "no", "unsafe_to_tell": "no"},
    "whom": {"way": "complainant.lodge", "body": ""},
    "account": {"account": "He shouted at me on the quay."},
    "harmed": {"harmed": "me", "harmed_names": "", "seen_by": ""},
    "about": {"words": "Bero", "holder": "none", "conduct.day": "2", "conduct.month": "4", "conduct.year": "2026"},
    "you": {"name": "", "address": ""},
}
PATIENCE = 120
"""Seconds that a browser waits for an answer."""
CODE = re.compile(r'class="mono">([a-z]+(?: [a-z]+){6})<')
NUMBER = re.compile(r"<h1>[^<]* as ([^<]+)\.</h1>")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
RECEIPT = re.compile(r"<code>([0-9a-f]{64})</code>")


@dataclass
class Said:
    """What one complainant was told: every status on the way, and what the last page shows."""

    statuses: list[int] = field(default_factory=list)
    number: str = ""
    receipt: str = ""
    code: str = ""
    trouble: str = ""


class Browser:
    """One connection with its cookies, which follows no link by itself."""

    def __init__(self, address: str) -> None:
        place = urlsplit(address)
        self._connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=PATIENCE)
        self.cookies: dict[str, str] = {}
        self._token = ""

    def ask(self, method: str, path: str, typed: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        """Status, where it leads, and the page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if typed is not None:
            body = urlencode({**typed, "csrfmiddlewaretoken": self._token}).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        page = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        self._token = found[1] if (found := TOKEN.search(page)) else self._token
        return answer.status, answer.headers.get("Location", ""), page

    def close(self) -> None:
        """Hangs up."""
        self._connection.close()


def complain(address: str, said: Said, released: threading.Barrier, account: str) -> None:
    """Goes through the questions as somebody without a name, waits for the others, sends, and reads the last page."""
    browser = Browser(address)

    def ask(method: str, path: str, typed: Mapping[str, str] | None = None) -> str:
        status, _, page = browser.ask(method, path, typed)
        said.statuses.append(status)
        return page

    try:
        ask("GET", "/portal/complain/danger/")
        for step, typed in ANSWERS.items():
            ask("POST", f"/portal/complain/{step}/", {"account": account} if step == "account" else typed)
        ask("GET", "/portal/complain/check/")
        browser.close()  # who waits longer than the server keeps a connection takes a new one
        released.wait(PATIENCE)
        ask("POST", "/portal/complain/check/", {})
        page = ask("GET", "/portal/complain/done/")
        for name, pattern in (("number", NUMBER), ("receipt", RECEIPT), ("code", CODE)):
            found = pattern.search(page)
            setattr(said, name, found[1] if found else "")
    except (OSError, http.client.HTTPException, threading.BrokenBarrierError) as trouble:
        said.trouble = repr(trouble)
    finally:
        browser.close()


def at_once(address: str, number: int, accounts: Sequence[str] = ()) -> list[Said]:
    """So many complaints, sent at one moment; `accounts` is what each of them tells, if it is not the same."""
    everybody, released = [Said() for _ in range(number)], threading.Barrier(number)
    told = accounts or [ANSWERS["account"]["account"]] * number
    threads = [
        threading.Thread(target=complain, args=(address, said, released, account))
        for said, account in zip(everybody, told, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return everybody


class Address(str):
    """Where a server answers, and its process."""

    pid = 0

    @property
    def processor(self) -> float:
        """Seconds of processor time that the server and its workers have taken."""
        found = 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(") ")[2].split()
            except OSError:
                continue  # it has ended
            if self.pid in (int(path.parent.name), int(fields[1])):
                found += int(fields[11]) + int(fields[12])
        return found / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(folder: Path, log: Path | None = None) -> Iterator[Address]:
    """The address of a server of this organisation, which is told to stop at the end; `log` is where its words are kept."""
    environment = {name: value for name, value in os.environ.items() if name not in ("EVENHAND_DIR", "DATABASE_URL")}
    environment["PYTHONUNBUFFERED"] = "1"
    command = [sys.executable, "-m", "evenhand.cli.main", "serve", "--dir", str(folder), "--port", "0"]
    with TemporaryFile("w+") as wrote:
        server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=wrote, text=True)
        try:
            line = server.stdout.readline() if server.stdout else ""
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found is None:
                wrote.seek(0)
                raise RuntimeError(f"The server did not begin: {line} {wrote.read()[-2000:]}")
            address = Address(found[0])
            address.pid = server.pid
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=60)
            wrote.seek(0)
            text = wrote.read()
            if log is not None:
                log.write_text(text, "utf-8")
