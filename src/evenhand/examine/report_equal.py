# SPDX-License-Identifier: Apache-2.0
"""Part 7: equal treatment. Three figures side by side or none; every sentence about them comes from `monitor.words`."""

from typing import Any

from evenhand.examine import phrases
from evenhand.examine.report_equal_three import sentence_of, three
from evenhand.examine.report_markup import Column, Html, Piece, bullets, data, join, n, narrow, p, quiet, said, tag
from evenhand.examine.report_part import Part, absent, counted, rows_behind, shown
from evenhand.examine.report_reading import Findings, as_number, cell, whole
from evenhand.monitor.words import FEWEST_PEOPLE, LIMITS, MAY_CLAIM, MAY_NOT_CLAIM

NAME = "Equal treatment"

NOT_COMPARED = "No groups were compared."
TO_DO = (
    "Name under <code>[[compare]]</code> in <code>mapping.toml</code> an attribute, its column and the outcome. "
    "Without it nothing is compared."
)
MADE = "{all} made, each in three figures that answer different questions. None of them shows why."
MADE_ONE = "One comparison was made, in three figures that answer different questions. None of them shows why."
TOO_FEW = "{all} asked for; there are too few people to tell anything."

TITLE = "{attribute}: {group} beside {reference}, “{outcome}”"
TITLE_ALONE = "{attribute}, “{outcome}”"
GROUPS = "Every group of {column}, {all}, largest first. {shown}"
UNKNOWN = "Group not known: {unknown} of the same kind; they are compared with nobody."
FEW_PEOPLE = "fewer than {people} people"
LIMITS_TITLE = "What these figures cannot show"
CLAIM = "They may be cited for {claims}. They may not be cited for any of these:"
HOW = (
    "One unit is an allegation against one person under one clause whose finding decides. It has the outcome if the "
    "finding goes against the person.",
    "Crude: all units together. Stratified: like compared with like. Within: several people in the same incident, "
    "under the same clause.",
    "Odds are those with the outcome for each one without it. A range that holds 1 allows for no difference at all.",
    "With fewer than 10 people in a group nothing is told.",
)


def equal_treatment(findings: Findings) -> Part:
    """Each comparison in three figures with its table, and what may not be read into them."""
    f = findings
    rows = f.rows("equal_treatment")
    if not rows:
        return absent("equal-treatment", 7, NAME, NOT_COMPARED, f, "equal_treatment", TO_DO)
    before = [comparison(f, row, place) for place, row in enumerate(rows)]
    claims = phrases.listing(list(MAY_CLAIM))
    text: list[Piece] = [
        tag("h3", LIMITS_TITLE),
        bullets(Html(limit) for limit in LIMITS),
        p(Html(CLAIM.format(claims=claims))),
        bullets(Html(limit) for limit in MAY_NOT_CLAIM),
    ]
    margin = [counted(*HOW), rows_behind(f, "compare_")]
    return Part("equal-treatment", 7, NAME, statement(rows), text, margin, before=before)


def statement(rows: list[dict[str, Any]]) -> Html:
    """How many comparisons there are; what they found is not to be told in one sentence."""
    if all(row.get("suppressed") for row in rows):
        return said(TOO_FEW, all=Html(phrases.counted(len(rows), "comparison was", "comparisons were")))
    if len(rows) == 1:
        return Html(MADE_ONE)
    return said(MADE, all=Html(phrases.counted(len(rows), "comparison was", "comparisons were")))


def comparison(f: Findings, row: dict[str, Any], place: int) -> Html:
    """One comparison: three figures, or the sentence that takes their place, and the groups."""
    path = f"equal_treatment.{place}"
    head = tag("h3", title(row), id=f"compare-{place}")
    words = row.get("words")
    if not isinstance(words, dict):
        told: Piece = tag("div", p(f.absent(f"{path}.words")), class_="empty")
    elif row.get("suppressed"):
        told = tag("div", join(p(sentence_of(line, row)) for line in words.get("together") or ()), class_="empty")
    else:
        told = three(row, words, place)
    return tag(
        "section", join([head, told, groups(f, row, path)]), class_="comparison", aria_labelledby=f"compare-{place}"
    )


def title(row: dict[str, Any]) -> Html:
    """Who is compared with whom, and in what."""
    attribute = str(row.get("attribute") or "–").replace("_", " ")
    blanks = {"attribute": attribute[:1].upper() + attribute[1:], "outcome": str(row.get("outcome") or "–")}
    if row.get("group") is None or row.get("reference") is None:
        return said(TITLE_ALONE, **blanks)
    return said(TITLE, group=str(row["group"]), reference=str(row["reference"]), **blanks)


def groups(f: Findings, row: dict[str, Any], path: str) -> Html:
    """Every group with its units and its rate; of a group of few people only that it is there."""
    rows = f.rows(f"{path}.groups")
    if not rows:
        return Html("")
    few, told = shown(rows)
    lines = [group(each) for each in few]
    caption = said(
        GROUPS,
        column=tag("code", data(row.get("column") or row.get("attribute") or "–", 60)),
        all=Html(phrases.counted(len(rows), "group", "groups")),
        shown=Html(told),
    )
    columns = (Column("Group"), n("Units"), n("With the outcome"), n("In 100"))
    unknown = whole(row, "unknown")
    below = quiet(said(UNKNOWN, unknown=Html(phrases.counted(unknown, "unit", "units")))) if unknown else Html("")
    return tag("div", narrow(caption, columns, lines), below, class_="groups")


def group(row: dict[str, Any]) -> tuple[Piece, ...]:
    """The cells of one group."""
    people, units = as_number(row.get("people")), as_number(row.get("n"))
    name = data(row.get("group") if row.get("group") is not None else "–", 80)
    if (people if people is not None else units or 0) < FEWEST_PEOPLE:
        return (name, tag("small", FEW_PEOPLE.format(people=FEWEST_PEOPLE)), Html("–"), Html("–"))
    rate = as_number(row.get("rate"))
    return (name, cell(row, "n"), cell(row, "events"), Html("–") if rate is None else Html(f"{100 * rate:.1f}"))
