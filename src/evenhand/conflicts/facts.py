# SPDX-License-Identifier: Apache-2.0
"""Dated facts about who is connected with whom, with two times: when it was so, and since when it is known.

A person is named by a handle, everything else with its kind before it: `matter:IDENT`, `office:NAME`, `slate:NAME`,
`branch:NAME`, `employer:NAME`, `event:ID`, `letter:ID`, `role:IDENT:ROLE`.
"""

import calendar
import re
from dataclasses import dataclass
from typing import Literal

Status = Literal["confirmed", "potential", "rejected"]
"""Only a confirmed fact bars; a potential one must be answered and ruled on, and unseats nobody."""

KINDS = {
    "complainant": "complained in the matter",
    "respondent": "is complained about in the matter",
    "affected": "was harmed by what the matter is about",
    "witness": "gives evidence in the matter",
    "companion": "accompanies a party of the matter",
    "concerns": "the matter is about an event",
    "present_at": "was there when it happened",
    "family": "is of the family of somebody",
    "business": "does business with somebody",
    "employed_by": "is employed by somebody",
    "reports_to": "reports to somebody",
    "appointed_by": "was appointed by somebody",
    "nominated_by": "was nominated by somebody",
    "slate": "stood on a slate",
    "branch": "belongs to a branch",
    "signed": "signed a public letter",
    "holds": "holds an office, or a role in a matter",
    "decided": "took part in a decision of the matter",
    "names": "the matter looks again at another one",
    "aside": "stands aside from an office for a time",
    "open": "the matter is open: lodged, or admitted",
    "outside_contact": "was approached about the matter by somebody with no part in it",
    "public_statement": "spoke in public about the matter",
    "prejudged": "is said, or was found, to have prejudged matters of this kind",
    "declared": "declared something about the matter",
    "waived": "a ground was waived for this person in the matter",
    "ruled": "it was ruled what this person may do in the matter",
}
"""The closed list of kinds, each as the half of a sentence whose first word is the person or the matter `a`."""

May = Literal["everything", "no_vote", "nothing"]
"""What a ruling says that somebody may do: all of their part, all but voting and deciding, or none of it (D03)."""
MAY: tuple[May, ...] = ("everything", "no_vote", "nothing")
PARTIES = ("complainant", "respondent", "affected")
DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact as the relation holds it; see the module. `known` and `withdrawn` are instants as text of one width."""

    ident: str
    kind: str
    a: str
    b: str
    since: str
    until: str = ""
    source: str = "register"
    status: Status = "confirmed"
    known: str = "0001-01-01T00:00:00.000000Z"
    withdrawn: str | None = None

    def as_row(self) -> tuple[str | None, ...]:
        """As the columns of the relation want it."""
        since, until = bounds(self.since), bounds(self.until) if self.until else (None, None)
        return (
            self.ident, self.kind, self.a, self.b, *since, *until, self.source, self.status, self.known, self.withdrawn,
        )  # fmt: skip


COLUMNS = (
    "ident",
    "kind",
    "a",
    "b",
    "since_lo",
    "since_hi",
    "until_lo",
    "until_hi",
    "source",
    "status",
    "known",
    "withdrawn",
)


def bounds(day: str) -> tuple[str, str]:
    """The first and the last day that a day, a month or a year can mean: ("2026-04-01", "2026-04-30") for 2026-04.

    `ValueError` for anything else, with a sentence.
    """
    found = DAY.fullmatch(day)
    try:
        if found is None:
            raise ValueError
        year, month, of_month = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        last_month = month or 12
        last = calendar.monthrange(year, last_month)[1]
        if not 1 <= (of_month or 1) <= last:
            raise ValueError
    except ValueError:
        raise ValueError(f"{day!r} is no day; write 2026-04-01, 2026-04 or 2026.") from None
    first = f"{year:04}-{month or 1:02}-{of_month or 1:02}"
    return first, f"{year:04}-{last_month:02}-{of_month or last:02}"
