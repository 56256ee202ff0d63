# SPDX-License-Identifier: Apache-2.0
"""The tour of the invented organisation: its numbers are the record's, its story is the one that was played (M13)."""

import html
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.web.conftest import site, window
from tests.web.test_looks_browser import SIZES, barriers

__all__ = ["site", "window"]

from django.core.cache import cache
from django.db import connection
from django.test import Client

from evenhand.harbour.making import make
from evenhand.harbour.tour import entrances
from evenhand.store import models
from evenhand.store.opened import forget_everything
from evenhand.web import clock, place
from evenhand.web.public.answering import Tour
from evenhand.web.public.answers import QUESTIONS
from evenhand.web.public.story import SCENES

RULES = (Path(__file__).parents[2] / "rulebooks/harbour.yaml").read_text("utf-8")
UNTIL = datetime(2026, 11, 25, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def federation(tmp_path_factory):
    """The federation in which the story was played and little else, made once for this module."""
    forget_everything()
    made = make(tmp_path_factory.mktemp("tour") / "harbour", RULES, until=UNTIL, matters=6)
    yield made
    connection.close()


@pytest.fixture
def served(federation):
    """The organisation, served."""
    cache.clear()
    clock.set_clock(lambda: UNTIL)
    with place.serving(federation.organisation):
        yield federation
    clock.set_clock(None)


@pytest.fixture
def here(served):
    """The organisation whose pages the browser is shown."""
    return served.organisation


def page(path="/public/tour/"):
    """The words of a page, as whoever is not signed in reads them."""
    said = Client().get(path)
    assert 200 == said.status_code
    return html.unescape(re.sub(r"<[^>]+>", " ", said.content.decode()))


def test_every_complaint_has_its_place(served):
    """A01, K01: a complaint that went nowhere would be one that somebody buried; what is shown adds up to what came in."""
    tour = Tour("harbour", {}, UNTIL)
    table = QUESTIONS[0](tour).table
    opened = models.Entry.objects.filter(n=1, rule__startswith="discipline.").count()
    assert f"{opened:,}" == table.sums[1].says
    assert opened == sum(int(row[1].says.replace(",", "")) for row in table.rows)


def test_each_question_has_its_answer_rule_and_check(served):
    """M13: an inquiry would be told a sentence, and not how to check it without us."""
    steps = {name: one["matter"] for name, one in served.telling.steps.items()}
    answers = [question(Tour("harbour", steps, UNTIL)) for question in QUESTIONS]
    assert (7, []) == (
        len(answers),
        [str(one.asks) for one in answers if not (one.says and one.seen and one.rule and one.checks)],
    )
    assert 6 == sum(one.table is not None for one in answers)


def test_the_ally_waited_and_the_critics_did_not(served):
    """S1, K05: the days that the rules allow stand beside the days that were used."""
    steps = {name: one["matter"] for name, one in served.telling.steps.items()}
    table = QUESTIONS[3](Tour("harbour", steps, UNTIL)).table
    late = [row[2].days[1] > row[2].days[0] for row in table.rows]
    assert [True, False, False] == late
    assert "Wednesday 27 May 2026" in page()


def test_the_story_stands_there_step_by_step(served):
    """M13: each step with its title, its matter and the entries by which anybody finds it in the export."""
    words = " ".join(page().split())
    codes = dict(models.Matter.objects.values_list("ident", "code"))
    for name, step in served.telling.steps.items():
        assert str(SCENES[name].title) in words
        assert codes[step["matter"]] in words
        assert str(step["to"]) in words


def test_the_public_page_names_nobody_and_signs_nobody_in(served):
    """M24: names stand on pages that can be taken down; a link of a demo signs its reader in."""
    words, raw = page(), Client().get("/public/tour/").content.decode()
    assert [] == [name for name in served.people.names.values() if name in words]
    assert "/in/" not in raw


def test_a_real_organisation_has_no_tour(served, monkeypatch):
    """K04: exact figures and code names of open matters are for an invented organisation alone."""
    monkeypatch.setattr(type(served.organisation), "demo", property(lambda self: False))
    assert 404 == Client().get("/public/tour/").status_code


def test_an_organisation_without_a_story_still_answers(served, monkeypatch, tmp_path):
    """Somebody who founded a demo by hand would get an error where an answer should be."""
    monkeypatch.setattr("evenhand.web.public.touring.KEPT", "no-such-file.json")
    assert "Show me any file of my choosing, now." in page()


def lists(browser):
    """Everything that the lists of the desk and the portal show somebody."""
    return "".join(browser.get(path).content.decode() for path in ("/desk/", "/desk/matters/", "/portal/"))


def test_each_kind_of_person_has_a_way_in_and_something_to_see(served):
    """M13, A14: whoever looks around would stand before empty lists, or could not be one of those whom it concerns."""
    found = entrances(served.organisation, at=UNTIL)
    kinds = ("complainant", "respondent", "companion", "officer", "safeguarder", "gatekeeper", "mediator", "investigator",
             "panel", "appeal panel", "judge of challenges", "councillor", "reviewer", "overseer", "affiliated body")  # fmt: skip
    assert [] == [kind for kind in kinds if not any(kind in one.says for one in found)]
    empty = []
    for one in found:
        cache.clear()
        browser = Client()
        sent = browser.post(one.path, {"code": one.code} if one.code else {})
        assert (one.says, 302) == (one.says, sent.status_code)
        if "/m/" not in lists(browser):
            empty.append(one.says)
    assert 1 == len(empty)
    assert "no part in anything" in empty[0]


def test_links_are_made_anew_and_old_ones_go_on_working(served):
    """Somebody who began the demo twice would lose the page that they had open."""
    first = entrances(served.organisation, at=UNTIL)[0]
    assert first.path != entrances(served.organisation, at=UNTIL)[0].path
    assert 302 == Client().post(first.path).status_code


@pytest.mark.browser
def test_the_tour_has_no_barrier(served, window):
    """Whoever reads with a screen reader, or on a telephone, could not take it."""
    found = []
    for width, dark in SIZES:
        shown = window(width=width, dark=dark)
        shown.goto("/public/tour/")
        found += [f"{width} {dark}: {one}" for one in barriers(shown)]
    assert [] == found
