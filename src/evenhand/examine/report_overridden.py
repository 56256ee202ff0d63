# SPDX-License-Identifier: Apache-2.0
"""Part 5: recommendation against decision."""

from evenhand.examine import phrases
from evenhand.examine.charts_bars import Bar, lying
from evenhand.examine.report_markup import Column, Html, Piece, data, n, numbers, p, said, tag
from evenhand.examine.report_part import Part, absent, counted, figure, listed, opened, rows_behind
from evenhand.examine.report_reading import Findings, cell, whole

NAME = "Overridden"

NOT_SEEN = "Whether recommendations were followed cannot be seen in this file."
TO_DO = (
    "It takes a recommended and a final finding for the same allegation. Give both in <code>allegations.sql</code>, as "
    "<code>recommended</code> and <code>finding</code>."
)
NO_BOTH = "No allegation has both a recommendation and a decision."
CHANGED = "Of {both} with a recommendation and a decision, {changed} ({share}) were decided otherwise than recommended."
NONE_CHANGED = "Of {both} with a recommendation and a decision, none was decided otherwise than recommended."
NUMBERS = (
    ("both", "allegations with a recommendation and a decision"),
    ("changed", "decided otherwise than recommended"),
    ("softer", "of these recommended against the respondent, and decided otherwise"),
    ("harder", "of these decided against the respondent, and recommended otherwise"),
)
CHART = "Changes by direction"
BARS = (
    ("softer", "from against to otherwise"),
    ("harder", "from otherwise to against"),
)
REST = "other changes"
CHART_CAPTION = (
    "All changes by direction, from what was recommended to what was decided. "
    "The other changes turn nothing for or against the respondent."
)
WITH_REASONS = "With reasons in the file: {with_reasons} of the {changed} changes; without: {without_reasons}."
REASONS = "Reasons for the changes"
BY_CHANGE = "<b>What was changed into what</b> {all}, most frequent first. {shown}"
HOW = (
    "An allegation counts once for each person and clause, where the file has both findings.",
    "“Against” are the findings that the mapping names under <code>against</code>; all others are “otherwise”.",
    "A change is no fault. A change without reasons is one that nobody can follow.",
)


def overridden(findings: Findings) -> Part:
    """Recommendation against decision, both directions, with and without reasons."""
    f = findings
    if not isinstance(f.at("overridden"), dict):
        return absent("overridden", 5, NAME, NOT_SEEN, f, "overridden", TO_DO)
    text: list[Piece] = [*counts(f), directions(f), *reasons(f)]
    margin = [counted(*HOW), rows_behind(f, "overridden", "softer", "harder", "recommended_and_decided")]
    return Part("overridden", 5, NAME, statement(f), [*text, by_change(f)], margin)


def statement(f: Findings) -> Html:
    """How many were decided otherwise, in a sentence."""
    both, changed = f.number("overridden.both"), f.number("overridden.changed")
    if both is None or changed is None:
        return Html(NOT_SEEN)
    if not both:
        return Html(NO_BOTH)
    words = Html(phrases.counted(both, "allegation", "allegations"))
    return said(
        CHANGED if changed else NONE_CHANGED, both=words, changed=changed, share=Html(phrases.percent(changed, both))
    )


def counts(f: Findings) -> list[Piece]:
    """The four numbers, and a sentence for each that is not known."""
    known, unknown = [], []
    for key, label in NUMBERS:
        number = f.number(f"overridden.{key}")
        if number is None:
            unknown.append(p(Html(f"{label}: "), f.absent(f"overridden.{key}")))
        else:
            known.append((Html(label), opened(f, number, f"overridden.{key}")))
    return [numbers(known), *unknown]


def directions(f: Findings) -> Html:
    """The changes by direction as lying bars; the numbers stand above it."""
    changed = f.number("overridden.changed")
    known = [(label, f.number(f"overridden.{key}")) for key, label in BARS]
    if not changed or any(number is None for _, number in known):
        return Html("")
    bars = [Bar(label, int(number or 0), 0) for label, number in known]
    bars.append(Bar(REST, max(int(changed) - sum(bar.all for bar in bars), 0), 0))
    desc = "; ".join(f"{bar.name}: {phrases.count(bar.all)}" for bar in bars) + "."
    return figure(lying("directions", CHART, desc, bars), CHART_CAPTION)


def reasons(f: Findings) -> list[Piece]:
    """How many changes have reasons in the file, or why that is not known."""
    head = tag("h3", REASONS)
    known = {key: f.number(f"overridden.{key}") for key in ("with_reasons", "without_reasons", "changed")}
    if any(number is None for number in known.values()):
        return [head, p(f.absent("overridden.with_reasons"))]
    return [head, p(said(WITH_REASONS, **{key: Html(phrases.count(number or 0)) for key, number in known.items()}))]


def by_change(f: Findings) -> Html:
    """The commonest changes."""
    rows = sorted(f.rows("overridden.by_change"), key=lambda row: -whole(row, "n"))[:20]
    if not rows:
        return Html("")
    told = "The 20 most frequent are shown." if len(rows) == 20 else ""
    lines = [
        (data(row.get("recommended") or "–", 120), data(row.get("decided") or "–", 120), cell(row, "n")) for row in rows
    ]
    caption = said(BY_CHANGE, all=Html(phrases.counted(len(rows), "change", "changes")), shown=Html(told))
    return listed(caption, (Column("Recommended"), Column("Decided"), n("Allegations")), lines)
