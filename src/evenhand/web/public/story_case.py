# SPDX-License-Identifier: Apache-2.0
"""The words of the founding story: what was said behind closed doors, the hasty apology, and the decision by strangers."""

from django.utils.translation import gettext_lazy as _

from evenhand.web.public.scenes import Chapter
from evenhand.web.public.scenes import scene as _of

BEHIND_DOORS = Chapter(
    _("Behind closed doors"),
    (
        _of(
            "motion_moved",
            _("A motion is moved in the council"),
            _("Its exact words are in the record before anybody debates them, with who moved and who seconded it."),
            "J07",
        ),
        _of(
            "closed_meeting",
            _("The session is closed"),
            _(
                "The clerk enters that the doors were shut, why, and how many wanted it. Fifteen councillors and ten "
                "of the twelve of the panel are in the room, and the list says so."
            ),
            "M07",
        ),
        _of(
            "motion_carried",
            _("The motion is carried, by name"),
            _(
                "Eight councillors vote for it. One of them is complained about a few hours later: this vote will be "
                "listed."
            ),
            "J07 I09",
        ),
        _of(
            "body_complains",
            _("An affiliated body complains"),
            _(
                "It speaks for people whom it need not name, and hands in two reports of what a councillor said. They"
                " differ. The matter is bound to the meeting, and nobody who was there can be given a seat in it."
            ),
            "A01 A04 E03 M18",
        ),
        _of(
            "framed",
            _("Two people offer a conversation"),
            _(
                "An officer looks up whether he is a member, and puts the complaint into the words of the code. Two "
                "gatekeepers, drawn by lot, offer an informal way, with reasons."
            ),
            "A10 D14",
        ),
        _of(
            "outside_contact",
            _("The chair rings up"),
            _(
                "He has no part in the matter, and asks whether it could be over before the regatta. The officer "
                "enters the call in one step; such calls are counted."
            ),
            "D12",
        ),
    ),
)


APOLOGY = Chapter(
    _("A hasty apology"),
    (
        _of(
            "hasty",
            _("The mediator wants to have it settled within the hour"),
            _(
                "Neither side has agreed yet. The rules refuse it, and the attempt stays in the record. By the "
                "mediator’s word the councillor now knows of the complaint: he leaves every seat at once, and "
                "his vote for the motion is listed."
            ),
            "F08 D10 M03",
        ),
        _of(
            "in_the_room",
            _("The mediator was in the room himself"),
            _(
                "The association says so and the clerk confirms it. The fact alone takes him off the seat; nobody has"
                " to ask him to go. Another mediator is called."
            ),
            "D01 D09",
        ),
        _of(
            "settled",
            _("An apology, and the account on which it rests"),
            _(
                "Both sides agree to it. What is said to have happened is written down with the apology: a clumsy "
                "remark, and no people spoken of."
            ),
            "F08 M04",
        ),
        _of(
            "disposed",
            _("What he helped decide cannot simply stand"),
            _(
                "Two overseers from outside look at the motion. Without him there was no quorum: that it stands is "
                "refused to them, and they refer it, with reasons. Silence would have done the same."
            ),
            "D10 D11",
        ),
        _of(
            "strangers",
            _("Everybody who could look at it was there"),
            _(
                "Of the twelve of the panel ten were at the meeting. With two left a lot decides nothing: two people "
                "of the sister federation take the seats."
            ),
            "D08 D14",
        ),
        _of(
            "statement",
            _("A councillor says otherwise"),
            _("He sat across the table. A first-hand statement is no report, and is labelled so."),
            "E03",
        ),
        _of(
            "recording",
            _("A recording arrives"),
            _(
                "It is hashed on arrival. Both reports are marked as superseded by it; neither is removed, and what "
                "rested on them is listed."
            ),
            "E01 E04",
        ),
        _of(
            "taken_up",
            _("The settlement is taken up again"),
            _(
                "The account on which it rests is not what the recording holds. The rulebook has a route for that: "
                "three reviewers who had no part in it take it."
            ),
            "M04 E05",
        ),
    ),
)


STRANGERS = Chapter(
    _("Before people who were not there"),
    (
        _of(
            "notified",
            _("The notice, and everything that anybody relies on"),
            _("The respondent has the allegation, the rule, and all four items, the superseded ones too."),
            "B02 E06",
        ),
        _of(
            "asked_why",
            _("The officer who was in the room is asked why"),
            _("He wrote nothing down and arranged an apology. The question is on the record, and so is the answer."),
            "M06",
        ),
        _of(
            "charged",
            _("A case to answer, and an answer"),
            _("The investigator who listened to the recording decides nothing; two gatekeepers do."),
            "F02",
        ),
        _of(
            "accompanied",
            _("The respondent brings somebody with him"),
            _("Whoever accompanies him reads what he reads, and nothing else."),
            "B06",
        ),
        _of(
            "objection",
            _("He objects to one of the three who will decide"),
            _(
                "The names were known before. Until a judge of challenges has ruled, with reasons, the reviewer does "
                "not act; she may, in the end."
            ),
            "D06",
        ),
        _of(
            "heard",
            _("A panel of strangers hears it"),
            _("Three reviewers sit in place of the panel. The date was fixed fifteen days before."),
            "D08 F10 M20",
        ),
        _of(
            "leans_on_report",
            _("A decision that leans on the report is refused"),
            _("A better source has taken its place. Whoever relies on it all the same has to say so, and why."),
            "E04 E06",
        ),
        _of(
            "decided",
            _("The decision, some days late"),
            _(
                "The limit for the reasoned decision passed; the clock entered the day, and both sides had a letter "
                "about it. The promise was missed, and it cannot be taken out."
            ),
            "F01 F11 H03",
        ),
        _of(
            "appealed",
            _("An appeal, to others again"),
            _(
                "Nobody who was at the meeting, and nobody who decided before, can sit. The appeal is heard, and it "
                "is over."
            ),
            "G01 G02",
        ),
    ),
)
