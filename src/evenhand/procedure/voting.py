# SPDX-License-Identifier: Apache-2.0
"""A body acts when enough of its seats agree: a member proposes an act, each votes, and the majority carries it out.

Quorum and majority are counted over the seats that are filled by people who are not in conflict (D08). The act is the
body's; who voted how stands in the record beside it (F01). Whoever brings about the majority can wait for the others: then
the last vote carries it out, or any member who closes the vote. So the record tells what would have been without somebody.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

import orjson
from django.db import transaction

from evenhand.casework.acts import Request
from evenhand.casework.deciding import decide
from evenhand.casework.refusal import Refused
from evenhand.procedure import consequences
from evenhand.procedure.asking import Asked, Changed, Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import part_of, refuse_conflict
from evenhand.procedure.counting import Count, count, proposed
from evenhand.procedure.declaring import begin
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep, repeated, since_seen
from evenhand.procedure.relying import check_reliance
from evenhand.store import books, models, rows, states
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

Choice = Literal["for", "against", "abstain"]


@once_more
def propose(
    organisation: Organisation, asked: Asked, *, at: datetime, chance: Chance, wait: bool = False, sealing: bool = True
) -> Done:
    """A member of a body proposes an act, with what it is to carry; that is their vote for it.

    With `wait` it is not carried out before the others have voted, even if their vote is majority enough.

    The act is asked of the kernel first, so that nobody votes on what would be unlawful: `Refused`, `NotYours`, `Changed`.
    """
    refused: Refused | None = None
    with transaction.atomic():
        pen = begin(organisation, asked.matter or "", at=at, chance=chance)
        again = repeated(asked.key, asked.person)
        if again is not None:
            return again
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
            _vote(pen, row, part, ident, "for", wait)
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
    wait: bool = False,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """A member votes; with enough of them the act is done. `NotYours`, `Refused` where the proposal is not open any more.

    With `wait` it is done only when everybody else with a vote has voted too, or when somebody closes the vote.
    """

    def go(pen: Pen, row: models.Matter, about: models.Proposal, part: models.Part) -> None:
        _vote(pen, row, part, proposal, choice, wait)

    return _in_a_vote(organisation, proposal, person, go, at=at, chance=chance, key=key, sealing=sealing)


@once_more
def close(
    organisation: Organisation,
    proposal: str,
    person: str,
    *,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """A member closes a vote that has its majority and waits for others: the act is done without them.

    `NotYours`; `Refused` where the proposal is not open any more, has no majority, or the member has no vote in it.
    """

    def go(pen: Pen, row: models.Matter, about: models.Proposal, part: models.Part) -> None:
        counted = count(pen, row, about)
        if not counted.reached:
            raise Refused(
                f"roles/{about.role}/majority",
                "A vote can be closed only when enough of you are for it. Wait, or vote.",
            )
        pen.note(row.ident, "vote_closed", {"body.closed": {"proposal": proposal}}, role=part.role, by=part.pseudonym)
        _carry_out(pen, row, about, part, counted)

    return _in_a_vote(organisation, proposal, person, go, at=at, chance=chance, key=key, sealing=sealing)


def _in_a_vote(
    organisation: Organisation,
    proposal: str,
    person: str,
    go: Callable[[Pen, models.Matter, models.Proposal, models.Part], None],
    *,
    at: datetime,
    chance: Chance,
    key: str,
    sealing: bool,
) -> Done:
    """In one transaction: the matter is locked, the proposal is open, the member sits and has a vote in it."""
    refused: Refused | None = None
    with transaction.atomic():
        about = rows.row(models.Proposal, ident=proposal)
        if about is None:
            raise NotYours
        pen = begin(organisation, about.matter_id, at=at, chance=chance)
        again = repeated(key, person)
        if again is not None:
            return again
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
            go(pen, row, about, part)
        done = keep(pen, "" if refused else key, row.ident, person)
    if sealing:
        seal(organisation)
    if refused is not None:
        raise refused
    return done


def _vote(pen: Pen, row: models.Matter, part: models.Part, proposal: str, choice: Choice, wait: bool) -> None:
    about = {"proposal": proposal, "choice": choice, **({"wait": True} if wait else {})}
    pen.note(row.ident, "vote_cast", {"body.vote": about}, role=part.role, by=part.pseudonym)
    on = rows.one(models.Proposal, ident=proposal)
    counted = count(pen, row, on)
    if counted.reached:
        if not (wait and counted.silent):
            _carry_out(pen, row, on, part, counted)
    elif counted.lost:
        pen.note(row.ident, "proposal_fell", {"body.proposal": {"ident": proposal, "why": "too few voted for it"}})


def _carry_out(pen: Pen, row: models.Matter, about: models.Proposal, part: models.Part, counted: Count) -> None:
    book = books.running(row.rulebook, row.book)
    carries = proposed(pen.organisation, about)
    row = rows.one(models.Matter, ident=row.ident)
    request = _request(book.book.acts, about.act, about.role, carries, counted.in_favour, counted.against)
    before = states.of_data(row.state)
    check_reliance(pen, row, about.act, carries)
    act = decide(book, before, request, pen.at)[-1]
    more = {"body.votes": {"proposal": about.ident, "cast": [list(one) for one in sorted(counted.cast.items())]}}
    pen.act(row.ident, act, book=row.book, by=part.pseudonym, more=more)
    consequences.after(pen, row.ident, act, before)


def _request(
    acts: Mapping[str, Any], act: str, role: str, carries: Mapping[str, Any], in_favour: int, against: int
) -> Request:
    counted = {"vote": {"for": in_favour, "against": against}} if act in acts and "vote" in acts[act].carries else {}
    return Request(act=act, by=role, carries={**carries, **counted})
