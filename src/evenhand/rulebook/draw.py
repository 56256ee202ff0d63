# SPDX-License-Identifier: Apache-2.0
"""The picture of a book: its stages as boxes, its acts as arrows.

Three forms of the same picture: SVG laid out here, and text for Mermaid and Graphviz, which lay it out elsewhere.
The same book gives the same bytes.
"""

from typing import Literal

from evenhand.rulebook.draw_picture import picture
from evenhand.rulebook.draw_svg import svg
from evenhand.rulebook.draw_text import graphviz, mermaid
from evenhand.rulebook.model import Rulebook

Form = Literal["svg", "mermaid", "graphviz"]
FORMS: tuple[Form, ...] = ("svg", "mermaid", "graphviz")


def draw(rulebook: Rulebook, book_id: str, form: Form = "svg") -> str:
    """The picture of one book. `ValueError` for a form that is not one of `FORMS`."""
    seen = picture(rulebook, book_id)
    if form == "svg":
        return svg(seen)
    if form == "mermaid":
        return mermaid(seen)
    if form == "graphviz":
        return graphviz(seen)
    raise ValueError(f"A book is drawn as {', '.join(FORMS)}, not as {form}.")
