# SPDX-License-Identifier: Apache-2.0
"""How often people of the invented federation do what they may: weights of acts among those lawful at one moment.

An act without a weight here is rare. Nothing here makes an act lawful; that the rulebook alone does.
"""

HABITS = {
    # Intake.
    "lodge": 60.0, "lodge_as_outsider": 8.0, "lodge_for_others": 4.0, "lodge_as_body": 3.0, "raise": 3.0, "enter": 14.0,
    "lodge_in_danger": 3.0, "enter_in_danger": 1.0, "protect": 1.0, "find_safe": 1.6, "flag_danger": 0.02,
    "flag_late": 0.02,
    # Triage.
    "frame": 3.0, "out_of_scope": 0.35, "not_a_member": 0.2, "insufficient": 0.5, "refer_elsewhere": 0.15,
    "offer_informal": 0.4, "investigate": 2.6,
    # Informal resolution.
    "invite": 4.0, "agree": 2.0, "agree_too": 2.0, "decline": 0.3, "decline_too": 0.4, "settle": 6.0,
    "confirm_settlement": 4.0, "reject_settlement": 0.4,
    # Notice and withdrawal.
    "notify": 9.0, "hold": 0.05, "renew_hold": 0.2, "safe_to_tell": 1.0, "notify_second": 6.0, "withdraw": 0.05,
    "confirm_withdrawal": 2.0, "confirm_withdrawal_told": 2.0, "refuse_withdrawal": 0.5, "refuse_withdrawal_told": 0.5,
    # Investigation and charging.
    "submit": 0.25, "speak": 0.2, "be_accompanied": 0.04, "take_statement": 1.2, "ask_why": 0.02, "extend": 0.12,
    "pause": 0.04, "report": 2.2, "charge": 3.4, "no_case": 0.9, "investigate_afresh": 0.08,
    # Interim suspension.
    "ask_interim": 0.12, "suspend": 1.6, "refuse_interim": 0.8, "renew_interim": 0.15, "contest": 0.5, "lift": 1.0,
    "keep": 1.0, "leave": 0.03, "end_as_left": 1.0, "go_on": 1.0, "go_on_charged": 1.0,
    # Answer and hearing.
    "reply": 4.0, "ask_time": 0.4, "grant_time": 3.0, "refuse_time": 1.0, "say_unserved": 0.02, "allow": 2.0,
    "disallow": 1.0, "fix_hearing": 6.0, "adjourn": 0.4, "hear": 6.0, "no_breach": 2.6, "sanction": 3.0,
    "fix_review": 6.0, "hear_review": 6.0, "no_breach_found": 2.6, "sanction_found": 3.0,
    # Appeal and what comes after an ending.
    "appeal": 0.035, "uphold": 2.4, "quash": 0.7, "remit": 0.4, "impose": 0.4, "ask_arbitrator": 0.02,
    "ask_review": 0.02, "confirm_ending": 2.0, "take_up_again": 0.5, "pass_to_arbitrator": 1.0,
    "call_in": 0.004, "call_in_again": 0.02, "call_in_decision": 0.004, "call_in_final": 0.02,
}  # fmt: skip
