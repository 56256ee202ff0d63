# SPDX-License-Identifier: Apache-2.0
"""What an export does not open is listed and never taken for checked, and an erasure excuses what it took and no more."""

import json

import pytest

from tests.verifier.matters import Story
from tests.verifier.test_acts import SMALL
from tests.verifier.writing import b64url, jcs, noise, sha


@pytest.fixture
def withheld(verify, signer, tmp_path):
    """`withheld(story, "by")`: verify an export in which no entry opens these fields; numbers leave whole lines out."""

    def run(story, *what):
        folder = story.export(tmp_path / "x", signer)
        lines = []
        for line in (folder / "disclosures.jsonl").read_bytes().splitlines():
            value = json.loads(line)
            names = list(story.fields[value["index"] - 1])
            kept = [text for name, text in zip(names, value["disclosures"], strict=True) if name not in what]
            if value["index"] not in what and kept:
                lines.append(jcs({**value, "disclosures": kept}) + b"\n")
        (folder / "disclosures.jsonl").write_bytes(b"".join(lines))
        return verify(folder)

    return run


def erasing(story, index, fields, at="2026-04-03T09:00:00Z"):
    """An erasure of these fields of an entry, approved by two."""
    texts = dict(zip(story.fields[index - 1], story.disclosures(index), strict=True))
    digests = [b64url(sha(texts[name].encode())) for name in fields]
    body = {"basis": "She asked for it.", "digests": digests, "approved": [noise(n).hex()[:32] for n in "ab"]}
    story.does("officer", "erase", at, type="erasure.performed", body={"erasure": body})
    return story


@pytest.mark.parametrize("name", ["by", "day", "as", "rule", "at"])
def test_a_field_that_every_act_has_and_that_is_not_opened_is_listed(withheld, story, name):
    """Who did it, in which role and when could be kept back without anybody noticing."""
    assert f"{name}, which is not opened in 1 of the entries" in withheld(story, name).not_checked


def test_what_an_act_carries_is_listed_where_it_is_not_opened(withheld):
    """The letter that was sent and the reasons that were given could be kept back."""
    story = Story(SMALL, "motion").does("officer", "post", "2026-04-01T10:00:00Z")
    assert "something of what its act carries, which is not opened in 1" in withheld(story, "body.notice").not_checked
    assert "what its act carries" not in withheld(story).not_checked


def test_how_the_letters_of_a_clock_went_is_nobodys_choice_and_lacks_nowhere(withheld):
    """An auditor who opens everything would read that something was kept from them."""
    told = json.loads(SMALL)
    next(act for act in told["books"]["motion"]["acts"] if act["id"] == "close")["carries"] = ["notice"]
    story = Story(json.dumps(told, sort_keys=True, separators=(",", ":")).encode(), "motion")
    story.does("member", "move", "2026-04-01T10:00:00Z")
    story.clock("remind", "2026-04-10T23:59:00Z", "2026-04-10").clock("close", "2026-04-10T23:59:00Z", "2026-04-10")
    assert "what its act carries" not in withheld(story, "body.notice").not_checked


def test_what_a_correction_corrects_is_listed_where_it_is_not_opened(withheld, story):
    """A correction of nothing in particular would pass for one."""
    story.does("officer", "note", "2026-04-02T09:00:00Z", type="correction", refs=["0" * 64])
    assert "refs, which is not opened in 1 of the entries" in withheld(story, "refs").not_checked


def test_clocks_of_a_matter_that_is_over_are_listed_where_they_were_not_checked(withheld):
    """A clock that acted early in a finished case could be hidden by withholding one field."""
    story = Story(SMALL, "motion").does("officer", "post", "2026-04-01T10:00:00Z")
    story.does("member", "carry", "2026-04-01T12:00:00Z")
    said = withheld(story, "body.notice")
    assert f"matter {story.matter}: its clocks were not checked" in said.not_checked


def test_an_erasure_that_is_not_opened_is_not_said_to_hold(withheld, story):
    """That something can no longer be read would be claimed of what nobody looked at."""
    said = withheld(erasing(story, 1, ["by"]), "body.erasure", "by")
    assert "called erased" not in said.out
    assert "erasures that are recorded" not in said.out
    assert "body.erasure, which is not opened in 1" in said.not_checked


def test_an_entry_that_lost_something_to_an_erasure_may_be_missing(withheld, story):
    """A lawful erasure would be called a gap."""
    story.does("complainant", "flag_danger", "2026-04-01T11:00:00Z")
    said = withheld(erasing(story, 2, list(story.fields[1])), 2)
    assert (True, False) == ("may be entries that lost all" in said.not_checked, "is missing" in said.findings)


def test_an_erasure_does_not_excuse_other_numbers(withheld, story):
    """One erased name would let a keeper withhold any act of the matter."""
    story.does("complainant", "flag_danger", "2026-04-01T11:00:00Z")
    story.does("complainant", "flag_danger", "2026-04-01T12:00:00Z")
    said = withheld(erasing(story, 2, list(story.fields[1])), 2, 3)
    assert (1, True) == (said.code, "its number 2 to 3 is missing" in said.findings)


def test_that_whole_matters_may_be_closed_is_said(withheld, story):
    """An auditor would think that everything was opened."""
    story.does("complainant", "lodge", "2026-04-01T11:00:00Z", matter=noise("other").hex()[:32])
    assert "whole matters may be among them" in withheld(story, 2).not_checked
