# SPDX-License-Identifier: Apache-2.0
"""The cosigner itself, as a WSGI application: what it answers follows from the request, its memory, its key and the time."""

import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from evenhand.cosign import evidence
from evenhand.cosign.errors import Malformed
from evenhand.cosign.judging import AGREES, INCONSISTENT, STALE, Known, Verdict, judge
from evenhand.cosign.memory import Memory
from evenhand.cosign.page import page
from evenhand.cosign.wire import LARGEST_BODY, PATH, SIZE_TYPE, Request, size_line
from evenhand.record.cosigning import cosign
from evenhand.record.errors import ForkError, NoteError
from evenhand.record.forks import Fork
from evenhand.record.keys import SigningKey, VerifierKey
from evenhand.record.notes import Note

Clock = Callable[[], int]
"""Seconds since 1970 in UTC."""
Application = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]

TEXT = "text/plain; charset=utf-8"
REASONS = {
    200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    408: "Request Timeout", 409: "Conflict", 413: "Content Too Large", 422: "Unprocessable Content",
    500: "Internal Server Error",
    503: "Service Unavailable",
}  # fmt: skip
PATIENCE = 20.0
"""Seconds in which a body has to arrive."""
PIECE = 16_384
LONGEST_LENGTH = 18
"""Digits of a length; more are not worth reading."""


@dataclass(frozen=True)
class Answer:
    """Status, body, type and further headers of an answer."""

    status: int
    body: bytes
    type: str = TEXT
    more: tuple[tuple[str, str], ...] = ()


def said(status: int, sentence: str, **more: Any) -> Answer:
    """A sentence for whoever reads the answer."""
    return Answer(status, f"{sentence}\n".encode(), **more)


TOO_LARGE = said(413, f"A request has at most {LARGEST_BODY:,} bytes.")
TOO_LATE = said(408, "The request did not arrive in time.")
CANNOT_WRITE = said(503, "This cosigner cannot write down what it would cosign; ask again later.")
FAILED = said(500, "This cosigner failed; tell its keeper, who finds the reason where the server writes its errors.")


def application(*, memory: Memory, key: SigningKey, clock: Clock) -> Application:
    """The cosigner of this key. Forks that it sees are written as files beside its memory."""

    def answered(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        try:
            answer = route(environ, memory=memory, key=key, clock=clock)
        except Exception as error:  # one request must not end a thread, and whoever runs the server has to know
            environ["wsgi.errors"].write(f"evenhand: a request failed ({type(error).__name__}: {error}).\n")
            answer = CANNOT_WRITE if isinstance(error, sqlite3.Error) else FAILED
        headers = [
            ("Content-Type", answer.type),
            ("Content-Length", str(len(answer.body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            *answer.more,
        ]
        start(f"{answer.status} {REASONS[answer.status]}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]

    return answered


def route(environ: WSGIEnvironment, *, memory: Memory, key: SigningKey, clock: Clock) -> Answer:
    """The answer to one request over HTTP."""
    method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
    if path == PATH:
        if method != "POST":
            return not_allowed("POST")
        body = read_body(environ)
        return body if isinstance(body, Answer) else add_checkpoint(body, memory=memory, key=key, clock=clock)
    if path not in ("/", "/healthz"):
        return said(404, f"Nothing is here; a checkpoint is sent to {PATH}.")
    if method not in ("GET", "HEAD"):
        return not_allowed("GET, HEAD")
    if path == "/healthz":
        memory.owner()
        return said(200, "ok")
    return Answer(200, page(memory, key.verifier, now=clock()).encode())


def read_body(environ: WSGIEnvironment) -> bytes | Answer:
    """The body of a request, or the answer to one that is too large or never ends."""
    length = environ.get("CONTENT_LENGTH") or ""
    if length and (not length.isascii() or not length.isdecimal()):
        return said(400, "The length of the request is no number.")
    if len(length) > LONGEST_LENGTH or int(length or 0) > LARGEST_BODY:
        return TOO_LARGE
    # Without a length only some servers know where a body ends, and on the others we would wait for ever.
    limit = int(length) if length else LARGEST_BODY + 1 if environ.get("wsgi.input_terminated") else 0
    parts, missing, started = [], limit, time.monotonic()
    try:
        while missing and (part := environ["wsgi.input"].read(min(missing, PIECE))):
            parts.append(part)
            missing -= len(part)
            if time.monotonic() - started > PATIENCE:
                return TOO_LATE
    except (TimeoutError, BlockingIOError):
        return TOO_LATE
    except Exception:  # each server has its own errors for a body that is broken off or wrongly put together
        return said(400, "The request did not arrive whole.")
    return b"".join(parts) if limit <= LARGEST_BODY or missing else TOO_LARGE


def add_checkpoint(body: bytes, *, memory: Memory, key: SigningKey, clock: Clock) -> Answer:
    """The answer to a body sent to `/add-checkpoint` (C2SP `tlog-witness`); what is cosigned is written down before."""
    try:
        request = Request.parse(body)
    except Malformed as error:
        return said(400, error.sentence)
    origin = request.checkpoint.origin
    keys = memory.keys(origin)
    if not keys:
        return said(404, "This cosigner does not know that log.")
    try:
        request.note.signed_by(keys)
    except NoteError as error:
        return said(403, error.sentence)
    request = Request(request.old, request.hashes, _trusted(request.note, keys))
    with memory.transaction():
        known = memory.latest(origin)
        verdict = judge(request, known=known, earlier=lambda size: memory.at(origin, size))
        seconds = max(clock(), known.last if known else 0)  # a clock that was set back must not undo a heartbeat
        if verdict.status == AGREES:
            return _cosigned(request, memory=memory, key=key, seconds=seconds)
        _keep(request, verdict, keys, memory=memory, seconds=seconds)
    with suppress(OSError):  # it is kept in the memory, and written at the next start
        evidence.write_all(memory.path.parent, memory, origin=origin)
    if verdict.status == STALE:
        return Answer(STALE, size_line(known.size if known else 0), SIZE_TYPE)
    return said(verdict.status, verdict.says)


def _cosigned(request: Request, *, memory: Memory, key: SigningKey, seconds: int) -> Answer:
    checkpoint, text = request.checkpoint, str(request.note)
    before = memory.at(checkpoint.origin, checkpoint.size)
    first, note = (before.first, before.note) if before else (seconds, text)
    memory.remember(checkpoint.origin, Known(checkpoint.size, checkpoint.root, note, first, seconds))
    return Answer(AGREES, cosign(request.note.text, key, seconds=seconds).line.encode())


def _keep(request: Request, verdict: Verdict, keys: tuple[VerifierKey, ...], *, memory: Memory, seconds: int) -> None:
    """Keeps what a refused request shows: a fork as evidence, anything else that does not hold as a number."""
    checkpoint, fork = request.checkpoint, verdict.fork
    if fork is not None and any(_shows(fork, key) for key in keys):
        memory.keep(checkpoint.origin, checkpoint.size, fork.data(), seconds=seconds)
    elif fork is not None or verdict.status == INCONSISTENT:
        memory.refuse(checkpoint.origin, str(request.note), seconds=seconds)


def _shows(fork: Fork, key: VerifierKey) -> bool:
    """Whether one key signed both sides, so that whoever pins it can check the file alone."""
    try:
        fork.verify([key])
    except ForkError:
        return False
    return True


def _trusted(note: Note, keys: tuple[VerifierKey, ...]) -> Note:
    """The note with the lines of trusted keys alone: what strangers put under it is not kept."""
    known = {(key.name, key.id) for key in keys}
    return Note(note.text, tuple(line for line in note.signatures if (line.name, line.id) in known))


def not_allowed(methods: str) -> Answer:
    """The answer to a method that is not offered here."""
    return said(405, f"Here only {methods} is answered.", more=(("Allow", methods),))
