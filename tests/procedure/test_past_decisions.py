# SPDX-License-Identifier: Apache-2.0
"""Forty-one past decisions, three of them by one vote: what is listed, and in which order (S2, D10, M03)."""

from django.db import connection

from evenhand.procedure.review_rows import rows_of
from evenhand.store import models
from tests.procedure.past import reviewed

ONE_VOTE = """
SELECT e.id FROM store_entry e
JOIN store_proposal p ON p.matter_id = e.matter AND p.status = 'carried'
JOIN store_vote mine ON mine.proposal_id = p.ident AND mine.choice = 'for'
JOIN store_part seat ON seat.pseudonym = mine.pseudonym AND seat.person = %s
WHERE e.type = 'act' AND e.rule = 'review.stand' AND (
  SELECT count(*) FROM store_vote other
  WHERE other.proposal_id = p.ident AND other.choice = 'for' AND other.pseudonym <> mine.pseudonym) < 2
ORDER BY e.at, e.id
"""
"""Written without a line of the software: without this vote fewer than two of three were for it."""


def independent(person):
    """The decisions that turned on one vote, asked of the tables directly."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_VOTE, [person])
        return [row[0] for row in cursor.fetchall()]


def test_three_of_forty_one_turned_on_one_vote_and_come_first(made):
    """S2: whoever has six hours for forty-one decisions begins with the three that would have ended otherwise."""
    person = reviewed(made, turned=3, others=38)
    review = models.Matter.objects.get(kind="affected")
    rows = rows_of(made.organisation, review)
    assert (41, 3) == (len(rows), sum(bool(row.about["pivotal"]) for row in rows))
    assert independent(person) == [row.entry.id for row in rows[:3]]
    assert [True] * 3 + [False] * 38 == [bool(row.listed.due) for row in rows]
    rest = [row.entry for row in rows[3:]]
    assert sorted(rest, key=lambda entry: (entry.at, entry.id)) == rest
    assert {("voted",), ("voted", "drafted")} == {tuple(row.about["involvement"]) for row in rows}
    assert {"carried"} == {row.about["without"] for row in rows[3:]}
