# SPDX-License-Identifier: Apache-2.0
"""Invents five years of the Harbour Federation, with faults planted and listed: `python -m demo.harbour --out FOLDER`.

FOLDER/source holds the files as a foreign system would export them, FOLDER/mapping how to read them, and
FOLDER/planted.json what was planted and where the examination must show it. The same seed gives the same bytes.
"""

import argparse
import json
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from demo.cases import LEANS_TO, World, invent
from demo.faults import Planted, plant
from demo.habits import HABITS
from demo.members import Offices, members_of
from demo.writing import write_source
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.loading import loads

HERE = Path(__file__).resolve().parent

FIRST = date(2021, 4, 1)
UNTIL = datetime(2026, 10, 31, 17, tzinfo=UTC)
"""The first day on which a case is received, and the moment of the export."""

HOLIDAYS = (
    "2021-04-02, 2021-04-05, 2021-05-03, 2021-05-31, 2021-08-30, 2021-12-27, 2021-12-28, 2022-01-03, 2022-04-15, "
    "2022-04-18, 2022-05-02, 2022-06-02, 2022-06-03, 2022-08-29, 2022-09-19, 2022-12-26, 2022-12-27, 2023-01-02, "
    "2023-04-07, 2023-04-10, 2023-05-01, 2023-05-08, 2023-05-29, 2023-08-28, 2023-12-25, 2023-12-26, 2024-01-01, "
    "2024-03-29, 2024-04-01, 2024-05-06, 2024-05-27, 2024-08-26, 2024-12-25, 2024-12-26, 2025-01-01, 2025-04-18, "
    "2025-04-21, 2025-05-05, 2025-05-26, 2025-08-25, 2025-12-25, 2025-12-26, 2026-01-01, 2026-04-03, 2026-04-06, "
    "2026-05-04, 2026-05-25, 2026-08-31, 2026-12-25, 2026-12-28"
)


def earlier_version(text: str) -> str:
    """The federation's rulebook as it would have stood in 2021: the same rules, in force then, with those holidays."""
    text, versions = re.subn(
        r"version: \d+, adopted: \S+, in_force: \S+, replaces: \d+",
        "version: 2, adopted: 2021-02-27, in_force: 2021-04-01, replaces: 1",
        text,
    )
    text, calendars = re.subn(r"holidays: \[[^\]]*\]", f"holidays: [{HOLIDAYS}]", text)
    if (versions, calendars) != (1, 1):
        raise SystemExit("rulebooks/harbour.yaml no longer has its version or its holidays where they are looked for.")
    return text


def make(out: Path, *, cases: int, seed: int) -> list[Planted]:
    """Write source, mapping and the list of what was planted; returns that list."""
    rules = earlier_version((HERE.parent / "rulebooks/harbour.yaml").read_text("utf-8"))
    book = RunningBook(loads(rules, "rulebooks/harbour.yaml"), "discipline")
    # Each part of the invention has its own chance, so that a change to one leaves the others as they were.
    members = members_of(book.rulebook, Random(f"{seed} members"))
    world = World(book, members, Offices(book.rulebook, members), HABITS, UNTIL)
    made = invent(world, cases, FIRST, Random(f"{seed} cases"))
    planted = plant(world, made, Random(f"{seed} faults"))
    planted += write_source(out / "source", world, made, Random(f"{seed} lines"))
    leans = [case.id for case in made if len(case.answers) == 1 and world.slate(case.respondent) == LEANS_TO]
    planted.append(Planted("lean", f"A panel leaned to the slate {LEANS_TO}.", "compare_slate", tuple(leans)))
    shutil.copytree(HERE / "mapping", out / "mapping", dirs_exist_ok=True)
    (out / "mapping/rulebook.yaml").write_text(rules, "utf-8")
    listed = json.dumps([one.as_dict() for one in planted], indent=1, ensure_ascii=False)
    (out / "planted.json").write_text(listed + "\n", "utf-8")
    return planted


def main() -> None:
    """Read the command line, invent, and say what was planted."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--out", type=Path, required=True, help="the folder to write into")
    asked.add_argument("--cases", type=int, default=5000, help="how many cases (5,000 if not given)")
    asked.add_argument("--seed", type=int, default=2026, help="another number invents another federation")
    given = asked.parse_args()
    planted = make(given.out, cases=given.cases, seed=given.seed)
    print(f"{given.cases:,} cases of the invented Harbour Federation are in {given.out / 'source'}. Planted:")
    for one in planted:
        print(f"  {len(one.cases):>4}  {one.says}  (tables/{one.table}.parquet)")


if __name__ == "__main__":
    main()
