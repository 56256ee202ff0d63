# SPDX-License-Identifier: Apache-2.0
"""The page on the checks shows what the checks really say."""

import re
from pathlib import Path

import pytest

from evenhand.rulebook.checking import CHECKS, WHOLE
from tests.rulebook.breaking import verdict_on

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"^## (C\d+) .*?^```yaml\n(.*?)^```\n> (.*?)\n(?:>\n> `(.*?)`\n)?", re.MULTILINE | re.DOTALL)
EXAMPLES = [match.groups() for match in EXAMPLE.finditer(PAGE)]


def test_every_check_has_an_example_that_fails():
    """Whoever reads that a check fails must find what such a failure looks like."""
    ids = {check.id for check in (*CHECKS, *WHOLE)}
    assert sorted(ids) == sorted(id for id, *_ in EXAMPLES)


@pytest.mark.parametrize(("id", "change", "says", "run"), EXAMPLES, ids=[id for id, *_ in EXAMPLES])
def test_an_example_of_the_manual_is_what_the_check_prints(id, change, says, run):
    """An example that is no longer true teaches the wrong lesson."""
    book = {"C8": "", "C10": "amendment"}.get(id, "discipline")
    verdict = verdict_on(change, id, book)
    assert not verdict.holds
    assert says in verdict.says
    assert (run or "") == " → ".join(f"{step.stage}: {step.act} ({step.by})" for step in verdict.run)
