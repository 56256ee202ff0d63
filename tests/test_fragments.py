# SPDX-License-Identifier: Apache-2.0
"""Each change is told to the people it concerns, and a release tells all of them."""

from datetime import date
from pathlib import Path

import pytest

from tools import fragments

DAY = date(2027, 1, 31)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A changelog with one release and an empty folder of fragments beside it."""
    (tmp_path / "changelog.d").mkdir()
    (tmp_path / "CHANGELOG.md").write_text(f"# What changed\n\n{fragments.PLACE}\n\n## 0.1.0, 2026-12-01\n", "utf-8")
    return tmp_path


def test_every_fragment_of_the_project_can_be_released(root: Path):
    """A change would be left out of the release notes because of its name."""
    assert [] == fragments.read(root / "changelog.d")[1]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("notes.md", "A sentence.", "is no fragment"),
        ("31.improved.md", "A sentence.", "is no fragment"),
        ("31.added.md", f"{fragments.LICENCE}\n", "is empty"),
        ("31.added.md", "refactor the loader", "no whole sentence"),
    ],
)
def test_what_is_no_fragment_is_told(shelf: Path, name: str, text: str, says: str):
    """It would be released as it is, or not at all."""
    (shelf / "changelog.d" / name).write_text(text, "utf-8")
    assert says in fragments.read(shelf / "changelog.d")[1][0]


def test_a_release_holds_every_fragment_by_kind_and_issue(shelf: Path):
    """A reader would miss what concerns them, or read it twice in the next release."""
    for name, text in {"12.added.md": "Twelve.", "9.added.md": "Nine.\nAnd more.", "10.fixed.md": "Ten."}.items():
        (shelf / "changelog.d" / name).write_text(f"{fragments.LICENCE}\n{text}\n", "utf-8")
    assert [] == fragments.collect(shelf / "CHANGELOG.md", shelf / "changelog.d", "0.2.0", DAY)
    assert (
        f"# What changed\n\n{fragments.PLACE}\n\n## 0.2.0, 2027-01-31\n\n### Added\n\n- Nine. And more.\n- Twelve.\n"
        "\n### Fixed\n\n- Ten.\n\n## 0.1.0, 2026-12-01\n"
    ) == (shelf / "CHANGELOG.md").read_text("utf-8")
    assert [] == list((shelf / "changelog.d").iterdir())


@pytest.mark.parametrize("version", ["next", "0.1.0", ""])
def test_a_release_that_cannot_be_made_moves_nothing(shelf: Path, version: str):
    """Half a release would lose the fragments."""
    (shelf / "changelog.d" / "9.added.md").write_text("Nine.", "utf-8")
    assert [] != fragments.collect(shelf / "CHANGELOG.md", shelf / "changelog.d", version, DAY)
    assert ["9.added.md"] == [path.name for path in (shelf / "changelog.d").iterdir()]


def test_a_release_of_nothing_is_refused(shelf: Path):
    """An empty section would say that nothing changed."""
    assert "no fragment" in fragments.collect(shelf / "CHANGELOG.md", shelf / "changelog.d", "0.2.0", DAY)[0]
