# SPDX-License-Identifier: Apache-2.0
"""What the terminal says of an examination: a line for each finding, each with the number it is a part of.

The report says all of it, with tables; these lines only say whether it is worth opening, and what was not examined.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Findings = Mapping[str, Any]
Row = tuple[str, str]

STAGE = "stages."
"""How the limit of a stage is told from a limit between two acts: there are too many for a line each."""

UNKNOWN = "not known: "
"""What stands in place of a number that the source or the mapping cannot give; the reason follows."""


def told(findings: Findings) -> list[Row]:
    """What each line is about, and the line. A finding that cannot be made is told with its reason."""
    return [
        *_population(findings["population"]),
        *_rules(findings),
        *_clocks(findings),
        *_own_cause(findings),
        *_overridden(findings),
        *_like_cases(findings),
        *_compared(findings),
        *_balance(findings),
    ]


def told_of_snapshots(findings: Sequence[Findings]) -> list[Row]:
    """A line for each pair of snapshots."""
    return [
        (
            f"{pair['from']} to {pair['to']}",
            f"{pair['added']:,} added, {pair['removed']:,} removed, {pair['altered']:,} altered "
            f"({pair['blanked']:,} blanked, {pair['outcomes_replaced']:,} with an outcome replaced)",
        )
        for pair in findings
    ]


def _population(found: Findings) -> Iterator[Row]:
    yield "cases", f"{found['cases']:,}, of which open {found['open']:,}; acts {found['acts']:,}"
    backwards = found["closed_before_received"]
    if backwards:
        yield "dates", f"closed before they were received: {backwards:,}"
    yield (
        "rows",
        f"not readable {found['rejected_rows']:,}, doubtful {found['doubtful_rows']:,}; all are listed",
    )


def _rules(findings: Findings) -> Iterator[Row]:
    found = findings["rules"]
    if found is None:
        yield "rules", _why(findings, "rules")
        return
    of = found["lawful"] + found["unlawful"]
    yield "rules", f"in {found['unlawful']:,} of {of:,} cases an act was done that the rulebook did not allow"
    for rule in found["requirements"]:
        yield f"rule {rule['id']}", f"broken in {rule['broken']:,} of {rule['of']:,} cases"


def _clocks(findings: Findings) -> Iterator[Row]:
    if findings["clocks"] is None:
        yield "limits", _why(findings, "clocks")
        return
    stages = [clock for clock in findings["clocks"] if clock["id"].startswith(STAGE)]
    for clock in (clock for clock in findings["clocks"] if clock not in stages):
        early = f", early in {clock['early']:,}" if clock["early"] else ""
        never = f"; in {clock['never']:,} more it never came" if clock["never"] else ""
        yield f"limit {clock['id']}", f"late in {clock['late']:,} of {clock['of']:,} cases{early}{never}"
    if stages:
        late, of = (sum(clock[key] for clock in stages) for key in ("late", "of"))
        yield "stage clocks", f"the limit passed in {late:,} of {of:,} stages; the report says in which"


def _own_cause(findings: Findings) -> Iterator[Row]:
    found = findings["own_cause"]
    if found is None:
        yield "own cause", _why(findings, "own_cause")
        return
    if (party := _count(found.get("party_in_same_case"))) is not None:
        yield "own cause", f"acted in a case to which they were a party: {party:,}"
    own = found.get("own_case_open")
    if own is not None and own.get("count") is not None:
        yield "own cause", f"assigned while a case against them was open: {own['count']:,} of {own['of']:,}"
    if (apart := _count(found.get("roles_not_apart"))) is not None:
        yield "own cause", f"held two roles that the rulebook keeps apart: {apart:,}"


def _overridden(findings: Findings) -> Iterator[Row]:
    found = findings["overridden"]
    if found is None or found["both"] is None:
        yield "overridden", _why(findings, "overridden")
        return
    ways = [f"{found[way]:,} {way}" for way in ("softer", "harder") if found[way] is not None]
    told_ways = f" ({', '.join(ways)})" if ways else ""
    yield "overridden", f"recommendations changed: {found['changed']:,} of {found['both']:,}{told_ways}"


def _like_cases(findings: Findings) -> Iterator[Row]:
    found = findings["like_cases"]
    if found is None or found["cells"] is None:
        yield "like cases", _why(findings, "like_cases")
        return
    yield "like cases", f"findings differ in {found['differing']:,} of {found['cells']:,} (one case, one clause)"


def _compared(findings: Findings) -> Iterator[Row]:
    found = findings["equal_treatment"]
    if not found:
        yield "compared", _why(findings, "equal_treatment")
        return
    # The three figures are one value and are never told alone; here there is room for none of them.
    yield "compared", f"{', '.join(str(row['attribute']) for row in found)}: see the report for all three figures"


def _balance(findings: Findings) -> Iterator[Row]:
    found = findings["balance"]
    if not found:
        yield "balance", _why(findings, "balance")
        return
    broken = [row for row in found if not row["holds"]]
    yield "balance", f"does not hold in {len(broken):,} of {len(found):,} years"


def _count(found: Any) -> int | None:
    """A count may stand alone or with what it is a part of."""
    value = found.get("count") if isinstance(found, Mapping) else found
    return value if isinstance(value, int) else None


def _why(findings: Findings, path: str) -> str:
    """The reason of a finding that is null, or of the first null part of it."""
    why: Mapping[str, str] = findings["why"]
    reason = why.get(path) or next((said for place, said in why.items() if place.startswith(f"{path}.")), "")
    return UNKNOWN + (reason or "the source does not say")
