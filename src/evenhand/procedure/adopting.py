# SPDX-License-Identifier: Apache-2.0
"""Adopts a new version of the rulebook: published now, in force on its day, and for matters that begin from then on (I02).

Nothing is changed backwards: a version comes into force on the day of its publication at the earliest, and a matter stays
under the version that was in force when it began (I10). Until its day no entry can cite it (I03).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from evenhand.procedure.authority import held_by, locked
from evenhand.procedure.founding import adopt_later
from evenhand.procedure.inviting import named_by
from evenhand.rulebook.checking import check
from evenhand.rulebook.loading import loads
from evenhand.rulebook.model import Rulebook
from evenhand.rulebook.verdicts import Verdict
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal
from evenhand.store.trouble import Trouble


class NotAdopted(Trouble):
    """A version cannot be adopted; says why and what to do. Nothing was entered."""


class DoesNotHold(NotAdopted):
    """Checks of the rules fail for which no reason was given; `failing` are their verdicts."""

    def __init__(self, failing: tuple[Verdict, ...]) -> None:
        ids = ", ".join(_ids(failing))
        super().__init__(
            f"These checks do not hold: {ids}. Mend the rules (“evenhand rules check” shows the runs), or give a reason "
            f"for each with --despite “{_ids(failing)[0]}: ...”; reasons are entered in the record."
        )
        self.failing = failing


@dataclass(frozen=True)
class Adopted:
    """What was adopted: version, digest, its day, how many open matters stay under theirs, and what still lacks people."""

    version: int
    digest: str
    in_force: date
    open: int
    unheld: tuple[str, ...]


def adopt_version(
    organisation: Organisation,
    text: str,
    *,
    at: datetime,
    chance: Chance,
    in_force: date | None = None,
    despite: Mapping[str, str] | None = None,
    name: str = "the rulebook",
) -> Adopted:
    """Adopts the version of this text. `Malformed` where it does not load, `NotAdopted` where it may not be adopted.

    `in_force` is needed only where the text names no day, and may not differ from it. `despite` maps checks that fail to
    the reasons for adopting the version all the same.
    """
    now, ready = at.astimezone(UTC), examined(text, at=at, in_force=in_force, despite=despite, name=name)
    with transaction.atomic():
        locked(models.Matter.objects.values_list("ident", flat=True).get(kind="organisation"))
        done = enter_version(organisation, ready, at=now, chance=chance)
    seal(organisation)
    return done


@dataclass(frozen=True)
class Ready:
    """A text that was examined and may be adopted: the version, its text, its day, and the reasons for checks that fail."""

    rules: Rulebook
    text: str
    day: date
    reasons: Mapping[str, str]


def examined(
    text: str,
    *,
    at: datetime,
    in_force: date | None = None,
    despite: Mapping[str, str] | None = None,
    name: str = "the rulebook",
) -> Ready:
    """What can be said of a text before anything is entered. `Malformed`, `NotAdopted`, `DoesNotHold`."""
    now, rules = at.astimezone(UTC), loads(text, name)
    day = _day(rules, in_force, now)
    in_order(rules, day, now)
    return Ready(rules, text, day, _despite(rules, dict(despite or {})))


def enter_version(
    organisation: Organisation,
    ready: Ready,
    *,
    at: datetime,
    chance: Chance,
    signed: tuple[str, str] | None = None,
    about: Mapping[str, object] | None = None,
    more: Mapping[str, object] | None = None,
) -> Adopted:
    """Enters it; the organisation's file is locked. `NotAdopted` where something was adopted since it was examined."""
    rules, day, reasons = ready.rules, ready.day, ready.reasons
    in_order(rules, day, at)
    stay = models.Matter.objects.filter(over=False).exclude(book="").count()
    said: dict[str, object] = {"in_force": day.isoformat(), "open": stay, **(about or {})}
    if reasons:
        said["despite"] = sorted(reasons)
    adopt_later(
        organisation, rules, ready.text, at=at, chance=chance, in_force=day, said=said, reasons=reasons, signed=signed,
        more=more,
    )  # fmt: skip
    held = {office for offices in held_by(at).values() for office in offices}
    return Adopted(rules.version, rules.digest, day, stay, tuple(sorted(named_by(rules) - held)))


def _day(rules: Rulebook, asked: date | None, now: datetime) -> date:
    if rules.in_force is not None and asked is not None and asked != rules.in_force:
        raise NotAdopted(
            f"The file says that it is in force from {rules.in_force.isoformat()}, and --in-force says {asked.isoformat()}; "
            "change the one or leave the other out."
        )
    day = rules.in_force or asked
    if day is None:
        raise NotAdopted(
            "The file does not say from which day it is in force; write in_force there, or give --in-force."
        )
    today = now.date()
    if day < today:
        raise NotAdopted(
            f"It would be in force from {day.isoformat()}, which is past: no rule binds backwards. "
            f"Name {today.isoformat()} or a later day."
        )
    return day


def _despite(rules: Rulebook, reasons: dict[str, str]) -> dict[str, str]:
    """The reasons that are needed. `DoesNotHold` where one is missing, `NotAdopted` where one is too much or is empty."""
    failing = tuple(one for one in check(rules).checks if not one.holds)
    ids = _ids(failing)
    if any(one not in reasons for one in ids):
        raise DoesNotHold(failing)
    for one, reason in reasons.items():
        if one not in ids:
            raise NotAdopted(f"The check {one} holds, so no reason is needed for it; leave --despite “{one}: ...” out.")
        if not reason.strip():
            raise NotAdopted(f"For {one} no reason is given; write it after the colon.")
    return reasons


def _ids(failing: tuple[Verdict, ...]) -> list[str]:
    return sorted({one.id for one in failing}, key=lambda one: int(one[1:]))


def in_order(rules: Rulebook, day: date, now: datetime) -> None:
    """`NotAdopted` for another organisation's rules, a version that is not newer, or one whose turn would pass."""
    present = books.in_force(now)
    newest = models.Rulebook.objects.order_by("-version").first()
    if rules.id != present.id:
        raise NotAdopted(
            f"This is a version of {rules.id!r}, and the rulebook here is {present.id!r}: it is another's."
        )
    if newest is not None and rules.version <= newest.version:
        raise NotAdopted(
            f"It is version {rules.version}, and version {newest.version} was adopted already; "
            f"number it {newest.version + 1}."
        )
    later = models.Rulebook.objects.filter(in_force__gt=day).order_by("-in_force").first()
    if later is not None:
        raise NotAdopted(
            f"Version {later.version} comes into force on {later.in_force.isoformat()} and would undo this one; "
            "name that day or a later one."
        )


__all__ = ["Adopted", "DoesNotHold", "NotAdopted", "Ready", "adopt_version", "enter_version", "examined", "in_order"]
