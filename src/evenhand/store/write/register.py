# SPDX-License-Identifier: Apache-2.0
"""The registers: who there is, and the dated facts about them (M16)."""

from collections.abc import Mapping
from typing import Any

from evenhand.conflicts.facts import bounds
from evenhand.store import models
from evenhand.store.instants import known_text
from evenhand.store.keys import Keyring
from evenhand.store.write.listed import mix
from evenhand.store.write.parts import Does
from evenhand.store.write.rows import change, put

Said = Mapping[str, Any]


def _person(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["person.record"]
    columns = {
        "kind": about["kind"],
        "entry": entry.id,
        "number": keyring.index(about["number"]) if about.get("number") else "",
        "address": keyring.index(about["address"]) if about.get("address") else "",
        "since": about.get("since", ""),
        "until": about.get("until", ""),
    }
    if not change(models.Person, columns, handle=about["handle"]):
        put(models.Person, handle=about["handle"], file_id=entry.matter, **columns)


def write_fact(entry: models.Entry, fact: Mapping[str, Any]) -> None:
    """One fact as its entry says it."""
    since = bounds(fact["since"])
    until = bounds(fact["until"]) if fact.get("until") else (None, None)
    put(
        models.Fact,
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
    mix(fact)


NAMED = ("employer", "slate", "branch", "letter")
"""Kinds of ends that are called something: what, stands in the entry only, and here a keyed hash by which equals meet."""
OPEN_SOURCES = ("register", "declaration", "the matter", "party", "seat", "ruling")
TELLING = ("waived", "ruled", "declared", "decided")
"""Kinds whose source is one of the rulebook's words, and is read by the grounds."""


def sealed(fact: Mapping[str, Any], keyring: Keyring) -> dict[str, Any]:
    """A fact without the names in it: whoever has the database and not the keys learns no employer, no slate, no source."""
    kind, _, name = fact["b"].partition(":")
    told = dict(fact)
    if kind in NAMED and name:
        told["b"] = f"{kind}:{keyring.index(name)}"
    if fact["kind"] not in TELLING and fact["source"] not in OPEN_SOURCES:
        told["source"] = keyring.index(fact["source"])
    return told


def _recorded(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    for fact in said["person.facts"]:
        write_fact(entry, sealed(fact, keyring))


def _ended(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    until = bounds(said["body.fact"]["until"])
    models.Fact.objects.filter(ident=said["body.fact"]["ident"]).update(until_lo=until[0], until_hi=until[1])


def _withdrawn(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    models.Fact.objects.filter(ident=said["body.fact"]["ident"]).update(withdrawn=known_text(entry.at))


def _confirmed(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    # Known from now on: what was only alleged barred nobody, and nobody broke a rule by acting until then.
    models.Fact.objects.filter(ident=said["body.fact"]["ident"]).update(status="confirmed", known=known_text(entry.at))


def _rejected(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    models.Fact.objects.filter(ident=said["body.fact"]["ident"]).update(status="rejected")


def _before_named(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    models.Matter.objects.filter(ident=entry.matter).update(before=True)


def _before_over(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    outcome = said["body.ended"]["how"] if "body.ended" in said else "taken up"
    models.Matter.objects.filter(ident=entry.matter).update(over=True, outcome=outcome)


DOES: dict[str, Does] = {
    "before_named": _before_named,
    "before_taken_up": _before_over,
    "before_ended": _before_over,
    "person_recorded": _person,
    "person_changed": _person,
    "fact_recorded": _recorded,
    "fact_ended": _ended,
    "fact_withdrawn": _withdrawn,
    "fact_confirmed": _confirmed,
    "fact_rejected": _rejected,
    "waiver_granted": _recorded,
    "waiver_revoked": _withdrawn,
}
