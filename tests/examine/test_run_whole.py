# SPDX-License-Identifier: Apache-2.0
"""A run as a whole: its keys are stable, nothing is null without a reason, and every count opens to its rows."""

import json

import duckdb
import pytest

from evenhand.examine.running import run

KEYS = {
    "population": "cases acts open closed_before_received rejected_rows doubtful_rows closure_days first_received "
    "last_received as_of survival missing cannot_show rejected doubtful",
    "rules": "lawful unlawful first_unlawful requirements by_year by_act by_office complete without_acts",
    "own_cause": "party_in_same_case own_case_open roles_not_apart",
    "overridden": "both changed softer harder with_reasons without_reasons by_change",
    "like_cases": "cells differing examples",
    "backlog": "as_of bands oldest_days unknown_age",
}
ROWS = {
    "equal_treatment": "attribute outcome groups crude stratified within_case smallest_visible group reference unknown "
    "suppressed words column strata",
    "balance": "from to carried_in received concluded carried_over holds",
    "tables": "name rows says opens",
}
LABELS = {
    "to_days",
    "year",
    "office",
    "first_line",
    "example",
    "table",
    "outcome",
    "line",
    "lower",
    "higher",
    "why",
    "in_force",
}
"""Keys whose null is no finding: an open end, or a name that the source does not know."""

TOML = (
    '[source]\nname = "Quay Club"\nzone = "Europe/London"\n[findings]\nagainst = ["upheld"]\nother = ["not upheld"]\n'
    '[[compare]]\nattribute = "slate"\ncolumn = "people.slate"\noutcome = "upheld"\n'
)
CASES = {
    "c1": "lodge 2021-03-01 m9 member, assign 2021-03-02 m1 secretary, answer 2021-03-20 m2 respondent, "
    "decide 2021-05-01 m1 panel",
    "c2": "lodge 2021-03-01 m9 member, assign 2021-03-30 m1 investigator, decide 2021-04-01 m1 panel",
    "c3": "lodge 2021-01-01 m9 member",
    "c4": "lodge 2021-03-01 m9 member, pass_on 2021-03-09",
}
DECIDED = 'SELECT id AS "case", member AS person, rule AS clause, finding, advice AS recommended FROM answers'


@pytest.fixture
def whole(examined, quay):
    """A run in which every finding has something to say."""
    rows = "".join(f"c2,m{i},R1,{'upheld' if i % 3 else 'not upheld'},upheld\n" for i in range(1, 31))
    slates = "".join(f"m{i},{'AL'[i % 2]}\n" for i in range(1, 31))
    files = quay.log(**CASES) | {
        "answers.csv": f"id,member,rule,finding,advice\n{rows}c3,m1,,,\n".encode(),
        "members.csv": f"member,slate\n{slates}".encode(),
    }
    people = "SELECT member AS person, slate FROM members"
    return examined(files, TOML, quay.rulebook, **quay.sql, allegations=DECIDED, people=people)


def nulls(value, path=""):
    """Every path of the findings at which there is null, labels left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not (inner is None and key in LABELS):
                yield from nulls(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            # A row of numbers, such as a step of a curve, has its gaps.
            if isinstance(inner, dict | list) or inner is not None:
                yield from nulls(inner, f"{path}.{place}")
    elif value is None:
        yield path


def reason(findings, path):
    """The reason given for a path or for what it belongs to."""
    parts = path.split(".")
    heads = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
    return next((findings["why"][head] for head in heads if head in findings["why"]), None)


def at(findings, path):
    """The figure at a path in which rows are named by their id or attribute; ids may hold dots."""
    value = findings
    while path:
        if isinstance(value, list):
            value = next(row for row in value if path.startswith(f"{row.get('id') or row.get('attribute')}."))
            path = path[len(value.get("id") or value.get("attribute")) + 1 :]
        else:
            key, _, path = path.partition(".")
            value = value[key]
    return value


def rows_of(out, name):
    """How many rows a table of a run has."""
    return duckdb.sql(f"SELECT count(*) FROM '{out}/tables/{name}.parquet'").fetchall()[0][0]


def test_the_keys_are_the_stable_ones(whole):
    """Without it other tools that read findings.json would break unseen."""
    top = "source mapping rulebook population rules clocks backlog own_cause overridden like_cases equal_treatment "
    assert {*top.split(), "balance", "tables", "why"} == set(whole.findings)
    for key, keys in KEYS.items():
        assert set(keys.split()) == set(whole.findings[key]), key
    for key, keys in ROWS.items():
        assert set(keys.split()) == set(whole.findings[key][0]), key
    clock = "id from to limit of early on_time late never without_start says by_year late_by"
    assert set(clock.split()) == set(whole.findings["clocks"][0])


def test_what_is_written_is_what_is_returned(whole):
    """Without it the file on disk and the findings in memory could tell two stories."""
    written = json.loads((whole.out / "findings.json").read_text("utf-8"))
    assert json.loads(json.dumps(whole.findings)) == written
    assert not [
        path.name for path in whole.out.iterdir() if path.name not in ("findings.json", "report.html", "tables")
    ]


def test_every_count_opens_to_its_rows(whole):
    """Without it a reader would have to believe a number instead of looking at the cases behind it."""
    opened = [(path, table["name"]) for table in whole.findings["tables"] for path in table["opens"]]
    assert {path.name for path in (whole.out / "tables").iterdir()} == {
        f"{table['name']}.parquet" for table in whole.findings["tables"]
    }
    for path, name in opened:
        if not path.startswith("equal_treatment."):
            assert at(whole.findings, path) == rows_of(whole.out, name), path
    assert {
        "population.cases", "population.acts", "population.open", "population.closed_before_received",
        "population.rejected_rows", "population.doubtful_rows", "rules.unlawful", "rules.requirements.heard.of",
        "rules.requirements.heard.broken", "clocks.decision.of", "clocks.decision.late", "clocks.stages.lodged.late",
        "own_cause.party_in_same_case", "own_cause.own_case_open.of", "own_cause.own_case_open.count",
        "own_cause.roles_not_apart", "overridden.both", "overridden.changed", "overridden.softer", "overridden.harder",
        "like_cases.cells", "like_cases.differing",
    } <= {path for path, _ in opened}  # fmt: skip


def test_the_units_of_a_comparison_are_its_groups_and_those_of_no_known_group(whole):
    """Without it the rows behind a rate could be other rows than those it was reckoned from."""
    (one,) = whole.findings["equal_treatment"]
    assert rows_of(whole.out, "compare_slate") == one["unknown"] + sum(row["n"] for row in one["groups"])


def test_nothing_is_null_without_a_reason(whole, examined_poor):
    """Without it "nothing found" and "nothing known" would look alike."""
    for findings in (whole.findings, examined_poor):
        assert [] == [path for path in nulls(findings) if reason(findings, path) is None]


@pytest.fixture
def examined_poor(tmp_path_factory):
    """The findings of a source that knows next to nothing."""
    folder = tmp_path_factory.mktemp("poor")
    (folder / "mapping").mkdir()
    (folder / "mapping" / "mapping.toml").write_text('[source]\nname = "Quay Club"\n', "utf-8")
    (folder / "mapping" / "cases.sql").write_text('SELECT id AS "case" FROM matters', "utf-8")
    (folder / "matters.csv").write_text("id\nc1\nc2\n", "utf-8")
    return run(folder / "mapping", folder / "matters.csv", folder / "out")


def test_two_runs_of_one_source_are_the_same(whole, a_source, quay, tmp_path):
    """Without it two people who examine the same files would not find the same."""
    again = run(tmp_path / "mapping", tmp_path / "source", tmp_path / "again")
    assert whole.findings == again


def test_the_source_and_the_mapping_are_named_with_their_digests(whole):
    """Without it nobody could show later what was examined, and how it was read."""
    files = {file["name"]: file["sha256"] for file in whole.findings["source"]["files"]}
    assert {"matters.csv", "log.csv", "answers.csv", "members.csv"} == set(files)
    mapping = {file["name"] for file in whole.findings["mapping"]["files"]}
    assert {"mapping.toml", "cases.sql", "acts.sql", "allegations.sql", "people.sql", "rulebook.yaml"} == mapping
    assert whole.findings["rulebook"]["book"] == "discipline"


@pytest.mark.data
@pytest.mark.parametrize("name", ["chicago-complaints", "road-traffic-fines"])
def test_every_count_of_real_data_opens_to_its_rows(root, shared_data, tmp_path, name):
    """Without it the tables would be tried on invented cases only."""
    found = run(root / "mappings" / name, shared_data(name), tmp_path / "out")
    for table in found["tables"]:
        assert table["rows"] == rows_of(tmp_path / "out", table["name"])
        for path in table["opens"]:
            if not path.startswith("equal_treatment."):
                assert at(found, path) == table["rows"], path
    assert [] == [path for path in nulls(found) if reason(found, path) is None]
