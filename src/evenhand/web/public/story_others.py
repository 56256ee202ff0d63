# SPDX-License-Identifier: Apache-2.0
"""The words of the founding story: two critics and an ally, a code cut down without asking, and ballot papers."""

from django.utils.translation import gettext_lazy as _

from evenhand.web.public.scenes import Chapter
from evenhand.web.public.scenes import scene as _of

OVERNIGHT = Chapter(
    _("Overnight, and not at all"),
    (
        _of(
            "critic_complains",
            _("A critic complains about an ally, in the morning"),
            _("Hard words on the crew list. Nobody in the office does anything about it."),
            "A11 K07",
        ),
        _of(
            "overnight",
            _("Two critics are complained about, in the evening"),
            _(
                "Framed by nine, decided by half past nine, and both have their notice before breakfast. One of them "
                "complained that morning: the matter about her is marked as possibly retaliatory."
            ),
            "B01 M05 K05",
        ),
        _of(
            "suspended",
            _("One of them is suspended"),
            _(
                "Asked for by one, decided by two others, with a last day. She objects; nobody rules on it within "
                "five working days, and the suspension falls by itself."
            ),
            "C01 C02 C03",
        ),
        _of(
            "ally_told",
            _("The ally hears of it after a month, from strangers"),
            _(
                "Silence refuses nobody: the clock took the complaint in, passed it on when the notice was late, and "
                "reviewers of the sister federation told him. The missed limit is an entry."
            ),
            "H03 B01 K07",
        ),
        _of(
            "critics_cleared",
            _("Both critics are cleared, and told so"),
            _(
                "For one there is no case to answer; for the other a panel finds no breach. The letter comes as "
                "promptly as the notice did."
            ),
            "B09 F01",
        ),
        _of(
            "called_in",
            _("Two gatekeepers see no case against the ally; observers from outside do"),
            _("The overseers see every ending, mild ones too, and call this one in. Reviewers find a case to answer."),
            "M22 A11",
        ),
        _of(
            "ally_decided",
            _("He does not answer, and the matter does not stop"),
            _(
                "His turn to answer passes by the clock, the panel hears the complaining side, and decides with "
                "reasons."
            ),
            "B04 F01",
        ),
    ),
)


RULES = Chapter(
    _("A code cut down, and ballots out"),
    (
        _of(
            "code_proposed",
            _("A shorter code is to be adopted the same morning"),
            _("Three of five examples are to go. The chair tries to have it adopted at once: the rules refuse it."),
            "I05",
        ),
        _of(
            "published",
            _("The council publishes it, and invites nobody"),
            _(
                "Whoever has an open case has no seat in this. Forty working days to comment begin, and nobody can "
                "cut them short."
            ),
            "I05 M01",
        ),
        _of(
            "standing",
            _("“We were never asked”"),
            _("The association claims to be concerned. Reviewers rule on it, with reasons."),
            "M10 I06",
        ),
        _of(
            "letter",
            _("A letter, signed one by one"),
            _("Each signature is an act of a member, under their own name and with their own receipt."),
            "I07",
        ),
        _of(
            "asked_nobody",
            _("“We have consulted widely”"),
            _("The council would close the consultation although it has invited nobody. The rules refuse it."),
            "I06",
        ),
        _of(
            "nothing_adopted",
            _("Nothing is adopted"),
            _("The time to answer has run out, and the arbitrator has it. The code in force is the one that was."),
            "I05 H03",
        ),
        _of(
            "election",
            _("An election to the council is announced"),
            _("Method, tie rule and the one rule on open cases are fixed before anybody stands."),
            "J05",
        ),
        _of(
            "candidates",
            _("Five stand, and one of them is under a charge"),
            _("The assessor applies the same rule to all five, and says how many had something to disclose."),
            "J05 C04",
        ),
        _of(
            "ballots_out",
            _("Ballot papers go out while the case is open"),
            _(
                "That somebody voted is in the record; how, is not. Two scrutineers from outside declare, and the "
                "numbers add up. The papers themselves are not counted by this software yet."
            ),
            "J01 J04",
        ),
    ),
)
