# SPDX-License-Identifier: Apache-2.0
"""Whether what a body did was decided by its votes (D08, F01).

It is asked while the tables are made anew, just before the act is read into them: they then say who sat for the body and
what each had voted last, and both follow from the entries.
"""

from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

import orjson

from evenhand.casework.fields import act_of
from evenhand.conflicts.grounds import bar_against
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.store.opened import said as said_by
from evenhand.store.organisation import Organisation
from evenhand.store.querying import query

Said = Mapping[str, Any]


def faults(organisation: Organisation, entry: models.Entry, said: Said) -> Iterator[str]:
    """What is wrong with the votes of an act that is about to be read into the tables, each as a sentence."""
    if entry.type != "act" or not entry.by or "body.opens" in said:
        return  # whoever opens a matter does so alone
    row = models.Matter.objects.get(ident=entry.matter)
    rules = books.rules_of(row.rulebook)
    role, votes = rules.roles.get(entry.role), said.get("body.votes")
    if votes is None:
        if role is not None and role.kind != "party" and role.seats > 1:
            yield f"{_name(entry)} is for a body of {role.seats} to decide, and names no votes."
        return
    about = models.Proposal.objects.filter(ident=votes["proposal"], matter=row).first()
    if about is None or role is None:
        yield f"{_name(entry)} names votes on a proposal that was never made."
        return
    yield from (f"{_name(entry)}: {one}" for one in _against(organisation, entry, said, rules, about))


def _name(entry: models.Entry) -> str:
    return f"Matter {entry.matter}, number {entry.n}: {entry.rule.partition('.')[2]} of {entry.role}"


def _against(
    organisation: Organisation, entry: models.Entry, said: Said, rules: Rulebook, about: models.Proposal
) -> Iterator[str]:
    act = act_of(said)
    if (about.act, about.role) != (act.name, entry.role):
        yield f"its votes are on {about.act} by {about.role}."
    if about.status != "open":
        yield f"its proposal was {about.status} already."
    cast = [(str(who), str(choice)) for who, choice in said["body.votes"]["cast"]]
    last = dict(about.votes.values_list("pseudonym", "choice"))
    sitting = dict(
        models.Part.objects.filter(matter=about.matter_id, role=entry.role, status="sits").values_list(
            "pseudonym", "person"
        )
    )
    if len(dict(cast)) != len(cast):
        yield "a member is named twice in its votes."
    for who, choice in cast:
        if who not in sitting:
            yield f"{who} is named in its votes, and did not sit."
        elif last.get(who) != choice:
            yield f"the vote of {who} is given as {choice!r}, and was {last.get(who, 'never cast')!r}."
    for who in sorted(last.keys() & sitting.keys() - dict(cast).keys()):
        if not _barred(entry, sitting[who], act.name):
            yield f"the vote of {who} was left out."
    count = {choice: sum(one == choice for _, one in cast) for choice in ("for", "against")}
    needed = _needed(rules, entry.role, act.carries)
    if count["for"] < needed:
        yield f"{count['for']} voted for it, and {needed} are needed."
    if "vote" in act.carries and {**act.carries["vote"], **count} != act.carries["vote"]:
        yield f"it says {act.carries['vote']}, and its votes are {count}."
    opened = said_by(models.Entry.objects.get(id=about.entry), organisation.keyring)
    proposed = orjson.loads(opened["text.proposed"])
    if proposed != {item: value for item, value in act.carries.items() if item != "vote"}:
        yield "it is not what was proposed and voted on."


def _barred(entry: models.Entry, person: str, act: str) -> bool:
    """Whether a vote does not count because of a conflict that was known then (D08)."""
    in_force = books.in_force(entry.at)
    asked: dict[str, Any] = {"matter": entry.matter, "act": act, "role": entry.role, "at": entry.at, "known": entry.at}
    return bar_against(query, in_force, person=person, **asked) is not None


def _needed(rules: Rulebook, role: str, carries: Mapping[str, Any]) -> int:
    """How many of the seats must agree: the majority of the role, or the share that the sanction asks for."""
    body, tariff = rules.roles[role], carries.get("tariff")
    sanction = rules.sanctions.get(tariff.get("sanction", "")) if isinstance(tariff, dict) else None
    share = None if sanction is None else sanction.needs
    return max(body.majority, 0 if share is None else ceil(share * body.seats))
