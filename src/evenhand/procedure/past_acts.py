# SPDX-License-Identifier: Apache-2.0
"""What somebody took part in, and how: everything that a new fact about them can put in doubt (D10, M03).

A vote is only one way to shape a decision. Who investigated, drafted what was adopted, settled or ruled alone, was present
and said nothing, or read the file, is found here from the entries of the matters in which they had a seat.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from evenhand.conflicts.grounds import category
from evenhand.procedure.pen import Pen
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.store.opened import Erased, said

RULED = ("procedure.waiver_granted", "procedure.declaration_ruled", "procedure.evidence_restricted")
LEFT = ("procedure.recused", "procedure.seat_suspended", "procedure.seat_passed")


@dataclass(frozen=True)
class PastAct:
    """One act and the part that the person took in it, in the words of `conflicts.affected.INVOLVED`."""

    entry: models.Entry
    involvement: tuple[str, ...]
    decision: bool = False


def past_acts(pen: Pen, person: str, since: str) -> list[PastAct]:
    """Every act since a day (ISO) in which a person took part from a seat, in the order of the record."""
    found: dict[int, PastAct] = {}
    for part in models.Part.objects.filter(person=person, kind="seat").exclude(matter__book="").order_by("since"):
        for one in _of_seat(pen, person, part):
            if pen.calendar.local_day(one.entry.at).isoformat() >= since:
                found.setdefault(one.entry.id, one)
    busy = {one.entry.matter for one in found.values() if one.involvement != ("read",)}
    kept = [one for one in found.values() if one.involvement != ("read",) or one.entry.matter not in busy]
    return sorted(kept, key=lambda one: one.entry.id)


def _of_seat(pen: Pen, person: str, part: models.Part) -> Iterator[PastAct]:
    rules = books.rules_of(part.matter.rulebook)
    decided = models.Fact.objects.filter(kind="decided", b=f"matter:{part.matter_id}", source=f"role:{part.role}")
    mine = set(decided.filter(a=person).values_list("entry", flat=True))
    alone = rules.roles[part.role].seats == 1
    drafted = set(_proposals(part))
    entries = models.Entry.objects.filter(matter=part.matter_id).order_by("n")
    sat: int | None = None
    for entry in entries:
        if entry.rule in ("procedure.declaration_made", "procedure.declaration_ruled") and _about(pen, entry) == part:
            sat = entry.n
        elif entry.rule in LEFT and _about(pen, entry) == part:
            sat = None
        if entry.id in mine:
            yield PastAct(entry, _involved(pen, rules, entry, alone, drafted), decision=True)
        elif entry.by == part.pseudonym and entry.type == "act" and alone:
            yield PastAct(entry, (_kind(rules, entry),))
        elif entry.by == part.pseudonym and entry.rule in RULED:
            yield PastAct(entry, ("ruled",))
        elif sat is not None and entry.type == "act" and entry.role == part.role and _decides(decided, entry):
            yield PastAct(entry, ("present",), decision=True)
    read = entries.filter(rule="procedure.content_read", by=part.pseudonym).first()
    if read is not None:
        yield PastAct(read, ("read",))


def _decides(decided: "QuerySet[models.Fact]", entry: models.Entry) -> bool:
    return decided.filter(entry=entry.id).exists()


def _about(pen: Pen, entry: models.Entry) -> models.Part | None:
    """Whose seat an entry of the procedure is about."""
    try:
        pseudonym = said(entry, pen.organisation.keyring)["body.seat"]["pseudonym"]
    except Erased:
        return None
    return models.Part.objects.filter(pseudonym=pseudonym).first()


def _proposals(part: models.Part) -> Iterator[str]:
    """The proposals that the person made in a body, by their identifiers: what was adopted was their draft."""
    made = models.Entry.objects.filter(matter=part.matter_id, rule="procedure.proposal_made", by=part.pseudonym)
    ids = list(made.values_list("id", flat=True))
    yield from models.Proposal.objects.filter(entry__in=ids).values_list("ident", flat=True)


def _involved(pen: Pen, rules: Rulebook, entry: models.Entry, alone: bool, drafted: set[str]) -> tuple[str, ...]:
    if alone:
        return (_kind(rules, entry),)
    try:
        votes = said(entry, pen.organisation.keyring).get("body.votes", {})
    except Erased:
        votes = {}
    return ("voted", "drafted") if votes.get("proposal") in drafted else ("voted",)


def _kind(rules: Rulebook, entry: models.Entry) -> str:
    """What an act of a single seat was: settling, investigating, or another act that was done alone."""
    kind = category(entry.rule.partition(".")[2], rules, entry.role)
    return {"settle": "settled", "investigate": "investigated", "chair": "chaired"}.get(kind, "acted alone")
