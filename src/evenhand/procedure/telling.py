# SPDX-License-Identifier: Apache-2.0
"""Tells the parties of a decision that others look at it again: an entry in their own matter, and a mail that says only that.

Nobody is named in it: of a panel of three, the word that a review is open would name the respondent behind it.
"""

from evenhand.procedure.pen import Pen
from evenhand.store import models


def tell(pen: Pen, matter: models.Matter, decision: models.Entry, words: str) -> None:
    """Enters what the parties read. A respondent who was never told of the matter is not told of this (M14)."""
    if not models.Part.objects.filter(matter=matter, kind="party").exists():
        return
    entry = pen.note(
        matter.ident, "parties_told", {"body.told": {"n": decision.n, "leaf": decision.leaf}, "text.told": words}
    )
    for part in matter.parts.filter(kind="party", status="party").exclude(person="").order_by("since", "pseudonym"):
        if part.role != "respondent" or matter.told:
            pen.later("told", entry, to=part.pseudonym)


def were_told(matter: models.Matter) -> bool:
    """Whether the parties of a matter were told that one of its decisions is looked at again."""
    return models.Entry.objects.filter(matter=matter.ident, rule="procedure.parties_told").exists()
