# SPDX-License-Identifier: Apache-2.0
"""What is alleged, what was decided, what is in force for the time being, and which limits run or were missed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from evenhand.casework.acts import MISSED
from evenhand.casework.carried import counts_from
from evenhand.casework.clocks import running
from evenhand.casework.exits import appeals_of, clears_kind, sets_kind
from evenhand.casework.file_parts import Allegation, Clock, Danger, Decision, Done, Measure, Missed, Outcome
from evenhand.casework.file_steps import Step
from evenhand.casework.matter import Matter
from evenhand.casework.running_book import RunningBook


def allegations(book: RunningBook, steps: Sequence[Step], decided: Sequence[Decision]) -> tuple[Allegation, ...]:
    """One for each clause of the last framing, with what the decision that stands has found (A07)."""
    found = dict[str, Allegation]()
    for step in steps:
        if step.rule is None or not step.carries("clauses"):
            continue
        clauses = texts(step.done.carries.get("clauses"))
        if sets_kind(book, step.rule, "charge"):
            found = {id_: replace(one, charged=None) for id_, one in found.items()}
            for clause in clauses:
                found[clause] = replace(found.get(clause) or _framed(book, clause, step.done), charged=step.done)
        elif clauses:
            found = {clause: found.get(clause) or _framed(book, clause, step.done) for clause in clauses}
    standing = last_finding(decided)
    numbered = (replace(one, number=number) for number, one in enumerate(found.values(), 1))
    if standing is None:
        return tuple(numbered)
    return tuple(
        replace(one, finding=standing.findings[one.clause], found=standing.done)
        if one.clause in standing.findings
        else one
        for one in numbered
    )


def last_finding(decided: Sequence[Decision]) -> Decision | None:
    """The decision whose findings stand, or None."""
    return next((one for one in reversed(decided) if one.stands and one.findings), None)


def _framed(book: RunningBook, clause: str, done: Done) -> Allegation:
    rule = book.rulebook.code.get(clause)
    return Allegation(number=0, clause=clause, text=rule.text if rule else "", framed=done)


def decisions(book: RunningBook, steps: Sequence[Step]) -> tuple[Decision, ...]:
    """Every decision on the merits; it stands until one takes its place, takes it back or decides anew."""
    found = list[Decision]()
    for step in steps:
        if step.rule is None:
            continue
        rule, carries = step.rule, step.done.carries
        findings = words(carries.get("finding"))
        back = clears_kind(book, rule, "sanction") or (rule.merits and bool(findings))
        for at, one in enumerate(found):
            again = step.moves and step.after.stage in book.book.acts[one.done.act].stages
            if one.stands and (back or again):
                found[at] = replace(one, set_aside=step.done)
        if rule.merits:
            tariff, vote = carries.get("tariff"), carries.get("vote")
            found.append(
                Decision(
                    done=step.done,
                    findings=findings,
                    tariff=tariff if isinstance(tariff, dict) else None,
                    vote={who: n for who, n in vote.items() if isinstance(n, int)} if isinstance(vote, dict) else {},
                    evidence=texts(carries.get("evidence")),
                    outcome=rule.outcome or "",
                    sanctions=sets_kind(book, rule, "sanction"),
                )
            )
    return tuple(found)


def measures(book: RunningBook, steps: Sequence[Step]) -> tuple[Measure, ...]:
    """Every interim measure, from the act that imposed it until nothing of it stands (C01 to C03)."""
    kinds = {fact.id for fact in book.book.facts.values() if fact.kind == "measure"}
    challenges, found = appeals_of(book, measures=True), list[Measure]()
    for step in steps:
        now = found[-1] if found and found[-1].standing else None
        if step.rule is not None and kinds & set(step.rule.sets):
            until = _until(book, step)
            if now is None:
                now = Measure(imposed=step.done, until=until)
                found.append(now)
            else:
                now = replace(now, renewed=(*now.renewed, step.done), until=until)
        if now is None:
            continue
        if step.done.act in challenges:
            now = replace(now, contested=step.done)
        elif now.contested is not None and not _still_asked(book, now.contested, step.after):
            now = replace(now, contested=None)
        if not kinds & step.after.facts:
            now = replace(now, ended=step.done, contested=None)
        found[-1] = now
    return tuple(found)


def _still_asked(book: RunningBook, asked: Done, after: Matter) -> bool:
    return set(book.book.acts[asked.act].sets) <= after.facts


def _until(book: RunningBook, step: Step) -> date | None:
    """The last day of what this act imposes: that of the limit it starts, which an expiry has shortened already."""
    days = [step.after.running[id_] for id_ in ending_limits(book, step.done.act) if id_ in step.after.running]
    return min(days) if days else None


def ending_limits(book: RunningBook, act: str | None = None) -> tuple[str, ...]:
    """The limits at which an interim measure ends by itself, of this act or of every act that imposes one."""
    return tuple(
        limit.id
        for limit in book.book.limits.values()
        if limit.then is not None
        and (act is None or act in limit.start)
        and any(name in book.book.acts and sets_kind(book, book.book.acts[name], "measure") for name in limit.start)
    )


def missed(book: RunningBook, steps: Sequence[Step]) -> tuple[Missed, ...]:
    """Every missed limit (H03), with the act that did too late what was due."""
    found = list[Missed]()
    for step in steps:
        for at, one in enumerate(found):
            if one.kept_late is None and step.done.act in book.book.limits[one.limit].stop:
                found[at] = replace(one, kept_late=step.done)
        if step.done.act.startswith(MISSED):
            limit = book.book.limits[step.done.act.removeprefix(MISSED)]
            expired = limit.id in ending_limits(book)
            found.append(Missed(limit=limit.id, says=limit.says, at=step.done.at, done=step.done, expired=expired))
    return tuple(found)


def clocks(book: RunningBook, steps: Sequence[Step], matter: Matter) -> tuple[Clock, ...]:
    """Every clock that runs, soonest first, each with the act that started it; the end of a measure only while it stands."""
    started = dict[str, Step]()
    for step in steps:
        if step.moves:
            started[book.path("stages", step.after.stage, "clock")] = step
        for limit in book.book.limits.values():
            if step.done.act in limit.start and limit.id in step.after.running:
                started[book.path("limits", limit.id)] = step
    limits = {book.path("limits", id_): id_ for id_ in book.book.limits}
    # The kernel lets the limit of a measure run on where the clock ended the measure sooner; nothing hangs on it then.
    in_force = any(book.book.facts[fact].kind == "measure" for fact in matter.facts)
    idle = frozenset[str]() if in_force else frozenset(ending_limits(book))
    return tuple(
        Clock(
            rule=one.rule,
            limit=limits.get(one.rule),
            started=started[one.rule].done,
            counts_from=counts_from(book, started[one.rule].act),
            last_day=one.last_day,
            ends=one.ends,
            act=one.act,
        )
        for one in running(book, matter)
        if limits.get(one.rule) not in idle
    )


def dangers(steps: Sequence[Step]) -> tuple[Danger, ...]:
    """Every answer to the two questions of urgency (M14); an answer that cannot be read here counts as yes."""
    found = list[Danger]()
    for step in steps:
        if step.carries("danger"):
            said = step.done.carries.get("danger")
            answers = said if isinstance(said, dict) else {}
            danger, unsafe = answers.get("danger", True), answers.get("unsafe_to_tell", True)
            found.append(Danger(done=step.done, danger=bool(danger), unsafe_to_tell=bool(unsafe)))
    return tuple(found)


def outcomes(steps: Sequence[Step]) -> tuple[Outcome, ...]:
    """What was decided on the way, in the words of the rulebook."""
    return tuple(
        Outcome(done=step.done, says=step.rule.outcome) for step in steps if step.rule is not None and step.rule.outcome
    )


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list, or none."""
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, list) else ()


def words(value: Any) -> Mapping[str, str]:
    """The texts of a mapping, or none."""
    return {key: text for key, text in value.items() if isinstance(text, str)} if isinstance(value, dict) else {}


def day_of(value: Any) -> date | None:
    """The day that a text such as 2026-04-01 names, or None."""
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
