# SPDX-License-Identifier: Apache-2.0
"""How much somebody's part in an act weighed: the vote as it was and without them, the ground, and what rests on it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from evenhand.ballots.pivotal import Pivotal, pivotal
from evenhand.ballots.voting import Choice, Majority, Vote
from evenhand.conflicts.affected import Affected, Class
from evenhand.conflicts.grounds import bar_against
from evenhand.procedure.past_acts import PastAct
from evenhand.procedure.pen import Pen
from evenhand.rulebook.model import Role, Rulebook
from evenhand.store import books, models
from evenhand.store.opened import Erased, said
from evenhand.store.querying import query

NO_GROUND = "No ground of the rules of that day stood against it."


@dataclass(frozen=True)
class Weighed:
    """One act with its weight; `more` is what a reader of the list sees besides."""

    affected: Affected
    more: Mapping[str, Any] = field(default_factory=dict)

    def as_listed(self) -> dict[str, Any]:
        """As an entry says it."""
        row = self.affected
        return {
            "leaf": row.decision, "class": row.kind, "was": row.was, "without": row.without, "pivotal": row.pivotal,
            "could_have_been": row.could_have_been, "quorum_lost": row.quorum_lost, "casting_vote": row.casting_vote,
            "appeal_open": row.appeal_open, "graver": row.graver, "involvement": list(row.involvement), **self.more,
        }  # fmt: skip


def weigh(pen: Pen, person: str, act: PastAct) -> Weighed:
    """An act under the rules of its matter and at its own instant: as known then, and as known now."""
    entry = act.entry
    row = models.Matter.objects.get(ident=entry.matter)
    rules = books.rules_of(row.rulebook)
    fields = _said(pen, entry)
    named = {"read": "see"}.get(act.involvement[0], entry.rule.partition(".")[2])
    asked: dict[str, Any] = {"person": person, "matter": row.ident, "role": entry.role, "at": entry.at}
    then = bar_against(query, rules, act=named, known=entry.at, **asked)
    now = bar_against(query, rules, act=named, known=pen.at, **asked)
    kind: Class = "barred then" if then else "barred on today's knowledge" if now else "not barred"
    ground = then or now
    people = dict(models.Part.objects.filter(matter=row).values_list("pseudonym", "person"))
    cast = fields.get("body.votes", {}).get("cast") or [[entry.by, "for"]]
    named_votes = [(people.get(by, by), choice) for by, choice in cast]
    role = rules.roles[entry.role]
    weight = _weight(role, named_votes, person) if act.decision else None
    affected = Affected(
        decision=entry.leaf,
        at=entry.at.isoformat(),
        kind=kind,
        sentence=ground.sentence if ground else NO_GROUND,
        was=weight.was if weight else "",
        without=weight.without if weight else "",
        pivotal=weight is not None and weight.pivotal,
        could_have_been=weight is not None and weight.could_have_been_pivotal,
        quorum_lost=weight is not None and weight.quorum_lost,
        casting_vote=weight is not None and weight.conflicted_casting_vote,
        appeal_open=_appeal_open(row, entry),
        graver=_rank(rules, fields.get("body.tariff", {}).get("sanction", "")),
        involvement=act.involvement,
    )
    return Weighed(affected, {"rests": _rests(row, entry), **(_vote(role, named_votes, person) if weight else {})})


def _said(pen: Pen, entry: models.Entry) -> Mapping[str, Any]:
    try:
        return said(entry, pen.organisation.keyring)
    except Erased:
        return {}


def _weight(role: Role, cast: list[tuple[str, Choice]], person: str) -> Pivotal:
    rule = Majority(share=Fraction(role.majority, role.seats), base="entitled", at_least=True, quorum=role.majority)
    silent = frozenset((person,)) - {name for name, _ in cast}
    return pivotal(Vote(ballots=dict(cast), entitled=max(role.seats, len(cast)), rule=rule, silent=silent), [person])


def _vote(role: Role, cast: list[tuple[str, Choice]], person: str) -> dict[str, Any]:
    """The vote in numbers: how many for, against and abstaining, of how many seats, and how the person voted."""
    counted = Counter(choice for _, choice in cast)
    mine = dict(cast).get(person, "")
    sides = {side: counted[side] for side in ("for", "against", "abstain")}
    return {"vote": {**sides, "seats": role.seats, "mine": mine}}


def _appeal_open(row: models.Matter, entry: models.Entry) -> bool:
    """Whether the appeal that the rulebook gives against this act can be lodged where the matter stands now."""
    acts = books.running(row.rulebook, row.book).book.acts
    act = acts.get(entry.rule.partition(".")[2])
    appeal = acts.get(act.appeal or "") if act is not None else None
    return appeal is not None and not row.over and row.stage in appeal.stages


def _rests(row: models.Matter, entry: models.Entry) -> dict[str, int]:
    """One step further: how many appeals rest on it, and how many panels were drawn because of it."""
    acts = books.running(row.rulebook, row.book).book.acts
    act = acts.get(entry.rule.partition(".")[2])
    later = models.Entry.objects.filter(matter=row.ident, n__gt=entry.n)
    appeals = later.filter(type="act", rule=f"{row.book}.{act.appeal}").count() if act and act.appeal else 0
    following = later.filter(type="act").order_by("n").values_list("n", flat=True).first()
    drawn = later.filter(rule="procedure.draw_made")
    drawn = drawn.filter(n__lt=following) if following is not None else drawn
    return {
        "appeals": appeals + models.Matter.objects.filter(names=row.ident).exclude(book="").count(),
        "draws": drawn.count(),
    }


def _rank(rules: Rulebook, sanction: str) -> int:
    return rules.sanctions[sanction].rank if sanction in rules.sanctions else 0
