# SPDX-License-Identifier: Apache-2.0
"""What a list of somebody's parts needs beside the matters themselves, so that no page and no count looks at each of them.

Each is a repetition of what is elsewhere in the tables, or a hint that never leaves out what must be asked about.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from evenhand.casework.exits import sets_kind
from evenhand.store import books, models
from evenhand.store.keys import Keyring
from evenhand.store.rows import any_row, column, values
from evenhand.store.write.rows import change, put

Said = Mapping[str, Any]
ROLE, MATTER = "role:", "matter:"


def listed_as(matter: models.Matter) -> dict[str, Any]:
    """What the parts of a matter repeat of it."""
    return {
        "code": matter.code,
        "book": matter.book,
        "stage": matter.stage,
        "over": matter.over,
        "due": (matter.due if matter.book else _due_in_review(matter)) or models.NEVER,
        "opened": matter.opened,
    }


def relist(matter: models.Matter) -> None:
    """Writes into the parts of a matter what they repeat of it, after it has changed."""
    change(models.Part, listed_as(matter), matter_id=matter.ident)


def _due_in_review(matter: models.Matter) -> datetime | None:
    """The end of the next last day of a review; None where nothing is due in it."""
    waiting = matter.affected.filter(disposition="").exclude(due="").order_by("due").values_list("due", flat=True)
    first = waiting.first()
    return datetime.combine(datetime.fromisoformat(first), time(23, 59), tzinfo=UTC) if first else None


def mix(fact: Mapping[str, Any]) -> None:
    """Marks the seats of a person who, by this fact, has held or decided something else in the matter or in one it names."""
    kind, a, b = fact["kind"], fact["a"], fact["b"]
    if kind == "holds" and b.startswith(ROLE):
        _, ident, role = b.split(":", 2)
        _mark(ident, a, but=role)
    elif kind == "decided":
        _mark(b.removeprefix(MATTER), a, but=fact["source"].removeprefix(ROLE))
        for name in column(models.Fact, "a", kind="names", b=b):
            _mark(name.removeprefix(MATTER), a)
    elif kind == "names":
        for person in column(models.Fact, "a", kind="decided", b=b):
            _mark(a.removeprefix(MATTER), person)


def _mark(ident: str, person: str, *, but: str = "") -> None:
    found = values(models.Part, ("pseudonym", "role"), matter_id=ident, person=person, kind="seat", mixed=False)
    for pseudonym, role in found:
        if role != but:
            change(models.Part, {"mixed": True}, pseudonym=pseudonym)


def mixed_by_now(matter: models.Matter, person: str, role: str) -> bool:
    """The same of a seat that is only now called: whether facts of before say so."""
    if not person or not matter.rulebook:
        return False
    name = f"{MATTER}{matter.ident}"
    others = [f"{ROLE}{matter.ident}:{one}" for one in books.rules_of(matter.rulebook).roles if one != role]
    if any_row(models.Fact, kind="holds", a=person, b__in=others):
        return True
    named = column(models.Fact, "b", kind="names", a=name)
    sources = column(models.Fact, "source", kind="decided", a=person, b=name)
    if any(source != f"{ROLE}{role}" for source in sources):
        return True
    return bool(named) and any_row(models.Fact, kind="decided", a=person, b__in=named)


def clause_index(keyring: Keyring, clause: str) -> str:
    """By what a clause is found; whoever has the database and not the keys does not learn what somebody is accused of."""
    return keyring.index(f"clause {clause}")


def alleged(matter: models.Matter, said: Said, keyring: Keyring) -> None:
    """The clauses under which something is alleged: those of the last framing, and those charged besides (A07)."""
    clauses = said.get("body.clauses")
    book = books.running(matter.rulebook, matter.book)
    rule = book.book.acts.get(said["rule"].partition(".")[2])
    if not clauses or rule is None:
        return
    known = set(column(models.Alleged, "clause", matter_id=matter.ident))
    wanted = {clause_index(keyring, str(one)) for one in clauses}
    if known - wanted and not sets_kind(book, rule, "charge"):
        matter.alleged.exclude(clause__in=wanted).delete()
    for one in sorted(wanted - known):
        put(models.Alleged, matter_id=matter.ident, clause=one)
