# SPDX-License-Identifier: Apache-2.0
"""Every clock runs by the rulebook and the calendar alone, and what it does is dated when it was due (H01, H03)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from evenhand.casework.clocks import running, stage_ends_on
from evenhand.casework.evolving import replay
from evenhand.casework.lapsing import lapses, next_lapse
from evenhand.casework.refusal import Refused
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import Act as Rule
from evenhand.rulebook.model import Book, CalendarRule, Clock, Fact, Limit, Span, Stage
from tests.casework.conftest import DISCIPLINE, History, a_rulebook, at, named

NEVER = at("2027-01-01")


def by(history: History, when: datetime) -> list[tuple[str, str]]:
    """What the clock has done by then: each act with its local day."""
    found = lapses(history.book, history.matter, when)
    return [(act.name, history.book.calendar.local_day(act.at).isoformat()) for act in found]


def test_a_stage_lapses_when_its_working_days_have_run(lodged):
    """Easter would be counted against whoever has to act (H01)."""
    assert [("to_panel", "2026-04-10")] == by(lodged, at("2026-04-11"))
    assert [] == by(lodged, datetime(2026, 4, 10, 22, 58, tzinfo=UTC))


def test_a_lapse_is_dated_when_it_was_due_and_not_when_somebody_looked(lodged):
    """Who looks would decide how late somebody was (H03)."""
    assert datetime(2026, 4, 10, 22, 59, tzinfo=UTC) == lapses(lodged.book, lodged.matter, at("2026-04-30"))[0].at


def test_at_the_end_of_the_last_day_the_clock_comes_first(lodged):
    """An act at the very end would be in time for one reader and late for another."""
    ends = datetime(2026, 4, 10, 22, 59, tzinfo=UTC)
    assert [("to_panel", "2026-04-10")] == by(lodged, ends)
    lodged.does("officer", "notify", ends - timedelta(microseconds=1))
    assert "answer" == lodged.matter.stage


def test_silence_goes_on_to_the_end(lodged):
    """A case would die of silence in a stage nobody looks at."""
    assert [("to_panel", "2026-04-10"), ("chase", "2026-05-11"), ("to_others", "2026-05-18")] == by(lodged, NEVER)


def test_an_act_that_stays_does_not_start_the_clock_again(noticed):
    """A note could put off an answer for ever (H02)."""
    noticed.does("member", "note", at("2026-04-14"))
    assert date(2026, 4, 20) == stage_ends_on(noticed.book, noticed.matter)


def test_each_use_of_more_time_lengthens_the_clock_once(noticed):
    """An extension would be worth more or less than it says (H02)."""
    noticed.does("officer", "more_time", at("2026-04-09"))
    assert date(2026, 4, 27) == stage_ends_on(noticed.book, noticed.matter)
    noticed.does("officer", "more_time", at("2026-04-10"))
    assert date(2026, 5, 5) == stage_ends_on(noticed.book, noticed.matter)


def test_an_extension_after_the_limit_has_passed_is_too_late(noticed):
    """A missed limit could be made good afterwards (H02)."""
    with pytest.raises(Refused, match="more_time is done in answer; this matter stands in hearing"):
        noticed.does("officer", "more_time", at("2026-04-21"))


def test_an_extension_names_no_later_day_than_the_rulebook_gives(noticed):
    """The letter would promise more time than there is (H02)."""
    with pytest.raises(
        Refused, match="later than 2026-04-27, the last day of the stage answer as this act lengthens it"
    ):
        noticed.does("officer", "more_time", at("2026-04-09"), expiry="2026-04-28")
    noticed.does("officer", "more_time", at("2026-04-09"), expiry="2026-04-27")


def test_a_posted_notice_leaves_time_for_the_post(lodged):
    """The reply period would run while the letter is under way."""
    lodged.does("officer", "notify", at("2026-04-02"), notice={"how": "post"})
    assert {date(2026, 4, 22), date(2026, 4, 29)} == {clock.last_day for clock in running(lodged.book, lodged.matter)}


def test_a_complaint_by_post_counts_from_the_day_it_was_received(saltmarsh):
    """Days in the in-tray would be nobody's (M15)."""
    history = History(saltmarsh).does("officer", "enter", at("2026-04-02"), receipt={"received": "2026-03-31"})
    assert date(2026, 4, 9) == running(saltmarsh, history.matter)[0].last_day


def test_nothing_is_dated_before_the_entry_that_made_it_possible(saltmarsh):
    """A complaint entered a month late would lapse before it was entered, and the order of the record would break."""
    history = History(saltmarsh).does("officer", "enter", at("2026-04-30"), receipt={"received": "2026-03-31"})
    assert at("2026-04-30") == lapses(saltmarsh, history.matter, at("2026-04-30"))[0].at


def test_a_missed_limit_is_recorded_once_and_moves_nothing(heard):
    """A delay would leave no trace, or stop the case it delayed (H03)."""
    heard.does("member", "note", at("2026-04-29"))
    assert ("missed.update", "2026-04-27") == heard.told[-2]
    assert "hearing" == heard.matter.stage
    assert ["chase", "to_others"] == [name for name, _ in by(heard, NEVER)]


def test_a_limit_that_was_kept_is_not_missed(heard):
    """Whoever was in time would stand in the statistics as late."""
    heard.does("panel", "dismiss", at("2026-04-24"))
    assert [("final", "2026-05-11")] == by(heard, NEVER)


def test_a_suspension_that_is_not_renewed_ends_by_itself(heard):
    """Somebody would stay suspended because nobody looked (C03)."""
    heard.does("panel", "suspend", at("2026-04-10"), expiry="2026-05-10")
    assert [("missed.interim", "2026-05-10"), ("interim_ends", "2026-05-10")] == by(heard, at("2026-05-11"))[-2:]
    assert "interim" not in heard.does("member", "note", at("2026-05-11", 0)).matter.facts


def test_a_suspension_ends_on_its_own_day_where_that_is_sooner(heard):
    """The letter would name a day on which nothing happens (C01)."""
    heard.does("panel", "suspend", at("2026-04-10"), expiry="2026-04-20")
    assert ("interim_ends", "2026-04-20") in by(heard, at("2026-04-21"))


def test_a_suspension_that_fell_early_is_not_missed_later():
    """H03: a decision ended it, and the record would say that nobody looked at it in time."""
    stages = {**DISCIPLINE.stages, "decided": replace(DISCIPLINE.stages["decided"], clears=("interim",))}
    history = History(RunningBook(a_rulebook(replace(DISCIPLINE, stages=stages)), "discipline"))
    history.does("member", "lodge", at("2026-04-01")).does("officer", "notify", at("2026-04-02"))
    history.does("panel", "suspend", at("2026-04-03"), expiry="2026-04-30")
    history.does("respondent", "reply", at("2026-04-09")).does("panel", "dismiss", at("2026-04-20"))
    assert {} == history.matter.running
    assert ["final"] == [name for name, _ in by(history, NEVER)]


def test_a_renewal_before_the_end_starts_the_limit_again(heard):
    """A renewed suspension would end with the first (C03)."""
    heard.does("panel", "suspend", at("2026-04-10"), expiry="2026-05-10").does("panel", "renew", at("2026-05-08"))
    assert date(2026, 6, 7) == heard.matter.running["interim"]


def test_a_suspension_that_has_ended_cannot_be_renewed(heard):
    """A renewal that comes too late would make good what nobody decided in time (C03)."""
    heard.does("panel", "suspend", at("2026-04-10"), expiry="2026-04-20")
    with pytest.raises(Refused, match="renew needs what is not so in this matter: interim"):
        heard.does("panel", "renew", at("2026-04-21"))


def test_a_lifted_suspension_is_not_missed(heard):
    """A measure that was lifted would appear as one that nobody looked after."""
    heard.does("panel", "suspend", at("2026-04-10")).does("panel", "lift", at("2026-04-10", 13))
    assert "missed.interim" not in [name for name, _ in by(heard, NEVER)]


def test_the_end_of_the_matter_stops_every_clock(heard):
    """Closed cases would go on missing limits."""
    heard.does("panel", "suspend", at("2026-05-07"), expiry="2026-06-06")
    ended = [act.name for act in lapses(heard.book, heard.matter, NEVER)]
    assert "to_others" == ended[-1]
    assert "missed.interim" not in ended
    over = replay(heard.book, [*heard.acts, *lapses(heard.book, heard.matter, NEVER)])
    assert () == running(heard.book, over)
    assert {} == over.running


def test_more_time_in_one_stage_is_no_more_time_in_the_next(noticed):
    """An extension would be given twice, to whoever did not ask for it (H02)."""
    noticed.does("officer", "more_time", at("2026-04-09")).does("respondent", "reply", at("2026-04-09"))
    assert date(2026, 5, 8) == stage_ends_on(noticed.book, noticed.matter)


def test_at_least_holds_an_act_back_until_its_day(heard):
    """Somebody would be heard on the day of the summons."""
    heard.does("officer", "fix", at("2026-04-13"))
    for early in (at("2026-04-13"), datetime(2026, 4, 19, 22, 59, tzinfo=UTC)):
        with pytest.raises(Refused, match="sanction is too early: the limit summons opens it on 2026-04-20"):
            heard.does("panel", "sanction", early)
    heard.does("panel", "sanction", datetime(2026, 4, 19, 23, 0, tzinfo=UTC))  # midnight in London
    assert "decided" == heard.matter.stage


def test_at_least_holds_back_only_what_it_names(heard):
    """A dismissal would wait for a summons that protects only against a sanction."""
    heard.does("officer", "fix", at("2026-04-13")).does("panel", "dismiss", at("2026-04-14"))
    assert "decided" == heard.matter.stage


DUES = Book(
    id="dues",
    facts=named((Fact(id="reminded", kind="told"),)),
    stages=named((Stage(id="open", clock=Clock(Span(60, "d"), ("penalty",))), Stage(id="closed", end=True))),
    acts=named(
        (
            Rule(id="remind", stages=("start",), to="open", by=("officer",), sets=("reminded",)),
            Rule(id="add", stages=("open",), by=("officer",)),
            Rule(id="pay", stages=("open",), to="closed", by=("member",)),
            Rule(id="penalty", stages=("open",), to="closed", by=("clock",)),
        )
    ),
    limits=named(
        (
            Limit(id="addition", start=("remind",), stop=("add",), kind="exactly", span=Span(59, "d")),
            Limit(id="on_the_day", start=("remind",), stop=("penalty",), kind="exactly", span=Span(60, "d")),
        )
    ),
)


@pytest.fixture
def reminded() -> History:
    """Dues of a club in Rome, the member reminded on 20 February 2026, before the clocks change."""
    book = RunningBook(a_rulebook(DUES, calendar=CalendarRule(zone="Europe/Rome")), "dues")
    return History(book).does("officer", "remind", datetime(2026, 2, 19, 23, 30, tzinfo=UTC))


def test_the_act_that_ends_a_matter_starts_no_limit():
    """A limit would run in a closed case, and the page of the case would show it."""
    kept = Limit(id="receipt", start=("pay",), stop=("add",), kind="within", span=Span(5, "d"))
    book = replace(DUES, limits={**DUES.limits, "receipt": kept})
    paid = History(RunningBook(a_rulebook(book), "dues")).does("officer", "remind", at("2026-04-01"))
    assert {} == paid.does("member", "pay", at("2026-04-02")).matter.running


def test_sixty_local_days_are_sixty_across_the_change_of_the_clocks(reminded):
    """A penalty would fall due on the fifty-ninth day."""
    assert ("penalty", "2026-04-21") == by(reminded, NEVER)[-1]


def test_exactly_is_neither_early_nor_late(reminded):
    """A day that has to be that day could be any day before it, or after it without a trace."""
    with pytest.raises(Refused, match="the limit addition opens it on 2026-04-20"):
        reminded.does("officer", "add", datetime(2026, 4, 19, 21, 59, tzinfo=UTC))
    on_the_day = reminded.does("officer", "add", datetime(2026, 4, 19, 22, 0, tzinfo=UTC))
    assert ["penalty"] == [name for name, _ in by(on_the_day, NEVER)]


def reminded_under(*limits: Limit) -> History:
    """The same dues with these limits beside the clock of sixty days."""
    book = RunningBook(a_rulebook(replace(DUES, limits=named(limits))), "dues")
    return History(book).does("officer", "remind", at("2026-04-01"))


def test_the_clock_waits_where_a_limit_says_at_least():
    """A limit that protects a party against people would not protect it against the clock."""
    at_least = Limit(id="time", start=("remind",), stop=("penalty",), kind="at_least", span=Span(70, "d"))
    assert [("penalty", "2026-06-10")] == by(reminded_under(at_least), NEVER)


def test_of_two_limits_that_hold_an_act_back_the_longer_counts():
    """The shorter protection would undo the longer one."""
    limits = [
        Limit(id=f"after_{n}", start=("remind",), stop=("add",), kind="at_least", span=Span(n, "d")) for n in (9, 20, 5)
    ]
    with pytest.raises(Refused, match="the limit after_20 opens it on 2026-04-21"):
        reminded_under(*limits).does("officer", "add", at("2026-04-12"))


def test_limits_missed_at_the_same_instant_stand_in_the_order_of_the_text():
    """Two readers would write down the same day in two orders, and their records would differ (H03)."""
    limits = [Limit(id=id_, start=("remind",), stop=("add",), kind="within", span=Span(9, "d")) for id_ in "bac"]
    assert ["missed.b", "missed.a", "missed.c"] == [name for name, _ in by(reminded_under(*limits), at("2026-05-01"))]


def test_a_limit_that_runs_out_with_the_stage_is_missed_first():
    """The end of the matter would swallow a delay of the very same day (H03)."""
    same_day = Limit(id="answer", start=("remind",), stop=("add",), kind="within", span=Span(60, "d"))
    assert [("missed.answer", "2026-05-31"), ("penalty", "2026-05-31")] == by(reminded_under(same_day), NEVER)


def test_an_expiry_shortens_no_limit_that_ends_no_measure(saltmarsh):
    """An officer could shorten the time of others by typing a day (H01)."""
    rules = saltmarsh.book
    quick = Limit(id="quick", start=("suspend",), stop=("dismiss",), kind="within", span=Span(9, "d"))
    book = RunningBook(a_rulebook(replace(rules, limits={**rules.limits, "quick": quick})), "discipline")
    history = History(book).does("member", "lodge", at("2026-04-01")).does("officer", "notify", at("2026-04-02"))
    history.does("panel", "suspend", at("2026-04-09"), expiry="2026-04-10")
    assert (date(2026, 4, 18), date(2026, 4, 10)) == (
        history.matter.running["quick"],
        history.matter.running["interim"],
    )


def test_what_the_clock_does_on_the_last_day_is_in_time(reminded):
    """The clock would miss a limit by keeping it to the minute."""
    assert [("missed.addition", "2026-04-20"), ("penalty", "2026-04-21")] == by(reminded, NEVER)


def test_who_asks_what_comes_next_is_told_before_it_happens(noticed):
    """A party could not know what silence will do."""
    lapse = next_lapse(noticed.book, noticed.matter)
    assert lapse is not None
    assert ("answer_lapsed", datetime(2026, 4, 20, 22, 59, tzinfo=UTC)) == (lapse.name, lapse.at)
    assert [
        ("books/discipline/stages/answer/clock", "answer_lapsed"),
        ("books/discipline/limits/update", "missed.update"),
    ] == [(clock.rule, clock.act) for clock in running(noticed.book, noticed.matter)]
