# SPDX-License-Identifier: Apache-2.0
"""What it costs to enter a complaint, in null calls of the same minute, with one client and with eight (T9)."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.calls import Browser, all_at_once, databases, null_calls, served
from bench.measuring import Sample, ours, shown, target
from tests.intake.crowd import ANSWERS, Address

CREATES = 8
"""Complaints of each client."""
MOST = {1: 37, 8: 20}
"""Null calls that a complaint may cost, by clients: what the peer needs for a plain row."""


def lines(runs: int, work: Path) -> Iterator[str]:
    """The lines of this part."""
    with databases() as known:
        for name, url in known.items():
            yield from _of(name, url, runs, work)
    yield _stretching()


def _of(name: str, url: str, runs: int, work: Path) -> Iterator[str]:
    folder = work / name
    cookies = iter(_founded(folder, url, runs * CREATES * sum(MOST)))
    with served(folder) as address:
        for clients in MOST:
            said = [_one_run(address, cookies, clients) for _ in range(runs)]
            null, took = (
                Sample(tuple(one[part][0] for one in said), tuple(one[part][1] for one in said)) for part in (0, 1)
            )
            wall = took.median / null.median
            processor = median(took.processor) / median(null.processor)
            yield (
                f"{name}, {clients} {'client' if clients == 1 else 'clients'}: a complaint entered, sealed and signed {took}; "
                f"null call {null}"
            )
            yield (
                f"  {wall:.1f} null calls ({processor:.1f} by processor time); "
                f"{target(f'at most {MOST[clients]}', wall <= MOST[clients])}; "
                f"{target(f'half of that, {MOST[clients] / 2:g}', wall <= MOST[clients] / 2)}"
            )
    commits = ours("commits", folder).said
    yield f"{name}, in this process, a transaction and a seal for each complaint: {shown(commits['each'])}"
    yield (
        f"  a seal for eight: {shown(commits['seals'])}, {commits['each'] / commits['seals']:.1f} times as fast; a transaction "
        f"for eight as well: {shown(commits['both'])}, {commits['each'] / commits['both']:.1f} times as fast"
    )


def _one_run(
    address: Address, cookies: Iterator[dict[str, str]], clients: int
) -> tuple[tuple[float, float], tuple[float, float]]:
    """The middle of the wall seconds, and the server's processor seconds, of a null call and of a complaint."""
    ready = [[_ready(address, next(cookies)) for _ in range(CREATES)] for _ in range(clients)]
    before = address.processor
    null = null_calls(address, clients)
    between = address.processor
    took = all_at_once(ready)
    after = address.processor
    return (null.middle, (between - before) / len(null)), (took.middle, (after - between) / len(took))


def _ready(address: str, cookies: dict[str, str]) -> Callable[[], int]:
    """Somebody signed in who has answered every question: what is left is the button."""
    browser = Browser(address)
    browser.cookies |= cookies
    browser.ask("GET", "/portal/complain/danger/")
    for step, typed in ANSWERS.items():
        if step != "you":
            browser.ask("POST", f"/portal/complain/{step}/", typed)
    browser.ask("GET", "/portal/complain/check/")
    browser.close()

    def send() -> int:
        status, leads, _ = browser.ask("POST", "/portal/complain/check/", {})
        browser.close()
        return status if leads.endswith("/done/") else 500

    return send


def _founded(folder: Path, server: str, number: int) -> list[dict[str, str]]:
    """An invented organisation with the offices that its rulebook names; so many browsers in which a member is signed in."""
    from evenhand.store.setup import set_up

    set_up()
    from django.conf import settings
    from django.db import connections
    from django.test import Client

    from evenhand.procedure.founding import Plan, found
    from evenhand.web import place
    from evenhand.web.accounts.models import Account
    from tests.databases import BEGAN, RULES, _on_server, people

    if server:
        _on_server(server, "CREATE DATABASE bench_")
    plan = Plan(
        name="Harbour Federation", origin="harbour.example/record", contact="the office", rules=RULES, basis="consent",
        database=f"{server}/bench_" if server else "",
    )  # fmt: skip
    organisation = found(folder, plan, at=BEGAN, chance=os.urandom)
    made = []
    with place.serving(organisation):
        settings.SECRET_KEY = place.secret()  # sessions are bound to it
        members = [
            Account.objects.open(handle=os.urandom(16).hex(), at=datetime.now(UTC), person=member)
            for member in people(organisation, os.urandom)["members"]
        ]
        for one in range(number):
            browser = Client()
            browser.force_login(members[one % len(members)])
            made.append({f"__Host-{name}": morsel.value for name, morsel in browser.cookies.items()})
    connections["default"].close()
    return made


def _stretching() -> str:
    from evenhand.web.accounts.hashing import Argon2id

    took = []
    for _ in range(5):
        begun = perf_counter()
        Argon2id().encode("seven words that nobody was given", "abcdefghijkl")
        took.append(perf_counter() - begun)
    return f"besides, for who gives no name, the code is stretched before the transaction: {shown(Sample(tuple(took)).median)}"
