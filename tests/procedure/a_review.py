# SPDX-License-Identifier: Apache-2.0
"""A review of what somebody helped decide, and what its reviewers do in it."""

from types import SimpleNamespace
from typing import Any

from evenhand.procedure.declaring import declare
from evenhand.procedure.disposing import answer, propose, queue
from evenhand.procedure.review_rows import Row, rows_of
from evenhand.procedure.working import work
from evenhand.store import models
from tests.procedure.a_case import Case, to_the_hearing

REASONS = "The other two had agreed before this vote was cast."
TOLD = "Others look at this decision again, because of a rule on who may decide."


class Review:
    """A decided first case, one of whose panel became a respondent in a second, and the review of it."""

    def __init__(self, made: SimpleNamespace, *, first: Case | None = None) -> None:
        self.made = made
        self.first = first or to_the_hearing(Case(made))
        seats = self.first.seats("panel")
        if first is None:
            self.first.decide("sanction", "panel")
        self.person = seats[0].person
        self.second = becomes_a_respondent(made, self.person, at=self.first.at)
        self.at = self.second.at
        self.ident = models.Matter.objects.get(kind="affected", names="").ident

    @classmethod
    def of(cls, made: SimpleNamespace, person: str) -> "Review":
        """The review of somebody who became a respondent already."""
        found = cls.__new__(cls)
        found.made, found.person = made, person
        found.ident = models.Matter.objects.get(kind="affected", names="").ident
        found.at = found.matter.last
        found.first = Case(made, at=found.at)
        return found

    @property
    def rows(self) -> list[Row]:
        """Everything that is listed, as it stands."""
        return rows_of(self.made.organisation, self.matter)

    @property
    def matter(self) -> models.Matter:
        """Its row."""
        return models.Matter.objects.get(ident=self.ident)

    @property
    def row(self) -> Row:
        """The first decision of the list, as it stands."""
        return rows_of(self.made.organisation, self.matter)[0]

    def reviewers(self, ident: str = "") -> list[str]:
        """Who sits in a review; whoever is called declares first."""
        ident = ident or self.ident
        while (seat := models.Part.objects.filter(matter_id=ident, status="called").first()) is not None:
            declare(self.made.organisation, ident, seat.person, "none", **self.now())
        sits = models.Part.objects.filter(matter_id=ident, kind="seat", status="sits").order_by("rank", "pseudonym")
        return list(sits.values_list("person", flat=True))

    def now(self) -> dict[str, Any]:
        """The instant and the chance."""
        return {"at": self.at, "chance": self.made.chance}

    def propose(self, disposition: str, *, by: int = 0, **more: Any) -> None:
        """A reviewer proposes what becomes of the first decision."""
        given = {"reasons": REASONS, "told": TOLD, **more}
        who = self.reviewers()[by]
        propose(self.made.organisation, self.ident, who, self.row.listed.ident, disposition, **given, **self.now())

    def answer(self, agrees: bool = True, *, by: int = 1, **more: Any) -> None:
        """A reviewer answers."""
        who = self.reviewers()[by]
        answer(self.made.organisation, self.ident, who, self.row.listed.ident, agrees=agrees, **more, **self.now())

    def queue(self, *, by: int = 0) -> None:
        """A reviewer queues every pivotal decision for reopening."""
        who = self.reviewers()[by]
        queue(self.made.organisation, self.ident, who, reasons=REASONS, told=TOLD, **self.now())

    def work(self, **much: int) -> None:
        """Time goes by, and then the worker comes."""
        self.first.at = self.at
        self.at = self.first.later(**much).at
        work(self.made.organisation, **self.now())


def becomes_a_respondent(made: SimpleNamespace, person: str, *, at: Any) -> Case:
    """Somebody complains about a person, others admit it, and the person is told."""
    case = Case(made, at=at)
    case.complainant, case.respondent = made.people["members"][2], person
    case.later(hours=1).lodge()
    case.do("frame", "case_officer")
    case.decide("investigate", "gatekeepers")
    case.do("notify", "case_officer")
    return case
