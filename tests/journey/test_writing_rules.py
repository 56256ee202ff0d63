# SPDX-License-Identifier: Apache-2.0
"""The rules at the desk: written, checked with line numbers, compared, kept as a draft, published by two (I01, I03, I04)."""

import re
from datetime import timedelta
from html import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evenhand.procedure.auditing import audit
from evenhand.procedure.proposing_rules import proposals
from evenhand.store import books, models
from tests.procedure.test_adopting import ALONE, newer

NEW, RULE_PAGE = "/desk/rules/new/", "/desk/rules/"
VOTE = "The members, on 1 April 2026, 61 to 12"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{next_}: &{next_} [{', '.join(['*' + last] * 9)}]\n" for last, next_ in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.fixture
def two(doors):
    """Two people of the office that publishes rules."""
    return [doors.as_(person) for person in doors.people["reviewers"][:2]]


def send(browser, do="check", text="", **more):
    """Sends the form of the page."""
    return browser.post(NEW, {"do": do, "text": text or newer(), "key": "k", **more})


def words(said) -> str:
    """What a page says, on one line."""
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", said.content.decode()))
    return page.replace("&quot;", '"').replace("&#x27;", "'")


def test_two_people_change_the_rules_in_a_browser(doors, two):
    """I01, I09: only who has a shell on the server could change the rules, alone and without a word on who decided it."""
    text = newer().replace("threaten or demean", "threaten, mock or demean")
    assert "Write a new version" in words(two[0].get(RULE_PAGE))
    assert "abuse, threaten or demean" in two[0].get(NEW).content.decode()
    said = send(two[0], "propose", text, decided=VOTE)
    assert (302, 1) == (said.status_code, len(proposals(doors.made.organisation)))
    url = said.headers["Location"]
    assert (True, False) == ("Take it back" in words(two[0].get(url)), b'value="publish"' in two[0].get(url).content)
    page = words(two[1].get(url))
    assert [True] * 4 == [
        one in page for one in (VOTE, "Clauses of the code", "mock or demean", "Version 4 waits for a second person")
    ]
    assert 422 == two[0].post(url, {"do": "publish"}).status_code
    assert 302 == two[1].post(url, {"do": "publish"}).status_code
    assert "Version 4 was published" in words(two[1].get(url))
    assert 4 == books.in_force(doors.at + timedelta(days=70)).version
    assert audit(doors.made.organisation, at=doors.at).holds


def test_the_check_names_the_line_and_what_differs(two):
    """I04: whoever writes rules would learn what is wrong from whoever runs the server."""
    lines = newer().split("\n")
    at = next(number for number, line in enumerate(lines, 1) if line.startswith("code:"))
    lines[at - 1] = "cod:"
    page = words(send(two[0], text="\n".join(lines)))
    assert (True, False) == (f"It does not load: line {at}" in page, "differs from version" in page)
    said = send(two[0], text=ALONE)
    assert (200, True, True) == (
        said.status_code, "do not hold" in words(said) or "does not hold" in words(said), "gatekeepers, seats" in words(said),
    )  # fmt: skip
    assert re.search(r'href="#line-(\d+)"', said.content.decode())
    assert re.search(r"It loads, and all \d+ checks hold", words(send(two[0])))
    assert [] == list(models.Entry.objects.filter(rule="procedure.rules_proposed"))


def test_a_draft_is_kept_for_its_author_alone_and_sealed(doors, two):
    """An afternoon's work would be lost with a closed window, or read by others before it is a proposal."""
    send(two[0], "keep", newer() + "# half a thought\n", decided="Not yet.")
    assert [True, True] == [one in two[0].get(NEW).content.decode() for one in ("# half a thought", "Not yet.")]
    assert "half a thought" not in two[1].get(NEW).content.decode()
    (file,) = (doors.made.organisation.folder / "drafts").iterdir()
    assert (False, 0o600) == (b"half a thought" in file.read_bytes(), file.stat().st_mode & 0o777)
    file.write_bytes(b"altered")
    assert 200 == two[0].get(NEW).status_code
    send(two[0], "keep", newer() + "# half a thought\n")
    assert 302 == send(two[0], "throw_away").status_code
    assert [] == list((doors.made.organisation.folder / "drafts").iterdir())


@pytest.mark.parametrize("made", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n" * 260_000,  # more than a megabyte
        BOMB,
        "rulebook: &one\n  *one\n",
        "rulebook: {id: har\x1bbour}\n",
        "rulebook: \u202eruobrah\n",
        "rulebook: !!python/object/apply:os.system ['true']\n",
        "[" * 5_000,
        "\ttabs: yes\n",
        "\ud800",
        "   \n",
        "<script>alert(1)</script>",
    ],
)
def test_hostile_text_ends_in_a_sentence_and_is_kept(two, text):
    """A text that brings the page down could not be mended in it."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    said = send(two[0], text=text)
    assert (200, True) == (said.status_code, "It does not load: line" in words(said))
    kept = two[0].get(NEW).content.decode()
    assert (True, False) == (escape(text.strip()[:6]) in kept, "<script>alert" in kept)
    refused = send(two[0], "propose", text, decided=VOTE)
    assert (422, True) == (refused.status_code, "What you wrote is kept" in words(refused))


@pytest.mark.parametrize("made", ["sqlite"], indirect=True)
def test_a_file_takes_the_place_of_the_text_unless_it_cannot_be_read(two):
    """Whoever writes the rules in an editor would have to paste 1,200 lines, or lose what stands there to a wrong file."""
    file = SimpleUploadedFile("rules.yaml", newer().replace("threaten or", "threaten, mock or").encode())
    assert "mock or demean" in words(send(two[0], text="old", file=file))
    for data, says in ((b"\xff\xfe\x00", "not UTF-8"), (b"x" * 5_000_000, "larger than a megabyte")):
        said = send(two[0], text="# still here", file=SimpleUploadedFile("rules.yaml", data))
        assert (422, True, True) == (said.status_code, says in words(said), "# still here" in said.content.decode())
    said = send(two[0], file=SimpleUploadedFile("x", b"rulebook: a\x00b"))
    assert (200, True) == (said.status_code, "It does not load: line 1" in words(said))


@pytest.mark.parametrize("made", ["sqlite"], indirect=True)
def test_what_stands_in_the_way_is_told_at_its_field(two):
    """I03: a day that is past, no word on who decided it, or a check without a reason would be found by the second person."""
    for more, says in (
        ({"decided": "Us."}, "by which vote"),
        ({"decided": VOTE, "text": newer("version: 4, adopted: 2026-03-02, in_force: 2026-04-02")}, "binds backwards"),
        ({"decided": VOTE, "text": ALONE}, "These checks do not hold"),
        ({"decided": VOTE, "text": newer("version: 3, adopted: 2026-05-02, in_force: 2026-06-01")}, "number it 4"),
        ({"decided": VOTE, "in_force.day": "31", "in_force.month": "2", "in_force.year": "2026"}, "day"),
    ):
        said = send(two[0], "propose", **more)
        assert (422, True) == (said.status_code, says in words(said)), (more.get("decided"), says)


@pytest.mark.parametrize("made", ["sqlite"], indirect=True)
def test_nobody_else_finds_the_pages(doors, two):
    """L07: a draft, or who laid it before the others, is nobody's who does not publish rules."""
    url = send(two[0], "propose", newer(), decided=VOTE).headers["Location"]
    for person in (doors.people["members"][0], doors.people["case_officer"][0]):
        browser = doors.as_(person)
        assert [404, 404, 404] == [
            browser.get(NEW).status_code,
            browser.get(url).status_code,
            send(browser).status_code,
        ]
        assert "Write a new version" not in words(browser.get(RULE_PAGE))
    assert 404 == two[1].get("/desk/rules/proposed/none/").status_code
