# SPDX-License-Identifier: Apache-2.0
"""What it costs to enter a complaint, in null calls of the same minute, with one client and with eight (T9)."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from bench.calls import Browser, all_at_once, databases, null_calls, served
from bench.measuring import Sample, shown, target
from tests.intake.crowd import ANSWERS

CREATES = 12
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
    links = _founded(folder, url)
    with served(folder) as address:
        for clients in MOST:
            nulls, creates, late = [], [], []
            for _ in range(runs):
                ready = [
                    [_ready(address, links[place % len(links)]) for _ in range(CREATES)] for place in range(clients)
                ]
                null = null_calls(address, clients)
                took = all_at_once(ready)
                nulls.append(null.middle)
                creates.append(took.middle)
                late.append(took.late)
            null, took = Sample(tuple(nulls)), Sample(tuple(creates))
            ratio = took.median / null.median
            yield (
                f"{name}, {clients} {'client' if clients == 1 else 'clients'}: a complaint entered, sealed and signed {took}; "
                f"null call {null}"
            )
            yield (
                f"  {ratio:.1f} null calls; 19 of 20 within {max(late) / null.median:.0f}; "
                f"{target(f'at most {MOST[clients]}', ratio <= MOST[clients])}; "
                f"{target(f'half of that, {MOST[clients] / 2:g}', ratio <= MOST[clients] / 2)}"
            )


def _ready(address: str, link: str) -> Callable[[], int]:
    """Somebody signed in who has answered every question: what is left is the button."""
    browser = Browser(address)
    browser.ask("GET", link)
    browser.ask("POST", link, {})
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


def _founded(folder: Path, server: str) -> list[str]:
    """An invented organisation with the offices that its rulebook names; the links by which its members sign in."""
    from evenhand.store.setup import set_up

    set_up()
    from tests.databases import BEGAN, RULES, _on_server, people  # isort: skip

    from evenhand.procedure.founding import Plan, found
    from evenhand.store.organisation import Organisation
    from evenhand.web import place
    from evenhand.web.accounts import links
    from evenhand.web.accounts.models import Account

    if server:
        _on_server(server, "CREATE DATABASE bench_")
    plan = Plan(
        name="Harbour Federation", origin="harbour.example/record", contact="the office", rules=RULES, basis="consent",
        database=f"{server}/bench_" if server else "", demo=True,
    )  # fmt: skip
    now = datetime.now(UTC)
    organisation: Organisation = found(folder, plan, at=BEGAN, chance=os.urandom)
    made = []
    with place.serving(organisation):
        for member in people(organisation, os.urandom)["members"]:
            account = Account.objects.open(handle=os.urandom(16).hex(), at=now, person=member)
            made.append(f"/in/{links.issue(account, at=now, lifetime=timedelta(days=1), purpose='demo')}/")
    from django.db import connections

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
