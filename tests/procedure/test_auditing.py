# SPDX-License-Identifier: Apache-2.0
"""Whoever changes a cell of the database is found out, and the tables can be made again (L01)."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db import models as fields

from evenhand.procedure.auditing import audit
from evenhand.procedure.auditing_tables import rows
from evenhand.procedure.lapsing import lapse_everywhere
from evenhand.procedure.rebuilding import rebuild
from evenhand.store import models
from evenhand.store.sealing import seal
from tests.procedure.a_case import Case, to_the_hearing


@pytest.fixture
def played(made):
    """A case as far as its hearing, sealed."""
    case = to_the_hearing(Case(made))
    seal(made.organisation)
    return case


def found_in(case):
    """Every difference that the audit names."""
    seen = audit(case.made.organisation, at=case.at)
    return seen.unlawful + seen.lapses_missing + seen.numbering + seen.entries_differ + seen.tables_differ + seen.record


def test_a_case_as_it_was_played_holds(played):
    """An audit that cries wolf is switched off."""
    assert [] == found_in(played)


def test_the_tables_are_made_again_cell_by_cell(played):
    """If they could not be, the database would be the truth and not the record."""
    before = {table: list(rows(table)) for table in models.READ_TABLES}
    rebuild(played.made.organisation)
    assert before == {table: list(rows(table)) for table in models.READ_TABLES}


def other(field, value):
    """Another value of the same kind as a cell has."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1000
    if isinstance(value, datetime):
        return value + timedelta(seconds=1)
    if isinstance(value, (bytes, memoryview)):
        return bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1]) if value else b"x"
    if isinstance(value, dict):
        return {**value, "stage": "closed"}
    if isinstance(value, str) and value:
        return value[:-1] + ("0" if value[-1] != "0" else "1")
    return {
        fields.CharField: "x",
        fields.BigIntegerField: 99_999,
        fields.DateTimeField: datetime(2030, 1, 1, tzinfo=UTC),
    }.get(type(field), "x")


def cells():
    """Cells of every column of entries and read tables: in each table the first, the middle and the last row."""
    for table in (models.Entry, *models.READ_TABLES):
        keys = list(table.objects.order_by("pk").values_list("pk", flat=True))
        for key in dict.fromkeys(keys[place] for place in (0, len(keys) // 3, len(keys) // 2, -1) if keys):
            for field in table._meta.concrete_fields:
                if not field.primary_key:
                    yield table, key, field


def test_every_single_cell_that_is_changed_is_found(played):
    """Whoever holds the database can write to it; what they wrote must show. Some 200 cells, one at a time."""
    unseen, tried = [], 0
    with connection.constraint_checks_disabled():
        for table, key, field in list(cells())[:: 1 if played.made.kind == "sqlite" else 6]:
            value = table.objects.filter(pk=key).values_list(field.attname, flat=True)[0]
            changed = other(field, value)
            if field.is_relation:
                changed = field.related_model.objects.exclude(pk=value).values_list("pk", flat=True).first() or value
            try:
                with transaction.atomic():
                    table.objects.filter(pk=key).update(**{field.attname: changed})
            except IntegrityError:
                continue  # the database itself refuses it
            if table.objects.filter(pk=key).values_list(field.attname, flat=True)[0] != value:
                tried += 1
                if not found_in(played):
                    unseen.append((table.__name__, key, field.name))
            table.objects.filter(pk=key).update(**{field.attname: value})
    assert [] == unseen
    assert tried >= (200 if played.made.kind == "sqlite" else 35)


def test_a_row_that_is_taken_away_is_found(played):
    """Deleting is the oldest way of rewriting."""
    models.Entry.objects.filter(matter=played.ident, n=5).delete()
    assert any("number 6 stands where 5 should" in one for one in found_in(played))


def test_a_lapse_that_nobody_entered_is_found(played):
    """A scheduler that was switched off cannot make a missed limit go away (H03)."""
    played.later(days=60)
    assert any("was due at" in one for one in found_in(played))
    lapse_everywhere(played.made.organisation, at=played.at, chance=played.made.chance)
    seal(played.made.organisation)
    assert [] == found_in(played)
