# SPDX-License-Identifier: Apache-2.0
"""The report stands alone: one file, the same for the same findings, no script, no request, nothing left out."""

import re
from pathlib import Path

import pytest

from evenhand.examine.report import report, write_report
from evenhand.monitor.banned import banned_in

PARTS = [
    "population",
    "rules",
    "clocks",
    "own-cause",
    "overridden",
    "like-cases",
    "equal-treatment",
    "balance",
    "check",
]
SETS = ["full", "nothing_known", "no_case", "one_case", "large", "hostile"]
LAST_WORDS = "An unaltered record does not mean that a decision was right, or that every complaint was entered."


@pytest.fixture(params=SETS)
def page(request, invented, read_page):
    """The report of every set of invented findings, taken apart."""
    found = getattr(invented, request.param)()
    return read_page(report(found, frozenset(table["name"] for table in found["tables"])))


def test_equal_findings_give_equal_bytes(invented, tmp_path: Path):
    """Nobody could check a report by making it again."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_report(tmp_path / name, invented.full())
    assert (tmp_path / "a/report.html").read_bytes() == (tmp_path / "b/report.html").read_bytes()


def test_every_part_stands_on_every_page(page):
    """A part without findings would be missing, and nobody would ask why."""
    sections = [given["id"] for given in page.all("section", class_="part")]
    assert PARTS == sections


def test_contents_lead_to_every_part_with_what_it_found(page):
    """On a long page the parts would be found by scrolling only."""
    assert PARTS == [href.removeprefix("#") for href in page.links("#")[1:10]]
    assert set(PARTS) <= {href.removeprefix("#") for href in page.links("#")[10:]}


def test_every_page_is_well_formed(page):
    """A browser would guess, and each browser differently."""
    assert ([], []) == (page.crossed, page.open)


def test_every_id_is_there_once_and_every_reference_leads_to_one(page):
    """A screen reader would read the name of another table."""
    ids = [given["id"] for _, given in page.elements if "id" in given]
    assert len(ids) == len(set(ids))
    named = [
        given[key] for _, given in page.elements for key in ("aria-labelledby", "aria-describedby") if key in given
    ]
    assert {one for several in named for one in several.split()} <= set(ids)
    assert {href.removeprefix("#") for href in page.links("#")} <= set(ids)


def test_no_page_runs_or_fetches_anything(page):
    """A report handed to an inquiry could call home, or change while it is read."""
    assert set() == {tag for tag, _ in page.elements} & {"script", "img", "iframe", "object", "embed", "form", "base"}
    for tag, given in page.elements:
        assert not [key for key in given if key.startswith("on") or key in ("style", "src", "srcset", "action")], tag
    (icon,) = page.all("link")
    assert icon["href"].startswith("data:image/svg+xml,")
    assert all(href.startswith(("#", "tables/")) for href in page.links(""))


def test_the_policy_forbids_scripts_and_allows_only_this_stylesheet(page):
    """A mistake in escaping would run."""
    (policy,) = page.all("meta", http_equiv="Content-Security-Policy")
    styles, others = r"style-src 'sha256-[A-Za-z0-9+/]{43}='", "img-src data:; base-uri 'none'; form-action 'none'"
    assert re.fullmatch(f"default-src 'none'; {styles}; {others}", policy["content"])


def test_the_stylesheet_asks_for_nothing():
    """One font or picture from elsewhere would tell a stranger who reads the report, and when."""
    sheets = (Path(__file__).parents[2] / "src/evenhand/examine/looks").glob("*.css")
    assert [] == [found for sheet in sheets for found in re.findall(r"url\(|@import|https?:", sheet.read_text("utf-8"))]


def test_the_head_says_what_was_examined_by_which_rules(invented, read_page):
    """A report could be laid beside files and rules it was not made from."""
    text = read_page(report(invented.full())).text
    for told in (
        "The case history of Harbour Federation, as it stood on 31 October 2026.",
        "complaints.csv 4f1965049536…",
        "mapping.toml 4f1965049536…",
        "Rules of the Harbour Federation, version 2",
        invented.HASH,
    ):
        assert told in text


def test_the_last_words_are_that_a_record_is_not_a_right_decision(page):
    """Whoever reads to the end would take an unaltered file for a right decision (M26)."""
    assert page.text.index(LAST_WORDS) > page.text.index("What this report cannot show")


def test_links_lead_only_to_tables_that_lie_beside_the_page(invented, read_page, tmp_path: Path):
    """A count would open nothing."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "unlawful_cases.parquet").touch()
    write_report(tmp_path, invented.full())
    links = read_page((tmp_path / "report.html").read_text("utf-8")).links("tables/")
    assert {"tables/unlawful_cases.parquet"} == set(links)


def test_a_count_opens_its_rows(invented):
    """Each count would have to be believed."""
    text = report(invented.full(), frozenset({"clock_notice-sent_late", "requirement_heard_broken", "own_case_open"}))
    assert '<a href="tables/clock_notice-sent_late.parquet">63</a>' in text
    assert '<a href="tables/requirement_heard_broken.parquet">5</a>' in text
    assert '<a href="tables/own_case_open.parquet">59</a>' in text


def test_a_count_of_one_version_opens_the_rows_of_that_version(invented):
    """Where rules changed, both counts would open the rows of the first."""
    clock = invented.FULL["clocks"][0]
    tables = [
        {"name": f"clock_{name}", "rows": rows, "says": "", "opens": ["clocks.notice-sent.late"]}
        for name, rows in (("old", 12), ("new", 63))
    ]
    text = report(invented.of(clocks=[clock], tables=tables), frozenset({"clock_old", "clock_new"}))
    assert '<a href="tables/clock_new.parquet">63</a>' in text


def test_what_is_null_says_why(invented, read_page):
    """A gap would read as nothing found."""
    found = invented.nothing_known()
    text = read_page(report(found)).text
    for part in ("rules", "clocks", "overridden", "like_cases", "equal_treatment", "balance", "own_cause"):
        assert found["why"][part] in text


def test_a_large_history_gives_a_page_of_bearable_size(invented):
    """60 limits over 40 years would give a page that no phone opens."""
    assert 1_000_000 > len(report(invented.large()).encode())


@pytest.mark.parametrize("name", ["full", "nothing_known", "no_case", "one_case"])
def test_no_page_uses_a_banned_word(invented, read_page, name):
    """What the templates avoid would be said by the page around them."""
    assert [] == banned_in(read_page(report(getattr(invented, name)())).text)
