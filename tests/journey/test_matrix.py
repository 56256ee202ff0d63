# SPDX-License-Identifier: Apache-2.0
"""Everybody at every address: what each gets, generated from the addresses there are (L07, F02, D01).

Whoever adds an address adds its row: a test fails for an address of which nobody has said what it answers.
"""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLResolver, get_resolver

from tests.journey.casting import cast_of

NEVER = "0" * 24
SIGN_IN, AWAY, SHEET = "sign in", "away", "sheet"
"""Led to the sign-in, to another page, to the conflict sheet."""
MEMBERS = {"nobody": SIGN_IN, "else": 200}
ANYBODY = {"else": 200}
PAGES = {
    "start": ANYBODY, "account_login": {"nobody": 200, "else": AWAY}, "account_logout": {"nobody": AWAY, "else": 200},
    "account_inactive": ANYBODY, "account_reauthenticate": {"nobody": SIGN_IN, "else": 403},
    "account_change_password": {"nobody": SIGN_IN, "else": AWAY}, "account_set_password": MEMBERS,
    "account_reset_password": ANYBODY, "account_signup": ANYBODY, "account_first": MEMBERS,
    "account_second_factor": MEMBERS, "account_security": MEMBERS, "account_sessions": MEMBERS, "mfa_index": MEMBERS,
    "mfa_authenticate": {"nobody": SIGN_IN, "else": AWAY}, "mfa_reauthenticate": {"nobody": SIGN_IN, "else": 403},
    "mfa_activate_totp": MEMBERS, "mfa_deactivate_totp": {"nobody": SIGN_IN, "else": 404},
    "mfa_view_recovery_codes": {"nobody": SIGN_IN, "else": 404}, "mfa_generate_recovery_codes": MEMBERS,
    "mfa_download_recovery_codes": {"nobody": SIGN_IN, "else": 404}, "mfa_list_webauthn": MEMBERS,
    "mfa_add_webauthn": MEMBERS, "mfa_reauthenticate_webauthn": {"nobody": SIGN_IN, "else": 403},
    "mfa_remove_webauthn": {"nobody": SIGN_IN, "else": 404}, "mfa_edit_webauthn": {"nobody": SIGN_IN, "else": 404},
    "mfa_login_webauthn": {"nobody": SIGN_IN, "else": AWAY}, "link": {"else": 410}, "receipt_code": ANYBODY,
    "provider_begin": {"else": 404}, "provider_back": {"else": 404},  # no provider is in the settings of the demo
    "language": {"else": AWAY}, "favicon.ico": {"else": AWAY}, "robots.txt": ANYBODY,
    "desk_enter": {"nobody": SIGN_IN, "case_officer": AWAY, "else": 404},
    "desk_enter_question": {"nobody": SIGN_IN, "case_officer": AWAY, "else": 404},
    "desk_before": {"nobody": SIGN_IN, "case_officer": 200, "else": 404},
    "desk_backlog": {"nobody": SIGN_IN, "case_officer": 200, "else": 404},
    "desk_reconciliation": {"nobody": SIGN_IN, "case_officer": 200, "else": 404},
    "desk_reconcile": {"nobody": SIGN_IN, "else": 404},
    "desk_promises": {"nobody": SIGN_IN, "case_officer": 200, "else": 404},
    "desk_quality": {"nobody": SIGN_IN, "case_officer": 200, "else": 404},
    "desk_due": MEMBERS, "desk_matters": MEMBERS, "desk_export": MEMBERS, "desk_rules": MEMBERS,
    "desk_retention": {"nobody": SIGN_IN, "case_officer": 200, "else": 404},
    "desk_rules_new": {"nobody": SIGN_IN, "else": 404}, "desk_rules_proposed": {"nobody": SIGN_IN, "else": 404},
    "portal_due": MEMBERS, "portal_complain": ANYBODY, "portal_question": ANYBODY,
}  # fmt: skip
"""The pages that belong to no matter; everybody here is signed in by a link of the demo, with no password and no key yet."""
SITS = {"nobody": SIGN_IN, "case_officer": 200, "gatekeepers": 200, "else": 404}
BOTH = {"nobody": SIGN_IN, "complainant": 200, "respondent": 200, "else": 404}
MATTER = {
    "desk_matter": SITS | {"called": SHEET, "declared": SHEET},
    "desk_act": {"nobody": SIGN_IN, "gatekeepers": 200, "else": 404},
    "desk_step": {"nobody": SIGN_IN, "else": 404}, "desk_before_one": {"nobody": SIGN_IN, "else": 404},
    "desk_decision": {"nobody": SIGN_IN, "else": 404}, "desk_queue": {"nobody": SIGN_IN, "else": 404},
    "desk_vote": {"nobody": SIGN_IN, "gatekeepers": 200, "else": 404},
    "desk_sheet": {"nobody": SIGN_IN, "called": 200, "declared": 200, "else": 404},
    "desk_stand_back": SITS, "desk_letter": {"nobody": SIGN_IN, "else": 404}, "desk_receipts": SITS,
    "desk_evidence": SITS, "desk_item": {"nobody": SIGN_IN, "else": 404}, "desk_serve": {"nobody": SIGN_IN, "else": 404},
    "desk_item_about": {"nobody": SIGN_IN, "else": 404}, "portal_item_about": {"nobody": SIGN_IN, "else": 404},
    "desk_messages": {"nobody": SIGN_IN, "case_officer": 200, "else": 404}, "portal_messages": BOTH, "portal_companion": BOTH,
    "portal_matter": BOTH, "portal_act": {"nobody": SIGN_IN, "complainant": 200, "else": 404},
    "portal_step": {"nobody": SIGN_IN, "else": 404},
    "portal_letter": {"nobody": SIGN_IN, "complainant": 200, "else": 404}, "portal_receipts": BOTH,
    "portal_evidence": BOTH, "portal_item": {"nobody": SIGN_IN, "else": 404},
}  # fmt: skip
"""The pages of a matter: the act tried at the desk is one of the gatekeepers, at the portal one of the complainant."""
UNTOLD = {name: row | {"respondent": 404} for name, row in MATTER.items()}
"""The same where the respondent was not told."""
STRANGERS = ("nobody", "member", "officer", "complainant", "respondent")
"""Who can have no seat in the second matter, whatever the lot says."""


def addresses(patterns, before="") -> Iterator[tuple[str, str]]:
    """Name and pattern of every address there is."""
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, route)
        else:
            yield one.name or route, route


EVERY = dict(addresses(get_resolver("evenhand.web.urls").url_patterns))
ADDRESSES = {name: route for name, route in EVERY.items() if not name.startswith("public_")}
PUBLIC = {name: {"else": 200} for name, route in EVERY.items() if name.startswith("public_") and "<" not in route}
"""The public site tells everybody the same; its pages about one thing are tried with it."""


def address(name, **blanks) -> str:
    """One address with its blanks filled in."""
    known = {
        "token": "none",
        "pk": "1",
        "step": "danger",  # a question of the complaint; no step of a matter is called so
        "act": "submit" if "portal" in name else "extend",
        "item": "0" * 32,
        "ident": "0" * 32,
        "month": "2026-01",
        "channel": "post",
        "language": "en-gb",
    } | blanks
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: known[found[1]], EVERY[name])


def answer_of(said) -> str | int:
    """What an answer is, in the words of the table."""
    if said.status_code != 302:
        return said.status_code
    goal = said.headers["Location"]
    return SIGN_IN if goal.startswith("/accounts/login/") else SHEET if goal.endswith("/declare/") else AWAY


def otherwise(table, who, **blanks) -> list[str]:
    """Every answer that is not the one of the table."""
    found = []
    for name, row in table.items():
        url = address(name, **blanks)
        for person, browser in who.items():
            said, expected = answer_of(browser.get(url)), row.get(person, row["else"])
            if said != expected:
                found.append(f"{person} at {url} ({name}): {said}, and not {expected}")
    return found


def test_every_address_has_its_row():
    """An address that nobody thought of would be tried by the first who guesses it."""
    assert sorted(ADDRESSES) == sorted(PAGES | MATTER)


def test_everybody_at_every_address(doors):
    """L07: no rank and no former seat shows a matter; who is called sees the sheet, who sits sees the desk, parties the portal."""
    cast = cast_of(doors)
    who, slugs = cast.who(), (cast.told.row.slug, cast.untold.row.slug)
    given = {"proposal": cast.proposal, "n": cast.letter}
    never = {name: {"nobody": SIGN_IN, "else": 404} for name in MATTER}
    assert [] == [
        *otherwise(PAGES | PUBLIC, who),
        *otherwise(MATTER, who, slug=slugs[0], **given),
        *otherwise(UNTOLD, {name: who[name] for name in STRANGERS}, slug=slugs[1], **given),
        *otherwise(never, who, slug=NEVER, **given),
        *(["a matter that is not theirs looks otherwise than none: " + one for one in unlike(who, slugs, given)]),
    ]


def unlike(who, slugs, given) -> Iterator[str]:
    """Every page of a matter that is refused otherwise than the same page of no matter, byte for byte."""
    for name in MATTER:
        for person, browser in who.items():
            none = browser.get(address(name, slug=NEVER, **given))
            for slug in slugs:
                said = browser.get(address(name, slug=slug, **given))
                shut = said.status_code == 404 or (person == "nobody" and said.status_code == 302)
                if shut and (said.status_code, said.content) != (none.status_code, none.content):
                    yield f"{person} at {address(name, slug=slug, **given)}: {said.status_code}"


@pytest.mark.parametrize("made", ["sqlite"], indirect=True)
def test_a_list_shows_only_what_is_ones_own(doors):
    """D01: neither a count, nor a code name, nor an address of a matter that somebody has no part in."""
    cast = cast_of(doors)
    told, untold = cast.told.row, cast.untold.row
    for person in ("member", "officer", "left", "suspended", "respondent", "complainant", "case_officer"):
        pages = "".join(cast.who()[person].get(f"/{door}/").content.decode() for door in ("desk", "portal"))
        theirs = person in ("respondent", "complainant", "case_officer")
        assert (person, theirs) == (person, told.code in pages and told.slug in pages)
        assert (person, person == "complainant") == (person, untold.code in pages or untold.slug in pages)
