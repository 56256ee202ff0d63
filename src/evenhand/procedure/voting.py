# SPDX-License-Identifier: Apache-2.0
"""A body acts when enough of its seats agree: a member proposes an act, each votes, and the majority carries it out.

Quorum and majority are counted over the seats that are filled by people who are not in conflict (D08). The act is the
body's; who voted how stands in the record beside it (F01).
"""

from collections.abc import Mapping
from datetime import datetime
from math import ceil
from typing import Any, Literal

import orjson
from django.db import transaction

from evenhand.casework.acts import Request
from evenhand.casework.deciding import decide
from evenhand.casework.refusal import Refused
from evenhand.procedure import consequences
from evenhand.procedure.asking import Asked, Changed, Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import has_vote, may_of, part_of, refuse_conflict
from evenhand.procedure.declaring import begin
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep, repeated, since_seen
from evenhand.procedure.relying import check_reliance
from evenhand.store import books, models, rows, states
from evenhand.store.keys import Chance
from evenhand.store.opened import said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

Choice = Literal["for", "against", "abstain"]


@once_more
def propose(organisation: Organisation, asked: Asked, *, at: datetime, chance: Chance, sealing: bool = True) -> Done:
    """A member of a body proposes an act, with what it is to carry; that is their vote for it.

    The act is asked of the kernel first, so that nobody votes on what would be unlawful: `Refused`, `NotYours`, `Changed`.
    """
    refused: Refused | None = None
    with transaction.atomic():
        again = repeated(asked.key, asked.person)
        if again is not None:
            return again
        pen = begin(organisation, asked.matter or "", at=at, chance=chance)
        row = rows.one(models.Matter, ident=asked.matter or "")
        part = part_of(row, asked.person, at)
        if part is None or part.role != asked.by:
            raise NotYours
        if asked.seen is not None and not pen.written and (since := since_seen(row.ident, asked.seen)):
            raise Changed(since)
        book = books.running(row.rulebook, row.book)
        try:
            refuse_conflict(pen, row, part, asked.act, voting=True)
            check_reliance(pen, row, asked.act, asked.carries)
            decide(
                book,
                states.of_data(row.state),
                _request(book.book.acts, asked.act, part.role, asked.carries, 1, 0),
                pen.at,
            )
        except Refused as why:
            refused = why
            rule = f"{row.book}.{asked.act}" if asked.act in book.book.acts else f"{row.book}.unknown"
            pen.refusal(row.ident, rule, role=part.role, by=part.pseudonym, why=why.sentence, path=why.rule)
            done = keep(pen, "", row.ident)
        else:
            ident = pen.hex()
            pen.note(
                row.ident,
                "proposal_made",
                {
                    "body.proposal": {"ident": ident, "act": asked.act, "role": part.role},
                    "text.proposed": orjson.dumps(dict(asked.carries)).decode(),
                },
                role=part.role,
                by=part.pseudonym,
            )
            _vote(pen, row, part, ident, "for")
            done = keep(pen, asked.key, row.ident, asked.person)
    if sealing:
        seal(organisation)
    if refused is not None:
        raise refused
    return done


@once_more
def vote(
    organisation: Organisation,
    proposal: str,
    person: str,
    choice: Choice,
    *,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """A member votes; with enough of them the act is done. `NotYours`, `Refused` where the proposal is not open any more."""
    refused: Refused | None = None
    with transaction.atomic():
        again = repeated(key, person)
        if again is not None:
            return again
        about = rows.row(models.Proposal, ident=proposal)
        if about is None:
            raise NotYours
        pen = begin(organisation, about.matter_id, at=at, chance=chance)
        row = rows.one(models.Matter, ident=about.matter_id)
        about = rows.one(models.Proposal, ident=proposal)
        part = part_of(row, person, at)
        if part is None or part.role != about.role:
            raise NotYours
        if about.status != "open":
            raise Refused("procedure.vote_cast", "This proposal is not open any more; see what was decided.")
        try:
            refuse_conflict(pen, row, part, about.act, voting=True)
        except Refused as why:
            # What was due stays done, and the attempt is entered, before it is told.
            refused = why
            pen.refusal(
                row.ident, f"{row.book}.{about.act}", role=part.role, by=part.pseudonym, why=why.sentence, path=why.rule
            )
        else:
            _vote(pen, row, part, proposal, choice)
        done = keep(pen, "" if refused else key, row.ident, person)
    if sealing:
        seal(organisation)
    if refused is not None:
        raise refused
    return done


def _vote(pen: Pen, row: models.Matter, part: models.Part, proposal: str, choice: Choice) -> None:
    pen.note(
        row.ident,
        "vote_cast",
        {"body.vote": {"proposal": proposal, "choice": choice}},
        role=part.role,
        by=part.pseudonym,
    )
    about = rows.one(models.Proposal, ident=proposal)
    sitting = _sitting(pen, row, about)
    cast = {voter: choice for voter, choice in _votes(about) if voter in sitting}
    needed, seats = _needed(pen, row, about)
    in_favour = sum(one == "for" for one in cast.values())
    against = sum(one == "against" for one in cast.values())
    if in_favour >= needed:
        _carry_out(pen, row, about, part, in_favour, against)
    elif seats - _voiceless(pen, row, about) - len(cast) + in_favour < needed:
        why = {"ident": proposal, "why": "too few voted for it"}
        pen.note(row.ident, "proposal_fell", {"body.proposal": why})


def _sitting(pen: Pen, row: models.Matter, about: models.Proposal) -> set[str]:
    """Whose votes count: who sits for the body, and is neither barred, challenged nor without a vote by what is known now."""
    seats = rows.rows(models.Part, matter_id=row.ident, role=about.role, status="sits")
    return {seat.pseudonym for seat in seats if has_vote(pen, row, seat, about.act)}


def _voiceless(pen: Pen, row: models.Matter, about: models.Proposal) -> int:
    """How many sit for the body without a vote, for good: nobody waits for them."""
    people = rows.column(models.Part, "person", matter_id=row.ident, role=about.role, status="sits")
    return sum(may_of(pen, row, person) == "no_vote" for person in people)


def _votes(about: models.Proposal) -> list[tuple[str, str]]:
    return [
        (voter, choice) for voter, choice in rows.values(models.Vote, ("pseudonym", "choice"), proposal_id=about.ident)
    ]


def _needed(pen: Pen, row: models.Matter, about: models.Proposal) -> tuple[int, int]:
    """How many must agree, and of how many seats: the body's majority, or the share that the sanction asks for.

    By the rules under which the matter runs, whatever is in force today.
    """
    rules = books.rules_of(row.rulebook)
    role = rules.roles[about.role]
    entry = rows.one(models.Entry, id=about.entry)
    carries = orjson.loads(said(entry, pen.organisation.keyring)["text.proposed"])
    tariff = carries.get("tariff")
    sanction = rules.sanctions.get(tariff.get("sanction", "")) if isinstance(tariff, dict) else None
    share = sanction.needs if sanction is not None and sanction.needs is not None else None
    return max(role.majority, 0 if share is None else ceil(share * role.seats)), role.seats


def _carry_out(
    pen: Pen, row: models.Matter, about: models.Proposal, part: models.Part, in_favour: int, against: int
) -> None:
    book = books.running(row.rulebook, row.book)
    entry = rows.one(models.Entry, id=about.entry)
    carries = orjson.loads(said(entry, pen.organisation.keyring)["text.proposed"])
    row = rows.one(models.Matter, ident=row.ident)
    request = _request(book.book.acts, about.act, about.role, carries, in_favour, against)
    before = states.of_data(row.state)
    check_reliance(pen, row, about.act, carries)
    act = decide(book, before, request, pen.at)[-1]
    sitting = _sitting(pen, row, about)
    votes = sorted(vote for vote in _votes(about) if vote[0] in sitting)
    more = {"body.votes": {"proposal": about.ident, "cast": [list(one) for one in votes]}}
    pen.act(row.ident, act, book=row.book, by=part.pseudonym, more=more)
    consequences.after(pen, row.ident, act, before)


def _request(
    acts: Mapping[str, Any], act: str, role: str, carries: Mapping[str, Any], in_favour: int, against: int
) -> Request:
    counted = {"vote": {"for": in_favour, "against": against}} if act in acts and "vote" in acts[act].carries else {}
    return Request(act=act, by=role, carries={**carries, **counted})
