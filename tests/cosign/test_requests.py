# SPDX-License-Identifier: Apache-2.0
"""Whatever bytes are sent, a cosigner answers 400 or what the protocol says, and cosigns nothing that it should not."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.cosign.answering import application
from evenhand.cosign.errors import Malformed
from evenhand.cosign.memory import NAME, Memory
from evenhand.cosign.wire import Request, read_lines, read_size
from tests.cosign.a_log import History, a_cosigner_key
from tests.cosign.conftest import NOON

LOG = History()
HONEST = LOG.request(5, 9)

LINES = st.sampled_from(
    [b"old 5", b"old 0", b"", b"5", b"9", LOG.key.name.encode(), *HONEST.split(b"\n"), b"\xff", b"old " + b"9" * 30]
)
BODIES = st.one_of(
    st.binary(max_size=300),
    st.lists(LINES, max_size=90).map(b"\n".join),
    st.tuples(st.integers(0, len(HONEST)), st.binary(max_size=3), st.integers(0, 4)).map(
        lambda cut: HONEST[: cut[0]] + cut[1] + HONEST[cut[0] + cut[2] :]
    ),
)


@given(BODIES)
def test_the_reader_of_requests_raises_nothing_but_malformed(body: bytes):
    """A request could end a thread of the server."""
    try:
        found = Request.parse(body)
    except Malformed:
        return
    assert found == Request.parse(found.body())


@given(BODIES)
def test_the_readers_of_answers_raise_nothing_but_malformed(body: bytes):
    """A cosigner could end the log that asks it."""
    assert read_size(body) is None or body == f"{read_size(body)}\n".encode()
    try:
        lines = read_lines(body)
    except Malformed:
        return
    assert body == "".join(line.line for line in lines).encode()


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Memory:
    """The memory of a cosigner that knows the log at size 5."""
    found = Memory(tmp_path_factory.mktemp("cosigner") / NAME, create=True)
    found.add(LOG.key.verifier, seconds=NOON)
    assert "200 OK" == status(found, LOG.request(0, 5))
    return found


def status(
    memory: Memory, body: bytes, path: str = "/add-checkpoint", method: str = "POST", length: str | None = None
) -> str:
    """What the application answers, called as a server would."""
    app = application(memory=memory, key=a_cosigner_key("rival.example"), clock=lambda: NOON)
    found: list[str] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "CONTENT_LENGTH": str(len(body)) if length is None else length,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
    }
    app(environ, lambda line, headers: found.append(line))
    return found[0]


@given(body=BODIES.filter(lambda body: body != HONEST))
def test_the_application_answers_malformed_bodies_with_400(memory: Memory, body: bytes):
    """Anything else would tell a stranger where to press on, or be a signature that nobody meant to give."""
    try:
        Request.parse(body)
    except Malformed:
        assert "400 Bad Request" == status(memory, body)
        return
    # Still written as it should be: then the signature, the log or the list is another one.
    assert status(memory, body)[:3] in ("400", "403", "404", "409", "422")
    assert 5 == memory.latest(LOG.key.name).size


@given(path=st.text(max_size=30).filter(lambda path: path not in ("/", "/healthz")), method=st.text(max_size=8))
def test_any_path_and_method_gets_an_answer(memory: Memory, path: str, method: str):
    """An address that nobody thought of would show a traceback."""
    assert status(memory, b"", path, method)[:3] in ("404", "405", "400")


@pytest.mark.parametrize(
    ("length", "answer"),
    [
        ("", "400"),
        ("0", "400"),
        ("-1", "400"),
        ("x", "400"),
        ("\u0663", "400"),
        ("9" * 18, "413"),
        ("9" * 5_000, "413"),
    ],
)
def test_a_length_that_is_none_is_refused(memory: Memory, length: str, answer: str):
    """A header alone could end a thread of the server, or make it wait for ever."""
    assert answer == status(memory, HONEST, length=length)[:3]


def test_a_failure_is_an_answer_and_a_line_for_the_keeper(tmp_path: Path):
    """A cosigner that fails in silence looks like one that is switched off."""
    memory, errors = Memory(tmp_path / NAME, create=True), io.StringIO()
    memory._write("INSERT INTO log VALUES ('damaged', ?, 0)", LOG.key.name)
    app, found = application(memory=memory, key=a_cosigner_key("rival.example"), clock=lambda: NOON), []
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/add-checkpoint", "CONTENT_LENGTH": str(len(HONEST))}
    app({**environ, "wsgi.input": io.BytesIO(HONEST), "wsgi.errors": errors}, lambda line, headers: found.append(line))
    assert (["500 Internal Server Error"], 1) == (found, errors.getvalue().count("\n"))


def test_a_memory_that_cannot_be_written_cosigns_nothing(tmp_path: Path):
    """What is not written down before it is answered is forgotten, and could be contradicted."""
    memory = Memory(tmp_path / NAME, create=True)
    memory.add(LOG.key.verifier, seconds=NOON)
    memory._connection().execute("PRAGMA query_only = 1")
    assert "503 Service Unavailable" == status(memory, LOG.request(0, 5))
