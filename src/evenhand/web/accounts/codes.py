# SPDX-License-Identifier: Apache-2.0
"""Receipt codes: the only way back to a matter for who complained without a name (A02).

A code is seven words out of 1,296, drawn evenly: 7 × log2(1296) = 72.4 bits. We do not keep it. An account is found by
an HMAC of the first two words under a key outside the database, and confirmed by the Argon2id hash of the whole, so that a
copy of the database gives nothing to try against, and one with the keys leaves 51.7 bits at 19 MiB for each guess.
Every answer costs one hash, whether there is such an account or not.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.contrib.auth.hashers import check_password, make_password

from evenhand.web import place
from evenhand.web.accounts.models import ANONYMOUS, HANDLE, Account
from evenhand.web.accounts.words import WORDS

Chance = Callable[[int], bytes]
"""So many random bytes."""
LENGTH = 7
KNOWN_BY = 2
"""So many words find the account."""


@dataclass(frozen=True)
class Stretched:
    """A code that nobody has yet, with its hash."""

    code: str
    hash: str


def stretched(chance: Chance) -> Stretched:
    """A new code with its hash. The hash takes its time and its memory, so no transaction should be waiting for it."""
    code = make(chance)
    return Stretched(code, make_password(code))


def make(chance: Chance) -> str:
    """A new code, whose first words no account has yet: seven words with spaces between."""
    while True:
        code = " ".join(_word(chance) for _ in range(LENGTH))
        if not Account.objects.filter(code=_index(code.split())).exists():
            return code


def open_account(code: str, *, at: datetime, chance: Chance, person: str = "", hash: str = "") -> Account:
    """The account of a code that `make` gave; it names nobody. `IntegrityError` if its first words are taken."""
    account = Account(
        handle=chance(HANDLE // 2).hex(), kind=ANONYMOUS, created=at, code=_index(_words(code)), login=None, person=person
    )  # fmt: skip
    account.password = hash or make_password(" ".join(_words(code)))
    account.save(force_insert=True)
    return account


def for_person(person: str, new: Stretched, *, at: datetime, chance: Chance) -> str:
    """Binds a new code to somebody who has just been recorded, and has a part in one matter alone; returns the code.

    Never for somebody of the register: whoever made the code, or passed it on, could read all that is theirs.
    `IntegrityError` where somebody else was given a code with the same first words meanwhile.
    """
    open_account(new.code, at=at, chance=chance, person=person, hash=new.hash)
    return new.code


def account_of(code: str) -> Account | None:
    """The account of a code. A code that is none takes as long as one that is."""
    words = _words(code)
    account = Account.objects.filter(code=_index(words), kind=ANONYMOUS).first()
    right = check_password(" ".join(words), account.password if account else _nobody())
    return account if account and right and account.is_active else None


def _words(code: str) -> list[str]:
    """The words as they were given out, however they were typed."""
    folded = unicodedata.normalize("NFKC", code).casefold()
    return re.findall(r"[a-z]+", folded)[: 2 * LENGTH]


def _index(words: list[str]) -> str:
    return place.index("code " + " ".join(words[:KNOWN_BY]))


def _word(chance: Chance) -> str:
    """One word, each as likely as any other: numbers beyond the last whole round are drawn again."""
    size = len(WORDS)
    limit = 65536 - 65536 % size
    while True:
        drawn = int.from_bytes(chance(2), "big")
        if drawn < limit:
            return WORDS[drawn % size]


@cache
def _nobody() -> str:
    """A hash with today's parameters that no code has."""
    return make_password(" ".join(("nobody",) * LENGTH))
