# SPDX-License-Identifier: Apache-2.0
"""The facts that follow from what is done in a matter itself: who is a party, sits, has decided, and what is open.

They are of the same kind as those that an officer records, and conflicts are found from both. A matter counts as admitted
from the moment the respondent knows of it; until then it is lodged.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from evenhand.casework.acts import MISSED
from evenhand.casework.routes import challenged_role, counts_as_open, kind_of
from evenhand.conflicts.facts import KINDS
from evenhand.store import books, models
from evenhand.store.rows import any_row, column, one
from evenhand.store.write.register import write_fact
from evenhand.store.write.rows import change

Said = Mapping[str, Any]
SEATED = ("declaration_made", "declaration_ruled")
RULED = 3
"""In the identifiers of facts: the ruling that an entry settles."""


def follow(matter: models.Matter, entry: models.Entry, said: Said) -> None:
    """Writes the facts that follow from an entry; their identifiers follow from its leaf."""
    if entry.type == "procedure" and entry.rule == "procedure.declaration_ruled" and said["body.seat"]["settles"]:
        _ruled(entry, said)
    if not matter.book:
        return
    if "body.opens" in said:
        if _counts(matter):
            _write(entry, said, "open", f"matter:{matter.ident}", "lodged", 0)
        # A matter that was reopened names the request to reopen it, and what was decided first: both are looked at again.
        for number, named in ((1, matter.names), (99, said["body.opens"].get("anew", ""))):
            if named:
                _write(entry, said, "names", f"matter:{matter.ident}", f"matter:{named}", number)
    for number, part in enumerate(said.get("person.parts", ()), 2):
        kind = _kind(matter, part)
        if kind and part.get("person"):
            held = f"role:{matter.ident}:{part['role']}" if kind == "holds" else f"matter:{matter.ident}"
            _write(entry, said, kind, part["person"], held, number)
    if entry.type == "act":
        _admitted_or_over(matter, entry, said)
        _decided(matter, entry, said)
    elif entry.type == "procedure":
        _seated(matter, entry, said)
        _approached(entry, said)


def _counts(matter: models.Matter) -> bool:
    """Whether somebody who is complained about in it has an open case because of it (D10)."""
    return counts_as_open(books.rules_of(matter.rulebook), matter.book)


def _kind(matter: models.Matter, part: Mapping[str, Any]) -> str:
    if part["kind"] == "seat":
        return "holds" if part["status"] == "sits" else ""
    rules = books.rules_of(matter.rulebook)
    if kind_of(rules, matter.book) == "challenge" and part["role"] == challenged_role(rules, matter.book):
        return "affected"  # so that no relative of theirs rules on it
    side = rules.roles[part["role"]].side if part["role"] not in KINDS else part["role"]
    return str(side) if side in KINDS else ""


def _write(entry: models.Entry, said: Said, kind: str, a: str, b: str, number: int, source: str = "the matter") -> None:
    ident = sha256(f"{entry.leaf}:{number}".encode()).hexdigest()[:32]
    write_fact(entry, {"ident": ident, "kind": kind, "a": a, "b": b, "since": said["day"], "source": source})


def _end(kind: str, day: str, **which: str) -> None:
    change(models.Fact, {"until_lo": day, "until_hi": day}, kind=kind, until_lo=None, **which)


def _admitted_or_over(matter: models.Matter, entry: models.Entry, said: Said) -> None:
    name = f"matter:{matter.ident}"
    if (
        matter.told
        and not matter.over
        and _counts(matter)
        and not any_row(models.Fact, kind="open", a=name, b="admitted")
    ):
        _end("open", said["day"], a=name)
        _write(entry, said, "open", name, "admitted", 1)
    if matter.over:
        _end("open", said["day"], a=name)


def _decided(matter: models.Matter, entry: models.Entry, said: Said) -> None:
    act = said["rule"].partition(".")[2]
    rule = None if act.startswith(MISSED) else books.running(matter.rulebook, matter.book).book.acts[act]
    if rule is None or not (rule.merits or rule.adverse or rule.outcome or rule.measure) or not entry.by:
        return
    votes = said.get("body.votes", {}).get("cast") or [[entry.by, "for"]]
    voters = [pseudonym for pseudonym, _ in votes]
    people = column(
        models.Part, "person", matter_id=matter.ident, pseudonym__in=voters, kind="seat", order=("pseudonym",)
    )
    for number, person in enumerate(people, 50):
        _write(entry, said, "decided", person, f"matter:{matter.ident}", number, source=f"role:{entry.role}")


def _ruled(entry: models.Entry, said: Said) -> None:
    about = said["body.seat"]
    person = models.Part.objects.get(matter_id=entry.matter, pseudonym=about["pseudonym"]).person
    _write(entry, said, "ruled", person, f"matter:{entry.matter}", RULED, source=about["may"])


def _seated(matter: models.Matter, entry: models.Entry, said: Said) -> None:
    name = entry.rule.partition(".")[2]
    if name not in SEATED:
        return  # a role that somebody gave up stays one that they have held (D09): the fact does not end
    seat = one(models.Part, matter_id=matter.ident, pseudonym=said["body.seat"]["pseudonym"])
    held = f"role:{matter.ident}:{seat.role}"
    if name == "declaration_made" and said["body.seat"]["answer"] == "declare":
        _write(entry, said, "declared", seat.person, f"matter:{matter.ident}", 2, source=said["body.seat"]["category"])
    if seat.status == "sits" and not any_row(models.Fact, kind="holds", a=seat.person, b=held):
        _write(entry, said, "holds", seat.person, held, 1)


def _approached(entry: models.Entry, said: Said) -> None:
    contact = said.get("person.contact", {})
    if contact.get("approached"):
        day = said["body.contact"]["day"]
        _write(entry, {**said, "day": day}, "outside_contact", contact["approached"], f"matter:{entry.matter}", 1)
