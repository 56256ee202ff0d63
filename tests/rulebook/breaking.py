# SPDX-License-Identifier: Apache-2.0
"""A good small rulebook and changes laid over it: how the tests of the checks build a book with one fault."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from evenhand.rulebook.checking import check
from evenhand.rulebook.loading import loads
from evenhand.rulebook.model import Rulebook
from evenhand.rulebook.verdicts import Report, Verdict

FIXTURES = Path(__file__).parent / "fixtures"


@cache
def good() -> Rulebook:
    """The rulebook of the invented Heron Rowing Club, which passes every check."""
    return loads((FIXTURES / "good.yaml").read_text(encoding="utf-8"))


def broken(change: str) -> Rulebook:
    """The good rulebook with a change laid over it: YAML of what is other than in the good one; null takes a key out."""
    text = yaml.safe_load((FIXTURES / "good.yaml").read_text(encoding="utf-8"))
    return loads(yaml.safe_dump(_laid_over(text, yaml.safe_load(change)), sort_keys=False, allow_unicode=True))


def _laid_over(below: Any, above: Any) -> Any:
    if not (isinstance(below, Mapping) and isinstance(above, Mapping)):
        return above
    merged = {**below, **{key: _laid_over(below.get(key), value) for key, value in above.items()}}
    return {key: value for key, value in merged.items() if value is not None}


def failing(report: Report) -> set[str]:
    """The ids of the checks that do not hold."""
    return {verdict.id for verdict in report.checks if not verdict.holds}


def verdict_on(change: str, id: str, book: str = "discipline") -> Verdict:
    """The verdict of one check on the good rulebook with this change."""
    return next(one for one in check(broken(change)).checks if (one.id, one.book) == (id, book))


def run_of(verdict: Verdict) -> list[str]:
    """The acts of the run that shows a fault."""
    return [step.act for step in verdict.run]
