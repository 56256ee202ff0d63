# SPDX-License-Identifier: Apache-2.0
"""The registers: who there is, and the dated facts about them (M16)."""

from collections.abc import Mapping
from typing import Any

from evenhand.conflicts.facts import bounds
from evenhand.store import models
from evenhand.store.instants import known_text
from evenhand.store.keys import Keyring
from evenhand.store.write.parts import Does

Said = Mapping[str, Any]


def _person(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["person.record"]
    row = models.Person.objects.filter(handle=about["handle"]).first() or models.Person(
        handle=about["handle"], file_id=entry.matter
    )
    row.kind, row.entry = about["kind"], entry.id
    row.number = keyring.index(about["number"]) if about.get("number") else ""
    row.address = keyring.index(about["address"]) if about.get("address") else ""
    row.since, row.until = about.get("since", ""), about.get("until", "")
    row.save()


def write_fact(entry: models.Entry, fact: Mapping[str, Any]) -> None:
    """One fact as its entry says it."""
    since = bounds(fact["since"])
    until = bounds(fact["until"]) if fact.get("until") else (None, None)
    models.Fact.objects.create(
        ident=fact["ident"],
        kind=fact["kind"],
        a=fact["a"],
        b=fact["b"],
        since_lo=since[0],
        since_hi=since[1],
        until_lo=until[0],
        until_hi=until[1],
        source=fact["source"],
        status=fact.get("status", "confirmed"),
        known=known_text(entry.at),
        withdrawn=None,
        entry=entry.id,
    )


def _recorded(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    facts = said["person.facts"]
    for fact in facts:
        write_fact(entry, fact)


def _ended(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    until = bounds(said["body.fact"]["until"])
    models.Fact.objects.filter(ident=said["body.fact"]["ident"]).update(until_lo=until[0], until_hi=until[1])


def _withdrawn(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    models.Fact.objects.filter(ident=said["body.fact"]["ident"]).update(withdrawn=known_text(entry.at))


def _status(status: str) -> Does:
    def change(entry: models.Entry, said: Said, keyring: Keyring) -> None:
        models.Fact.objects.filter(ident=said["body.fact"]["ident"]).update(status=status)

    return change


DOES: dict[str, Does] = {
    "person_recorded": _person,
    "person_changed": _person,
    "fact_recorded": _recorded,
    "fact_ended": _ended,
    "fact_withdrawn": _withdrawn,
    "fact_confirmed": _status("confirmed"),
    "fact_rejected": _status("rejected"),
    "waiver_granted": _recorded,
    "waiver_revoked": _ended,
}
