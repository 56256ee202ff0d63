# SPDX-License-Identifier: Apache-2.0
"""What somebody asks for and what was done, as plain data: a request goes in, acts come out and are the history.

Whoever asks does so in a role of the rulebook (the panel asks as one body once enough of its seats agree). Which
person may hold the role in this matter is for `conflicts` to say and not for the kernel.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

MISSED = "missed."
"""Before the id of a limit: the name of the act that the clock derives when the limit is missed."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What somebody asks to do: the act, the role in which they ask, and what the act is to carry."""

    act: str
    by: str
    carries: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "carries", plain(dict(self.carries)))


@dataclass(frozen=True, kw_only=True)
class Act:
    """What was done in a matter, by which role, at which instant (kept in UTC), carrying what.

    The acts of a matter in their order are its whole history. `ValueError` for an instant that names no zone.
    """

    name: str
    by: str
    at: datetime
    carries: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", in_utc(self.at))
        object.__setattr__(self, "carries", plain(dict(self.carries)))

    def as_data(self) -> dict[str, Any]:
        """The act as JSON can hold it."""
        return {"act": self.name, "by": self.by, "at": self.at.isoformat(), "carries": plain(self.carries)}

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> "Act":
        """The act that `as_data` wrote."""
        return cls(
            name=data["act"], by=data["by"], at=datetime.fromisoformat(data["at"]), carries=data.get("carries", {})
        )


def in_utc(instant: datetime) -> datetime:
    """The same instant in UTC, in which instants compare as they follow each other; `ValueError` without a zone."""
    if instant.tzinfo is None:
        raise ValueError(f"The instant {instant.isoformat()} names no zone.")
    return instant.astimezone(UTC)


def plain(value: Any) -> Any:
    """A copy of plain data; `ValueError` for anything that does not come back from JSON as it went in.

    Fractions have no fixed encoding in the record, so numbers are whole; days and instants are ISO text.
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError(f"What an act carries has names that are texts, not {sorted(map(repr, value))[0]}.")
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    raise ValueError(f"What an act carries is plain data, not {value!r}.")
