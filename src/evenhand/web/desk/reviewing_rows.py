# SPDX-License-Identifier: Apache-2.0
"""A listed decision in words and in drawn votes, for the list and for its own page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext

from evenhand.casework.phrases_words import act_title, day_words, role_title
from evenhand.casework.running_book import RunningBook
from evenhand.procedure.review_rows import TELL, Row
from evenhand.store import books
from evenhand.web.matter.door import Door

TITLES = {
    TELL: gettext_noop("The parties are told now"),
    "stands": gettext_noop("It stands"),
    "re-decided": gettext_noop("It is decided again"),
    "referred": gettext_noop("It is referred"),
    "overtaken": gettext_noop("It was overtaken"),
}
NEEDS = {
    TELL: gettext_noop("What becomes of the decision is said later; the parties can then ask for it."),
    "stands": gettext_noop(
        "Reasons that answer each flag of this decision; not where its body had no quorum without them."
    ),
    "re-decided": gettext_noop(
        "A way to reopen it in the rules of its day. A new matter, which names this one, opens before others."
    ),
    "referred": gettext_noop("The body of last resort gets it with its file, and decides what becomes of it."),
    "overtaken": gettext_noop("It was set aside already, or its effect is spent; say by what."),
}
"""What each disposition needs besides reasons and two people."""
INVOLVED = {
    "voted": gettext_noop("voted"), "drafted": gettext_noop("wrote what was adopted"), "chaired": gettext_noop("chaired"),
    "investigated": gettext_noop("investigated"), "settled": gettext_noop("settled it"), "appointed": gettext_noop("appointed"),
    "ruled": gettext_noop("ruled alone"), "acted alone": gettext_noop("did it alone"),
    "present": gettext_noop("was present"), "read": gettext_noop("read the file"),
}  # fmt: skip
EFFECTS = {
    "carried": gettext_noop("carried"), "not carried": gettext_noop("not carried"),
    "inquorate": gettext_noop("no quorum"), "open": gettext_noop("an open tie"),
}  # fmt: skip
SIDES = {
    "for": gettext_noop("voted for"),
    "against": gettext_noop("voted against"),
    "abstain": gettext_noop("abstained"),
}
BECAUSE = {
    "a party asked": gettext_noop("a party asked"),
    "taken up": gettext_noop("taken up by a reviewer"),
    "nobody decided": gettext_noop("the first to have it let the last day pass"),
}


def shown(row: Row, door: Door) -> dict[str, Any]:
    """Everything that a template says of one listed decision."""
    about, entry = row.about, row.entry
    book = books.running(row.matter.rulebook, row.matter.book)
    due = date.fromisoformat(row.listed.due) if row.listed.due else None
    return {
        "ident": row.listed.ident,
        "url": door.url("decision", row.review.slug, row.listed.ident),
        "rank": row.listed.rank,
        "code": row.matter.code,
        "act": _title(book, row),
        "day": day_words(book.calendar.local_day(entry.at), translate=gettext),
        "body": role_title(entry.role, translate=gettext),
        "ground": row.says.get("text.ground", ""),
        "class": about.get("class", ""),
        "appeal_open": about.get("appeal_open", False),
        "pivotal": about.get("pivotal"),
        "quorum_lost": about.get("quorum_lost"),
        "casting_vote": about.get("casting_vote"),
        "could_have_been": about.get("could_have_been"),
        "was": _count(about, crossed=False),
        "without": _count(about, crossed=True),
        "squares": squares(about.get("vote", {})),
        "involved": _involved(about),
        "rests": _rests(about.get("rests", {})),
        "weight": _weight(about),
        "due": due,
        "due_words": day_words(due, translate=gettext) if due else "",
        "asked": gettext(BECAUSE[row.asked]) if row.asked else "",
        "open": row.open,
        "disposition": gettext(TITLES[row.listed.disposition]) if row.listed.disposition else "",
        "recorded": _recorded(book, row),
        "proposed": gettext(TITLES[row.proposal.disposition]) if row.proposal and row.open else "",
    }


def _title(book: RunningBook, row: Row) -> str:
    name = row.entry.rule.partition(".")[2]
    if row.entry.type == "act":
        return act_title(book, name, translate=gettext)
    return gettext("The file was read") if name == "content_read" else act_title(book, name, translate=gettext)


def _count(about: Mapping[str, Any], *, crossed: bool) -> dict[str, str]:
    """The counts in words, and the effect: "2 for, 1 against", "carried"."""
    vote, effect = about.get("vote"), about.get("without" if crossed else "was", "")
    if not vote or not effect:
        return {}
    counts = {side: vote[side] - (crossed and vote["mine"] == side) for side in SIDES}
    words = [gettext("{n} for").format(n=counts["for"]), gettext("{n} against").format(n=counts["against"])]
    if counts["abstain"]:
        words.append(gettext("{n} abstaining").format(n=counts["abstain"]))
    return {"counts": ", ".join(words), "effect": gettext(EFFECTS[effect])}


def squares(vote: Mapping[str, Any]) -> dict[str, Any]:
    """The vote as a drawing: one square a vote, the person's first of its side, so that the second drawing can cross it out."""
    if not vote:
        return {}
    sides = [side for side in SIDES for _ in range(vote[side])]
    mine = sides.index(vote["mine"]) if vote["mine"] in sides else -1
    marks = [{"x": 1 + 16 * n, "side": side, "mine": n == mine} for n, side in enumerate(sides)]
    return {"width": 16 * len(sides), "marks": marks}


def _involved(about: Mapping[str, Any]) -> str:
    mine = about.get("vote", {}).get("mine", "")
    words = [
        gettext(SIDES[mine]) if name == "voted" and mine else gettext(INVOLVED[name])
        for name in about.get("involvement", ())
    ]
    return ", ".join(words)


def _rests(rests: Mapping[str, int]) -> str:
    appeals, draws = rests.get("appeals", 0), rests.get("draws", 0)
    words = []
    if appeals:
        words.append(
            ngettext("{n} appeal or linked matter", "{n} appeals or linked matters", appeals).format(n=appeals)
        )
    if draws:
        words.append(ngettext("{n} panel drawn", "{n} panels drawn", draws).format(n=draws))
    return ", ".join(words) or gettext("nothing yet")


def _weight(about: Mapping[str, Any]) -> str:
    """The weightiest thing to be said of it, in the order of the list."""
    flags = (
        ("pivotal", gettext("turned it")), ("quorum_lost", gettext("quorum lost")), ("casting_vote", gettext("casting vote")),
        ("could_have_been", gettext("could have turned it")),
    )  # fmt: skip
    found = next((words for name, words in flags if about.get(name)), "")
    return found or _involved(about)


def _recorded(book: RunningBook, row: Row) -> dict[str, Any]:
    if row.recorded is None:
        return {}
    about = row.recorded["body.disposition"]
    return {
        "day": day_words(book.calendar.local_day(row.recorded["at"]), translate=gettext),
        "clock": about["clock"],
        "reasons": row.recorded.get("text.reasons", ""),
        "n": row.recorded["n"],
        "people": len(about["by"]),
    }
