# SPDX-License-Identifier: Apache-2.0
"""What a hostile or a clumsy hand can send: it ends in a sentence or a 4xx, never in a 500, and what was written is kept."""

import html
import re

import pytest
from django.test import Client

from evenhand.store import models
from tests.journey.playing import Play

pytestmark = pytest.mark.parametrize("made", ["sqlite"], indirect=True)
LINE = "both told the same"
ODD = {
    "control": "\x01\x07\x1b[31m" + LINE, "bidi": "\u202e" + LINE + "\u2066",
    "script": f"<script>alert(1)</script>{LINE}", "quote": f"\"'>{LINE}' OR 1=1 --", "template": "{{ 7 }}{% x %}" + LINE,
    "long word": "w" * 5_000 + LINE, "letters of the world": "\u0623\u062d\u0645\u062f \U0001f6a2 " + LINE,
    "format": "%s %(x)s {0} {x}" + LINE, "line ends": LINE + "\r\n\r\n\r",
}  # fmt: skip
DATES = ("31-2-2026", "0-0-0", "1-1-99999999999", "-1-1-1", "\u0661-\u0661-2026", "a-b-c", "29-2-2025", "--2026")


@pytest.fixture
def play(doors):
    """A case with a seat that sits and a proposal that is open."""
    play = Play(doors).to_the_notice()
    play.do("extend", "gatekeepers", votes=False)
    return play


def shown(said) -> str:
    """What a page says, as its reader reads it."""
    return html.unescape(said.content.decode())


def forms(play) -> dict[str, tuple[Client, str]]:
    """Every form of a matter, in the browser of whoever has it."""
    slug, of = play.row.slug, play.doors.as_
    gatekeeper = play.sitting("gatekeepers")[1].person
    proposal = play.row.proposals.get(status="open").ident
    return {
        "party": (of(play.ada), f"/portal/m/{slug}/do/withdraw/"),
        "officer": (of(play.sitting("investigator")[0].person), f"/desk/m/{slug}/do/take_statement/"),
        "body": (of(gatekeeper), f"/desk/m/{slug}/do/pause/"),
        "vote": (of(gatekeeper), f"/desk/m/{slug}/vote/{proposal}/"),
        "stand back": (of(gatekeeper), f"/desk/m/{slug}/stand-back/"),
    }


def names_of(page) -> set[str]:
    """The fields of the form on a page."""
    return set(re.findall(r' name="([^"]+)"', page.content.decode())) - {"csrfmiddlewaretoken", "viewport", "robots"}


def test_odd_text_in_every_field_is_kept_or_refused(play):
    """Nothing breaks, nothing runs, and whoever pastes from somewhere loses nothing."""
    found = []
    ways = forms(play)
    for kind, text in ODD.items():
        for name, (browser, url) in ways.items():
            typed = {
                field: text for field in names_of(browser.get(url)) if field not in ("keep", "key", "look", "seen")
            }
            said = browser.post(url, typed)
            if said.status_code not in (302, 422) or b"<script>alert" in said.content:
                found.append((kind, name, url, said.status_code))
            if said.status_code == 422 and "<textarea" in said.content.decode() and LINE not in shown(said):
                found.append((kind, name, "lost what was written"))
    assert [] == found


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_text_in_a_complaint_is_kept_to_the_end(doors, text):
    """A14: names with scripts in them, and every other sign, come through all questions and are shown as text."""
    browser = Client()
    steps = {
        "danger": {"danger": "no", "unsafe_to_tell": "no"}, "whom": {"way": "complainant.lodge", "body": text[-400:]},
        "account": {"account": text}, "harmed": {"harmed": "somebody", "harmed_names": text[-400:], "seen_by": text[-400:]},
        "about": {"words": text[-400:], "holder": "none"}, "you": {"name": text[-400:], "address": text[-400:]},
    }  # fmt: skip
    for step, typed in steps.items():
        assert (step, 302) == (step, browser.post(f"/portal/complain/{step}/", typed).status_code)
    check = browser.get("/portal/complain/check/")
    assert LINE in shown(check)
    assert b"<script>alert" not in check.content
    assert 200 == browser.post("/portal/complain/check/", follow=True).status_code
    named = models.Matter.objects.get(kind="discipline")
    officer = named.parts.filter(status="called").first()
    assert 200 == doors.as_(officer.person).get(f"/desk/m/{named.slug}/declare/").status_code


def test_a_day_that_is_none_gets_a_sentence(doors):
    """What was typed as a day, and all else, stands in the fields again."""
    browser = Client()
    browser.post("/portal/complain/danger/", {"danger": "no", "unsafe_to_tell": "no"})
    browser.post("/portal/complain/whom/", {"way": "complainant.lodge"})
    browser.post("/portal/complain/account/", {"account": LINE})
    browser.post("/portal/complain/harmed/", {"harmed": "nobody"})
    for day in DATES:
        parts = dict(zip(("conduct.day", "conduct.month", "conduct.year"), day.rsplit("-", 2), strict=True))
        said = browser.post("/portal/complain/about/", {"words": "Bero", "holder": "none", **parts})
        assert (day, 422) == (day, said.status_code)
        assert (day, True, True) == (day, "Error:" in shown(said), "Bero" in shown(said))


def test_five_megabytes_end_in_a_sentence(play):
    """Who pastes a book is told so."""
    for browser, url in [*forms(play).values(), (Client(), "/portal/complain/account/")]:
        said = browser.post(url, {"grounds": "word " * 1_000_000, "detail": "x", "account": "y"})
        assert (url, 413) == (url, said.status_code)


def test_what_is_too_long_for_a_field_is_told_and_kept(play):
    """Two hundred thousand letters fit into a form and not into a field."""
    browser, url = forms(play)["party"]
    said = browser.post(url, {"grounds": "a" * 200_000 + LINE})
    assert (422, True) == (said.status_code, LINE in shown(said))
    assert "too long" in shown(said)


def test_a_number_that_is_none_breaks_nothing(play):
    """The hidden number of the last entry seen is no way in either."""
    browser, url = forms(play)["party"]
    for number in ("-1", "0", "9" * 5000, "1e9", "\u0663", "", "null", "0x10", "1.5"):
        said = browser.post(url, {"grounds": LINE, "seen": number, "key": number})
        assert (number, True) == (number, said.status_code in (302, 409, 422))
    for path in ("letters/" + "9" * 40 + "/", "letters/0/"):
        assert 404 == browser.get(f"/portal/m/{play.row.slug}/{path}").status_code


def test_addresses_of_other_cases_lead_nowhere(play):
    """A proposal of one case under the address of another; acts that no book has."""
    other, slug = Play(play.doors), play.row.slug
    other.do("frame", "case_officer")
    other.do("investigate", "gatekeepers", votes=False)
    foreign = other.row.proposals.get().ident
    gatekeeper = play.doors.as_(play.sitting("gatekeepers")[0].person)
    for path in (f"vote/{foreign}/", "vote/none/", "do/nothing/", "do/lodge/", "do/../", "letters/1/"):
        assert (path, 404) == (path, gatekeeper.get(f"/desk/m/{slug}/{path}").status_code)
        assert (path, 404) == (path, gatekeeper.post(f"/desk/m/{slug}/{path}", {"choice": "for"}).status_code)
    assert 1 == other.row.proposals.get().votes.count()


def test_repeated_fields_break_nothing(play):
    """A field sent ten times is read once."""
    for name, (browser, url) in forms(play).items():
        fields = names_of(browser.get(url)) - {"keep", "look"}
        said = browser.post(url, {field: [LINE] * 10 for field in fields} | {"grounds": [LINE, "other"]})
        assert (name, True) == (name, said.status_code in (302, 422))
    said = Client().post(
        "/portal/complain/danger/", {"danger": ["yes", "no"], "unsafe_to_tell": ["no", "yes", "maybe"]}
    )
    assert said.status_code in (302, 422)


def test_a_form_without_its_token_is_shown_again(play):
    """403, and what was typed is on the page."""
    for name, (browser, url) in forms(play).items():
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = browser.cookies
        said = strict.post(url, {"grounds": LINE, "detail": LINE, "choice": LINE})
        assert (name, 403, True) == (name, said.status_code, LINE in shown(said))
    said = Client(enforce_csrf_checks=True).post("/portal/complain/account/", {"account": LINE})
    assert (403, True) == (said.status_code, LINE in shown(said))


def test_null_bytes_are_refused(play):
    """No database of ours can hold one."""
    for browser, url in forms(play).values():
        assert 400 == browser.post(url, {"grounds": "a\x00b"}).status_code
        assert 400 == browser.get(url, {"a": "\x00"}).status_code


def test_other_methods_do_nothing(play):
    """A page that is asked in a way it does not know writes nothing and breaks nothing."""
    ways = [*forms(play).values(), (play.doors.as_(play.ada), "/portal/complain/check/")]
    ways += [(play.doors.as_(play.ada), f"/portal/m/{play.row.slug}/"), (play.doors.as_(play.ada), "/portal/")]
    before = models.Entry.objects.count()
    codes = {
        (method, url): getattr(browser, method)(url).status_code
        for method in ("put", "patch", "delete", "options", "head", "trace")
        for browser, url in ways
    }
    assert [] == [(asked, code) for asked, code in codes.items() if code >= 500]
    assert before == models.Entry.objects.count()


def test_the_sheet_keeps_what_was_written(doors):
    """Whoever declares something and forgets to say of which kind does not write it twice."""
    play = Play(doors)
    seat = play.row.parts.filter(status="called").first()
    browser, url = doors.as_(seat.person), f"/desk/m/{play.row.slug}/declare/"
    for answer in ({"answer": "declare"}, {"answer": "bar", "category": "nonsense"}, {"answer": "x" * 900}, {}):
        said = browser.post(url, {**answer, "detail": LINE})
        assert (answer, 422, True) == (answer, said.status_code, LINE in shown(said))
    half, kind = "answer=declare&category=other&detail=%ED%A0%BD%01half%FF", "application/x-www-form-urlencoded"
    assert 302 == browser.post(url, half, content_type=kind).status_code


def test_the_stale_form_of_a_vote_says_so(play):
    """The proposal was decided while somebody looked at it."""
    url = f"/desk/m/{play.row.slug}/vote/{play.row.proposals.get(status='open').ident}/"
    first, second = (play.doors.as_(one.person) for one in play.sitting("gatekeepers"))
    assert 302 == second.post(url, {"choice": "for"}).status_code
    said = first.post(url, {"choice": "against"})
    assert (422, True) == (said.status_code, "not open any more" in shown(said))
    assert 422 == first.post(url, {"choice": "perhaps"}).status_code
    assert 422 == first.post(url).status_code


def test_a_session_full_of_nonsense_breaks_nothing(doors):
    """The questions are asked again; nobody sees an error page because of an old cookie."""
    browser = Client()
    browser.cookies["session"] = "\x01nonsense" * 50
    browser.cookies["form"] = "short"
    assert 200 == browser.get("/portal/complain/danger/").status_code
    assert 404 == browser.get("/portal/complain/done/").status_code
    assert 404 == browser.get("/portal/complain/none/").status_code
    assert 302 == browser.post("/portal/complain/check/").status_code
