# SPDX-License-Identifier: Apache-2.0
"""A case as people play it: whoever is called declares, and bodies vote."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from evenhand.procedure.asking import Asked, Done
from evenhand.procedure.declaring import declare
from evenhand.procedure.opening import Party, lodge
from evenhand.procedure.performing import perform
from evenhand.procedure.voting import propose, vote
from evenhand.store import books, models

SAFE = {"danger": False, "unsafe_to_tell": False}
NOTICE = {"how": "portal"}
CARRIED: dict[str, Any] = {
    "account": "He shouted at me on the quay.", "danger": SAFE, "notice": NOTICE, "reasons": "Both accounts agree.",
    "clauses": ["C1"], "evidence": ["E1"], "person": "an investigator", "statement": "I was there.",
    "grounds": "I see it otherwise.", "proportionality": "Nothing milder would do.",
    "finding": {"C1": "found"}, "tariff": {"sanction": "warning", "clause": "C1"}, "request": "More time, please.",
}  # fmt: skip


class Case:
    """One matter of the discipline book, with what people do in it a quarter of an hour apart."""

    def __init__(self, made: SimpleNamespace, *, at: datetime | None = None) -> None:
        self.made, self.at = made, at or made.at + timedelta(days=6, hours=2)
        self.complainant, self.respondent = made.people["members"][:2]
        self.ident = ""

    def later(self, **much: int) -> "Case":
        """Time goes by."""
        self.at += timedelta(**much)
        return self

    def lodge(self, act: str = "lodge", **more: Any) -> Done:
        """The complaint comes in."""
        asked = Asked(act=act, by="complainant", person=self.complainant, carries=self._carries(act, {}))
        parties = [Party(role="respondent", person=self.respondent)]
        done = lodge(
            self.made.organisation, asked, at=self.at, chance=self.made.chance, parties=parties, sealing=False, **more
        )
        self.ident = done.matter
        return done

    def do(self, act: str, by: str, **carries: Any) -> Done:
        """A party or whoever holds the one seat acts."""
        self.later(minutes=15)
        asked = Asked(act=act, by=by, person=self.who(by), matter=self.ident, carries=self._carries(act, carries))
        return perform(self.made.organisation, asked, at=self.at, chance=self.made.chance, sealing=False)

    def decide(self, act: str, by: str, **carries: Any) -> Done:
        """A body acts: one proposes, another agrees."""
        self.later(minutes=15)
        seats = self.seats(by)
        asked = Asked(act=act, by=by, person=seats[0].person, matter=self.ident, carries=self._carries(act, carries))
        done = propose(self.made.organisation, asked, at=self.at, chance=self.made.chance, sealing=False)
        for seat in seats[1:]:
            about = models.Proposal.objects.filter(matter_id=self.ident, status="open").first()
            if about is not None:
                done = vote(
                    self.made.organisation,
                    about.ident,
                    seat.person,
                    "for",
                    at=self.at,
                    chance=self.made.chance,
                    sealing=False,
                )
        return done

    def everybody_declares(self) -> None:
        """Whoever is called says that they have no conflict, until nobody is waiting."""
        while (seat := models.Part.objects.filter(matter_id=self.ident, status="called").first()) is not None:
            declare(
                self.made.organisation,
                self.ident,
                seat.person,
                "none",
                at=self.at,
                chance=self.made.chance,
                sealing=False,
            )

    def seats(self, role: str) -> list[models.Part]:
        """Who sits for a role; whoever is called declares first."""
        self.everybody_declares()
        return list(models.Part.objects.filter(matter_id=self.ident, role=role, status="sits").order_by("rank"))

    def who(self, role: str) -> str:
        """Who acts in a role."""
        if role in ("complainant", "respondent"):
            return str(getattr(self, role))
        return self.seats(role)[0].person

    @property
    def row(self) -> models.Matter:
        """The matter as the table has it."""
        return models.Matter.objects.get(ident=self.ident)

    def rules(self) -> list[str]:
        """The rules of its entries in their order."""
        return list(models.Entry.objects.filter(matter=self.ident).order_by("n").values_list("rule", flat=True))

    def _carries(self, act: str, given: dict[str, Any]) -> dict[str, Any]:
        book = books.running(books.in_force(self.at).digest, "discipline").book
        wanted = [item for item in book.acts[act].carries if item != "vote"]
        day = self.at.date()
        dated = {
            "hearing": {"date": (day + timedelta(days=20)).isoformat(), "place": "the boathouse"},
            "expiry": (day + timedelta(days=10)).isoformat(),
            "receipt": {"received": (day - timedelta(days=2)).isoformat()},
            "consent": [self.complainant],
        }
        return {item: given.get(item, CARRIED.get(item, dated.get(item))) for item in wanted}


def to_the_hearing(case: Case, *, lodged: bool = False) -> Case:
    """From the complaint, which may be lodged already, to a hearing that was held."""
    if not lodged:
        case.lodge()
    case.do("frame", "case_officer")
    case.decide("investigate", "gatekeepers")
    case.do("notify", "case_officer")
    case.later(days=3).do("report", "investigator")
    case.decide("charge", "gatekeepers")
    case.later(days=2).do("reply", "respondent")
    case.decide("fix_hearing", "panel")
    case.later(days=21).decide("hear", "panel", hearing={"date": case.at.date().isoformat(), "place": "the boathouse"})
    return case
