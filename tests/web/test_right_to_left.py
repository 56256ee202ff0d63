# SPDX-License-Identifier: Apache-2.0
"""Pages can be turned to a script that runs from right to left: no style says left or right, and the page says its direction."""

import re
from pathlib import Path

import pytest
from django.test.utils import override_settings

ROOT = Path(__file__).resolve().parents[2]
SHEETS = sorted((ROOT / "src/evenhand").rglob("*.css"))
PHYSICAL = re.compile(
    r"(?:margin|padding)-(?:left|right)\b|border(?:-(?:top|bottom))?-(?:left|right)\b|text-align:\s*(?:left|right)\b"
    r"|(?:float|clear):\s*(?:left|right)\b|[{;\s](?:left|right):"
)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_style_says_left_or_right(path):
    """Half the page would turn round and half would not."""
    plain = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
    assert [] == PHYSICAL.findall(plain)


def test_there_are_styles_to_look_at():
    """The test above would hold of nothing."""
    assert 4 < len(SHEETS)


@pytest.mark.parametrize(
    "style", ["margin-left: 1px", "float:right", "text-align: left", "a{left: 0}", "border-left: 0"]
)
def test_what_is_looked_for_is_found(style):
    """A test that finds nothing anywhere says nothing."""
    assert PHYSICAL.findall(style)


def test_a_language_from_right_to_left_turns_the_page(client):
    """Arabic read from left to right cannot be read."""
    with override_settings(LANGUAGES=[("en-gb", "English"), ("ar", "العربية")]):
        page = client.get("/", headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
