# SPDX-License-Identifier: Apache-2.0
"""Settings without a folder and with one, and the clock."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from evenhand.store.keys import Keyring
from evenhand.web import clock, place

SHOW = """
import json, django
django.setup()
from django.conf import settings as s
at = s.DATABASES["default"]
print(json.dumps({"name": s.ORGANISATION_NAME, "engine": at["ENGINE"], "file": str(at["NAME"]), "secret": s.SECRET_KEY,
 "options": at.get("OPTIONS", {}), "secure": s.SESSION_COOKIE_SECURE, "hosts": s.ALLOWED_HOSTS}))
"""


def shown(**environment: str) -> dict:
    """The settings of a process of its own."""
    kept = {k: v for k, v in os.environ.items() if k not in ("EVENHAND_DIR", "DATABASE_URL")}
    told = kept | {"DJANGO_SETTINGS_MODULE": "evenhand.web.settings"} | environment
    done = subprocess.run([sys.executable, "-c", SHOW], capture_output=True, text=True, env=told)
    assert 0 == done.returncode, done.stderr
    return json.loads(done.stdout)


def test_settings_need_no_folder():
    """Migrations and type checks could not run."""
    one, other = shown(), shown()
    assert ("Evenhand", ":memory:") == (one["name"], one["file"])
    assert one["secret"] != other["secret"]


def test_a_folder_is_all_they_need(tmp_path):
    """An organisation would have to be described twice."""
    (tmp_path / "evenhand.toml").write_text('name = "Quay Club"\nbase = "https://quay.example"\n')
    Keyring.make(tmp_path / "keys", os.urandom)
    found = shown(EVENHAND_DIR=str(tmp_path))
    assert "Quay Club" == found["name"]
    assert found["file"].endswith(str(tmp_path / "evenhand.sqlite3"))
    assert "IMMEDIATE" == found["options"]["transaction_mode"]
    assert all(word in found["options"]["init_command"] for word in ("WAL", "synchronous=FULL", "foreign_keys=ON"))
    assert (tmp_path / "keys/secret").read_text().strip() == found["secret"]
    assert found["secure"]
    assert "quay.example" in found["hosts"]


def test_another_database_can_be_named(tmp_path):
    """PostgreSQL could not be used."""
    (tmp_path / "evenhand.toml").write_text('name = "Quay Club"\ndatabase = "postgres://app@/evenhand?host=/run/pg"\n')
    Keyring.make(tmp_path / "keys", os.urandom)
    assert "django.db.backends.postgresql" == shown(EVENHAND_DIR=str(tmp_path))["engine"]
    assert "other" == shown(EVENHAND_DIR=str(tmp_path), DATABASE_URL="postgres://app@h/other")["file"]


def test_models_and_migrations_agree():
    """The first act after an update would fail."""
    from django.core.management import call_command

    call_command("makemigrations", "accounts", check=True, dry_run=True, verbosity=0)


def test_what_one_key_makes_says_nothing_about_another(here):
    """A link could be made from a session."""
    assert 3 == len({place.key("links"), place.key("sessions"), place.key("factors")})


def test_the_clock_can_stand_still():
    """No test of a limit would hold tomorrow."""
    at = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
    with clock.standing_at(at):
        assert at == clock.now()
    assert at != clock.now()


def test_a_clock_has_a_zone():
    """A limit would fall at another hour in summer."""
    with pytest.raises(ValueError, match="time zone"), clock.standing_at(datetime(2026, 11, 10)):  # noqa: DTZ001
        pass
