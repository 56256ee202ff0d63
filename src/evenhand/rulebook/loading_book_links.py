# SPDX-License-Identifier: Apache-2.0
"""Whether every name within a book names something, and whether clocks and the acts of the clock belong together."""

from collections.abc import Iterable, Mapping

from evenhand.rulebook.loading_names import known
from evenhand.rulebook.loading_shapes import Section
from evenhand.rulebook.loading_values import Place, Word
from evenhand.rulebook.model import START

Sections = Mapping[str, Section]


def check_book(book: Section, whole: Section, place: Place) -> None:
    """Refuses the first name that names nothing, and clocks that could not do what they say."""
    roles: Sections = whole["roles"]
    stages: Sections = book["stages"]
    acts: Sections = book["acts"]
    facts: Sections = book.get("facts", {})
    for name, stage in stages.items():
        here = place.at("stages").at(name)
        known(stage.get("clears", ()), facts, "fact", here)
        known(stage.get("clock", {}).get("then", ()), acts, "act", here)
    for name, act in acts.items():
        _act(name, act, whole, book, place.at("acts").at(name))
    by_clock = {name for name, act in acts.items() if _clocked(act["by"], roles)}
    for name, stage in stages.items():
        _then(name, stage, acts, by_clock, place.at("stages").at(name))
    for name, limit in book.get("limits", {}).items():
        _limit(name, limit, book, by_clock, place.at("limits").at(name))
    for name, requirement in book.get("requirements", {}).items():
        for key in ("when", "must", "never"):
            known(requirement.get(key, ()), acts, "act", place.at("requirements").at(name))
    for name in acts:
        if name in by_clock:
            _has_a_clock(name, book, place.at("acts").at(name))


def _clocked(by: Iterable[str], roles: Sections) -> bool:
    return all(roles[role].get("kind") == "machine" for role in by)


def _act(name: str, act: Section, whole: Section, book: Section, place: Place) -> None:
    roles, stages, facts = whole["roles"], book["stages"], book.get("facts", {})
    known(act["in"], [START, *stages], "stage", place)
    for stage in act["in"]:
        if stage != START and stages[stage].get("end"):
            says = f"The stage {stage} is an end, where nothing more happens; take it out of in of the act {name}."
            raise place.refuse(stage.line, says)
    if "to" in act:
        known([act["to"]], stages, "stage", place)
    known(act["by"], roles, "role", place)
    machines = [role for role in act["by"] if roles[role].get("kind") == "machine"]
    if machines and len(machines) < len(act["by"]):
        says = f"The act {name} is open to the clock and to people, who must not act as the clock; write two acts."
        raise place.refuse(machines[0].line, says)
    for key in ("needs", "unless", "sets", "clears"):
        known(act.get(key, ()), facts, "fact", place)
    known(act.get("adverse", ()), roles, "role", place)
    if "appeal" in act:
        _appeal(act["appeal"], whole, book, place)


def _appeal(appeal: Word, whole: Section, book: Section, place: Place) -> None:
    home, _, act = appeal.rpartition(".")
    if home:
        known([Word(home, appeal.line)], whole["books"], "book", place)
        book = whole["books"][home]
    known([Word(act, appeal.line)], book["acts"], "act", place)


def _then(name: str, stage: Section, acts: Sections, by_clock: set[str], place: Place) -> None:
    for act in stage.get("clock", {}).get("then", ()):
        if act not in by_clock:
            says = f"The clock of {name} does the act {act}, which is by people; name an act by the clock."
            raise place.refuse(act.line, says)
        if name not in acts[act]["in"]:
            says = f"The clock of {name} does the act {act}, which is not open in that stage; add {name} to its in."
            raise place.refuse(act.line, says)


def _limit(name: str, limit: Section, book: Section, by_clock: set[str], place: Place) -> None:
    acts, facts = book["acts"], book.get("facts", {})
    for key in ("from", "to"):
        known(limit[key], acts, "act", place)
    if "then" not in limit:
        return
    then = limit["then"]
    known([then], acts, "act", place)
    act = acts[then]
    if then not in by_clock:
        raise place.refuse(
            then.line, f"The limit {name} does the act {then}, which is by people; let the clock be its only role."
        )
    moves = any(stage != act.get("to", stage) for stage in act["in"])
    others = [fact for fact in act.get("clears", ()) if facts[fact]["kind"] != "measure"]
    if moves or act.get("sets") or others:
        says = f"The act {then} follows when the limit {name} is missed and may only clear a measure; mend it."
        raise place.refuse(act.line, says)


def _has_a_clock(name: str, book: Section, place: Place) -> None:
    if any(limit.get("then") == name for limit in book.get("limits", {}).values()):
        return
    act = book["acts"][name]
    for stage in act["in"]:
        clock = {} if stage == START else book["stages"][stage].get("clock", {})
        if name not in clock.get("then", ()):
            says = f"The act {name} is by the clock, but the clock of {stage} does not do it; name it there with then."
            raise place.refuse(stage.line, says)
