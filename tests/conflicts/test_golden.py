# SPDX-License-Identifier: Apache-2.0
"""The golden case of the design, on each database: a ground that one of them misses would let somebody judge a friend."""

import pytest

from evenhand.conflicts.grounds import bar_against, conflicts_of, eligible
from tests.conflicts.some_facts import DATABASES, EVERYBODY, GOLDEN, RULES, fact, on_day


@pytest.fixture(params=DATABASES)
def made(request):
    """Puts facts into a database and asks about the matter C1 as the panel."""

    def ask(facts, *, at=20, known=1000, act="sanction", persons=EVERYBODY, matter="C1", role="panel"):
        query = DATABASES[request.param](facts)
        asked = {"matter": matter, "act": act, "role": role, "at": on_day(at), "known": on_day(known)}
        return conflicts_of(query, RULES, persons=persons, **asked)

    return ask


def told(found):
    """Person, ground and severity of each."""
    return [(one.person, one.ground, one.severity) for one in found]


def test_the_golden_case_as_known_today(made):
    """D01, D07: each line of the table of the design."""
    expected = [
        ("comp", "party", "bar"),
        ("resp", "party", "bar"),
        ("m1", "slate", "bar"),
        ("m2", "witness", "bar"),
        ("m3", "command", "bar"),
        ("mgr", "command", "bar"),
        ("m4", "cosigned", "note"),
        ("m5", "present", "bar"),
        ("m6", "open_case", "bar"),
    ]
    found = [one for one in told(made(GOLDEN)) if one[0] not in ("comp", "resp") or one[1] == "party"]
    assert expected == found


def test_what_was_not_known_then_bars_nobody_then(made):
    """D10: whether a rule was broken and whether an act is in doubt are two questions."""
    assert [] == [one for one in told(made(GOLDEN, known=20)) if one[0] == "m6"]


def test_the_path_of_a_chain_of_command_is_told(made):
    """A reason that names no path cannot be answered."""
    found = {one.person: one for one in made(GOLDEN) if one.ground == "command"}
    assert ("m3 > mgr > comp > complainant", "mgr > comp > complainant") == (found["m3"].path, found["mgr"].path)


def test_a_waiver_lifts_the_bar_for_its_person_alone(made):
    """It was given to m3 on day 5, and not to the manager."""
    found = {one.person: one.waiver for one in made(GOLDEN) if one.ground == "command"}
    assert {"m3": "waived-m3-matter:C1", "mgr": None} == found


def test_a_waiver_dies_when_a_fact_of_its_path_comes_later(made):
    """Whoever granted it did not know of the new connection."""
    later = [one for one in GOLDEN if (one.kind, one.a) != ("reports_to", "mgr")]
    later.append(fact("reports_to", "mgr", "comp", known=6))
    assert [None] == [one.waiver for one in made(later) if one.person == "m3"]


@pytest.mark.parametrize("kind", ["witness", "complainant"])
def test_a_ground_that_is_never_waivable_is_not_waived(made, kind):
    """A party cannot be given leave to judge."""
    facts = [fact(kind, "x", "matter:C1", 0), fact("waived", "x", "matter:C1", 1, source="party")]
    facts.append(fact("waived", "x", "matter:C1", 2, source="witness"))
    assert all(one.bars for one in made(facts, persons=("x",)))


def test_a_bar_begins_with_its_fact_and_ends_with_its_window(made):
    """Slates bar for 24 months after the term: not a day longer, and not before."""
    term = [
        fact("respondent", "resp", "matter:C1", -2000),
        fact("slate", "resp", "slate:A", -2000),
        fact("slate", "m1", "slate:A", 0, until=on_day(10).date().isoformat()),
    ]
    barred = [number for number in (-1, 0, 9, 10, 700, 760) if told(made(term, at=number, persons=("m1",)))]
    assert [0, 9, 10, 700] == barred


def test_a_withdrawn_fact_bars_nobody(made):
    """It was never true."""
    gone = fact("witness", "x", "matter:C1", 0, withdrawn="2026-04-03T00:00:00.000000Z")
    assert () == made([gone], persons=("x",))


def test_a_potential_fact_is_told_and_bars_nobody(made):
    """Naming all twelve of a panel as witnesses empties no panel."""
    found = made([fact("witness", "x", "matter:C1", 0, status="potential")], persons=("x",))
    assert [("potential", False)] == [(one.status, one.bars) for one in found]


def test_a_month_bars_only_when_it_is_over(made):
    """Of a date that names a month, the first day may be too early."""
    vague = fact("witness", "x", "matter:C1", 0)
    vague = type(vague)(**{**vague.__dict__, "since": "2026-04"})
    found = {number: made([vague], at=number, persons=("x",))[0] for number in (5, 40)}
    assert [(True, False), (False, True)] == [(found[number].imprecise, found[number].bars) for number in (5, 40)]


def test_five_steps_of_command_are_too_far(made):
    """The rulebook says four; and a circle of reports comes to an end."""
    chain = [fact("reports_to", f"s{step}", f"s{step + 1}") for step in range(5)]
    chain += [fact("complainant", "s5", "matter:C1", 0), fact("reports_to", "s5", "s0")]
    found = {one.person for one in made(chain, persons=[f"s{step}" for step in range(5)]) if one.ground == "command"}
    assert {"s1", "s2", "s3", "s4"} == found


def test_three_grounds_to_declare_make_a_bar(made):
    """D04: each is mild, together they are not."""
    mild = [fact(kind, "x", "matter:C1", 0) for kind in ("outside_contact", "public_statement", "declared")]
    found = made(mild, persons=("x",))
    assert ["declares_make_a_bar"] == [one.ground for one in found if one.bars]


def test_who_decided_cannot_hear_the_appeal(made):
    """G02: an approved appeal by whoever issued the sanction is the failure of a system in wide use."""
    decided = [fact("decided", "x", "matter:C1", 0, source="role:panel")]
    assert [1, 0] == [len(made(decided, persons=("x",), role=role)) for role in ("appeal_panel", "panel")]


def test_one_role_for_a_person_in_a_matter(made):
    """D09: an investigator does not decide, and holding one's own seat is no conflict."""
    held = [fact("holds", "x", "role:C1:investigator", 0)]
    assert [("x", "earlier", "bar")] == told(made(held, persons=("x",)))
    assert [] == told(made(held, persons=("x",), role="investigator"))


def test_a_large_slate_bars_nobody(made):
    """A bar by a slate of forty would empty any panel; it is noted."""
    many = [fact("slate", f"x{number}", "slate:A") for number in range(40)]
    many.append(fact("respondent", "x0", "matter:C1", 0))
    assert [("x1", "slate", "note")] == told(made(many, persons=("x1",)))


@pytest.mark.parametrize("name", DATABASES)
def test_who_may_and_may_this_one_agree(name):
    """An authorisation service in wide use listed somebody whom its own check refused."""
    query = DATABASES[name](GOLDEN)
    asked = {"matter": "C1", "act": "assign", "role": "panel", "at": on_day(20), "known": on_day(100)}
    one_by_one = tuple(p for p in EVERYBODY if bar_against(query, RULES, person=p, **asked) is None)
    assert ("m3", "m4") == one_by_one == eligible(query, RULES, pool=EVERYBODY, **asked)
