# SPDX-License-Identifier: Apache-2.0
"""Invents a year of the Quay Club and keeps its record: `python -m demo.club --out FOLDER`.

FOLDER/log          the log as the club keeps it, and beside it its signer and what opens its padding
FOLDER/public       the public copy, as it stood after the last day
FOLDER/receipts     what a complainant and a respondent of one matter hold, numbered, and the complainant of another
                    matter, in which something was erased later
FOLDER/auditor      an export in which everything is opened that was not erased, with the rulebook
FOLDER/vkey, FOLDER/cosigners.json   the keys, which a reader pins from somewhere else than the record

Nobody in it exists. The same seed gives the same bytes. Which field an act goes into is said in `casework.fields`.
"""

import argparse
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from demo.club_cases import Happening, year_of
from demo.club_keeping import HOUR, Due, Kept, Keys, disclosure_line, keep, new_log
from demo.club_people import club_of
from demo.club_scripts import SCRIPTS
from demo.club_sealing import fields_of, read_by
from evenhand.casework.running_book import RunningBook
from evenhand.record.canonical import decode, encode
from evenhand.record.files.log import receipt
from evenhand.record.files.publishing import disclosures_beside
from evenhand.record.files.shelf import Shelf
from evenhand.rulebook.canonical import canonical
from evenhand.rulebook.loading import loads, sections_of

FIRST, DAYS = date(2026, 4, 1), 365
BOOK = "discipline"
RULES = Path(__file__).resolve().parent.parent / "rulebooks/quay_club.yaml"
HELD = {"complainant": (0, "complainant"), "respondent": (0, "respondent"), "erased": (4, "complainant")}
"""Whose receipts are written: the folder, the case and the side."""
ERASED = ("text.account", "person.complainant", "person.respondent")


@dataclass
class Places:
    """Where the entries of each case stand, and under which names: index by case and number, pseudonyms, and parties."""

    index: dict[tuple[int, int], int] = field(default_factory=dict)
    matter: dict[int, str] = field(default_factory=dict)
    pseudonym: dict[tuple[int, str], str] = field(default_factory=dict)

    def count(self, case: int) -> int:
        """How many entries a case has."""
        return sum(1 for number, _ in self.index if number == case)


class Year:
    """The happenings of a year, each made into the fields of an entry when its turn has come."""

    def __init__(self, book: RunningBook, happenings: list[Happening], *, seed: str) -> None:
        self.book, self.happenings = book, happenings
        self.places = Places()
        self._chance = Random(f"{seed} pseudonyms")
        self._officers = club_of(Random(f"{seed} people")).officers
        self._size: Callable[[], int] = lambda: 0

    def due(self, size: Callable[[], int]) -> Iterator[Due]:
        """Each as it is due; `size` tells how many entries the log has, which is the index of the next."""
        self._size = size
        for one in self.happenings:
            yield Due(one.at, lambda kept, one=one: self._fields(one, kept))

    def _fields(self, one: Happening, kept: Kept) -> Mapping[str, Any]:
        places, n = self.places, self.places.count(one.case) + 1
        matter = places.matter.setdefault(one.case, self._hex())
        by = None if one.actor is None else self._name(one.case, one.actor)
        fields = fields_of(
            one, book=BOOK, calendar=self.book.calendar, matter=matter, n=n, by=by, more=self._more(one, n, kept)
        )
        places.index[one.case, n] = self._size()
        return fields

    def _more(self, one: Happening, n: int, kept: Kept) -> dict[str, Any]:
        concerned = self.places.index.get((one.case, one.of), -1)
        match one.kind:
            case "correction":
                says = "In the reasons “on the slip” should read “on the pontoon”; nothing else changes."
                return {"refs": [kept.leaf(concerned)], "text.correction": says}
            case "erasure.performed":
                digests = kept.erase(concerned, [name for name in ERASED if name in kept.disclosures[concerned]])
                approved = [self._name(one.case, officer) for officer in self._officers[:2]]
                basis = "asked for by the person concerned, GDPR article 17 (1) (a); the matter is closed"
                return {"body.erasure": {"basis": basis, "digests": sorted(digests), "approved": approved}}
        if n > 1:
            return {}
        # An opening act says who the parties are; elsewhere they appear as pseudonyms alone.
        return dict(zip(("person.complainant", "person.respondent"), one.parties, strict=True))

    def _name(self, case: int, person: str) -> str:
        return self.places.pseudonym.setdefault((case, person), self._hex())

    def _hex(self) -> str:
        return self._chance.randbytes(16).hex()


@dataclass(frozen=True)
class Made:
    """What was made: the keys, what the club keeps, where each entry stands, and the happenings."""

    keys: Keys
    kept: Kept
    places: Places
    happenings: list[Happening]


def make(
    out: Path,
    *,
    seed: str = "2026",
    days: int = DAYS,
    seen: Callable[[datetime], None] = lambda _: None,
    enters: Callable[[Happening], bool] = lambda _: True,
) -> Made:
    """Invents a year and writes everything; `seen` is told each instant at which the public copy has moved.

    `enters` says what of it reaches the record: everything, but where somebody wants to see what a record cannot show.
    """
    text = RULES.read_text("utf-8")
    running = RunningBook(loads(text, RULES.name), BOOK)
    digest = running.rulebook.digest
    until = datetime.combine(FIRST + timedelta(days=days - 1), time(HOUR), UTC)
    invented = year_of(running, club_of(Random(f"{seed} people")), FIRST, until, seed=seed)
    year = Year(running, list(filter(enters, invented)), seed=seed)
    keys = Keys.of_seed(seed)
    with new_log(out / "log", keys, rulebook=digest, first=FIRST) as log:
        due = year.due(lambda: log.size)
        kept = keep(log, out / "public", keys, due, rulebook=digest, first=FIRST, days=days, seed=seed, seen=seen)
    _write_keys(out, keys)
    _write_receipts(out, year, kept)
    _write_auditor(out, digest, canonical(sections_of(text, RULES.name)), kept)
    return Made(keys, kept, year.places, year.happenings)


def _write_keys(out: Path, keys: Keys) -> None:
    (out / "vkey").write_text(f"{keys.log.verifier.text}\n", "utf-8")
    (out / "cosigners.json").write_bytes(encode(keys.policy.as_data()))


def _write_receipts(out: Path, year: Year, kept: Kept) -> None:
    shelf = Shelf(out / "public")
    for name, (case, side) in HELD.items():
        folder = out / "receipts" / name
        folder.mkdir(parents=True)
        for n in range(1, year.places.count(case) + 1):
            index = year.places.index[case, n]
            held = kept.given[index]
            own = frozenset((f"person.{side}", "person.respondent"))  # whom it is about, both are told
            opened = [held[name] for name in read_by(list(held), own)]
            (folder / f"{n:02}.tlog-proof").write_text(str(receipt(shelf, index, opened)), "utf-8", newline="\n")


def _write_auditor(out: Path, digest: str, rules: bytes, kept: Kept) -> None:
    folder = out / "auditor"
    shutil.copytree(out / "public", folder)
    (folder / "rulebooks").mkdir()
    (folder / "rulebooks" / f"{digest.removeprefix('sha256:')}.json").write_bytes(rules)
    lines = {index: disclosure_line(index, held.values()) for index, held in kept.disclosures.items()}
    for line in disclosures_beside(out / "log").read_bytes().splitlines(keepends=True):
        lines[decode(line.rstrip(b"\n"), limit=len(line))["index"]] = line
    (folder / "disclosures.jsonl").write_bytes(b"".join(line for _, line in sorted(lines.items())))


def main() -> None:
    """Read the command line, invent, and say what lies where."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--out", type=Path, required=True, help="the folder to write into; it must not be there yet")
    asked.add_argument("--seed", default="2026", help="another seed invents another year")
    given = asked.parse_args()
    if given.out.exists():
        raise SystemExit(f"{given.out} is there already; name another folder.")
    made = make(given.out, seed=given.seed)
    print(f"A year of the invented Quay Club is in {given.out}: {len(SCRIPTS)} cases, {len(made.happenings)} entries")
    print(f"about them, and {DAYS} daily publications. Look at it with")
    print(f"  evenhand-verify {given.out / 'auditor'} --key $(cat {given.out / 'vkey'})")


if __name__ == "__main__":
    main()
