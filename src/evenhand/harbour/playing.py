# SPDX-License-Identifier: Apache-2.0
"""Plays a matter through the one writer, as people would: whoever is called declares, bodies propose and vote."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from evenhand.casework.running_book import RunningBook
from evenhand.procedure.asking import Asked, Done
from evenhand.procedure.checking_membership import check_membership
from evenhand.procedure.declaring import declare
from evenhand.procedure.evidencing import receive, serve_on
from evenhand.procedure.opening import Party, lodge
from evenhand.procedure.opening_items import open_item
from evenhand.procedure.performing import perform
from evenhand.procedure.voting import Choice, propose, vote
from evenhand.store import books, models, rows
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation

SAFE = {"danger": False, "unsafe_to_tell": False}
PARTIES = ("complainant", "respondent")


class Nobody(LookupError):
    """Nobody sits for a role, because its pool and its substitutes are empty of people without a conflict."""


@dataclass
class Play:
    """One matter of a book. `words` is what people say; `at` moves on with each act."""

    organisation: Organisation
    at: datetime
    chance: Chance
    complainant: str = ""
    respondent: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    ident: str = ""
    kind: str = "discipline"
    divided: bool = False
    """Whether one of three does not agree with what the others decide, so that it turns on either of them."""

    @property
    def row(self) -> models.Matter:
        """The matter as the table has it."""
        return rows.one(models.Matter, ident=self.ident)

    @property
    def book(self) -> RunningBook:
        """The book under which it runs, or will."""
        digest = self.row.rulebook if self.ident else books.in_force(self.at).digest
        return books.running(digest, self.kind)

    def later(self, **much: int) -> "Play":
        """Time goes by."""
        self.at += timedelta(**much)
        return self

    def lodge(self, act: str = "lodge", by: str = "complainant", person: str = "", **more: Any) -> Done:
        """The matter is opened; the complainant is a party whoever enters it."""
        carries = self.carries(act, more.pop("carries", {}))
        asked = Asked(act=act, by=by, person=person or self.complainant, book=self.kind, carries=carries)
        parties = list(more.pop("parties", ()))
        if self.respondent:
            parties.append(Party(role="respondent", person=self.respondent))
        if by != "complainant" and self.complainant:
            parties.append(Party(role="complainant", person=self.complainant))
        done = lodge(self.organisation, asked, at=self.at, chance=self.chance, parties=parties, sealing=False, **more)
        self.ident = done.matter
        return done

    def do(self, act: str, by: str, doer: str = "", **carries: Any) -> Done:
        """A party, one person or a body acts; `doer` where it is not the first of them."""
        self.later(minutes=15)
        asked = Asked(
            act=act, by=by, person=doer or self.who(by), matter=self.ident, carries=self.carries(act, carries)
        )
        given = self.given
        if self.book.rulebook.roles[by].seats == 1:
            return perform(self.organisation, asked, **given)
        done = propose(self.organisation, asked, wait=True, **given)
        for place, seat in enumerate(self.seats(by)[1:]):
            about = rows.row(models.Proposal, matter_id=self.ident, status="open", act=act, order=("ident",))
            if about is not None:
                says: Choice = "against" if place == 0 and self._may_differ(by, asked.carries) else "for"
                done = vote(self.organisation, about.ident, seat.person, says, wait=True, **given)
        return done

    def _may_differ(self, by: str, carries: Mapping[str, Any]) -> bool:
        """Whether one of the body can vote against and it is still decided: a majority of three, and no sanction that needs all."""
        rules = self.book.rulebook
        sanction = rules.sanctions.get(carries.get("tariff", {}).get("sanction", ""))
        whole = sanction is not None and sanction.needs is not None
        seats = len(self.seats(by))
        return self.divided and not whole and rules.roles[by].majority < seats == rules.roles[by].seats

    @property
    def given(self) -> dict[str, Any]:
        """When it is done, by which chance, and that the seal waits: the same for everything."""
        return {"at": self.at, "chance": self.chance, "sealing": False}

    def hand_in(
        self, by: str, data: bytes, *, name: str, kind: str, source: str, obtained: str, person: str = ""
    ) -> str:
        """Somebody with a part hands a file in; the item's identifier."""
        self.later(minutes=5)
        about: dict[str, Any] = {"name": name, "kind": kind, "source": source, "obtained": obtained}
        receive(self.organisation, self.ident, person or self.who(by), BytesIO(data), **about, **self.given)
        return (
            models.Item.objects.filter(matter_id=self.ident).order_by("label").values_list("ident", flat=True).last()
            or ""
        )

    def serve(self, item: str, to: str = "respondent") -> Done:
        """The case officer gives an item to a party."""
        party = models.Part.objects.get(matter_id=self.ident, role=to, kind="party")
        return serve_on(self.organisation, self.ident, self.who("case_officer"), item, party.pseudonym, **self.given)

    def read(self, item: str, by: str, person: str = "") -> None:
        """Somebody with a part reads an item, and the record says so."""
        self.later(minutes=10)
        open_item(self.organisation, self.ident, item, person or self.who(by), at=self.at, chance=self.chance)

    def look_up_membership(self, answer: str, note: str = "") -> Done:
        """The case officer looks up whether the respondent was a member, and enters what the register says or they know."""
        self.later(minutes=5)
        party = models.Part.objects.get(matter_id=self.ident, role="respondent", kind="party").pseudonym
        officer, about = self.who("case_officer"), {"answer": answer, "note": note, **self.given}
        return check_membership(self.organisation, self.ident, officer, party, **about)

    def who(self, role: str) -> str:
        """Who acts in a role. `Nobody` where the seat is empty."""
        if role in PARTIES:
            return str(getattr(self, role))
        seats = self.seats(role)
        if not seats:
            raise Nobody(f"Nobody sits as {role.replace('_', ' ')} in {self.row.code}.")
        return seats[0].person

    def seats(self, role: str) -> list[models.Part]:
        """Who sits for a role; whoever is called declares first that they have no conflict."""
        while (seat := rows.row(models.Part, matter_id=self.ident, status="called", order=("pseudonym",))) is not None:
            declare(self.organisation, self.ident, seat.person, "none", at=self.at, chance=self.chance, sealing=False)
        return rows.rows(models.Part, matter_id=self.ident, role=role, status="sits", order=("rank",))

    def carries(self, act: str, given: Mapping[str, Any]) -> dict[str, Any]:
        """Everything that the act has to carry; the vote of a body is counted and not given."""
        day = self.book.calendar.local_day(self.at)
        made: dict[str, Any] = {
            "danger": SAFE,
            "notice": {"how": "portal"},
            "clauses": ["C1"],
            "evidence": ["E1"],
            "finding": {"C1": "found"},
            "tariff": {"sanction": "warning", "clause": "C1"},
            "hearing": {"date": (day + timedelta(days=20)).isoformat(), "place": "the boathouse"},
            "expiry": (day + timedelta(days=10)).isoformat(),
            "receipt": {"received": (day - timedelta(days=2)).isoformat()},
            "consent": [self.complainant],
        }
        wanted = [item for item in self.book.book.acts[act].carries if item != "vote" or item in given]
        return {
            item: given.get(item, made.get(item, self.words.get(item, f"{item.capitalize()}, as it was said.")))
            for item in wanted
        }
