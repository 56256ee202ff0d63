# SPDX-License-Identifier: Apache-2.0
"""The office names a party, looks up a membership and links complaints by forms that everybody else does not find."""

import pytest

from tests.journey.playing import Play


@pytest.fixture
def play(doors):
    """A complaint whose officer sits; it names a respondent who has not been told."""
    found = Play(doors)
    found.declare()
    return found


def officer(play):
    """The browser of who holds the administering seat."""
    return play.doors.as_(play.sitting("case_officer")[0].person)


def step(play, name):
    """The address of a step."""
    return f"/desk/m/{play.row.slug}/step/{name}/"


def send(play, name, typed):
    """Opens a form and sends it, as the officer."""
    browser = officer(play)
    assert 200 == browser.get(step(play, name)).status_code
    return browser.post(step(play, name), typed)


def test_an_officer_names_a_witness_by_a_form(play):
    """A05: the part is there, the officer's page shows it, the complainant's does not."""
    said = send(play, "name-party", {"role": "witness", "who": "Celin Tarn", "where": "register"})
    assert 302 == said.status_code
    pages = [
        officer(play).get(f"/desk/m/{play.row.slug}/"),
        play.doors.as_(play.ada).get(f"/portal/m/{play.row.slug}/"),
    ]
    assert [True, False] == ["Celin Tarn" in page.content.decode() for page in pages]
    assert "named as a party" not in pages[1].content.decode()


def test_somebody_who_is_not_in_the_register_gets_a_sentence(play):
    """Nothing is lost, and the officer is told what to choose."""
    typed = {"role": "witness", "who": "Fenna Holt", "where": "register"}
    said = send(play, "name-party", typed)
    page = said.content.decode()
    assert (422, True, True) == (
        said.status_code,
        "say that they are not in the register" in page,
        "Fenna Holt" in page,
    )
    assert 302 == send(play, "name-party", typed | {"where": "new"}).status_code


def test_hostile_names_stay_text(play):
    """L09: scripts, marks that turn a line round, another matter's identifiers: a sentence, or text."""
    for who in ("<script>alert(1)</script>", "\u202eknaT", "0" * 32, "x" * 5000, play.bero):
        said = send(play, "name-party", {"role": "witness", "who": who, "where": "new"})
        assert said.status_code in (302, 422)
        assert b"<script>alert" not in officer(play).get(f"/desk/m/{play.row.slug}/").content
    said = send(play, "name-party", {"role": "gatekeepers", "who": "Celin Tarn", "where": "register"})
    assert 422 == said.status_code


def test_the_officer_sees_what_the_register_says(play):
    """A12: the day, and since when; with the answer already chosen."""
    page = officer(play).get(step(play, "membership")).content.decode()
    assert ("Member since 2020-01-01" in page, 'value="member" checked' in page) == (True, True)
    pseudonym = play.row.parts.get(role="respondent").pseudonym
    assert 302 == send(play, "membership", {"respondent": pseudonym, "answer": "member"}).status_code
    assert 422 == send(play, "membership", {"respondent": "0" * 32, "answer": "member"}).status_code


def test_an_officer_links_what_they_handle(play):
    """A06: by code names; the page of each then leads to the other."""
    mine, others = play.sitting("case_officer")[0].person, []
    while len(others) < 8:
        others.append(Play(play.doors.later(minutes=1)))
        others[-1].declare()
    same = next(one for one in others if one.sitting("case_officer")[0].person == mine)
    other = next(one for one in others if one.sitting("case_officer")[0].person != mine)
    page = officer(play).get(step(play, "link")).content.decode()
    assert (True, False) == (same.row.code in page, other.row.code in page)
    assert 422 == send(play, "link", {"others": other.ident}).status_code
    nothing = send(play, "link", {})
    assert (422, True) == (nothing.status_code, "<title>Error: " in nothing.content.decode())
    assert 302 == send(play, "link", {"others": same.ident}).status_code
    assert same.row.code in officer(play).get(f"/desk/m/{play.row.slug}/").content.decode()
    party = play.doors.as_(play.ada).get(f"/portal/m/{play.row.slug}/").content.decode()
    assert "incident" not in party


def test_nobody_else_finds_these_forms(play):
    """L07: not a gatekeeper, not the complainant, whatever they type into the address."""
    gatekeeper = play.doors.as_(play.sitting("gatekeepers")[0].person)
    for name in ("name-party", "membership", "link"):
        assert 404 == gatekeeper.get(step(play, name)).status_code
        assert 404 == play.doors.as_(play.ada).get(f"/portal/m/{play.row.slug}/step/{name}/").status_code


def test_what_was_said_at_the_door_is_for_who_handles_it(play):
    """A05: the officer sees how it came; a party's page has no such part."""
    desk = officer(play).get(f"/desk/m/{play.row.slug}/").content.decode()
    portal = play.doors.as_(play.ada).get(f"/portal/m/{play.row.slug}/").content.decode()
    assert (True, False) == ("How it came" in desk, "How it came" in portal)
