# SPDX-License-Identifier: Apache-2.0
"""The product's one drawing: an open line over a filled one. Even is in order; a filled line that outruns is late."""

from evenhand.examine.charts import at, rect


def two_lines(allowed: float, used: float) -> str:
    """Allowed over used, both in the same unit. The words beside it say everything, so it has none of its own."""
    longest = max(allowed, used, 1e-9)
    marks = rect("open", 0, 0, allowed, 4) + rect("filled", 0, 6, min(used, allowed), 4)
    if used > allowed:
        marks += rect("over", allowed, 6, used - allowed, 4)
    frame = f'class="lines" viewBox="0 0 {at(longest)} 10" preserveAspectRatio="none" aria-hidden="true"'
    return f"<svg {frame}>{marks}</svg>"
