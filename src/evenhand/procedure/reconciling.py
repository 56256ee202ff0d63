# SPDX-License-Identifier: Apache-2.0
"""Every month, for each way in, a named person holds what was received against what was entered, and signs it (M21).

What was received, the person counts: in the post book, in the inbox, in the notes of the telephone, in the log of the
server. What was entered, the record counts. A difference needs a sentence, and a mistake is corrected by an entry of its
own: nothing that was signed is taken back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Subquery

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.casework.ways_in import respondent_role
from evenhand.procedure.asking import Done
from evenhand.procedure.at_once import once_more
from evenhand.procedure.own_file import begin_entering, note_by
from evenhand.procedure.performing import keep
from evenhand.procedure.registering import BODY
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

CHANNELS = ("portal", "post", "e-mail", "spoken", "body")
"""The ways in: the portal, three by which an officer enters what came, and the portal again for an affiliated body."""
SIGNED, CORRECTED = "procedure.month_reconciled", "procedure.month_corrected"
RULE = "procedure/reconciled"
MOST = 1_000_000
SAYS = {
    "month": "This month is not over yet, or lies before this record. Choose a month that is owed.",
    "channel": "Choose one of the ways in.",
    "received": "Write how many were received: a whole number, and 0 where there were none.",
    "difference": "The two numbers differ. Say in a sentence why, and what becomes of what was not entered.",
    "correction": "This was signed already. Say in a sentence what was wrong in it; both entries stay in the record.",
    "same": "This is what was signed already; there is nothing to correct.",
}


@dataclass(frozen=True, kw_only=True)
class Signed:
    """What was signed last for one month and one way in; `correction` says why it was signed once more."""

    month: str
    channel: str
    received: int
    entered: int
    difference: str
    correction: str
    person: str
    at: datetime


def owed_months(began: datetime, at: datetime, rules: Rulebook | None = None) -> tuple[str, ...]:
    """Every month that is over, as `2026-04`, from the one in which the record began; the oldest first."""
    calendar = books.calendar_of(rules or books.in_force(at))
    day, today = calendar.local_day(began).replace(day=1), calendar.local_day(at).replace(day=1)
    found = []
    while day < today:
        found.append(f"{day:%Y-%m}")
        day = (day + timedelta(days=32)).replace(day=1)
    return tuple(found)


def missing(at: datetime) -> int:
    """How many signatures are owed: one for each month that is over and each way in. One statement."""
    file = models.Matter.objects.filter(kind="organisation").annotate(signed=signed_so_far())
    row = file.values_list("opened", "signed").first()
    return owed(row[0], row[1], at) if row is not None else 0


def began_at() -> Subquery:
    """The instant at which the record began, to be asked for within another statement."""
    return Subquery(models.Matter.objects.filter(kind="organisation").order_by().values("opened")[:1])


def signed_so_far() -> Subquery:
    """How many signatures there are, corrections apart, to be asked for within another statement."""
    entries = models.Entry.objects.filter(rule=SIGNED).order_by().values("rule")
    return Subquery(entries.annotate(n=Count("id")).values("n"))


def owed(began: datetime | None, signed: int | None, at: datetime, rules: Rulebook | None = None) -> int:
    """How many signatures are owed by what those two say."""
    return max(0, len(owed_months(began, at, rules)) * len(CHANNELS) - (signed or 0)) if began is not None else 0


def signatures(organisation: Organisation) -> dict[tuple[str, str], Signed]:
    """What was signed, by month and way in; the last of several."""
    found: dict[tuple[str, str], Signed] = {}
    for entry in models.Entry.objects.filter(rule__in=(SIGNED, CORRECTED)).order_by("id"):
        try:
            one = said(entry, organisation.keyring)
        except Erased:
            continue
        about = one["body.reconciled"]
        found[about["month"], about["channel"]] = Signed(
            month=about["month"], channel=about["channel"], received=about["received"], entered=about["entered"],
            difference=one.get("text.difference", ""), correction=one.get("text.correction", ""),
            person=one["person.parts"][0]["person"], at=entry.at,
        )  # fmt: skip
    return found


def months(at: datetime) -> tuple[str, ...]:
    """The months for which signatures are owed, signed or not."""
    began = models.Matter.objects.filter(kind="organisation").values_list("opened", flat=True).first()
    return owed_months(began, at) if began is not None else ()


def entered(organisation: Organisation, month: str) -> dict[str, int]:
    """How many of each way in were received in a month, by what is entered: by the day of receipt, not that of entry."""
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(days=32)).replace(day=1)
    # Entered later than received, and never earlier; two days more than a time zone can make.
    since = datetime.combine(first - timedelta(days=2), time(), UTC)
    counts = dict.fromkeys(CHANNELS, 0)
    for channel, day in _received(organisation, since):
        if first <= day < last:
            counts[channel] += 1
    return counts


def _received(organisation: Organisation, since: datetime) -> Iterator[tuple[str, date]]:
    bodies = models.Person.objects.filter(kind=BODY, handle=OuterRef("person"))
    theirs = models.Part.objects.filter(Exists(bodies), matter=OuterRef("pk"), kind="party")
    accused = {respondent_role(books.rules_of(digest)) for digest in _digests()}
    rows = models.Matter.objects.filter(raised__in=CHANNELS, names="", opened__gte=since).exclude(book="")
    rows = rows.annotate(of_body=Exists(theirs.exclude(role__in=accused)))
    came = dict(rows.values_list("ident", "raised"))
    of_bodies = set(rows.filter(of_body=True).values_list("ident", flat=True))
    for entry in models.Entry.objects.filter(matter__in=Subquery(rows.values("ident")), n=1).iterator(chunk_size=500):
        channel = "body" if entry.matter in of_bodies else came.get(entry.matter, "")
        if not channel:
            continue
        calendar = books.calendar_of(books.in_force(entry.at))
        yield channel, _day(organisation, entry, channel) or calendar.local_day(entry.at)


def _digests() -> list[str]:
    return list(models.Rulebook.objects.values_list("digest", flat=True))


def _day(organisation: Organisation, entry: models.Entry, channel: str) -> date | None:
    if channel in ("portal", "body"):
        return None  # received at the moment at which it was entered
    try:
        receipt: Mapping[str, Any] = said(entry, organisation.keyring).get("body.receipt") or {}
    except Erased:
        return None
    return date.fromisoformat(receipt["received"]) if receipt.get("received") else None


@once_more
def reconcile(
    organisation: Organisation,
    person: str,
    *,
    month: str,
    channel: str,
    received: int,
    at: datetime,
    chance: Chance,
    difference: str = "",
    correction: str = "",
    key: str = "",
) -> Done:
    """Signs a month of one way in. `NotYours` for who does not enter complaints, `Refused` where something is left open."""
    difference, correction = clean(difference).strip(), clean(correction).strip()
    with transaction.atomic():
        begun = begin_entering(organisation, person, at=at, chance=chance, key=key)
        if isinstance(begun, Done):
            return begun
        pen, file, role = begun
        _refuse("channel", channel not in CHANNELS)
        _refuse("month", month not in owed_months(file.opened, pen.at))
        _refuse("received", not 0 <= received <= MOST)
        here = entered(organisation, month)[channel]
        before = signatures(organisation).get((month, channel))
        _refuse("difference", received != here and len(difference.split()) < 3)
        fields: dict[str, object] = {
            "body.reconciled": {"month": month, "channel": channel, "received": received, "entered": here}
        }
        if difference:
            fields["text.difference"] = difference
        if before is not None:
            now = (received, here, difference)
            _refuse("same", now == (before.received, before.entered, before.difference))
            _refuse("correction", len(correction.split()) < 3)
            fields["text.correction"] = correction
        name = (SIGNED if before is None else CORRECTED).partition(".")[2]
        note_by(pen, file.ident, name, fields, person, role)
        done = keep(pen, key, file.ident, person)
    seal(organisation)
    return done


def _refuse(what: str, so: bool) -> None:
    if so:
        raise Refused(f"{RULE}/{what}", SAYS[what])
