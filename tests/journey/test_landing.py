# SPDX-License-Identifier: Apache-2.0
"""After signing in everybody stands where what waits for them is: an officer at the desk, a party at their matters."""

import os
from datetime import timedelta

import pytest
from django.test import Client

from evenhand.web.accounts import links
from evenhand.web.accounts.models import Account


@pytest.mark.parametrize(("office", "lands"), [("case_officer", "/desk/"), ("", "/portal/")])
def test_whoever_signs_in_stands_where_their_work_is(doors, office, lands):
    """A page of doors to choose from helps nobody who knows what they came for."""
    person = doors.people[office][0] if office else ""
    account = Account.objects.filter(person=person).first() if person else None
    account = account or Account.objects.open(handle=os.urandom(16).hex(), at=doors.at, person=person or "f" * 16)
    token = links.issue(account, at=doors.at, lifetime=timedelta(days=1), purpose="demo")
    assert lands == Client().post(f"/in/{token}/").headers["Location"]


def test_the_page_that_was_asked_for_comes_before_that(doors):
    """A link in a letter leads to the matter that it is about."""
    account = Account.objects.open(handle=os.urandom(16).hex(), at=doors.at, person="f" * 16)
    token = links.issue(account, at=doors.at, lifetime=timedelta(days=1), purpose="demo")
    sent = Client().post(f"/in/{token}/", {"next": "/public/"})
    assert "/public/" == sent.headers["Location"]
