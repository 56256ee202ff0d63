# SPDX-License-Identifier: Apache-2.0
"""What a file must be before anybody reads it as a rulebook: a small text in UTF-8, without anything that hides."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from evenhand.rulebook.loading import load, loads
from evenhand.rulebook.malformed import Malformed
from evenhand.rulebook.reading import MOST_BYTES


def refused_file(path: Path) -> Malformed:
    """What the loader says of this file."""
    with pytest.raises(Malformed) as caught:
        load(path)
    return caught.value


def test_a_file_loads_like_its_text(tmp_path: Path, good: str):
    """The digest would depend on how a rulebook came into the program."""
    path = tmp_path / "rules.yaml"
    path.write_text(good, "utf-8")
    loaded = load(path)
    assert (str(path), loads(good).digest) == (loaded.source, loaded.digest)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_the_same_text(tmp_path: Path, good: str, newline: str):
    """A rulebook saved by another editor would be another rulebook."""
    path = tmp_path / "rules.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + good.replace("\n", newline).encode())
    assert loads(good).digest == load(path).digest


def test_a_line_is_counted_as_editors_count_it(tmp_path: Path, good: str):
    """With the line ends of another system every refusal would name a wrong line."""
    path = tmp_path / "rules.yaml"
    path.write_bytes(good.replace("title: Complaints", "title: no").replace("\n", "\r\n").encode())
    assert 43 == refused_file(path).line


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path):
    """A slip in the name of a file would end in a traceback."""
    assert "The file cannot be read: No such file or directory." == refused_file(tmp_path / "none.yaml").sentence


def test_a_folder_is_no_rulebook(tmp_path: Path):
    """The folder in place of the file would end in a traceback."""
    assert "The file cannot be read: Is a directory." == refused_file(tmp_path).sentence


def test_ten_megabytes_are_refused_in_little_memory(tmp_path: Path):
    """Anybody who may hand in a rulebook could bring the machine down."""
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: b\n" * 2_000_000)
    tracemalloc.start()
    refused = refused_file(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "The file is larger than 1,000,000 bytes; a rulebook is a text that people can read, so divide it." == (
        refused.sentence
    )
    assert most < 3 * MOST_BYTES


def test_a_text_in_another_encoding_names_its_line(tmp_path: Path, good: str):
    """The letters of a name would silently become others."""
    path = tmp_path / "rules.yaml"
    path.write_bytes(good.replace("across the river", "à côté").encode("latin-1"))
    refused = refused_file(path)
    assert ("This line is not UTF-8; save the file in that encoding.", 24) == (refused.sentence, refused.line)


HIDDEN = {"nothing": "\0", "a bell": "\a", "another order": "\u202e", "a line end that nobody counts": "\u2028"}


@pytest.mark.parametrize("mark", HIDDEN.values(), ids=HIDDEN)
def test_a_character_that_hides_is_refused(mark: str, changed: Callable, refusal: Callable[[str], Malformed]):
    """A clause could look like one thing on the screen and be another in the program."""
    refused = refusal(changed("across the river", f"across{mark} the river"))
    says = f"This line holds the character U+{ord(mark):04X}, which hides or reorders text; take it out."
    assert (says, 24) == (refused.sentence, refused.line)


def test_a_tab_is_refused(changed: Callable, refusal: Callable[[str], Malformed]):
    """What looks indented would stand elsewhere."""
    refused = refusal(changed("  zone: Europe/London", "\tzone: Europe/London"))
    assert ("This line holds a tab; write spaces.", 6) == (refused.sentence, refused.line)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n...\n", "\ufeff"])
def test_an_empty_file_is_said_to_be_empty(text: str, refusal: Callable[[str], Malformed]):
    """A rulebook that was lost in saving would pass for one without rules."""
    assert refusal(text).sentence in (
        "The file is empty; begin with the section rulebook.",
        "the rulebook is left empty; write keys such as rulebook, applies, calendar, or leave the key out.",
    )


@pytest.mark.parametrize(("text", "stands"), [("[one, two]", "a list"), ("rules", '"rules"'), ("'x'", '"x"')])
def test_a_rulebook_is_a_mapping(text: str, stands: str, refusal: Callable[[str], Malformed]):
    """Some other YAML file would be read as a rulebook without rules."""
    says = f"the rulebook must have keys such as rulebook, applies, calendar; here stands {stands}."
    assert says == refusal(text).sentence


@pytest.mark.parametrize("text", ["a: [b", 'a: "b', "a: b: c", "a: {b: c]", "- a\nb: c", "a: *b c", "&a", "@", "a: |x"])
def test_what_is_not_yaml_is_said_to_be_not_yaml(text: str, refusal: Callable[[str], Malformed]):
    """A bracket left open would end in a traceback."""
    refused = refusal(text)
    assert 1 <= refused.line <= text.count("\n") + 1
    assert "\n" not in refused.sentence
