# SPDX-License-Identifier: Apache-2.0
"""What a rulebook must never hide: the five drafts of the design, and a first draft written in good faith."""

from functools import cache

import pytest

from evenhand.rulebook.checking import check
from evenhand.rulebook.loading import load
from evenhand.rulebook.verdicts import Report
from tests.rulebook.breaking import FIXTURES, broken, failing, good, run_of


@cache
def report_on(fixture: str) -> Report:
    """What the checks say of one fault, written into the good book."""
    return check(broken((FIXTURES / f"{fixture}.yaml").read_text(encoding="utf-8")))


@cache
def report_on_the_draft() -> Report:
    """What they say of the federation's book as it stood before it was mended."""
    return check(load(FIXTURES / "harbour_before_mending.yaml"))


def said(report: Report, id: str) -> str:
    """Every sentence of one check that does not hold."""
    return " ".join(verdict.says for verdict in report.checks if verdict.id == id and not verdict.holds)


def test_the_good_rulebook_passes_every_check():
    """If this fails, the faults below show nothing: they might have been there before."""
    report = check(good())
    assert [] == [(verdict.id, verdict.says) for verdict in report.checks if not verdict.holds]
    assert {f"C{number}" for number in range(1, 17)} == {verdict.id for verdict in report.checks}


def test_a_suspension_by_one_officer_is_found_without_its_label():
    """C01, C02: leaving `adverse` and `measure` off an act would hide it from the people it is used against."""
    report = report_on("suspension_by_one_officer")
    assert {"C5", "C6", "C9"} == failing(report)
    assert "“suspend” imposes an interim measure and is done by one person." == said(report, "C5")
    for missing in ("was not told before", "no reasons", "no notice", "is not called adverse", "names no appeal"):
        assert missing in said(report, "C6")
    verdict = next(one for one in report.checks if one.id == "C6" and not one.holds)
    assert ["lodge", "suspend"] == run_of(verdict)


def test_a_respondent_cannot_close_his_own_case_by_an_apology():
    """M04, M19: whoever is complained about would decide when the complaint is over."""
    report = report_on("apology_that_closes")
    assert {"C15", "C16"} == failing(report)
    assert "“apologise” is a party's act, and after it the matter ends" in said(report, "C15")
    verdict = next(one for one in report.checks if one.id == "C15" and not one.holds)
    assert ["lodge", "tell", "apologise"] == run_of(verdict)
    assert 0 == report.numbers.fewest_to_bury


def test_a_filing_away_before_an_appeal_is_found():
    """G01: an appeal that somebody else can cut short is open on paper only."""
    report = report_on("filing_away_before_an_appeal")
    assert {"C6", "C13", "C16"} == failing(report)
    assert "“sanction” imposes a sanction, and after this its appeal “appeal” is not open." in said(report, "C6")
    verdict = next(one for one in report.checks if one.id == "C6" and not one.holds)
    assert "file_away" == run_of(verdict)[-1]


def test_a_charge_by_the_clock_is_found():
    """M14: nobody would have asked whether it is safe to tell, or whether there is anything to answer."""
    report = report_on("charge_by_the_clock")
    assert {"C6", "C14"} == failing(report)
    assert "“charged_by_lapse” is done by the clock and charges the respondent." in said(report, "C14")
    verdict = next(one for one in report.checks if one.id == "C14" and not one.holds)
    assert ["lodge", "tell", "charged_by_lapse"] == run_of(verdict)


def test_an_appeal_that_lapses_is_found():
    """Whoever can wait could make a sanction fall, or a complaint vanish, by not hearing the appeal."""
    report = report_on("appeal_that_lapses")
    assert {"C15", "C16"} == failing(report)
    verdict = next(one for one in report.checks if one.id == "C15" and not one.holds)
    assert ["appeal", "sanction_falls"] == run_of(verdict)[-2:]


@pytest.mark.parametrize("act", ["auto_notify", "auto_admit", "auto_refer", "answer_lapsed"])
def test_the_draft_charges_by_the_clock_alone(act):
    """Four harmless-looking lapses together charge somebody whom nobody spoke to, and count him as heard."""
    verdict = next(one for one in report_on_the_draft().checks if one.id == "C14")
    assert act in run_of(verdict)
    assert act in verdict.says


def test_the_draft_lets_one_party_end_a_case_and_an_appeal_die():
    """M19: a complaint would end by pressure on one person, or by nobody hearing the appeal."""
    verdict = next(one for one in report_on_the_draft().checks if one.id == "C15")
    assert "“withdraw” is a party's act, and after it the matter ends" in verdict.says
    assert "“appeal” is a party's act, and after it the matter ends" in verdict.says
    assert 0 == report_on_the_draft().numbers.fewest_to_bury
