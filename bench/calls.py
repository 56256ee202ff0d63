# SPDX-License-Identifier: Apache-2.0
"""A server as `evenhand serve` starts it, and clients that ask it over connections of their own, in a closed loop.

The null call is the cheapest request through the same server, client and minute: `/robots.txt`, which asks no database.
Everything that a server does is told in null calls, because seconds are those of a machine.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from statistics import median, quantiles
from time import perf_counter

from bench.measuring import Failed
from tests.intake.crowd import Browser, served
from tests.postgres import Missing, a_server

NULL = "/robots.txt"
CALLS = 200
"""Null calls of each client."""


class Took(tuple[float, ...]):
    """Seconds of the calls of one kind."""

    @property
    def middle(self) -> float:
        return median(self)

    @property
    def late(self) -> float:
        """What 19 of 20 do not exceed."""
        return quantiles(self, n=20)[-1]


def all_at_once(jobs: Sequence[Sequence[Callable[[], int]]]) -> Took:
    """Each client does its calls one after the other, all clients at one time; every call must answer below 400."""
    released, took, wrong = threading.Barrier(len(jobs)), list[float](), list[str]()

    def go(calls: Sequence[Callable[[], int]]) -> None:
        try:
            released.wait()
            for call in calls:
                begun = perf_counter()
                status = call()
                took.append(perf_counter() - begun)
                if status >= 400:
                    wrong.append(f"status {status}")
        except Exception as trouble:
            wrong.append(repr(trouble))

    threads = [threading.Thread(target=go, args=(calls,)) for calls in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise Failed(f"{len(wrong)} calls failed, the first with {wrong[0]}")
    return Took(took)


def null_calls(address: str, clients: int) -> Took:
    """The null call, by so many clients at one time."""
    browsers = [Browser(address) for _ in range(clients)]
    found = all_at_once([[lambda one=one: one.ask("GET", NULL)[0]] * CALLS for one in browsers])
    for one in browsers:
        one.close()
    return found


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """The address of an empty database of each kind; PostgreSQL flushes what it commits. Only SQLite where there is no other."""
    try:
        with a_server(durable=True) as server:
            yield {"SQLite": "", "PostgreSQL": server}
    except Missing:
        yield {"SQLite": ""}


__all__ = ["Browser", "Took", "all_at_once", "databases", "null_calls", "served"]
