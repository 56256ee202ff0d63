# SPDX-License-Identifier: Apache-2.0
"""Where somebody stands after signing in: where what waits for them is."""

from django.urls import reverse

from evenhand.procedure.opening import enters_as
from evenhand.procedure.reading import my_calls, my_parts
from evenhand.store.books import NoRules
from evenhand.web import clock
from evenhand.web.accounts.models import Account


def home_of(account: Account) -> str:
    """The address of the desk for whoever has a seat, is called to one or enters complaints; of their matters for all others.

    The first page where no rulebook is in force yet.
    """
    person = account.person
    acts = my_parts(person).filter(kind="seat").exists() or my_calls(person).exists()
    try:
        return reverse("desk_due" if acts or enters_as(person, clock.now()) else "portal_due")
    except NoRules:  # nothing can be done before the first rulebook is in force, and signing in still works
        return reverse("start")
