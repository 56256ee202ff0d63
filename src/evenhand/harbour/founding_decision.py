# SPDX-License-Identifier: Apache-2.0
"""The founding story, second part: the matter goes its formal way, before people who were not there, to its end."""

from datetime import timedelta
from typing import Any

from evenhand.harbour.playing import Play
from evenhand.harbour.telling import Step, Telling
from evenhand.procedure.accompanying import name_companion
from evenhand.procedure.challenging import object_to
from evenhand.procedure.messaging import send

WHY_BREACH = "E5 holds the words, and E4 says who was meant. They demean people for where they come from, as C1 says."


def notified(telling: Telling) -> Play:
    """The respondent has the notice, and every item that anybody relies on (B02, E06)."""
    scene = telling.scene("case")
    scene.do(
        "notify",
        "case_officer",
        account="What was said at the closed meeting.",
        evidence=["E4", "E5"],
        person="a reviewer",
    )
    for name in ("second_hand", "published", "statement", "recording"):
        scene.later(minutes=2)
        scene.serve(telling.items[name])
    scene.read(telling.items["recording"], "respondent")
    return scene


def written(telling: Telling) -> Play:
    """The association asks the office, and is answered; both are in the record (B07)."""
    scene = telling.scene("case")
    send(telling.organisation, scene.ident, scene.complainant, "Until when does the investigation last?", **scene.given)
    scene.later(hours=2)
    officer, row = scene.who("case_officer"), scene.row
    party = row.parts.get(role="complainant", kind="party")
    due = row.due.date().isoformat() if row.due else ""
    words = f"By {due} at the latest; the clock then passes it on whether anybody has acted or not."
    send(telling.organisation, scene.ident, officer, words, to=party.pseudonym, **scene.given)
    return scene


def asked_why(telling: Telling) -> Play:
    """The officer who was in the room and recorded nothing is asked why (M06); the statement is taken down again."""
    scene = telling.scene("case")
    request = "You were in the room, wrote nothing down, and arranged the apology two weeks later. Why?"
    scene.do("ask_why", "investigator", request=request)
    scene.do("take_statement", "investigator", statement="He answered that he had thought it would pass.")
    return scene


def spoken(telling: Telling) -> Play:
    """The respondent speaks."""
    scene = telling.scene("case")
    scene.do("speak", "respondent", statement="I do not remember the words. I did not mean any people.")
    return scene


def reported(telling: Telling) -> Play:
    """The investigator has listened to the recording, and reports."""
    scene = telling.scene("case")
    scene.read(telling.items["recording"], "investigator")
    scene.do("report", "investigator", evidence=["E4", "E5"], reasons="The recording is whole from 19:42 to 19:51.")
    return scene


def charged(telling: Telling) -> Play:
    """Two gatekeepers find that there is a case to answer."""
    scene = telling.scene("case")
    scene.do("charge", "gatekeepers", evidence=["E4", "E5"], reasons="What is heard is what C1 speaks of.")
    return scene


def replied(telling: Telling) -> Play:
    """The respondent answers."""
    scene = telling.scene("case")
    scene.do("reply", "respondent", account="I said it. I was angry about the report, and I am ashamed of it.")
    return scene


def listed(telling: Telling) -> Play:
    """A panel of strangers fixes the hearing, fifteen days ahead (F10, S13)."""
    scene = telling.scene("case")
    day = (telling.at + timedelta(days=15)).date().isoformat()
    scene.do("fix_hearing", "panel", hearing={"date": day, "place": "the boathouse"}, person="three reviewers")
    return scene


def accompanied(telling: Telling) -> Play:
    """The respondent names somebody to accompany him, who then reads what he reads (B06)."""
    scene = telling.scene("case")
    scene.do("be_accompanied", "respondent", person="a friend from his branch")
    name, address = "Wenna Holmtide-Spar", "wenna.holmtide@harbour.example"
    name_companion(telling.organisation, scene.ident, scene.respondent, name, address=address, **scene.given)
    return scene


def objection(telling: Telling) -> Play:
    """He objects to one of the three by name; meanwhile that reviewer does not act (D06)."""
    scene = telling.scene("case")
    seat = scene.seats("panel")[0]
    grounds = "She said in spring that whoever is complained about so often will have done something."
    person = scene.respondent
    done = object_to(telling.organisation, scene.ident, person, seat.pseudonym, grounds=grounds, **scene.given)
    telling.new("challenge", kind="challenge", ident=done.matter)
    return telling.scenes["challenge"]


def objection_ruled(telling: Telling) -> Play:
    """A judge of challenges, who does nothing else in the matter, rules on it with reasons."""
    scene = telling.scene("challenge")
    reasons = (
        "She spoke of no matter and of nobody. Who hears that from outside would not think that her mind was made up."
    )
    scene.do("let_act", "recusal_judge", reasons=reasons)
    return scene


def heard(telling: Telling) -> Play:
    """The hearing: who came, who was heard, in which order (M20)."""
    scene = telling.scene("case")
    for person in [seat.person for seat in scene.seats("panel")]:
        scene.read(telling.items["recording"], "panel", person)
    statement = "The association, the councillor who sat across the table, and the respondent, in this order."
    scene.do("hear", "panel", hearing={"date": telling.day(), "place": "the boathouse"}, statement=statement)
    return scene


def leans_on_report(telling: Telling) -> Play:
    """A decision that would rest on a superseded report, and not say so, is refused (E04)."""
    scene = telling.scene("case")
    tariff = {"sanction": "suspension", "clause": "C1", "length": "6 months"}
    given: dict[str, Any] = {
        "evidence": ["E1"],
        "reasons": "He said what people tell.",
        "tariff": tariff,
        "finding": {"C1": "found"},
    }
    telling.refused(lambda: scene.do("sanction", "panel", **given))
    return scene


def decided(telling: Telling) -> Play:
    """The decision, on the recording and the statement, some days late; and the record says how many (F01, F11, H03)."""
    scene = telling.scene("case")
    tariff = {"sanction": "suspension", "clause": "C1", "length": "6 months"}
    scene.do("sanction", "panel", evidence=["E4", "E5"], reasons=WHY_BREACH, tariff=tariff, finding={"C1": "found"})
    return scene


def appealed(telling: Telling) -> Play:
    """The respondent appeals."""
    scene = telling.scene("case")
    scene.do("appeal", "respondent", grounds="Six months are out of proportion; I have said that I am ashamed.")
    return scene


def upheld(telling: Telling) -> Play:
    """Three others, none of whom was there and none of whom decided before, hear the appeal (G02)."""
    scene = telling.scene("case")
    scene.do(
        "uphold", "appeal_panel", reasons="The words were spoken from an office, about people who cannot answer there."
    )
    return scene


SECOND = (
    Step("notified", 54, "09:00", notified),
    Step("notified", 57, "09:00", written),
    Step("asked_why", 63, "10:00", asked_why),
    Step("asked_why", 70, "10:00", spoken),
    Step("charged", 84, "10:00", reported),
    Step("charged", 88, "10:00", charged),
    Step("charged", 96, "10:00", replied),
    Step("heard", 98, "10:00", listed),
    Step("accompanied", 97, "10:00", accompanied),
    Step("objection", 99, "10:00", objection),
    Step("objection", 102, "11:00", objection_ruled),
    Step("heard", 113, "13:00", heard),
    Step("leans_on_report", 126, "10:00", leans_on_report),
    Step("decided", 131, "09:00", decided),
    Step("appealed", 138, "10:00", appealed),
    Step("appealed", 152, "10:00", upheld),
)
