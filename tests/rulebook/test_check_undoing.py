# SPDX-License-Identifier: Apache-2.0
"""C5, C6, C7, C9 and C16: who may take a harm back, who stands in for whom, and what is called outside without being it."""

import pytest

from tests.rulebook.breaking import run_of, verdict_on


def act(name: str, rules: str) -> str:
    """A change that adds one act to the discipline book."""
    return f"books: {{discipline: {{acts: {{{name}: {{{rules}}}}}}}}}"


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ("in: hearing, by: respondent, needs: [charged], clears: [charged], carries: [grounds]", "charged"),
        ("in: final, by: respondent, needs: [sanctioned], clears: [sanctioned], carries: [grounds]", "sanctioned"),
        ("in: answer, by: respondent, needs: [suspended], clears: [suspended], carries: [grounds]", "suspended"),
        ("in: hearing, by: member, needs: [charged], clears: [charged], carries: [grounds]", "charged"),
    ],
    ids=["his charge", "his sanction", "his suspension", "a charge, by who complained"],
)
def test_a_party_that_takes_back_what_was_done_to_it_is_found(rules: str, says: str):
    """C5: whoever is charged would strike the charge, in an act that ends nothing and so looks harmless."""
    verdict = verdict_on(act("forget", rules), "C5")
    assert f"“forget” takes back “{says}” and is a party's act." in verdict.says
    assert "forget" == run_of(verdict)[-1]


@pytest.mark.parametrize(("stage", "fact"), [("hearing", "charged"), ("final", "sanctioned")])
def test_one_person_who_pardons_is_found(stage: str, fact: str):
    """C5: what two people decided, one friend in the right office would undo, giving reasons."""
    change = act("pardon", f"in: {stage}, by: secretary, needs: [{fact}], clears: [{fact}], carries: [reasons, notice]")
    assert f"“pardon” takes back “{fact}” and is done by one person." in verdict_on(change, "C5").says


def test_a_party_that_charges_is_found():
    """C5: who complains would also charge."""
    change = act(
        "accuse", "in: triage, to: answer, by: member, needs: [told], sets: [charged], carries: [clauses, evidence]"
    )
    assert "“accuse” charges the respondent and is a party's act." in verdict_on(change, "C5").says


@pytest.mark.parametrize("stop", ["keep", "add", "suspend"], ids=["kept", "something else", "imposed again"])
def test_a_limit_that_is_stopped_while_the_measure_stands_is_found(stop: str):
    """C9, C03: a suspension would lose its last day by an act that has nothing to do with it."""
    change = f"books: {{discipline: {{limits: {{suspension: {{to: [lift, {stop}]}}}}}}}}"
    assert "“suspended”, once set by “suspend”, never ends by itself" in verdict_on(change, "C9").says


def test_a_renewal_that_starts_a_limit_of_its_own_may_stop_the_first():
    """C9, C03: a renewed suspension would count as one that never ends."""
    change = """
        books: {discipline: {
          acts: {renew: {in: answer, by: panel, needs: [suspended], once: true, sets: [suspended], measure: true,
            carries: [reasons, notice, proportionality, expiry], adverse: respondent, appeal: challenge}},
          limits: {suspension: {to: [lift, renew]},
            renewed: {from: renew, to: lift, within: 30d, then: suspension_ends}}}}
        """
    assert "never ends by itself" not in verdict_on(change, "C9").says


def test_a_substitute_who_decided_is_found_at_the_appeal():
    """C6, G02: those who decided would hear the appeal whenever the appeal panel cannot be filled."""
    verdict = verdict_on("roles: {appeal_panel: {substitutes: panel}}", "C6")
    assert "and panel, not kept apart from those who did it, answer the appeal." in verdict.says


@pytest.mark.parametrize(
    "change",
    [
        "roles: {overseer: {substitutes: panel}}",
        "roles: {overseer: {pool: {secretary: 4}}}",
        "roles: {overseer: {external: false}}",
    ],
    ids=["a decider stands in", "drawn from an office inside", "not from outside"],
)
def test_a_body_that_is_only_called_outside_is_found(change: str):
    """C16, M22: an ending would be looked at again by the people who brought it about."""
    assert "nobody outside could call it in before" in verdict_on(change, "C16").says


def test_a_bar_that_passes_with_time_is_found():
    """C7, D09: after a month whoever investigated could judge."""
    change = """
        conflicts: {grounds: [{id: party, pattern: party, severity: bar}, {id: witness, pattern: witness, severity: bar},
          {id: present, pattern: present, severity: bar}, {id: open_case, pattern: open_case, severity: bar},
          {id: earlier, pattern: earlier, severity: bar, window: 1 month}, {id: below, pattern: below, severity: bar},
          {id: untriaged, pattern: open_complaint, severity: declare}]}
        """
    assert "No ground of pattern “earlier” bars from every act without waiver." in verdict_on(change, "C7", "").says


def test_a_party_on_no_side_is_found():
    """C7, G01: who complains would be taken for nobody, and every right of the complaining side with them."""
    change = "roles: {member: {side: null}}"
    assert "“member” is a party to cases and is on no side." in verdict_on(change, "C7", "").says


def test_one_person_who_stands_in_for_two_is_found():
    """C5, D08: two people decide together until one of them is away, and then one does."""
    verdict = verdict_on("roles: {committee: {substitutes: secretary}}", "C5")
    assert "“refuse” sends a matter that nobody decided to its end and is done by one person." in verdict.says


def test_a_sanction_that_sets_nothing_is_found():
    """C12: an expulsion under the name of a step would be decided, carried and appealed by nobody."""
    change = """
        books: {discipline: {facts: {expelled: step}, acts: {expel: {in: hearing, by: panel, unless: [expelled],
          sets: [expelled], carries: [reasons, notice, tariff]}}}}
        """
    says = "“expel” carries a sanction of the tariff, and no fact of that kind stands after it."
    assert says in verdict_on(change, "C12").says


@pytest.mark.parametrize("fact", ["told: {kind: told", "charged: {kind: charge"], ids=["told", "charged"])
def test_what_stands_before_anybody_did_it_is_found(fact: str):
    """C6, B01: a respondent would be told, or charged, by the rulebook itself."""
    verdict = verdict_on(f"books: {{discipline: {{facts: {{{fact}, at_start: true}}}}}}}}", "C6")
    assert "stands at the start, before" in verdict.says
