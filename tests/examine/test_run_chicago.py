# SPDX-License-Identifier: Apache-2.0
"""The complaints of Chicago before 2008, examined: every figure counted again, row by row, without a database."""

import csv
import gzip
from collections import Counter, defaultdict
from datetime import date

import pytest

from evenhand.examine.running import run

pytestmark = pytest.mark.data

AGAINST, DECISIVE = "SU", ("SU", "NS", "UN", "EX")


def read(folder, name):
    """The rows of one file as dictionaries; an empty value is None."""
    with gzip.open(folder / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(stream)]


def day(text):
    """A day of the source."""
    return date.fromisoformat(text) if text else None


@pytest.fixture(scope="module")
def folder(shared_data):
    """The folder of the release."""
    return shared_data("chicago-complaints")


@pytest.fixture(scope="module")
def found(root, folder, tmp_path_factory):
    """The findings of one run."""
    return run(root / "mappings/chicago-complaints", folder, tmp_path_factory.mktemp("chicago") / "out")


@pytest.fixture(scope="module")
def accused(folder):
    """One row for each accusation."""
    return read(folder, "accused")


@pytest.fixture(scope="module")
def complaints(folder):
    """Complaint -> (received, closed)."""
    return {row["cr_id"]: (day(row["complaint_date"]), day(row["closed_date"])) for row in read(folder, "complaints")}


def test_complaints_open_ones_and_those_that_run_backwards(found, complaints):
    """Without it the report would begin with another number of complaints than the file has."""
    backwards = sum(closed is not None and closed < received for received, closed in complaints.values())
    still_open = sum(closed is None for _, closed in complaints.values())
    population = found["population"]
    assert (136_193, 624, 38) == (len(complaints), still_open, backwards)
    assert (136_193, 624, 38) == tuple(population[key] for key in ("cases", "open", "closed_before_received"))
    assert 136_193 + 39_711 + (136_193 - 624) == population["acts"]


def test_days_to_closure_of_closed_complaints_and_with_open_ones(found, complaints):
    """Without it a median of closed cases would stand alone, or be another."""
    days = sorted((closed - received).days for received, closed in complaints.values() if closed and closed >= received)
    nearest = [days[-(-len(days) * share // 10) - 1] for share in (5, 9)]
    assert [168, 454] == nearest
    expected = {"closed_median": 168, "closed_p90": 454, "km_median": 168, "km_p90": 466}
    assert expected == found["population"]["closure_days"]


def test_recommended_findings_that_were_changed(found, accused):
    """Without it nobody would see how often, and which way, a recommendation was not followed."""
    both = [
        (row["recc_finding"], row["final_finding"]) for row in accused if row["recc_finding"] and row["final_finding"]
    ]
    changed = [pair for pair in both if pair[0] != pair[1]]
    softer = sum(recommended == AGAINST for recommended, _ in changed)
    harder = sum(decided == AGAINST for _, decided in changed)
    assert (70_554, 6_461, 687, 126) == (len(both), len(changed), softer, harder)
    overridden = found["overridden"]
    assert (70_554, 6_461, 687, 126) == tuple(overridden[key] for key in ("both", "changed", "softer", "harder"))
    pair, count = Counter(changed).most_common(1)[0]
    assert {"recommended": pair[0], "decided": pair[1], "n": count} == overridden["by_change"][0]


def test_people_who_investigated_a_case_in_which_they_are_accused(found, folder, accused):
    """Without it the plainest conflict of all would be missed (D01)."""
    against = {(row["cr_id"], row["UID"]) for row in accused}
    investigating = {(row["cr_id"], row["UID"]) for row in read(folder, "investigators")}
    assert 137 == len(against & investigating)
    assert 137 == found["own_cause"]["party_in_same_case"]


def test_assignments_made_while_a_case_against_the_person_was_open(found, folder, accused, complaints):
    """Without it a judge in one case who is the subject of another would not be seen (D10)."""
    own = defaultdict(list)
    for row in accused:
        received, closed = complaints[row["cr_id"]]
        own[row["UID"]].append((row["cr_id"], received, closed))
    dated, meanwhile = set(), set()
    for row in read(folder, "investigators"):
        assigned = day(row["assigned_date"])
        if assigned is None:
            continue
        pair = (row["cr_id"], row["UID"])
        dated.add(pair)
        if any(
            case != row["cr_id"] and received <= assigned and (closed is None or closed > assigned)
            for case, received, closed in own[row["UID"]]
        ):
            meanwhile.add(pair)
    assert (15_745, 38_999) == (len(meanwhile), len(dated))
    assert {"count": 15_745, "of": 38_999} == found["own_cause"]["own_case_open"]


def test_people_accused_of_the_same_in_the_same_case_and_found_differently(found, accused):
    """Without it unequal treatment inside one case would drown in the averages (P1)."""
    people, findings = defaultdict(set), defaultdict(set)
    for row in accused:
        if row["final_finding"] in DECISIVE:
            cell = (row["cr_id"], row["complaint_code"])
            people[cell].add(row["UID"])
            findings[cell].add(row["final_finding"])
    cells = [cell for cell in people if len(people[cell]) > 1]
    differing = sum(len(findings[cell]) > 1 for cell in cells)
    assert (45_479, 4_407) == (len(cells), differing)
    assert (45_479, 4_407) == (found["like_cases"]["cells"], found["like_cases"]["differing"])


def test_share_sustained_by_race_of_the_accused(found, folder, accused):
    """Without it the groups' own rates would not be those that anybody can count in the source."""
    race = {row["UID"]: row["race"] for row in read(folder, "officers")}
    n, sustained = Counter(), Counter()
    for row in accused:
        if row["final_finding"] in DECISIVE and race.get(row["UID"]):
            n[race[row["UID"]]] += 1
            sustained[race[row["UID"]]] += row["final_finding"] == AGAINST
    expected = {"WHITE": (102_461, 7.90), "BLACK": (52_551, 15.62), "HISPANIC": (25_396, 7.71)}
    assert expected == {group: (n[group], round(100 * sustained[group] / n[group], 2)) for group in expected}
    (one,) = (value for value in found["equal_treatment"] if value["attribute"] == "race")
    shown = {row["group"]: (row["n"], round(100 * row["rate"], 2)) for row in one["groups"]}
    assert expected == {group: shown[group] for group in expected}
    assert (dict(n), "sustained") == ({row["group"]: row["n"] for row in one["groups"]}, one["outcome"])


def test_the_race_of_complainants_is_compared_as_well(found, folder, accused):
    """Without it a report would look at one side of a complaint only."""
    of_case = defaultdict(set)
    for row in read(folder, "complainants"):
        if row["race"] and row["party_subtype"] != "Witness":
            of_case[row["cr_id"]].add(row["race"])
    n = Counter()
    for row in accused:
        races = of_case[row["cr_id"]]
        if row["final_finding"] in DECISIVE and races:
            n["several" if len(races) > 1 else next(iter(races))] += 1
    (one,) = (value for value in found["equal_treatment"] if value["attribute"] == "complainant_race")
    assert dict(n) == {row["group"]: row["n"] for row in one["groups"]}


def test_the_three_figures_are_those_of_the_manual(found):
    """Without it the report and docs/equal-treatment.md would tell two stories about the same rows."""
    one = found["equal_treatment"][0]
    rounded = [
        tuple(round(one[key][limit], 3) for limit in limits)
        for key, limits in (
            ("crude", ("odds_ratio", "odds_low", "odds_high")),
            ("stratified", ("odds_ratio", "low", "high")),
            ("within_case", ("odds_ratio", "low", "high")),
        )
    ]
    assert [(2.158, 2.068, 2.252), (1.648, 1.575, 1.725), (1.360, 1.148, 1.612)] == rounded
    assert (2_311, 6_346, 300, 239) == (
        one["stratified"]["strata"],
        *(one["within_case"][key] for key in ("cells", "higher", "lower")),
    )
    assert 1.977 == round(one["crude"]["ratio"], 3)
    assert one["crude"]["low"] < one["crude"]["ratio"] < one["crude"]["high"]
