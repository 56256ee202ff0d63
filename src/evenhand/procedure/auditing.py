# SPDX-License-Identifier: Apache-2.0
"""Replays everything and names each difference: lawful, lapses, numbering, tables, leaves, tree, signatures.

It trusts the keys and the bytes of the entries, and nothing else: what the tables say is compared with what the entries say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from evenhand.casework.acts import Act, Request
from evenhand.casework.carried import fault
from evenhand.casework.evolving import evolve
from evenhand.casework.fields import act_of
from evenhand.casework.lapsing import lapses, next_lapse
from evenhand.casework.lawful import obstacle_to
from evenhand.casework.matter import Matter, new_matter
from evenhand.casework.refusal import WhyNot
from evenhand.casework.running_book import RunningBook
from evenhand.procedure import auditing_log, auditing_tables, auditing_votes
from evenhand.procedure.auditing_books import Versions
from evenhand.record import disclosures, entries
from evenhand.record.errors import RecordError
from evenhand.record.fields import instant_text
from evenhand.record.tree import leaf_hash
from evenhand.store import books, models
from evenhand.store.books import NoRules
from evenhand.store.opened import Erased, disclosed, forget_everything
from evenhand.store.organisation import Organisation
from evenhand.store.snapshot import snapshot


@dataclass
class Audit:
    """What was found. `holds` where nothing was; `erased` counts entries that cannot be opened any more."""

    entries: int = 0
    matters: int = 0
    erased: int = 0
    unlawful: list[str] = field(default_factory=list)
    lapses_missing: list[str] = field(default_factory=list)
    numbering: list[str] = field(default_factory=list)
    entries_differ: list[str] = field(default_factory=list)
    tables_differ: list[str] = field(default_factory=list)
    record: list[str] = field(default_factory=list)
    root: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        found = (
            self.unlawful,
            self.lapses_missing,
            self.numbering,
            self.entries_differ,
            self.tables_differ,
            self.record,
        )
        return not any(found)

    def as_data(self) -> dict[str, Any]:
        """For other programs."""
        return {**self.__dict__, "holds": self.holds}


def audit(organisation: Organisation, *, at: datetime, vkeys: tuple[Any, ...] = ()) -> Audit:
    """The whole audit. `vkeys` are the log's verifier keys pinned from outside; without them those of the log count.

    Everything is held against one state of the database and one checkpoint of the log, while others go on acting.
    """
    forget_everything()
    found = Audit()
    log = auditing_log.look_at(organisation)

    def votes(entry: models.Entry, said: Mapping[str, Any]) -> None:
        found.unlawful += auditing_votes.faults(organisation, entry, said)

    with snapshot():
        versions = Versions(organisation)
        for matter in (
            models.Entry.objects.exclude(matter="").order_by("matter").values_list("matter", flat=True).distinct()
        ):
            found.matters += 1
            _matter(organisation, matter, found, at, versions)
        _unknown_matters(found)
        _padding(found, versions)
        found.tables_differ += versions.differences()
        places = auditing_log.places()
        if not found.entries_differ:
            found.tables_differ += auditing_tables.differences(organisation, look=votes)
    if isinstance(log, RecordError):
        found.record.append(log.sentence)
        return found
    found.record += auditing_log.differences(organisation, log, places, vkeys)
    found.root = log.checkpoint().root.hex()
    return found


def _matter(organisation: Organisation, ident: str, found: Audit, at: datetime, versions: Versions) -> None:
    replay: _Replay | None = None
    expected, parts = 0, dict[str, str]()
    for entry in models.Entry.objects.filter(matter=ident).order_by("n"):
        found.entries += 1
        expected += 1
        said = _opened(organisation, entry, found)
        if entry.n != expected:
            found.numbering.append(f"Matter {ident}: number {entry.n} stands where {expected} should.")
            expected = entry.n or expected
        if said is None:
            return
        _columns(entry, said, found)
        cited = entries.read(bytes(entry.data)).value["book"]
        found.unlawful += (f"Matter {ident}, number {entry.n}: {one}" for one in versions.faults(entry, cited, said))
        parts |= {part["pseudonym"]: part["role"] for part in said.get("person.parts", ())}
        if "by" in said and entry.type != "act.refused" and parts.get(said["by"]) != said["as"]:
            found.unlawful.append(
                f"Matter {ident}, number {entry.n}: nobody of this pseudonym has the role {said['as']}."
            )
        if entry.type == "act":
            try:
                replay = replay or _Replay(said, ident, cited)
            except (NoRules, LookupError, ValueError) as error:
                found.unlawful.append(f"Matter {ident}: what it runs under cannot be used: {error}")
                return
            replay.see(entry, said, found)
    if replay is not None:
        replay.finish(at, found)


def _opened(organisation: Organisation, entry: models.Entry, found: Audit) -> dict[str, Any] | None:
    where = f"Entry {entry.id}"
    data = bytes(entry.data)
    try:
        shape = entries.read(data)
        if leaf_hash(data).hex() != entry.leaf:
            found.entries_differ.append(f"{where}: its bytes are not those of its leaf.")
        opened = disclosures.opened(disclosed(entry, organisation.keyring), shape.value["_sd"])
    except Erased:
        found.erased += 1
        return None
    except (RecordError, Exception) as error:  # a cell that was altered can fail in any way
        found.entries_differ.append(f"{where} cannot be read: {error}")
        return None
    return {one.name: one.value for one in opened}


def _columns(entry: models.Entry, said: dict[str, Any], found: Audit) -> None:
    """The columns of an entry repeat what it says, so that it can be looked for; they must say the same."""
    repeated = {
        "matter": (entry.matter, said.get("matter")),
        "n": (entry.n, said.get("n")),
        "type": (entry.type, said.get("type")),
        "rule": (entry.rule, said.get("rule")),
        "role": (entry.role, said.get("as")),
        "by": (entry.by, said.get("by", "")),
        "at": (instant_text(entry.at), said.get("at")),
    }
    for name, (ours, theirs) in repeated.items():
        if ours != theirs:
            found.entries_differ.append(f"Entry {entry.id}: its column {name} says {ours!r}, and its bytes {theirs!r}.")


class _Replay:
    """One matter, held against the rulebook that its first act cites, or that gave the way to it from an older matter."""

    def __init__(self, said: dict[str, Any], ident: str, cited: str) -> None:
        opens = said["body.opens"]
        if opens["rulebook"] != cited and not opens.get("names"):
            raise ValueError(f"it says {opens['rulebook']}, and its first act cites {cited}.")
        self.ident = ident
        self.book: RunningBook = books.running(opens["rulebook"], opens["book"])
        self.matter: Matter = new_matter(self.book)

    def see(self, entry: models.Entry, said: dict[str, Any], found: Audit) -> None:
        act = act_of(said)
        by_clock = "by" not in said
        self._lapses_before(act, by_clock, found)
        against = None if by_clock else self._against(act)
        if against is not None:
            found.unlawful.append(f"Matter {self.ident}, number {entry.n}: {against.sentence} ({against.rule})")
        try:
            self.matter = evolve(self.book, self.matter, act)
        except ValueError as error:
            found.unlawful.append(f"Matter {self.ident}, number {entry.n}: {error}")

    def _against(self, act: Act) -> WhyNot | None:
        obstacle = obstacle_to(self.book, self.matter, act.name, act.by, act.at)
        asked = Request(act=act.name, by=act.by, carries=act.carries)
        return obstacle or fault(self.book, self.matter, asked, act.at)

    def _lapses_before(self, act: Act, by_clock: bool, found: Audit) -> None:
        due = next_lapse(self.book, self.matter)
        if by_clock:
            if due is None or (due.name, due.at) != (act.name, act.at):
                found.unlawful.append(
                    f"Matter {self.ident}: {act.name} by the clock was not due at {act.at.isoformat()}."
                )
            return
        for missing in lapses(self.book, self.matter, act.at):
            found.lapses_missing.append(f"Matter {self.ident}: {missing.name} was due at {missing.at.isoformat()}.")

    def finish(self, at: datetime, found: Audit) -> None:
        for missing in lapses(self.book, self.matter, at):
            found.lapses_missing.append(f"Matter {self.ident}: {missing.name} was due at {missing.at.isoformat()}.")


def _padding(found: Audit, versions: Versions) -> None:
    """What concerns no matter says nothing, and cites a version all the same."""
    for entry in models.Entry.objects.filter(matter="").order_by("id").iterator(chunk_size=500):
        data = bytes(entry.data)
        try:
            if leaf_hash(data).hex() != entry.leaf:
                found.entries_differ.append(f"Entry {entry.id}: its bytes are not those of its leaf.")
            cited = entries.read(data).value.get("book")
        except RecordError as error:
            found.entries_differ.append(f"Entry {entry.id} cannot be read: {error}")
            continue
        if cited is not None:
            found.unlawful += (f"Entry {entry.id}: {one}" for one in versions.faults(entry, cited, {}))


def _unknown_matters(found: Audit) -> None:
    known = set(models.Entry.objects.exclude(matter="").values_list("matter", flat=True).distinct())
    wrapped = set(models.Wrapping.objects.values_list("matter", flat=True))
    for ident in wrapped - known:
        found.tables_differ.append(f"store_wrapping: a key of the matter {ident}, of which there is no entry.")
