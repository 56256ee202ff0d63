# SPDX-License-Identifier: Apache-2.0
"""Receipt codes: the way back for who complained without a name (A02)."""

import os
from itertools import count
from math import log2

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from evenhand.web.accounts import codes
from evenhand.web.accounts.words import WORDS
from tests.web.conftest import AT
from tests.web.doors import BOTH

both = pytest.mark.parametrize("database", BOTH, indirect=True)


def test_a_code_is_worth_more_than_seventy_bits():
    """Codes could be guessed."""
    assert 1296 == len(WORDS) == len(set(WORDS))
    assert all(3 <= len(word) <= 6 and word.isalpha() and word.islower() for word in WORDS)
    assert sorted(WORDS) == list(WORDS)
    assert 70 <= codes.LENGTH * log2(len(WORDS))


def test_every_word_is_as_likely_as_any_other(here):
    """A code would be worth less than it says."""
    drawn = {codes._word(lambda n, v=v: v.to_bytes(n, "big")) for v in range(1296)}
    assert set(WORDS) == drawn
    numbers = iter([65535, 65000, 7])
    assert WORDS[7] == codes._word(lambda n: next(numbers).to_bytes(n, "big"))


@both
def test_the_code_opens_its_account(client):
    """The person who complained could not come back."""
    code = codes.make(os.urandom)
    account = codes.open_account(code, at=AT, chance=os.urandom)
    assert account == codes.account_of(code)
    assert account == codes.account_of("  " + code.upper().replace(" ", "-, "))


@both
def test_no_other_code_does(client):
    """Somebody else would read it."""
    code = codes.make(os.urandom)
    codes.open_account(code, at=AT, chance=os.urandom)
    words = code.split()
    last = next(word for word in WORDS if word != words[-1])
    for other in (" ".join([*words[:-1], last]), " ".join(words[:-1]), " ".join(reversed(words)), "", "ü", "a" * 9000):
        assert codes.account_of(other) is None


def test_every_answer_costs_one_hash(client, monkeypatch):
    """The time of an answer would say whether a code begins as somebody's does."""
    code = codes.make(os.urandom)
    codes.open_account(code, at=AT, chance=os.urandom)
    codes._nobody()
    tried = count()
    real = codes.check_password
    monkeypatch.setattr(codes, "check_password", lambda *given: (next(tried), real(*given))[1])
    for asked in (code, code.split()[0] + " " + code.split()[1] + " zoo zoo zoo zoo zoo", "zoo " * 7, ""):
        before = next(tried)
        codes.account_of(asked)
        assert 1 == next(tried) - before - 1


@both
def test_two_codes_never_begin_alike(client, monkeypatch):
    """One of them would open the other's account or none."""
    code = codes.make(os.urandom)
    codes.open_account(code, at=AT, chance=os.urandom)
    first = [WORDS.index(word) for word in code.split()[:2]]
    given = iter([*first, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16])
    made = codes.make(lambda n: next(given).to_bytes(n, "big"))
    assert [WORDS[n] for n in range(10, 17)] == made.split()
    with pytest.raises(IntegrityError), transaction.atomic():
        codes.open_account(" ".join(code.split()[:2] + ["zoo"] * 5), at=AT, chance=os.urandom)


@both
def test_the_page_signs_in(client):
    """The code would be a word without a door."""
    code = codes.make(os.urandom)
    account = codes.open_account(code, at=AT, chance=os.urandom)
    assert 302 == client.post("/code/", {"code": code}).status_code
    page = client.get("/accounts/security/")
    assert account == page.wsgi_request.user
    assert "We do not know your name" in page.content.decode()


def test_a_wrong_code_says_so_and_keeps_what_was_typed(client):
    """Seven words would have to be typed anew for one letter."""
    page = client.post("/code/", {"code": "zoo zinc"}).content.decode()
    assert "No matter has this code" in page
    assert 'value="zoo zinc"' in page


def test_codes_cannot_be_tried_by_the_thousand(client):
    """A machine would try them all night."""
    answers = [client.post("/code/", {"code": f"zoo {n}"}).status_code for n in range(7)]
    assert [200] * 5 + [429] * 2 == answers
    assert "Wait five minutes" in client.post("/code/", {"code": "zoo"}).content.decode()


def test_an_anonymous_account_never_sees_a_desk(client):
    """It would learn that there is one, and be asked for things that give it away."""
    code = codes.make(os.urandom)
    codes.open_account(code, at=AT, chance=os.urandom)
    client.post("/code/", {"code": code})
    with override_settings(ROOT_URLCONF="tests.web.doors"):
        assert 404 == client.get("/trial-desk/").status_code
    assert 404 == client.get("/accounts/second-factor/").status_code
