# SPDX-License-Identifier: Apache-2.0
"""Who must stay out of a matter, in sentences: grounds of conflict, challenges, roles that nobody may hold together."""

from collections.abc import Iterator

from evenhand.rulebook.draw_picture import plain, spelled
from evenhand.rulebook.explain_page import Block, Heading, Said, listed, paragraph, points, said
from evenhand.rulebook.explain_words import Words, free, number
from evenhand.rulebook.model import Ground

PATTERNS = {
    "party": "is a party to the matter, or is close to one as family, employer or business partner",
    "witness": "gave or will give evidence",
    "present": "was present at the events that the matter is about",
    "open_case": "is respondent in another matter that is not closed",
    "open_complaint": "is respondent in a complaint that has not been triaged",
    "earlier": "acted in this matter in another role",
    "below": "took part in the decision that is now appealed against",
    "reports_to": "reports to a party, or was appointed by one",
    "same_group": "belongs to the same group as a party",
    "employer": "shares an employer or an office with a party",
    "approached": "was approached about the matter by somebody who has no role in it",
    "spoke": "made a public statement on the matter",
    "prejudged": "made a statement on complaints of this kind, or on those who make them, and it was ruled to count",
    "branch": "belongs to the same branch as a party",
    "cosigned": "signed the same public letter as a party",
    "declared": "declared something that was ruled to count",
}
_SEVERITIES = {
    "bar": "Whoever {pattern} must stay out of the matter.",
    "declare": "Whoever {pattern} must say so, and the others rule on what that person may do.",
    "note": "That somebody {pattern} is noted and counted, and has no other effect.",
}


def blocks(words: Words) -> Iterator[Block]:
    """The part of the page on conflicts of interest."""
    conflicts = words.rulebook.conflicts
    if not conflicts.grounds and not words.rulebook.apart:
        return
    yield Heading(2, "Who must stay out", "conflicts")
    if conflicts.applies_to:
        bound = "These rules bind everybody who acts as {roles}."
        yield paragraph(said(bound, roles=words.roles(conflicts.applies_to)))
    if conflicts.grounds:
        yield points(_ground(words, ground) for ground in conflicts.grounds)
    if conflicts.declares_make_a_bar is not None:
        many = number(conflicts.declares_make_a_bar)
        several = "Whoever has {many} such things to say about one matter must stay out of it."
        yield paragraph(said(several, many=many))
    if conflicts.declare:
        yield paragraph(said("On declarations the text says: {rules}.", rules=free(conflicts.declare)))
    if conflicts.challenge_by:
        yield paragraph(*_challenge(words))
    if conflicts.whole_body is not None:
        last = "Where a role cannot be filled by people who may act, this body takes its place: {body}."
        yield paragraph(said(last, body=words.role(conflicts.whole_body)))
    if conflicts.reveal == "never":
        yield paragraph(("Whoever must stay out does not learn from the software that the matter exists.",))
    if words.rulebook.apart:
        yield paragraph(("In one matter nobody may hold two of these roles:",))
        yield points(said("{roles}.", roles=words.roles(group, "and")) for group in words.rulebook.apart)


def _ground(words: Words, ground: Ground) -> Said:
    pattern = PATTERNS.get(ground.pattern, plain(ground.pattern))
    parts = [said(_SEVERITIES[ground.severity], pattern=pattern)]
    if ground.group:
        parts.append(said(" The group that counts: {group}.", group=plain(ground.group)))
    if ground.window:
        parts.append(said(" This counts for {window} after it has ended.", window=ground.window))
    if ground.max_distance is not None:
        parts.append(said(" Up to {steps} steps of a chain count.", steps=number(ground.max_distance)))
    if ground.acts != ("all",):
        parts.append(said(" It concerns only these acts: {acts}.", acts=listed([plain(act) for act in ground.acts])))
    if ground.waivable_by is not None:
        waived = " An exception can be made, with reasons and before the act, by {role}."
        parts.append(said(waived, role=words.role(ground.waivable_by)))
    elif ground.severity == "bar":
        parts.append((" Nobody can make an exception.",))
    return tuple(part for sentence in parts for part in sentence)


def _challenge(words: Words) -> Iterator[Said]:
    conflicts = words.rulebook.conflicts
    yield said("Who may challenge somebody who acts in a matter: {by}.", by=words.roles(conflicts.challenge_by))
    if conflicts.challenge_decided_by is not None:
        judge = words.role(conflicts.challenge_decided_by)
        yield said("A challenge is decided by {judge}.", judge=judge)
    if conflicts.challenge_within is not None:
        yield said("It must be made within {span}.", span=spelled(conflicts.challenge_within))
    if conflicts.challenge_meanwhile:
        yield said("Meanwhile: {meanwhile}.", meanwhile=conflicts.challenge_meanwhile.strip().rstrip("."))
