# SPDX-License-Identifier: Apache-2.0
"""Invented findings for pages to be made from: a full set, and the sets at the edges. Everybody in them is invented."""

from copy import deepcopy
from dataclasses import asdict
from typing import Any

import numpy as np

from evenhand.monitor.triple import triple
from evenhand.monitor.words import Subject, told

Found = dict[str, Any]
YEARS = range(2021, 2027)
HASH = "4f196504953667145a87d78183ff71270fd63772f12af934e6f1f0328f4df9e3"
HOSTILE = (
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\u202eevil\u202c and \u0000 and \u0007",
    "שלום: 7.9 in 100",
    "a" * 10_000,
    "e" + "\u0301" * 60,
    '"><svg onload=alert(1)>',
    "{cases} %s {0.__class__}",
    "\ud800",
)


def full() -> Found:
    """What an examination of the Harbour Federation finds: every part has something to say."""
    return deepcopy(FULL)


def of(**changes: Any) -> Found:
    """The full set with some of its keys replaced."""
    return {**full(), **changes}


def nothing_known() -> Found:
    """A file of which only the cases could be read: every other finding is null and says why."""
    parts = ("rules", "clocks", "backlog", "overridden", "like_cases", "equal_treatment", "balance", "rulebook")
    found = of(**dict.fromkeys(parts))
    found["own_cause"] = dict.fromkeys(("party_in_same_case", "own_case_open", "roles_not_apart"))
    found["population"] |= {"closure_days": None, "survival": None, "missing": [], "rejected": [], "doubtful": []}
    found["why"] = {part: f"The source says nothing of {part.replace('_', ' ')}." for part in (*parts, "own_cause")}
    return found


def no_case() -> Found:
    """A file without any case."""
    counts = dict.fromkeys(("cases", "acts", "open", "closed_before_received", "rejected_rows", "doubtful_rows"), 0)
    found = nothing_known()
    found["population"] = {**counts, "closure_days": None, "survival": None, "as_of": None, "first_received": None}
    return found | {
        "rules": {"lawful": 0, "unlawful": 0},
        "clocks": [],
        "balance": [],
        "tables": [],
        "equal_treatment": [],
    }


def one_case() -> Found:
    """A file with one case."""
    found = nothing_known()
    counts = dict.fromkeys(("cases", "acts", "open", "closed_before_received", "rejected_rows", "doubtful_rows"), 1)
    found["population"] = {**counts, "closure_days": {"closed_median": 1, "km_median": 1}, "as_of": "2026-10-31"}
    found["rules"] = {"lawful": 0, "unlawful": 1, "by_year": [{"year": 2026, "cases": 1, "unlawful": 1}]}
    found["clocks"] = [{**FULL["clocks"][0], "of": 1, "on_time": 0, "early": 0, "late": 1, "never": 0, "by_year": []}]
    found["like_cases"] = {"cells": 1, "differing": 1, "examples": []}
    found["balance"] = [{**FULL["balance"][0], "carried_in": 0, "received": 1, "concluded": 0, "carried_over": 1}]
    return found


def large() -> Found:
    """60 limits over 40 years, with counts of eight figures."""
    years = [
        {"year": 1986 + k, "of": 1_250_000, "early": k, "on_time": 1_000_000 - k, "late": 250_000} for k in range(40)
    ]
    clocks = [
        {**FULL["clocks"][0], "id": f"limit-{k}", "of": 50_000_000, "late": 10_000_000 - k, "by_year": years}
        for k in range(60)
    ]
    rules = FULL["rules"] | {
        "lawful": 98_765_432,
        "by_year": [{"year": 1986 + k, "cases": 2_400_000, "unlawful": 700_000 + k} for k in range(40)],
        "first_unlawful": [{**FULL["rules"]["first_unlawful"][0], "cases": k} for k in range(300)],
        "requirements": [{**FULL["rules"]["requirements"][0], "id": f"duty-{k}"} for k in range(80)],
    }
    return of(clocks=clocks, rules=rules, balance=[_year(1986 + k) for k in range(40)])


def hostile() -> Found:
    """The full set in which every name and sentence of somebody else is an attack."""
    words = iter(HOSTILE * 400)

    def changed(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: v if k in ("words", "why", "by_year") else changed(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [changed(each, key) for each in value]
        kept = key in ("from", "to", "limit", "as_of", "opens", "survival", "sha256", "digest", "first_received")
        return next(words) if isinstance(value, str) and not kept else value

    found = changed(full())
    found["equal_treatment"][0]["words"] = compared(group=HOSTILE[0], reference=HOSTILE[4])["words"]
    found["equal_treatment"][0] |= {"group": HOSTILE[0], "reference": HOSTILE[4], "outcome": "upheld"}
    return found


def few_people() -> Found:
    """A comparison with nine people in one group."""
    return compared(people=9)


def compared(*, group: str = "Anchor", reference: str = "Compass", people: int = 240, seed: int = 1) -> Found:
    """A comparison of two slates over 2,000 allegations in incidents of two, as the examination writes it."""
    rng = np.random.default_rng(seed)
    is_a, incident = np.arange(2000) % 2, np.arange(2000) // 2
    outcome = (rng.random(2000) < 0.5 - 0.17 * is_a).astype(np.int64)
    three = triple(is_a, outcome, incident, incident % 6, incident)
    subject = Subject(
        units="allegations",
        a=group,
        b=reference,
        outcome="upheld",
        period="2021 to 2026",
        like="clause and year of receipt",
    )
    words = asdict(told(three, subject, people_a=people, people_b=310))
    figures: Found = {"crude": None, "stratified": None, "within_case": None}
    suppressed = words.pop("suppressed")
    if not suppressed:
        for key, figure, prefix in (
            ("crude", three.crude, "odds_"), ("stratified", three.stratified, ""), ("within_case", three.within, ""),
        ):  # fmt: skip
            rates = {"group": figure.rate_a, "reference": figure.rate_b}
            figures[key] = {
                "odds_ratio": figure.odds_ratio,
                f"{prefix}low": figure.low,
                f"{prefix}high": figure.high,
                "rates": rates,
            }
    sizes = ((group, 1000, people), (reference, 1000, 310), ("unaligned", 35, 8))
    groups = [{"group": name, "n": n, "events": 3, "rate": 0.003, "people": number} for name, n, number in sizes]
    return {
        "attribute": "slate", "outcome": "upheld", "column": "people.slate", "strata": ["allegations.clause"],
        "group": group, "reference": reference, "unknown": 12, "suppressed": suppressed, "groups": groups,
        "words": words, **figures,
    }  # fmt: skip


def _year(year: int) -> Found:
    return {
        "from": f"{year}-01-01", "to": f"{year}-12-31", "carried_in": 60, "received": 900, "concluded": 900,
        "carried_over": 60, "holds": True,
    }  # fmt: skip


def _clock(ident: str, says: str, limit: str, *, late: int, early: int = 0) -> Found:
    years = [{"year": year, "of": 500, "early": early // 6, "on_time": 450, "late": late // 6} for year in YEARS]
    return {
        "id": ident, "from": "investigate", "to": "notify", "limit": limit, "of": 3022, "early": early,
        "on_time": 3022 - late - early, "late": late, "never": 52, "without_start": 0, "says": says, "by_year": years,
        "late_by": {"median": 37, "p90": 55, "most": 61} if late else None,
    }  # fmt: skip


def _tables(*opens: tuple[str, int, str]) -> list[Found]:
    return [{"name": name, "rows": rows, "says": "A case.", "opens": [path]} for name, rows, path in opens]


FULL: Found = {
    "source": {
        "name": "Harbour Federation", "zone": "Europe/London", "licence": "Invented", "as_of": "2026-10-31",
        "files": [{"name": "complaints.csv", "bytes": 240_100, "sha256": HASH, "rows": 5000, "rejected": 2}],
    },
    "mapping": {"files": [{"name": "mapping.toml", "sha256": HASH}, {"name": "cases.sql", "sha256": HASH}]},
    "rulebook": {"id": "harbour", "title": "Rules of the Harbour Federation", "version": 2, "digest": f"sha256:{HASH}",
                 "book": "discipline", "in_force": "2020-04-01"},
    "population": {
        "cases": 5000, "acts": 49_325, "open": 228, "closed_before_received": 5, "rejected_rows": 2,
        "doubtful_rows": 12,
        "first_received": "2021-04-01", "last_received": "2026-10-30", "as_of": "2026-10-31",
        "closure_days": {"closed_median": 96, "closed_p90": 150, "km_median": 98, "km_p90": None},
        "survival": {
            "all": [[day, 1 - day / 220, 0.98 - day / 220, 1 - day / 230] for day in range(0, 210, 3)],
            "closed": [[day, 1 - day / 200] for day in range(0, 200, 3)],
        },
        "missing": [{"column": "allegations.reasons", "rows": 6163, "of": 6343},
                    {"column": "cases.closed", "rows": 228, "of": 5000}],
        "cannot_show": ["The source has no column `reasons` in its allegations."],
        "rejected": [{"file": "complaints.csv", "reason": "Too many columns.", "rows": 2, "first_line": 77}],
        "doubtful": [{"table": "cases", "file": "complaints.csv", "reason": "The case is there twice.", "rows": 12,
                      "first_line": 5002, "example": "HF-2021-00524"}],
    },
    "rules": {
        "lawful": 4940, "unlawful": 60, "complete": 4716, "without_acts": 0,
        "by_year": [{"year": year, "cases": 850, "unlawful": 10} for year in YEARS],
        "by_act": [{"act": "notify", "cases": 40}, {"act": "sanction", "cases": 20}],
        "by_office": [{"office": "case_officer", "cases": 60}],
        "first_unlawful": [{"act": "notify", "instead": ["flag_late", "frame", "withdraw"], "rule": "acts/notify",
                            "says": "The matter stood at triage, and notify can be done in notice only.",
                            "stage": "triage", "cases": 60}],
        "requirements": [{"id": "heard", "says": "A decision follows a hearing.", "of": 2358, "broken": 5}],
    },
    "clocks": [
        _clock("notice-sent", "The notice of investigation is due (B01).", "within 5wd", late=63),
        _clock("hearing-notice", "Fourteen days between notice and hearing (F10).", "at_least 14d", late=0, early=300),
        _clock("hold-ends", "A hold ends or somebody else renews it (M14).", "within 28d", late=6),
        _clock("danger-read", "A named person has read it within a day (M14).", "within 1wd", late=0),
        _clock("stages.decided", "either side can appeal", "within 20wd", late=180) | {"lapsed": 170, "overdue": 3},
    ],
    "backlog": {
        "as_of": "2026-10-31", "oldest_days": 1777, "unknown_age": 1,
        "bands": [{"from_days": 0, "to_days": 30, "open": 78}, {"from_days": 31, "to_days": 365, "open": 147},
                  {"from_days": 366, "to_days": 1826, "open": 2}, {"from_days": 1827, "to_days": None, "open": 0}],
    },
    "own_cause": {"party_in_same_case": 14, "own_case_open": {"count": 59, "of": 17_589}, "roles_not_apart": 18},
    "overridden": {
        "both": 3160, "changed": 220, "softer": 150, "harder": 50, "with_reasons": 180, "without_reasons": 40,
        "by_change": [{"recommended": "upheld", "decided": "not upheld", "n": 150},
                      {"recommended": "not upheld", "decided": "upheld", "n": 50}],
    },
    "like_cases": {
        "cells": 554, "differing": 70,
        "examples": [{"case": "HF-2021-00152", "clause": "C3", "people": 3,
                      "findings": {"upheld": 2, "not upheld": 1}}],
    },
    "equal_treatment": [compared()],
    "balance": [_year(year) for year in YEARS],
    "tables": _tables(
        ("cases", 5000, "population.cases"), ("open_cases", 228, "population.open"),
        ("unlawful_cases", 60, "rules.unlawful"), ("clock_notice-sent_late", 63, "clocks.notice-sent.late"),
        ("requirement_heard_broken", 5, "rules.requirements.heard.broken"),
        ("party_in_same_case", 14, "own_cause.party_in_same_case"),
        ("own_case_open", 59, "own_cause.own_case_open.count"), ("overridden", 220, "overridden.changed"),
        ("like_cells", 554, "like_cases.cells"), ("compare_slate", 2000, ""),
    ),
    "why": {"population.closure_days.km_p90": "So many cases are still open that this share has not been reached."},
}  # fmt: skip
