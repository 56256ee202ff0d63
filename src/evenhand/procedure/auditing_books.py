# SPDX-License-Identifier: Apache-2.0
"""Whether entries cite the version of the rulebook that was in force, and have the day that its calendar gives (I03, H05)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from evenhand.rulebook.calendar import Calendar
from evenhand.store import books, models
from evenhand.store.books import NoRules
from evenhand.store.opened import said as said_by
from evenhand.store.organisation import Organisation

ADOPTED = "procedure.rulebook_adopted"


class Versions:
    """Every version that the organisation has had, as the database has them, and the entries by which it adopted them."""

    def __init__(self, organisation: Organisation) -> None:
        self._rows = list(models.Rulebook.objects.all())
        self._known = {row.digest: row for row in self._rows}
        self._calendars: dict[str, Calendar | None] = {}
        self._adopted: dict[str, models.Entry] = {}
        for entry in models.Entry.objects.filter(rule=ADOPTED).order_by("id"):
            try:
                digest = said_by(entry, organisation.keyring)["body.rulebook"]["digest"]
            except Exception:  # what was altered can fail in any way, and is told where entries are read
                continue
            self._adopted.setdefault(digest, entry)

    def faults(self, entry: models.Entry, cited: str, said: Mapping[str, Any]) -> Iterator[str]:
        """What is wrong with the version that an entry cites and with its day; `said` is empty for padding."""
        if cited not in self._known:
            yield f"it cites the rulebook {cited}, which was never adopted."
            return
        if not self._stood(entry, cited, said):
            yield f"it cites the rulebook {cited}, which was not in force on {entry.at.date().isoformat()}."
        calendar = self._calendar(cited)
        day = said.get("day") if calendar is None else calendar.local_day(entry.at).isoformat()
        if said.get("day", day) != day:
            yield f"its day is {said['day']}, and its time is on {day}."

    def _stood(self, entry: models.Entry, cited: str, said: Mapping[str, Any]) -> bool:
        # Whoever wrote while a version was being adopted could not know of it yet.
        before = [
            row for row in self._rows if row.digest not in self._adopted or self._adopted[row.digest].id < entry.id
        ]
        if cited in (_in_force(self._rows, entry.at), _in_force(before, entry.at)):
            return True
        # A lapse has the time at which it fell due, and cites what was in force when it was entered.
        begins = self._from(self._known[cited])
        by_clock = said.get("type") == "act" and "by" not in said
        return by_clock and begins > entry.at and _in_force(self._rows, begins) == cited

    def _from(self, row: models.Rulebook) -> datetime:
        midnight = row.published.replace(
            year=row.in_force.year, month=row.in_force.month, day=row.in_force.day, hour=0, minute=0, second=0,
            microsecond=0,
        )  # fmt: skip
        return max(row.published, midnight)

    def _calendar(self, digest: str) -> Calendar | None:
        """The calendar of a version, or None where its text was altered, which `differences` tells."""
        if digest not in self._calendars:
            try:
                self._calendars[digest] = Calendar(books.read(digest, self._known[digest].source).calendar)
            except NoRules:
                self._calendars[digest] = None
        return self._calendars[digest]

    def differences(self) -> Iterator[str]:
        """Where the columns of a version say something else than its text and the entry by which it was adopted."""
        for row in self._rows:
            try:
                rules = books.read(row.digest, row.source)
            except NoRules as trouble:
                yield trouble.sentence
                continue
            stored, said = (
                (row.name, row.version, row.in_force),
                (rules.id, rules.version, rules.in_force or row.in_force),
            )
            if stored != said:
                yield f"store_rulebook, row {row.digest}: it says {stored}, and its text says {said}."
            adopted = self._adopted.get(row.digest)
            if adopted is None:
                yield f"store_rulebook, row {row.digest}: no entry says that it was adopted."
            elif row.published > adopted.at or row.published.date() != adopted.at.date():
                yield (
                    f"store_rulebook, row {row.digest}: it says {row.published.isoformat()}, and was adopted on "
                    f"{adopted.at.isoformat()}."
                )


def _in_force(rows: Sequence[models.Rulebook], at: datetime) -> str:
    """The digest of the version of these that was in force, as `books.in_force` has it, or an empty text."""
    stood = [row for row in rows if row.published <= at and row.in_force <= at.date()]
    return max(stood, key=lambda row: (row.in_force, row.version)).digest if stood else ""
