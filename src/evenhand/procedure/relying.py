# SPDX-License-Identifier: Apache-2.0
"""Who may read an item, which items there are to choose from, and what a decision may rest on (E04, E06)."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from evenhand.casework.refusal import Refused
from evenhand.evidence.kinds import KINDS
from evenhand.procedure.confiding import reads_as
from evenhand.procedure.pen import Pen
from evenhand.store import books, models, rows
from evenhand.store.opened import Erased, entries_of, said
from evenhand.store.organisation import Organisation

LABEL = re.compile(r"E([1-9][0-9]{0,8})")
"""How an item of the matter is named, in forms, decisions and letters: E1 is the first that was received."""
RELIANCE = "evidence/reliance"
SAYS = {
    "unknown": "This matter has no item {label}. Name items of its file.",
    "unserved": "A decision cannot rest on {label}: it was neither given to the respondent nor withheld with reasons.",
    "superseded": (
        "A decision cannot rest on {label} without saying so: {better} took its place. Name {label} in the reasons and say "
        "why it is relied on, or rely on {better}."
    ),
}
"""Every sentence in which a decision is refused for what it rests on."""
REASONS = ("reasons", "proportionality", "grounds")


class ItemChoice(NamedTuple):
    """An item as a form offers it: its identifier, `E1` with its title, and whether a better source took its place."""

    ident: str
    says: str
    superseded: bool

    @property
    def value(self) -> str:
        """What the act carries: `E1`."""
        return self.says.partition(" ")[0]


def choices_for(
    organisation: Organisation, row: models.Matter, part: models.Part | None = None
) -> tuple[ItemChoice, ...]:
    """The items of a matter by label; with `part` only those that it may read, which is all for a seat."""
    items = rows.rows(models.Item, matter_id=row.ident, order=("label",))
    return tuple(
        ItemChoice(one.ident, f"E{one.label} {_title(organisation, one)}", bool(one.superseded))
        for one in items
        if part is None or may_read(organisation, one, part)
    )


def may_read(organisation: Organisation, item: models.Item, part: models.Part) -> bool:
    """A seat reads every item of its matter; a party what was served on it and what it submitted, unless it is withheld."""
    if part.kind == "seat":
        return True
    part = reads_as(part)
    handed = rows.column(models.Handed, "status", item_id=item.ident, pseudonym=part.pseudonym)
    return handed[0] == "served" if handed else _collector(organisation, item) == part.pseudonym


def relying_on(organisation: Organisation, row: models.Matter, label: int) -> tuple[int, ...]:
    """The acts of a matter (ids of their entries) that rest on an item: to be looked at when it is superseded (E05)."""
    found = []
    for entry in entries_of(row.ident).filter(type="act"):
        try:
            named = said(entry, organisation.keyring).get("body.evidence")
        except Erased:
            continue
        if isinstance(named, list) and f"E{label}" in named:
            found.append(entry.id)
    return tuple(found)


def check_reliance(pen: Pen, row: models.Matter, act: str, carries: Mapping[str, Any]) -> None:
    """`Refused` with the rule `evidence/reliance` where a decision rests on what it may not rest on (E04, E06).

    A decision is an act of the book with `merits` or `adverse` that carries evidence. Each item that it names was served
    on every respondent, or withheld from them with reasons that still hold, or submitted by them; and one that was
    superseded is named in its reasons. A matter without any item is not asked: what it rests on is told in words.
    """
    rule = books.running(row.rulebook, row.book).book.acts.get(act)
    named = carries.get("evidence")
    if rule is None or not (rule.merits or rule.adverse) or not isinstance(named, list):
        return
    items = {f"E{one.label}": one for one in row.items.order_by("label")}
    if not items:
        return
    respondents = list(row.parts.filter(kind="party", role="respondent").values_list("pseudonym", flat=True))
    labels = {one.ident: label for label, one in items.items()}
    reasons = " ".join(str(carries.get(item, "")) for item in REASONS)
    for label in (one.strip() for one in named if isinstance(one, str)):
        item = items.get(label)
        if item is None:
            if LABEL.fullmatch(label):
                raise Refused(RELIANCE, SAYS["unknown"].format(label=label))
            continue
        if not _known_to(pen, item, respondents):
            raise Refused(RELIANCE, SAYS["unserved"].format(label=label))
        if item.superseded and not re.search(rf"\b{label}\b", reasons):
            better = labels.get(item.superseded, "another item")
            raise Refused(RELIANCE, SAYS["superseded"].format(label=label, better=better))


def _known_to(pen: Pen, item: models.Item, respondents: Iterable[str]) -> bool:
    collector = _collector(pen.organisation, item)
    handed = {one.pseudonym: one for one in item.handed.all()}
    return all(one == collector or (one in handed and _stands(pen, handed[one])) for one in respondents)


def _stands(pen: Pen, handed: models.Handed) -> bool:
    if handed.status == "served":
        return True
    about = said(models.Entry.objects.get(id=handed.entry), pen.organisation.keyring)["body.handed"]
    return "until" not in about or pen.calendar.local_day(pen.at) <= date.fromisoformat(about["until"])


def _collector(organisation: Organisation, item: models.Item) -> str:
    try:
        found = said(rows.one(models.Entry, id=item.entry), organisation.keyring)["person.item"]["collector"]
    except Erased:
        return ""
    return str(found)


def _title(organisation: Organisation, item: models.Item) -> str:
    try:
        return str(said(rows.one(models.Entry, id=item.entry), organisation.keyring)["person.item"]["title"])
    except Erased:
        return KINDS[item.kind].title.lower()
