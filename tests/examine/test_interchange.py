# SPDX-License-Identifier: Apache-2.0
"""What a run writes is a history again: examined a second time from its own tables, it gives the same findings."""

from evenhand.examine.running import run

CASES = {
    "c1": "lodge 2021-03-01T10:00 m9 member, assign 2021-03-02 m1 secretary, answer 2021-03-02 m2 respondent",
    "c2": "lodge 2021-03-01 m9 member, decide 2021-03-05 m1 panel",
}


def test_the_tables_of_a_run_can_be_examined_again(examined, a_mapping, quay, tmp_path):
    """Without it the interchange form would be a one-way street."""
    first = examined(quay.log(**CASES), rulebook=quay.rulebook, **quay.sql)
    toml = '[source]\nname = "Quay Club"\nzone = "Europe/London"\nrulebook = "rulebook.yaml"\n'
    folder = a_mapping(toml, folder="again", cases="SELECT * FROM cases", acts="SELECT * FROM acts")
    (folder / "rulebook.yaml").write_text(quay.rulebook, "utf-8")
    source = tmp_path / "tables"
    source.mkdir()
    for name in ("cases", "acts"):
        (source / f"{name}.parquet").write_bytes((first.out / "tables" / f"{name}.parquet").read_bytes())
    second = run(folder, source, tmp_path / "second")
    for key in ("rules", "clocks", "own_cause", "balance", "backlog"):
        assert first.findings[key] == second[key], key
    assert 0 == second["population"]["rejected_rows"] + second["population"]["doubtful_rows"]
