# SPDX-License-Identifier: Apache-2.0
"""A review as it stands: each listed decision, what was proposed about it, who agreed, and what is open to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from evenhand.casework.refusal import Refused
from evenhand.casework.routes import Route, routes_from
from evenhand.conflicts.affected import DISPOSITIONS, Affected, Undisposed, not_open
from evenhand.conflicts.grounds import bar_against
from evenhand.procedure.doubting import last_resort, oversight
from evenhand.procedure.pen import Pen
from evenhand.rulebook.model import Role, Rulebook
from evenhand.store import books, models
from evenhand.store.opened import Erased, entries_of, said
from evenhand.store.organisation import Organisation
from evenhand.store.querying import query

IN_WORDS = frozenset(("grounds", "reasons", "statement", "notice"))
"""What an act that reopens may carry: words of those who reopen, and the notice, which is filled in."""


TELL = "tell"
"""In the place of a disposition: that the parties are told now, and what becomes of the decision is said later."""


@dataclass
class Proposal:
    """The last thing proposed about a decision, and the last word of each member on it: True where they agree."""

    ident: str
    disposition: str
    by: str
    reasons: str
    told: str
    tell: bool
    queued: bool
    words: dict[str, bool] = field(default_factory=dict)

    @property
    def agreed(self) -> list[str]:
        """The pseudonyms of those who agree, whoever proposed it first."""
        return [one for one, agrees in self.words.items() if agrees]


@dataclass
class Row:
    """One listed decision with everything that was entered about it in its review."""

    listed: models.Affected
    review: models.Matter
    says: Mapping[str, Any]
    entry: models.Entry
    proposal: Proposal | None = None
    recorded: Mapping[str, Any] | None = None
    asked: str = ""

    @property
    def about(self) -> Mapping[str, Any]:
        """What the entry that listed it says in numbers and flags."""
        found: Mapping[str, Any] = self.says.get("body.listed", {})
        return found

    @cached_property
    def matter(self) -> models.Matter:
        """The matter in which it was decided."""
        return models.Matter.objects.get(ident=self.entry.matter)

    @property
    def open(self) -> bool:
        """Whether nothing was recorded of it yet."""
        return not self.listed.disposition

    @cached_property
    def took_part(self) -> frozenset[str]:
        """Everybody who was on that decision: who voted on it or did it."""
        decided = models.Fact.objects.filter(kind="decided", entry=self.entry.id).values_list("a", flat=True)
        did = models.Part.objects.filter(pseudonym=self.entry.by).values_list("person", flat=True)
        return frozenset((*decided, *did))

    @cached_property
    def body(self) -> Role | None:
        """The body that reviews it: the overseers, or the body of last resort to which it was handed over."""
        rules = books.rules_of(self.review.rulebook)
        return last_resort(rules) if self.review.names else oversight(rules)

    @cached_property
    def route(self) -> Route | None:
        """How the rulebook in force at the decision lets the body reopen it (G05)."""
        body = self.body
        return route(books.in_force(self.entry.at), self.matter.book, body.id) if body is not None else None

    @property
    def referable(self) -> bool:
        """Whether there is another body to hand it over to."""
        return not self.review.names and last_resort(books.rules_of(self.review.rulebook)) is not None

    def not_open(self, disposition: str) -> Undisposed | None:
        """Why a disposition is not open to this decision."""
        lost = bool(self.about.get("quorum_lost"))
        return not_open(disposition, quorum_lost=lost, reopening=self.route is not None, referable=self.referable)

    def choices(self) -> list[tuple[str, Undisposed | None]]:
        """Each disposition, and why it is not open where it is not."""
        return [(one, self.not_open(one)) for one in DISPOSITIONS]

    def as_affected(self) -> Affected:
        """The decision as the rules of dispositions want it."""
        about = self.about
        return Affected(
            decision=self.entry.leaf, at=self.entry.at.isoformat(), kind=about["class"], sentence="", was=about["was"],
            without=about["without"], pivotal=about["pivotal"], could_have_been=about["could_have_been"],
            quorum_lost=about["quorum_lost"], casting_vote=about["casting_vote"],
        )  # fmt: skip


def route(rules: Rulebook, book: str, role: str) -> Route | None:
    """How a role reopens a matter of a book with nothing but words, or None where a rulebook has no such way (G05)."""
    if book not in rules.books:
        return None
    ways = (one for one in routes_from(rules, book) if one.kind == "reopening" and role in one.by)
    return next((one for one in ways if set(rules.books[one.book].acts[one.act].carries) <= IN_WORDS), None)


def rows_of(organisation: Organisation, review: models.Matter) -> list[Row]:
    """Every decision of a review in its order, as it stands."""
    entries = list(entries_of(review.ident))
    told = {entry.id: _said(organisation, entry) for entry in entries}
    rows: dict[str, Row] = {}
    listed = list(review.affected.order_by("rank", "ident"))
    decisions = models.Entry.objects.in_bulk({one.decision for one in listed})
    for one in listed:
        rows[one.ident] = Row(one, review, told.get(one.entry, {}), decisions[one.decision])
    for entry in entries:
        _read(rows, entry, told[entry.id])
    return list(rows.values())


def row_of(organisation: Organisation, review: models.Matter, ident: str) -> Row | None:
    """One of them by its identifier, or None."""
    return next((row for row in rows_of(organisation, review) if row.listed.ident == ident), None)


def _said(organisation: Organisation, entry: models.Entry) -> Mapping[str, Any]:
    try:
        return said(entry, organisation.keyring)
    except Erased:
        return {}


def _read(rows: Mapping[str, Row], entry: models.Entry, fields: Mapping[str, Any]) -> None:
    name = entry.rule.partition(".")[2]
    if name == "disposition_proposed" and "body.proposed" in fields:
        about = fields["body.proposed"]
        rows[about["ident"]].proposal = Proposal(
            ident=about["proposal"], disposition=about["disposition"], by=entry.by, reasons=fields.get("text.reasons", ""),
            told=fields.get("text.told", ""), tell=about["tell"], queued=about["queued"], words={entry.by: True},
        )  # fmt: skip
    elif name == "disposition_answered" and "body.answered" in fields:
        about = fields["body.answered"]
        proposal = rows[about["ident"]].proposal
        if proposal is not None and proposal.ident == about["proposal"]:
            proposal.words[entry.by] = about["agrees"]
            if proposal.disposition == TELL and len(proposal.agreed) >= 2:
                rows[about["ident"]].proposal = None  # it is done, and what becomes of the decision is open
    elif name == "disposition_recorded" and "body.disposition" in fields:
        rows[fields["body.disposition"]["ident"]].recorded = {**fields, "at": entry.at, "n": entry.n}
    elif name == "decision_due" and "body.due" in fields:
        rows[fields["body.due"]["ident"]].asked = fields["body.due"]["because"]


def source_of(organisation: Organisation, review: models.Matter) -> Mapping[str, Any]:
    """Where a review comes from: the person, the case or the fact, and since when it looks back."""
    first = entries_of(review.ident).first()
    fields = _said(organisation, first) if first is not None else {}
    return {**fields.get("body.review", {}), **fields.get("person.review", {})}


def withdrawn(source: Mapping[str, Any]) -> bool:
    """Whether the fact behind a review was withdrawn later: what was disposed remains, and the page says so."""
    found = models.Fact.objects.filter(ident=source.get("fact", "")).exclude(withdrawn=None)
    named = models.Fact.objects.filter(
        kind="respondent", a=source.get("person", ""), b=f"matter:{source.get('case', '')}"
    )
    return found.exists() or named.exclude(withdrawn=None).exists()


def check_member(pen: Pen, row: Row, part: models.Part) -> None:
    """`Refused` where a member cannot be one of the two for this decision (D11): they were on it, are in conflict in it or
    in the case against the person, or owe an appointment to somebody who was on it."""
    person = part.person
    if person in row.took_part:
        raise Refused("conflicts/affected/by", "You had a part in that decision. Two others must see to it.")
    owed = models.Fact.objects.filter(kind="appointed_by", a=person, status="confirmed", withdrawn=None)
    if owed.filter(b__in=[*row.took_part, row.listed.person, f"matter:{row.matter.ident}"]).exists():
        raise Refused(
            "conflicts/affected/by",
            "You owe an appointment to somebody who was on that decision. Two others must see to it.",
        )
    concerned = source_of(pen.organisation, row.review)
    for matter in dict.fromkeys(one for one in (row.matter.ident, concerned.get("case", "")) if one):
        barred = bar_against(
            query, pen.rules, person=person, matter=matter, act="review", role=part.role, at=pen.at, known=pen.at
        )
        if barred is not None:
            raise Refused(
                f"conflicts/{barred.ground}",
                "A conflict of interest bars you from this decision. Two others must see to it.",
            )
