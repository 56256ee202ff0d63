# SPDX-License-Identifier: Apache-2.0
"""Matters that were open before this record began: known as such, counted apart, and taken up or ended in the open (M12).

What is known of one stands in its first entry: a reference, the day it was received, and the source of that. It has no
clock of ours and no parties, and it never counts among the complaints that came in here. It goes on in one of two ways:
a matter under the rules says that it takes it up, or somebody enters how it ended and from where that is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from evenhand.conflicts.facts import bounds
from evenhand.letters.languages import translator
from evenhand.letters.writing import Written
from evenhand.procedure.asking import NotYours
from evenhand.store import models
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation

TAKEN_UP = "taken up"


@dataclass(frozen=True, kw_only=True)
class Old:
    """One of them: what is known of it, how it goes on (empty while it is open), and the code of the matter that took it up."""

    row: models.Matter
    reference: str = ""
    received: str = ""
    source: str = ""
    what: str = ""
    ended: str = ""
    known_from: str = ""
    taken_up_by: str = ""


@dataclass(frozen=True)
class Counted:
    """How many were entered, are open, were taken up under the rules, and ended otherwise; and how long the oldest waits."""

    entered: int
    open: int
    taken_up: int
    ended: int


def entered_before() -> Any:
    """The rows of the matters that were entered as open before this record, oldest entry first."""
    return models.Matter.objects.filter(before=True, book="").order_by("opened", "ident")


def counted() -> Counted:
    """The numbers that anybody may read: they add up, and tell nothing of any matter."""
    outcomes = list(entered_before().values_list("over", "outcome"))
    taken = sum(outcome == TAKEN_UP for over, outcome in outcomes if over)
    over = sum(over for over, _ in outcomes)
    return Counted(len(outcomes), len(outcomes) - over, taken, over - taken)


def old_matters(organisation: Organisation) -> list[Old]:
    """Every one of them, the open ones first and by the day on which they were received."""
    found = (old_of(organisation, row) for row in entered_before())
    return sorted(found, key=lambda one: (one.row.over, one.received, one.reference))


def old_matter(organisation: Organisation, slug: str) -> Old:
    """One of them by its address. `NotYours` where there is none."""
    row = entered_before().filter(slug=slug).first()
    if row is None:
        raise NotYours
    return old_of(organisation, row)


def old_of(organisation: Organisation, row: models.Matter) -> Old:
    """What its entries say of an old matter; of an erased one nothing is known."""
    old = Old(row=row)
    for name, one in _said(organisation, row):
        if name == "matter_imported":
            known = one["body.before"]
            old = replace(
                old, reference=one["text.reference"], what=one["text.what"], received=known["received"], source=known["source"],
            )  # fmt: skip
        elif name == "before_ended":
            old = replace(old, ended=one["body.ended"]["how"], known_from=one["text.source"])
        elif name == "before_taken_up":
            code = (
                models.Matter.objects.filter(ident=one["body.taken"]["matter"]).values_list("code", flat=True).first()
            )
            old = replace(old, ended=TAKEN_UP, taken_up_by=code or "")
    return old


def _said(organisation: Organisation, row: models.Matter) -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in models.Entry.objects.filter(matter=row.ident).order_by("n"):
        try:
            yield entry.rule.partition(".")[2], dict(said(entry, organisation.keyring))
        except Erased:
            continue


def known_of(organisation: Organisation, row: models.Matter) -> dict[str, str]:
    """What a matter under the rules says of the one that it takes up: reference, day, source; empty where it takes up none."""
    for name, one in _said(organisation, row) if row.before and row.book else ():
        if name == "before_named":
            return {
                "reference": one["text.reference"],
                **{key: str(one["body.before"][key]) for key in ("received", "source")},
            }
    return {}


def references(organisation: Organisation) -> set[str]:
    """The references under which old matters stand here, so that reading a file twice enters nothing twice."""
    return {one.reference for one in old_matters(organisation)}


def began(organisation: Organisation) -> str:
    """The day on which this record began, as its first entry says it (ISO)."""
    first = models.Entry.objects.filter(rule="procedure.founded").order_by("id").first()
    return str(said(first, organisation.keyring)["day"]) if first is not None else ""


OLDER = (
    "This matter is older than the record in which it is kept now. It was received on {day} (reference {reference}); "
    "what was done before is not in this record."
)


def marked(organisation: Organisation, row: models.Matter, written: Written) -> Written:
    """A letter with the sentence that says of a matter that it is older than the record of it."""
    known = known_of(organisation, row)
    if not known:
        return written
    day = bounds(known["received"])[0]
    says = translator(written.language)(OLDER).format(day=day, reference=known["reference"])
    return replace(written, body=f"{written.body.rstrip()}\n\n{says}\n")
