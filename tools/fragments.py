# SPDX-License-Identifier: Apache-2.0
"""Changelog fragments: what a change means to the person it concerns, one file each, put together for a release.

A fragment is `changelog.d/ISSUE.KIND.md`, or `ISSUE.WORD.KIND.md` where an issue has several; its text is whole
sentences for users, a line each.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KINDS = {"added": "Added", "changed": "Changed", "fixed": "Fixed", "removed": "Removed", "security": "Security"}
NAME = re.compile(rf"(?P<issue>\d+)(?:\.[a-z0-9-]+)?\.(?P<kind>{'|'.join(KINDS)})\.md")
LICENCE = "<!-- SPDX-License-Identifier: Apache-2.0 -->"
PLACE = "<!-- releases -->"
"""The line of CHANGELOG.md below which the newest release stands."""


@dataclass(frozen=True)
class Fragment:
    """One fragment: the file, its kind, and its sentences."""

    path: Path
    kind: str
    lines: tuple[str, ...]


def read(folder: Path) -> tuple[list[Fragment], list[str]]:
    """Every fragment of a folder in the order of its issue, and a sentence for each file that is none."""
    fragments: list[tuple[int, Fragment]] = []
    faults = []
    for path in sorted(folder.iterdir()):
        if path.name == "README.md":
            continue
        named = NAME.fullmatch(path.name)
        lines = tuple(line for line in path.read_text("utf-8").splitlines() if line and line != LICENCE)
        if named is None:
            faults.append(f"{path.name} is no fragment; call it ISSUE.KIND.md with one of {', '.join(KINDS)}.")
        elif not lines:
            faults.append(f"{path.name} is empty; say in a sentence what the change means to a user.")
        elif unended := [line for line in lines if not line.endswith((".", "!", "?", ":"))]:
            faults.append(f"{path.name}: “{unended[0]}” is no whole sentence.")
        else:
            fragments.append((int(named["issue"]), Fragment(path, named["kind"], lines)))
    return [fragment for _, fragment in sorted(fragments, key=lambda one: (one[0], one[1].path.name))], faults


def release(fragments: Sequence[Fragment], version: str, day: date) -> str:
    """The section of CHANGELOG.md for one release."""
    parts = [f"## {version}, {day.isoformat()}\n"]
    for kind, title in KINDS.items():
        lines = [f"- {' '.join(fragment.lines)}" for fragment in fragments if fragment.kind == kind]
        if lines:
            parts.append("\n".join([f"### {title}\n", *lines]) + "\n")
    return "\n".join(parts)


def collect(changelog: Path, folder: Path, version: str, day: date) -> list[str]:
    """Move every fragment into the changelog. Returns what is wrong; then nothing was moved."""
    fragments, faults = read(folder)
    text = changelog.read_text("utf-8")
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        faults.append(f"{version!r} is no version; write it as 0.2.0.")
    if not fragments and not faults:
        faults.append("There is no fragment, so there is nothing to release.")
    if f"## {version}," in text:
        faults.append(f"CHANGELOG.md has a section {version} already.")
    if faults:
        return faults
    changelog.write_text(text.replace(PLACE, f"{PLACE}\n\n{release(fragments, version, day)}".rstrip(), 1), "utf-8")
    for fragment in fragments:
        fragment.path.unlink()
    return []


def main(argv: Sequence[str] | None = None) -> int:
    """`check` the fragments, or `collect` them for a release."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("do", choices=("check", "collect"))
    parser.add_argument("--version", default="")
    parser.add_argument("--day", default="")
    asked = parser.parse_args(argv)
    if asked.do == "check":
        faults = read(ROOT / "changelog.d")[1]
    else:
        try:
            day = date.fromisoformat(asked.day)
        except ValueError:
            print(f"{asked.day!r} is no day; write it as 2027-01-31.", file=sys.stderr)
            return 2
        faults = collect(ROOT / "CHANGELOG.md", ROOT / "changelog.d", asked.version, day)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
