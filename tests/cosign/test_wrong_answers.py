# SPDX-License-Identifier: Apache-2.0
"""A cosigner that answers something else than it should, or is named in a file that cannot be read."""

import json
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from evenhand.cosign.asking import posted
from evenhand.cosign.errors import CosignError
from evenhand.cosign.gathering import gather
from evenhand.cosign.named import Cosigners, file_beside
from evenhand.record.encodings import to_base64
from evenhand.record.files.log import Log
from tests.cosign.a_log import a_cosigner_key, a_folder, named

gathered = partial(gather, send=partial(posted, patience=5))


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """A log of 12 entries."""
    made = a_folder(tmp_path, more=11)
    made.close()
    return made


class Hostile(BaseHTTPRequestHandler):
    """Answers whatever a test has set."""

    answer: tuple[int, dict[str, str], bytes] = (200, {}, b"")

    def do_POST(self) -> None:
        """The answer, and nothing is checked."""
        self.rfile.read(int(self.headers["Content-Length"]))
        status, headers, body = self.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


SIZE = {"Content-Type": "text/x.tlog.size"}
STRANGER = "— stranger.example " + "A" * 96 + "\n"


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((200, {}, b""), "not one or more signature lines"),
        ((200, {}, b"\xff\xfe"), "not one or more signature lines"),
        ((200, {}, b"a" * 200_000), "not one or more signature lines"),
        ((200, {}, STRANGER.encode() * 101), "not one or more signature lines"),
        ((200, {}, STRANGER.encode()), "without a cosignature of the key"),
        ((200, {}, b"OWN"), "does not hold"),
        ((200, {}, b"TWICE"), "signed this note twice"),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), "not one of a cosigner"),
        ((409, SIZE, b"12\n"), "is not how this log begins"),
        ((409, SIZE, b"x"), "is not how this log begins"),
        ((409, SIZE, b"99999999999999999999\n"), "is not how this log begins"),
        ((409, {}, b"3\n"), "is not how this log begins"),
        ((422, {}, b""), "is not how this log begins"),
        ((400, {}, b""), "could not read the request"),
        ((403, {}, b""), "does not trust the key"),
        ((404, {}, b""), "does not know this log"),
        ((500, {}, b"\x1b[2J"), "not one of a cosigner"),
    ],
)
def test_a_wrong_answer_is_a_sentence_and_changes_nothing(
    log: Log, answer: tuple[int, dict[str, str], bytes], says: str
):
    """One cosigner could spoil the checkpoint for everybody, or send the log somewhere else."""
    key, before = a_cosigner_key("rival.example").verifier, (log.folder / "checkpoint").read_bytes()
    line = f"— {key.name} " + to_base64(key.id + b"\0" * 72) + "\n"
    body = answer[2].replace(b"OWN", line.encode()).replace(b"TWICE", line.encode() * 2)
    handler = type("Set", (Hostile,), {"answer": (*answer[:2], body)})
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        named(log.folder, 1, (key.text, f"http://127.0.0.1:{server.server_port}"))
        found, (asked,) = gathered(log.folder)
    finally:
        server.shutdown()
        server.server_close()
    assert says in asked.says
    assert (False, None) == (found.holds, asked.line)
    assert before == (log.folder / "checkpoint").read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{",
        '{"k": 1, "of": []}',
        '{"k": true, "of": [1]}',
        '{"k": 1, "of": [{"key": 1, "url": 2}]}',
        "[" * 9_999,
    ],
)
def test_a_file_of_cosigners_that_cannot_be_read_is_a_sentence(log: Log, text: str):
    """A traceback would tell nobody which file is wrong."""
    file_beside(log.folder).write_text(text, "utf-8")
    with pytest.raises(CosignError, match=r"log\.cosigners cannot be read"):
        gathered(log.folder)


@pytest.mark.parametrize(
    "url", ["file:///etc/hosts", "ftp://a.example", "http://", "http://a b", "http://a.example/?q=1"]
)
def test_an_address_that_is_not_one_of_a_cosigner_is_refused(log: Log, url: str):
    """A file of this machine would be read in place of an answer."""
    value = {"k": 1, "of": [{"key": a_cosigner_key("rival.example").verifier.text, "url": url}]}
    with pytest.raises(CosignError, match="no address"):
        Cosigners.parse(json.dumps(value))
