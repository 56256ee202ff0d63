# SPDX-License-Identifier: Apache-2.0
"""What must hold among the keys of one record, and the long form of its shorthands.

Each function gets the name the record stands under, its section as read, and its place; it may rewrite the section so
that one meaning has one form (`once: true` becomes `max: 1`), and refuses what contradicts itself.
"""

from zoneinfo import ZoneInfo, available_timezones

from evenhand.rulebook.loading_shapes import Section
from evenhand.rulebook.loading_values import Place, near
from evenhand.rulebook.model import START
from evenhand.rulebook.reading import shown


def settle_head(_: str, head: Section, place: Place) -> None:
    """A version replaces an earlier one."""
    if head.get("replaces", 0) >= head["version"]:
        raise place.refuse(
            head.line_of("replaces"), "A version replaces one with a lower number; mend version or replaces."
        )


def settle_calendar(_: str, calendar: Section, place: Place) -> None:
    """The zone exists, and the week has a working day."""
    if len(calendar.get("weekend", ())) == 7:
        raise place.refuse(
            calendar.line_of("weekend"), "A week without a working day has no working days to count; shorten weekend."
        )
    zone = calendar["zone"]
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):
        known = available_timezones()
        if not known:  # a machine without the list of zones: whoever counts days on it will say so
            return
        guess = near(zone, known) or "Europe/London"
        raise place.refuse(
            calendar.line_of("zone"), f"There is no time zone {shown(zone)}; write one such as {guess}."
        ) from None


def settle_role(name: str, role: Section, place: Place) -> None:
    """Seats and pools belong to people, sides to parties; `pool: 12` is a group named after the role."""
    kind = role.get("kind", "person")
    if isinstance(role.get("pool"), int):
        role["pool"] = {name: role["pool"]}
    if kind != "person":
        for key in ("pool", "seats", "majority", "substitutes", "external", "share", "turnout", "chosen", "term"):
            if key in role.lines:
                says = f"The key {key} belongs to roles of kind person, and {name} is of kind {kind}; take it out."
                raise place.refuse(role.lines[key], says)
    if kind != "party" and "side" in role.lines:
        raise place.refuse(role.lines["side"], f"Only a party has a side, and {name} is of kind {kind}; take it out.")
    seats, majority = role.get("seats", 1), role.get("majority", 1)
    if majority > seats:
        says = f"In {place.name} a majority of {majority} is asked of seats that number {seats}; mend one of them."
        raise place.refuse(role.line_of("majority"), says)


def settle_ground(_: str, ground: Section, place: Place) -> None:
    """Each parameter stands with the pattern that knows it."""
    pattern = ground["pattern"]
    for key, wanted in (("max_distance", "reports_to"), ("group", "same_group")):
        if key in ground.lines and pattern != wanted:
            says = f"The key {key} belongs to the pattern {wanted} and not to {pattern}; take it out."
            raise place.refuse(ground.lines[key], says)
    if pattern == "same_group" and "group" not in ground:
        raise place.refuse(ground.line, "The pattern same_group needs the key group, such as group: slate; add it.")
    acts = ground.get("for", ())
    if "all" in acts and len(acts) > 1:
        raise place.refuse(
            ground.line_of("for"), "The word all stands alone in for, since it means every act; take out the others."
        )


def settle_stage(name: str, stage: Section, place: Place) -> None:
    """An end has no clock, and only an end hands over."""
    if stage.get("end") and "clock" in stage:
        says = f"The stage {name} is an end, where nothing more happens; take out its clock, or end: true."
        raise place.refuse(stage.line_of("clock"), says)
    if stage.get("handover") and not stage.get("end"):
        raise place.refuse(stage.line_of("handover"), f"Only an end hands over; add end: true to the stage {name}.")


def settle_act(name: str, act: Section, place: Place) -> None:
    """`once: true` is `max: 1`; what a matter's opening and an extension mean; nothing is set and cleared at once."""
    if act.pop("once", False):
        act["max"] = 1
    if START in act["in"] and "to" not in act:
        raise place.refuse(
            act.line_of("in"), f"The act {name} opens a matter; say with to in which stage it then stands."
        )
    if act.get("to") == START:
        raise place.refuse(act.line_of("to"), f"No act leads to start; name the stage to which {name} leads.")
    if "days" in act and any(stage != act.get("to", stage) for stage in act["in"]):
        says = f"The act {name} leaves its stage, so there is no running clock to lengthen; take out days or to."
        raise place.refuse(act.line_of("days"), says)
    both = [fact for fact in act.get("sets", ()) if fact in act.get("clears", ())]
    if both:
        raise place.refuse(
            act.line_of("clears"), f"The act {name} both sets and clears {both[0]}; take out one of them."
        )
