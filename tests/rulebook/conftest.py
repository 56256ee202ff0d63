# SPDX-License-Identifier: Apache-2.0
"""Texts of rulebooks for tests: a small one of an invented choir that loads, and the same with one piece changed."""

from collections.abc import Callable

import pytest

from evenhand.rulebook.loading import loads
from evenhand.rulebook.malformed import Malformed

GOOD = """\
# SPDX-License-Identifier: Apache-2.0
rulebook:
  {id: choir/rules, title: Rules of the Wren Choir, version: 2, adopted: 2026-03-02, in_force: 2026-04-01, replaces: 1}
applies: {conduct: rules in force on the day of the conduct, procedure: rules in force on the day of the complaint}
calendar:
  zone: Europe/London
  weekend: [sat, sun]
  holidays: [2026-12-25, 2026-12-28]
  counting: {day_one: same day, ends: "18:00", roll: true}
  service: {portal: 0d, post: 2wd}
code:
  C1:
    text: A member shall not threaten another person.
    examples: [messages at night, "shouting, at a rehearsal"]
    sanctions: [warning]
sanctions:
  warning: {rank: 1, max: 12 months, needs: 2/3, reapply_after: 6 months}
roles:
  singer: {kind: party, side: complainant}
  respondent: {kind: party, side: respondent}
  clock: {kind: machine}
  secretary: {pool: 2, chosen: by election, term: 24 months}
  elders: {pool: {basses: 5, altos: 7}, seats: 3, majority: 2, substitutes: neighbours}
  neighbours: {pool: 8, seats: 3, majority: 2, external: true, says: The choir across the river.}
  judge: {pool: {altos: 7}}
  everybody: {pool: 40, share: 2/3, turnout: 20%}
apart:
  - [secretary, elders, neighbours]
conflicts:
  grounds:
    - {id: party, pattern: party, severity: bar}
    - {id: slate, pattern: same_group, group: slate, severity: bar, for: [decide, chair], waivable_by: judge}
    - {id: command, pattern: reports_to, max_distance: 2, severity: declare, window: 24 months}
  applies_to: [elders, secretary]
  challenge: {by: [singer, respondent], decided_by: judge, within: 5wd, meanwhile: the person does not act}
  whole_body: neighbours
  declare: {every: year, also: at appointment}
  declares_make_a_bar: 3
  reveal: existence
promises: {longest: 200wd, bury_needs: 2, conflicted: 3, amend_needs: 5}
books:
  discipline:
    title: Complaints
    says: From a complaint to its end.
    facts:
      told: told
      heard: {kind: step, says: The respondent answered.}
      kept_out: measure
    stages:
      logged: {clock: {within: 5wd, then: pass_on}, says: A complaint has come in.}
      hearing: {clock: {within: 20wd, then: [hand_over]}, clears: [heard]}
      closed: {end: true, clears: [kept_out]}
      outside: {end: true, handover: true, clears: [kept_out]}
    acts:
      lodge: {in: start, to: logged, by: singer, carries: [account, clauses]}
      tell: {in: logged, to: hearing, by: secretary, sets: [told], carries: [notice]}
      pass_on: {in: logged, to: hearing, by: clock}
      answer: {in: hearing, by: respondent, needs: told, sets: heard, carries: account, once: true}
      wait: {in: hearing, by: secretary, max: 2, days: 10wd, carries: [reasons, notice]}
      keep_out:
        in: hearing
        by: elders
        unless: [kept_out]
        sets: [kept_out]
        carries: [expiry]
        adverse: respondent
        measure: true
      let_in: {in: hearing, by: clock, needs: [kept_out], clears: [kept_out]}
      decide:
        {in: hearing, to: closed, by: elders, carries: [reasons], appeal: appeal.lodge, merits: true, outcome: done}
      hand_over: {in: hearing, to: outside, by: clock, says: Nobody decided in time.}
    limits:
      reply: {from: [tell, pass_on], to: answer, within: 14d, says: Two weeks to answer.}
      out: {from: keep_out, to: decide, within: 60d, then: let_in}
    requirements:
      no-door-unheard: {says: Nobody is kept out untold., when: [keep_out], must: [tell]}
  appeal:
    facts: {sanctioned: {kind: sanction, at_start: true}}
    stages:
      pending: {clock: {within: 20wd, then: hand_over}}
      ended: {end: true}
      outside: {end: true, handover: true}
    acts:
      lodge: {in: start, to: pending, by: [singer, respondent], carries: grounds}
      undo: {in: pending, to: ended, by: neighbours, clears: [sanctioned], carries: [reasons]}
      hand_over: {in: pending, to: outside, by: clock}
  amendment:
    stages:
      proposed: {clock: {within: 40d, then: dies}}
      adopted: {end: true}
    acts:
      propose: {in: start, to: proposed, by: secretary, carries: [text]}
      adopt: {in: proposed, to: adopted, by: everybody, carries: [text, vote], merits: true}
      dies: {in: proposed, to: adopted, by: clock}
    rules: {entrenched: [books.amendment, conflicts], not_before: 20wd, retroactive: never, must_publish: [both texts]}
publication: {at the end: {what: [outcome, "reasons, names removed"], within: 20wd}, figures: true, smallest: 5}
retention: {withdrawn: 12 months}
monitor: {attributes: [voice], strata: [clause]}
texts:
  told:
    acts: [discipline.tell, discipline.missed.reply]
    to: [respondent]
    subject: A complaint
    body: |
      Dear {respondent},

      you can answer until {due}.
"""


@pytest.fixture(scope="session")
def good() -> str:
    """The text of a small rulebook that uses nearly every key of the language, and loads."""
    return GOOD


@pytest.fixture(scope="session")
def changed() -> Callable[[str, str], str]:
    """`changed(old, new)`: the good text with the one piece `old` replaced by `new`."""

    def change(old: str, new: str) -> str:
        assert GOOD.count(old) == 1
        return GOOD.replace(old, new)

    return change


@pytest.fixture(scope="session")
def refusal() -> Callable[[str], Malformed]:
    """`refusal(text)`: what the loader says when it refuses this text."""

    def refused(text: str) -> Malformed:
        with pytest.raises(Malformed) as caught:
            loads(text)
        return caught.value

    return refused
