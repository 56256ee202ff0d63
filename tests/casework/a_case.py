# SPDX-License-Identifier: Apache-2.0
"""One case under each of the three rulebooks, told in the same steps: the words differ, what is read off it does not."""

from functools import cache
from pathlib import Path

from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.loading import load
from tests.casework.conftest import History, at

RULEBOOKS = Path(__file__).resolve().parents[2] / "rulebooks"
NAMES = ("harbour", "quay_club", "lantern_foundation")
WORDS = {
    "harbour": {"charging": "gatekeepers", "longer": "gatekeepers"},
    "quay_club": {
        "case_officer": "officer", "gatekeepers": "officer", "charging": "second_officer", "duty_panel": "pair",
        "panel": "arbiters", "appeal_panel": "appeal_arbiters", "ask_interim": "ask_ban", "suspend": "impose_ban",
        "longer": "pair", "renew_interim": "renew_ban",
    },
    "lantern_foundation": {
        "case_officer": "coordinator", "gatekeepers": "committee", "charging": "committee", "duty_panel": "ombuds",
        "panel": "jury", "appeal_panel": "peers", "ask_interim": "ask_restriction", "suspend": "restrict",
        "longer": "committee", "renew_interim": "renew_restriction",
    },
}  # fmt: skip


@cache
def a_book(name: str, book: str = "discipline") -> RunningBook:
    """A book of one of the three rulebooks."""
    return RunningBook(load(RULEBOOKS / f"{name}.yaml"), book)


class Case(History):
    """A complaint of 1 April 2026; each step goes on from the one before."""

    def __init__(self, name: str = "harbour") -> None:
        super().__init__(a_book(name))
        self.words = WORDS[name]
        code = list(self.book.rulebook.code)
        self.both = [code[0], code[2]]

    def did(self, by: str, act: str, day: str, **carries: object) -> "Case":
        """Somebody does something at noon, in the federation's words."""
        said = self.words
        self.does(said.get(by, by), said.get(act, act), at(day), **carries)
        return self

    def lodged(self) -> "Case":
        """A member complains."""
        return self.did("complainant", "lodge", "2026-04-01")

    def framed(self) -> "Case":
        """The officer frames two allegations."""
        return self.lodged().did("case_officer", "frame", "2026-04-02", clauses=self.both)

    def noticed(self) -> "Case":
        """It is investigated, and the respondent is told."""
        case = self.framed().did("gatekeepers", "investigate", "2026-04-08")
        return case.did("case_officer", "notify", "2026-04-09", clauses=self.both, evidence=["E1"])

    def suspended(self) -> "Case":
        """The respondent is suspended for the time being, until 1 May."""
        case = self.noticed().did("case_officer", "ask_interim", "2026-04-13")
        return case.did("duty_panel", "suspend", "2026-04-15", expiry="2026-05-01")

    def charged(self, clauses: list[str] | None = None) -> "Case":
        """There is a case to answer."""
        case = self.noticed().did("investigator", "report", "2026-04-20", evidence=["E1", "E2"])
        return case.did("charging", "charge", "2026-04-21", clauses=clauses or self.both)

    def listed(self) -> "Case":
        """The respondent has answered, and the hearing is fixed for 25 May."""
        case = self.charged().did("respondent", "reply", "2026-05-01")
        return case.did("panel", "fix_hearing", "2026-05-05", hearing={"date": "2026-05-25", "place": "the boathouse"})

    def heard(self) -> "Case":
        """The hearing was held."""
        return self.listed().did("panel", "hear", "2026-05-26", statement="Both came.")

    def sanctioned(self) -> "Case":
        """One of two allegations was found, and a warning was given."""
        first, second = self.both
        tariff = {"sanction": next(iter(self.book.rulebook.sanctions)), "clause": first, "length": "6 months"}
        finding = {first: "found", second: "not found"}
        return self.heard().did("panel", "sanction", "2026-05-27", finding=finding, tariff=tariff)
