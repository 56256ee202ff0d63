# SPDX-License-Identifier: Apache-2.0
"""Why an act is not lawful: the rule, a whole sentence, and what is lawful instead.

The sentences stand here whole, with named blanks, so that they can be read one beside the other and translated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SENTENCES = {
    "unknown": "The book {book} has no act {act}.",
    "role": "{act} is done by {roles}, not by {role}.",
    "no_role": "This rulebook has no role {role}.",
    "clock": "{act} is done by the clock when its limit has run, and by nobody else.",
    "over": "The matter is over: it stands in {stage}, and nothing more can be done in it.",
    "in": "{act} is done in {stages}; this matter stands in {stage}.",
    "needs": "{act} needs what is not so in this matter: {facts}.",
    "unless": "{act} is not open any more because of what stands in this matter: {facts}.",
    "once": "{act} can be done once in a matter, and it has been done.",
    "max": "{act} can be done {max} times in a matter, and it has been done as often.",
    "early": "{act} is too early: the limit {limit} opens it on {day}.",
    "order": "An act dated {at} would stand before the last entry of this matter, dated {last}.",
    "missing": "{act} carries {item}, and it is missing.",
    "extra": "{act} does not carry {item}.",
}
"""Every sentence in which an act is refused, by reason; `carried` has those about what an act carries."""


class Refused(Exception):
    """An act that the rulebook does not allow; `lawful_now` names the acts open to the same role at the same moment."""

    def __init__(self, rule: str, sentence: str, lawful_now: Sequence[str] = ()) -> None:
        super().__init__(f"{sentence} ({rule})")
        self.rule, self.sentence, self.lawful_now = rule, sentence, tuple(lawful_now)


@dataclass(frozen=True, kw_only=True)
class WhyNot:
    """Why one act is not open to a role now: the path of the rule and a sentence.

    `reason` is the key of the sentence and `blanks` what stands in it, for whoever says the same in other words.
    """

    act: str
    rule: str
    sentence: str
    reason: str = ""
    blanks: Mapping[str, object] = field(default_factory=dict)


def why(reason: str, *, act: str, rule: str, **blanks: object) -> WhyNot:
    """The reason as a sentence with its blanks filled in."""
    sentence = SENTENCES[reason].format(act=act, **blanks)
    return WhyNot(act=act, rule=rule, sentence=sentence, reason=reason, blanks=blanks)
