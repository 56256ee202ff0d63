# SPDX-License-Identifier: Apache-2.0
"""The checker measured: of the single faults that somebody could put into a shipped rulebook, how many it finds.

A mutant is killed when a check does not hold on it, a promise about a number among them. Those that survive are listed, with
reasons, in survivors.yaml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from evenhand.rulebook.checking import check, meaning_of
from evenhand.rulebook.loading import load, loads
from evenhand.rulebook.malformed import Malformed
from tests.rulebook.equivalence import why_equivalent
from tests.rulebook.mutants import mutants
from tests.rulebook.mutation import killed_by

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("harbour", "quay_club", "lantern_foundation")
LISTED: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "survivors.yaml").read_text(encoding="utf-8"))
AT_LEAST = 0.95


@dataclass(frozen=True)
class Measured:
    """How many mutants there were, and of each that survived why it is equivalent, or None."""

    mutants: int
    survivors: Mapping[str, str | None]

    @property
    def share(self) -> float:
        """The share of the mutants that are no equivalents and were killed."""
        equivalent = sum(why is not None for why in self.survivors.values())
        return (self.mutants - len(self.survivors)) / (self.mutants - equivalent)


@cache
def measured(name: str) -> Measured:
    """All mutants of one shipped rulebook, tried once for all the tests below."""
    rulebook = load(ROOT / "rulebooks" / f"{name}.yaml")
    good = {book_id: meaning_of(rulebook, book_id) for book_id in rulebook.books}
    number, survivors = 0, {}
    for mutant in mutants(rulebook):
        number += 1
        if killed_by(mutant, good) is None:
            survivors[f"{mutant.book} | {mutant.id}"] = why_equivalent(mutant, good)
    return Measured(number, survivors)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_rulebook_passes_every_check(name):
    """If this fails, no mutant of it says anything."""
    report = check(load(ROOT / "rulebooks" / f"{name}.yaml"))
    assert [] == [(one.id, one.book, one.says) for one in report.checks if not one.holds]


@pytest.mark.parametrize("name", SHIPPED)
def test_nineteen_of_twenty_faults_are_found(name):
    """A checker that misses more would vouch for a rulebook with a door left open."""
    assert measured(name).mutants > 1500
    assert measured(name).share >= AT_LEAST


@pytest.mark.parametrize("name", SHIPPED)
def test_every_survivor_is_listed_and_every_listed_mutant_survives(name):
    """A new survivor is a new blind spot; a listed one that is killed leaves a false excuse behind."""
    listed = [one for survivors in LISTED[name].values() for one in survivors]
    assert sorted(listed) == sorted(set(listed))
    assert sorted(measured(name).survivors) == sorted(listed)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_survivor_has_its_reason(name):
    """“Equivalent” is shown and not claimed: the tables are walked side by side; every other reason is argued once."""
    shown = {one: f"equivalent: {why}" for one, why in measured(name).survivors.items() if why is not None}
    claimed = {
        one: reason for reason, those in LISTED[name].items() for one in those if reason.startswith("equivalent: ")
    }
    assert shown == claimed
    argued = {reason for reason in LISTED[name] if not reason.startswith("equivalent: ")}
    assert argued <= set(LISTED["reasons"])


@pytest.mark.parametrize("act", ["ask_review", "appeal", "becomes_final", "interim_lapses", "notify", "lodge"])
def test_an_act_struck_from_the_text_leaves_names_that_lead_nowhere(act):
    """Whoever deletes an act from the file alone is told so when it is loaded, before any check is asked."""
    text = yaml.safe_load((ROOT / "rulebooks" / "harbour.yaml").read_text(encoding="utf-8"))
    del text["books"]["discipline"]["acts"][act]
    with pytest.raises(Malformed, match=act):
        loads(yaml.safe_dump(text, sort_keys=False, allow_unicode=True))
