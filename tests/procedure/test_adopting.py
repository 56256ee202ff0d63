# SPDX-License-Identifier: Apache-2.0
"""A new version of the rulebook: published now, in force on its day, for what begins from then on (I02, I03, I10)."""

from datetime import date, timedelta

import pytest

from evenhand.procedure.adopting import DoesNotHold, NotAdopted, adopt_version
from evenhand.procedure.auditing import audit
from evenhand.rulebook.loading import loads
from evenhand.store import books, models
from evenhand.store.opened import said
from evenhand.store.sealing import seal
from tests.databases import RULES
from tests.procedure.a_case import Case

HEAD = "version: 3, adopted: 2026-03-02, in_force: 2026-04-01, replaces: 2"
DAY = date(2026, 6, 1)


def newer(head: str = "version: 4, adopted: 2026-05-02, in_force: 2026-06-01, replaces: 3") -> str:
    """The same rules under another head."""
    assert HEAD in RULES
    return RULES.replace(HEAD, head)


ALONE = newer().replace(
    "gatekeepers:    {pool: 6,  seats: 2, majority: 2,", "gatekeepers:    {pool: 6,  seats: 1, majority: 1,"
)


@pytest.fixture
def adopt(made):
    """`adopt(text)`, on the first of May unless another day is named."""

    def adopted(text, *, at=None, **more):
        at = at or made.at + timedelta(days=30)
        return adopt_version(made.organisation, text, at=at, chance=made.chance, **more)

    return adopted


def versions() -> list[int]:
    """Every version that is kept."""
    return sorted(models.Rulebook.objects.values_list("version", flat=True))


def test_a_version_is_published_now_and_in_force_on_its_day(made, adopt):
    """I03: nobody could know the rules by which they are judged, or they would bind before anybody could read them."""
    done = adopt(newer())
    row = models.Rulebook.objects.get(version=4)
    assert (4, DAY, made.at + timedelta(days=30)) == (done.version, row.in_force, row.published)
    on = made.at.replace(month=5, day=31)
    assert [3, 4] == [books.in_force(at).version for at in (on, on + timedelta(days=1))]


def test_a_matter_stays_under_the_version_it_began_under(made, adopt):
    """I02, I10: the rules would change under people while they are judged."""
    before = Case(made, at=made.at.replace(month=5, day=31))
    before.lodge()
    assert 1 == adopt(newer(), at=before.later(hours=1).at).open
    after = Case(made, at=made.at.replace(month=6, day=1))
    after.lodge()
    before.at = after.at
    before.do("frame", "case_officer")
    digests = {version: models.Rulebook.objects.get(version=version).digest for version in (3, 4)}
    assert (digests[3], digests[4]) == (before.row.rulebook, after.row.rulebook)


def test_until_its_day_nothing_cites_it(made, adopt):
    """I03: a notice could rest on a rule that is not in force yet."""
    adopt(newer())
    case = Case(made, at=made.at + timedelta(days=31))
    case.lodge()
    case.do("frame", "case_officer")
    assert models.Rulebook.objects.get(version=3).digest == case.row.rulebook
    seal(made.organisation)
    found = audit(made.organisation, at=case.at)
    assert ((), ()) == (tuple(found.unlawful), tuple(found.tables_differ))


def test_the_record_says_what_happens_to_open_matters(made, adopt):
    """I10: no change applies to an open case silently."""
    case = Case(made, at=made.at + timedelta(days=20))
    case.lodge()
    adopt(newer())
    entry = models.Entry.objects.filter(rule="procedure.rulebook_adopted").order_by("-id")[0]
    about = said(entry, made.organisation.keyring)["body.rulebook"]
    assert {"version": 4, "in_force": "2026-06-01", "open": 1, "digest": loads(newer(), "x").digest} == about


@pytest.mark.parametrize(
    ("text", "more", "says"),
    [
        (
            newer("version: 3, adopted: 2026-05-02, in_force: 2026-06-01"),
            {},
            "version 3 was adopted already; number it 4",
        ),
        (
            newer("version: 2, adopted: 2026-05-02, in_force: 2026-06-01"),
            {},
            "version 3 was adopted already; number it 4",
        ),
        (newer().replace("id: harbour,", "id: lantern,"), {}, "the rulebook here is 'harbour': it is another's"),
        (newer("version: 4, adopted: 2026-03-02, in_force: 2026-04-30"), {}, "which is past: no rule binds backwards"),
        (newer(), {"in_force": date(2026, 7, 1)}, "change the one or leave the other out"),
        (newer(), {"despite": {"C5": "why"}}, "The check C5 holds, so no reason is needed"),
    ],
)
def test_what_may_not_be_adopted_is_told_and_nothing_is_entered(adopt, text, more, says):
    """I02, I03: somebody else's rules, last year's rules, or rules for yesterday would decide from then on."""
    before = models.Entry.objects.count()
    with pytest.raises(NotAdopted, match=says):
        adopt(text, **more)
    assert (before, [3]) == (models.Entry.objects.count(), versions())


def test_rules_that_fail_a_check_need_a_reason_for_each(made, adopt):
    """A version in which one person buries a complaint would come in like any other."""
    with pytest.raises(DoesNotHold) as stopped:
        adopt(ALONE)
    failing = sorted({one.id for one in stopped.value.failing})
    assert [3] == versions()
    with pytest.raises(NotAdopted, match="no reason is given"):
        adopt(ALONE, despite=dict.fromkeys(failing, " "))
    adopt(ALONE, despite=dict.fromkeys(failing, "The meeting decided so on 2 May."))
    fields = said(
        models.Entry.objects.filter(rule="procedure.rulebook_adopted").order_by("-id")[0], made.organisation.keyring
    )
    assert failing == fields["body.rulebook"]["despite"]
    assert f"{failing[0]}: The meeting decided so on 2 May." in fields["text.despite"]


def test_a_version_whose_turn_would_pass_is_refused(adopt):
    """The older of two would take over again on its day."""
    adopt(newer("version: 4, adopted: 2026-05-02, in_force: 2026-09-01"))
    with pytest.raises(NotAdopted, match="Version 4 comes into force on 2026-09-01 and would undo this one"):
        adopt(newer("version: 5, adopted: 2026-05-02, in_force: 2026-07-01"))
