# SPDX-License-Identifier: Apache-2.0
"""Opens a page in the reader's browser where there is a screen, and says where it lies in any case."""

import os
import sys
import webbrowser
from pathlib import Path


def has_screen() -> bool:
    """Whether a browser window could appear: always on macOS and Windows, elsewhere where a display is named."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    """Open the page named by the first argument."""
    page = Path(sys.argv[1]).resolve()
    if not page.is_file():
        print(f"There is no page {page}.", file=sys.stderr)
        return 1
    opened = has_screen() and webbrowser.open(page.as_uri())
    print(f"The report is {'open in your browser' if opened else 'ready'}: {page}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
