# SPDX-License-Identifier: Apache-2.0
"""When the public and cosigned checkpoint moves: on a fixed schedule, whether or not anything happened.

So neither withholding nor activity shows. A sealed log is filled up with padding at each instant, or its growth would tell
on which day something was done.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from evenhand.record.errors import EntryError
from evenhand.record.fields import check_field, instant_text

MULTIPLE = 16
"""To a multiple of how many entries a sealed log is filled up where nothing else is said."""


@dataclass(frozen=True)
class Publication:
    """Every how many seconds from which instant (UTC), and to a multiple of how many entries a sealed log is filled up."""

    start: datetime
    every: timedelta = timedelta(days=1)
    multiple: int = MULTIPLE

    def __post_init__(self) -> None:
        if (
            self.start.tzinfo is None
            or self.every < timedelta(seconds=1)
            or self.multiple < 1
            or self.every.microseconds
        ):
            raise EntryError("A publication names an instant with its zone, whole seconds and a multiple from 1.")

    @classmethod
    def of_data(cls, data: Any) -> "Publication":
        """The schedule as the genesis holds it; `EntryError` says what is wrong with it."""
        if not isinstance(data, dict) or sorted(data) != ["every", "from", "multiple"]:
            raise EntryError('A publication is {"every": 86400, "from": "2026-01-01T03:00:00Z", "multiple": 16}.')
        check_field("at", data["from"])
        if any(not isinstance(data[key], int) or isinstance(data[key], bool) for key in ("every", "multiple")):
            raise EntryError("In a publication “every” and “multiple” are whole numbers.")
        if not 1 <= data["every"] <= 10**9:
            raise EntryError("In a publication “every” is a number of seconds from 1 to 1,000,000,000.")
        return cls(datetime.fromisoformat(data["from"]), timedelta(seconds=data["every"]), data["multiple"])

    def as_data(self) -> dict[str, Any]:
        """The schedule as the genesis holds it."""
        return {"every": int(self.every.total_seconds()), "from": instant_text(self.start), "multiple": self.multiple}

    def last_before(self, now: datetime) -> datetime | None:
        """The newest instant of the schedule that has come by `now`; None before the first."""
        passed = (now.astimezone(UTC) - self.start) // self.every
        return self.start.astimezone(UTC) + passed * self.every if passed >= 0 else None

    def due(self, *, last: datetime | None, now: datetime) -> datetime | None:
        """The instant for which the checkpoint has to move now, or None if it already did (`last` is that of then).

        Instants that were missed are not made up: what the log would have shown on those days is no longer known.
        """
        newest = self.last_before(now)
        return None if newest is None or (last is not None and newest <= last.astimezone(UTC)) else newest

    def fill(self, *, published: int, size: int) -> int:
        """How many entries of padding a log needs that was last published with `published` entries and has `size` now.

        The size becomes a multiple of `multiple`, and grows by at least one whole multiple.
        """
        least = max(size, (published // self.multiple + 1) * self.multiple)
        return -(-least // self.multiple) * self.multiple - size
