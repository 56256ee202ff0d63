# SPDX-License-Identifier: Apache-2.0
"""Everybody in a window of Chromium of their own: pages are opened, fields filled in and buttons pressed, and nothing else."""

import os
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.core.cache import cache

from evenhand.web.accounts import links
from evenhand.web.accounts.models import Account


class Hands:
    """One person at one window. It answers as a test client does: 302 where the form led to another page."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def get(self, url: str) -> SimpleNamespace:
        """Opens a page; 302 where another one came instead, as the sheet does before somebody has declared."""
        said = self.page.goto(url)
        return self._answer(302 if said.request.redirected_from is not None else said.status)

    def post(self, url: str, typed: dict[str, str]) -> SimpleNamespace:
        """Fills in the form on the page that is shown, and presses its first button."""
        assert self.page.url.endswith(url), (self.page.url, url)
        form = self.page.locator("main form").first
        for name, value in typed.items():
            self._fill(form.locator(f'[name="{name}"]'), value)
        self.press(form.locator("button:not([formnovalidate])").first)
        return self._answer(200 if self.page.url.endswith(url) else 302)

    def press(self, goal: Any) -> None:
        """Presses something and waits for the page to which it leads."""
        self.page.evaluate("document.documentElement.dataset.old = 'yes'")
        goal.click()
        self.page.locator("html:not([data-old])").wait_for(state="attached")
        self.page.wait_for_load_state()

    def _fill(self, fields: Any, value: str) -> None:
        kind = fields.first.evaluate("one => one.tagName == 'SELECT' ? 'select' : one.type")
        if kind == "hidden":
            return
        if kind in ("radio", "checkbox"):
            fields.and_(self.page.locator(f'[value="{value}"]')).check()
        elif kind == "select":
            fields.first.select_option(value)
        else:
            fields.first.fill(value)

    def _answer(self, status: int) -> SimpleNamespace:
        return SimpleNamespace(status_code=status, content=self.page.content().encode())


class Windows:
    """The organisation with a window for each of its people who has signed in: `as_(person)`, all open at once."""

    def __init__(self, doors: Any, window: Any) -> None:
        self.doors, self.window, self.open = doors, window, dict[str, Hands]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.doors, name)

    def as_(self, person: str) -> Hands:
        """Somebody's window; they sign in the first time, by the link that the demo gives them."""
        if person not in self.open:
            cache.clear()  # nobody signs in as so many people from one machine in a minute, and the limit would hold
            account = Account.objects.filter(person=person).first() or Account.objects.open(
                handle=os.urandom(16).hex(), at=self.doors.at, person=person
            )
            token = links.issue(account, at=self.doors.at, lifetime=timedelta(days=400), purpose="demo")
            hands = Hands(self.window())
            hands.page.goto(f"/in/{token}/")
            hands.press(hands.page.locator("main button").first)
            self.open[person] = hands
        return self.open[person]
