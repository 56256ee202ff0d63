# SPDX-License-Identifier: Apache-2.0
"""Compares what the files of a register say with what is known, and enters only what changed (M16, M23).

A person is found by their number. A column that a file does not have changes nothing; an empty one takes away what was
known. Who is not in the file of members stays as they are. Facts about people who may not act in anything, and are no
party, are left out: what is not kept cannot leak.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from evenhand.conflicts.facts import bounds
from evenhand.procedure import doubting, terms
from evenhand.procedure.authority import OFFICE
from evenhand.procedure.naming import record_of
from evenhand.procedure.pen import Pen
from evenhand.procedure.registering import (
    MEMBER,
    Newcomer,
    change_person,
    fact,
    record_facts,
    record_newcomer,
    withdraw_fact,
)
from evenhand.procedure.registering import end_fact as end
from evenhand.store import models
from evenhand.store.trouble import Trouble
from evenhand.store.write.register import sealed

Row = Mapping[str, str]
Read = Callable[[Row], tuple[str, str, str, str]]
"""Of a row: the kind of fact, both its ends, and what it is in words."""
KEPT = ("name", "address", "since", "until", "language")
FROM = {"offices": "register of offices", "ties": "register"}
"""How a fact says that it came from a file; only such a fact is withdrawn because its file names it no more."""
MUTUAL = ("family", "business")
ALWAYS = ("slate",)
"""Who stands on a slate seeks an office, so the tie is kept whoever it is (M23)."""


class Contradicted(Trouble):
    """A file says what the register cannot take; says in which line, and what to do."""


@dataclass
class Counts:
    """What was entered, and in `told` each of it in words; nothing of it is counted twice.

    `left` says which ties were left out because nobody at either end may act (M23); `reviews` and `seats` what follows.
    """

    people: int = 0
    changed: int = 0
    terms: int = 0
    ties: int = 0
    ended: int = 0
    withdrawn: int = 0
    reviews: int = 0
    seats: int = 0
    before: int = 0
    told: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        """Whether the register changed at all."""
        return bool(self.told)


@dataclass
class _Work:
    pen: Pen
    counts: Counts
    handles: dict[str, str]
    facts: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    others: dict[str, None] = field(default_factory=dict)
    over: dict[str, None] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


def enter_changes(
    pen: Pen,
    members: Sequence[Row],
    offices: Sequence[Row],
    ties: Sequence[Row],
    kinds: Mapping[str, str],
    *,
    withdraw: bool = False,
    consequences: bool = False,
) -> Counts:
    """Enters what changed. `kinds` maps a kind of tie to what stands before its other end, or to nothing for a number.

    `Contradicted` where a file would make an end undone. With `consequences`, seats whose term is over pass on and
    decisions that a new fact puts in doubt are listed (D10, D17); an organisation that is founded has none.
    """
    work = _Work(pen, Counts(), _handles(pen))
    for row in members:
        _person(work, row)
    _facts(work, "offices", offices, _term(work), withdraw)
    able = _who_may_act(work, offices)
    _facts(work, "ties", [row for row in ties if _kept(work, row, able, kinds)], _tie(work, kinds), withdraw, kinds)
    for person, those in work.facts.items():
        record_facts(pen, person, those)
    if consequences:
        _follow(work)
    return work.counts


def _handles(pen: Pen) -> dict[str, str]:
    """Handles by where a number is found; numbers themselves stand in no column."""
    return dict(models.Person.objects.exclude(number="").values_list("number", "handle"))


def _handle(work: _Work, number: str) -> str:
    return work.handles[work.pen.organisation.keyring.index(number)]


def _person(work: _Work, row: Row) -> None:
    keyring = work.pen.organisation.keyring
    known = work.handles.get(keyring.index(row["number"]))
    given = {name: row[name] for name in KEPT if name in row}
    if known is None:
        handle = record_newcomer(work.pen, Newcomer(kind=MEMBER, number=row["number"], **given))
        work.handles[keyring.index(row["number"])] = handle
        work.counts.people += 1
        work.counts.told.append(f"{row['number']} is new.")
        return
    before = record_of(work.pen.organisation, known)
    if not before:
        work.counts.left.append(f"line {row['line']}: what was known of {row['number']} was erased, and stays so")
        return
    different = [name for name, value in given.items() if value != before.get(name, "")]
    if not different:
        return
    change_person(work.pen, known, {**before, **given})
    work.counts.changed += 1
    words = ", ".join("end of membership" if name == "until" else name for name in different)
    work.counts.told.append(f"{row['number']}: changed {words}.")


def _term(work: _Work) -> Read:
    return lambda row: ("holds", _handle(work, row["number"]), f"{OFFICE}{row['office']}", row["office"])


def _tie(work: _Work, kinds: Mapping[str, str]) -> Read:
    def tie(row: Row) -> tuple[str, str, str, str]:
        before = kinds[row["kind"]]
        other = f"{before}{row['with']}" if before else _handle(work, row["with"])
        return row["kind"], _handle(work, row["number"]), other, f"{row['kind']} with {row['with']}"

    return tie


def _facts(
    work: _Work, which: str, rows: Sequence[Row], read: Read, withdraw: bool, kinds: Mapping[str, str] | None = None
) -> None:
    known = _known(tuple(kinds) if kinds else ("holds",))
    for row in rows:
        kind, person, other, words = read(row)
        since = bounds(row["since"])
        stands = sealed({"kind": kind, "b": other, "source": FROM[which]}, work.pen.organisation.keyring)
        one = known.get((kind, person, stands["b"], *since))
        if one is None and kind in MUTUAL:
            one = known.get((kind, other, person, *since))
        says = f"{row['number']}: {words} since {row['since']}"
        if one is not None:
            work.seen.add(one.ident)
        if row.get("withdrawn") == "yes":
            if one is not None:
                _withdraw(work, one, f"{says} is withdrawn.")
        elif one is None:
            said = {
                "kind": kind,
                "b": other,
                "since": row["since"],
                "until": row.get("until", ""),
                "source": FROM[which],
            }
            work.facts.setdefault(person, []).append(fact(work.pen, a=person, **said))
            work.others[other if kind != "holds" else person] = None
            setattr(work.counts, "terms" if which == "offices" else "ties", _count(work, which) + 1)
            until = f" until {row['until']}" if row.get("until") else ""
            work.counts.told.append(f"{says}{until} is new.")
        elif "until" in row:
            _ended(work, one, row, says)
    if withdraw and rows:
        source = sealed({"kind": "", "b": "", "source": FROM[which]}, work.pen.organisation.keyring)["source"]
        for one in known.values():
            if one.source == source and one.ident not in work.seen:
                whose = record_of(work.pen.organisation, one.a).get("number") or "somebody without a number"
                what = one.b.removeprefix(OFFICE) if one.kind == "holds" else one.kind
                says = f"{whose}: {what} since {one.since_lo} stands in the file no more and is withdrawn."
                _withdraw(work, one, says)


def _count(work: _Work, which: str) -> int:
    return work.counts.terms if which == "offices" else work.counts.ties


def _known(kinds: tuple[str, ...]) -> dict[tuple[str, ...], models.Fact]:
    rows = models.Fact.objects.filter(kind__in=kinds, withdrawn=None, status="confirmed").order_by("entry", "ident")
    if kinds == ("holds",):
        rows = rows.filter(b__startswith=OFFICE)
    return {(one.kind, one.a, one.b, one.since_lo, one.since_hi): one for one in rows}


def _withdraw(work: _Work, one: models.Fact, says: str) -> None:
    withdraw_fact(work.pen, one.ident)
    work.counts.withdrawn += 1
    work.counts.told.append(says)
    if one.kind == "holds":
        work.over[one.a] = None


def _ended(work: _Work, one: models.Fact, row: Row, says: str) -> None:
    until = bounds(row["until"]) if row["until"] else (None, None)
    if until == (one.until_lo, one.until_hi):
        return
    if not row["until"]:
        raise Contradicted(
            f"Line {row['line']}, {says}: the register says that this ended on {one.until_lo}, and the file leaves it open. "
            "Write that day, or withdraw the line and add another that begins anew."
        )
    end(work.pen, one.ident, until=row["until"])
    work.counts.ended += 1
    work.counts.told.append(f"{says} ends on {row['until']}.")
    if one.kind == "holds":
        work.over[one.a] = None


def _who_may_act(work: _Work, offices: Sequence[Row]) -> set[str]:
    """Everybody who holds or held an office, or is a party of a matter (M23)."""
    able = {_handle(work, row["number"]) for row in offices}
    able |= set(
        models.Fact.objects.filter(kind="holds", b__startswith=OFFICE, withdrawn=None).values_list("a", flat=True)
    )
    return able | set(models.Part.objects.exclude(person="").values_list("person", flat=True))


def _kept(work: _Work, row: Row, able: set[str], kinds: Mapping[str, str]) -> bool:
    ends = [row["number"], *([row["with"]] if not kinds[row["kind"]] else [])]
    if row["kind"] in ALWAYS or row.get("withdrawn") == "yes" or any(_handle(work, one) in able for one in ends):
        return True
    work.counts.left.append(f"line {row['line']}: {row['number']} {row['kind']} {row['with']}")
    return False


def _follow(work: _Work) -> None:
    for person in dict.fromkeys((*work.facts, *work.others)):
        if models.Person.objects.filter(handle=person).exists():
            seats = len(doubting.suspend(work.pen, person))
            work.counts.seats += seats
            opened = doubting.reconsider(work.pen, person, because="a fact came to be known")
            work.counts.reviews += opened is not None
    for person in work.over:
        work.counts.seats += terms.vacate(work.pen, person)
