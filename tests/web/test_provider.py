# SPDX-License-Identifier: Apache-2.0
"""Signing in by the organisation's own provider: who comes in, and that nothing of them is kept in clear (L07, M25)."""

import pytest
from django.db import connection
from django.test import Client

from evenhand.web.accounts.models import Account, subject_index
from tests.web.a_provider import (
    BACK,
    BEGIN,
    EMAIL,
    NOUR,
    SUBJECT,
    a_person,
    a_provider,
    configured,
    dropped,
    known,
    says,
    signs_in,
    there,
)  # fmt: skip
from tests.web.doors import BOTH

pytestmark = pytest.mark.parametrize("database", BOTH, indirect=True)


@pytest.fixture(scope="module")
def issuer():
    """A provider for all tests of this file."""
    with a_provider() as found:
        yield found


@pytest.fixture
def nour(here, client, issuer) -> str:
    """Somebody whom register and provider know."""
    configured(here, issuer)
    known(issuer)
    return a_person(here)


def test_the_page_for_signing_in_offers_the_provider(client, nour):
    """Whoever has no password here would not find the way."""
    page = says(client.get("/accounts/login/?next=/portal/"))
    assert 'href="/accounts/organisation/?next=/portal/"' in page
    assert "Sign in at Harbour Pass" in page


def test_without_settings_there_is_no_provider(client):
    """A button that leads nowhere would stand on every page of an organisation without one."""
    assert "organisation/" not in says(client.get("/accounts/login/"))
    assert [404, 404] == [client.get(path).status_code for path in (BEGIN, BACK)]


def test_somebody_of_the_register_signs_in_and_is_found_again(client, nour):
    """One person would get two accounts, and find half of their matters in each."""
    first = signs_in(client, to="/accounts/security/")
    assert "/accounts/security/" == first["Location"]
    page = says(client.get("/accounts/security/"))
    assert "At Harbour Pass, and by nothing else." in page
    signs_in(Client())
    assert [nour] == list(Account.objects.values_list("person", flat=True))


def test_an_account_that_was_invited_is_linked_and_not_doubled(client, nour, an_account):
    """Whoever had an account before the provider came would lose it."""
    account = an_account(person=nour)
    signs_in(client)
    assert [account.pk] == list(Account.objects.values_list("pk", flat=True))


def test_whoever_is_linked_signs_in_by_nothing_else(client, nour, an_account, a_link):
    """Whom the provider drops would come in by the password that they still have, or by an old letter."""
    account = an_account(person=nour)
    link = a_link(account)
    signs_in(client)
    typed = {"login": "nour.halvorsen@harbour.example", "password": "copper willow march tender"}
    assert 200 == Client().post("/accounts/login/", typed).status_code
    barred = Client().post(link)
    assert (403, True) == (barred.status_code, "signs in by Harbour Pass only" in says(barred))


def test_nobody_who_is_not_in_the_register_gets_an_account(client, here, issuer):
    """Everybody whom a provider knows, suppliers and guests too, would be inside (L07)."""
    configured(here, issuer)
    known(issuer, "guest", email="guest@elsewhere.example")
    answer = signs_in(client, "guest")
    assert 403 == answer.status_code
    assert "nobody in the register is named by what it says of you" in says(answer)
    assert 0 == Account.objects.count()


def test_an_address_that_is_not_verified_names_nobody(client, nour, issuer):
    """Whoever types somebody else's address into their profile would be that person."""
    known(issuer, email_verified=False)
    answer = signs_in(client)
    assert (403, True) == (answer.status_code, "has not verified it" in says(answer))
    assert 0 == Account.objects.count()


def test_the_claim_that_the_settings_name_may_be_the_number(client, here, issuer):
    """Organisations without addresses in their register would be left out."""
    configured(here, issuer, claim="member_number")
    person = a_person(here, address="")
    known(issuer, "by-number", member_number="h-0417", email="other@elsewhere.example")
    assert 302 == signs_in(client, "by-number").status_code
    assert [person] == list(Account.objects.values_list("person", flat=True))


def test_an_address_given_to_somebody_else_opens_no_account_of_the_first(client, nour, issuer):
    """Providers give addresses away again; the next holder would read the matters of the first."""
    signs_in(client)
    known(issuer, "the next holder")
    answer = signs_in(Client(), "the next holder")
    assert (403, True) == (answer.status_code, "belongs to another account at Harbour Pass" in says(answer))


def test_a_state_is_used_once(client, nour):
    """Whoever finds the address in a history would sign in with it."""
    back = there(client)
    assert 302 == client.get(back).status_code
    again = client.get(back)
    assert (400, True) == (again.status_code, "was used already" in says(again))


def test_a_state_belongs_to_its_browser(client, nour):
    """Somebody could be signed in, without noticing it, to the account of whoever sent them a link."""
    answer = Client().get(there(client))
    assert (400, True) == (answer.status_code, "begun in another browser" in says(answer))
    assert 0 == Account.objects.count()


def test_whoever_declines_is_told_so(client, nour):
    """An empty page would look like a fault."""
    answer = client.get(there(client, action="deny"))
    assert (403, True) == (answer.status_code, "did not finish signing in" in says(answer))


def test_a_provider_that_is_down_is_told_as_such(client, here, nour):
    """People would look for the fault in their password."""
    configured(here, "http://localhost:9")
    answer = client.get(BEGIN)
    assert (502, True) == (answer.status_code, "Harbour Pass does not answer" in says(answer))


def test_no_cell_names_who_came(client, nour, issuer):
    """The provider says name, address and more of everybody; none of it may stand in the database (M25)."""
    known(issuer, name=NOUR)
    signs_in(client)
    assert [subject_index(issuer, SUBJECT)] == list(Account.objects.values_list("subject", flat=True))
    cells = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            cells += [
                bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
                for row in cursor.fetchall() for cell in row
            ]  # fmt: skip
    words = [EMAIL, SUBJECT, NOUR, *NOUR.split(), client.session["provider"]["access"]]
    assert [] == [word for word in words for cell in cells if word.lower().encode() in cell.lower()]
    dropped(issuer)
