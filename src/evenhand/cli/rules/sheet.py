# SPDX-License-Identifier: Apache-2.0
"""Puts the pictures of several books on one sheet: an SVG file with two roots opens nowhere."""

import re
from collections.abc import Sequence

SIZE = re.compile(r'<svg [^>]*?\bwidth="(\d+)" height="(\d+)"')
APART = 32  # pixels between two pictures


def sheet(pictures: Sequence[str]) -> str:
    """One SVG with these below one another, each in its own size. `ValueError` for a picture that states no size."""
    placed, width, top = [], 0, 0
    for picture in pictures:
        found = SIZE.match(picture)
        if found is None:
            raise ValueError("A picture without a size has no place on a sheet.")
        placed.append(picture.replace("<svg ", f'<svg y="{top}" ', 1).strip())
        width, top = max(width, int(found[1])), top + int(found[2]) + APART
    height = max(top - APART, 0)
    # The pictures' own `svg:root` rule counts for the outermost element only, so the sheet says it for all.
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">\n'
        "<style>svg:root{color-scheme:light dark;color:CanvasText;background:Canvas}</style>"
    )
    return "\n".join([head, *placed, "</svg>"]) + "\n"
