# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with an organisation that runs: offices that nobody holds, work that nobody did, names where none may be.

Each look gives what is wrong and what to do, two sentences; `examining_deployment` puts them after the machine's own faults.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import Max

from evenhand.procedure.authority import OFFICE, held_by
from evenhand.procedure.doubting import oversight
from evenhand.procedure.inviting import named_by
from evenhand.procedure.seating import LIVE
from evenhand.rulebook.model import Role, Rulebook
from evenhand.store import books, models
from evenhand.store.organisation import Organisation

Found = Iterator[tuple[str, str]]
WAITS = timedelta(days=1)
"""A letter that nobody tried to hand over for so long is stuck; a seat is passed on within that time after its last day."""
NOT_READ = timedelta(days=180)
"""The registers of an organisation change more often than that."""
REGISTERS = ("procedure.person_recorded", "procedure.person_changed", "procedure.fact_recorded", "procedure.fact_ended")
ENTERS = "evenhand register --offices"


def offices(organisation: Organisation, at: datetime) -> Found:
    """Roles of the rules in force without enough people, and offices that a version to come names and nobody holds."""
    held: dict[str, set[str]] = {}
    for person, names in held_by(at).items():
        for name in names:
            held.setdefault(name, set()).add(person)
    now = books.in_force(at)
    for role in now.roles.values():
        if role.kind == "person" and _acts_for_people(now, role):
            yield from _filled(role, held, at)
    for row in models.Rulebook.objects.filter(in_force__gt=at.date()).order_by("in_force"):
        lacking = sorted(named_by(books.rules_of(row.digest)) - named_by(now) - set(held))
        if lacking:
            yield (
                f"Version {row.version} comes into force on {row.in_force}, and nobody holds {', '.join(lacking)}.",
                f"Enter terms before that day: {ENTERS}",
            )


def _acts_for_people(rules: Rulebook, role: Role) -> bool:
    """Whether the role does something in the book by which complaints are decided; the others meet when they are called."""
    book = rules.books.get("discipline")
    over = oversight(rules)
    always = {rules.conflicts.challenge_decided_by, over.id if over is not None else ""}
    return role.id in always or (book is not None and any(role.id in act.by for act in book.acts.values()))


def _filled(role: Role, held: dict[str, set[str]], at: datetime) -> Found:
    groups = tuple(role.groups or (role.id,))
    people = {person for group in groups for person in held.get(group, ())}
    name = role.id.replace("_", " ")
    if not people:
        ended = models.Fact.objects.filter(kind="holds", b__in=[f"{OFFICE}{one}" for one in groups], withdrawn=None)
        last = ended.filter(until_lo__lte=at.date().isoformat()).aggregate(last=Max("until_lo"))["last"]
        when = f"; the last term ended on {last}" if last else ""
        yield f"Nobody holds the office {name}{when}.", f"Enter a term: {ENTERS}"
    elif len(people) < role.seats:
        yield (
            f"The body {name} has {role.seats} seats, and {len(people)} of them can be filled.",
            f"Enter more terms: {ENTERS}",
        )


def work_not_done(organisation: Organisation, at: datetime) -> Found:
    """What the worker, a reviewer or whoever keeps the registers should have done by now."""
    stuck = models.Outbox.objects.filter(done=None, tries=0, due__lt=at - WAITS).count()
    if stuck:
        yield (
            f"{stuck} letters have waited for a day, and nobody tried to hand them over.",
            "See that “evenhand work” runs.",
        )
    day = (at - WAITS).date().isoformat()
    seats = models.Part.objects.filter(kind="seat", status__in=LIVE, until__gt="", until__lt=day, matter__over=False)
    if seats.exists():
        yield (
            f"{seats.count()} seats have waited beyond their last day, and were not passed on.",
            "See that “evenhand work” runs.",
        )
    late = models.Affected.objects.filter(due__gt="", due__lt=at.date().isoformat(), disposition="")
    if late.exists():
        yield (
            f"{late.count()} decisions in doubt are late: the last day for saying what becomes of them has passed.",
            "Remind the reviewers; their list stands at their desk.",
        )
    newest = models.Entry.objects.filter(rule__in=REGISTERS).order_by("-at").values_list("at", flat=True).first()
    if newest is None:
        yield "The registers are empty, so that no seat can be filled and no conflict found.", "Run: evenhand register"
    elif newest < at.astimezone(UTC) - NOT_READ:
        yield (
            f"Nothing was entered in the registers since {newest.date()}.",
            "Read the files of today: evenhand register --members ... --offices ... --ties ...",
        )


OF_RECORD = ("role:", "matter:")
"""Beginnings of a source that is a role or a matter of the record, and names nobody: of who decided, of who stands aside."""


def names_in_clear(organisation: Organisation, at: datetime) -> Found:
    """Ends of facts that are called something and stand readable in the table: written before they were sealed."""
    from evenhand.store.write.register import NAMED, OPEN_SOURCES, TELLING

    ends = models.Fact.objects.values_list("b", "source", "kind").iterator(chunk_size=2000)
    clear = 0
    for end, source, kind in ends:
        name, _, called = end.partition(":")
        open_end = name in NAMED and called and not _index(called)
        open_source = (
            kind not in TELLING
            and source not in OPEN_SOURCES
            and not source.startswith(OF_RECORD)
            and not _index(source)
        )
        clear += bool(open_end or open_source)
    if clear:
        yield (
            f"{clear} facts name an employer, a slate or a source in the clear, from an older version.",
            "Make the tables anew; the entries lose nothing by it: evenhand rebuild",
        )


def _index(text: str) -> bool:
    """Whether a text is a keyed hash, as `Keyring.index` gives it."""
    return len(text) >= 32 and all(letter in "0123456789abcdef" for letter in text)


def flushed(organisation: Organisation, at: datetime) -> Found:
    """Whether what is acknowledged is on the disk: SQLite must write ahead and flush every commit."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            for name, wanted in (("fsync", "on"), ("full_page_writes", "on"), ("synchronous_commit", "on")):
                cursor.execute(f"SHOW {name}")
                value = str(cursor.fetchone()[0])
                if value == "off":
                    yield (
                        f"PostgreSQL runs with {name} = {value}, so that a power cut can lose what was acknowledged.",
                        (f"Set {name} = {wanted} in its configuration, and restart it."),
                    )
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = str(cursor.fetchone()[0]).lower()
        cursor.execute("PRAGMA synchronous")
        level = int(cursor.fetchone()[0])
    if mode != "wal" or level < 2:
        yield (
            f"The database writes with journal mode {mode} and synchronous {level}, so that a power cut can lose entries.",
            "Put the file on a local disk that can write ahead (WAL), and open it with this program alone.",
        )
