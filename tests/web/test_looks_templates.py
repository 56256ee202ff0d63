# SPDX-License-Identifier: Apache-2.0
"""Templates: one system for three doors, every word ready to be translated."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

WEB = Path(__file__).resolve().parents[2] / "src/evenhand/web"
PLAIN = {"500.html"}
"""What must need nothing, not even a language."""
OURS = sorted(path for path in (WEB / "looks/templates").rglob("*.html") if path.name not in PLAIN)


@pytest.fixture
def rf(here):
    """A request of nobody."""
    request = RequestFactory().get("/")
    request.user, request.session = AnonymousUser(), {}
    return request


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(WEB / "looks/templates").as_posix())
def test_every_word_can_be_translated(path):
    """Half a page in French helps nobody."""
    text = path.read_text("utf-8")
    text = re.sub(r"\{% block door %\}[a-z]+|aria-[a-z]+|true", "", text)
    text = re.sub(r"\{#.*?#\}", "", text, flags=re.S)
    text = re.sub(r"\{% blocktrans.*?%\}.*?\{% endblocktrans %\}", "", text, flags=re.S)
    text = re.sub(r"<script.*?</script>|<svg.*?</svg>", "", text, flags=re.S)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S)
    text = re.sub(r"<[^>]*>", " ", text, flags=re.S)
    left = [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in {"doctype", "html", "otpauth"}]
    assert [] == left


@pytest.mark.parametrize("door", ["desk", "portal", "public"])
def test_each_door_has_its_head_and_the_same_frame(here, door, rf):
    """Three sites would grow three languages."""
    html = get_template(f"evenhand/{door}.html").render(
        {"navigation": [{"url": "/x/", "label": "Due", "current": True}]}, rf
    )
    assert f'<body class="{door}">' in html
    assert 'class="skip" href="#main"' in html
    assert '<main id="main" tabindex="-1">' in html
    assert 'aria-current="page">Due</a>' in html
    assert "Harbour Federation" in html
    assert html.index("tokens.css") < html.index("evenhand.css")


def test_the_title_of_a_page_with_mistakes_begins_with_error(here, rf):
    """Who hears the page would think that it was sent."""
    html = get_template("evenhand/portal.html").render({"problems": [("id_a", "Say when.")]}, rf)
    assert "<title>Error: " in html
    assert 'href="#id_a">Say when.' in html


def test_pages_say_where_one_is():
    """In a list of 600 one would be lost."""
    page = Paginator(range(600), 25).page(7)
    html = render_to_string("evenhand/pages.html", {"page": page, "query": "sort=day&"})
    assert '<a aria-current="page">7</a>' in html
    assert 'href="?sort=day&amp;page=8" rel="next"' in html


def test_the_two_lines_are_late_when_the_filled_one_is_longer():
    """The one drawing of the house would say nothing."""
    draw = engines["django"].from_string("{% two_lines 5 7 %}{% two_lines 5 5 %}").render({})
    assert 'viewBox="0 0 7 10"' in draw
    assert 1 == draw.count('class="over"')
    assert 1 == draw.count('class="filled"')


def test_no_style_sheet_asks_anybody_for_anything():
    """A font from elsewhere tells somebody who reads complaints."""
    for path in (WEB / "looks/static").rglob("*.css"):
        assert not re.search(r"url\(|@import|https?:", path.read_text("utf-8")), path


THEIRS = (
    "account/login", "account/logout", "account/account_inactive", "account/reauthenticate", "account/password_change",
    "account/password_set", "account/signup_closed", "mfa/index", "mfa/authenticate", "mfa/reauthenticate",
    "mfa/totp/activate_form", "mfa/totp/deactivate_form", "mfa/recovery_codes/index", "mfa/recovery_codes/generate",
    "mfa/webauthn/add_form", "mfa/webauthn/authenticator_list", "mfa/webauthn/authenticator_confirm_delete",
    "mfa/webauthn/edit_form", "mfa/webauthn/reauthenticate", "429",
)  # fmt: skip


@pytest.mark.parametrize("name", THEIRS)
def test_pages_of_the_sign_in_library_look_like_ours(name):
    """One page of an account would come out naked, with a script of its own."""
    assert get_template(f"{name}.html").origin.name.startswith(str(WEB))
