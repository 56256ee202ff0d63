# SPDX-License-Identifier: Apache-2.0
"""The founding story, first part: what was said behind closed doors, a hasty apology, a recording, and a decision by strangers.

A councillor speaks at a closed meeting at which nearly everybody was who could judge them (S0, S3, S4, S13).
"""

from typing import Any

from evenhand.harbour import papers
from evenhand.harbour.playing import Play
from evenhand.harbour.reviewing import dispose, review_of, waiting
from evenhand.harbour.telling import Step, Telling
from evenhand.procedure.contacting import enter_contact
from evenhand.procedure.evidencing import supersede
from evenhand.procedure.opening import Party
from evenhand.procedure.registering import record_fact
from evenhand.store import models

SAID = "their sort invents complaints, and one hears already from the way they speak what those are worth"
FIRST_REPORT = (
    "Two councillors told me on the quay that evening: he said that the people of the Far Shore should be heard more often. "
    "Somebody laughed. I was not in the room."
)
SECOND_REPORT = (
    "THE TIDE TABLE, a newsletter. What was said in closed session. We hear that a councillor spoke of “their sort” and of "
    "complaints that are invented. Another who was there remembers a joke, and no more."
)
APOLOGY = (
    "I said something clumsy about how complaints are handled. If anybody from the Far Shore took it amiss, I am sorry. "
    "I did not speak of any people."
)
STATEMENT = (
    "I sat across the table. He spoke of the people of the Far Shore, not of how complaints are handled. I heard the words "
    "“their sort”. I said nothing then, and I ought to have."
)
ACCOUNT = "It rests on this account: a clumsy remark about how complaints are handled; no people were spoken of."
PRESENT = 10
"""Of the twelve of the panel so many had been invited to the meeting, to report on their year."""


def moved(telling: Telling) -> Play:
    """A councillor moves what later becomes the talk of the meeting; the rota will seat whoever comes first by handle."""
    council = sorted(telling.people.offices["council"][1:])
    names = ("councillor", "ally", "other_councillor", "mover", "seconder", "chair")
    telling.cast |= dict(zip(names, (council[0], council[1], council[2], *council[-3:]), strict=True))
    scene = telling.new("motion", kind="motion")
    seconder = Party(role="councillor", person=telling.cast["seconder"])
    carries = {
        "text": "That the panel’s yearly report be received in closed session, and that the slipway committee be stood down.",
        "reasons": "The report names open matters.",
    }
    scene.lodge("move", by="councillor", person=telling.cast["mover"], parties=[seconder], carries=carries)
    return scene


def seconded(telling: Telling) -> Play:
    """Somebody seconds it."""
    scene = telling.scene("motion")
    scene.do("second", "councillor", telling.cast["seconder"], consent=[telling.cast["seconder"]])
    return scene


def closed_meeting(telling: Telling) -> Play:
    """The session is closed, and the record says so (M07); who was there is entered from the attendance list."""
    scene = telling.scene("motion")
    reasons = "The panel’s report names matters that are open."
    scene.do("close_session", "clerk", reasons=reasons, vote={"for": 9, "against": 3, "abstain": 1})
    telling.event = f"event:{telling.chance(16).hex()}"
    there = [*telling.people.offices["council"], *telling.people.offices["panel"][:PRESENT]]
    about = {
        "kind": "present_at",
        "b": telling.event,
        "since": telling.day(),
        "source": "attendance list of the council",
    }
    for person in there:
        telling.record(person, [about | {"a": person}])
    return scene


def carried(telling: Telling) -> Play:
    """Eight councillors carry the motion, by name (J07)."""
    scene = telling.scene("motion")
    scene.do("carry", "council", text="That the panel’s yearly report be received in closed session.")
    return scene


def minuted(telling: Telling) -> Play:
    """The minutes are signed."""
    scene = telling.scene("motion")
    text = "Closed session from 19:00. The report was received. A remark on complaints was made; it is not minuted."
    scene.do("sign_minutes", "clerk", text=text, vote={"for": 8, "against": 0})
    return scene


def body_complains(telling: Telling) -> Play:
    """An affiliated body complains for people it need not name, and hands two reports in that differ (A04, E03)."""
    body = telling.people.bodies[1]
    telling.cast["body"] = body
    scene = telling.new("case", complainant=body, respondent=telling.cast["councillor"])
    account = (
        "At the closed meeting of the council a councillor spoke about our people. Two reports of it have reached us, and they "
        "do not say the same. We ask you to find out what was said."
    )
    day = telling.start.date().isoformat()
    scene.lodge("lodge_as_body", carries={"account": account}, about="a councillor", conduct=day)
    for name, kind, text in (
        ("What two councillors told on the quay", "second_hand", FIRST_REPORT),
        ("The Tide Table, a newsletter", "published", SECOND_REPORT),
    ):
        data = papers.page(name, text)
        source, obtained = "the association’s secretary", "sent to us on the day after the meeting, as a file"
        telling.items[kind] = scene.hand_in("complainant", data, name=name, kind=kind, source=source, obtained=obtained)
    scene.do("submit", "complainant", evidence=["E1", "E2"])
    about = {
        "kind": "concerns",
        "a": f"matter:{scene.ident}",
        "b": telling.event,
        "since": day,
        "source": "the complaint",
    }
    present = models.Fact.objects.filter(kind="present_at", b=telling.event).order_by("a").values_list("a", flat=True)
    telling.record(body, [about], unseats=list(present))
    return scene


def framed(telling: Telling) -> Play:
    """The officer puts the complaint into the words of the rules (M18)."""
    scene = telling.scene("case")
    scene.do(
        "frame", "case_officer", reasons="What is described is what C1 speaks of; whether it was said is the question."
    )
    return scene


def informal(telling: Telling) -> Play:
    """Two gatekeepers offer an informal way (A10)."""
    scene = telling.scene("case")
    reasons = "The reports do not agree, and both sides may want to talk before anybody decides who is right."
    scene.do("offer_informal", "gatekeepers", reasons=reasons)
    return scene


def outside_contact(telling: Telling) -> Play:
    """The chair rings the officer up about the matter; it is entered in one step, and counted (D12)."""
    scene = telling.scene("case")
    enter_contact(
        telling.organisation, scene.ident, scene.who("case_officer"), who="the chair of the council", kind="telephone",
        day=telling.at.date(), words="He asked whether this could be over before the summer regatta.", **scene.given,
    )  # fmt: skip
    return scene


def hasty(telling: Telling) -> Play:
    """The mediator tells the respondent, and wants to have it settled within the hour: refused, nobody has agreed (F08)."""
    scene = telling.scene("case")
    telling.cast["officer"] = scene.who("mediator")
    scene.do("invite", "mediator", account="A remark at the closed meeting is complained about.")
    given: dict[str, Any] = {"account": ACCOUNT, "consent": [scene.respondent], "reasons": "He is sorry."}
    telling.refused(lambda: scene.do("settle", "mediator", **given))
    return scene


def disposed(telling: Telling) -> Play | None:
    """Overseers look at the vote of the one who became a respondent: without him there was no quorum, so it cannot stand."""
    review = review_of(telling.organisation, telling.cast["councillor"], at=telling.at, chance=telling.chance)
    if review is None:
        raise LookupError("Nothing of the councillor is listed.")
    [listed] = waiting(review)
    because = "The motion was carried by eight of eight, and one of them has stood back since."
    refused = dispose(review, listed, "overseers", "stands", reasons="It was carried by all who voted.")
    if refused:
        telling.refusals.append(refused)
    told = "The vote on this motion is looked at by others, because one seat has to be counted anew."
    dispose(review, listed, "overseers", "referred", reasons=because, told=told)
    return review


def overtaken(telling: Telling) -> Play | None:
    """The body of last resort: the motion has had its whole effect, and nothing is left to undo (D11)."""
    review = review_of(telling.organisation, telling.cast["councillor"], at=telling.at, chance=telling.chance)
    if review is None:
        raise LookupError("Nothing was referred.")
    [listed] = waiting(review)
    reasons = "The report was received on that evening and the session is over. There is nothing that a new vote could change."
    dispose(review, listed, "reviewers", "overtaken", reasons=reasons)
    return review


def in_the_room(telling: Telling) -> Play:
    """The association says that this officer was in the room; the fact takes him off the seat, and another is called (S3)."""
    scene = telling.scene("case")
    officer, day = telling.cast["officer"], telling.start.date().isoformat()
    about = {
        "kind": "present_at",
        "b": telling.event,
        "since": day,
        "source": "the association, confirmed by the clerk",
    }
    record_fact(telling.organisation, officer, at=scene.at, chance=telling.chance, **about)
    return scene


def settled(telling: Telling) -> Play:
    """Another mediator, the consent of both sides, an apology, and the account on which it rests (F08, M04)."""
    scene = telling.scene("case")
    scene.do("agree", "complainant", consent=[scene.complainant])
    scene.do("agree_too", "respondent", consent=[scene.respondent])
    data = papers.page("To the Far Shore Branch Association", APOLOGY)
    about = {
        "name": "Letter of apology",
        "kind": "document",
        "source": "the respondent",
        "obtained": "written for this",
    }
    telling.items["apology"] = scene.hand_in("respondent", data, **about)
    both = [scene.complainant, scene.respondent]
    scene.do("settle", "mediator", account=ACCOUNT, consent=both, reasons="An apology was given and taken.")
    return scene


def strangers(telling: Telling) -> Play:
    """Ten of the twelve who could look at it were at the meeting: two strangers do (D08, S13)."""
    scene = telling.scene("case")
    scene.do("confirm_settlement", "duty_panel", account=ACCOUNT, reasons="Both sides told us that they agreed freely.")
    return scene


def stated(telling: Telling) -> Play:
    """Another councillor who was there says otherwise, at first hand (E03)."""
    scene = telling.scene("case")
    data = papers.scan(STATEMENT)
    about = {
        "name": "Statement of a councillor who sat across the table", "kind": "first_hand",
        "source": "the councillor, by hand", "obtained": "signed before the case officer, and scanned",
    }  # fmt: skip
    telling.items["statement"] = scene.hand_in("case_officer", data, **about)
    other, day = telling.cast["other_councillor"], telling.day()
    about = {"kind": "witness", "b": f"matter:{scene.ident}", "since": day, "source": "first-hand statement"}
    record_fact(telling.organisation, other, at=scene.at, chance=telling.chance, **about)
    return scene


def recorded(telling: Telling) -> Play:
    """A recording arrives, and it is worse than the reports; both reports are superseded, and none is removed (E04)."""
    scene = telling.scene("case")
    about = {
        "name": "Recording of the meeting, from 19:42", "kind": "recording",
        "source": "somebody who was there and wants not to be named", "obtained": "copied from a telephone in our presence",
    }  # fmt: skip
    telling.items["recording"] = scene.hand_in("complainant", papers.sound(SAID), **about)
    scene.read(telling.items["recording"], "case_officer")
    for old in ("second_hand", "published"):
        reasons = "The recording holds the words themselves; the report tells what others remember of them."
        person, better = scene.who("case_officer"), telling.items["recording"]
        scene.later(minutes=5)
        supersede(telling.organisation, scene.ident, person, telling.items[old], better, reasons=reasons, **scene.given)
    return scene


def review_asked(telling: Telling) -> Play:
    """The association asks that the settlement be looked at: the account on which it rests is not what was said (M04)."""
    scene = telling.scene("case")
    grounds = "We settled on an account that the statement E4 and the recording E5 contradict."
    scene.do("ask_review", "complainant", grounds=grounds)
    return scene


def taken_up(telling: Telling) -> Play:
    """Three reviewers who had no part in it take the settlement up again, by the rulebook's own route."""
    scene = telling.scene("case")
    for person in [seat.person for seat in scene.seats("reviewers")]:
        scene.read(telling.items["recording"], "reviewers", person)
    scene.do(
        "take_up_settled", "reviewers", reasons="E5 holds words about people; the account says that there were none."
    )
    return scene


FIRST = (
    Step("motion_moved", -9, "10:00", moved),
    Step("motion_moved", -7, "10:30", seconded),
    Step("closed_meeting", 0, "19:00", closed_meeting),
    Step("motion_carried", 12, "08:00", carried),
    Step("motion_carried", 12, "08:30", minuted),
    Step("body_complains", 12, "09:15", body_complains),
    Step("framed", 13, "10:00", framed),
    Step("framed", 15, "11:00", informal),
    Step("outside_contact", 16, "11:20", outside_contact),
    Step("hasty", 18, "14:00", hasty),
    Step("in_the_room", 19, "09:30", in_the_room),
    Step("settled", 26, "15:00", settled),
    Step("disposed", 27, "10:00", disposed),
    Step("disposed", 39, "10:00", overtaken),
    Step("strangers", 28, "11:00", strangers),
    Step("statement", 34, "15:00", stated),
    Step("recording", 41, "08:40", recorded),
    Step("taken_up", 43, "09:00", review_asked),
    Step("taken_up", 50, "10:00", taken_up),
)
