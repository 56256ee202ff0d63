# SPDX-License-Identifier: Apache-2.0
"""`evenhand adopt` as a person calls it (I02, I03)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.calling import calling
from tests.cli.an_organisation import initialised, written
from tests.databases import RULES

HEAD = "version: 3, adopted: 2026-03-02, in_force: 2026-04-01, replaces: 2"


@pytest.fixture
def run(capsys, monkeypatch, root) -> Iterator[object]:
    """`run("adopt", ...)`: what the command says."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("EVENHAND_DIR", "")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    yield calling(capsys)
    from django.db import connection

    connection.close()


def newer(day: str) -> str:
    """The fourth version, in force on a day."""
    return RULES.replace(HEAD, f"version: 4, adopted: 2026-05-02, in_force: {day}, replaces: 3")


def test_a_version_for_next_month_is_adopted_and_the_audit_holds(run, tmp_path):
    """I02: whoever adopted rules could not see what they did, or the record would no longer agree with itself."""
    folder = initialised(run, tmp_path)
    day = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    said = run("adopt", written(tmp_path, "4.yaml", newer(day)), "--dir", folder)
    assert 0 == said.code, said.err
    assert f"Version 4 is published and comes into force on {day}.\n0 open matters stay" in said.out
    assert "Nobody holds these offices today: assessor, clerk, council," in said.out
    assert run("audit", "--dir", folder, "--format", "json").json["holds"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("rulebooks/quay_club.yaml",), "which is past: no rule binds backwards"),
        (("nowhere.yaml",), "There is no file nowhere.yaml"),
        (("rulebooks/harbour.yaml", "--in-force", "1.1.2027"), "which is no day; write it as 2027-01-01"),
        (("rulebooks/harbour.yaml", "--despite", "because"), "write the check, a colon and the reason"),
    ],
)
def test_what_is_wrong_is_told(run, tmp_path, words, says):
    """A traceback helps nobody who keeps a club's rules."""
    said = run("adopt", *words, "--dir", initialised(run, tmp_path, "quay_club"))
    assert (2, True) == (said.code, says in said.err), said.err


def test_rules_that_fail_a_check_are_not_adopted_without_a_reason(run, tmp_path):
    """C5: one gatekeeper alone would bury complaints from tomorrow on."""
    text = newer("2099-01-01").replace(
        "{pool: 6,  seats: 2, majority: 2, chosen: by lot, says: decide what becomes",
        "{pool: 6, says: decide what becomes",
    )
    said = run("adopt", written(tmp_path, "4.yaml", text), "--dir", initialised(run, tmp_path))
    assert (2, True) == (said.code, "These checks do not hold: C" in said.err), said.err
