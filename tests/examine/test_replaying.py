# SPDX-License-Identifier: Apache-2.0
"""A case is replayed in the compiled book act by act; whatever way it is reckoned, the verdict is that of the table."""

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.examine import replaying
from evenhand.examine.replaying import Traces, replay, replay_parquet, step_through
from evenhand.rulebook.model import Act, Book, CalendarRule, Conflicts, Fact, Promises, Role, Rulebook, Stage
from evenhand.rulebook.table import compile_book

BOOK = Book(
    id="complaint",
    facts={"answered": Fact(id="answered", kind="step")},
    stages={"open": Stage(id="open"), "heard": Stage(id="heard"), "closed": Stage(id="closed", end=True)},
    acts={
        "lodge": Act(id="lodge", stages=("start",), to="open", by=("member",)),
        "answer": Act(id="answer", stages=("open",), by=("member",), sets=("answered",), unless=("answered",)),
        "remind": Act(id="remind", stages=("open", "heard"), by=("office",), max=2),
        "hear": Act(id="hear", stages=("open",), to="heard", by=("office",), needs=("answered",)),
        "close": Act(id="close", stages=("open", "heard"), to="closed", by=("office",)),
    },
)
RULEBOOK = Rulebook(
    id="quay", title="", version=1, adopted=None, in_force=None, replaces=None, applies={}, calendar=CalendarRule(),
    code={}, sanctions={}, roles={"member": Role(id="member", kind="party"), "office": Role(id="office")}, apart=(),
    conflicts=Conflicts(), promises=Promises(), books={"complaint": BOOK}, publication={}, retention={}, monitor={},
    texts={}, source="", digest="",
)  # fmt: skip
TABLE = compile_book(RULEBOOK, "complaint")
CODES = st.lists(st.lists(st.integers(-1, len(BOOK.acts) - 1), max_size=8), max_size=60)


def one_by_one(trace):
    """Position of the first unlawful act, and the state before it or at the end, by the table's own step."""
    state = 0
    for position, act in enumerate(trace, 1):
        after = TABLE.step(state, act) if act >= 0 else -1
        if after < 0:
            return position, state
        state = after
    return 0, state


def given_as(traces):
    """Traces as the arrays that are stepped through."""
    flat = np.array([act for trace in traces for act in trace], np.int64)
    return Traces(flat, np.array([len(trace) for trace in traces], np.int64))


@settings(max_examples=60, deadline=None)
@given(traces=CODES, dense=st.booleans(), few=st.sampled_from([0, 3, 1_000]))
def test_every_way_of_stepping_gives_the_verdict_of_the_table(traces, dense, few):
    """Without it a verdict would depend on how many cases there are, or on how large the book is."""
    before = replaying.DENSE, replaying.FEW
    replaying.DENSE, replaying.FEW = (10_000 if dense else 0), few
    try:
        verdicts = step_through(TABLE, given_as(traces))
    finally:
        replaying.DENSE, replaying.FEW = before
    expected = [one_by_one(trace) for trace in traces]
    assert expected == list(zip(verdicts.position.tolist(), verdicts.state.tolist(), strict=True))


def replayed(rows):
    """Case -> (position, complete) of acts given as (case, act, at, seq)."""
    con = duckdb.connect()
    con.execute('CREATE TABLE acts (case_id VARCHAR, act VARCHAR, "at" TIMESTAMP, seq BIGINT)')
    con.executemany("INSERT INTO acts VALUES (?, ?, ?, ?)", [list(row) for row in rows])
    replay(con, TABLE, "(SELECT *, rowid AS place FROM acts)")
    return {
        case: (position, complete)
        for case, position, complete in con.execute("SELECT case_id, position, complete FROM replayed").fetchall()
    }


@pytest.mark.parametrize(
    ("acts", "verdict"),
    [
        (["lodge"], (0, False)),
        (["lodge", "answer", "hear", "close"], (0, True)),
        (["lodge", "hear", "close"], (2, False)),
        (["lodge", "remind", "remind", "remind"], (4, False)),
        (["lodge", "close", "answer"], (3, False)),
        (["answer"], (1, False)),
        (["lodge", "shout"], (2, False)),
    ],
    ids=["open", "whole", "not answered", "reminded too often", "after the end", "not begun", "unknown act"],
)
def test_the_first_unlawful_act_is_found(acts, verdict):
    """Without it an inquiry would be told that a case is out of order and not where."""
    rows = [("c1", act, f"2020-01-{day:02d}", None) for day, act in enumerate(acts, 1)]
    assert {"c1": verdict} == replayed(rows)


def test_acts_stand_in_the_order_of_time_then_seq_then_rows():
    """Without it two acts of one day would be lawful or not by chance."""
    day = "2020-01-01"
    rows = [
        ("by time", "close", "2020-01-02", 1), ("by time", "lodge", day, 2),
        ("by seq", "close", day, 2), ("by seq", "lodge", day, 1),
        ("by rows", "lodge", day, None), ("by rows", "close", day, None),
        ("undated last", "close", None, None), ("undated last", "lodge", day, None),
    ]  # fmt: skip
    assert dict.fromkeys(("by time", "by seq", "by rows", "undated last"), (0, True)) == replayed(rows)


def test_a_parquet_file_is_replayed_case_by_case(tmp_path):
    """Without it the verdicts could not be held against those of another program."""
    path = tmp_path / "log.parquet"
    duckdb.sql(
        """SELECT * FROM (VALUES ('a', 'lodge', 1), ('a', 'close', 2), ('b', 'close', 1), ('c', 'lodge', 1))
           AS log("case", act, seq), (SELECT TIMESTAMP '2020-01-01' AS "at")"""
    ).write_parquet(str(path))
    found = replay_parquet(path, RULEBOOK, "complaint")
    verdicts = zip(
        found.case.tolist(), found.lawful.tolist(), found.complete.tolist(), found.position.tolist(), strict=True
    )
    assert [("a", True, True, 0), ("b", False, False, 1), ("c", True, False, 0)] == sorted(verdicts)


MOMENTS = st.none() | st.sampled_from(["1970-01-01 00:00:00", "1999-12-31 23:59:59", "2021-03-01 09:00:00.000001"])


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from(list(BOOK.acts)), MOMENTS, st.none() | st.integers(0, 5)), min_size=1, max_size=12
    ),
    shift=st.sampled_from([0, 2**20 - 9, 2**40, -3]),
)
def test_acts_stand_in_the_order_of_time_then_number_then_row(rows, shift):
    """Without it a case would be judged by another order than its own, according to how large its numbers are."""
    given_rows = [("c1", act, at, None if seq is None else seq + shift) for act, at, seq in rows]
    order = sorted(
        range(len(rows)),
        key=lambda place: (
            given_rows[place][2] or "9",
            given_rows[place][3] is None,
            given_rows[place][3] or 0,
            place,
        ),
    )
    expected = one_by_one([list(BOOK.acts).index(rows[place][0]) for place in order])[0]
    assert expected == replayed(given_rows)["c1"][0]
