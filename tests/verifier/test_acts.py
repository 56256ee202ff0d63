# SPDX-License-Identifier: Apache-2.0
"""What an auditor's export shows of matters: numbering, lawful acts, clocks, and where the rulebook is broken."""

import json

import pytest

from tests.verifier.matters import QUAY, Story
from tests.verifier.writing import Signer, noise


@pytest.fixture
def checked(verify, tmp_path):
    """`checked(story)`: export it and verify."""

    def run(story, **more):
        return verify(
            story.export(tmp_path / f"x{len(list(tmp_path.iterdir()))}", Signer("saltmarsh.example/record"), **more)
        )

    return run


def test_a_lawful_matter_holds(checked, story):
    """An honest organisation would be called dishonest."""
    name = next(name for name, act in acts("sift").items() if act["by"] == ["officer"] and not act.get("needs"))
    said = checked(story.does("officer", name, "2026-04-02T09:00:00Z"))
    assert 0 == said.code, said.out


def acts(stage):
    """The acts that are open in a stage of the discipline book, with their roles."""
    book = json.loads(QUAY)["books"]["discipline"]
    return {act["id"]: act for act in book["acts"] if stage in act["in"]}


def test_an_act_of_another_stage_is_named_with_its_rule(checked, story):
    """A decision would come before the hearing."""
    said = checked(story.does("arbiters", "sanction", "2026-04-02T09:00:00Z"))
    assert (1, [(2, "books/discipline/acts/sanction/in")]) == (said.code, said.rules)


def test_an_act_by_the_wrong_role_is_named_with_its_rule(checked, story):
    """A party would decide in its own matter."""
    name = next(name for name, act in acts("sift").items() if act["by"] == ["officer"])
    said = checked(story.does("respondent", name, "2026-04-02T09:00:00Z"))
    assert [(2, f"books/discipline/acts/{name}/by")] == said.rules


def test_what_is_needed_and_not_so_is_named_with_its_rule(checked, story):
    """Somebody would be judged untold."""
    name, act = next((name, act) for name, act in acts("sift").items() if act.get("needs"))
    said = checked(story.does(act["by"][0], name, "2026-04-02T09:00:00Z"))
    assert [(2, f"books/discipline/acts/{name}/needs")] == said.rules


def test_an_act_that_does_not_exist_is_named(checked, story):
    """The record would hold acts that the rules do not know."""
    said = checked(story.does("officer", "banish", "2026-04-02T09:00:00Z"))
    assert [(2, "books/discipline/acts")] == said.rules


SMALL = json.dumps(
    {
        "language": 1,
        "calendar": {"zone": "UTC", "holidays": ["2026-04-03", "2026-04-06"], "service": {"post": "2wd"}},
        "roles": {"member": {"kind": "party"}, "officer": {}, "clock": {"kind": "machine"}},
        "books": {
            "motion": {
                "facts": [{"id": "seconded", "kind": "step"}],
                "stages": [
                    {"id": "open", "clock": {"within": "5wd", "then": ["remind", "close"]}},
                    {"id": "over", "end": True},
                ],
                "acts": [
                    {"id": "move", "in": ["start"], "to": "open", "by": ["member"]},
                    {"id": "post", "in": ["start"], "to": "open", "by": ["officer"], "carries": ["notice"]},
                    {"id": "enter", "in": ["start"], "to": "open", "by": ["officer"], "carries": ["receipt"]},
                    {"id": "second", "in": ["open"], "by": ["member"], "sets": ["seconded"], "unless": ["seconded"]},
                    {"id": "speak", "in": ["open"], "by": ["member"], "max": 1},
                    {"id": "delay", "in": ["open"], "by": ["officer"], "max": 1, "days": "3wd"},
                    {"id": "carry", "in": ["open"], "to": "over", "by": ["member"], "needs": ["seconded"]},
                    {"id": "hold", "in": ["open"], "by": ["officer"], "carries": ["expiry"]},
                    {"id": "free", "in": ["open"], "by": ["clock"]},
                    {"id": "remind", "in": ["open"], "by": ["clock"], "max": 1},
                    {"id": "close", "in": ["open"], "to": "over", "by": ["clock"]},
                ],
                "limits": {
                    "answer": {"from": ["move"], "to": ["speak"], "within": "3d"},
                    "wait": {"from": ["second"], "to": ["carry"], "at_least": "2d"},
                    "held": {"from": ["hold"], "within": "30d", "then": "free"},
                },
            }
        },
    },
    sort_keys=True,
    separators=(",", ":"),
).encode()


@pytest.fixture
def motion() -> Story:
    """A motion, moved on Wednesday, 1 April 2026; Good Friday and Easter Monday are holidays."""
    return Story(SMALL, "motion").does("member", "move", "2026-04-01T10:00:00Z")


def test_an_act_that_may_be_done_once_is_refused_the_second_time(checked, motion):
    """A speech could be made twice."""
    motion.does("member", "speak", "2026-04-01T11:00:00Z").does("member", "speak", "2026-04-01T12:00:00Z")
    assert [(3, "books/motion/acts/speak/max")] == checked(motion).rules


def test_a_fact_that_stands_bars_an_act(checked, motion):
    """A motion could be seconded twice."""
    motion.does("member", "second", "2026-04-01T11:00:00Z").does("member", "second", "2026-04-01T12:00:00Z")
    assert [(3, "books/motion/acts/second/unless")] == checked(motion).rules


def test_an_act_before_its_day_is_too_early(checked, motion):
    """A vote could be taken before anybody had time to think."""
    motion.does("member", "second", "2026-04-01T11:00:00Z").does("member", "carry", "2026-04-02T23:59:00Z")
    assert [(3, "books/motion/limits/wait")] == checked(motion).rules


def test_nothing_is_done_after_the_end(checked, motion):
    """A closed matter could be opened by whoever likes."""
    motion.does("member", "second", "2026-04-01T11:00:00Z").does("member", "carry", "2026-04-03T09:00:00Z")
    motion.does("member", "speak", "2026-04-03T10:00:00Z")
    assert [(4, "books/motion/stages/over")] == checked(motion).rules


def test_nothing_is_dated_before_what_came_before_it(checked, motion):
    """An act could be dated back to before a limit that it missed."""
    motion.does("member", "speak", "2026-04-01T11:00:00Z").does("member", "second", "2026-04-01T10:30:00Z")
    assert [(3, "kernel/order")] == checked(motion).rules


LATE = "2026-04-20T09:00:00Z"


def silent(motion: Story) -> Story:
    """The motion with what the clock does, in order."""
    motion.clock("missed.answer", "2026-04-04T23:59:00Z", "2026-04-04")
    motion.clock("remind", "2026-04-10T23:59:00Z", "2026-04-10")
    return motion.clock("close", "2026-04-10T23:59:00Z", "2026-04-10")


def later(story: Story) -> Story:
    """Another motion, moved much later: the log has gone on."""
    return story.does("member", "move", LATE, matter=noise("later").hex()[:32])


def test_what_the_clock_did_when_it_was_due_holds(checked, motion):
    """Working days, holidays and the end of a day would be counted otherwise than they are."""
    said = checked(later(silent(motion)))
    assert 0 == said.code, said.out


@pytest.mark.parametrize(
    ("left_out", "rule"), [(1, "books/motion/limits/answer"), (2, "books/motion/stages/open/clock")]
)
def test_a_lapse_that_was_left_out_is_named(checked, motion, left_out, rule):
    """A limit that passed could be kept quiet."""
    fields = later(silent(motion)).fields
    del fields[left_out]
    for n, one in enumerate(fields[:3], 1):
        one["n"] = n
    said = checked(motion)
    assert (1, rule) == (said.code, said.rules[0][1]), said.out


def test_what_the_clock_still_owes_at_the_end_is_named(checked, motion):
    """Nobody would learn that a matter was left lying."""
    said = checked(later(motion))
    assert (1, [(None, "books/motion/limits/answer")]) == (said.code, said.rules)


def test_a_lapse_with_another_date_is_named(checked, motion):
    """A limit could pass a day late for one party and on time for another."""
    silent(motion).fields[2].update(at="2026-04-11T23:59:00Z", day="2026-04-11")
    motion.fields[3].update(at="2026-04-11T23:59:00Z", day="2026-04-11")
    assert (3, "books/motion/acts/remind") == checked(later(motion)).rules[0]


def test_a_lapse_that_was_not_due_is_named(checked, motion):
    """The clock could be made to act before its time."""
    motion.does("member", "speak", "2026-04-01T12:00:00Z").clock("close", "2026-04-02T23:59:00Z", "2026-04-02")
    assert (3, "books/motion/acts/close") == checked(motion).rules[0]


def test_the_clock_is_nobody(checked, motion):
    """An officer could let a limit run out before its time."""
    silent(motion).fields[1].update({"as": "officer", "by": noise("x").hex()[:32]})
    assert (2, "books/motion/limits/answer/by") == checked(motion).rules[0]


@pytest.mark.parametrize(
    ("act", "body", "closes"),
    [
        ("post", {"notice": {"how": "post"}}, "2026-04-14T23:59:00Z"),
        ("post", {"notice": {}}, "2026-04-10T23:59:00Z"),
        ("enter", {"receipt": {"received": "2026-03-30"}}, "2026-04-08T23:59:00Z"),
    ],
)
def test_post_and_receipt_move_the_first_day(checked, act, body, closes):
    """The reply period would run while the letter is under way."""
    story = Story(SMALL, "motion").does("officer", act, "2026-04-01T10:00:00Z", body=body)
    story.clock("remind", closes, closes[:10]).clock("close", closes, closes[:10])
    said = checked(later(story))
    assert 0 == said.code, said.out


def test_more_time_lengthens_the_clock(checked, motion):
    """More time that was given would count as a missed lapse."""
    motion.does("member", "speak", "2026-04-01T11:00:00Z").does("officer", "delay", "2026-04-02T11:00:00Z")
    motion.clock("remind", "2026-04-15T23:59:00Z", "2026-04-15").clock("close", "2026-04-15T23:59:00Z", "2026-04-15")
    said = checked(later(motion))
    assert 0 == said.code, said.out


def test_a_measure_ends_on_its_own_day_where_that_is_sooner(checked, motion):
    """A measure could go on after the day that the letter named."""
    motion.does("member", "speak", "2026-04-01T11:00:00Z")
    motion.does("officer", "hold", "2026-04-01T12:00:00Z", body={"expiry": "2026-04-03"})
    motion.clock("missed.held", "2026-04-03T23:59:00Z", "2026-04-03").clock(
        "free", "2026-04-03T23:59:00Z", "2026-04-03"
    )
    said = checked(motion)
    assert 0 == said.code, said.out


def test_a_gap_in_the_numbers_is_found(checked, motion):
    """An act could be left out of what a party is shown."""
    motion.does("member", "speak", "2026-04-01T11:00:00Z", n=3)
    said = checked(motion)
    assert (1, True) == (said.code, "its number 2 is missing" in said.findings)


def test_a_number_that_was_given_twice_is_found(checked, motion):
    """Two people could act on the same state."""
    motion.does("member", "speak", "2026-04-01T11:00:00Z", n=1)
    assert [(2, "kernel/order")] == checked(motion).rules


def test_a_matter_stays_under_the_version_it_began_under(checked, motion, tmp_path, signer, verify):
    """A change of the rules would reach into open cases (I02); its later entries cite what is in force by then."""
    motion.does("member", "speak", "2026-04-01T11:00:00Z")
    other = Story(SMALL.replace(b'"max":1', b'"max":2'), "motion")
    motion.versions = {2: other.hash}
    folder = motion.export(tmp_path / "y", signer)
    (folder / "rulebooks" / f"{other.hash}.json").write_bytes(other.rulebook)
    assert (0, []) == (verify(folder).code, verify(folder).rules)


def test_a_day_that_is_not_that_of_the_instant_is_found(checked, motion):
    """A day could be shown that the clocks do not count from."""
    motion.fields[0]["day"] = "2026-04-02"
    assert [(1, "calendar/zone")] == checked(motion).rules


def test_clocks_that_hang_on_something_unopened_are_listed(checked):
    """What could not be checked would look checked."""
    story = Story(SMALL, "motion").does("officer", "post", "2026-04-01T10:00:00Z")
    del story.fields[0]["body.notice"]
    said = checked(later(story))
    assert (0, True) == (said.code, "body.notice of post is not opened" in said.not_checked)


def test_without_zone_data_clocks_are_listed_and_not_failed(checked, monkeypatch):
    """A computer without tzdata would call every record wrong."""
    story = Story(SMALL.replace(b'"UTC"', b'"Nowhere/Atall"'), "motion").does("member", "move", "2026-04-01T10:00:00Z")
    said = checked(later(story))
    assert (0, True) == (said.code, "tzdata" in said.not_checked)


def test_padding_has_a_type_and_nothing_else(checked, motion):
    """Padding could carry what nobody looks at."""
    motion.fields.append({"type": "padding"})
    assert 0 == checked(motion).code
    motion.fields.append({"type": "padding", "day": "2026-04-01"})
    assert "padding has a type" in checked(motion).findings
