# SPDX-License-Identifier: Apache-2.0
"""The keys of roles and of conflicts of interest: who acts, and who may not."""

from evenhand.rulebook.loading_settling import settle_ground, settle_role
from evenhand.rulebook.loading_shapes import Either, Key, Listed, Named, Record
from evenhand.rulebook.loading_values import LABEL, Free, Length, Name, Share, Text, Truth, Whole

PATTERNS = (
    "party",
    "witness",
    "present",
    "open_case",
    "open_complaint",
    "earlier",
    "below",
    "reports_to",
    "same_group",
    "employer",
    "approached",
    "spoke",
    "prejudged",
    "branch",
    "cosigned",
    "declared",
)
CAPACITIES = (
    "all",
    "see",
    "open",
    "assign",
    "investigate",
    "advise",
    "present",
    "chair",
    "decide",
    "settle",
    "count",
    "review",
)
LINE = Text(300)
ROLE = Name(wanted="the name of a role")
ROLES = Listed(ROLE, single=True, least=1)
LABELLED = Name(LABEL, "a name in lower-case letters, digits, _ and -")

ROLE_KEYS = Record(
    path="roles.ROLE",
    says="A capacity in which people, a party or the clock act in a matter.",
    settle=settle_role,
    keys=(
        Key(
            "kind",
            Name(known=("person", "party", "machine")),
            "Who acts: holders of an office (person), a party to the matter, or the clock (machine).",
            default="person",
        ),
        Key("side", Name(known=("complainant", "respondent", "both")), "The side on which a party stands."),
        Key(
            "pool",
            Either(Whole(0), Named(Whole(0), least=1)),
            "How many people are eligible: a number, or the named groups they come from with the size of each.",
            default={},
        ),
        Key("seats", Whole(), "How many people act together.", default=1),
        Key("majority", Whole(), "How many of the seats must agree.", default=1),
        Key("chosen", LINE, "How the people are chosen.", default=""),
        Key("substitutes", ROLE, "The role that acts where this one cannot be filled."),
        Key("external", Truth(), "Whether these people come from outside the organisation.", default=False),
        Key("share", Share(), "In a vote of members, the share of the votes that must agree."),
        Key("turnout", Share(), "In a vote of members, the least share of the pool that must take part."),
        Key("term", LINE, "For how long the office is held.", default=""),
        Key("says", Text(), "What the role is for.", default=""),
    ),
)
GROUND = Record(
    path="conflicts.grounds",
    says="A ground of conflict: a pattern over dated facts about a person and a matter, and what follows.",
    settle=settle_ground,
    keys=(
        Key("id", LABELLED, "The name of the ground.", required=True),
        Key("pattern", Name(known=PATTERNS), "The pattern of facts, from a closed list.", required=True),
        Key(
            "severity",
            Name(known=("bar", "declare", "note")),
            "What follows: no act at all, a declaration that others rule on, or a note.",
            required=True,
        ),
        Key(
            "for",
            Listed(Name(known=CAPACITIES), single=True, least=1),
            "What the person may then not do.",
            default=("all",),
        ),
        Key("waivable_by", ROLE, "The role that may waive it; without one, nobody may."),
        Key("window", Text(100), "How long the ground lasts after the fact has ended, such as 24 months.", default=""),
        Key("max_distance", Whole(1, 4), "For reports_to: over how many steps of the hierarchy."),
        Key("group", Name(), "For same_group: the kind of group, such as slate.", default=""),
    ),
)
CHALLENGE = Record(
    path="conflicts.challenge",
    says="How a party challenges somebody who is to act in the matter.",
    keys=(
        Key("by", ROLES, "The roles that may challenge.", required=True),
        Key("decided_by", ROLE, "The role that decides on the challenge.", required=True),
        Key("within", Length(), "How long after the names were served a challenge may be made."),
        Key("meanwhile", LINE, "What the challenged person may do until it is decided.", default=""),
    ),
)
CONFLICTS = Record(
    path="conflicts",
    says="Who may not act in which matter.",
    keys=(
        Key("grounds", Listed(GROUND), "The grounds of conflict.", default=()),
        Key("applies_to", Listed(ROLE), "The roles that the grounds bind.", default=()),
        Key("challenge", CHALLENGE, "How a party challenges somebody who is to act."),
        Key("whole_body", ROLE, "The role that acts where the whole body is conflicted."),
        Key(
            "declare",
            Named(Free()),
            "When conflicts are declared, and what follows a false or late declaration.",
            default={},
        ),
        Key("declares_make_a_bar", Whole(1, 100), "How many declared grounds together bar a person."),
        Key(
            "reveal",
            Name(known=("never", "existence")),
            "What a barred person may learn: nothing, or that the matter exists.",
            default="never",
        ),
    ),
)
