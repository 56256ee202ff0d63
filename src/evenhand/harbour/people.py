# SPDX-License-Identifier: Apache-2.0
"""Invents the people of the Harbour Federation: first names and surnames made of syllables, so that nobody is meant."""

from dataclasses import dataclass, field
from random import Random

from evenhand.procedure.pen import Pen
from evenhand.procedure.registering import BODY, MEMBER, OUTSIDER, Newcomer, fact, record_facts, record_newcomer

FIRST_TEXT = (
    "Ada Bero Celin Davo Elsin Fenja Goro Hylla Ivo Jorun Kelda Lorin Mirte Nour Oswin Pella Quim Runa Soren Tilde Ulla "
    "Varin Wenna Yorick Zella Amaro Brisa Corin Delphi Edda Faron Gisla Hamo Isolde Jarle Kaia Linnea Marek Nives Orla"
)
FIRST = FIRST_TEXT.split()
STARTS, ENDS = (
    ("Tarn", "Osk", "Vell", "Brim", "Hark", "Skel", "Wynd", "Lom", "Pell", "Strand", "Fjeld", "Holm"),
    ("quist", "wake", "bollard", "reef", "spar", "mast", "haven", "oar", "ness", "shore", "quay", "tide"),
)
MEMBERS = 400
OFFICES = {
    "case_officer": 4, "safeguarder": 4, "mediator": 5, "investigator": 5, "gatekeepers": 6, "panel": 12,
    "appeal_panel": 8, "recusal_judge": 8, "council": 15, "clerk": 4,
}  # fmt: skip
"""How many members hold which office."""
OUTSIDE = {"reviewers": 20, "overseers": 6, "returning_officer": 4, "assessor": 4, "scrutineers": 6}
"""People of the sister federation, who are no members."""
SLATES = ("open_quay", "steady_course")
BODIES = ("The Deckhands' Circle", "The Far Shore Branch Association")
"""Affiliated bodies: organisations of their own, which can complain and be asked."""


@dataclass
class People:
    """Everybody by handle: who holds which office, who is a plain member, who is from outside, which bodies there are."""

    offices: dict[str, list[str]] = field(default_factory=dict)
    bodies: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def names(chance: Random) -> list[str]:
    """Names, none twice, in an order by chance."""
    every = [f"{first} {start}{end}" for first in FIRST for start in STARTS for end in ENDS]
    return chance.sample(every, MEMBERS + sum(OUTSIDE.values()))


def invent(pen: Pen, chance: Random, *, since: str) -> People:
    """Enters the members, the holders of offices with their terms and slates, and the people of the sister federation."""
    drawn, people = names(chance), People()
    for number, name in enumerate(drawn[:MEMBERS], 1):
        first = name.split()[0].lower()
        one = Newcomer(
            name=name,
            kind=MEMBER,
            number=f"H{number:04}",
            address=f"{first}.{number}@harbour.example",
            since="2019-01-01",
        )
        people.names[handle := record_newcomer(pen, one)] = name
        people.members.append(handle)
    free = iter(people.members)
    for office, many in OFFICES.items():
        for place in range(many):
            handle = next(free)
            people.offices.setdefault(office, []).append(handle)
            facts = [fact(pen, kind="holds", a=handle, b=f"office:{office}", since=since, source="register of offices")]
            if office == "council":
                slate = SLATES[place % len(SLATES)]
                facts.append(
                    fact(pen, kind="slate", a=handle, b=f"slate:{slate}", since=since, source="nomination papers")
                )
            record_facts(pen, handle, facts)
    held = sum(OFFICES.values())
    people.members = people.members[held:]
    rest = iter(drawn[MEMBERS:])
    for office, many in OUTSIDE.items():
        for _ in range(many):
            name = next(rest)
            people.names[handle := record_newcomer(pen, Newcomer(name=name, kind=OUTSIDER))] = name
            people.offices.setdefault(office, []).append(handle)
            about = fact(pen, kind="holds", a=handle, b=f"office:{office}", since=since, source="the sister federation")
            record_facts(pen, handle, [about])
    for name in BODIES:
        people.names[handle := record_newcomer(pen, Newcomer(name=name, kind=BODY, since="2019-01-01"))] = name
        people.bodies.append(handle)
    return people
