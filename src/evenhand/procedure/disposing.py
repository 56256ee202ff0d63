# SPDX-License-Identifier: Apache-2.0
"""What becomes of each decision that is in doubt: proposed by one reviewer, settled by a second, and never by silence (D11).

`stands`, `re-decided` (where the rulebook in force at the decision has a route: G05), `referred` to the body of last resort,
or `overtaken`. One act can queue all pivotal ones for reopening (G06); none disposes of more than one.
"""

from datetime import datetime

from django.db import transaction

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.conflicts.affected import Undisposed, check_disposition
from evenhand.procedure import telling
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import locked, part_of
from evenhand.procedure.deciding_again import reopen
from evenhand.procedure.lapsing_reviews import after_disposing, enter_owed, make_due, refer
from evenhand.procedure.naming import name_of
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep, repeated
from evenhand.procedure.review_rows import TELL, Proposal, Row, check_member, row_of, rows_of
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

TOUCHES = ("re-decided", "referred")
"""Dispositions that touch a decision, with which its parties are told at the latest."""


@once_more
def propose(
    organisation: Organisation,
    review: str,
    person: str,
    ident: str,
    disposition: str,
    *,
    reasons: str,
    told: str = "",
    tell: bool = False,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """A reviewer proposes what becomes of a decision; it takes the place of what was proposed before.

    `told` is what the parties of that decision read, with a disposition that touches it or where the reviewers so decide
    (`tell`); `TELL` in the place of a disposition tells them now and leaves the rest open. `NotYours` for who has no seat in
    the review, `Refused` where it is not open.
    """
    with transaction.atomic():
        pen, part = _begin(organisation, review, person, at=at, chance=chance)
        again = repeated(key, person)
        if again is not None:
            return again
        row = _open_row(pen, review, ident)
        _propose(pen, row, part, disposition, reasons=clean(reasons), told=clean(told), tell=tell)
        done = keep(pen, key, review, person)
    if sealing:
        seal(organisation)
    return done


@once_more
def queue(
    organisation: Organisation,
    review: str,
    person: str,
    *,
    reasons: str,
    told: str,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """Proposes in one act that every pivotal decision be reopened (G06). It disposes of none: a second reviewer answers each,
    with reasons for that decision. `Refused` where none of them can be queued."""
    with transaction.atomic():
        pen, part = _begin(organisation, review, person, at=at, chance=chance)
        again = repeated(key, person)
        if again is not None:
            return again
        rows = [row for row in rows_of(organisation, _matter(review)) if queueable(row)]
        if not rows:
            raise Refused("conflicts/affected/route", "No pivotal decision of this list can be queued for reopening.")
        proposed = 0
        for row in rows:
            try:
                check_member(pen, row, part)
            except Refused:
                continue  # two others see to this one
            _propose(pen, row, part, "re-decided", reasons=clean(reasons), told=clean(told), tell=True, queued=True)
            proposed += 1
        if not proposed:
            raise Refused(
                "conflicts/affected/by", "You cannot propose this for any of them. Two others must see to it."
            )
        done = keep(pen, key, review, person)
    if sealing:
        seal(organisation)
    return done


def queueable(row: Row) -> bool:
    """Whether a decision can be queued for reopening: pivotal, open, with a route, and nothing proposed yet."""
    return row.open and bool(row.about.get("pivotal")) and row.proposal is None and row.not_open("re-decided") is None


@once_more
def answer(
    organisation: Organisation,
    review: str,
    person: str,
    ident: str,
    *,
    agrees: bool,
    reasons: str = "",
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """A reviewer agrees or disagrees with what is proposed; the last word of each counts until two agree, and that settles it.

    Whoever agrees with what was queued gives reasons for this decision; so does whoever disagrees.
    """
    reasons = clean(reasons).strip()
    with transaction.atomic():
        pen, part = _begin(organisation, review, person, at=at, chance=chance)
        again = repeated(key, person)
        if again is not None:
            return again
        row = _open_row(pen, review, ident)
        proposal = row.proposal
        if proposal is None:
            raise Refused(
                "conflicts/affected", "Nothing is proposed about this decision yet. Propose what becomes of it."
            )
        check_member(pen, row, part)
        if len(reasons.split()) < 3 and (proposal.queued or not agrees):
            raise Refused("conflicts/affected/reasons", "Give the reasons, for this decision and in your own words.")
        about = {"ident": ident, "proposal": proposal.ident, "agrees": agrees}
        fields: dict[str, object] = {"body.answered": about, **({"text.reasons": reasons} if reasons else {})}
        pen.note(review, "disposition_answered", fields, role=part.role, by=part.pseudonym)
        proposal.words[part.pseudonym] = agrees
        counted = _counted(pen, row, proposal)
        if len(counted) >= 2:
            _settle(pen, row, proposal, part, counted, reasons)
        done = keep(pen, key, review, person)
    if sealing:
        seal(organisation)
    return done


def _matter(review: str) -> models.Matter:
    return models.Matter.objects.get(ident=review)


def _begin(
    organisation: Organisation, review: str, person: str, *, at: datetime, chance: Chance
) -> tuple[Pen, models.Part]:
    """The review is locked, what the clock owes is entered, and the person has a seat in it."""
    row = locked(review)
    part = part_of(row, person, at)
    if row.kind != "affected" or part is None or part.kind != "seat":
        raise NotYours
    pen = Pen(organisation, max(at, row.last), chance)
    enter_owed(pen, row)
    return pen, part


def _open_row(pen: Pen, review: str, ident: str) -> Row:
    row = row_of(pen.organisation, _matter(review), ident)
    if row is None:
        raise NotYours
    if not row.open:
        raise Refused("conflicts/affected", "What becomes of this decision is recorded already.")
    return row


def _propose(
    pen: Pen,
    row: Row,
    part: models.Part,
    disposition: str,
    *,
    reasons: str,
    told: str,
    tell: bool,
    queued: bool = False,
) -> None:
    check_member(pen, row, part)
    # The second person is not known yet; that there is one is asked again when it is settled.
    _checked(row, "overtaken" if disposition == TELL else disposition, reasons, (part.person, ""))
    tell = tell or disposition in (*TOUCHES, TELL)
    if tell:
        _neutral(pen, row, told)
    if not row.listed.due and disposition != TELL:
        make_due(pen, row, because="taken up")
    about = {
        "ident": row.listed.ident, "proposal": pen.hex(), "disposition": disposition, "tell": tell, "queued": queued,
    }  # fmt: skip
    fields = {"body.proposed": about, "text.reasons": reasons, **({"text.told": told} if tell else {})}
    pen.note(row.review.ident, "disposition_proposed", fields, role=part.role, by=part.pseudonym)


def _checked(row: Row, disposition: str, reasons: str, by: tuple[str, ...]) -> None:
    try:
        check_disposition(
            row.as_affected(), disposition, reasons=reasons, by=by, took_part=row.took_part,
            reopening=row.route is not None, referable=row.referable,
        )  # fmt: skip
    except Undisposed as why:
        raise Refused(why.rule, why.sentence) from None


def _neutral(pen: Pen, row: Row, told: str) -> None:
    """What the parties read gives reasons, and does not name the person: that would tell them of a case elsewhere."""
    if len(told.split()) < 3:
        raise Refused("conflicts/affected/told", "Say what the parties of that decision are told, and why.")
    words = {word.casefold() for word in name_of(pen.organisation, row.listed.person).split() if len(word) > 2}
    if words & {word.strip(".,;:!?()’'\"").casefold() for word in told.split()}:
        raise Refused(
            "conflicts/affected/told",
            "What the parties are told must not name the person concerned. Leave the name out.",
        )


def _counted(pen: Pen, row: Row, proposal: Proposal) -> list[models.Part]:
    """Those who agree, sit, and can be counted for this decision."""
    found = []
    for part in row.review.parts.filter(kind="seat", status="sits", pseudonym__in=proposal.agreed).order_by(
        "pseudonym"
    ):
        try:
            check_member(pen, row, part)
        except Refused:
            continue
        found.append(part)
    return found


def _settle(
    pen: Pen, row: Row, proposal: Proposal, part: models.Part, counted: list[models.Part], reasons: str
) -> None:
    # Reasons are per decision: of what was queued with others, those of whoever looked at this one.
    words = reasons if proposal.queued else proposal.reasons
    if proposal.disposition == TELL:
        telling.tell(pen, row.matter, row.entry, proposal.told)
        return
    _checked(row, proposal.disposition, words, tuple(one.person for one in counted))
    opened = reopen(pen, row, counted, proposal.told) if proposal.disposition == "re-decided" else ""
    about = {
        "ident": row.listed.ident, "disposition": proposal.disposition, "by": [one.pseudonym for one in counted],
        "clock": False, **({"opened": opened} if opened else {}),
    }  # fmt: skip
    fields = {"body.disposition": about, "text.reasons": words}
    pen.note(row.review.ident, "disposition_recorded", fields, role=part.role, by=part.pseudonym)
    if proposal.tell:
        telling.tell(pen, row.matter, row.entry, proposal.told)
    if proposal.disposition == "referred":
        refer(pen, row.review, [row])
    after_disposing(pen, row.review)
