# SPDX-License-Identifier: Apache-2.0
"""The founding story, step by step: each part shows what it is there to show (M13, S0)."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evenhand.store.setup import set_up

set_up()

from django.db import connection  # noqa: E402

from evenhand.conflicts.grounds import bar_against  # noqa: E402
from evenhand.harbour.founding_story import STEPS  # noqa: E402
from evenhand.harbour.making import make  # noqa: E402
from evenhand.procedure.relying import relying_on  # noqa: E402
from evenhand.store import books, models  # noqa: E402
from evenhand.store.opened import forget_everything, said  # noqa: E402
from evenhand.store.querying import query  # noqa: E402
from evenhand.web.public.story import SCENES  # noqa: E402

RULES = (Path(__file__).parents[2] / "rulebooks/harbour.yaml").read_text("utf-8")
UNTIL = datetime(2026, 11, 25, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The story in a federation in which nothing else happened, told once for this module."""
    forget_everything()
    made = make(tmp_path_factory.mktemp("story") / "harbour", RULES, until=UNTIL, matters=0)
    yield made.telling
    connection.close()


def entries(telling, scene, rule="", **more):
    """The entries of a matter of the story, of one rule."""
    found = models.Entry.objects.filter(matter=telling.scenes[scene].ident, **more)
    return list((found.filter(rule=rule) if rule else found).order_by("n"))


def opened(telling, entry):
    """What an entry says."""
    return said(entry, telling.organisation.keyring)


def seats(telling, scene, role):
    """Everybody who ever held a seat of a role, with its status."""
    parts = models.Part.objects.filter(matter_id=telling.scenes[scene].ident, role=role)
    return {part.person: part.status for part in parts}


def test_every_step_was_taken_and_has_its_words(told):
    """M13: whoever takes the tour would miss a part of it, or read of something that did not happen."""
    assert [] == [name for name, step in told.steps.items() if "missing" in step]
    assert {step.name for step in STEPS} == set(told.steps) == set(SCENES)


def test_the_session_was_closed_and_the_record_says_so(told):
    """M07, J07: that doors were shut is an act with its reasons; who voted how stands beside the motion."""
    [closed] = entries(told, "motion", "motion.close_session")
    [carried] = entries(told, "motion", "motion.carry")
    assert (9, 8) == (opened(told, closed)["body.vote"]["for"], len(opened(told, carried)["body.votes"]["cast"]))


def test_nobody_who_was_there_can_be_given_a_seat(told):
    """D01, D08: the whole council was in the room, and ten of the twelve of the panel."""
    there = set(models.Fact.objects.filter(kind="present_at", b=told.event).values_list("a", flat=True))
    assert set(told.people.offices["council"]) < there
    asked = {"matter": told.scenes["case"].ident, "act": "decide", "role": "panel", "at": UNTIL, "known": UNTIL}
    barred = [bar_against(query, books.in_force(UNTIL), person=person, **asked) for person in sorted(there)]
    assert (26, {"present"}) == (len(barred), {one.ground for one in barred if one.ground not in ("party", "witness")})
    sat = models.Part.objects.filter(matter_id=told.scenes["case"].ident, kind="seat", status="sits")
    assert set() == there & set(sat.values_list("person", flat=True))


def test_two_reports_differ_and_are_told_apart(told):
    """E03, A04: what a body hands in for people whom it need not name keeps its kind."""
    kinds = (
        models.Item.objects.filter(matter_id=told.scenes["case"].ident).order_by("label").values_list("kind", flat=True)
    )
    assert ["second_hand", "published", "document", "first_hand", "recording"] == list(kinds)


def test_a_hasty_apology_is_refused_and_the_attempt_stays(told):
    """F08: nobody settles what neither side has agreed to."""
    [attempt] = entries(told, "case", "discipline.settle", type="act.refused")
    assert ("mediator", "books/discipline/acts/settle/needs") == (attempt.role, told.steps["hasty"]["refused"])


def test_the_mediator_who_was_there_loses_the_seat_by_the_fact_alone(told):
    """S3, D09: he declared nothing; the fact takes him off, its ground stays sealed, and another settles it."""
    [off] = entries(told, "case", "procedure.seat_suspended")
    found = opened(told, off)
    mediators = seats(told, "case", "mediator")
    assert ("present", "suspended", 2) == (
        found["person.ground"]["ground"],
        mediators[told.cast["officer"]],
        len(mediators),
    )
    [settled] = entries(told, "case", "discipline.settle", type="act")
    assert "no people were spoken of" in opened(told, settled)["text.account"]


def test_whoever_becomes_a_respondent_is_off_every_seat_and_their_vote_is_listed(told):
    """D10, M03: he voted before he was told; the list says what the motion was without him."""
    listed = models.Affected.objects.filter(person=told.cast["councillor"], review__names="")
    rows = [opened(told, models.Entry.objects.get(id=one.entry))["body.listed"] for one in listed]
    assert [("carried", True, True)] == [(row["was"], row["pivotal"], row["quorum_lost"]) for row in rows]


def test_what_had_no_quorum_without_him_does_not_simply_stand(told):
    """D11: that it stands is refused; two overseers refer it, and two of the body of last resort say what becomes of it."""
    listed = models.Affected.objects.filter(person=told.cast["councillor"]).order_by("entry")
    assert ["referred", "overtaken"] == list(listed.values_list("disposition", flat=True))
    assert "conflicts/affected/quorum" == told.steps["disposed"]["refused"]


def test_strangers_sit_where_everybody_was_there(told):
    """S13, D14: of twelve two are left, and a lot among two decides nothing."""
    replaced = {
        tuple(sorted(opened(told, entry)["body.body"].items()))
        for entry in entries(told, "case", "procedure.body_replaced")
    }
    assert {(("by", "reviewers"), ("role", role)) for role in ("duty_panel", "panel")} == replaced
    outside = set(told.people.offices["reviewers"])
    assert set(seats(told, "case", "panel")) | set(seats(told, "case", "duty_panel")) <= outside


def test_a_recording_takes_the_place_of_both_reports(told):
    """E04: neither is removed, and what rested on them is listed."""
    row = models.Matter.objects.get(ident=told.scenes["case"].ident)
    superseded = dict(row.items.values_list("label", "superseded"))
    better = row.items.get(label=5).ident
    assert {1: better, 2: better, 3: "", 4: "", 5: ""} == superseded
    assert ["discipline.submit"] == [
        models.Entry.objects.get(id=one).rule for one in relying_on(told.organisation, row, 1)
    ]


def test_a_settlement_whose_account_is_contradicted_is_taken_up_again(told):
    """M04, E05: by the route of the rulebook, by people who had no part in it."""
    [taken] = entries(told, "case", "discipline.take_up_settled")
    voters = {by for by, _ in opened(told, taken)["body.votes"]["cast"]}
    confirmed = models.Part.objects.filter(matter_id=told.scenes["case"].ident, role="duty_panel")
    assert set() == voters & set(confirmed.values_list("pseudonym", flat=True))


def test_two_critics_are_told_overnight_and_an_ally_after_a_month(told):
    """S1, K07, H03: the record holds both, with their days; the silence is an act of the clock."""
    hours = {}
    for name, rule in (("critic", "notify"), ("other_critic", "notify"), ("ally", "notify_second")):
        [notice] = entries(told, name, f"discipline.{rule}")
        hours[name] = (notice.at - entries(told, name)[0].at) / timedelta(hours=1)
    assert (True, True, True) == (hours["critic"] < 12, hours["other_critic"] < 12, hours["ally"] > 24 * 28)
    clock = [entry.rule for entry in entries(told, "ally", by="", type="act")]
    assert {"discipline.accept_in_silence", "discipline.missed.notice-sent", "discipline.notice_late"} <= set(clock)


def test_a_complaint_against_a_complainant_is_marked(told):
    """M05: one critic had complained that morning, the other had not."""
    marked = {
        name: models.Matter.objects.get(ident=told.scenes[name].ident).marked for name in ("critic", "other_critic")
    }
    assert {"critic": True, "other_critic": False} == marked


def test_a_suspension_on_which_nobody_rules_falls(told):
    """C01, C02, C03: asked for by one, decided by two, challenged, and over by itself."""
    rules = [entry.rule.partition(".")[2] for entry in entries(told, "other_critic", type="act")]
    wanted = ["ask_interim", "suspend", "contest", "interim_lapses"]
    assert wanted == [rule for rule in rules if rule in wanted]


def test_a_decision_does_not_lean_on_what_was_superseded(told):
    """E04, E06: the attempt is refused and stays; the decision rests on the recording and on the statement."""
    assert 1 == len(entries(told, "case", "discipline.sanction", type="act.refused"))
    [decision] = entries(told, "case", "discipline.sanction", type="act")
    assert ("evidence/reliance", ["E4", "E5"]) == (
        told.steps["leans_on_report"]["refused"],
        opened(told, decision)["body.evidence"],
    )


def test_the_decision_is_late_and_the_record_says_so(told):
    """F11, H03: the clock entered the missed limit with its day, before the decision came."""
    [missed] = entries(told, "case", "discipline.missed.decision-letter")
    [decision] = entries(told, "case", "discipline.sanction", type="act")
    assert (True, "") == (missed.at < decision.at, missed.by)


def test_an_ending_that_nobody_contested_is_called_in_from_outside(told):
    """M22: gatekeepers saw no case, overseers did, and it ended in a decision."""
    rules = [entry.rule.partition(".")[2] for entry in entries(told, "ally", type="act")]
    wanted = ["no_case", "call_in", "charge_on_review", "answer_over", "sanction"]
    assert wanted == [rule for rule in rules if rule in wanted]


def test_a_code_is_not_cut_down_without_asking(told):
    """I05, I06, I07, M10: adopting at once and answering without having invited anybody are refused; nothing is adopted."""
    attempts = [entry.rule.partition(".")[2] for entry in entries(told, "amendment", type="act.refused")]
    letters = entries(told, "amendment", "amendment.sign_letter")
    row = models.Matter.objects.get(ident=told.scenes["amendment"].ident)
    assert (["adopt", "answer_themes"], 24, "outside") == (attempts, len(letters), row.stage)
    assert 1 == len(entries(told, "amendment", "amendment.rule_on_standing"))
    assert not {told.cast["councillor"], told.cast["ally"]} & set(seats(told, "amendment", "council"))


def test_ballots_went_out_while_a_case_was_open(told):
    """J05, J01: one rule for every candidate, disclosed before the poll; what came back adds up."""
    [disclosed] = entries(told, "election", "election.disclose")
    [declared] = entries(told, "election", "election.declare")
    case = models.Matter.objects.get(ident=told.scenes["case"].ident)
    count = opened(told, declared)["body.count"]
    assert [told.cast["councillor"]] == opened(told, disclosed)["person.candidates"]
    assert (True, True) == (entries(told, "election", "election.cast")[0].at < entries(told, "case")[-1].at, case.over)
    assert count["issued"] == count["valid"] + count["spoilt"] + count["not returned"]
