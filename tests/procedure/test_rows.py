# SPDX-License-Identifier: Apache-2.0
"""Statements that are made once give what the framework gives: a wrong reading here would be wrong in every act."""

from datetime import UTC, datetime

import pytest

from evenhand.store import models, rows
from evenhand.store.write.rows import change, put
from tests.databases import BEGAN

TABLES = (models.Matter, models.Entry, models.Person, models.Fact, models.Wrapping, models.Rulebook)


def columns(found):
    """Each row as its columns, so that a value that was read otherwise is seen."""
    return [{name: value for name, value in vars(one).items() if name != "_state"} for one in found]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.__name__)
def test_the_rows_are_those_that_the_framework_gives(made, table):
    """Days, instants, truth values, bytes and the kernel's state come out alike on both databases, whatever the order."""
    key = table._meta.pk.attname
    expected = columns(table.objects.order_by(f"-{key}"))
    assert (True, expected) == (bool(expected), columns(rows.rows(table, order=(f"-{key}",))))


def test_each_way_of_asking_finds_what_the_framework_finds(made):
    """A condition that was left out would give somebody a vote, or a seat, that is another's."""
    facts = models.Fact.objects.order_by("ident")
    office = facts.filter(kind="holds").first().b
    day = BEGAN.date().isoformat()
    expected = [
        list(facts.filter(kind="holds", b=office).values_list("ident", flat=True)),
        list(facts.filter(b__in=(office, "office:panel")).values_list("ident", flat=True)),
        list(facts.filter(b__in=()).values_list("ident", flat=True)),
        list(facts.filter(until_lo=None, since_hi__lte=day).values_list("ident", flat=True)),
        list(facts.filter(b__startswith="office:pan").values_list("ident", flat=True)),
        list(facts.filter(known__gt=facts[0].known).values_list("ident", flat=True)),
    ]

    def found(**asked):
        return rows.column(models.Fact, "ident", order=("ident",), **asked)

    assert expected == [
        found(kind="holds", b=office),
        found(b__in=(office, "office:panel")),
        found(b__in=()),
        found(until_lo=None, since_hi__lte=day),
        found(b__startswith="office:pan"),
        found(known__gt=facts[0].known),
    ]


def test_one_that_is_not_there_is_said_not_to_be_there(made):
    """Whoever asks for a row that must be there must not go on without it."""
    assert (None, False) == (rows.row(models.Part, pseudonym="nobody"), rows.any_row(models.Part, pseudonym="nobody"))
    with pytest.raises(models.Matter.DoesNotExist):
        rows.one(models.Matter, ident="none")


def test_what_is_put_in_and_changed_is_as_the_framework_would_have_it(made):
    """Defaults, numbers that the database gives, JSON and instants: `rebuild` and every page read them by the framework."""
    at = datetime(2026, 5, 1, 9, 30, 15, 7, tzinfo=UTC)
    waits = put(models.Outbox, kind="letter", about={"to": "a", "n": [1, None]}, due=at)
    read = models.Outbox.objects.get(id=waits.id)
    assert ({"to": "a", "n": [1, None]}, at, None, 0, "") == (read.about, read.due, read.done, read.tries, read.trouble)
    changed = change(models.Outbox, {"done": at, "about": {}, "tries": 2}, id=waits.id, done=None)
    read.refresh_from_db()
    assert (1, at, {}, 2) == (changed, read.done, read.about, read.tries)
    assert 0 == change(models.Outbox, {"tries": 3}, id=waits.id, done=None)
