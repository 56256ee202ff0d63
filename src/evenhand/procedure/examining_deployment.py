# SPDX-License-Identifier: Apache-2.0
"""What a deployment can have wrong with it, each with what to do. One fault does not hide the next where that can be helped."""

import shutil
import stat
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from evenhand.procedure import examining_office
from evenhand.record.errors import RecordError
from evenhand.record.files.log import Log, signer_beside
from evenhand.record.files.shelf import Shelf
from evenhand.record.tree import leaf_hash
from evenhand.store import books, models
from evenhand.store.connecting import connect
from evenhand.store.keys import NAMES
from evenhand.store.organisation import Organisation
from evenhand.store.provider import provider_of
from evenhand.store.trouble import Trouble

LEAST_FREE = 500_000_000
"""Bytes that must be free on the disk."""
LATE = timedelta(hours=1)


@dataclass(frozen=True)
class Fault:
    """What is wrong, and what to do: two sentences."""

    what: str
    mend: str


def examine(folder: Path, *, at: datetime) -> Iterator[Fault]:
    """Every fault that is found."""
    try:
        organisation = Organisation.open(folder)
    except Trouble as trouble:
        yield Fault(trouble.sentence, "Nothing else was looked at.")
        return
    yield from _folder(organisation)
    yield from _keys(organisation)
    yield from _mail(organisation)
    yield from _sign_in(organisation)
    yield from _disk(organisation)
    if (yield from _database(organisation)):
        for look in (_rules, _times, _outbox, _record):
            yield from look(organisation, at)
        for beside in (examining_office.flushed, examining_office.work_not_done, examining_office.names_in_clear):
            yield from (Fault(*one) for one in beside(organisation, at))
        try:
            yield from (Fault(*one) for one in examining_office.offices(organisation, at))
        except Trouble:
            return  # without rules in force nobody can say which offices there are; that is told above


def _folder(organisation: Organisation) -> Iterator[Fault]:
    for path in (organisation.folder, organisation.folder / "evenhand.toml"):
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) and path.is_file():
            yield Fault(f"Others on this machine can read {path}.", f"Run: chmod 600 {path}")
    base = str(organisation.settings.get("base", ""))
    if base.startswith("http://") and not organisation.demo and "localhost" not in base and "127.0.0.1" not in base:
        yield Fault(f"The address {base} is not encrypted.", "Put a web server with TLS in front, and write https://.")


def _keys(organisation: Organisation) -> Iterator[Fault]:
    for name in NAMES:
        path = organisation.folder / "keys" / name
        if not path.is_file():
            yield Fault(f"The key {path} is missing.", "Bring it back from a copy; without it nothing can be read.")
        elif path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Fault(f"Others on this machine can read the key {path}.", f"Run: chmod 600 {path}")
    signer = signer_beside(organisation.log)
    if not signer.is_file():
        yield Fault(f"The signer file {signer} is missing.", "Bring it back from a copy; a log is never signed anew.")
    elif signer.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Fault(f"Others on this machine can read the signer file {signer}.", f"Run: chmod 600 {signer}")


def _mail(organisation: Organisation) -> Iterator[Fault]:
    mail = organisation.settings.get("mail")
    if not mail or not mail.get("host"):
        if not organisation.demo:
            yield Fault("No mail server is named.", "Letters lie in the folder outgoing; name a server under [mail].")
        return
    if not mail.get("sender"):
        yield Fault("Mail has no sender.", "Write sender = “...” under [mail].")


def _sign_in(organisation: Organisation) -> Iterator[Fault]:
    try:
        provider = provider_of(organisation)
        if provider is None:
            return
        _ = provider.secret
    except Trouble as trouble:
        yield Fault(trouble.sentence, "Until then nobody can sign in by the provider.")
        return
    path = provider.secret_path
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Fault(f"Others on this machine can read the secret {path}.", f"Run: chmod 600 {path}")
    if provider.issuer.startswith("http://") and not organisation.demo:
        yield Fault(f"The provider {provider.issuer} is not asked by https.", "Name one with https:// as issuer.")


def _disk(organisation: Organisation) -> Iterator[Fault]:
    free = shutil.disk_usage(organisation.folder).free
    if free < LEAST_FREE:
        yield Fault(f"Only {free // 1_000_000} MB are free on the disk.", "Make room before the record cannot grow.")


def _database(organisation: Organisation) -> Generator[Fault, None, bool]:
    try:
        connect(organisation.database)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, Trouble, OSError) as error:
        yield Fault(
            f"The database does not answer ({str(error).splitlines()[0]}).", "See to its address and that it runs."
        )
        return False
    if waiting:
        yield Fault(
            "The tables are of an older version.", "Make a copy, then run “evenhand work --once” of the newer version."
        )
        return False
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            if cursor.fetchone()[0] != "ok":
                yield Fault(
                    "The database file is damaged.", "Bring it back from a copy; the record says up to which entry."
                )
    elif _version_of_postgres() < 150000:
        yield Fault("The database is older than PostgreSQL 15.", "Move to a newer one.")
    return True


def _version_of_postgres() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0])


def _rules(organisation: Organisation, at: datetime) -> Iterator[Fault]:
    try:
        books.in_force(at)
        for digest in models.Rulebook.objects.values_list("digest", flat=True):
            books.rules_of(digest)
    except Trouble as trouble:
        yield Fault(trouble.sentence, "No act can be decided before that.")


def _times(organisation: Organisation, at: datetime) -> Iterator[Fault]:
    newest = models.Entry.objects.order_by("-at").values_list("at", flat=True).first()
    if newest is not None and newest > at + timedelta(minutes=5):
        yield Fault(f"The clock of this machine is behind the record ({newest.isoformat()}).", "Set it right.")
    late = models.Matter.objects.filter(due__lt=at - LATE).count()
    if late:
        yield Fault(f"{late} matters have lapses that nobody entered.", "See that “evenhand work” or “serve” runs.")


def _outbox(organisation: Organisation, at: datetime) -> Iterator[Fault]:
    failed = models.Outbox.objects.filter(done=None, tries__gt=0)
    trouble = failed.order_by("-tries").values_list("trouble", flat=True).first()
    if trouble:
        yield Fault(f"{failed.count()} letters could not be handed over ({trouble}).", "See to the mail server.")


def _record(organisation: Organisation, at: datetime) -> Iterator[Fault]:
    unsealed = models.Entry.objects.filter(position=None, at__lt=at - LATE).count()
    if unsealed:
        yield Fault(f"{unsealed} entries have waited for their seal for an hour.", "Run: evenhand work --once")
    try:
        with Log.open(organisation.log) as log:
            size = log.size
        shelf = Shelf(organisation.log)
        newest = models.Entry.objects.exclude(position=None).order_by("-position").first()
        if newest is not None and (newest.position or 0) >= size:
            yield Fault("The log in files is older than the database.", "Run: evenhand work --once")
        elif newest is not None and leaf_hash(shelf.entry(newest.position or 0, size)).hex() != newest.leaf:
            yield Fault(
                "The log and the database hold different entries.", "Run: evenhand audit, and tell your auditor."
            )
    except RecordError as error:
        yield Fault(f"The log does not open. {error.sentence}", "Bring it back from a copy, with its signer file.")
