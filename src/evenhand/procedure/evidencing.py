# SPDX-License-Identifier: Apache-2.0
"""Items of evidence: received, superseded, served, restricted, read, and what a decision may rest on (E01, E04, E06, L02).

The bytes lie sealed in the file store; the record holds a salted commitment to their hash, because a field is sealed with
a salt of its own. Who submitted an item is told by the pseudonym of the matter alone.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from evenhand.casework.refusal import Refused
from evenhand.evidence.keeping import MOST, Kept, Stream, discard, keep
from evenhand.evidence.kinds import GROUNDS, KINDS
from evenhand.letters.writing import visible
from evenhand.procedure.asking import Changed, Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.confiding import COMPANION
from evenhand.procedure.opening_items import begin_on, check_files, item_of, open_item, part_for, read_item
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep as remember
from evenhand.procedure.performing import repeated
from evenhand.procedure.relying import ItemChoice, check_reliance, choices_for, relying_on
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.opened import key_of
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

TITLE, WORDS = 200, 4_000
"""Characters of a title at most, and of what is said about source, way and reasons."""
Fields = dict[str, Any]


def receive(
    organisation: Organisation,
    ident: str,
    person: str,
    stream: Stream,
    *,
    name: str,
    kind: str,
    source: str,
    obtained: str,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
    most: int = MOST,
) -> Done:
    """Receives an item from a party or from a seat; its bytes last before its entry is made.

    `source` says where it comes from and `obtained` how and when it was got. `NotYours`; `Refused` for what is missing or
    too long and in a matter that is over; `evidence.trouble.EvidenceTrouble` where the file cannot be kept.
    """
    row = models.Matter.objects.filter(ident=ident).exclude(book="").first()
    if row is None:
        raise NotYours
    if part_for(row, person, at).role == COMPANION:
        raise NotYours  # whoever accompanies a party reads and acts in nothing (B06)
    again = repeated(key, person)
    if again is not None:
        return again
    title = _words(" ".join(name.split()), TITLE, "Give the item a title.")
    about = {
        "title": title,
        "source": _words(source, WORDS, "Say where the item comes from."),
        "obtained": _words(obtained, WORDS, "Say how and when it was obtained."),
    }
    if kind not in KINDS:
        raise Refused("evidence/kind", f"An item is one of: {', '.join(one.title for one in KINDS.values())}.")
    _not_over(row)
    kept = keep(organisation.evidence, stream, key_of(organisation.keyring, ident), chance=chance, most=most)
    try:
        done = _received(organisation, ident, person, kept, {"kind": kind, **about}, at, chance, key)
    except (Changed, NotYours, Refused):
        # Not on every error: where it is not known whether the entry was committed, a file too many is better than none.
        discard(organisation.evidence, kept.name)
        raise
    if done.again:
        discard(organisation.evidence, kept.name)
        return done
    if sealing:
        seal(organisation)
    return done


@once_more
def _received(
    organisation: Organisation,
    ident: str,
    person: str,
    kept: Kept,
    about: Mapping[str, str],
    at: datetime,
    chance: Chance,
    key: str,
) -> Done:
    with transaction.atomic():
        pen, row, part, again = begin_on(organisation, ident, person, at, chance, key)
        if again is not None:
            return again
        _not_over(row)
        newest = row.items.order_by("-label").values_list("label", flat=True).first() or 0
        told = {name: value for name, value in about.items() if name != "kind"}
        fields = {
            "body.item": {
                "ident": pen.hex(), "label": newest + 1, "kind": about["kind"], "bytes": kept.size, "media": kept.media,
            },
            "body.hash": {"sha256": kept.sha256},
            "person.item": {**told, "collector": part.pseudonym, "file": kept.name},
        }  # fmt: skip
        pen.note(ident, "evidence_received", fields, role=part.role, by=part.pseudonym)
        return remember(pen, key, ident, person)


def supersede(
    organisation: Organisation,
    ident: str,
    person: str,
    item: str,
    better: str,
    *,
    reasons: str,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """A seat says that a better source took the place of an item; both stay readable (E04).

    What rested on the item is told by `relying_on`. `NotYours`; `Refused` without reasons, and for an item that was
    superseded already, so that no two can take each other's place.
    """
    why = _words(reasons, WORDS, "Give the reasons why the other item is the better source.")

    def says(pen: Pen, row: models.Matter) -> Fields:
        old, new = item_of(row, item), item_of(row, better)
        if old.ident == new.ident or old.superseded or new.superseded:
            raise Refused("evidence/superseding", "Name an item that stands, and another one that stands in its place.")
        return {"body.item": {"ident": old.ident, "by": new.ident}, "text.reasons": why}

    return _enter(organisation, ident, person, "evidence_superseded", says, at, chance, key, sealing)


def serve_on(
    organisation: Organisation,
    ident: str,
    person: str,
    item: str,
    to: str,
    *,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """A seat gives an item to a party, named by pseudonym; the party is told that there is something to read (E06).

    `NotYours`; `Refused` where the party has it already, and for a respondent who was not told of the matter (M14).
    """

    def says(pen: Pen, row: models.Matter) -> Fields:
        found, party = item_of(row, item), _party(row, to)
        if party.role == "respondent" and not row.told:
            raise Refused(
                "evidence/serving", "The respondent was not told of this matter yet; nothing is served before."
            )
        if found.handed.filter(pseudonym=to, status="served").exists():
            raise Refused("evidence/serving", "This party has the item already.")
        return {"body.handed": {"item": found.ident, "to": to}}

    return _enter(organisation, ident, person, "evidence_served", says, at, chance, key, sealing)


def restrict(
    organisation: Organisation,
    ident: str,
    person: str,
    item: str,
    to: str,
    *,
    ground: str,
    reasons: str,
    until: date | None = None,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """A seat withholds an item from a party, on a ground of `GROUNDS`, with reasons, to the end of a day or for good (E06).

    Both sides read ground and reasons, so the reasons do not repeat what is withheld.

    `NotYours`; `Refused` without ground and reasons, and for a day that has passed.
    """
    why = _words(reasons, WORDS, "Give the reasons for which the item is withheld.")
    if ground not in GROUNDS:
        raise Refused("evidence/restricting", f"An item is withheld on one of these grounds: {', '.join(GROUNDS)}.")

    def says(pen: Pen, row: models.Matter) -> Fields:
        found, party = item_of(row, item), _party(row, to)
        if until is not None and until < pen.calendar.local_day(pen.at):
            raise Refused("evidence/restricting", "The day until which it is withheld has passed already.")
        ends = {} if until is None else {"until": until.isoformat()}
        handed = {"item": found.ident, "to": party.pseudonym, "ground": ground, **ends}
        return {"body.handed": handed, "text.reasons": why}

    return _enter(organisation, ident, person, "evidence_restricted", says, at, chance, key, sealing)


@once_more
def _enter(
    organisation: Organisation,
    ident: str,
    person: str,
    name: str,
    says: Callable[[Pen, models.Matter], Fields],
    at: datetime,
    chance: Chance,
    key: str,
    sealing: bool,
) -> Done:
    """Enters what a seat does with an item; whoever is given one is told that there is something to read."""
    with transaction.atomic():
        pen, row, part, again = begin_on(organisation, ident, person, at, chance, key)
        if part.kind != "seat":
            raise NotYours
        if again is not None:
            return again
        fields = says(pen, row)
        entry = pen.note(ident, name, fields, role=part.role, by=part.pseudonym)
        if name == "evidence_served":
            pen.later("evidence", entry, to=fields["body.handed"]["to"])
        done = remember(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done


def _party(row: models.Matter, pseudonym: str) -> models.Part:
    parties = models.Part.objects.filter(matter=row, pseudonym=pseudonym, kind="party", status="party")
    found = parties.exclude(role=COMPANION).first()
    if found is None:
        raise NotYours
    return found


def _words(text: str, most: int, missing: str) -> str:
    found = visible(text.replace("\r\n", "\n"))
    if not found:
        raise Refused("evidence/words", missing)
    if len(found) > most:
        raise Refused("evidence/words", f"This is too long by {len(found) - most} characters; shorten it.")
    return found


def _not_over(row: models.Matter) -> None:
    if row.over:
        raise Refused(
            "evidence/over",
            "This matter is over. New evidence can be a ground to have it reviewed: ask for that (E05).",
        )


__all__ = [
    "ItemChoice", "check_files", "check_reliance", "choices_for", "open_item", "read_item", "receive", "relying_on",
    "restrict", "serve_on", "supersede",
]  # fmt: skip
