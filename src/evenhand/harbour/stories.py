# SPDX-License-Identifier: Apache-2.0
"""How matters of the Harbour Federation go: each story is a list of acts, by whom, and after how many days.

The stories that an inquiry would ask about have their own names (S1, S2 ... of requirements.md); the others come by chance,
in shares that a middling organisation has.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Step = tuple[str, str, int]
"""Act, role, days after the one before."""

FRAMED: tuple[Step, ...] = (
    ("frame", "case_officer", 1),
    ("investigate", "gatekeepers", 2),
    ("notify", "case_officer", 1),
)
CHARGED: tuple[Step, ...] = (*FRAMED, ("report", "investigator", 20), ("charge", "gatekeepers", 3))
HEARD: tuple[Step, ...] = (
    *CHARGED,
    ("reply", "respondent", 6),
    ("fix_hearing", "panel", 1),
    ("hear", "panel", 21),
)
FILED: tuple[Step, ...] = (("frame", "case_officer", 1),)


@dataclass(frozen=True, kw_only=True)
class Story:
    """One course of a matter; `opens` is its first act. `weight` is how many of a hundred go so."""

    name: str
    weight: int
    steps: tuple[Step, ...] = ()
    opens: str = "lodge"
    carries: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


WARNED = {"sanction": {"tariff": {"sanction": "warning", "clause": "C1"}}}
SUSPENDED = {"sanction": {"tariff": {"sanction": "suspension", "clause": "C1", "length": "6 months"}}}
URGENT = {
    "lodge_in_danger": {"danger": {"danger": True, "unsafe_to_tell": True}},
    "protect": {"danger": {"danger": False, "unsafe_to_tell": True}},
}

STORIES: tuple[Story, ...] = (
    Story(name="out of scope", weight=14, steps=(*FILED, ("out_of_scope", "gatekeepers", 3))),
    Story(name="not a member", weight=7, steps=(("not_a_member", "gatekeepers", 2),)),
    Story(name="insufficient", weight=13, steps=(("insufficient", "gatekeepers", 6),)),
    Story(name="elsewhere", weight=4, steps=(("refer_elsewhere", "gatekeepers", 4),)),
    Story(
        name="settled",
        weight=9,
        steps=(
            ("offer_informal", "gatekeepers", 3),
            ("invite", "mediator", 3),
            ("agree", "complainant", 2),
            ("agree_too", "respondent", 2),
            ("settle", "mediator", 4),
            ("confirm_settlement", "duty_panel", 3),
        ),
    ),
    Story(name="no case", weight=12, steps=(*FRAMED, ("report", "investigator", 25), ("no_case", "gatekeepers", 4))),
    Story(name="warned", weight=9, steps=(*HEARD, ("sanction", "panel", 5)), carries=WARNED),
    Story(name="no breach", weight=6, steps=(*HEARD, ("no_breach", "panel", 6))),
    Story(
        name="appeal upheld",
        weight=3,
        steps=(*HEARD, ("sanction", "panel", 5), ("appeal", "respondent", 6), ("uphold", "appeal_panel", 9)),
        carries=SUSPENDED,
    ),
    Story(
        name="remitted",
        weight=2,
        steps=(
            *HEARD,
            ("sanction", "panel", 5),
            ("appeal", "respondent", 6),
            ("remit", "appeal_panel", 9),
            ("fix_hearing", "panel", 1),
            ("hear", "panel", 21),
            ("no_breach", "panel", 4),
        ),
        carries=SUSPENDED,
    ),
    Story(
        name="suspended meanwhile",
        weight=3,
        steps=(
            *FRAMED,
            ("ask_interim", "case_officer", 1),
            ("suspend", "duty_panel", 2),
            ("report", "investigator", 15),
            ("charge", "gatekeepers", 3),
            ("reply", "respondent", 5),
            ("fix_hearing", "panel", 1),
            ("hear", "panel", 21),
            ("sanction", "panel", 4),
        ),
        carries=SUSPENDED,
    ),
    Story(
        name="withdrawn",
        weight=5,
        steps=(("frame", "case_officer", 1), ("withdraw", "complainant", 3), ("confirm_withdrawal", "duty_panel", 4)),
    ),
    Story(name="left", weight=3, steps=(*CHARGED[:-1], ("leave", "respondent", 3), ("end_as_left", "duty_panel", 4))),
    Story(
        name="danger",
        weight=4,
        opens="lodge_in_danger",
        steps=(
            ("protect", "safeguarder", 0),
            ("frame", "case_officer", 1),
            ("investigate", "gatekeepers", 3),
            ("safe_to_tell", "safeguarder", 2),
            ("notify", "case_officer", 0),
            ("report", "investigator", 20),
            ("no_case", "gatekeepers", 5),
        ),
        carries=URGENT,
    ),
    Story(name="silence", weight=4),
    Story(name="slow", weight=2, steps=(*FRAMED,)),
)

OVERNIGHT = Story(
    name="S1, overnight",
    weight=0,
    steps=(*((act, role, 0) for act, role, _ in FRAMED), ("report", "investigator", 18), ("no_case", "gatekeepers", 3)),
)
ALLY = Story(name="S1, nothing happens", weight=0)

TEXTS = {
    "account": (
        "At the branch meeting he shouted at me and called me names that I will not repeat.",
        "She sent two messages after midnight that frightened me.",
        "The contract for the slipway went to his cousin, and nobody else was asked.",
        "I was told in front of everybody that people like me do not belong here.",
        "Since I complained, my invitation to the regatta was taken back.",
    ),
    "reasons": (
        "Both accounts agree on what was said; what is open does not change it.",
        "What is described is not something that the code speaks about.",
        "Nobody who was there confirms it, and the messages were not kept.",
        "The two statements contradict each other, and nothing else decides between them.",
    ),
    "grounds": ("The panel did not hear my witness.", "The sanction is out of proportion.", "I do not want to go on with this."),
    "statement": ("Both sides came and were heard, the complaining side first.", "I was there and heard every word."),
    "proportionality": ("A promise to stay away was asked for and refused.",),
    "person": ("an investigator from the rota",),
    "request": ("Ten more days, because a witness is at sea.",),
}  # fmt: skip
