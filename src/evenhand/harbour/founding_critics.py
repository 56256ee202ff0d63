# SPDX-License-Identifier: Apache-2.0
"""The founding story, third part: two critics are written to overnight, and an ally hears nothing for a month (S1, M05)."""

from datetime import timedelta

from evenhand.harbour import papers
from evenhand.harbour.playing import Play
from evenhand.harbour.telling import Step, Telling
from evenhand.store import models

CRITICS = ("critic", "other_critic")


def critic_complains(telling: Telling) -> Play:
    """A member complains about an ally of the council, in the morning."""
    telling.cast |= dict(zip(CRITICS, telling.people.members[20:22], strict=True))
    scene = telling.new("ally", complainant=telling.cast["critic"], respondent=telling.cast["ally"])
    account = "After the meeting he wrote to the crew list that the Far Shore people lie, and that somebody should sort them out."
    scene.lodge("lodge", carries={"account": account}, about="a councillor", conduct=telling.day())
    data = papers.page("To the crew list", "They lie, and somebody should sort them out.")
    about = {
        "name": "Message to the crew list",
        "kind": "document",
        "source": "the list",
        "obtained": "saved as it came",
    }
    scene.hand_in("complainant", data, **about)
    return scene


def overnight(telling: Telling) -> Play:
    """The chair complains about two critics in the evening; officers and gatekeepers are at it by night (S1)."""
    account = "In the harbour bar and on the crew list she called the council a disgrace, and us liars."
    for name in CRITICS:
        scene = telling.new(name, complainant=telling.cast["chair"], respondent=telling.cast[name])
        scene.lodge("lodge", carries={"account": account}, about="a member", conduct=telling.day())
        telling.at += timedelta(minutes=10)
    for name in CRITICS:
        scene = telling.scene(name)
        scene.do("frame", "case_officer", reasons="Words about others, on the crew list: C1.")
        scene.do("investigate", "gatekeepers", reasons="What is described is what the code speaks of.")
    return telling.scenes[CRITICS[0]]


def told_by_breakfast(telling: Telling) -> Play:
    """Both have a notice of investigation before they have had breakfast."""
    for name in CRITICS:
        telling.scene(name).do("notify", "case_officer", account="What you are said to have called the council.")
    return telling.scenes[CRITICS[0]]


def interim_asked(telling: Telling) -> Play:
    """The officer asks that one of them be suspended meanwhile."""
    scene = telling.scene("other_critic")
    scene.do("ask_interim", "case_officer", reasons="She goes on writing.", proportionality="She was asked to stop.")
    return scene


def suspended(telling: Telling) -> Play:
    """Two people who did not ask for it decide, with an expiry (C01, C02)."""
    scene = telling.scene("other_critic")
    expiry = (telling.at + timedelta(days=20)).date().isoformat()
    scene.do(
        "suspend",
        "duty_panel",
        reasons="The messages went on.",
        proportionality="Twenty days, and no longer.",
        expiry=expiry,
    )
    return scene


def contested(telling: Telling) -> Play:
    """She objects; nobody rules within five working days, and the suspension falls by itself (C03)."""
    scene = telling.scene("other_critic")
    scene.do(
        "contest",
        "respondent",
        grounds="I was suspended for words that others wrote too, and they were not even asked.",
    )
    return scene


def critic_cleared(telling: Telling) -> Play:
    """The investigator reports on both; for the first there is no case to answer, and she is told as promptly (B09)."""
    for name in CRITICS:
        scene = telling.scene(name)
        scene.do(
            "report", "investigator", evidence=["the messages of that evening"], reasons="Hard words about an office."
        )
    scene = telling.scene("critic")
    scene.do("no_case", "gatekeepers", reasons="To call a council a disgrace is no abuse of a person.")
    return scene


def other_charged(telling: Telling) -> Play:
    """The other one is charged."""
    scene = telling.scene("other_critic")
    scene.do(
        "charge",
        "gatekeepers",
        evidence=["the messages of that evening"],
        reasons="She named one person, and a panel decides.",
    )
    return scene


def other_replied(telling: Telling) -> Play:
    """She answers, and the panel fixes a day."""
    scene = telling.scene("other_critic")
    scene.do("reply", "respondent", account="I meant the office, not the man. I would write it again.")
    day = (telling.at + timedelta(days=16)).date().isoformat()
    scene.do("fix_hearing", "panel", hearing={"date": day, "place": "the boathouse"}, person="three of the panel")
    return scene


def other_cleared(telling: Telling) -> Play:
    """A hearing, and no breach."""
    scene = telling.scene("other_critic")
    scene.do(
        "hear",
        "panel",
        hearing={"date": telling.day(), "place": "the boathouse"},
        statement="Both came and were heard.",
    )
    reasons = "The words are about how an office was used. That a member may say."
    evidence = ["the messages of that evening"]
    scene.do("no_breach", "panel", finding={"C1": "not found"}, evidence=evidence, reasons=reasons)
    return scene


def ally_told(telling: Telling) -> Play:
    """Nobody of the office did anything: the clock took the complaint in, and reviewers from outside told the ally (K07)."""
    scene = telling.scene("ally")
    account = "A message to the crew list, of the day after the meeting was talked about."
    scene.do(
        "notify_second",
        "reviewers",
        account=account,
        evidence=["E1"],
        person="the reviewers",
        reasons="The office was silent.",
    )
    return scene


def ally_reported(telling: Telling) -> Play:
    """It is investigated like any other; the gatekeepers see no case, and observers from outside call that in (M22)."""
    scene = telling.scene("ally")
    scene.do("report", "investigator", evidence=["E1"], reasons="The message was sent from his address.")
    scene.do("no_case", "gatekeepers", reasons="It may have been a joke.")
    return scene


def called_in(telling: Telling) -> Play:
    """The overseers call the ending in."""
    scene = telling.scene("ally")
    scene.do("call_in", "overseers", reasons="The same clause, harder words than in two matters that went to a panel.")
    return scene


def charged_after_all(telling: Telling) -> Play:
    """Reviewers find a case to answer."""
    scene = telling.scene("ally")
    reasons = "A joke is what the code gives as an example."
    scene.do("charge_on_review", "reviewers", evidence=["E1"], reasons=reasons)
    return scene


def ally_heard(telling: Telling) -> Play:
    """He has let his turn to answer pass; a panel hears it all the same."""
    scene = telling.scene("ally")
    day = (telling.at + timedelta(days=16)).date().isoformat()
    scene.do("fix_hearing", "panel", hearing={"date": day, "place": "the boathouse"}, person="three of the panel")
    return scene


def ally_decided(telling: Telling) -> Play:
    """The same clause, the same ladder: a warning."""
    scene = telling.scene("ally")
    statement = "The complaining side came and was heard; he did not come."
    scene.do("hear", "panel", hearing={"date": telling.day(), "place": "the boathouse"}, statement=statement)
    tariff = {"sanction": "warning", "clause": "C1", "length": "12 months on file"}
    for item in models.Item.objects.filter(matter_id=scene.ident):
        scene.serve(item.ident)
    reasons = "Who writes to a crew list that somebody should sort people out threatens them, whatever he meant."
    scene.do("sanction", "panel", finding={"C1": "found"}, evidence=["E1"], reasons=reasons, tariff=tariff)
    return scene


THIRD = (
    Step("critic_complains", 33, "10:00", critic_complains),
    Step("overnight", 33, "20:10", overnight),
    Step("overnight", 34, "06:40", told_by_breakfast),
    Step("suspended", 35, "16:00", interim_asked),
    Step("suspended", 36, "10:00", suspended),
    Step("suspended", 40, "10:00", contested),
    Step("critics_cleared", 60, "10:00", critic_cleared),
    Step("critics_cleared", 63, "14:00", other_charged),
    Step("critics_cleared", 70, "14:00", other_replied),
    Step("critics_cleared", 90, "10:00", other_cleared),
    Step("ally_told", 62, "10:00", ally_told),
    Step("called_in", 99, "10:00", ally_reported),
    Step("called_in", 106, "10:00", called_in),
    Step("called_in", 118, "10:00", charged_after_all),
    Step("ally_decided", 144, "10:00", ally_heard),
    Step("ally_decided", 160, "10:00", ally_decided),
)
