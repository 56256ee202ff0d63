# SPDX-License-Identifier: Apache-2.0
"""Sentences about equal treatment say what counts can carry, and no more; the triple is told whole or not at all."""

import inspect
import re
from pathlib import Path

import numpy as np
import pytest

from evenhand.monitor import words
from evenhand.monitor.banned import banned_in
from evenhand.monitor.triple import triple
from evenhand.monitor.words import COLUMNS, FEWEST_PEOPLE, NOT_PROOF, NOT_WHY, TOO_FEW, Subject, enough, told

SUBJECT = Subject(
    units="complaints",
    a="the ruling slate",
    b="others",
    outcome="upheld",
    period="2024 to 2026",
    like="clause and year",
)

EXEMPT = {
    "src/evenhand/monitor/banned.py": r".*",  # the list itself
    "src/evenhand/rulebook/": r"prov\w+|proofs?",  # of a finite table of states, where it is the word
    "src/evenhand/record/": r"prov\w+|proofs?",  # of Merkle trees, where it is the word; so in the six below
    "src/evenhand/cosign/": r"prov\w+|proofs?",
    "src/evenhand/cli/record/": r"prov\w+|proofs?",
    "src/evenhand/cli/cosign/": r"prov\w+|proofs?",
    "docs/record-format.md": r"prov\w+|proofs?",
    "docs/bench.md": r"prov\w+|proofs?",
    "docs/record.md": r"prov\w+|proofs?",
    "docs/cosign.md": r"prov\w+|proofs?",
    "src/evenhand/cli/commands.py": r"prove",  # the command `record prove`; so in the three below
    "README.md": r"prove",
    "docs/cli.md": r"prove",
    "changelog.d/3.": r"prove",
    "src/evenhand/examine/guessing.py": r"proven|guilty",  # findings in other people's files, to recognise them
}
"""Where a banned word is not said about anybody's treatment: the beginning of a path, and the words allowed there."""


def told_of(number: int, lean: float, seed: int = 1):
    """A triple told: `number` rows in incidents of two, one respondent of each group, A's rate higher by `lean`."""
    rng = np.random.default_rng(seed)
    group, incident = np.arange(number) % 2, np.arange(number) // 2
    outcome = (rng.random(number) < 0.3 + lean * group).astype(np.int64)
    return told(triple(group, outcome, incident, incident % 5, incident), SUBJECT, people_a=40, people_b=60)


def templates() -> list[str]:
    """Every sentence and phrase `words` holds."""
    values = [value for name, value in vars(words).items() if name.isupper()]
    return [
        text for value in values for text in (value if isinstance(value, tuple) else (value,)) if isinstance(text, str)
    ]


def test_no_template_uses_a_banned_word():
    """One word would turn a difference into an accusation."""
    assert [] == [found for template in templates() for found in banned_in(template)]


def test_code_and_manual_use_no_banned_word(root: Path):
    """What the templates avoid would be said by a page beside them."""
    texts = [path for kind in ("*.py", "*.css", "*.html", "*.json") for path in (root / "src/evenhand").rglob(kind)]
    texts += [root / "README.md", *(root / "docs").rglob("*.md"), *(root / "changelog.d").rglob("*.md")]
    found = []
    for path in texts:
        name = path.relative_to(root).as_posix()
        allowed = "|".join(words for place, words in EXEMPT.items() if name.startswith(place)) or r"(?!)"
        for line, word in banned_in(path.read_text(encoding="utf-8")):
            if not re.fullmatch(allowed, word, re.IGNORECASE):
                found.append(f"{name}:{line}: {word}")
    assert [] == found


@pytest.mark.parametrize(
    "text",
    ["It is biased.", "discrimination", "This proves it", "proof", "Guilty", "a significant difference", "unfair",
     "the league", "the worst panel", "an E-value of 20", "treated unfairly"],
)  # fmt: skip
def test_a_banned_word_is_found(text):
    """The search would find nothing because it looks for nothing."""
    assert 1 == len(banned_in(text))


@pytest.mark.parametrize(
    "text", ["This is not proof of equal treatment.", "improved", "provided", "affair", "providing"]
)
def test_other_words_are_let_through(text):
    """People would work around a search that stops ordinary words."""
    assert [] == banned_in(text)


def test_a_banned_word_is_found_with_its_line():
    """Whoever broke the rule would have to search again by eye."""
    assert [(3, "worst")] == banned_in("one\nnot proof of\nequal treatment, worst")


@pytest.mark.parametrize("people", [(9, 500), (500, 9), (0, 0)])
def test_fewer_than_ten_people_give_one_sentence_and_no_rate(people):
    """A rate among nine would tell which one it was (K04, K06)."""
    group = np.arange(400) % 2
    found = told(
        triple(group, group, group * 0 + np.arange(400), group, group), SUBJECT, people_a=people[0], people_b=people[1]
    )
    assert (True, (), (), (), (TOO_FEW,), ()) == (
        found.suppressed, found.crude, found.stratified, found.within, found.together, found.rows,
    )  # fmt: skip


def test_ten_people_are_enough():
    """The published limit and the applied one would differ."""
    assert (True, False) == (enough((FEWEST_PEOPLE, 900)), enough((FEWEST_PEOPLE - 1, 900)))
    assert str(FEWEST_PEOPLE) in TOO_FEW


def test_all_three_figures_are_told_together():
    """Whoever likes one of the figures best could print it alone."""
    found = told_of(2000, 0.1)
    assert all((found.crude, found.stratified, found.within))
    assert ("crude", "stratified", "within") == tuple(row[0] for row in found.rows)
    assert {len(COLUMNS)} == {len(row) for row in found.rows}


def test_nothing_public_tells_one_figure_alone():
    """A second way to tell figures would leave out what the first one always says."""
    for name, function in inspect.getmembers(words, inspect.isfunction):
        if function.__module__ == words.__name__ and "Told" in str(inspect.signature(function).return_annotation):
            assert ("told", "triple") == (name, next(iter(inspect.signature(function).parameters)))


def test_a_difference_is_told_with_rates_range_and_what_it_does_not_show():
    """A ratio without its rates, or a difference without a range, sounds larger than it is (K06)."""
    found = told_of(4000, 0.15)
    text = " ".join(found.crude)
    assert "more often for “the ruling slate”" in text
    assert re.search(r"\d+\.\d in 100, against \d+\.\d in 100 for “others”", text)
    assert re.search(r"odds were [\d.]+ times those of “others” \(95 % range [\d.]+ to [\d.]+\)", text)
    assert NOT_WHY in found.together
    assert "less often" in " ".join(told_of(4000, -0.15).crude)


def test_no_clear_difference_is_told_with_the_smallest_that_would_have_been_seen():
    """Silence would be read as equal treatment."""
    found = told_of(180, 0.0)
    for sentences in (found.crude, found.stratified, found.within):
        text = " ".join(sentences)
        assert "We found no clear difference" in text
        assert re.search(r"would probably have missed anything between 0\.\d+ and [\d.]+ times the odds", text)
        assert NOT_PROOF in sentences


@pytest.mark.parametrize("number", [0, 2, 6, 12, 20, 40])
@pytest.mark.parametrize("seed", range(8))
def test_every_figure_that_shows_no_difference_says_what_that_is_worth(number, seed):
    """One case in a corner would be told without the sentence that takes back the comfort."""
    found = told_of(number, 0.0, seed)
    for sentences in (found.crude, found.stratified, found.within):
        text = " ".join(sentences)
        assert ("often for" in text) != (NOT_PROOF in text)
        assert "{" not in text
        if "no clear difference" in text:
            assert "missed" in text


def test_every_figure_names_its_population_and_period():
    """A number would travel without what it is a number of."""
    found = told_of(400, 0.0)
    for sentences in (found.crude, found.stratified, found.within):
        assert all(part in sentences[0] for part in ("complaints", "the ruling slate", "others", "2024 to 2026"))


def test_counts_and_odds_tell_their_different_stories_side_by_side():
    """The ratio within incidents would hide that almost all cells are equal."""
    assert re.search(
        r"Of 200 cells .* higher in \d+, lower in \d+, and equal in \d+", " ".join(told_of(400, 0.0).within)
    )
