# SPDX-License-Identifier: Apache-2.0
"""Whether an act fits where a matter stands, whoever asks on whatever day: stage, facts, how often it was done."""

from typing import Literal

from evenhand.casework.matter import Matter
from evenhand.rulebook.model import Act

Obstacle = Literal["in", "needs", "unless", "max"]
"""What stands against an act, by the key of the rule."""


def obstacle(rule: Act, matter: Matter) -> Obstacle | None:
    """The first thing that stands against this act in this state, or None where it fits."""
    if matter.stage not in rule.stages:
        return "in"
    if not matter.facts.issuperset(rule.needs):
        return "needs"
    if not matter.facts.isdisjoint(rule.unless):
        return "unless"
    if rule.max is not None and matter.uses.get(rule.id, 0) >= rule.max:
        return "max"
    return None
