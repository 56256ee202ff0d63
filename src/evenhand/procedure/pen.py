# SPDX-License-Identifier: Apache-2.0
"""One transaction's writing: every entry made in it has its number, its day, and cites the version in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from evenhand.casework.acts import Act
from evenhand.casework.fields import field_of
from evenhand.casework.standing import BOOK, STANDING
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.naming import code_name
from evenhand.store.organisation import Organisation
from evenhand.store.rows import column
from evenhand.store.write.entering import enter, new_key
from evenhand.store.write.rows import put

CLOCK = "clock"


@dataclass
class Pen:
    """Writes in the transaction of its maker. `written` are the entries made so far, in their order."""

    organisation: Organisation
    at: datetime
    chance: Chance
    written: list[models.Entry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rules: Rulebook = books.in_force(self.at)
        self.calendar = books.calendar_of(self.rules)
        self._done: set[str] = set()

    def once(self, what: str) -> bool:
        """True the first time it is asked in this transaction, so that a consequence does not follow twice."""
        first = what not in self._done
        self._done.add(what)
        return first

    def hex(self) -> str:
        """128 random bits as an identifier."""
        return self.chance(16).hex()

    def open(self) -> str:
        """The identifier of a new matter, whose key is made and kept."""
        ident = self.hex()
        while models.Matter.objects.filter(code=code_name(ident)).exists():
            ident = self.hex()  # a reference is one matter's alone (A01)
        new_key(self.organisation.keyring, ident, chance=self.chance)
        return ident

    def act(
        self, matter: str, act: Act, *, book: str, by: str | None, more: Mapping[str, Any] | None = None
    ) -> models.Entry:
        """Enters an act of a book: by a person under their pseudonym, or by the clock (`by` is None)."""
        fields = {field_of(item): value for item, value in act.carries.items()}
        return self._enter(
            matter,
            type="act",
            rule=f"{book}.{act.name}",
            role=act.by,
            by=by,
            at=act.at,
            fields=fields | dict(more or {}),
        )

    def note(
        self,
        matter: str,
        name: str,
        fields: Mapping[str, Any],
        *,
        role: str = CLOCK,
        by: str | None = None,
        due: datetime | None = None,
    ) -> models.Entry:
        """Enters one of the things that no book orders; `name` is one of `casework.standing`.

        `due` is the instant at which the clock owed it: a lapse is dated when it was due, and nothing else is.
        """
        at = due or self.at
        return self._enter(
            matter, type="procedure", rule=f"{BOOK}.{STANDING[name].id}", role=role, by=by, at=at, fields=fields
        )

    def refusal(self, matter: str, rule: str, *, role: str, by: str | None, why: str, path: str) -> models.Entry:
        """Enters an attempt that was refused: what it was and what stood against it, not what was asked for (D13)."""
        fields = {"body.refusal": {"rule": path}, "text.refusal": why}
        return self._enter(matter, type="act.refused", rule=rule, role=role, by=by, at=self.at, fields=fields)

    def erasure(self, file: str, rule: str, fields: Mapping[str, Any], *, role: str, by: str) -> models.Entry:
        """Enters in the organisation's file that what stood under `rule` was erased, and which two approved it (L05)."""
        return self._enter(file, type="erasure.performed", rule=rule, role=role, by=by, at=self.at, fields=fields)

    def _enter(
        self,
        matter: str,
        *,
        type: str,
        rule: str,
        role: str,
        by: str | None,
        at: datetime,
        fields: Mapping[str, Any],
    ) -> models.Entry:
        entry = enter(
            self.organisation.keyring,
            book=self.rules.digest,
            calendar=self.calendar,
            matter=matter,
            n=self.number(matter) + 1,
            type=type,
            rule=rule,
            role=role,
            at=at,
            chance=self.chance,
            by=by,
            fields=fields,
        )
        self.written.append(entry)
        return entry

    def number(self, matter: str) -> int:
        """How many entries a matter has."""
        return next(iter(column(models.Matter, "n", ident=matter)), 0)

    def later(self, kind: str, entry: models.Entry | None, *, due: datetime | None = None, **about: Any) -> None:
        """Puts something into the outbox, to be done after this transaction."""
        put(models.Outbox, kind=kind, entry=entry.id if entry else None, about=about, due=due or self.at)
