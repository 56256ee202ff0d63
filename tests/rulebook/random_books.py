# SPDX-License-Identifier: Apache-2.0
"""Random small rulebooks, well formed and seldom sensible, for properties that hold of every rulebook."""

from dataclasses import replace

from hypothesis import strategies as st

from evenhand.rulebook.carries import CARRIES
from evenhand.rulebook.model import FACT_KINDS, START, Act, Book, Clock, Fact, Limit, Role, Rulebook, Span, Stage

OPEN = ("s1", "s2", "s3", "s4")
ENDS = ("over", "handed")
FACTS = ("f1", "f2", "f3")
PEOPLE = {
    "complainant": Role(id="complainant", kind="party", side="complainant"),
    "respondent": Role(id="respondent", kind="party", side="respondent"),
    "clock": Role(id="clock", kind="machine"),
    "officer": Role(id="officer", groups={"officer": 3}),
    "board": Role(id="board", groups={"board": 6}, seats=3, majority=2, substitutes="reviewers"),
    "jury": Role(id="jury", groups={"board": 6}, seats=3, majority=2),
    "reviewers": Role(id="reviewers", groups={"reviewers": 9}, seats=3, majority=2, external=True),
}
PARTIES, OFFICES = ("complainant", "respondent"), ("officer", "board", "jury", "reviewers")

some = st.lists(st.sampled_from(FACTS), max_size=2, unique=True).map(tuple)
carried = st.lists(st.sampled_from(sorted(CARRIES)), max_size=3, unique=True).map(tuple)


@st.composite
def acts_by(draw: st.DrawFn, name: str, roles: tuple[str, ...]) -> Act:
    """An act of people, anywhere, with whatever it needs, sets and says of itself."""
    return Act(
        id=name,
        stages=tuple(draw(st.lists(st.sampled_from(OPEN), min_size=1, max_size=2, unique=True))),
        to=draw(st.one_of(st.none(), st.sampled_from(OPEN + ENDS))),
        by=tuple(draw(st.lists(st.sampled_from(roles), min_size=1, max_size=2, unique=True))),
        carries=draw(carried),
        needs=draw(some),
        unless=draw(some),
        sets=draw(some),
        clears=draw(some),
        max=draw(st.sampled_from((None, 1, 2))),
        days=draw(st.sampled_from((None, None, Span(5, "wd"), Span(9, "d")))),
        adverse=draw(st.sampled_from(((), (), ("complainant",), ("respondent",)))),
        appeal=draw(st.sampled_from((None, "p1", "p2", "o1"))),
        merits=draw(st.booleans()),
        measure=draw(st.sampled_from((False, False, True))),
    )


@st.composite
def books(draw: st.DrawFn) -> Book:
    """A book of four stages, two ends, three facts, and a dozen acts; every open stage has a clock, mostly."""
    facts = {name: Fact(id=name, kind=draw(st.sampled_from(FACT_KINDS)), at_start=draw(st.sampled_from((False, False, True)))) for name in FACTS}  # fmt: skip  # noqa: E501
    lapses = {
        f"lapse_{stage}": Act(
            id=f"lapse_{stage}",
            stages=(stage,),
            to=draw(st.one_of(st.none(), st.sampled_from(OPEN + ENDS))),
            by=("clock",),
            carries=draw(carried),
            needs=draw(st.sampled_from(((), (), (), ("f1",)))),
            clears=draw(some),
        )
        for stage in OPEN
    }
    ends_measure = Act(id="runs_out", stages=OPEN, by=("clock",), needs=("f3",), clears=("f3",))
    stages = {
        stage: Stage(id=stage, clock=Clock(draw(st.sampled_from((Span(10, "wd"), Span(14, "d")))), (f"lapse_{stage}",)))
        for stage in OPEN
    }
    stages["s4"] = replace(stages["s4"], clock=draw(st.sampled_from((stages["s4"].clock, None))), clears=draw(some))
    stages |= {
        "over": Stage(id="over", end=True, clears=draw(some)),
        "handed": Stage(id="handed", end=True, handover=draw(st.booleans())),
    }
    opening = Act(id="open", stages=(START,), to="s1", by=("complainant",), carries=("account",))
    people = [opening, *(draw(acts_by(f"p{number}", PARTIES)) for number in (1, 2))]
    people += [draw(acts_by(f"o{number}", OFFICES)) for number in range(1, 6)]
    people.append(draw(acts_by("mixed", PARTIES + OFFICES)))
    limit = Limit(id="limit", start=("o1",), stop=("o2",), kind="within", span=Span(28, "d"), then="runs_out")
    acts = {act.id: act for act in people} | lapses | {"runs_out": ends_measure}
    rules = draw(st.sampled_from(({}, {"retroactive": "never"})))
    return Book(id="book", facts=facts, stages=stages, acts=acts, limits={"limit": limit}, rules=rules)


def rulebooks(good: Rulebook) -> st.SearchStrategy[Rulebook]:
    """The good rulebook with other people, other rules of who is kept apart, and one random book."""
    apart = st.lists(st.lists(st.sampled_from(OFFICES), min_size=2, max_size=4, unique=True).map(tuple), max_size=3)
    conflicts = replace(good.conflicts, applies_to=OFFICES[:2], challenge_decided_by="jury", whole_body="reviewers")
    return st.builds(
        lambda book, groups: replace(
            good,
            books={"book": book},
            roles=PEOPLE,
            apart=tuple(groups),
            conflicts=replace(conflicts, challenge_by=PARTIES),
        ),
        books(),
        apart,
    )
