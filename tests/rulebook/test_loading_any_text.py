# SPDX-License-Identifier: Apache-2.0
"""Whatever is handed in, the loader answers with a rulebook or with one sentence about a line of the file."""

from pathlib import Path
from random import Random

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evenhand.rulebook import reading
from evenhand.rulebook.loading import load, loads
from evenhand.rulebook.malformed import Malformed
from evenhand.rulebook.model import Rulebook
from evenhand.rulebook.table import compile_book
from tests.rulebook.conftest import GOOD
from tests.rulebook.layouts import edited, written

TREE = reading.read(GOOD, "rulebook.yaml")

PIECES = [
    "", " ", "\n", "\t", ":", ": ", "- ", "? ", ",", "[", "]", "{", "}", "&a ", "*a", "!!int ", "|", ">", "%", "@", "`",
    "'", '"', "#", " #", "---\n", "...\n", "<<: ", "~", "null", "no", "12:30", "010", "1e9", "\0", "\ufeff", "\u2028",
    "\r", "é", "start", "clock", "end: true", "\n\n", "  ", "x" * 400, "9" * 400, "0", "-1", "1/0", "0%", "2026-02-30",
    "{}", "[]",
]  # fmt: skip


def answers(text: str) -> Rulebook | Malformed:
    """What the loader says of this text; anything but the two is a failure."""
    try:
        return loads(text)
    except Malformed as refused:
        return refused


def lines_of(text: str) -> int:
    """How many lines an editor shows."""
    return max(1, len(text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")))


def fits(answer: Rulebook | Malformed, text: str) -> bool:
    """Whether it is a rulebook, or one line of text about a line that the file has."""
    if isinstance(answer, Rulebook):
        return True
    return 1 <= answer.line <= lines_of(text) and "\n" not in answer.sentence and len(answer.sentence) < 400


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b"a:\n\n\n")
@example(b"? ")
def test_bytes_of_any_kind_are_answered(tmp_path_factory: pytest.TempPathFactory, data: bytes):
    """A file that is something else altogether would end in a traceback."""
    path: Path = tmp_path_factory.mktemp("any") / "rules.yaml"
    path.write_bytes(data)
    with pytest.raises(Malformed) as caught:
        load(path)
    assert 1 <= caught.value.line <= data.count(b"\n") + data.count(b"\r") + 1


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_text_of_any_kind_is_answered(text: str):
    """Half a sentence pasted into the file would end in a traceback."""
    assert fits(answers(text), text)


@settings(max_examples=600, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12), st.sampled_from(PIECES)), min_size=1, max_size=4)
)
def test_a_rulebook_with_random_damage_is_answered(damage: list[tuple[int, int, str]]):
    """Any slip of the hand while drafting must come back as a sentence."""
    text = GOOD
    for at, gone, new in damage:
        text = text[:at] + new + text[at + gone :]
    assert fits(answers(text), text), text


WORDS = sorted({word for word in GOOD.replace("\n", " ").split(" ") if word})


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)), min_size=1, max_size=3))
def test_a_rulebook_with_words_exchanged_is_answered(exchanges: list[tuple[str, str]]):
    """Names that name something else, and values in the wrong place, must come back as a sentence."""
    text = GOOD
    for old, new in exchanges:
        text = text.replace(old, new, 1)
    assert fits(answers(text), text), text


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 12), st.sampled_from(PIECES))
def test_the_parser_without_c_gives_the_same_answer(at: int, gone: int, new: str):
    """A rulebook would load on one machine and not on another."""
    text = GOOD[:at] + new + GOOD[at + gone :]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_LOADER", yaml.SafeLoader)
        slow = answers(text)
    fast = answers(text)
    assert isinstance(slow, Rulebook) == isinstance(fast, Rulebook)
    assert getattr(fast, "digest", None) == getattr(slow, "digest", None)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**32).map(Random))
def test_whatever_loads_can_be_compiled(rng: Random):
    """A name that the loader lets through would be a traceback in the checks, or at the desk."""
    answer = answers(written(edited(TREE, rng), rng))
    if isinstance(answer, Rulebook):
        for name, book in answer.books.items():
            assert tuple(book.acts) == compile_book(answer, name).acts
