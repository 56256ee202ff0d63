# SPDX-License-Identifier: Apache-2.0
"""The desk and the portal over a founded organisation, on each database, with somebody signed in for each part."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from tests.databases import made, postgres_server, postgres_template, sqlite_template

__all__ = ["made", "postgres_server", "postgres_template", "sqlite_template"]

from django.core.cache import cache
from django.test import Client

from evenhand.store.organisation import Organisation
from evenhand.web import clock, place
from evenhand.web.accounts import links
from evenhand.web.accounts.models import Account


class Doors:
    """The organisation as its people see it: `people[office]`, and `as_(person)` is their browser. Time is set by hand."""

    def __init__(self, made: SimpleNamespace) -> None:
        self.made, self.people = made, made.people
        self.at = made.at + timedelta(days=6, hours=2)
        self._browsers: dict[str, Client] = {}

    def later(self, **much: int) -> "Doors":
        """Time goes by."""
        self.at += timedelta(**much)
        return self

    def as_(self, person: str) -> Client:
        """A browser in which somebody is signed in, by the link that the demo gives them."""
        if person not in self._browsers:
            account = Account.objects.filter(person=person).first() or Account.objects.open(
                handle=os.urandom(16).hex(), at=self.at, person=person
            )
            token = links.issue(account, at=self.at, lifetime=timedelta(days=400), purpose="demo")
            browser = Client(raise_request_exception=True)
            assert 302 == browser.post(f"/in/{token}/").status_code
            self._browsers[person] = browser
        return self._browsers[person]


@pytest.fixture
def doors(made) -> Iterator[Doors]:
    """The doors of an organisation in which everybody is invented."""
    settings = made.organisation.folder / "evenhand.toml"
    settings.write_text(settings.read_text("utf-8") + "demo = true\n", "utf-8")
    made.organisation = Organisation.open(made.organisation.folder)
    cache.clear()
    doors = Doors(made)
    clock.set_clock(lambda: doors.at)
    with place.serving(made.organisation):
        yield doors
    clock.set_clock(None)


Make = Callable[[], Doors]
