# SPDX-License-Identifier: Apache-2.0
"""A rulebook of any size, made by rule: a discipline book with as many incidental applications as are asked for.

Each application (asked, then granted or not) is independent of the rest and multiplies the states by about three: that
is how real books grow large, and the reason why the manual advises to make such matters books of their own.
"""

import yaml

_BASE = """
rulebook: {id: generated, version: 1}
calendar: {zone: UTC}
roles:
  member: {kind: party, side: complainant}
  respondent: {kind: party, side: respondent}
  clock: {kind: machine}
  office: {pool: 5}
  panel: {pool: 12, seats: 3, majority: 2}
  appeal_panel: {pool: 9, seats: 3, majority: 2, external: true}
apart: [[office, panel, appeal_panel]]
books:
  discipline:
    facts: {told: {kind: told}, charged: {kind: charge}, heard: {kind: step}, sanctioned: {kind: sanction}}
    stages:
      logged: {clock: {within: 5wd, then: to_panel}}
      answer: {clock: {within: 15wd, then: answer_lapsed}}
      hearing: {clock: {within: 30wd, then: to_outside}}
      decided: {clock: {within: 20wd, then: becomes_final}}
      appeal: {clock: {within: 30wd, then: appeal_outside}}
      closed: {end: true}
      outside: {end: true, handover: true}
    acts:
      lodge: {in: start, to: logged, by: member, carries: [account, clauses]}
      tell: {in: logged, to: answer, by: office, sets: [told, charged], carries: [reasons, notice, evidence]}
      to_panel: {in: logged, to: hearing, by: clock, carries: [notice]}
      reply: {in: answer, to: hearing, by: respondent, sets: [heard], carries: [account]}
      more_time: {in: answer, by: respondent, once: true, days: 10wd, carries: [request]}
      answer_lapsed: {in: answer, to: hearing, by: clock, carries: [notice]}
      call: {in: hearing, to: answer, by: panel, once: true, sets: [told, charged],
             carries: [reasons, notice, evidence]}
      no_breach: {in: hearing, to: decided, by: panel, merits: true, carries: [reasons, notice],
                  adverse: member, appeal: appeal}
      sanction: {in: hearing, to: decided, by: panel, merits: true, needs: [told, charged, heard], sets: [sanctioned],
                 carries: [reasons, notice, evidence, tariff], adverse: respondent, appeal: appeal}
      to_outside: {in: hearing, to: outside, by: clock, carries: [notice]}
      appeal: {in: decided, to: appeal, by: [member, respondent], max: 2, carries: [grounds]}
      becomes_final: {in: decided, to: closed, by: clock}
      uphold: {in: appeal, to: decided, by: appeal_panel, merits: true, carries: [reasons, notice],
               adverse: respondent, appeal: appeal}
      remit: {in: appeal, to: hearing, by: appeal_panel, once: true, clears: [sanctioned], carries: [reasons, notice]}
      appeal_outside: {in: appeal, to: outside, by: clock, carries: [notice]}
"""
OPEN = ["logged", "answer", "hearing", "decided", "appeal"]


def rulebook(applications: int) -> str:
    """The text of a rulebook whose discipline book allows so many incidental applications."""
    text = yaml.safe_load(_BASE)
    book = text["books"]["discipline"]
    for at in range(applications):
        asked, ruled = f"asked_{at}", f"ruled_{at}"
        book["facts"] |= {asked: {"kind": "step"}, ruled: {"kind": "step"}}
        book["acts"][f"ask_{at}"] = {
            "in": OPEN, "by": ["member", "respondent"], "unless": [asked], "sets": [asked], "carries": ["grounds"],
        }  # fmt: skip
        book["acts"][f"rule_{at}"] = {
            "in": OPEN, "by": "office", "needs": [asked], "unless": [ruled], "sets": [ruled],
            "carries": ["reasons", "notice"],
        }  # fmt: skip
    return str(yaml.safe_dump(text, sort_keys=False))
