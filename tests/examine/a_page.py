# SPDX-License-Identifier: Apache-2.0
"""A page as a reader's browser would take it apart: its elements, its texts, its links. Standard library only."""

import re
from html.parser import HTMLParser

ALONE = {"meta", "link", "wbr", "br", "img", "input"}


class Page(HTMLParser):
    """Elements in their order as (name, attributes), the text of the page, and what stood open when it ended."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in ALONE:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that holds nothing."""
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """An element ends: the last one that began, or the page is broken."""
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        """Text of the page, without that of the stylesheet."""
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All text, as one reads it."""
        return re.sub(r"\s+", " ", "".join(self.texts))

    def all(self, name: str, **having: str) -> list[dict[str, str]]:
        """The attributes of every element of that name that has these."""
        wanted = {key.strip("_").replace("_", "-"): value for key, value in having.items()}
        return [given for tag, given in self.elements if tag == name and wanted.items() <= given.items()]

    def links(self, beginning: str) -> list[str]:
        """Where the links that begin so lead, in the order of the page."""
        return [given["href"] for given in self.all("a") if given.get("href", "").startswith(beginning)]
