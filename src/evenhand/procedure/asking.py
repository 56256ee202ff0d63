# SPDX-License-Identifier: Apache-2.0
"""What somebody asks the organisation's software to do, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from evenhand.casework.refusal import Refused


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request of one person.

    `act` is an act of the matter's book, or `procedure.NAME`; `by` the role in which it is asked. `matter` is its
    identifier, or None to open one under `book`. `seen` is the number of the last entry that the person had seen;
    `key` comes with the form, and the same key does nothing twice. `more` holds fields besides what the act carries.
    """

    act: str
    by: str
    person: str
    matter: str | None = None
    book: str = "discipline"
    carries: Mapping[str, Any] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    seen: int | None = None
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Done:
    """What came of it: the matter, and the first and the last of its new entries (ids). `again`: it had been done before."""

    matter: str
    first: int
    last: int
    again: bool = False


class NotYours(LookupError):
    """The person has no part in this matter. To them it must look as if there were none."""


class Changed(Exception):
    """Somebody acted on the matter after the person looked; `since` are the entries (ids) they have not seen."""

    def __init__(self, since: tuple[int, ...]) -> None:
        super().__init__("Somebody acted on this matter while you were writing. See what changed, and send it again.")
        self.since = since

    @property
    def sentence(self) -> str:
        """What to do now."""
        return str(self)

    @property
    def rule(self) -> str:
        """As a refusal names its own; this is none of the rulebook's."""
        return "procedure/meanwhile"


__all__ = ["Asked", "Changed", "Done", "NotYours", "Refused"]
