# SPDX-License-Identifier: Apache-2.0
"""Whatever is sent ends in a sentence: hostile and clumsy requests get a page and never a 500 (issue 4, bad input)."""

import pytest
from django.test import Client

PLACES = ("/", "/accounts/login/", "/code/", "/in/nothing/", "/nowhere/", "/accounts/sessions/")


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize(
    "query", ["?next=%00", "?next=%ff%fe", "?page=%F0%28%8C%28", "?a=" + "x" * 100_000, "?next=//evil.example/"]
)
def test_no_query_breaks_a_page(client: Client, path: str, query: str):
    """A link made up by somebody else would show our innards."""
    assert client.get(path + query).status_code in (200, 302, 400, 404, 410)


def test_a_nul_in_a_form_is_refused(client: Client):
    """PostgreSQL cannot store it, and the page would break there and not here."""
    answer = client.post("/accounts/login/", {"login": "a\x00b", "password": "x"})
    assert 400 == answer.status_code
    assert "This could not be read" in answer.content.decode()


def test_broken_utf8_in_a_form_is_no_fault_of_ours(client: Client):
    """An old telephone sends what it likes."""
    answer = client.post(
        "/accounts/login/", b"login=%ff%fe&password=%80", content_type="application/x-www-form-urlencoded"
    )
    assert 200 == answer.status_code


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "text/plain", "application/json"])
def test_five_megabytes_of_text_get_a_clear_page(client: Client, kind: str):
    """Who pasted a book would otherwise see a blank window and think it was sent."""
    answer = client.post("/code/", b"code=" + b"x" * 5_000_000, content_type=kind)
    assert answer.status_code in (200, 413)
    if kind.endswith("urlencoded"):
        assert 413 == answer.status_code
        assert "That is too much at once" in answer.content.decode()


def test_a_post_larger_than_any_form_is_not_read(client: Client):
    """A disk filled by one stranger stops everybody."""
    answer = client.generic(
        "POST", "/code/", b"x", CONTENT_LENGTH="99000000000", content_type="multipart/form-data; boundary=a"
    )
    assert 413 == answer.status_code


@pytest.mark.parametrize("length", ["-1", "many", "１２"])
def test_a_length_that_is_none_is_refused(client: Client, length: str):
    """It would be read until the server is restarted."""
    assert 400 == client.generic("POST", "/code/", b"x", CONTENT_LENGTH=length).status_code


def test_a_broken_file_upload_is_refused(client: Client):
    """A connection that was cut sends half a form."""
    half = b'--a\r\nContent-Disposition: form-data; name="x"; filename="\xff\x00"\r\n\r\nhalf'
    assert client.post("/code/", half, content_type="multipart/form-data; boundary=a").status_code in (200, 400)


def test_too_many_fields_are_refused(client: Client):
    """A form with a million fields keeps a server busy for minutes."""
    answer = client.post("/code/", {f"f{n}": "1" for n in range(2000)})
    assert 400 == answer.status_code


def test_another_host_gets_no_page(client: Client):
    """Links in our letters would lead to whoever sent the request."""
    answer = client.get("/", HTTP_HOST="evil.example")
    assert 400 == answer.status_code
    assert "This could not be read" in answer.content.decode()


def test_a_wrong_method_gets_a_page(client: Client):
    """A blank window does not say what to do."""
    answer = client.post("/robots.txt")
    assert 405 == answer.status_code
    assert "cannot be asked that way" in answer.content.decode()
    assert "GET" in answer["Allow"]


def test_what_is_not_there_and_what_is_not_open_look_alike(client: Client):
    """Two pages that differ would say that a case exists (D08)."""
    one, other = (client.get(path).content.decode() for path in ("/nowhere/", "/matters/deadbeef/"))
    assert one == other
    assert "There is nothing here for you" in one


def test_our_own_fault_gets_a_page_that_needs_nothing(here, monkeypatch):
    """When the database is gone the page about it must not ask the database."""
    from evenhand.web import start

    def broken(request):
        raise RuntimeError("a fault")

    monkeypatch.setattr(start, "reader", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert 500 == answer.status_code
    assert "Something here broke" in answer.content.decode()


def test_an_old_form_loses_nothing(here):
    """An hour of writing would be gone because the page lay open for a night."""
    strict = Client(enforce_csrf_checks=True)
    text = 'It was on <Friday>.\nThen "they" left.'
    answer = strict.post("/code/", {"account": text, "on": "2026-11-06"}, HTTP_ORIGIN="http://testserver")
    page = answer.content.decode()
    assert 403 == answer.status_code
    assert "It was on &lt;Friday&gt;.\nThen &quot;they&quot; left.</textarea>" in page
    assert 'name="on" value="2026-11-06"' in page
    assert "Send it again" in page
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    again = strict.post("/code/", {"code": "x", "csrfmiddlewaretoken": token}, HTTP_ORIGIN="http://testserver")
    assert 200 == again.status_code


def test_what_another_site_wrote_cannot_be_sent_by_one_press(here):
    """A stranger's page could put words into somebody's mouth."""
    answer = Client(enforce_csrf_checks=True).post(
        "/code/", {"account": "invented"}, HTTP_ORIGIN="https://evil.example"
    )
    page = answer.content.decode()
    assert 403 == answer.status_code
    assert "invented" in page
    assert "Send it again" not in page


def test_passwords_are_not_shown_back(here):
    """Whoever stands behind one would read it."""
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "copper willow"})
    assert 403 == answer.status_code
    assert "copper willow" not in answer.content.decode()
