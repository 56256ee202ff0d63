# SPDX-License-Identifier: Apache-2.0
"""Many complain at one moment, by the real door: nobody is refused, nobody is lost, and everything holds afterwards."""

import os
from collections import Counter
from datetime import UTC, datetime

import pytest

from evenhand.procedure.auditing import audit
from evenhand.store import models
from evenhand.store.opened import said
from evenhand.web import place
from evenhand.web.accounts import codes
from tests.intake.crowd import Said, at_once, served

REPEATED = int(os.environ.get("EVENHAND_REPEATED", "20"))
"""How often two complain at one moment; `make fuzz` asks for 200."""


def answered(everybody: list[Said]) -> Counter[int]:
    """Every status that anybody was given. Where somebody was cut off, that is what fails."""
    assert [] == [one.trouble for one in everybody if one.trouble]
    return Counter(status for one in everybody for status in one.statuses)


def nothing_is_missing(organisation, everybody: list[Said]) -> None:
    """As many matters, numbers, receipts and codes as complaints, in the tables as on the pages, sealed, and audited."""
    number = len(everybody)
    rows = models.Matter.objects.filter(kind="discipline")
    assert sorted(one.number for one in everybody) == sorted(rows.values_list("code", flat=True))
    first = models.Entry.objects.filter(matter__in=rows.values("ident"), n=1)
    assert sorted(one.receipt for one in everybody) == sorted(first.values_list("leaf", flat=True))
    assert 0 == models.Entry.objects.filter(position=None).count()
    assert (number, number) == (len({one.number for one in everybody}), len({one.code for one in everybody}))
    found = audit(organisation, at=datetime.now(UTC))
    assert found.holds, found.as_data()


@pytest.mark.parametrize("number", [2, 8, 64, 200])
def test_as_many_receipts_as_complaints(made, number):
    """T6, A01: whoever is refused because others complain at the same moment may not come again."""
    with served(made.organisation.folder) as address:
        everybody = at_once(address, number)
    assert {200: 3 * number, 302: 7 * number} == answered(everybody)
    nothing_is_missing(made.organisation, everybody)


def test_two_at_one_moment_again_and_again(made):
    """T6: a collision that happens once in a hundred times loses a complaint each month."""
    everybody = []
    with served(made.organisation.folder) as address:
        for _ in range(REPEATED):
            everybody += at_once(address, 2)
    assert {200: 6 * REPEATED, 302: 14 * REPEATED} == answered(everybody)
    nothing_is_missing(made.organisation, everybody)


def test_each_code_leads_to_its_own_complaint(made):
    """A02: two who are answered at one moment must not be given each other's code."""
    accounts = {}
    with served(made.organisation.folder) as address:
        everybody = at_once(address, 8)
    with place.serving(made.organisation):
        for one in everybody:
            account = codes.account_of(one.code)
            part = models.Part.objects.get(person=account.person, role="complainant")
            accounts[one.number] = part.matter.code
    assert {one.number: one.number for one in everybody} == accounts


def test_what_each_wrote_stands_in_their_own_matter(made):
    """A02: the account of one beside the name of another would be worse than none."""
    words = {}
    with served(made.organisation.folder) as address:
        everybody = at_once(address, 8, accounts=[f"What happened to number {place}." for place in range(8)])
    for place_, one in enumerate(everybody):
        entry = models.Entry.objects.get(leaf=one.receipt)
        words[place_] = said(entry, made.organisation.keyring)["text.account"]
    assert {place: f"What happened to number {place}." for place in range(8)} == words


def test_the_command_finds_that_everything_holds(made, evenhand):
    """T6: what an operator runs afterwards says so in one word."""
    with served(made.organisation.folder) as address:
        at_once(address, 8)
    told = evenhand("audit", "--dir", made.organisation.folder, "--format", "json")
    assert (0, True) == (told.code, told.json["holds"])
