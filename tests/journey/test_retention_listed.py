# SPDX-License-Identifier: Apache-2.0
"""`evenhand retention` lists what is due and erases nothing (L05)."""

import json
from datetime import timedelta

import pytest

from evenhand.cli.organisation import retention
from evenhand.store import models
from tests.calling import calling
from tests.procedure.test_erasing import Keeping

pytestmark = pytest.mark.parametrize("made", ["sqlite"], indirect=True)


@pytest.fixture
def listed(doors, capsys, monkeypatch):
    """`listed(days, ...)`: what the command says so many days after the matter's time was over."""
    keeping, run = Keeping(doors.made), calling(capsys)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("EVENHAND_DIR", str(doors.made.organisation.folder))

    def called(days, *words):
        monkeypatch.setattr(retention, "now", lambda: keeping.at + timedelta(days=days))
        return run("retention", *words), keeping.case.row

    return called


def test_what_is_due_is_listed_with_its_day_and_stays(listed):
    """L05: whoever runs the server could not see what is due, or would erase alone what two people look at."""
    said, row = listed(0)
    assert (0, True) == (said.code, f"{row.code}: ended " in said.out and "due from 2028" in said.out), said.err
    assert "requests wait for a second person" in said.out
    assert models.Wrapping.objects.filter(matter=row.ident).exists()


def test_what_is_kept_for_longer_is_listed_where_it_is_asked_for(listed):
    """L05: nobody could plan ahead, or see that a kind of ending has no time."""
    said, row = listed(-700, "--format", "json")
    assert [] == json.loads(said.out)["matters"]
    said, row = listed(-700, "--all", "--format", "json")
    assert [row.code] == [one["code"] for one in json.loads(said.out)["matters"] if one["code"] == row.code]
