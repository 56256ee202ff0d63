# SPDX-License-Identifier: Apache-2.0
"""The founding story, fourth part: a code is to be cut down without asking, and ballot papers go out meanwhile (S5, S6)."""

from evenhand.harbour.playing import Play
from evenhand.harbour.telling import Step, Telling
from evenhand.procedure.opening import Party

NARROWED = (
    "C1. A member shall not abuse or threaten another person in connection with the Federation. Examples: threatening "
    "messages, publishing a home address."
)
LETTER = (
    "We are members of this Federation. You want to take out of its code the very examples that were used against us. "
    "You did not ask us. We ask you to withdraw it."
)
SIGNATORIES, VOTERS = 24, 20
CANDIDATES = 5


def proposed(telling: Telling) -> Play:
    """The chair proposes a shorter code, and would have it adopted the same morning: refused (I05)."""
    scene = telling.new("amendment", kind="amendment")
    plain = telling.people.members
    telling.cast |= {f"signatory {number}": person for number, person in enumerate(plain[40 : 40 + SIGNATORIES])}
    parties = [Party(role="member", person=person) for person in plain[40 : 40 + SIGNATORIES]]
    parties += [Party(role="affiliate", person=body) for body in telling.people.bodies]
    reasons = "The examples invite complaints, and other federations do without."
    carries = {"text": NARROWED, "reasons": reasons}
    scene.lodge("propose", by="councillor", person=telling.cast["chair"], parties=parties, carries=carries)
    chair = telling.cast["chair"]
    telling.refused(lambda: scene.do("adopt", "councillor", chair, text=NARROWED, count={"for": 1}))
    return scene


def published(telling: Telling) -> Play:
    """The council publishes it; whoever has an open case has no seat in this (M01), and nobody is invited to answer."""
    scene = telling.scene("amendment")
    scene.do("publish", "council", text=NARROWED, reasons="We have talked to everybody who matters.")
    return scene


def standing(telling: Telling) -> Play:
    """A body that was left out claims to be concerned (M10)."""
    scene = telling.scene("amendment")
    grounds = "It is our people whom the two examples protect. Nobody has asked us."
    scene.do("claim_standing", "affiliate", telling.people.bodies[1], grounds=grounds)
    return scene


def ruled(telling: Telling) -> Play:
    """Reviewers rule on the claim, with reasons."""
    scene = telling.scene("amendment")
    scene.do("rule_on_standing", "reviewers", reasons="Whom an example protects is concerned when it goes.")
    return scene


def letter(telling: Telling) -> Play:
    """Members sign a letter, each under their own name (I07)."""
    scene = telling.scene("amendment")
    for number in range(SIGNATORIES):
        scene.do("sign_letter", "member", telling.cast[f"signatory {number}"], statement=LETTER)
    return scene


def answers(telling: Telling) -> Play:
    """The council would answer the themes although it had invited nobody: refused (I06)."""
    scene = telling.scene("amendment")
    response = "We have consulted widely."
    telling.refused(lambda: scene.do("answer_themes", "council", response=response, reasons="It is time."))
    return scene


def nothing_adopted(telling: Telling) -> Play:
    """The time to answer has run out, and the arbitrator has it: nothing was adopted."""
    return telling.scene("amendment")


def announced(telling: Telling) -> Play:
    """An election to the council is announced, with the one rule on open cases for every candidate (J05)."""
    scene = telling.new("election", kind="election")
    plain = telling.people.members
    standing_ = [telling.cast["councillor"], telling.cast["critic"], *plain[70 : 70 + CANDIDATES - 2]]
    telling.cast |= {f"candidate {number}": person for number, person in enumerate(standing_)}
    telling.cast |= {f"voter {number}": person for number, person in enumerate(plain[80 : 80 + VOTERS])}
    parties = [Party(role="candidate", person=person) for person in standing_]
    parties += [Party(role="member", person=person) for person in plain[80 : 80 + VOTERS]]
    text = (
        "Three seats, by single transferable vote; a tie is drawn. An open case goes to the returning officer and the assessor; "
        "to voters only after a charge. The scrutineers are of the sister federation."
    )
    officer = telling.people.offices["returning_officer"][0]
    scene.lodge("announce", by="returning_officer", person=officer, parties=parties, carries={"text": text})
    scene.do("freeze_roll", "returning_officer", count={"members": 400}, receipt={"received": telling.day()})
    return scene


def nominated(telling: Telling) -> Play:
    """Candidates stand; two of them as a slate, which the conflict rules will read for the whole term (J06)."""
    scene = telling.scene("election")
    for number in range(CANDIDATES):
        person = telling.cast[f"candidate {number}"]
        scene.do("nominate", "candidate", person, consent=[person], statement="I stand.")
    for number in (0, 2):
        scene.do(
            "declare_slate", "candidate", telling.cast[f"candidate {number}"], statement="We stand as Steady Course."
        )
    return scene


def disclosed(telling: Telling) -> Play:
    """The assessor applies the one rule to all of them: one has a charge to disclose (J05)."""
    scene = telling.scene("election")
    reasons = "One of five candidates has been charged and the matter is open. The other four have nothing to disclose."
    scene.do("disclose", "assessor", candidates=[telling.cast["councillor"]], reasons=reasons)
    return scene


def voted(telling: Telling) -> Play:
    """Papers are out while a candidate’s case is open; that somebody voted is recorded, never how (J04)."""
    scene = telling.scene("election")
    for number in range(VOTERS):
        scene.do("cast", "member", telling.cast[f"voter {number}"], receipt={"received": telling.day()})
    return scene


def declared(telling: Telling) -> Play:
    """The scrutineers declare; every paper is accounted for (J01)."""
    scene = telling.scene("election")
    chosen = [telling.cast[f"candidate {number}"] for number in (1, 2, 3)]
    count = {"issued": 400, "returned": VOTERS, "spoilt": 1, "valid": VOTERS - 1, "not returned": 400 - VOTERS}
    scene.do("declare", "scrutineers", candidates=chosen, count=count)
    return scene


FOURTH = (
    Step("code_proposed", 75, "09:00", proposed),
    Step("published", 82, "09:00", published),
    Step("standing", 90, "16:00", standing),
    Step("standing", 97, "16:00", ruled),
    Step("letter", 104, "11:00", letter),
    Step("asked_nobody", 151, "16:00", answers),
    Step("nothing_adopted", 183, "16:00", nothing_adopted),
    Step("election", 102, "09:00", announced),
    Step("candidates", 119, "09:00", nominated),
    Step("candidates", 141, "09:00", disclosed),
    Step("ballots_out", 146, "09:00", voted),
    Step("ballots_out", 166, "09:00", declared),
)
