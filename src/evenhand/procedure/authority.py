# SPDX-License-Identifier: Apache-2.0
"""Who may: the part that a person has in a matter, the offices they hold, and what the conflict rules say of it.

No rank gives access (L07): only a part in the matter does, as a party or in a seat that was called and declared for.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from evenhand.casework.refusal import Refused
from evenhand.casework.routes import challenged_role, kind_of
from evenhand.conflicts.grounds import Conflict, conflicts_of
from evenhand.procedure.asking import NotYours
from evenhand.procedure.pen import Pen
from evenhand.rulebook.model import Role, Rulebook
from evenhand.store import books, models, rows
from evenhand.store.querying import query

OFFICE = "office:"
ASIDE = "You stand aside from this office for the time being. Leave a change of the rules to the others."
MEANWHILE = "A challenge of you is open. Until it is ruled on, you do not act in this matter."


def part_of(row: models.Matter, person: str, at: datetime) -> models.Part | None:
    """The part by which a person may look and act: a party (a respondent once they were told), or a seat they sit in.

    A seat is none whose holder's term of office is over at this instant (D17); the worker passes such seats on.
    """
    if not person:
        return None
    asked: dict[str, Any] = {"matter_id": row.ident, "person": person, "status__in": ("party", "sits")}
    part = rows.row(models.Part, order=("-since",), **asked)
    if part is None or (part.role == "respondent" and not row.told):
        return None
    return None if part.kind == "seat" and _term_over(row, part, at) else part


def _term_over(row: models.Matter, seat: models.Part, at: datetime) -> bool:
    held = held_by(at, seat.person).get(seat.person, set())
    return out_of_office(row, seat.role, held, at)


def held_by(at: datetime, person: str = "") -> dict[str, set[str]]:
    """The offices that everybody, or one person, holds at an instant."""
    day = at.astimezone(UTC).date().isoformat()
    asked: dict[str, Any] = {"kind": "holds", "since_hi__lte": day, "status": "confirmed", "withdrawn": None}
    asked |= {"b__startswith": OFFICE} | ({"a": person} if person else {})
    found: dict[str, set[str]] = {}
    columns = ("a", "b", "until_lo")
    for who, office, until in rows.values(models.Fact, columns, **asked):
        if until is None or until > day:
            found.setdefault(who, set()).add(office.removeprefix(OFFICE))
    return found


def out_of_office(row: models.Matter, role: str, held: set[str], at: datetime) -> bool:
    """Whether who sits in a role holds no office any more from which its seats are filled (D08, D17).

    The rules of the matter and those in force are both asked; a role that neither knows is no office.
    """
    known = [books.rules_of(row.rulebook)] if row.rulebook else []
    offices = {office for rules in (*known, books.in_force(at)) for office in offices_of(rules, role)}
    return bool(offices) and not offices & held


def offices_of(rules: Rulebook, role: str) -> set[str]:
    """The offices from which the seats of a role are filled: its pool, its substitutes, the body of last resort."""
    if role not in rules.roles or rules.roles[role].kind != "person":
        return set()
    names = (role, rules.roles[role].substitutes or "", rules.conflicts.whole_body or "")
    return {office for name in names if name in rules.roles for office in (rules.roles[name].groups or (name,))}


def locked(ident: str) -> models.Matter:
    """The row of a matter, which nobody else changes until this transaction ends. `NotYours` if there is none."""
    found = rows.row(models.Matter, ident=ident, lock=True)
    if found is None:
        raise NotYours
    return found


def called_part(row: models.Matter, person: str, at: datetime) -> models.Part | None:
    """The seat to which a person is called and for which they have not declared, or wait for a ruling; none after their term."""
    if not person:
        return None
    if row.over:
        return None
    asked: dict[str, Any] = {"matter_id": row.ident, "person": person, "status__in": ("called", "declared")}
    part = rows.row(models.Part, order=("-pseudonym",), **asked)
    return None if part is None or _term_over(row, part, at) else part


def holders(office: str, at: datetime) -> list[str]:
    """Who holds an office at an instant: terms with their start and end, so that acts after expiry are refused (D17)."""
    day = at.date().isoformat()
    asked: dict[str, Any] = {
        "kind": "holds",
        "b": f"{OFFICE}{office}",
        "since_hi__lte": day,
        "status": "confirmed",
        "withdrawn": None,
    }
    held = rows.values(models.Fact, ("a", "until_lo"), **asked)
    return sorted({person for person, until in held if until is None or until > day})


def holds(person: str, office: str, at: datetime) -> bool:
    """Whether a person holds an office at an instant."""
    return person in holders(office, at)


def pool_of(pen: Pen, role: str) -> list[str]:
    """Who is eligible for a seat of a role by office, before anybody is conflicted."""
    groups: Iterable[str] = pen.rules.roles[role].groups or (role,)
    eligible = {person for group in groups for person in holders(group, pen.at)}
    return sorted(eligible - standing_aside_from({role, *groups}, pen.at))


def standing_aside_from(offices: Iterable[str], at: datetime) -> set[str]:
    """Who stands aside from one of these offices at an instant (M01)."""
    day = at.date().isoformat()
    asked: dict[str, Any] = {
        "kind": "aside",
        "b__in": [f"{OFFICE}{one}" for one in offices],
        "since_hi__lte": day,
        "withdrawn": None,
    }
    aside = rows.values(models.Fact, ("a", "until_lo"), **asked)
    return {person for person, until in aside if until is None or until > day}


def challenges_of(row: models.Matter, person: str) -> list[models.Matter]:
    """The open challenges of a person who has a seat in a matter (D06)."""
    found = []
    for naming in rows.rows(models.Matter, names=row.ident):
        if naming.over or not naming.book:
            continue
        rules = books.rules_of(naming.rulebook)
        if kind_of(rules, naming.book) == "challenge":
            about = {
                "matter_id": naming.ident,
                "person": person,
                "kind": "party",
                "role": challenged_role(rules, naming.book),
            }
            found += [naming] if rows.any_row(models.Part, **about) else []
    return found


NOT_RULED = (
    "Something between you and this case has to be ruled on first. Until then you have no act and no vote in it; others in "
    "it have been told that a ruling is due."
)
NO_VOTE = "It was ruled that you may do everything in this case but vote and decide; leave this to the others."


def refuse_conflict(
    pen: Pen,
    row: models.Matter,
    part: models.Part,
    act: str,
    *,
    voting: bool = False,
    found: Sequence[Conflict] | None = None,
) -> None:
    """`Refused` if a ground of conflict bars the person from this act now, or while a challenge of them is open (D06).

    Parties keep a party's rights. Also where a ground that has to be declared is not ruled on yet, and where the ruling
    leaves everything but voting and deciding (D03). `voting` says that the act is a vote, whatever is voted on;
    `found` are the person's conflicts for it, where they were asked for already.
    """
    if part.kind == "party":
        return
    changes_rules = bool(row.book and books.running(row.rulebook, row.book).book.rules)
    if changes_rules and part.person in standing_aside_from({part.role}, pen.at):
        raise Refused("conflicts/aside", ASIDE)
    if challenges_of(row, part.person):
        raise Refused("conflicts/challenge/meanwhile", MEANWHILE)
    if found is None:
        found = against(pen, row, part.person, act, part.role)
    for conflict in found:
        if conflict.bars:
            raise Refused(f"conflicts/{conflict.ground}", conflict.sentence)
    for conflict in found:
        if conflict.silences:
            raise Refused(f"conflicts/{conflict.ground}", NOT_RULED)
    if (voting or _decides(row, act)) and may_of(pen, row, part.person) in ("no_vote", "nothing"):
        raise Refused("conflicts/ruling", NO_VOTE)


def _decides(row: models.Matter, act: str) -> bool:
    """Whether an act of the book decides something: on the merits, against somebody, or how it ends."""
    rule = books.running(row.rulebook, row.book).book.acts.get(act) if row.book else None
    return rule is not None and bool(rule.merits or rule.adverse or rule.outcome or rule.measure)


def may_of(pen: Pen, row: models.Matter, person: str) -> str:
    """What the last ruling in this matter says that somebody may do; empty where there is none."""
    ruled = {"kind": "ruled", "a": person, "b": f"matter:{row.ident}", "withdrawn": None}
    return next(iter(rows.column(models.Fact, "source", order=("-known", "-entry"), most=1, **ruled)), "")


def with_a_vote(pen: Pen, row: models.Matter, seats: Sequence[models.Part], act: str) -> list[models.Part]:
    """Whose vote counts now of those who sit in one role: nothing bars them, waits for a ruling, or was ruled to take it."""
    if not seats:
        return []
    people = list(dict.fromkeys(seat.person for seat in seats))
    asked: dict[str, Any] = {"persons": people, "matter": row.ident, "act": act, "role": seats[0].role}
    found = conflicts_of(query, pen.rules, **asked, at=pen.at, known=pen.at)
    return [
        seat for seat in seats if _has_vote(pen, row, seat, act, [one for one in found if one.person == seat.person])
    ]


def has_vote(pen: Pen, row: models.Matter, seat: models.Part, act: str) -> bool:
    """Whether the vote of one who sits counts now."""
    return bool(with_a_vote(pen, row, [seat], act))


def _has_vote(pen: Pen, row: models.Matter, seat: models.Part, act: str, found: Sequence[Conflict]) -> bool:
    try:
        refuse_conflict(pen, row, seat, act, voting=True, found=found)
    except Refused:
        return False
    return True


def against(pen: Pen, row: models.Matter, person: str, act: str, role: str) -> tuple[Conflict, ...]:
    """Every conflict of a person for an act in a matter, as it is known now."""
    return conflicts_of(
        query, pen.rules, persons=[person], matter=row.ident, act=act, role=role, at=pen.at, known=pen.at
    )


def waiting_on(pen: Pen, row: models.Matter, seat: models.Part) -> tuple[Conflict, ...]:
    """What has to be ruled on before this seat acts: mild grounds and allegations, none of them about a matter elsewhere."""
    return tuple(one for one in against(pen, row, seat.person, "decide", seat.role) if one.waits)


def judge_of(rules: Rulebook) -> Role | None:
    """The role that rules on challenges, waivers and allegations; None where the rulebook has none."""
    return rules.roles.get(rules.conflicts.challenge_decided_by or "")


class Bench(NamedTuple):
    """Who may rule on a seat, of how many a majority is counted, and whether it is the judge of challenges."""

    members: list[models.Part]
    of: int
    judge: bool


def bench_for(pen: Pen, row: models.Matter, seat: models.Part) -> Bench:
    """Who rules on a seat: its unconflicted colleagues, or else the judge of challenges alone (D03).

    A colleague who is called and has not declared yet counts into the number and cannot rule: a ruling waits for them.
    """
    seats = rows.rows(models.Part, matter_id=row.ident, kind="seat", order=("rank", "pseudonym"))
    others = [one for one in seats if one.person != seat.person]
    mates = [one for one in others if one.role == seat.role]
    clear = with_a_vote(pen, row, [one for one in mates if one.status == "sits"], "decide")
    called = sum(one.status == "called" for one in mates)
    if clear or called:
        return Bench(clear, len(clear) + called, False)
    judge = judge_of(pen.rules)
    if judge is None or judge.id == seat.role:
        return Bench([], 0, False)
    sitting = [one for one in others if one.role == judge.id and one.status == "sits"]
    return Bench(with_a_vote(pen, row, sitting, "decide"), 1, True)
