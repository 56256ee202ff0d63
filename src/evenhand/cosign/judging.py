# SPDX-License-Identifier: Apache-2.0
"""What a cosigner answers to a request that a trusted key has signed: decided from what it remembers, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass

from evenhand.cosign.wire import Request
from evenhand.record import forks
from evenhand.record.errors import HashListError
from evenhand.record.forks import Fork
from evenhand.record.notes import Note
from evenhand.record.proofs import verify_consistency
from evenhand.record.tree import EMPTY_ROOT

AGREES, BACKWARDS, STALE, INCONSISTENT = 200, 400, 409, 422


@dataclass(frozen=True)
class Known:
    """A checkpoint that was cosigned: its note, when it first was, and when it last was (seconds since 1970, UTC)."""

    size: int
    root: bytes
    note: str
    first: int
    last: int


@dataclass(frozen=True)
class Verdict:
    """The status of the answer, why, and the fork that the request gives away, if it does."""

    status: int
    says: str
    fork: Fork | None = None


def judge(request: Request, *, known: Known | None, earlier: Callable[[int], Known | None]) -> Verdict:
    """Whether the checkpoint continues the log that is `known` (None: never cosigned, which is size 0).

    `earlier` gives what was cosigned at a size, if anything was: a log may contradict what it said long ago.
    """
    offered = request.checkpoint
    if request.old > offered.size:
        return Verdict(BACKWARDS, "The old size is larger than that of the checkpoint.")
    size, root = (known.size, known.root) if known else (0, EMPTY_ROOT)
    fork = fork_in(request, earlier)
    if request.old != size:
        return Verdict(STALE, f"This cosigner knows {size} entries of this log, not {request.old}.", fork)
    if offered.size == size and offered.root != root:
        return Verdict(STALE, f"This cosigner knows another root for {size} entries.", fork)
    try:
        if size:
            verify_consistency(old=size, new=offered.size, old_root=root, new_root=offered.root, hashes=request.hashes)
        elif request.hashes:
            raise HashListError("From size 0 the list is empty.")
    except HashListError as error:
        return Verdict(INCONSISTENT, error.sentence, fork)
    return Verdict(AGREES, "", fork)


def fork_in(request: Request, earlier: Callable[[int], Known | None]) -> Fork | None:
    """The fork between the request and what was cosigned before: two roots of one size, or a list from another root."""
    for size in dict.fromkeys((request.checkpoint.size, request.old)):
        before = earlier(size)
        fork = forks.from_list(Note.parse(before.note), request.note, request.hashes) if before else None
        if fork:
            return fork
    return None
