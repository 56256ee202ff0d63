# SPDX-License-Identifier: Apache-2.0
"""A real Chromium for pages made of invented findings; where there is none, the tests say what to install."""

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from evenhand.examine.report import write_report, write_snapshots

INVENTED = Path(__file__).parents[1] / "examine" / "a_findings.py"
SETS = ("full", "no_case", "large", "hostile")

SNAPSHOTS = {
    "source": {"name": "Quay Club", "licence": "open"},
    "files": [{"name": f"2024-0{k}-01.csv", "bytes": 9000, "sha256": "4f19" * 16, "rows": 900} for k in range(1, 6)],
    "snapshots": [
        {
            "from": f"2024-0{k}-01", "to": f"2024-0{k + 1}-01", "added": 382, "removed": 1, "altered": 858,
            "blanked": 58, "outcomes_replaced": 56, "final_outcomes_replaced": 33, "rows_from": 9000,
            "rows_to": 9381,
            "altered_by_column": [{"column": "Officer_penalty_as_published", "rows": 846, "blanked": 58}],
            "replaced_by_value": [{"column": "Penalty", "before": f"Days {n}", "after": "none", "rows": n}
                                  for n in range(14)],
        }
        for k in range(1, 5)
    ],
}  # fmt: skip


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report of each set of invented findings and the page on snapshots, as files."""
    invented = SimpleNamespace(**runpy.run_path(str(INVENTED)))
    made = {}
    for name in SETS:
        folder = tmp_path_factory.mktemp(name)
        found = getattr(invented, name)()
        if name == "full":
            (folder / "tables").mkdir()
            for table in found["tables"]:
                (folder / "tables" / f"{table['name']}.parquet").touch()
        write_report(folder, found)
        made[name] = folder / "report.html"
    folder = tmp_path_factory.mktemp("snapshots")
    (folder / "snapshots.parquet").touch()
    write_snapshots(folder, SNAPSHOTS)
    return made | {"snapshots": folder / "report.html"}


@pytest.fixture
def visit(chromium, pages) -> Iterator[Callable[..., object]]:
    """`visit("full", width=360, dark=True)`: the page open in a window of its own, with every `details` open."""
    windows = []

    def open_page(name: str, *, width: int = 1280, dark: bool = False, script: bool = True, unfold: bool = True):
        window = chromium.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        windows.append(window)
        page = window.new_page()
        page.goto(pages[name].as_uri())
        if script and unfold:
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        return page

    yield open_page
    for window in windows:
        window.close()
