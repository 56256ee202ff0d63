# SPDX-License-Identifier: Apache-2.0
"""Draws the picture of the README from a real report: the first screen of it, as a reader with a laptop sees it."""

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WIDTH, HEIGHT = 1120, 1160
"""Pixels of the page; the picture has twice as many each way, so that text stays sharp."""


def main(argv: Sequence[str] | None = None) -> int:
    """Write OUT/report.png from the page that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args(argv)
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or not asked.page.is_file():
        missing = "no Chromium on PATH" if browser is None else f"no page {asked.page}; `make demo` makes it"
        print(f"There is {missing}.", file=sys.stderr)
        return 1
    asked.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = started.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2, color_scheme="light"
        )
        page.goto(asked.page.resolve().as_uri())
        page.screenshot(path=asked.out / "report.png")
        started.close()
    print(f"Written: {asked.out / 'report.png'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
