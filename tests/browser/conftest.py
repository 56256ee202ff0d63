# SPDX-License-Identifier: Apache-2.0
"""A real Chromium for pages made of invented findings; where there is none, the tests say what to install."""

import os
import runpy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from evenhand.examine.report import write_report, write_snapshots

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TO_INSTALL = "there is no Chromium on this machine; on Debian: apt-get install chromium fonts-liberation"
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
def chromium() -> Iterator[object]:
    """The browser; tests that ask for it are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; `uv sync` does it")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(TO_INSTALL)
    # Chromium has no sandbox for root, which is who runs tests in most containers.
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=path, headless=True, args=["--disable-background-networking", *root]
        )
        yield browser
        browser.close()


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
