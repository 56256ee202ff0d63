# SPDX-License-Identifier: Apache-2.0
"""Part 2: the acts against the rulebook of their day."""

from typing import Any

from evenhand.examine import phrases
from evenhand.examine.charts_bars import Bar, bars
from evenhand.examine.report_markup import Column, Html, Piece, data, join, n, narrow, numbers, p, said, tag
from evenhand.examine.report_part import Part, absent, counted, figure, in_numbers, listed, opened, rows_behind, shown
from evenhand.examine.report_reading import Findings, cell, names, versions, whole

NAME = "Rules"

NOT_REPLAYED = "The acts were not compared with a rulebook."
TO_DO = (
    "Write down the rules of the day as <code>rulebook.yaml</code> in the folder of the mapping, name it in "
    "<code>mapping.toml</code>, and run the examination again."
)
UNLAWFUL = "In {unlawful} of {cases}, an act was done that the rulebook did not allow at that point."
LAWFUL = "Of {cases}, none holds an act that the rulebook did not allow at that point."
NO_CASE = "There was no case to compare with the rulebook."
ONLY_UNLAWFUL = "Cases in which an act was done that the rulebook did not allow: {unlawful}."

NUMBERS = (
    ("unlawful", "cases with an act out of order"),
    ("lawful", "cases in which every act was in order"),
    ("complete", "of these, cases whose last act reached an end"),
    ("without_acts", "cases without any act, of which nothing can be said"),
)
FIRST = "<b>The first act out of order</b> {all}, most cases first. {shown} What follows it in the case is not judged."
BY_YEAR = "Cases in which an act was out of order, by year"
YEAR_DESC = "{years} bars, {first} to {last}. The most in one year: {most} of {of} cases, in {year}."
YEAR_CAPTION = "Open bar: cases of that year. Filled part: those with an act out of order."
YEAR_PART = "cases with an act out of order"
BY_ACT = "<b>By act</b> {all}, most cases first. {shown}"
BY_OFFICE = "<b>By office</b> {all}, most cases first. {shown}"
REQUIREMENTS = (
    "<b>What the rulebook requires of a whole case</b> {all}, most broken first. {shown} "
    "“Of” counts the cases to which the requirement applies."
)
HOW = (
    "Every case is played again, act by act, under the rulebook of its day. It counts once, at its first act out of "
    "order.",
    "“Lawful then” is what the rulebook would have allowed instead at that point.",
    "A requirement looks at the whole case: what must, or must never, stand in it.",
    "An act out of order is a matter between the file and the rulebook as it was written down. "
    "Either of the two may be what is wrong.",
)


def rules(findings: Findings) -> Part:
    """The acts against the rulebook: first acts out of order, by year, act and office, and the requirements."""
    f = findings
    if not isinstance(f.at("rules"), dict):
        return absent("rules", 2, NAME, NOT_REPLAYED, f, "rules", TO_DO)
    text = [*counts(f), by_year(f), beside_each_other(f)]
    wide = [each for each in (first_acts(f), requirements(f)) if each]
    margin = [counted(*HOW), rows_behind(f, "unlawful_cases", "requirement_")]
    return Part(
        "rules",
        2,
        NAME,
        statement(f),
        text,
        margin,
        [tag("section", join(wide), aria_label="Acts and requirements")] if wide else [],
    )


def statement(f: Findings) -> Html:
    """How many cases hold an act out of order, in a sentence."""
    lawful, unlawful = f.number("rules.lawful"), f.number("rules.unlawful")
    if unlawful is None:
        return Html(NOT_REPLAYED)
    if lawful is None:
        return said(ONLY_UNLAWFUL, unlawful=unlawful)
    if not lawful + unlawful:
        return Html(NO_CASE)
    cases = Html(phrases.counted(lawful + unlawful, "case", "cases"))
    return said(UNLAWFUL if unlawful else LAWFUL, unlawful=unlawful, cases=cases)


def counts(f: Findings) -> list[Piece]:
    """Cases in order and out of order; a sentence for what is not known."""
    known: list[tuple[Piece, Piece]] = []
    unknown: list[Piece] = []
    for key, label in NUMBERS:
        number = f.number(f"rules.{key}")
        if number is None:
            if key in ("unlawful", "lawful"):
                unknown.append(p(Html(f"{label}: "), f.absent(f"rules.{key}")))
        elif number or key != "without_acts":
            known.append((Html(label), opened(f, number, f"rules.{key}")))
    return [numbers(known), *unknown]


def by_year(f: Findings) -> Html:
    """The years as bars, with their table."""
    rows = [row for row in f.rows("rules.by_year") if row.get("year") is not None]
    if not any(whole(row, "cases") for row in rows):
        return Html("")
    rows = sorted(rows, key=lambda row: str(row["year"]))
    most = max(rows, key=lambda row: whole(row, "unlawful"))
    desc = YEAR_DESC.format(
        years=len(rows), first=rows[0]["year"], last=rows[-1]["year"], most=phrases.count(whole(most, "unlawful")),
        of=phrases.count(whole(most, "cases")), year=most["year"],
    )  # fmt: skip
    svg = bars(
        "rules-year",
        BY_YEAR,
        desc,
        [Bar(str(r["year"]), whole(r, "cases"), whole(r, "unlawful")) for r in rows],
        YEAR_PART,
    )
    lines = [
        (
            data(r["year"]),
            cell(r, "cases"),
            cell(r, "unlawful"),
            phrases.percent(whole(r, "unlawful"), whole(r, "cases")),
        )
        for r in rows
    ]
    columns = (Column("Year"), n("Cases"), n("Out of order"), n("Share"))
    inside = in_numbers("The same in numbers", narrow(f"{BY_YEAR}, earliest first.", columns, lines))
    return join([tag("h3", "By year"), figure(svg, YEAR_CAPTION, inside)])


def beside_each_other(f: Findings) -> Html:
    """By act and by office, two short tables."""
    tables = [
        grouped(f, "rules.by_act", "act", BY_ACT, "Act", "act", "acts"),
        grouped(f, "rules.by_office", "office", BY_OFFICE, "Office", "office", "offices"),
    ]
    found = [each for each in tables if each]
    return tag("div", join(found), class_="pair") if found else Html("")


def grouped(f: Findings, path: str, key: str, template: str, title: str, one: str, many: str) -> Html:
    """Cases out of order grouped by one thing."""
    rows = sorted(f.rows(path), key=lambda row: (-whole(row, "cases"), str(row.get(key))))
    if not rows:
        return Html("")
    few, told = shown(rows)
    caption = said(template, all=Html(phrases.counted(len(rows), one, many)), shown=Html(told))
    lines = [(names(row.get(key)), cell(row, "cases")) for row in few]
    return listed(caption, (Column(title), n("Cases")), lines, few=8, kind=narrow)


def first_acts(f: Findings) -> Html:
    """Which act was first out of order, and what was lawful then."""
    rows = sorted(f.rows("rules.first_unlawful"), key=lambda row: -whole(row, "cases"))
    if not rows:
        return Html("")
    few, told = shown(rows)
    lines = [(names(row.get("act")), cell(row, "cases"), instead(row), rule_of(row)) for row in few]
    caption = said(FIRST, all=Html(phrases.counted(len(rows), "kind", "kinds")), shown=Html(told))
    return listed(caption, (Column("Act"), n("Cases"), Column("Lawful then"), Column("Rule")), lines)


def instead(row: dict[str, Any]) -> Html:
    """What was lawful at that point."""
    given = row.get("instead")
    return names(given) if given else Html("nothing")


def rule_of(row: dict[str, Any]) -> Html:
    """What the rule says, and where it stands."""
    told = [data(row["says"])] if row.get("says") else []
    reference = tag("small", data(row.get("rule") or "–", 80), versions(row), class_="rule-ref")
    return join([*told, reference])


def requirements(f: Findings) -> Html:
    """What is required of a whole case, and how often it is broken."""
    rows = sorted(f.rows("rules.requirements"), key=lambda row: (-whole(row, "broken"), str(row.get("id"))))
    if not rows:
        return Html("")
    few, told = shown(rows)
    lines = []
    for row in few:
        broken, of = whole(row, "broken"), whole(row, "of")
        lines.append(
            (
                rule_of({**row, "rule": row.get("id")}),
                opened(f, of, f"rules.requirements.{row.get('id')}.of"),
                opened(f, broken, f"rules.requirements.{row.get('id')}.broken"),
                phrases.percent(broken, of) if of else Html("–"),
            )
        )
    caption = said(REQUIREMENTS, all=Html(phrases.counted(len(rows), "requirement", "requirements")), shown=Html(told))
    return listed(caption, (Column("Requirement"), n("Of"), n("Broken"), n("Share")), lines)
