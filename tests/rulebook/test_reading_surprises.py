# SPDX-License-Identifier: Apache-2.0
"""YAML that means something else than it looks is refused, wherever it stands."""

from collections.abc import Callable

import pytest

from evenhand.rulebook.loading import loads
from evenhand.rulebook.malformed import Malformed
from evenhand.rulebook.reading import taken_for

TRUTHS = [
    "y",
    "Y",
    "n",
    "N",
    "yes",
    "Yes",
    "YES",
    "no",
    "No",
    "NO",
    "on",
    "On",
    "ON",
    "off",
    "Off",
    "OFF",
    "true",
    "FALSE",
]
OTHERS = {
    "12:30": "a number in base 60", "190:20:30": "a number in base 60", "-1:30.5": "a number in base 60",
    "012": "an octal number", "0o14": "an octal number", "007": "an octal number", "09": "an octal number",
    "0x1F": "a number", "0b101": "a number", "1_000": "a number", "12": "a number", "-3": "a number", "+1": "a number",
    "1.5": "a number", "1e3": "a number", ".5": "a number", ".inf": "a number", ".NaN": "a number",
    "2026-04-01": "a date", "2026-4-1": "something other than text", "~": "nothing", "null": "nothing", "": "nothing",
    "=": "something other than text",
}  # fmt: skip


@pytest.mark.parametrize("word", TRUTHS)
def test_a_word_that_yaml_takes_for_a_truth_value_is_no_text(word: str):
    """The country code of Norway becomes `false` in half of the world's software; so would a member's answer."""
    assert "a truth value" == taken_for(word)


@pytest.mark.parametrize("word", OTHERS)
def test_a_word_that_yaml_takes_for_something_else_is_no_text(word: str):
    """The end of day at 18:00 would be 1080, and clause 010 would be clause 8."""
    assert OTHERS[word] == (taken_for(word) if word != "2026-4-1" else "something other than text")


@pytest.mark.parametrize(
    "word", ["none", "nobody", "yesterday", "nor", "one", "18.30 h", "C1", "20wd", "2/3", "20%", "v1.2.3"]
)
def test_an_ordinary_word_is_a_text(word: str):
    """Half of a rulebook would have to stand in quotes."""
    assert None is taken_for(word)


@pytest.mark.parametrize("word", ["no", "12:30", "012", "2026-04-01", "true", "1.5"])
def test_quotes_make_a_text_of_it(word: str, changed: Callable[[str, str], str]):
    """There would be no way to write it."""
    assert word == loads(changed("title: Complaints", f'title: "{word}"')).books["discipline"].title


TAGGED = {
    "!!python/object/apply:os.system [ls]": "tag:yaml.org,2002:python/object/apply:os.system",
    "!!str Complaints": "tag:yaml.org,2002:str",
    "! Complaints": "!",
}


@pytest.mark.parametrize("value", TAGGED, ids=["an object", "a text", "nothing"])
def test_a_tag_is_refused(value: str, changed: Callable[[str, str], str], refusal: Callable[[str], Malformed]):
    """A rulebook could make a careless program run what it likes."""
    says = f'Tags such as "{TAGGED[value]}" are not part of the language; take it out.'
    assert says == refusal(changed("title: Complaints", f"title: {value}")).sentence


def test_a_tag_on_a_key_is_refused(changed: Callable[[str, str], str], refusal: Callable[[str], Malformed]):
    """Two programs would disagree on what the key is."""
    assert refusal(changed("title: Complaints", "!!str title: Complaints")).sentence.startswith("Tags such as")


def test_a_merge_key_is_refused(changed: Callable[[str, str], str], refusal: Callable[[str], Malformed]):
    """Keys would come from elsewhere in the file, and which of two wins nobody knows."""
    refused = refusal(changed("title: Complaints", "<<: {title: Complaints}"))
    assert ("Merge keys (<<) are not part of the language; write the keys out.", 43) == (refused.sentence, refused.line)


def test_a_second_document_is_refused(good: str, refusal: Callable[[str], Malformed]):
    """Half of the file would be left unread."""
    refused = refusal(good + "---\nrulebook: {}\n")
    says = "A second document begins here; a rulebook is one document in one file."
    assert (says, good.count("\n") + 1) == (refused.sentence, refused.line)


@pytest.mark.parametrize("directive", ["%YAML 1.1\n---\n", "%TAG ! tag:example.org,2026:\n---\n"])
def test_a_directive_is_refused(directive: str, good: str, refusal: Callable[[str], Malformed]):
    """One line at the top would change what the rest means."""
    says = "Directives (lines that begin with %) are not part of the language; take it out."
    assert says == refusal(directive + good).sentence


@pytest.mark.parametrize("key", ["[a, b]", "{a: b}", "&x a", "? [a]\n  "])
def test_a_key_is_a_word(key: str, refusal: Callable[[str], Malformed]):
    """A key that is a list has no name that anybody could look up."""
    says = "A key is a plain word here, without anchors, aliases or brackets; write the word."
    assert says == refusal(f"{key}: c").sentence


def test_the_same_key_in_other_letters_is_the_same_key(refusal: Callable[[str], Malformed]):
    """Two keys that look alike, one written with a combined and one with a composed letter, would hide each other."""
    refused = refusal("retention: {caf\u00e9: x, cafe\u0301: y}")
    assert 'The key "caf\u00e9" stands here a second time (first on line 1); keep one of them.' == refused.sentence


def test_quotes_do_not_make_another_key(refusal: Callable[[str], Malformed]):
    """The second of two equal keys would silently win."""
    assert refusal('books: {}\n"books": {}').sentence.startswith('The key "books" stands here a second time')
