# SPDX-License-Identifier: Apache-2.0
"""What every test may ask for: the real data beside the project, and the rule that CI skips nothing."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A deadline by the clock on the wall fails on a busy machine and finds nothing; bench/ measures what must be fast.
# In CI the examples are the same each time: it judges a commit and not the luck of an hour. Every other run draws anew.
settings.register_profile("steady", deadline=None, derandomize=os.environ.get("EVENHAND_REQUIRE") == "all")
settings.load_profile("steady")

# Tests that run beside each other are told a width of 80 columns, which is no window's.
os.environ.pop("COLUMNS", None)

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("EVENHAND_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """`shared_data("road-traffic-fines")`: the folder of one real data set, or a skip that says what is missing."""

    def folder(name: str) -> Path:
        path = SHARED / "data" / name
        if not path.is_dir():
            pytest.skip(f"the folder shared/data/{name} does not lie beside the project")
        return path

    return folder


BROWSERS = ("chromium", "chromium-browser", "google-chrome")
TO_INSTALL = "there is no Chromium on this machine; on Debian: apt-get install chromium fonts-liberation"
# The browser's library keeps a loop in this thread, and the web framework then thinks that it is asked from within one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


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


# The one thing that CI may lack is a Python of another version than its own; the skip says so.
MAY_LACK = "Skipped: no Python 3."


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Turn each skip into a failure where everything is required (in CI)."""
    report = yield
    required = os.environ.get("EVENHAND_REQUIRE") == "all" and MAY_LACK not in str(report.longrepr)
    if report.skipped and required and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although EVENHAND_REQUIRE=all: {report.longrepr}"
    return report
