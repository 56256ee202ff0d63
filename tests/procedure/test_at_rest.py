# SPDX-License-Identifier: Apache-2.0
"""The database alone tells nothing of what people said and of who they are: its files are searched, and every cell of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from evenhand.procedure.auditing import audit
from evenhand.procedure.naming import name_of
from evenhand.procedure.rebuilding import rebuild
from evenhand.procedure.registering import record_fact
from evenhand.store import models
from evenhand.store.sealing import seal
from tests.procedure.a_case import CARRIED, Case, to_the_hearing


@pytest.fixture
def case(made) -> Case:
    """A case up to its hearing: complaint, answer, report and letters are in it."""
    return to_the_hearing(Case(made))


def words_of(made) -> list[bytes]:
    """What must stand nowhere: the name of everybody in the register, and what was written."""
    people = models.Person.objects.values_list("handle", flat=True)
    said = [text for item, text in CARRIED.items() if item in ("account", "reasons", "statement", "grounds", "request")]
    return [word.encode() for word in (*(name_of(made.organisation, one) for one in people), *said)]


def cells() -> Iterator[tuple[str, bytes]]:
    """Every cell of every table as bytes, with the name of the table; what is compressed on the disk is open here."""
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for cell in row:
                    yield table, bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def files(made) -> list[Path]:
    """The files in which the database lies, those that it writes ahead included."""
    if made.kind == "sqlite":
        return sorted(made.organisation.folder.glob("*.sqlite3*"))
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "postmaster.pid")


def test_no_cell_tells_a_name_or_what_was_written(case, made):
    """Whoever copies the database, or reads a backup of it, must learn nothing without the keys (L06)."""
    words = words_of(made)
    assert 60 < len(words)
    assert [] == [(table, word) for table, cell in cells() for word in words if word in cell]


def test_no_file_of_the_database_tells_it_either(case, made):
    """Logs that the database writes ahead, and pages that it freed, lie on the disk as long as it likes (L06)."""
    found, words = files(made), words_of(made)
    assert found
    held = [(path.name, path.read_bytes()) for path in found]
    assert [] == [(name, word) for name, data in held for word in words if word in data]


NAMED = ("Tarbet Shipping", "Open Quay List", "North Creek Branch", "the nomination papers of Tuesday")
"""An employer, a slate, a branch, and the source of what is known of them."""


def test_no_cell_and_no_file_tells_an_employer_a_slate_or_from_where_it_is_known(case, made):
    """L06: who works for whom, and who stood with whom, is as private as what was written; equals still meet."""
    ties = (("employed_by", "employer"), ("slate", "slate"), ("branch", "branch"))
    for (kind, end), name in zip(ties, NAMED, strict=False):
        for person in (made.people["panel"][0], made.people["reviewers"][0]):
            about = {"kind": kind, "b": f"{end}:{name}", "since": "2020", "source": NAMED[3]}
            record_fact(made.organisation, person, at=case.at, chance=made.chance, **about)
        ends = set(models.Fact.objects.filter(kind=kind).values_list("b", flat=True))
        assert (1, True) == (len(ends), next(iter(ends)).startswith(f"{end}:"))
    words = [form.encode() for name in NAMED for form in (name, name.casefold())]
    assert [] == [(table, word) for table, cell in cells() for word in words if word in cell]
    assert [] == [(path.name, word) for path in files(made) for word in words if word in path.read_bytes()]
    rows = list(models.Fact.objects.order_by("ident").values())
    rebuild(made.organisation)
    assert rows == list(models.Fact.objects.order_by("ident").values())
    seal(made.organisation)
    assert audit(made.organisation, at=case.at).holds


def test_the_search_would_find_what_stands_there(case, made):
    """A search that finds nothing must be one that could: a code name stands in clear."""
    code = case.row.code.encode()
    assert any(code in cell for _, cell in cells())
    assert any(code in path.read_bytes() for path in files(made))
