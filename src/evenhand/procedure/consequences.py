# SPDX-License-Identifier: Apache-2.0
"""What follows from an act besides what the kernel says: seats are called, letters written, votes withdrawn."""

from evenhand.casework.acts import MISSED, Act
from evenhand.casework.matter import Matter
from evenhand.casework.routes import kind_of
from evenhand.procedure import doubting, seating, standing_aside, writing
from evenhand.procedure.pen import Pen
from evenhand.store import books, models, rows


def after(pen: Pen, matter: str, act: Act, before: Matter) -> None:
    """Everything that follows from an act that was entered, in the same transaction; `before` is the matter before it."""
    row = rows.one(models.Matter, ident=matter)
    book = books.running(row.rulebook, row.book)
    rule = None if act.name.startswith(MISSED) else book.book.acts[act.name]
    for open_one in rows.rows(models.Proposal, matter_id=row.ident, status="open"):
        if row.over or row.stage not in book.book.acts[open_one.act].stages:
            pen.note(
                matter, "proposal_fell", {"body.proposal": {"ident": open_one.ident, "why": "the matter moved on"}}
            )
    if rule is not None and rule.to is not None and not row.over:
        for role in _decided_before(row, book.id):
            stage_acts = (one for one in book.book.acts.values() if row.stage in one.stages and one.merits)
            if any(role in one.by for one in stage_acts) and role not in rule.by:
                seating.vacate_before_a_second_hearing(pen, matter, role)
    writing.letters(pen, row, act, before)
    seating.fill(pen, matter)
    if row.names:
        _in_what_it_names(pen, row, act)
    if row.told and _just_told(pen, row) and not any(fact.at_start for fact in book.book.facts.values()):
        for person in row.parts.filter(role="respondent").exclude(person="").values_list("person", flat=True):
            doubting.reconsider(pen, person, because="became a respondent", always=True, case=row.ident)
            standing_aside.begin_aside(pen, person, case=row.ident)
    if row.over:
        standing_aside.end_with_case(pen, row.ident)


def _in_what_it_names(pen: Pen, row: models.Matter, act: Act) -> None:
    """What an act of a challenge, or of a request to reopen, does in the matter that it is about."""
    from evenhand.procedure import challenging, reopening  # both open matters, which has consequences

    match kind_of(books.rules_of(row.rulebook), row.book):
        case "challenge":
            challenging.ruled(pen, row, act.name)
        case "appeal" | "reopening":
            reopening.reopened(pen, row, act.name)


def _decided_before(row: models.Matter, book: str) -> set[str]:
    """The roles that have decided on the merits in this matter."""
    merits = [f"{book}.{one.id}" for one in books.running(row.rulebook, row.book).book.acts.values() if one.merits]
    return set(rows.column(models.Entry, "role", matter=row.ident, type="act", rule__in=merits))


def _just_told(pen: Pen, row: models.Matter) -> bool:
    """Whether the matter was admitted in this very transaction."""
    written = {entry.id for entry in pen.written}
    admitted = rows.column(models.Fact, "entry", kind="open", a=f"matter:{row.ident}", b="admitted")
    return bool(written.intersection(admitted)) and pen.once(f"reconsider {row.ident}")
