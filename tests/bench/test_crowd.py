# SPDX-License-Identifier: Apache-2.0
"""The matters that lists are measured with look to the tables like those that people made."""

from datetime import UTC

import pytest

from bench.crowd import columns, multiply
from evenhand.procedure.listing import my_seats
from evenhand.store import models
from tests.databases import made, postgres_server, postgres_template, sqlite_template
from tests.procedure.a_case import Case

__all__ = ["made", "postgres_server", "postgres_template", "sqlite_template"]


@pytest.fixture
def crowd(made):
    """One real case, and thirty that are like it."""
    case = Case(made)
    case.lodge()
    case.do("frame", "case_officer")
    case.everybody_declares()
    multiply(30, 10)
    return case


def test_a_copy_is_like_its_model(crowd):
    """Lists would be measured on rows that no writer of ours makes."""
    assert (31, 30 * 10) == (
        models.Matter.objects.exclude(book="").count(),
        models.Entry.objects.filter(n__lte=10, position__gte=10**12).count(),
    )
    own = models.Matter.objects.get(ident=crowd.ident)
    for row in models.Matter.objects.exclude(book="").exclude(ident=own.ident):
        assert (own.stage, own.book, own.told, own.parts.count()) == (row.stage, row.book, row.told, row.parts.count())
        assert own.state == row.state
        for part in row.parts.all():
            assert (row.code, row.opened.astimezone(UTC), row.due) == (part.code, part.opened.astimezone(UTC), part.due)
        facts = models.Fact.objects.filter(b__contains=row.ident).values_list("kind", flat=True)
        mine = models.Fact.objects.filter(b__contains=own.ident).values_list("kind", flat=True)
        assert sorted(mine) == sorted(facts)
    assert len(columns(models.Part)) == len(models.Part._meta.concrete_fields)


def test_who_sits_in_the_model_sits_in_every_copy(crowd):
    """A reader of the list would have fewer seats than the bench tells."""
    person = crowd.seats("case_officer")[0].person
    assert 31 == my_seats(person, at=crowd.at).count()
