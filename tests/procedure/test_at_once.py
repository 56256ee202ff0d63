# SPDX-License-Identifier: Apache-2.0
"""Several people act at the same moment: each act is done once, or its author is told what to do (H06, L01)."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from evenhand.procedure.asking import Asked, Changed
from evenhand.procedure.at_once import once_more
from evenhand.procedure.auditing import audit
from evenhand.procedure.authority import locked
from evenhand.procedure.opening import Party, lodge
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import perform
from evenhand.procedure.voting import propose, vote
from evenhand.store import models
from evenhand.store.sealing import Unsealed, seal
from tests.procedure.a_case import Case, to_the_hearing


def together(*doing):
    """What came of each, done at the same moment in threads of their own: what it gave, or its error."""
    came, start = {}, Barrier(len(doing))

    def one(number, does):
        start.wait(10)
        try:
            came[number] = does()
        except Exception as error:
            came[number] = error
        finally:
            connection.close()

    threads = [Thread(target=one, args=pair, daemon=True) for pair in enumerate(doing)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return [came[number] for number in range(len(doing))]


def holds(made, at):
    """Whether the audit finds nothing."""
    seal(made.organisation)
    return audit(made.organisation, at=at).holds


def test_a_complaint_that_is_sent_twice_at_once_is_one(made):
    """Whoever presses the button twice would have two cases, or an error in place of one."""
    case = Case(made)
    carries = case._carries("lodge", {})
    asked = Asked(act="lodge", by="complainant", person=case.complainant, carries=carries, key="one form")
    parties = [Party(role="respondent", person=case.respondent)]
    given = {"at": case.at, "chance": made.chance, "parties": parties}
    came = together(*[lambda: lodge(made.organisation, asked, **given)] * 3)
    assert 1 == models.Matter.objects.filter(book="discipline").count()
    assert [False, True, True] == sorted(one.again for one in came)
    assert holds(made, case.at)


def test_an_act_that_is_sent_twice_at_once_is_done_once(made):
    """A statement would stand in the record twice."""
    case = to_the_hearing(Case(made))
    before = case.row.n
    asked = Asked(
        act="speak", by="respondent", person=case.respondent, matter=case.ident, key="one form",
        carries={"statement": "I was at sea."},
    )  # fmt: skip
    came = together(*[lambda: perform(made.organisation, asked, at=case.at, chance=made.chance)] * 3)
    assert [False, True, True] == sorted(one.again for one in came)
    assert ["discipline.speak"] == case.rules()[before:]


def test_members_who_vote_at_once_decide_once(made):
    """The same sanction would be imposed by each of them."""
    case = to_the_hearing(Case(made))
    seats = case.seats("panel")
    asked = Asked(
        act="sanction", by="panel", person=seats[0].person, matter=case.ident, carries=case._carries("sanction", {})
    )
    propose(made.organisation, asked, at=case.later(minutes=5).at, chance=made.chance, sealing=False)
    ident = models.Proposal.objects.get(matter_id=case.ident, status="open").ident
    at = case.later(minutes=5).at
    voting = [
        lambda seat=seat: vote(made.organisation, ident, seat.person, "for", at=at, chance=made.chance)
        for seat in seats[1:]
    ]
    together(*voting)
    assert (1, "decided") == (case.rules().count("discipline.sanction"), case.row.stage)
    assert holds(made, case.at)


def test_two_who_wait_for_each_other_both_get_through(made):
    """Each holds the matter that the other needs; the database ends it by undoing one of the two."""
    cases = [Case(made), Case(made)]
    for case in cases:
        case.lodge()
    both, tries = Barrier(2), []

    @once_more
    @transaction.atomic
    def marks(first, second):
        tries.append(first)
        pen = Pen(made.organisation, cases[0].at, made.chance)
        locked(first.ident)
        pen.note(first.ident, "matter_marked", {})
        with suppress(BrokenBarrierError):
            both.wait(2)  # on SQLite the second waits for the first to end
        locked(second.ident)
        pen.note(second.ident, "matter_marked", {})
        return True

    assert [True, True] == together(lambda: marks(*cases), lambda: marks(*reversed(cases)))
    assert (3 if made.kind == "postgres" else 2) == len(tries)
    assert [2, 2] == [case.rules().count("procedure.matter_marked") for case in cases]
    assert holds(made, cases[0].at)


class Collides:
    """Fails so many times as a database does, then gives its answer."""

    def __init__(self, times, error, code=""):
        self.left, self.error, self.code, self.tries = times, error, code, 0

    def __call__(self):
        """Once more."""
        self.tries += 1
        if self.left:
            self.left -= 1
            cause = Exception()
            cause.sqlstate = self.code
            raise self.error from cause
        return "done"


DEADLOCK = OperationalError("deadlock detected")


@pytest.mark.parametrize(
    ("error", "code"),
    [(DEADLOCK, "40P01"), (IntegrityError("taken"), "23505"), (OperationalError("database is locked"), ""),
     (IntegrityError("UNIQUE constraint failed: store_entry.matter, store_entry.n"), "")],
)  # fmt: skip
def test_what_was_undone_twice_is_told(error, code):
    """Whoever is told of a deadlock does not know what to do."""
    once, twice = Collides(1, error, code), Collides(2, error, code)
    assert ("done", 2) == (once_more(once)(), once.tries)
    with pytest.raises(Changed, match="See what changed, and send it again"):
        once_more(twice)()
    assert 2 == twice.tries


@pytest.mark.parametrize("error", [IntegrityError("FOREIGN KEY constraint failed"), OperationalError("disk full")])
def test_what_went_wrong_otherwise_is_not_tried_again(error):
    """A fault would be hidden behind somebody who never acted."""
    wrong = Collides(1, error)
    with pytest.raises(type(error), match=str(error)):
        once_more(wrong)()
    assert 1 == wrong.tries


def test_what_is_committed_is_not_done_again_when_it_cannot_be_sealed(made, monkeypatch):
    """The act is kept; a second try would enter it twice."""
    case = to_the_hearing(Case(made))
    carries = {"statement": "I was at sea."}
    asked = Asked(act="speak", by="respondent", person=case.respondent, matter=case.ident, carries=carries)

    def busy(fill):
        raise OperationalError("database is locked")

    monkeypatch.setattr("evenhand.store.sealing._number", busy)
    with pytest.raises(Unsealed, match="is kept and waits to be sealed"):
        perform(made.organisation, asked, at=case.at, chance=made.chance)
    assert 1 == case.rules().count("discipline.speak")
