# SPDX-License-Identifier: Apache-2.0
"""The road traffic fines of one police force, examined: every figure counted a second time, event by event."""

import csv
import gzip
from collections import Counter, defaultdict
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from evenhand.examine.running import run

pytestmark = pytest.mark.data

ROME = ZoneInfo("Europe/Rome")
PREFECTURE, JUDGE = "Send Appeal to Prefecture", "Appeal to Judge"


@pytest.fixture(scope="module")
def found(root, shared_data, tmp_path_factory):
    """The findings of one run."""
    out = tmp_path_factory.mktemp("fines") / "out"
    return run(root / "mappings/road-traffic-fines", shared_data("road-traffic-fines"), out)


@pytest.fixture(scope="module")
def events(shared_data):
    """Case -> its events (activity, local day, amounts) in the order of the file."""
    cases = defaultdict(list)
    with gzip.open(shared_data("road-traffic-fines") / "events.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            local = datetime.fromisoformat(row["timestamp"]).astimezone(ROME).date()
            cases[row["case"]].append((row["activity"], local, row))
    return cases


@pytest.fixture(scope="module")
def first(events):
    """Case -> activity -> the local day of its first event."""
    days = {}
    for case, happened in events.items():
        days[case] = {}
        for activity, local, _ in happened:
            days[case][activity] = min(local, days[case].get(activity, local))
    return days


def between(first, start, stop):
    """Days between the first events of two activities, of the cases that have both."""
    return [(days[stop] - days[start]).days for days in first.values() if start in days and stop in days]


def clock(found, name):
    """One clock of the findings."""
    (one,) = (row for row in found["clocks"] if row["id"] == name)
    return {key: one[key] for key in ("from", "to", "limit", "of", "early", "on_time", "late")}


def test_cases_and_acts(found, events):
    """Without it the report would begin with another number of fines than the log has."""
    assert (74_877, 295_358) == (len(events), sum(map(len, events.values())))
    assert (74_877, 295_358) == (found["population"]["cases"], found["population"]["acts"])


def test_fines_are_sent_late(found, first):
    """Without it nobody would see that two fines in five are sent after the 90 days (P6)."""
    days = between(first, "Create Fine", "Send Fine")
    assert (55_615, 24_627, 0) == (len(days), sum(day > 90 for day in days), sum(day < 0 for day in days))
    expected = {"of": 55_615, "early": 0, "on_time": 55_615 - 24_627, "late": 24_627}
    assert {"from": "create", "to": "send", "limit": "within 90d", **expected} == clock(found, "send")


def test_appeals_come_late_and_some_before_the_notice(found, first):
    """Without it an appeal dated before its notice would count as in time."""
    days = between(first, "Insert Fine Notification", "Insert Date Appeal to Prefecture")
    late, early = sum(day > 60 for day in days), sum(day < 0 for day in days)
    assert (1_571, 227, 11) == (len(days), late, early)
    expected = {"of": 1_571, "early": 11, "on_time": 1_571 - 238, "late": 227}
    assert expected == {key: clock(found, "appeal")[key] for key in expected}


def test_the_penalty_always_comes_on_the_sixtieth_local_day(found, first):
    """Without it days reckoned through UTC would show 59 in one case of twelve."""
    days = between(first, "Insert Fine Notification", "Add penalty")
    assert {60: 44_167} == dict(Counter(days))
    expected = {"limit": "exactly 60d", "of": 44_167, "early": 0, "on_time": 44_167, "late": 0}
    assert expected == {key: clock(found, "penalty")[key] for key in expected}


def test_fines_under_appeal_are_sent_to_collection(found, first):
    """Without it the gravest departure from the procedure would not be in the report."""
    appealed = [days for days in first.values() if PREFECTURE in days or JUDGE in days]
    assert (1_795, 184) == (len(appealed), sum("Send for Credit Collection" in days for days in appealed))
    (one,) = (row for row in found["rules"]["requirements"] if row["id"] == "no-collection-after-appeal")
    assert (1_795, 184) == (one["of"], one["broken"])


def test_results_of_appeals_are_not_recorded(found, first):
    """Without it seven in ten appeals without a result would look like appeals decided."""
    sent_on = [days for days in first.values() if PREFECTURE in days]
    without = sum("Receive Result Appeal from Prefecture" not in days for days in sent_on)
    assert (1_644, 1_160) == (len(sent_on), without)
    (one,) = (row for row in found["rules"]["requirements"] if row["id"] == "result-recorded")
    assert (1_644, 1_160) == (one["of"], one["broken"])


def ends_with(event, due):
    """Whether this event ends the procedure: collection, or a payment that covers what is due."""
    activity, _, row = event
    paid = float(row["totalPaymentAmount"] or 0)
    return activity == "Send for Credit Collection" or (activity == "Payment" and paid >= due - 0.015)


def test_every_case_is_replayed_and_what_follows_the_end_is_out_of_order(found, events):
    """Without it a fine sent out, or raised, after it was paid in full would pass for lawful."""
    after_the_end = Counter()
    for happened in events.values():
        amount = expense = 0.0
        ended = False
        for event in happened:
            activity, _, row = event
            if ended:
                after_the_end[activity] += 1
                break
            amount, expense = float(row["amount"] or amount), float(row["expense"] or expense)
            ended = ends_with(event, amount + expense)
    rules = found["rules"]
    assert 74_877 == rules["lawful"] + rules["unlawful"]
    assert rules["unlawful"] == sum(row["cases"] for row in rules["first_unlawful"])
    at_the_end = Counter()
    for row in rules["first_unlawful"]:
        if row["stage"] in ("paid", "collection"):
            assert [] == row["instead"]
            at_the_end[row["act"]] += row["cases"]
    assert after_the_end["Send Fine"] == at_the_end["send"]
    assert after_the_end["Add penalty"] >= at_the_end["add_penalty"] > 0


def test_an_appeal_before_the_notice_is_out_of_order(found):
    """Without it the replay would name the act and neither the rule nor what was lawful instead."""
    row = next(row for row in found["rules"]["first_unlawful"] if row["act"] == "appeal_to_prefecture")
    assert ("acts/appeal_to_prefecture", "sent", ["notify", "pay", "pay_part"]) == (
        row["rule"],
        row["stage"],
        row["instead"],
    )
