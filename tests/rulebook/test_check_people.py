# SPDX-License-Identifier: Apache-2.0
"""C7 and C8: nobody judges in their own cause, and the pools hold when people are conflicted out."""

import pytest

from evenhand.rulebook.checking import check
from evenhand.rulebook.pools import pools_fail
from tests.rulebook.breaking import broken, good, run_of, verdict_on

GROUNDS = ("party", "witness", "present", "open_case", "earlier", "below")


def grounds(*, without: str = "", softened: str = "", waived: str = "") -> str:
    """The conflict grounds of the good rulebook, one of them missing, only declared, or waivable by the panel."""
    lines = []
    for pattern in GROUNDS:
        severity = "declare" if pattern == softened else "bar"
        waiver = ", waivable_by: panel" if pattern == waived else ""
        if pattern != without:
            lines.append(f"{{id: {pattern}, pattern: {pattern}, severity: {severity}{waiver}}}")
    lines.append("{id: untriaged, pattern: open_complaint, severity: declare}")
    return f"conflicts: {{grounds: [{', '.join(lines)}]}}"


@pytest.mark.parametrize("pattern", GROUNDS)
def test_a_bar_that_may_not_be_missing_is_missed(pattern):
    """D01: a party, a witness or an earlier decider would sit in judgement."""
    verdict = verdict_on(grounds(without=pattern), "C7", "")
    assert f"No ground of pattern “{pattern}” bars from every act without waiver." == verdict.says


def test_a_bar_that_is_only_declared_is_found():
    """D01: declaring that one is a party does not make one a judge."""
    assert not verdict_on(grounds(softened="party"), "C7", "").holds


def test_a_bar_that_colleagues_can_waive_is_found():
    """D03: those who gain by a waiver would grant it."""
    verdict = verdict_on(grounds(waived="witness"), "C7", "")
    assert "The ground “witness” is waived by “panel”, whom it is meant to bind." in verdict.says


def test_an_office_beyond_the_conflict_rules_is_found():
    """D09: one office in which nobody asks about conflicts would be the way round all of them."""
    change = "conflicts: {applies_to: [secretary, committee, panel, reviewers, overseer]}"
    verdict = verdict_on(change, "C7")
    assert "“appeal_panel” acts in cases, and the conflict rules do not apply to it." == verdict.says
    assert run_of(verdict)


def test_two_offices_that_one_person_may_hold_are_found():
    """F02, G02, D09: whoever investigated would decide, whoever decided would hear the appeal."""
    change = "apart: [[secretary, committee, appeal_panel, reviewers, overseer, judge], [panel, judge]]"
    verdict = verdict_on(change, "C7")
    assert "“panel” and “appeal_panel” both act in these matters, and one person may hold both." in verdict.says


def test_a_party_who_may_do_an_offices_act_is_found():
    """D01: the complainant would sanction the respondent, or the respondent clear himself."""
    verdict = verdict_on("books: {discipline: {acts: {no_breach: {by: [panel, respondent]}}}}", "C7")
    assert "“no_breach” is open to panel, respondent: a party could do what is an office's." == verdict.says
    assert "no_breach" == run_of(verdict)[-1]


def test_a_judge_of_challenges_who_judges_is_found():
    """D06: whoever rules on a challenge would rule on a colleague, or on themselves."""
    verdict = verdict_on("conflicts: {challenge: {decided_by: panel}}", "C7")
    assert "“panel” rules on challenges and acts in these matters." == verdict.says


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            "challenge: {by: [member]}",
            "“respondent” is a party to cases and cannot challenge a person who handles them.",
        ),
        ("challenge: null", "Nobody rules on the challenge of a person who handles a matter"),
        ("challenge: {within: null}", "or no limit is set for it."),
    ],
)
def test_a_weak_challenge_is_found(change, says):
    """D06: a right to object that one side lacks, or that nobody rules on, is none."""
    assert says in verdict_on(f"conflicts: {{{change}}}", "C7", "").says


def test_a_pool_that_fails_too_early_is_found():
    """D08: three conflicts would stop every case."""
    verdict = verdict_on("roles: {panel: {pool: 5}}", "C8", "")
    assert "“panel” cannot be filled with 3 conflicted out; promised were 3." == verdict.says


def test_a_rulebook_without_a_body_of_last_resort_is_found():
    """D08: when nobody is left, nobody would be named to take over."""
    verdict = verdict_on("conflicts: {whole_body: null}", "C8", "")
    assert "No body takes a matter over when a role cannot be filled." == verdict.says


def test_a_body_of_last_resort_from_inside_is_found():
    """D08: the same circle would be asked again."""
    verdict = verdict_on("roles: {reviewers: {external: null}}", "C8", "")
    assert "“reviewers” takes a matter over when a role cannot be filled, and is no body from outside." == verdict.says


def test_pools_that_share_people_fail_together():
    """C8: a panel of three and an appeal panel of three from the same eight people are six seats for eight people."""
    change = "roles: {panel: {pool: {judges: 8}}, appeal_panel: {pool: {judges: 8}}}"
    fails = {one.role: (one.at, one.together) for one in pools_fail(broken(change))}
    assert (3, ("panel", "appeal_panel")) == fails["panel"]


def test_offices_that_one_person_may_hold_do_not_compete():
    """C8: where nothing keeps two roles apart, one person fills both seats."""
    change = """
        roles: {panel: {pool: {judges: 8}}, appeal_panel: {pool: {judges: 8}}}
        apart: [[secretary, panel], [secretary, appeal_panel]]
        """
    fails = {one.role: one.at for one in pools_fail(broken(change))}
    assert 6 == fails["panel"]


def test_substitutes_add_their_pool():
    """C8: without its substitutes a panel of nine fails when seven are conflicted out."""
    fails = {one.role: one.at for one in pools_fail(good())}
    with_substitutes = {one.role: one.at for one in pools_fail(broken("roles: {panel: {substitutes: reviewers}}"))}
    assert 7 == fails["panel"]
    assert 7 + (12 - 2 * 3 + 1) == with_substitutes["panel"]


def test_the_first_pool_to_fail_is_named():
    """C8: the organisation is told where it is thinnest."""
    assert ("secretary", 4) == check(good()).numbers.first_pool_to_fail


def test_a_rulebook_that_asks_nothing_about_untriaged_complaints_is_found():
    """D10: whoever is complained about would sit until somebody has looked at the complaint."""
    lines = ", ".join(f"{{id: {pattern}, pattern: {pattern}, severity: bar}}" for pattern in GROUNDS)
    verdict = verdict_on(f"conflicts: {{grounds: [{lines}]}}", "C7", "")
    assert "No ground asks about a person against whom an untriaged complaint stands." == verdict.says


def test_an_act_that_either_side_could_do_for_the_other_is_found():
    """F08: the respondent would withdraw the complaint, or the complainant accept an apology twice."""
    verdict = verdict_on("books: {discipline: {acts: {withdraw: {by: [member, respondent]}}}}", "C7")
    assert "“withdraw” is open to both sides: member could do it in place of the other." == verdict.says


def test_elsewhere_too_whoever_decides_is_kept_apart():
    """J02: whoever runs a vote would also be the one who decides what it says."""
    decide = "{in: vote, to: adopted, by: panel, merits: true, carries: [text, vote, notice]}"
    change = f"""
        apart: [[secretary, committee, appeal_panel, reviewers, overseer, judge], [panel, judge]]
        books: {{amendment: {{acts: {{adopt_by_panel: {decide}}}}}}}
        """
    verdict = verdict_on(change, "C7", "amendment")
    assert "“secretary” and “panel” both act in these matters, one of them decides" in verdict.says


def test_a_judge_of_challenges_with_two_more_tasks_is_found():
    """D06: the one person who must have no other part would have several."""
    change = """
        books:
          amendment: {acts: {advise: {in: vote, by: judge, carries: [statement]}}}
          other:
            stages: {asked: {clock: {within: 5wd, then: unanswered}}, over: {end: true, handover: true}}
            acts: {ask: {in: start, to: asked, by: member, carries: [request]},
              advise: {in: asked, by: judge, carries: [statement]}, unanswered: {in: asked, to: over, by: clock, carries: [notice]}}
        """
    verdict = verdict_on(change, "C7", "")
    assert "“judge” rules on challenges and acts in more than one book: amendment, other." == verdict.says


def test_a_body_that_sits_whole_needs_its_majority():
    """D08: a council of nine is not stopped by one conflict, but by as many as leave no majority."""
    change = "roles: {panel: {pool: 9, seats: 9, majority: 5}}"
    fails = {one.role: one.at for one in pools_fail(broken(change))}
    assert 9 - 5 + 1 == fails["panel"]
