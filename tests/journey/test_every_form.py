# SPDX-License-Identifier: Apache-2.0
"""Every form that anybody can find by following links takes whatever is sent to it, and never breaks."""

import pytest

from tests.journey.casting import cast_of
from tests.journey.crawling import pages_of

pytestmark = pytest.mark.parametrize("made", ["sqlite"], indirect=True)
WHO = ("complainant", "respondent", "case_officer", "gatekeepers", "called", "member", "nobody")
STARTS = ("/", "/desk/", "/portal/", "/public/")
ODD = (
    "\u202e<script>alert(1)</script>'\" OR 1=1 -- {{ 7 }}{% x %} %s {0} \x07\x1b",
    "9" * 400,
    "-1",
    "0000-00-00",
    "w" * 120_000,
)


@pytest.fixture
def who(doors):
    """A browser for each kind of person around one matter."""
    cast = cast_of(doors)
    return {"slug": cast.told.row.slug, **cast.who()}


@pytest.mark.parametrize("person", WHO)
def test_every_page_that_is_linked_is_there(who, person):
    """A link that leads nowhere, or to a page that breaks, tells a reader that nobody has walked here."""
    found = pages_of(who[person], *STARTS)
    assert [] == [(url, status) for url, status, _ in found if status not in (200, 302)]


@pytest.mark.parametrize("person", WHO)
def test_every_form_takes_whatever_is_sent(who, person):
    """Empty, odd, far too long, and what no choice offers: a sentence or a 4xx, and no script comes back (never a 500)."""
    browser, broken = who[person], []
    every = {form.url: form for _, _, page in pages_of(browser, *STARTS) for form in page.forms}
    assert person in ("nobody", "member", "called") or every
    for url, form in every.items():
        if url.startswith(("/accounts/", "/language/")):
            continue
        for text in ("", *ODD):
            typed = {name: text for name in form.fields if name != "csrfmiddlewaretoken"}
            said = browser.post(url, typed)
            if said.status_code >= 500 or b"<script>alert" in said.content:
                broken.append((url, text[:20], said.status_code))
    assert [] == broken
