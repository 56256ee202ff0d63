# SPDX-License-Identifier: Apache-2.0
"""An organisation that `evenhand init` makes from CSV files, under each rulebook that we ship."""

from pathlib import Path

BASIS = "legitimate activities of a not-for-profit body"
OFFICES = {
    "harbour": {
        "case_officer": 4, "safeguarder": 4, "mediator": 5, "investigator": 5, "gatekeepers": 6, "panel": 12,
        "appeal_panel": 8, "recusal_judge": 8, "reviewers": 20, "overseers": 6,
    },
    "quay_club": {"officers": 3, "neighbours": 13, "union": 6},
    "lantern_foundation": {
        "coordinator": 4, "responder": 6, "facilitator": 5, "investigator": 6, "committee": 9, "ombuds": 4,
        "maintainers": 24, "peers": 15, "watch": 6, "recusal_judge": 6, "board": 9,
    },
}  # fmt: skip
"""Who holds which office, by rulebook; numbers are given out in this order."""


def members_csv(book: str, more: int = 3) -> str:
    """A member for each seat of each office, and some without one."""
    many = sum(OFFICES[book].values()) + more
    rows = [f"M{n:03},Member {n},member.{n}@harbour.example,2020-01-01" for n in range(1, many + 1)]
    return "\n".join(("number,name,address,since", *rows, ""))


def offices_csv(book: str) -> str:
    """Their terms."""
    rows, number = ["number,office,since"], 0
    for office, many in OFFICES[book].items():
        for _ in range(many):
            number += 1
            rows.append(f"M{number:03},{office},2026-01-01")
    return "\n".join((*rows, ""))


def written(folder: Path, name: str, text: str) -> Path:
    """A file of a register."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def initialised(run, folder: Path, book: str = "harbour") -> Path:
    """The folder of the organisation, with its registers filled."""
    said = run(
        "init", folder / "o", "--name", "Harbour Federation", "--rules", f"rulebooks/{book}.yaml",
        "--origin", "harbour.example/record", "--basis", BASIS,
        "--members", written(folder, "members.csv", members_csv(book)),
        "--offices", written(folder, "offices.csv", offices_csv(book)),
    )  # fmt: skip
    assert 0 == said.code, said.err
    return folder / "o"
