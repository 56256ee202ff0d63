# SPDX-License-Identifier: Apache-2.0
"""Each fault that a drafter can make is refused with its line and one sentence that says what to do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from evenhand.rulebook.malformed import Malformed

FAULTS = [
    pytest.param(fault, id=f"{path.stem}: {fault['fault']}")
    for path in sorted((Path(__file__).parent / "faults").glob("*.yaml"))
    for fault in yaml.safe_load(path.read_text("utf-8"))
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_in_one_sentence(
    fault: dict[str, Any], good: str, changed: Callable[[str, str], str], refusal: Callable[[str], Malformed]
):
    """Whoever drafts rules would be left with a rulebook that says something else than they wrote, or a traceback."""
    refused = refusal(changed(fault["old"], fault["new"]))
    piece = good.count("\n", 0, good.index(fault["old"])) + 1
    assert (fault["says"], piece + fault.get("lines_off", 0)) == (refused.sentence, refused.line)


def test_a_refusal_is_a_link_to_its_line(changed: Callable[[str, str], str], refusal: Callable[[str], Malformed]):
    """An editor or a terminal could not take the drafter to the place."""
    refused = refusal(changed("title: Complaints", "title: no"))
    assert f"rulebook.yaml:{refused.line}: {refused.sentence}" == str(refused)
    assert ("rulebook.yaml", 43) == (refused.file, refused.line)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_refusal_is_a_sentence(fault: dict[str, Any]):
    """A message without an end or in pieces could not be read aloud, or translated."""
    assert fault["says"][-1] in ".?"
    assert len(fault["says"]) < 200
