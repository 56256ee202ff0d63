# SPDX-License-Identifier: Apache-2.0
"""Nobody learns from a list, a count, a search or a file that there is a matter from which they are barred (D01).

Each page is compared, byte for byte, with what the same person gets when the matter does not exist for them at all.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evenhand.procedure.registering import record_fact
from evenhand.store import models
from evenhand.store.write.register import write_fact
from tests.journey.playing import Play

LISTS = (
    "/desk/", "/desk/?page=2", "/desk/matters/", "/desk/matters/?page=2", "/desk/matters/?state=over",
    "/desk/matters/?state=late", "/desk/matters/?stage=triage", "/desk/matters/?clause=C1", "/desk/matters/?book=discipline",
    "/desk/matters/?since=2026-01-01", "/desk/matters/?order=newest&size=100", "/desk/matters/?reference={code}",
    "/desk/matters/?reference={slug}", "/desk/matters/?officer=Gatekeepers", "/desk/matters/export/",
    "/desk/matters/export/?state=over", "/portal/", "/desk/m/{slug}/", "/desk/m/{slug}/evidence/",
)  # fmt: skip


@pytest.fixture
def two(doors):
    """Two cases in which one officer sits; the second was over before anything was known against the officer."""
    first = Play(doors)
    first.do("frame", "case_officer")
    officer = first.sitting("case_officer")[0].person
    for _ in range(12):
        second = Play(doors, about=doors.people["members"][2])
        second.declare()
        if second.sitting("case_officer")[0].person == officer:
            break
    else:
        raise AssertionError("the lot never fell on the same officer")
    second.do("frame", "case_officer")
    models.Matter.objects.filter(ident=second.ident).update(over=True)
    models.Part.objects.filter(matter_id=second.ident).update(over=True)
    # Only these two: other matters in which the officer sits would only make the pages longer.
    others = models.Part.objects.filter(person=officer, kind="seat").exclude(matter_id__in=(first.ident, second.ident))
    others.delete()
    return first, second, officer


def pages(doors, person, about):
    """What a person gets at each address, and how many statements it took; what is drawn anew each time is left out."""
    browser, found = doors.as_(person), {}
    browser.get("/desk/matters/")
    for url in LISTS:
        with CaptureQueriesContext(connection) as asked:
            said = browser.get(url.format(code=about.code, slug=about.slug))
        body = b"".join(said.streaming_content) if said.streaming else said.content
        body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", body)
        found[url] = (said.status_code, body, dict(said.headers), len(asked))
    return found


GROUNDS = {
    "family": lambda doors, two: {"kind": "family", "b": two[1].bero},
    "witness": lambda doors, two: {"kind": "witness", "b": f"matter:{two[1].ident}"},
    "command": lambda doors, two: {"kind": "reports_to", "b": two[1].bero},
    "present": lambda doors, two: {"kind": "present_at", "b": "event:e"},
    "business": lambda doors, two: {"kind": "business", "b": two[1].bero},
}


@pytest.mark.parametrize("ground", GROUNDS)
def test_every_list_is_the_same_with_and_without_a_matter_that_is_barred(doors, two, ground):
    """D01: also where the matter was over when the fact became known, and the person had read all of it."""
    first, second, officer = two
    made = doors.made
    assert second.row.slug in pages(doors, officer, second.row)["/desk/matters/"][1].decode()
    if ground == "present":
        entry = models.Entry.objects.order_by("id").last()
        about = {"ident": "e" * 32, "kind": "concerns", "a": f"matter:{second.ident}", "b": "event:e"}
        write_fact(entry, about | {"since": "2026-04-01", "source": "register"})
    about = {"since": "2020-01-01", "source": "register", **GROUNDS[ground](doors, two)}
    record_fact(made.organisation, officer, at=doors.at, chance=made.chance, **about)
    doors.later(minutes=5)
    with_it = pages(doors, officer, second.row)
    row = second.row
    models.Part.objects.filter(matter=row, person=officer).delete()
    without = pages(doors, officer, row)
    for url, got in with_it.items():
        assert (url, without[url]) == (url, got)
    assert first.row.slug in with_it["/desk/matters/"][1].decode()


def test_a_respondent_elsewhere_finds_no_case_in_the_list(doors, two):
    """D01, D10: whoever is a respondent in an admitted case sees none of the matters in which they sat, also of old ones."""
    _, second, officer = two
    about = Play(doors, about=officer)
    about.do("frame", "case_officer")
    about.do("investigate", "gatekeepers")
    about.do("notify", "case_officer")
    doors.later(minutes=5)
    with_it = pages(doors, officer, second.row)
    models.Part.objects.filter(person=officer, kind="seat").delete()
    without = pages(doors, officer, second.row)
    for url, got in with_it.items():
        assert (url, without[url]) == (url, got)
    assert about.row.slug in with_it["/portal/"][1].decode()
