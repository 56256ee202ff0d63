# SPDX-License-Identifier: Apache-2.0
"""Says why an act was not lawful in a state of the table: the rule, a sentence, and what was lawful instead."""

from dataclasses import dataclass

from evenhand.rulebook.model import START
from evenhand.rulebook.table import Table

UNKNOWN = "The rulebook knows no act {act}."
ENDED = "The matter had ended ({stage}), and {act} comes after the end."
NOT_BEGUN = "The matter had not begun: {act} can be done in {stages} only."
ELSEWHERE = "The matter stood at {stage}, and {act} can be done in {stages} only."
LACKING = "For {act} it must stand: {facts}. It did not."
BARRED = "For {act} it must not stand: {facts}. It did."
COUNTED = "{act} may be done at most {most} times, and had been."
ONCE = "{act} may be done once, and had been."
CLOCK = "{act} is done by the clock, and another act of the clock comes before it here."


@dataclass(frozen=True)
class Refusal:
    """Why an act was not lawful: where the matter stood, the acts that were lawful there, the rule and a sentence."""

    stage: str
    instead: tuple[str, ...]
    rule: str
    says: str


def refusal(table: Table, state: int, act: str) -> Refusal:
    """What is to be said of an act that is not a move of this state."""
    stage = table.stages[int(table.stage_of[state])]
    instead = tuple(table.acts[code] for code in table.lawful(state))
    if act not in table.book.acts:
        return Refusal(stage, instead, "acts", UNKNOWN.format(act=act))
    return Refusal(stage, instead, f"acts/{act}", _sentence(table, state, stage, act))


def _sentence(table: Table, state: int, stage: str, act: str) -> str:
    rule, standing = table.book.acts[act], _standing(table, state)
    if stage in table.book.stages and table.book.stages[stage].end:
        return ENDED.format(stage=stage, act=act)
    if stage not in rule.stages:
        stages = " or ".join("the beginning" if one == START else one for one in rule.stages)
        sentence = NOT_BEGUN if stage == START else ELSEWHERE
        return sentence.format(stage=stage, act=act, stages=stages)
    lacking = [fact for fact in rule.needs if fact not in standing]
    if lacking:
        return LACKING.format(act=act, facts=_facts(table, lacking))
    barring = [fact for fact in rule.unless if fact in standing]
    if barring:
        return BARRED.format(act=act, facts=_facts(table, barring))
    if rule.max is not None:
        return ONCE.format(act=act) if rule.max == 1 else COUNTED.format(act=act, most=rule.max)
    return CLOCK.format(act=act)


def _standing(table: Table, state: int) -> set[str]:
    bits = int(table.facts_of[state])
    return {fact for place, fact in enumerate(table.facts) if bits >> place & 1}


def _facts(table: Table, facts: list[str]) -> str:
    return ", ".join(table.book.facts[fact].says.rstrip(".") or fact for fact in facts)
