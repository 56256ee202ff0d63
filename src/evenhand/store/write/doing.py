# SPDX-License-Identifier: Apache-2.0
"""What is done about a matter besides its acts: proposals and votes, evidence, letters, links, what was put in doubt."""

from collections.abc import Mapping
from typing import Any

from evenhand.store import models
from evenhand.store.keys import Keyring
from evenhand.store.rows import one
from evenhand.store.write.listed import relist
from evenhand.store.write.parts import Does
from evenhand.store.write.register import write_fact
from evenhand.store.write.rows import change, put

Said = Mapping[str, Any]


def _proposed(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["body.proposal"]
    put(
        models.Proposal,
        ident=about["ident"],
        matter_id=entry.matter,
        act=about["act"],
        role=about["role"],
        status="open",
        entry=entry.id,
    )


def settle_proposal(ident: str, status: str) -> None:
    """A proposal that was carried out, or fell."""
    change(models.Proposal, {"status": status}, ident=ident)


def _fell(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    settle_proposal(said["body.proposal"]["ident"], "fell")


def _voted(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["body.vote"]
    whose = {"proposal_id": about["proposal"], "pseudonym": entry.by}
    cast = {"choice": about["choice"], "entry": entry.id}
    if not change(models.Vote, cast, **whose):
        put(models.Vote, **whose, **cast)


def _received(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["body.item"]
    models.Item.objects.create(
        ident=about["ident"],
        matter_id=entry.matter,
        label=about["label"],
        kind=about["kind"],
        received=entry.at,
        entry=entry.id,
    )


def _superseded(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["body.item"]
    models.Item.objects.filter(ident=about["ident"]).update(superseded=about["by"])


def _handed(status: str) -> Does:
    def hand(entry: models.Entry, said: Said, keyring: Keyring) -> None:
        about = said["body.handed"]
        models.Handed.objects.update_or_create(
            item_id=about["item"], pseudonym=about["to"], defaults={"status": status, "entry": entry.id}
        )

    return hand


def _sent(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["body.letter"]
    put(models.Letter, entry=entry.id, matter_id=entry.matter, to=about["to"], template=about["template"], at=entry.at)


def _linked(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    models.Matter.objects.filter(ident=entry.matter).update(incident=said["body.incident"]["incident"])


def _marked(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    models.Matter.objects.filter(ident=entry.matter).update(marked=True)


def _listed(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["body.listed"]
    put(
        models.Affected,
        ident=about["ident"],
        review_id=entry.matter,
        decision=one(models.Entry, leaf=about["leaf"]).id,
        person=said["person.listed"]["person"],
        rank=about["rank"],
        due=about.get("due", ""),
        entry=entry.id,
    )
    relist(models.Matter.objects.get(ident=entry.matter))


def _disposed(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["body.disposition"]
    models.Affected.objects.filter(ident=about["ident"]).update(disposition=about["disposition"])
    relist(models.Matter.objects.get(ident=entry.matter))


def _fell_due(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["body.due"]
    models.Affected.objects.filter(ident=about["ident"]).update(due=about["due"])
    _over(entry.matter, False)


def _closed(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    _over(entry.matter, True)


def _over(ident: str, over: bool) -> None:
    models.Matter.objects.filter(ident=ident).update(over=over)
    relist(models.Matter.objects.get(ident=ident))


def _stands_aside(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    for fact in said["person.facts"]:
        write_fact(entry, fact)


def _aside_over(entry: models.Entry, said: Said, keyring: Keyring) -> None:
    about = said["body.aside"]
    models.Fact.objects.filter(ident=about["ident"]).update(until_lo=about["until"], until_hi=about["until"])
    _over(entry.matter, True)


DOES: dict[str, Does] = {
    "proposal_made": _proposed,
    "proposal_fell": _fell,
    "vote_cast": _voted,
    "evidence_received": _received,
    "evidence_superseded": _superseded,
    "evidence_served": _handed("served"),
    "evidence_restricted": _handed("restricted"),
    "letter_sent": _sent,
    "matter_linked": _linked,
    "matter_marked": _marked,
    "decision_listed": _listed,
    "disposition_recorded": _disposed,
    "decision_due": _fell_due,
    "review_closed": _closed,
    "aside_begun": _stands_aside,
    "aside_ended": _aside_over,
}
