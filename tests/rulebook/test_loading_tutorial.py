# SPDX-License-Identifier: Apache-2.0
"""The tutorial's choir: each step loads, and what the tutorial says of it is so."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from evenhand.rulebook.checking import check
from evenhand.rulebook.loading import loads
from evenhand.rulebook.malformed import Malformed

PAGE = (Path(__file__).resolve().parents[2] / "docs/tutorial-rulebook.md").read_text("utf-8")
PARTS = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
STEPS = [part for part in PARTS if part[0].isdigit()]
LEVELS = {"code": 1, "sanctions": 1, "roles": 1, "texts": 1, "books": 3}  # of names: a book, its section, an act


def blocks(part: str) -> list[str]:
    """The blocks of YAML in a part of the page."""
    return re.findall(r"^```yaml\n(.*?)^```$", part, re.MULTILINE | re.DOTALL)


def together(old: Any, new: Any, levels: int) -> Any:
    """Two mappings with so many levels of names; what stands already under the same name is replaced."""
    if levels == 0 or not isinstance(old, dict):
        return new
    return {**old, **{name: together(old.get(name), value, levels - 1) for name, value in new.items()}}


def after(step: int) -> str:
    """The file as a reader has it after this many steps."""
    whole: dict[str, Any] = {}
    for part in STEPS[:step]:
        (block,) = blocks(part)
        for section, value in yaml.safe_load(block).items():
            whole[section] = together(whole.get(section), value, LEVELS.get(section, 0))
    return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True)


each_step = pytest.mark.parametrize("step", range(1, len(STEPS) + 1))


@each_step
def test_each_step_loads(step: int):
    """A newcomer who types what the page says would be refused."""
    assert loads(after(step)).books


@pytest.mark.parametrize("step", [7, 8])
def test_from_the_seventh_step_on_all_checks_hold(step: int):
    """A newcomer would look for a slip of their own where there is none."""
    assert [] == [verdict.says for verdict in check(loads(after(step))).checks if not verdict.holds]
    assert "\nAll checks hold.\n" in STEPS[step - 1]


def test_the_first_step_forgets_a_complaint_as_the_page_says():
    """The page would promise a failure that is not there, and its reason to go on with it."""
    failing = {verdict.id for verdict in check(loads(after(1))).checks if not verdict.holds}
    assert "C3" in failing


def test_the_whole_file_is_that_of_the_steps():
    """Whoever copies the end would have other rules than whoever followed the steps."""
    (whole,) = blocks(PARTS[-1])
    assert loads(after(len(STEPS))).digest == loads(whole).digest
    assert check(loads(whole)).holds


def test_the_numbers_of_the_tutorial_are_those_of_the_checks():
    """The page would teach that a check prints something else than it does."""
    numbers = check(loads(after(len(STEPS)))).numbers
    assert ("secretary", 3) == numbers.first_pool_to_fail
    assert (145, 2, 14) == (numbers.longest_working_days, numbers.fewest_to_bury, numbers.fewest_to_amend)
    assert f"The longest matter takes {numbers.longest_working_days} working days" in PAGE


def test_the_slip_of_the_tutorial_is_refused_as_it_says():
    """The first message that a newcomer meets would not be the one they were told of."""
    (block,) = blocks(STEPS[0])
    with pytest.raises(Malformed) as caught:
        loads(block.replace("by: elders", "by: elder"), "choir.yaml")
    assert f"```text\n{caught.value}\n```" in STEPS[0]
