# SPDX-License-Identifier: Apache-2.0
"""*Due* and *Matters* with many cases: what is found, how it is paged and kept as a file, and what it costs."""

import csv
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.crowd import multiply
from evenhand.procedure.registering import Newcomer, enrol, record_fact
from evenhand.store import models
from tests.journey.playing import Play

MOST = 8
"""Statements for a whole page, the session and the account included."""
HEAVIEST = 200_000
"""Bytes."""
QUERIES = (
    "", "?page=2", "?page=9999", "?size=100", "?state=late", "?state=over&order=newest", "?stage=triage&order=reference",
    "?book=discipline&since=2026-01-01&until=2026-04-06", "?clause=C1", "?reference=a", "?person=H0001",
    "?officer=Case_Officer", "?officer=Case_Officer&page=2&size=20&state=open",
)  # fmt: skip


@pytest.fixture
def many(doors):
    """A case that an officer and gatekeepers handle, and 140 like it."""
    play = Play(doors)
    play.do("frame", "case_officer")
    play.declare()
    multiply(140, 10)
    return play


def officer_of(play):
    """Who administers the case."""
    return play.sitting("case_officer")[0].person


def counted(browser, url):
    """A page, and how many statements it took."""
    with CaptureQueriesContext(connection) as asked:
        said = browser.get(url)
    return said, len(
        [one for one in asked if one["sql"].startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "DECLARE"))]
    )


def names_in(said):
    """The code names in a list, in its order."""
    return re.findall(r'rowheader"><a href="/desk/m/(\w+)/">', said.content.decode())


def test_a_list_takes_as_many_statements_however_long_it_is(doors, many):
    """T7: at most eight, and 200 kB, whatever is asked, also of somebody whom some ground could bar."""
    person = officer_of(many)
    browser = doors.as_(person)
    browser.get("/desk/matters/")
    for kind in ("", "employed_by"):
        if kind:
            about = {"kind": kind, "b": "employer:the yard", "since": "2020-01-01", "source": "register"}
            record_fact(doors.made.organisation, person, at=doors.at, chance=doors.made.chance, **about)
        for url in ("/desk/", "/desk/?page=3", *(f"/desk/matters/{one}" for one in QUERIES)):
            said, statements = counted(browser, url)
            assert (url, 200) == (url, said.status_code)
            assert statements <= MOST + bool(kind and "officer" in url and "page" in url), (url, statements)
            assert len(said.content) <= HEAVIEST, url


def test_every_case_stands_on_one_page(doors, many):
    """H01: pages leave out nothing and show nothing twice, in every order; each says how many there are."""
    browser = doors.as_(officer_of(many))
    for order in ("due", "newest", "oldest", "reference"):
        found = []
        for page in range(1, 9):
            said = browser.get(f"/desk/matters/?order={order}&page={page}")
            assert "You have a seat in 141 cases." in said.content.decode()
            found += names_in(said)
        rows = {row.slug: row for row in models.Matter.objects.exclude(book="")}
        assert (141, set(rows)) == (len(found), set(found))
        if order in ("newest", "oldest"):
            opened = [rows[one].opened for one in found]
            assert opened == sorted(opened, reverse=order == "newest")
    assert found[140:] == names_in(browser.get("/desk/matters/?order=reference&page=88"))


def test_a_filter_finds_what_it_says(doors, many):
    """H01: by state, stage, book, day, clause and code name; the count is that of what is found."""
    browser = doors.as_(officer_of(many))
    rows = list(models.Matter.objects.exclude(book=""))
    day = sorted(row.opened for row in rows)[70].date()
    one, two, number = rows[5].code.split()
    expected = {
        "state=over": [row for row in rows if row.over],
        "state=late": [row for row in rows if row.due and row.due < doors.at and not row.over],
        f"stage={rows[0].stage}": rows,
        "stage=hearing": [],
        "book=discipline": rows,
        f"since={day}": [row for row in rows if row.opened.date() >= day],
        f"until={day}": [row for row in rows if row.opened.date() <= day],
        "clause=C1": rows,
        "clause=C2": [],
        f"reference={rows[5].code.lower()}": [row for row in rows if row.code == rows[5].code],
        f"reference={one[:3]}": [row for row in rows if any(word.startswith(one[:3]) for word in row.code.split())],
        f"reference={two}": [row for row in rows if any(word.startswith(two) for word in row.code.split())],
        f"reference={number}": [rows[5]],
        f"reference=/desk/m/{rows[7].slug}/": [rows[7]],
        "reference=Nothing Like This": [],
    }
    for query, found in expected.items():
        said = browser.get(f"/desk/matters/?size=100&{query}").content.decode()
        other = browser.get(f"/desk/matters/?size=100&page=2&{query}") if len(found) > 100 else None
        slugs = set(re.findall(r'rowheader"><a href="/desk/m/(\w+)/">', said)) | set(names_in(other) if other else ())
        assert (query, {row.slug for row in found}) == (query, slugs)
        assert found or "None of the cases in which you have a seat is like this." in said


def test_people_are_found_by_number_and_officers_by_name(doors, many):
    """H01, D01: among the people in one's own cases; whoever is in none of them is found like somebody who does not exist."""
    made = doors.made
    newcomer = Newcomer(name="Davo Wynd", kind="member", number="H 77", address="davo@harbour.example")
    party = enrol(made.organisation, newcomer, at=doors.at, chance=made.chance)
    other = Newcomer(name="Nobody Here", kind="member", number="H 78")
    enrol(made.organisation, other, at=doors.at, chance=made.chance)
    row = models.Matter.objects.exclude(book="").exclude(ident=many.ident).first()
    row.parts.filter(role="respondent").update(person=party)
    browser = doors.as_(officer_of(many))
    for query in ("person=h%2077", "person=DAVO@harbour.example"):
        assert (query, [row.slug]) == (query, names_in(browser.get(f"/desk/matters/?{query}")))
    mate = many.sitting("gatekeepers")[0]
    name = next(f"Gatekeepers {n}" for n, one in enumerate(doors.people["gatekeepers"]) if one == mate.person)
    assert "141 of your cases are as you asked." in browser.get(f"/desk/matters/?officer={name}").content.decode()
    none = [browser.get(f"/desk/matters/?{query}").content.decode() for query in ("person=H%2078", "person=H%2079")]
    assert none[0].replace("H 78", "H 79") == none[1]


def test_a_day_that_is_none_is_told_at_its_field(doors, many):
    """L09: what was typed stays, and the sentence says what to write."""
    browser = doors.as_(officer_of(many))
    said = browser.get("/desk/matters/?since=yesterday&stage=nowhere&page=x&size=7&order=%3B&state=open")
    text = said.content.decode()
    assert (422, True, True) == (
        said.status_code,
        "Write the day as in 2026-11-25" in text,
        'value="yesterday"' in text,
    )
    back = browser.get("/desk/matters/?since=2026-04-02&until=2026-04-01")
    assert (422, True) == (back.status_code, "The last day is before the first." in back.content.decode())
    assert 200 == browser.get(f"/desk/matters/?page={'9' * 400}&reference={'x' * 4000}").status_code


def test_the_file_has_every_row_of_the_list(doors, many):
    """H01: what is narrowed on the page is narrowed in the file, and nothing is cut off."""
    browser = doors.as_(officer_of(many))
    for query, number in (("", 141), ("?stage=hearing", 0)):
        said = browser.get(f"/desk/matters/export/{query}")
        assert "text/csv; charset=utf-8" == said.headers["Content-Type"]
        head, *rows = csv.reader(b"".join(said.streaming_content).decode().splitlines())
        assert (number, 9, "Case") == (len(rows), len(head), head[0])
        assert number == len({row[-1] for row in rows if row[-1].startswith("/desk/m/")})


def test_the_links_to_other_pages_keep_what_was_asked(doors, many):
    """H01: the whole state stands in the address."""
    browser = doors.as_(officer_of(many))
    text = browser.get("/desk/matters/?state=open&order=newest&size=20&stage=&person=").content.decode()
    assert 'href="?state=open&amp;order=newest&amp;size=20&amp;page=2"' in text.replace(
        "size=20&amp;order=newest", "order=newest&amp;size=20"
    )
    assert "/desk/matters/export/?state=open" in text
