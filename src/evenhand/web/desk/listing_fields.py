# SPDX-License-Identifier: Apache-2.0
"""The form by which *Matters* is narrowed, and what of an address it understands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from django.utils.translation import gettext, gettext_noop

from evenhand.casework.phrases_words import stage_title, title_of
from evenhand.procedure.searching import ORDERS, State, Wanted
from evenhand.rulebook.model import Rulebook
from evenhand.web.looks.fields import Option, Shown

SIZES = (20, 50, 100)
LONGEST = 120
"""So many characters of a search are read."""
STATES = {
    "open": gettext_noop("Open"), "late": gettext_noop("Open, and the clock has run out"), "over": gettext_noop("Over"),
}  # fmt: skip
SORTED = {
    "due": gettext_noop("the open ones first, soonest due first"), "newest": gettext_noop("newest first"),
    "oldest": gettext_noop("oldest first"), "reference": gettext_noop("by code name"),
}  # fmt: skip
SEARCHED = ("reference", "person", "officer")
EXACTLY = gettext_noop("Exactly as in the register. Names cannot be searched: they lie encrypted.")
EARLIEST, LATEST = date(1900, 1, 1), date(9998, 12, 31)
NO_DAY = gettext_noop("Write the day as in 2026-11-25, or leave it empty.")
WRONG_WAY = gettext_noop("The last day is before the first.")


@dataclass(frozen=True)
class Asked:
    """What an address asks for: how the list is narrowed, how long a page is, and the form with what was typed."""

    wanted: Wanted
    size: int
    typed: tuple[tuple[str, str], ...]
    """Name and value of everything that is not as it would be without it, for the addresses of other pages."""
    fields: tuple[Shown, ...]

    @property
    def narrow(self) -> bool:
        """Whether anything is left out because somebody asked for it."""
        return any(name not in ("order", "size") for name, _ in self.typed)

    @property
    def sorted_by(self) -> str:
        """The order in words."""
        return gettext(SORTED[self.wanted.order])


def asked_in(get: Mapping[str, Any], rules: Rulebook) -> Asked:
    """Reads an address. What nobody could have chosen narrows nothing; a day that is none is told at its field."""
    typed = {name: str(get.get(name, "")).strip()[:LONGEST] for name in (*Wanted.__dataclass_fields__, "size")}
    stages = sorted({stage for book in rules.books.values() for stage in book.stages})
    choices: dict[str, Iterable[str]] = {
        "state": get_args(State), "stage": stages, "book": rules.books, "clause": rules.code, "order": ORDERS,
        "size": map(str, SIZES),
    }  # fmt: skip
    for name, allowed in choices.items():
        if typed[name] not in allowed:
            typed[name] = ""
    days, mistakes = _days(typed)
    words: dict[str, Any] = {name: typed[name] for name in ("state", "stage", "book", "clause", *SEARCHED)}
    wanted = Wanted(order=typed["order"] or "due", since=days["since"], until=days["until"], **words)
    kept = tuple((name, value) for name, value in typed.items() if value and not mistakes.get(name))
    return Asked(wanted, int(typed["size"] or SIZES[0]), kept, _fields(rules, stages, typed, mistakes))


def _days(typed: Mapping[str, str]) -> tuple[dict[str, date | None], dict[str, str]]:
    days: dict[str, date | None] = {"since": None, "until": None}
    mistakes: dict[str, str] = {}
    for name in days:
        try:
            found = date.fromisoformat(typed[name]) if typed[name] else None
        except ValueError:
            mistakes[name] = gettext(NO_DAY)
            continue
        if found is not None and not EARLIEST <= found <= LATEST:
            mistakes[name] = gettext(NO_DAY)
            continue
        days[name] = found
    if days["since"] and days["until"] and days["until"] < days["since"]:
        mistakes["until"] = gettext(WRONG_WAY)
        days["until"] = None
    return days, mistakes


def _fields(
    rules: Rulebook, stages: Iterable[str], typed: Mapping[str, str], mistakes: Mapping[str, str]
) -> tuple[Shown, ...]:
    def line(name: str, label: str, hint: str = "", type: str = "text") -> Shown:
        return Shown(
            name=name, kind="line", label=label, ident=f"narrow-{name}", hint=hint, values=(typed[name],), type=type,
            required=False, mistakes=(mistakes[name],) if name in mistakes else (),
        )  # fmt: skip

    def select(name: str, label: str, empty: str, options: Iterable[tuple[str, str]]) -> Shown:
        shown = tuple(Option(value=value, label=text, chosen=typed[name] == value) for value, text in options)
        return Shown(
            name=name, kind="select", label=label, ident=f"narrow-{name}", options=shown, required=False, empty=empty
        )

    everything = gettext("All")
    orders = [(one, gettext(SORTED[one])) for one in ("newest", "oldest", "reference")]
    return (
        line("reference", gettext("Code name"), gettext("Whole or in part, or the address of a case.")),
        select("state", gettext("Open or over"), everything, [(one, gettext(says)) for one, says in STATES.items()]),
        select("stage", gettext("Stage"), everything, [(one, stage_title(one, translate=gettext)) for one in stages]),
        select("book", gettext("Kind"), everything, [(one.id, one.title) for one in rules.books.values()]),
        select("clause", gettext("Rule said to be broken"), everything, [(one.id, _clause(one)) for one in rules.code.values()]),
        line("since", gettext("Opened on or after"), type="date"),
        line("until", gettext("Opened on or before"), type="date"),
        line("person", gettext("A party, by number or e-mail address"), gettext(EXACTLY)),
        line("officer", gettext("Somebody who holds a seat, by name, number or e-mail address")),
        select("order", gettext("Sorted"), gettext(SORTED["due"]), orders),
        select("size", gettext("Cases on a page"), str(SIZES[0]), [(str(one), str(one)) for one in SIZES[1:]]),
    )  # fmt: skip


def _clause(one: Any) -> str:
    text = one.text.strip()
    short = text if len(text) <= 80 else f"{text[:77].rstrip()}…"
    return f"{title_of(one.id, translate=gettext)}: {short}" if short else title_of(one.id, translate=gettext)
