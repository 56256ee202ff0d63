# SPDX-License-Identifier: Apache-2.0
"""Erases matters whose time is over: two people approve, an entry says so, and the key of each matter is destroyed (L04, L05).

The log keeps every byte that was hashed, so the record can still be checked; what it said can no longer be read by anybody
who did not get it in their own receipts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.evidence.keeping import discard
from evenhand.procedure.asking import NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import holders, locked, offices_of
from evenhand.procedure.doubting import oversight
from evenhand.procedure.opening import enters_as
from evenhand.procedure.own_file import begin_own, note_by
from evenhand.procedure.pen import Pen
from evenhand.procedure.retaining import Kept, due_for_erasure
from evenhand.record.disclosures import digest
from evenhand.record.fields import instant_text
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, disclosed, forget_everything, said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

ASKED, DECLINED, ERASURE = "procedure.erasure_asked", "procedure.erasure_declined", "erasure.performed"
RULE = "procedure/erasing"
MOST = 50
"""Matters in one request: what two people can look through."""
DIGESTS = 2_000
"""Digests in one entry; a matter with more takes several entries."""
SAYS = {
    "none": "Choose at least one matter whose time is over.",
    "many": f"Choose at most {MOST} matters at once, so that a second person can look through them.",
    "due": "One of these is not due, or is kept because something about it is open. Look at the list again.",
    "waits": "One of these waits for a second person already.",
    "same": "You asked for this yourself. Another person approves it, or nobody.",
    "part": "You had a part in one of these matters. Somebody who had none decides whether it is erased.",
    "over": "This does not wait any more: it was erased, or it was declined.",
    "reasons": "Say in a sentence why.",
}


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was asked for. `status` is open, erased or declined; `person` asked, under `pseudonym`."""

    ident: str
    person: str
    pseudonym: str
    at: datetime
    matters: tuple[str, ...]
    reasons: str
    status: str = "open"


def erases_as(person: str, at: datetime) -> str:
    """The role in which somebody asks for an erasure or approves it: who enters complaints, or an overseer. Else empty."""
    entering = enters_as(person, at)
    outside = oversight(books.in_force(at))
    if entering or outside is None or not person:
        return entering
    offices = offices_of(books.in_force(at), outside.id) & set(outside.groups or (outside.id,))
    return outside.id if any(person in holders(office, at) for office in offices) else ""


@once_more
def ask_erasure(
    organisation: Organisation, idents: Sequence[str], person: str, reasons: str, *, at: datetime, chance: Chance
) -> str:
    """Asks that matters be erased; the identifier of the request. `NotYours` for who may not, `Refused` for what is not due."""
    role, idents = erases_as(person, at), list(dict.fromkeys(idents))
    with transaction.atomic():
        pen, file = begin_own(organisation, at, chance)
        if not role:
            raise NotYours
        if not idents or len(idents) > MOST:
            raise Refused(f"{RULE}/matters", SAYS["many" if idents else "none"])
        _all_due(idents, at)
        if any(set(idents) & set(one.matters) for one in requests(organisation) if one.status == "open"):
            raise Refused(f"{RULE}/matters", SAYS["waits"])
        about = {"ident": pen.hex(), "matters": idents}
        fields = {"body.erasing": about, "text.reasons": clean(reasons) or "Their time is over."}
        note_by(pen, file.ident, "erasure_asked", fields, person, role)
    seal(organisation)
    return str(about["ident"])


@once_more
def decline_erasure(
    organisation: Organisation, ident: str, person: str, reasons: str, *, at: datetime, chance: Chance
) -> None:
    """Declines what was asked for, or takes it back. `NotYours`, `Refused` without reasons."""
    role, reasons = erases_as(person, at), clean(reasons)
    with transaction.atomic():
        pen, file = begin_own(organisation, at, chance)
        one = _open(organisation, ident, role)
        if len(reasons.split()) < 3:
            raise Refused(f"{RULE}/reasons", SAYS["reasons"])
        how = "taken back" if one.person == person else "declined"
        fields = {"body.erasing": {"ident": ident, "how": how}, "text.reasons": reasons}
        note_by(pen, file.ident, "erasure_declined", fields, person, role)
    seal(organisation)


@once_more
def approve_erasure(organisation: Organisation, ident: str, person: str, *, at: datetime, chance: Chance) -> int:
    """A second person approves, and it is done; how many matters were erased. `NotYours`, `Refused`.

    Nobody approves what they asked for, nor the erasure of a matter in which they had a part.
    """
    role, files = erases_as(person, at), list[str]()
    with transaction.atomic():
        pen, file = begin_own(organisation, at, chance)
        one = _open(organisation, ident, role)
        if one.person == person:
            raise Refused(f"{RULE}/same", SAYS["same"])
        if models.Part.objects.filter(matter_id__in=one.matters, person=person).exists():
            raise Refused(f"{RULE}/part", SAYS["part"])
        for kept in _all_due(one.matters, at):
            files += _erase(pen, file.ident, kept, one, person, role)
    forget_everything()
    for name in files:
        discard(organisation.evidence, name)
    _wipe()
    seal(organisation)
    return len(one.matters)


def requests(organisation: Organisation) -> list[Request]:
    """Everything that was asked for, the newest first."""
    found: dict[str, Request] = {}
    file = models.Matter.objects.get(kind="organisation").ident
    for entry in models.Entry.objects.filter(matter=file, rule__in=(ASKED, DECLINED)).order_by("id"):
        says = said(entry, organisation.keyring)
        about, mine = says["body.erasing"], says["person.parts"][0]
        if entry.rule == ASKED:
            found[about["ident"]] = Request(
                ident=about["ident"], person=mine["person"], pseudonym=mine["pseudonym"], at=entry.at,
                matters=tuple(about["matters"]), reasons=says["text.reasons"],
            )  # fmt: skip
        else:
            found[about["ident"]] = _with(found[about["ident"]], "declined")
    for entry in models.Entry.objects.filter(matter=file, type=ERASURE).order_by("id"):
        ident = said(entry, organisation.keyring).get("body.erased", {}).get("ident", "")
        if ident in found:
            found[ident] = _with(found[ident], "erased")
    return list(reversed(found.values()))


def _with(one: Request, status: str) -> Request:
    return Request(**{**one.__dict__, "status": status})


def _open(organisation: Organisation, ident: str, role: str) -> Request:
    one = next((one for one in requests(organisation) if one.ident == ident), None)
    if one is None or not role:
        raise NotYours
    if one.status != "open":
        raise Refused(f"{RULE}/over", SAYS["over"])
    return one


def _all_due(idents: Sequence[str], at: datetime) -> list[Kept]:
    due = {one.row.ident: one for one in due_for_erasure(at) if not one.held}
    if any(ident not in due for ident in idents):
        raise Refused(f"{RULE}/due", SAYS["due"])
    return [due[ident] for ident in idents]


def _erase(pen: Pen, file: str, kept: Kept, asked: Request, person: str, role: str) -> list[str]:
    """Enters the erasure of one matter, destroys its key, and returns the names of its files."""
    row, digests, files, rule = locked(kept.row.ident), list[str](), list[str](), ""
    for entry in models.Entry.objects.filter(matter=row.ident).order_by("n"):
        rule = rule or entry.rule
        try:
            digests += map(digest, disclosed(entry, pen.organisation.keyring))
            files += _files(said(entry, pen.organisation.keyring))
        except Erased:
            continue
    about = {
        "matter": row.ident, "ident": asked.ident, "kind": row.kind, "rulebook": row.rulebook, "book": row.book,
        "outcome": row.outcome, "opened": instant_text(row.opened), "ended": instant_text(kept.ended), "n": row.n,
    }  # fmt: skip
    basis = f"{kept.kind}: {kept.period}, as the rulebook says"
    for start in range(0, len(digests), DIGESTS):
        first, second = pen.hex(), pen.hex()
        both = [
            {"pseudonym": one, "person": who, "role": role, "kind": "seat", "status": "left"}
            for one, who in ((first, asked.person), (second, person))
        ]
        erasure = {"basis": basis, "digests": digests[start : start + DIGESTS], "approved": [first, second]}
        fields = {"body.erasure": erasure, "body.erased": about, "person.parts": both}
        pen.erasure(file, rule, fields, role=role, by=second)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")  # the page with the key is written over, not only given free
    models.Wrapping.objects.filter(matter=row.ident).delete()
    return files


def _files(says: Any) -> list[str]:
    name = says.get("person.item", {}).get("file", "")
    return [name] if name else []


def _wipe() -> None:
    """What SQLite keeps beside the file until it is full goes into the file, where the key is written over."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
