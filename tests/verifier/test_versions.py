# SPDX-License-Identifier: Apache-2.0
"""Each entry cites a version that was adopted and in force, and has the day of its calendar (record-format, 3; I03)."""

import json

import pytest

from tests.verifier.matters import Story
from tests.verifier.test_acts import SMALL
from tests.verifier.writing import noise, sha

FILE = noise("the file of the club").hex()[:32]


def version(number, in_force, zone="UTC"):
    """The text of a version of the rulebook."""
    said = {**json.loads(SMALL), "rulebook": {"id": "small", "version": number, "in_force": in_force}}
    said["calendar"] = {**said["calendar"], "zone": zone}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


OLD, NEW, OTHER = version(1, "2026-01-01"), version(2, "2026-04-10"), version(3, "2026-01-01", "Asia/Tokyo")


class Club(Story):
    """A club that has adopted the old version in its genesis, and enters things under one or the other."""

    def __init__(self) -> None:
        super().__init__(OLD, "motion")
        self.texts = [OLD, NEW]
        self.adopts(OLD, "2026-01-01T10:00:00Z")

    def adopts(self, text, at, under=None):
        """A version is adopted, by an entry that cites it unless another was in force still."""
        about = {"digest": "sha256:" + sha(text).hex(), "version": json.loads(text)["rulebook"]["version"]}
        return self.cites(under or text, at, "rulebook_adopted", matter=FILE, body={"rulebook": about})

    def cites(self, text, at, name="content_read", **more):
        """An entry of the type procedure under this version."""
        self.does("member", "", at, type="procedure", rule=f"procedure.{name}", **more)
        self.versions[len(self.fields)] = sha(text).hex()
        return self

    def clock_does(self, text, act, at):
        """What the clock did, entered under this version."""
        self.clock(act, at, at[:10])
        self.versions[len(self.fields)] = sha(text).hex()
        return self

    def export(self, folder, signer, **more):
        """With every version in it, and a genesis that names the first."""
        more = {"genesis": {"rulebook": "sha256:" + sha(OLD).hex()}, **more}
        super().export(folder, signer, **more)
        for text in self.texts:
            (folder / "rulebooks" / f"{sha(text).hex()}.json").write_bytes(text)
        return folder


@pytest.fixture
def checked(verify, tmp_path, signer):
    """`checked(story)`: export it and verify."""
    return lambda story, **more: verify(story.export(tmp_path / f"x{len(list(tmp_path.iterdir()))}", signer, **more))


def test_entries_under_what_was_in_force_hold(checked):
    """An organisation that changes its rules would be accused of it."""
    story = Club().adopts(NEW, "2026-04-02T10:00:00Z", OLD).cites(OLD, "2026-04-09T23:00:00Z")
    said = checked(story.cites(NEW, "2026-04-10T00:00:00Z"))
    assert (0, []) == (said.code, said.rules), said.out
    assert any(
        "the version of the rulebook that was in force, as adopted here: 4" in one for one in said.report["checked"]
    )


IN_FORCE = "rulebook/in_force"


def test_a_version_before_its_day_is_found(checked):
    """A matter could be judged by rules that nobody had to know yet."""
    said = checked(Club().adopts(NEW, "2026-04-02T10:00:00Z", OLD).cites(NEW, "2026-04-09T23:00:00Z"))
    assert [(3, IN_FORCE)] == said.rules


def test_a_version_after_its_time_is_found(checked):
    """A rule that was repealed could be used again when it suits."""
    story = Club().cites(OLD, "2026-04-02T10:00:00Z", matter=FILE, name="founded")
    story.adopts(NEW, "2026-04-10T10:00:00Z").cites(OLD, "2026-04-11T09:00:00Z")
    assert [(4, IN_FORCE)] == checked(story).rules


def test_a_version_that_was_never_adopted_is_found(checked):
    """Somebody could write rules for one case."""
    said = checked(Club().cites(NEW, "2026-04-11T09:00:00Z").cites(NEW, "2026-04-11T09:00:00Z"))
    assert ([(2, IN_FORCE)], True) == (said.rules, "was never adopted by then" in said.findings)


def test_an_adoption_that_is_not_opened_is_told_as_not_checked(checked):
    """A party, who cannot read the file of the organisation, would be told that its rules were never adopted."""
    story = Club().adopts(NEW, "2026-04-10T10:00:00Z").cites(NEW, "2026-04-11T09:00:00Z")
    del story.fields[1]["body.rulebook"]
    said = checked(story)
    assert (0, True) == (said.code, "its adoption is not opened" in said.not_checked), said.out


def test_a_lapse_that_was_entered_late_may_cite_what_came_after_it(checked):
    """What the clock did while nobody looked would be an accusation, over a change of rules."""
    story = Club().does("member", "move", "2026-04-01T10:00:00Z").adopts(NEW, "2026-04-10T10:00:00Z")
    story.clock_does(NEW, "missed.answer", "2026-04-04T23:59:00Z")
    assert [] == checked(story).rules


@pytest.mark.parametrize(("at", "day", "holds"), [
    ("2026-04-01T14:59:00Z", "2026-04-01", True),
    ("2026-04-01T15:00:00Z", "2026-04-02", True),
    ("2026-04-01T15:00:00Z", "2026-04-01", False),
])  # fmt: skip
def test_the_day_of_what_no_book_orders_is_that_of_its_calendar(checked, at, day, holds):
    """At half past eleven somebody could win a day (H05)."""
    story = Club()
    story.texts.append(OTHER)
    story.adopts(OTHER, "2026-01-02T10:00:00Z").cites(OTHER, at, day=day)
    assert ([] if holds else [(3, "calendar/zone")]) == checked(story).rules


def opens(text, **more):
    """What the first act of a matter says of it."""
    return {"opens": {"kind": "motion", "book": "motion", "rulebook": "sha256:" + sha(text).hex(), **more}}


def reopening(text, **more):
    """A matter that was opened under the new version, and says under which it runs."""
    story = Club().adopts(NEW, "2026-04-10T10:00:00Z")
    story.does("member", "move", "2026-04-11T09:00:00Z", body=opens(text, **more))
    story.versions[len(story.fields)] = sha(NEW).hex()
    return story


def test_a_matter_that_names_an_older_one_runs_under_the_rules_that_gave_the_way(checked):
    """G05: a reopening follows the rules of the decision, and would otherwise look like a forgery."""
    said = checked(reopening(OLD, names="a" * 32))
    assert [] == said.rules, said.out


def test_a_matter_that_names_none_runs_under_what_it_cites(checked):
    """Somebody could choose the rules of last year for one case."""
    assert [(3, IN_FORCE)] == checked(reopening(OLD)).rules


def test_a_matter_runs_under_no_rules_that_were_never_adopted(checked):
    """Somebody could write rules for one reopening."""
    story = reopening(OTHER, names="a" * 32)
    story.texts.append(OTHER)
    assert [(3, IN_FORCE)] == checked(story).rules
