# SPDX-License-Identifier: Apache-2.0
"""The pages for readers: one HTML file that stands alone, made from the findings and from nothing else."""

from pathlib import Path
from typing import Any

from evenhand.examine.report_balance import balance
from evenhand.examine.report_check import check
from evenhand.examine.report_clocks import clocks
from evenhand.examine.report_equal import equal_treatment
from evenhand.examine.report_head import as_of, head
from evenhand.examine.report_like_cases import like_cases
from evenhand.examine.report_markup import join, said
from evenhand.examine.report_overridden import overridden
from evenhand.examine.report_own_cause import own_cause
from evenhand.examine.report_page import of_source, page
from evenhand.examine.report_part import draw
from evenhand.examine.report_population import population
from evenhand.examine.report_reading import Findings
from evenhand.examine.report_rules import rules
from evenhand.examine.report_snapshots import snapshots

PARTS = (population, rules, clocks, own_cause, overridden, like_cases, equal_treatment, balance, check)
MASTHEAD = "The examination"
TITLE = "{name}: the examination of a case history"
TITLE_DAY = "{name}, {day}: the examination of a case history"


def write_report(part: Path, findings: dict[str, Any]) -> None:
    """Write `report.html` into the folder `part`. Equal findings and equal names in `part/tables` give equal bytes.

    Links go only to tables that lie there. Raises OSError if the file cannot be written.
    """
    tables = frozenset(path.stem for path in (part / "tables").glob("*.parquet"))
    (part / "report.html").write_text(report(findings, tables), "utf-8", newline="\n")


def report(findings: dict[str, Any], tables: frozenset[str] = frozenset()) -> str:
    """The page as text; `tables` are the names of the Parquet files beside it, without their ending."""
    f = Findings(findings, tables)
    parts = [make(f) for make in PARTS]
    name, day = str(f.at("source.name") or "A source without a name"), as_of(f)
    title = TITLE.format(name=name[:60]) if day is None else TITLE_DAY.format(name=name[:60], day=day)
    of = of_source(f.at("source.name"))
    return page(
        title=title,
        masthead=MASTHEAD,
        of=of if day is None else said("{of}, up to {day}", of=of, day=day),
        ways=[(part.id, part.name) for part in parts],
        content=join([head(f, parts), *(draw(part) for part in parts)]),
    )


def write_snapshots(part: Path, findings: dict[str, Any]) -> None:
    """Write the page on snapshots as `report.html` into the folder `part`, beside `snapshots.parquet`."""
    rows = (part / "snapshots.parquet").is_file()
    (part / "report.html").write_text(snapshots(findings, rows=rows), "utf-8", newline="\n")
