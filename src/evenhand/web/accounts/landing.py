# SPDX-License-Identifier: Apache-2.0
"""Where somebody stands after signing in: where what waits for them is."""

from django.urls import reverse

from evenhand.procedure.listing import sight_of
from evenhand.procedure.opening import entering_role
from evenhand.store.books import NoRules
from evenhand.web import clock
from evenhand.web.accounts.models import Account


def home_of(account: Account) -> str:
    """The address of the desk for whoever has a seat, is called to one or enters complaints; of their matters for all others.

    The first page where no rulebook is in force yet.
    """
    try:
        sight = sight_of(account.person, clock.now())
    except NoRules:  # nothing can be done before the first rulebook is in force, and signing in still works
        return reverse("start")
    acts = sight.seats().exists() or sight.calls().exists() or entering_role(sight.rules, sight.offices)
    return reverse("desk_due" if acts else "portal_due")
