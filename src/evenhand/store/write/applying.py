# SPDX-License-Identifier: Apache-2.0
"""Reads one entry into the tables. What an entry does to them follows from what it says and from nothing else.

So the tables can be made again from the entries alone, and whoever compares the two finds every cell that was changed.
"""

from collections.abc import Mapping
from typing import Any

from evenhand.casework.standing import BOOK
from evenhand.store import models
from evenhand.store.keys import Keyring
from evenhand.store.naming import code_name, slug_of
from evenhand.store.rows import one
from evenhand.store.write import doing, parts, register
from evenhand.store.write.acts import CHANGED, done
from evenhand.store.write.erased import erased
from evenhand.store.write.facts import follow
from evenhand.store.write.listed import alleged, listed_as, relist
from evenhand.store.write.rows import change, put

ERASURE = "erasure.performed"
Said = Mapping[str, Any]

DOES = parts.DOES | register.DOES | doing.DOES
"""What each entry of the type `procedure` does to the tables; one that is not here only counts."""


def apply(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    """Reads an entry into the tables. Entries of a matter come in the order of their numbers."""
    if "body.opens" in said:
        _opened(entry, said, said["body.opens"])
    matter = one(models.Matter, ident=entry.matter)
    matter.n, matter.last = said["n"], max(matter.last, entry.at)
    if entry.type == "act":
        before = listed_as(matter)
        done(matter, said)
    changed = ("n", "last", *(CHANGED if entry.type == "act" else ()))
    change(models.Matter, {name: getattr(matter, name) for name in changed}, ident=matter.ident)
    if entry.type == "act":
        if listed_as(matter) != before:
            relist(matter)
        alleged(matter, said, keyring)
    if "body.votes" in said:
        doing.settle_proposal(said["body.votes"]["proposal"], "carried")
    parts.joined(matter, entry, said)
    if entry.type == "procedure":
        does = DOES.get(entry.rule.removeprefix(f"{BOOK}."))
        if does is not None:
            does(entry, said, keyring)
    elif entry.type == ERASURE:
        erased(said)
    follow(matter, entry, said)


def _opened(entry: models.Entry, said: Said, opens: Mapping[str, Any]) -> None:
    ident = entry.matter
    put(
        models.Matter,
        ident=ident,
        slug=slug_of(ident),
        code=code_name(ident),
        kind=opens["kind"],
        rulebook=opens.get("rulebook", ""),
        book=opens.get("book", ""),
        conduct=opens.get("conduct", ""),
        raised=opens.get("raised", ""),
        names=opens.get("names", ""),
        before=opens.get("before", False),
        marked="person.mark" in said,
        stage="",
        opened=entry.at,
        last=entry.at,
    )
