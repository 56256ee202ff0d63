# SPDX-License-Identifier: Apache-2.0
"""Whether what a body did was decided by its votes (D08, F01).

It is asked while the tables are made anew, just before the act is read into them: they then say who sat for the body and
what each had voted last, who stood in conflict, what was ruled and waived, and all of it follows from the entries.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from evenhand.casework.fields import act_of
from evenhand.procedure.authority import may_of
from evenhand.procedure.counting import Count, count, needed_by, proposed
from evenhand.procedure.pen import Pen
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.store.opened import said as said_by
from evenhand.store.organisation import Organisation

Said = Mapping[str, Any]
CLOSED, CAST = "procedure.vote_closed", "procedure.vote_cast"


def faults(organisation: Organisation, entry: models.Entry, said: Said) -> Iterator[str]:
    """What is wrong with the votes of an act that is about to be read into the tables, each as a sentence."""
    if entry.rule == CLOSED:
        yield from (f"{_name(entry)}: {one}" for one in _closed(organisation, entry, said))
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


def _pen(organisation: Organisation, entry: models.Entry) -> Pen:
    """A pen that writes nothing, as whoever made the entry held one: conflicts are asked as they were known then."""
    return Pen(organisation, entry.at, _no_chance)


def _no_chance(number: int) -> bytes:
    raise AssertionError("An audit draws nothing.")


def _closed(organisation: Organisation, entry: models.Entry, said: Said) -> Iterator[str]:
    """A vote is closed by a member who has one in it, while it is open, and only once it has its majority."""
    about = models.Proposal.objects.filter(ident=said["body.closed"]["proposal"], matter=entry.matter).first()
    if about is None or about.role != entry.role or about.status != "open":
        yield "it closes a vote that was not open in that body."
        return
    row = models.Matter.objects.get(ident=entry.matter)
    seats = models.Part.objects.filter(matter=row, role=about.role, status="sits").values_list("pseudonym", "person")
    mine = {who for who, person in seats if not _ruled_out(organisation, entry, person)}
    if entry.by not in mine:
        yield "it was closed by somebody who had no vote in it."
    in_favour = about.votes.filter(pseudonym__in=mine, choice="for").count()
    needed = needed_by(books.rules_of(row.rulebook), about.role, proposed(organisation, about))
    if in_favour < needed:
        yield f"{in_favour} had voted for it, and {needed} are needed."


def _ruled_out(organisation: Organisation, entry: models.Entry, person: str) -> bool:
    """Whether it was ruled in the matter that somebody does not vote (D03).

    A fact about them elsewhere is not asked here: it may have been entered in the same moment, and come to be known only
    when the vote was counted; then the decision is listed, and the vote was none to leave out.
    """
    row = models.Matter.objects.get(ident=entry.matter)
    return may_of(_pen(organisation, entry), row, person) in ("no_vote", "nothing")


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
    counted = count(_pen(organisation, entry), models.Matter.objects.get(ident=entry.matter), about)
    for who in sorted(counted.cast.keys() - dict(cast).keys()):
        yield f"the vote of {who} was left out."
    for who in sorted(dict(cast).keys() & last.keys() & sitting.keys()):
        if _ruled_out(organisation, entry, sitting[who]):
            yield f"the vote of {who} was counted, and it was ruled that they have none."
    yield from _too_soon(organisation, entry, about, counted)
    sums = {choice: sum(one == choice for _, one in cast) for choice in ("for", "against")}
    needed = needed_by(rules, entry.role, act.carries)
    if sums["for"] < needed:
        yield f"{sums['for']} voted for it, and {needed} are needed."
    if "vote" in act.carries and {**act.carries["vote"], **sums} != act.carries["vote"]:
        yield f"it says {act.carries['vote']}, and its votes are {sums}."
    if proposed(organisation, about) != {item: value for item, value in act.carries.items() if item != "vote"}:
        yield "it is not what was proposed and voted on."


def _too_soon(organisation: Organisation, entry: models.Entry, about: models.Proposal, counted: Count) -> Iterator[str]:
    """It was carried out by the vote just before it, or by whoever closed it; not while that voter waits for others."""
    before = models.Entry.objects.filter(matter=entry.matter, n=(entry.n or 0) - 1).first()
    fields = said_by(before, organisation.keyring) if before is not None else {}
    rule = before.rule if before is not None else ""
    if rule == CLOSED and fields["body.closed"]["proposal"] == about.ident:
        return
    if rule != CAST or fields["body.vote"]["proposal"] != about.ident:
        yield "no vote and no closing of the vote stands just before it."
    elif fields["body.vote"].get("wait") and counted.silent:
        yield f"whoever voted last would wait, and {len(counted.silent)} with a vote had not voted."
