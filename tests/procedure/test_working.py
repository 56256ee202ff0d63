# SPDX-License-Identifier: Apache-2.0
"""What the worker does while nobody looks, and what it does not say."""

from datetime import timedelta
from itertools import pairwise

from evenhand.procedure.auditing import audit
from evenhand.procedure.working import work
from evenhand.record.files.shelf import Shelf
from evenhand.store import models
from tests.procedure.a_case import Case


def worked(case):
    """One round at the case's instant."""
    return work(case.made.organisation, at=case.at, chance=case.made.chance)


def test_mail_says_no_more_than_that_there_is_something(made):
    """By mail nobody learns who complained, of whom or of what; the letter itself lies in the portal."""
    case = Case(made)
    case.lodge()
    worked(case)
    texts = [path.read_text("utf-8") for path in made.organisation.outgoing.iterdir()]
    assert any("ada@harbour.example" in text for text in texts)
    assert not any("quay" in text or "Bero" in text or "complaint" in text for text in texts)


def test_a_letter_goes_out_once(made):
    """A worker that was killed may run again."""
    case = Case(made)
    case.lodge()
    first, again = worked(case), worked(case)
    assert (True, 0) == (first.letters > 0, again.letters)


def test_a_mail_server_that_does_not_answer_is_tried_again(made):
    """Nothing is lost, and what went wrong can be read."""
    settings = made.organisation.folder / "evenhand.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[mail]\nhost = "127.0.0.1"\nport = 9\n', "utf-8")
    case = Case(made)
    case.made.organisation = type(made.organisation).open(made.organisation.folder)
    case.lodge()
    assert worked(case).failed > 0
    waiting = models.Outbox.objects.filter(done=None, tries=1).first()
    assert waiting.due > case.at
    assert "did not take the letter" in waiting.trouble


def test_a_seat_whose_holder_does_not_declare_passes_on(made):
    """D02: silence neither gives access nor holds the matter up."""
    case = Case(made)
    case.lodge()
    first = models.Part.objects.get(matter_id=case.ident, role="case_officer")
    case.later(days=4)
    assert worked(case).seats > 0
    assert first.person != models.Part.objects.get(matter_id=case.ident, role="case_officer", status="called").person


def test_a_complaint_that_comes_while_the_public_copy_moves_waits_for_the_next_seal(made, monkeypatch):
    """Padding that stood in the log alone would part it from the database for ever, and every later complaint would fail."""
    from evenhand.procedure import publishing

    case, seal = Case(made), publishing.seal

    def meanwhile(organisation, **more):
        if more:
            Case(made).lodge()
        return seal(organisation, **more)

    monkeypatch.setattr(publishing, "seal", meanwhile)
    assert worked(case).published
    log = Shelf(made.organisation.log)
    size = log.checkpoint().size
    theirs = [log.entry(place, size) for place in range(1, size)]
    ours = models.Entry.objects.exclude(position=None).order_by("position").values_list("data", flat=True)
    assert [bytes(data) for data in ours] == theirs
    assert [] == audit(made.organisation, at=case.at).record


def test_the_public_copy_moves_daily_by_a_multiple(made):
    """Its growth does not tell on which day something was done."""
    case = Case(made)
    public = Shelf(made.organisation.folder / "public")
    sizes = []
    for _ in range(3):
        assert worked(case.later(days=1)).published
        sizes.append(public.checkpoint().size)
    assert [size % 16 for size in sizes] == [0, 0, 0]
    assert [16, 16] == [late - early for early, late in pairwise(sizes)]
    assert not worked(case.later(minutes=5)).published


def test_the_record_holds_after_padding(made):
    """What was filled up stands in the database and the log in one order."""
    case = Case(made)
    case.lodge()
    worked(case.later(days=1))
    seen = audit(made.organisation, at=case.at)
    assert seen.holds, seen.as_data()


def test_two_rounds_at_the_same_instant_lapse_once(made):
    """Nobody is told twice that a limit was missed."""
    case = Case(made)
    case.lodge()
    case.later(days=30)
    assert worked(case).lapses > 0
    assert 0 == worked(case).lapses
    assert timedelta(0) < case.at - models.Matter.objects.get(ident=case.ident).opened
