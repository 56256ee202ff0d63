# SPDX-License-Identifier: Apache-2.0
"""The exact bytes of one entry of each type. Published proofs die if this fails.

Whoever holds a receipt holds the hash of such bytes. If a change of the code changes them, an entry made yesterday and
one made today say the same and have two spellings, and a reader of the new code refuses the old ones. Do not change an
expectation here: make a new version of the format (`v`, and a new name of the profile), and leave these as they are.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from evenhand.record import entries
from evenhand.record.tree import leaf_hash

DIES = "Published proofs die if this fails. Do not change the expectation: make a new version of the format."
BOOK = "sha256:" + "b" * 64
OLD = "example.org/log+8f13f9e4+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
NEW = "example.org/log+cb85f0e4+AYE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"
COMMON: dict[str, Any] = {
    "day": "2026-04-01",
    "at": "2026-04-01T08:30:00.25Z",
    "matter": "1" * 32,
    "n": 1,
    "by": "2" * 32,
    "as": "officer",
    "rule": "discipline.frame",
}
ERASURE = {"approved": ["3" * 32, "4" * 32], "basis": "Asked for.", "digests": ["A" * 43]}


def counter() -> Callable[[int], bytes]:
    """A stand-in for chance: the bytes of SHA-256 over a number of 8 bytes that counts up from 0 with each call."""
    calls = iter(range(10**6))
    return lambda count: hashlib.sha256(next(calls).to_bytes(8, "big")).digest()[:count]


def sealed(kind: str, **fields: Any) -> bytes:
    """A sealed entry of this type by the counter."""
    return entries.seal(book=BOOK, fields={"type": kind, **fields}, chance=counter())[0]


MADE = {
    "genesis": lambda: entries.genesis(
        origin="example.org/log",
        key=OLD,
        charter="Ein Ruderverein am Kai.",
        rulebook=BOOK,
        publication={"every": 86_400, "from": "2026-01-01T03:00:00Z", "multiple": 16},
    ),
    "key.rotated": lambda: entries.key_rotated(old=OLD, new=NEW),
    "plain": lambda: entries.plain({"z": [True, -1, {}], "input": "ä/\u2028\n", "A": 2**53 - 1}),
    "act": lambda: sealed("act", **COMMON, **{"body.notice": {"how": "post"}, "text.reasons": "Übel.\n"}),
    "procedure": lambda: sealed("procedure", **{**COMMON, "rule": "procedure.seat_called"}),
    "act.refused": lambda: sealed("act.refused", **COMMON),
    "correction": lambda: sealed("correction", **COMMON, refs=["5" * 64]),
    "erasure.performed": lambda: sealed("erasure.performed", **COMMON, **{"body.erasure": ERASURE}),
    "padding": lambda: entries.padding(book=BOOK, chance=counter())[0],
}


EXPECTED = {
    "genesis": (
        '{"charter":"Ein Ruderverein am Kai.","key":"example.org/log+8f13f9e4+AYqI4910CfGV/VLbLTy6XXLKZwm'
        '/HZQSG/N0iAG0D29c","origin":"example.org/log","profile":"evenhand-jcs-1","publication":{"every":'
        '86400,"from":"2026-01-01T03:00:00Z","multiple":16},"rulebook":"sha256:bbbbbbbbbbbbbbbbbbbbbbbbbb'
        'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","type":"genesis","v":1}',
        "6f25fab71cdc86c543fab96a4afc2e915f9e417eebdb29b2b784cbfb038aea86",
    ),
    "key.rotated": (
        '{"key":"example.org/log+cb85f0e4+AYE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU","replaces":"examp'
        'le.org/log+8f13f9e4+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c","type":"key.rotated","v":1}',
        "179f7375b7d0e7cb976ca24cb11b4612fddbc9ee2506767fc64c3e80176cab55",
    ),
    "plain": (
        '{"A":9007199254740991,"input":"ä/\u2028\\n","z":[true,-1,{}]}',
        "e47634beda473dd5755c3a49db0ebcc4ed7f799500c69e3546bfcc56a6ef597a",
    ),
    "act": (
        '{"_sd":["0DUkqYeGt4C9ZAl53EkxZwJ5n0a7gCnimq8-fTuLfD4","m1UuG_g_ZH8aEhL-6IIeS70AiNGJGmc_-QVr0G1Z2'
        'yc","yx_L-FvO5c7VEEJESKiPvbgTx3-wwrgYUPtb9e5eB0E","YVtSl01LQYaWVnlXfXXT-7ccWp4Pq1JcBvIoGyjxBLo",'
        '"pWeutkE8ZrLYxn-KjcERikA7W_5MZkrMj9Ha0tGVw5Y","C49T1z0yNCVEsNjz9SupjZy_twPt5_IffGoJsqv7pcg","qGX'
        'XJqr6yhN20C2x8C1WYt3elWuYyVCrnKoo_Y98TvA","LX4ZChPcoQ99oE1aMyybEXWtmkFMcFFsjalSaffUytQ","O5l6qgQ'
        'EpLMwfxtx65a86kqSicWZNwN8qun_--GW6EA","6Bvutciunu_BMJgD67DAhNrj010gl2skVYaqPJCO9gk","dGeK9wj-p_N'
        'uCS_YLMUejD5BNDc7zDyw_C9D3NjE5m4","q7F_dEG0PBemqhJAr0xvhquQ-M6dTFEhC3dHcvm_C-g","hBr0dVNA6TtBqyY'
        'VBABaenYoGW8ogtAvorARxnUD8EU","Dge9gLyZ-K6KI1AfvekQbFpV8l49_x7R4nusVFzSJF4","O4t9oEtOSS-8ykSCgVA'
        'rwSMScUde56YhxffBQ9UZypo","szG5br6c8RujXxhZX2j3VxJt-LfKphPgrmoeK8kc_7s"],"book":"sha256:bbbbbbbb'
        'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","id":"707d56f1f282aee234577e650bea2e7b'
        '","v":1}',
        "396de16cda850999a387404f4b1ced1a1e8311264b9522afee3ad07dfb3dfd24",
    ),
    "procedure": (
        '{"_sd":["0DUkqYeGt4C9ZAl53EkxZwJ5n0a7gCnimq8-fTuLfD4","m1UuG_g_ZH8aEhL-6IIeS70AiNGJGmc_-QVr0G1Z2y'
        'c","yx_L-FvO5c7VEEJESKiPvbgTx3-wwrgYUPtb9e5eB0E","YVtSl01LQYaWVnlXfXXT-7ccWp4Pq1JcBvIoGyjxBLo","p'
        'WeutkE8ZrLYxn-KjcERikA7W_5MZkrMj9Ha0tGVw5Y","C49T1z0yNCVEsNjz9SupjZy_twPt5_IffGoJsqv7pcg","qGXXJq'
        'r6yhN20C2x8C1WYt3elWuYyVCrnKoo_Y98TvA","LX4ZChPcoQ99oE1aMyybEXWtmkFMcFFsjalSaffUytQ","xoDummX3AqP'
        'MUKz3RJlEsT7Zd1mbJoop-mraDJnv2aY","6Bvutciunu_BMJgD67DAhNrj010gl2skVYaqPJCO9gk","dGeK9wj-p_NuCS_Y'
        'LMUejD5BNDc7zDyw_C9D3NjE5m4","c9AS0wx2ogoNRzzcyDXmJPmfZmiS3ZPAj019lWdLZYE","hBr0dVNA6TtBqyYVBABae'
        'nYoGW8ogtAvorARxnUD8EU","lcYEp0gHbZOKbkCXfeurLgNnHWUX1RDNqyubaFen3mU","xKM0Jodf5jHir3Zvw-Zqo1gJ0_'
        'oHUh6Gxo7V4xZaoEc","szG5br6c8RujXxhZX2j3VxJt-LfKphPgrmoeK8kc_7s"],"book":"sha256:bbbbbbbbbbbbbbbb'
        'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","id":"707d56f1f282aee234577e650bea2e7b","v":1}',
        "3fa36f09b055091694802e4eb8f5bab57d71bfe567eaecb3e88cf1acdf4308d6",
    ),
    "act.refused": (
        '{"_sd":["0DUkqYeGt4C9ZAl53EkxZwJ5n0a7gCnimq8-fTuLfD4","m1UuG_g_ZH8aEhL-6IIeS70AiNGJGmc_-QVr0G1Z2'
        'yc","yx_L-FvO5c7VEEJESKiPvbgTx3-wwrgYUPtb9e5eB0E","YVtSl01LQYaWVnlXfXXT-7ccWp4Pq1JcBvIoGyjxBLo",'
        '"pWeutkE8ZrLYxn-KjcERikA7W_5MZkrMj9Ha0tGVw5Y","C49T1z0yNCVEsNjz9SupjZy_twPt5_IffGoJsqv7pcg","qGX'
        'XJqr6yhN20C2x8C1WYt3elWuYyVCrnKoo_Y98TvA","LX4ZChPcoQ99oE1aMyybEXWtmkFMcFFsjalSaffUytQ","xoDummX'
        '3AqPMUKz3RJlEsT7Zd1mbJoop-mraDJnv2aY","6Bvutciunu_BMJgD67DAhNrj010gl2skVYaqPJCO9gk","dGeK9wj-p_N'
        'uCS_YLMUejD5BNDc7zDyw_C9D3NjE5m4","rqvd5mkqT3ZZx-i0wauF7FgKEsRamPCsO_xD9L9Tij0","hBr0dVNA6TtBqyY'
        'VBABaenYoGW8ogtAvorARxnUD8EU","Dge9gLyZ-K6KI1AfvekQbFpV8l49_x7R4nusVFzSJF4","xKM0Jodf5jHir3Zvw-Z'
        'qo1gJ0_oHUh6Gxo7V4xZaoEc","szG5br6c8RujXxhZX2j3VxJt-LfKphPgrmoeK8kc_7s"],"book":"sha256:bbbbbbbb'
        'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","id":"707d56f1f282aee234577e650bea2e7b'
        '","v":1}',
        "2792b8a29ae955a870777c38f45b00a8c19a8872c849536072f148c1b30d9269",
    ),
    "correction": (
        '{"_sd":["0DUkqYeGt4C9ZAl53EkxZwJ5n0a7gCnimq8-fTuLfD4","m1UuG_g_ZH8aEhL-6IIeS70AiNGJGmc_-QVr0G1Z2'
        'yc","yx_L-FvO5c7VEEJESKiPvbgTx3-wwrgYUPtb9e5eB0E","YVtSl01LQYaWVnlXfXXT-7ccWp4Pq1JcBvIoGyjxBLo",'
        '"pWeutkE8ZrLYxn-KjcERikA7W_5MZkrMj9Ha0tGVw5Y","C49T1z0yNCVEsNjz9SupjZy_twPt5_IffGoJsqv7pcg","qGX'
        'XJqr6yhN20C2x8C1WYt3elWuYyVCrnKoo_Y98TvA","LX4ZChPcoQ99oE1aMyybEXWtmkFMcFFsjalSaffUytQ","xoDummX'
        '3AqPMUKz3RJlEsT7Zd1mbJoop-mraDJnv2aY","6Bvutciunu_BMJgD67DAhNrj010gl2skVYaqPJCO9gk","dGeK9wj-p_N'
        'uCS_YLMUejD5BNDc7zDyw_C9D3NjE5m4","ghsGi-llS-ZBnPzoHeqbuUKNe3z2A5ksrAdyH7YONDI","hBr0dVNA6TtBqyY'
        'VBABaenYoGW8ogtAvorARxnUD8EU","Dge9gLyZ-K6KI1AfvekQbFpV8l49_x7R4nusVFzSJF4","N0V8SFm8GSXVKyoeKnC'
        '8_8LwyB0HVel21cYr288tQkc","szG5br6c8RujXxhZX2j3VxJt-LfKphPgrmoeK8kc_7s"],"book":"sha256:bbbbbbbb'
        'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","id":"707d56f1f282aee234577e650bea2e7b'
        '","v":1}',
        "a06fdd3f0efd2adcd1c79055d8e1e6e826ee49c9acb81e4f45586f339f456fb2",
    ),
    "erasure.performed": (
        '{"_sd":["0DUkqYeGt4C9ZAl53EkxZwJ5n0a7gCnimq8-fTuLfD4","m1UuG_g_ZH8aEhL-6IIeS70AiNGJGmc_-QVr0G1Z2'
        'yc","yx_L-FvO5c7VEEJESKiPvbgTx3-wwrgYUPtb9e5eB0E","YVtSl01LQYaWVnlXfXXT-7ccWp4Pq1JcBvIoGyjxBLo",'
        '"pWeutkE8ZrLYxn-KjcERikA7W_5MZkrMj9Ha0tGVw5Y","C49T1z0yNCVEsNjz9SupjZy_twPt5_IffGoJsqv7pcg","qGX'
        'XJqr6yhN20C2x8C1WYt3elWuYyVCrnKoo_Y98TvA","LX4ZChPcoQ99oE1aMyybEXWtmkFMcFFsjalSaffUytQ","xoDummX'
        '3AqPMUKz3RJlEsT7Zd1mbJoop-mraDJnv2aY","6Bvutciunu_BMJgD67DAhNrj010gl2skVYaqPJCO9gk","dGeK9wj-p_N'
        'uCS_YLMUejD5BNDc7zDyw_C9D3NjE5m4","a5eR9OAkkhduqM5tm52IicF-nqTR4cFXC6M3ffEq10Y","hBr0dVNA6TtBqyY'
        'VBABaenYoGW8ogtAvorARxnUD8EU","Dge9gLyZ-K6KI1AfvekQbFpV8l49_x7R4nusVFzSJF4","0rLbMbZ1qsg2bQP63Sq'
        'bhE4En09gBUJYvVUCY6L9Rp4","szG5br6c8RujXxhZX2j3VxJt-LfKphPgrmoeK8kc_7s"],"book":"sha256:bbbbbbbb'
        'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","id":"707d56f1f282aee234577e650bea2e7b'
        '","v":1}',
        "f6751649844821d6afc945dc342cd68b52070c4678d1b2493e38c0e024000cc0",
    ),
    "padding": (
        '{"_sd":["0DUkqYeGt4C9ZAl53EkxZwJ5n0a7gCnimq8-fTuLfD4","m1UuG_g_ZH8aEhL-6IIeS70AiNGJGmc_-QVr0G1Z2'
        'yc","oOkLP0y0GW7sAY3qVvSDa174YKRAQlLwi0-Z5AtBMAc","YVtSl01LQYaWVnlXfXXT-7ccWp4Pq1JcBvIoGyjxBLo",'
        '"9VTMZpZ0eCC94f64lFl-UtoGMgn5LOqobPrq0qVvaUI","C49T1z0yNCVEsNjz9SupjZy_twPt5_IffGoJsqv7pcg","qGX'
        'XJqr6yhN20C2x8C1WYt3elWuYyVCrnKoo_Y98TvA","LX4ZChPcoQ99oE1aMyybEXWtmkFMcFFsjalSaffUytQ","xoDummX'
        '3AqPMUKz3RJlEsT7Zd1mbJoop-mraDJnv2aY","HcZ7gQhQXFv2dQFMpByBnveGwd4qgJn2ukx5vbh9pgU","i6kB5OJ4iDk'
        'gLQqVromfzTz0pcfcobWRzfTWzfNhg6w","BbX1rNzVb-DIf80dxrFAQznlaV1AoMwwRP7cI-4tWgA","OuXBmNF2NOeQWcL'
        'Nc1SRVT0ixOCdHZ_qPs8hRWXfIoQ","wsGpzMwrejP8RqiCQUnX4qNsXEX9fs8R0GODfXOvyWc","xKM0Jodf5jHir3Zvw-Z'
        'qo1gJ0_oHUh6Gxo7V4xZaoEc","zBUqOs-anmArC2A9i8RS9XWdVr0B2sXW2W7tXWDM0pc"],"book":"sha256:bbbbbbbb'
        'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","id":"707d56f1f282aee234577e650bea2e7b'
        '","v":1}',
        "764dea73ef2e8e51f8947bbc6ce41f74e6980fe55f1ebb86e62c5c6c301f5042",
    ),
}
"""The text of each entry and its leaf hash."""


@pytest.mark.parametrize("kind", MADE)
def test_an_entry_of_each_type_has_the_bytes_that_it_always_had(kind: str):
    """Published proofs die if this fails: do not change the expectation, make a new version of the format."""
    text, leaf = EXPECTED[kind]
    made = MADE[kind]()
    assert text.encode() == made, DIES
    assert leaf == leaf_hash(made).hex(), DIES


@pytest.mark.parametrize("kind", MADE)
def test_what_was_entered_once_can_still_be_read(kind: str):
    """Published proofs die if this fails: a reader would refuse what the log holds."""
    data = EXPECTED[kind][0].encode()
    assert data == entries.read(data).data, DIES
