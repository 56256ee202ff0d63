# SPDX-License-Identifier: Apache-2.0
"""An organisation under each of the shipped rulebooks, with members, a handler and an officer who enters letters."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace

from django.core.cache import cache
from django.db import connections

from evenhand.procedure.founding import Plan, found
from evenhand.procedure.registering import MEMBER, Newcomer, enrol, record_fact
from evenhand.store.opened import forget_everything
from evenhand.store.organisation import Organisation
from evenhand.web import clock, place
from tests.journey.conftest import Doors

BOOKS = ("harbour", "lantern_foundation", "quay_club")
BEGAN = datetime(2026, 4, 1, 8, tzinfo=UTC)
OFFICES = {
    "harbour": ("case_officer", "gatekeepers"),
    "lantern_foundation": ("coordinator", "committee"),
    "quay_club": ("officers", "neighbours"),
}
"""The office that enters letters, and one that handles matters."""


@contextmanager
def house(folder: Path, name: str) -> Iterator[Doors]:
    """The doors of an organisation that was founded under a rulebook; `people` by office, and three members."""
    chance = Random(name).randbytes
    rules = (Path(__file__).resolve().parents[2] / f"rulebooks/{name}.yaml").read_text("utf-8")
    plan = Plan(
        name=name, origin=f"{name}.example/record", contact="the office", rules=rules, basis="consent", demo=True
    )
    forget_everything()
    organisation: Organisation = found(folder, plan, at=BEGAN, chance=chance)
    people: dict[str, list[str]] = {"members": []}
    for called in ("Ada Wynd", "Bero Osk", "Celin Tarn"):
        one = Newcomer(name=called, kind=MEMBER, since="2020-01-01")
        people["members"].append(enrol(organisation, one, at=BEGAN, chance=chance))
    for office in OFFICES[name]:
        people[office] = []
        for number in range(4):
            person = enrol(organisation, Newcomer(name=f"{office} {number}", kind=MEMBER), at=BEGAN, chance=chance)
            about = {"kind": "holds", "b": f"office:{office}", "since": "2026-01-01", "source": "register of offices"}
            record_fact(organisation, person, at=BEGAN, chance=chance, **about)
            people[office].append(person)
    cache.clear()
    doors = Doors(SimpleNamespace(organisation=organisation, people=people, at=BEGAN, chance=chance, kind="sqlite"))
    doors.at = BEGAN + timedelta(days=6, hours=2)
    clock.set_clock(lambda: doors.at)
    try:
        with place.serving(organisation):
            yield doors
    finally:
        clock.set_clock(None)
        connections["default"].close()
