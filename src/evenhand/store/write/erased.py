# SPDX-License-Identifier: Apache-2.0
"""What the tables say of a matter that was erased: that there was one, from when to when, and how it ended (L04, L05)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from evenhand.store import models
from evenhand.store.naming import code_name, slug_of
from evenhand.store.write.rows import put

OF_A_MATTER: tuple[Any, ...] = (models.Proposal, models.Item, models.Letter, models.Part, models.Alleged)
"""The read tables whose rows belong to one matter; those of votes and of what was handed on belong to these."""


def erased(said: Mapping[str, Any]) -> None:
    """Leaves one row of a matter, made from the entry of the erasure alone, and takes every other away.

    A second entry about the same matter finds that done. Facts go that the matter itself gave rise to.
    """
    about = said.get("body.erased")
    if about is None:
        return  # some fields of an entry were erased, and no row holds them
    ident = about["matter"]
    models.Vote.objects.filter(proposal__matter_id=ident).delete()
    models.Handed.objects.filter(item__matter_id=ident).delete()
    for table in OF_A_MATTER:
        table.objects.filter(matter_id=ident).delete()
    models.Fact.objects.filter(entry__in=models.Entry.objects.filter(matter=ident).values("id")).delete()
    models.Matter.objects.filter(ident=ident).delete()
    opened, ended = (datetime.fromisoformat(about[name]) for name in ("opened", "ended"))
    put(
        models.Matter, ident=ident, slug=slug_of(ident), code=code_name(ident), kind=about["kind"],
        rulebook=about["rulebook"], book=about["book"], stage="", over=True, outcome=about["outcome"], opened=opened,
        last=ended, n=about["n"],
    )  # fmt: skip
