# SPDX-License-Identifier: Apache-2.0
"""How a log asks its cosigners: each for itself, so that one that is silent, slow or wrong does not hold up the others.

Everything here but `posted` is pure: what is sent and what is answered goes through a function that is given.
"""

import http.client
import queue
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from evenhand.cosign.errors import CosignError, Malformed, Unreachable
from evenhand.cosign.named import Named
from evenhand.cosign.wire import LARGEST_ANSWER, PATH, SIZE_TYPE, Request, read_lines, read_size
from evenhand.record.checkpoints import Checkpoint
from evenhand.record.cosigning import Cosigned, cosigned_by
from evenhand.record.errors import NoteError, TileError
from evenhand.record.notes import Note, Signature
from evenhand.record.proofs import consistency
from evenhand.record.tree import Node

PATIENCE = 10.0
"""Seconds for a whole exchange, from the look-up of the name to the last byte."""


@dataclass(frozen=True)
class Response:
    """What a cosigner answered: status, body, and the type of the body."""

    status: int
    body: bytes
    type: str = ""


Send = Callable[[str, bytes], Response]
"""(address, body) to the answer; raises `Unreachable` where there is none."""


@dataclass(frozen=True)
class Asked:
    """What came of asking one cosigner: its line and time if it cosigned, what to say, and the size it knows now."""

    named: Named
    says: str
    size: int
    line: Signature | None = None
    seconds: int | None = None


def ask_all(named: Iterable[Named], note: Note, *, node: Node, send: Send) -> tuple[Note, tuple[Asked, ...]]:
    """The checkpoint with the lines of all who cosigned it, and what came of asking each."""
    asked = tuple(ask(each, note, node=node, send=send) for each in named)
    return note.with_lines(each.line for each in asked if each.line is not None), asked


def ask(named: Named, note: Note, *, node: Node, send: Send) -> Asked:
    """Asks one cosigner for its cosignature of a checkpoint; `node` reads the tree of that checkpoint.

    The list begins at the size that the cosigner is remembered to know, and once more at the size it names itself.
    Raises nothing that comes from the other side.
    """
    size = Checkpoint.parse(note.text).size
    old = named.size if named.size <= size else 0
    try:
        response = send(named.url + PATH, _request(note, old, size, node).body())
        known = _size_of(response)
        if known is not None and known <= size and known != old:
            response = send(named.url + PATH, _request(note, known, size, node).body())
        asked = _read(named, note, response)
        if known is not None and known < old:
            # It may be led to cosign another history from where it begins again; its keeper has to know.
            says = f"{asked.says} It once knew {old:,} entries of this log and had forgotten all but {known:,}; tell its keeper."
            return replace(asked, says=says)
        return asked
    except CosignError as error:
        return Asked(named, error.sentence, named.size)
    except TileError as error:
        return Asked(named, f"The log cannot be read far enough to ask. {error.sentence}", named.size)


def _request(note: Note, old: int, size: int, node: Node) -> Request:
    return Request(old, consistency(old, size, node) if 0 < old < size else (), note)


def _size_of(response: Response) -> int | None:
    if response.status != 409 or response.type.split(";")[0].strip().lower() != SIZE_TYPE:
        return None
    return read_size(response.body)


def _read(named: Named, note: Note, response: Response) -> Asked:
    checkpoint, known = Checkpoint.parse(note.text), _size_of(response)
    if response.status == 200:
        line, cosigned = _cosignature(named, note, response.body)
        return Asked(named, "Cosigned.", checkpoint.size, line, cosigned.seconds)
    if known is not None and known > checkpoint.size:
        says = (
            f"It knows {known:,} entries of this log, and this folder ends at {checkpoint.size:,}: it is an older copy, "
            "or somebody signed with the same key elsewhere."
        )
        return Asked(named, says, named.size)
    if response.status in (409, 422):
        says = (
            f"It refused ({response.status}): what it cosigned before is not how this log begins. "
            "Find out who signed the other version before you go on."
        )
        return Asked(named, says, named.size)
    says = {
        400: "It could not read the request.",
        403: "It does not trust the key that signed this checkpoint; tell its keeper the new key.",
        404: "It does not know this log; ask its keeper to run `evenhand cosign add` with the log's key.",
    }.get(response.status, "It gave an answer that is not one of a cosigner; is the address right?")
    return Asked(named, f"{says} ({response.status})", named.size)


def _cosignature(named: Named, note: Note, body: bytes) -> tuple[Signature, Cosigned]:
    """The line of this cosigner's key, verified; lines of other keys are left out."""
    key = named.key
    lines = tuple(line for line in read_lines(body) if (line.name, line.id) == (key.name, key.id))
    if not lines:
        raise Malformed("It answered without a cosignature of the key by which it was named.")
    try:
        (cosigned,) = cosigned_by(Note(note.text, lines), [key])
    except NoteError as error:
        raise Malformed(f"It answered with a cosignature that does not hold. {error.sentence}") from None
    return lines[0], cosigned


class _NoDetour(urllib.request.HTTPRedirectHandler):
    """A cosigner is asked where its keeper said that it answers, and nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        return None


def posted(url: str, body: bytes, *, patience: float = PATIENCE) -> Response:
    """Sends a body and returns what is answered; `Unreachable` says why nothing was, after `patience` seconds at most."""
    found: queue.SimpleQueue[Response | Exception] = queue.SimpleQueue()

    def exchange() -> None:
        try:
            found.put(_exchange(url, body, patience))
        except Exception as error:  # handed on to whoever waits
            found.put(error)

    # A time-out of the socket counts from the last byte; somebody who sends a byte now and then would never reach it.
    threading.Thread(target=exchange, daemon=True).start()
    try:
        result = found.get(timeout=patience)
    except queue.Empty:
        raise Unreachable(f"It did not answer within {patience:g} seconds.") from None
    if isinstance(result, (OSError, http.client.HTTPException, ValueError)):
        reason = getattr(result, "reason", None) or result
        reason = getattr(reason, "strerror", None) or reason
        raise Unreachable(f"It could not be reached ({reason}).")
    if isinstance(result, Exception):
        raise result
    return result


def _exchange(url: str, body: bytes, patience: float) -> Response:
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "text/plain; charset=utf-8"})
    opener = urllib.request.build_opener(_NoDetour)
    try:
        with opener.open(request, timeout=patience) as answer:
            return Response(answer.status, answer.read(LARGEST_ANSWER), answer.headers.get("Content-Type", ""))
    except urllib.error.HTTPError as error:
        with error:
            return Response(error.code, error.read(LARGEST_ANSWER), error.headers.get("Content-Type", ""))
