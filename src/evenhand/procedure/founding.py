# SPDX-License-Identifier: Apache-2.0
"""Founds an organisation in a folder: its settings, keys, database, rulebook and the genesis of its record (M23)."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction

from evenhand.procedure.own_file import note_by
from evenhand.procedure.pen import Pen
from evenhand.record import entries
from evenhand.record.files.log import Log
from evenhand.record.keys import SigningKey
from evenhand.record.publication import Publication
from evenhand.rulebook.loading import loads
from evenhand.rulebook.model import Rulebook
from evenhand.store import models
from evenhand.store.connecting import connect
from evenhand.store.keys import Chance, Keyring
from evenhand.store.organisation import SETTINGS, Organisation
from evenhand.store.sealing import seal
from evenhand.store.trouble import Trouble


class CannotFound(Trouble):
    """The folder is taken, or the rulebook cannot be used; says what to do."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What `init` asks: name, name of the log, where to write, the rulebook's text, and on which legal basis (M23)."""

    name: str
    origin: str
    contact: str
    rules: str
    basis: str
    database: str = ""
    demo: bool = False


def found(folder: Path, plan: Plan, *, at: datetime, chance: Chance) -> Organisation:
    """Makes everything in a folder that is not there, or is empty. `CannotFound` otherwise; nothing is overwritten."""
    rules = loads(plan.rules, "the rulebook")
    if folder.exists() and any(folder.iterdir()):
        raise CannotFound(f"{folder} is not empty; name a folder that is not there yet.")
    if rules.in_force is None or rules.in_force > at.date():
        raise CannotFound("This version of the rulebook is not in force yet; an organisation begins under one that is.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    Keyring.make(folder / "keys", chance)
    (folder / SETTINGS).write_text(settings_text(plan), "utf-8")
    os.chmod(folder / SETTINGS, 0o600)
    (folder / "impact-assessment.md").write_text(assessment(plan), "utf-8")
    organisation = Organisation.open(folder)
    connect(organisation.database)
    call_command("migrate", verbosity=0, interactive=False)
    begin(organisation, plan, rules, at=at.astimezone(UTC), chance=chance)
    return organisation


def begin(organisation: Organisation, plan: Plan, rules: Rulebook, *, at: datetime, chance: Chance) -> None:
    """The first entries in an empty database, and the genesis of the log."""
    key = SigningKey.of_seed(plan.origin, chance(32))
    genesis = entries.genesis(
        origin=plan.origin,
        key=key.verifier.text,
        charter=f"{plan.name} keeps the record of its complaints, its discipline and its rules here.",
        rulebook=rules.digest,
        publication=Publication(at.replace(hour=3, minute=0, second=0, microsecond=0)).as_data(),
    )
    Log.new(organisation.log, key, genesis).close()
    with transaction.atomic():
        adopt(rules, plan.rules, published=at)
        pen = Pen(organisation, at, chance)
        file = pen.open()
        pen.note(
            file, "founded", {"body.opens": {"kind": "organisation"}, "text.name": plan.name, "text.basis": plan.basis}
        )
        pen.note(file, "rulebook_adopted", {"body.rulebook": {"digest": rules.digest, "version": rules.version}})
    seal(organisation)


def adopt(rules: Rulebook, source: str, *, published: datetime, in_force: date | None = None) -> None:
    """Keeps the text of a version of the rulebook; no matter can cite one that was not published by then (I03)."""
    models.Rulebook.objects.get_or_create(
        digest=rules.digest,
        defaults={
            "name": rules.id,
            "version": rules.version,
            "in_force": in_force or rules.in_force or published.date(),
            "published": published,
            "source": source,
        },
    )


def settings_text(plan: Plan) -> str:
    """The settings as a file that can be edited by hand."""
    said: Mapping[str, Any] = {
        "name": plan.name,
        "origin": plan.origin,
        "contact": plan.contact,
        "database": plan.database,
    }
    lines = [f"{name} = {_quoted(str(value))}" for name, value in said.items() if value]
    return "\n".join((*lines, *(["demo = true"] if plan.demo else []), ""))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def assessment(plan: Plan) -> str:
    """The beginning of a data-protection impact assessment, with what the software knows filled in."""
    return f"""# Data-protection impact assessment: {plan.name}

To be completed by the organisation and reviewed every year. Lines in brackets are for you.

## What is processed, and why
Complaints, answers, evidence, decisions and letters of the organisation's own procedure; the registers from which conflicts of
interest are found. Legal basis named at installation: {plan.basis}
[Special categories that complaints may reveal, and the condition that is relied on: UK GDPR Article 9.]

## About whom
Parties of a matter, and people who may act in one. No register of everybody's slates, families or signatures is kept.

## Where, and who can read it
Content is encrypted with a key for each matter; the keys lie in the folder `keys`, apart from the database. Whoever holds the
server and that folder can read everything. [Who that is, by name.]

## How long
As the retention section of the rulebook says. Erasing deletes the key of a matter; the record can still be checked.

## Risks
[Exposure of somebody who complains; a conflict of interest that is found; loss of the keys; a leak.] [What is done about each.]
"""


@transaction.atomic
def adopt_later(
    organisation: Organisation,
    rules: Rulebook,
    source: str,
    *,
    at: datetime,
    chance: Chance,
    in_force: date | None = None,
    said: Mapping[str, object] | None = None,
    reasons: Mapping[str, str] | None = None,
    signed: tuple[str, str] | None = None,
    more: Mapping[str, object] | None = None,
) -> models.Entry:
    """Publishes a new version of the rulebook; open matters stay under the one they began under (I02, I10).

    `adopting` asks first whether it may be. `said` is told of it besides, `reasons` why it is adopted with checks that fail.
    `signed` is the person and the office of whoever publishes it at the desk; without it, whoever runs the server did.
    """
    adopt(rules, source, published=at, in_force=in_force)
    pen = Pen(organisation, at.astimezone(UTC), chance)
    file = models.Matter.objects.get(kind="organisation").ident
    pen.at = max(pen.at, models.Matter.objects.get(ident=file).last)
    about = {"digest": rules.digest, "version": rules.version, **(said or {})}
    fields: dict[str, object] = {"body.rulebook": about}
    if reasons:
        fields["text.despite"] = "\n".join(f"{check}: {reason}" for check, reason in sorted(reasons.items()))
    fields |= more or {}
    if signed is None:
        return pen.note(file, "rulebook_adopted", fields)
    return note_by(pen, file, "rulebook_adopted", fields, *signed)
