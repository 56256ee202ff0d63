# SPDX-License-Identifier: Apache-2.0
"""The frame of a page that stands alone: its head, its masthead, its last words. No script, no request to anybody."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from evenhand.examine.report_markup import Html, Piece, data, join, link, p, plain, tag

MARK = (
    '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><rect x="3" y="7" width="26" height="6" fill="none" '
    'stroke="currentColor" stroke-width="2"/><rect x="2" y="18" width="28" height="8" fill="currentColor"/></svg>'
)
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' "
    "fill='%23fcfcfa'/%3E%3Crect x='3' y='7' width='26' height='6' fill='none' stroke='%2326397e' stroke-width='2'/%3E"
    "%3Crect x='2' y='18' width='28' height='8' fill='%2326397e'/%3E%3C/svg%3E"
)
SHEETS = ("tokens.css", "evenhand.css")
SKIP = "Skip to the content"
LAST_WORDS = "An unaltered record does not mean that a decision was right, or that every complaint was entered."
MADE_WITH = (
    "Made with Evenhand from the files named above. No day of making is given: the same files give the same page, "
    "letter by letter."
)


@cache
def style() -> str:
    """The two stylesheets as they are put into the page."""
    folder = files("evenhand.examine") / "looks"
    return "\n".join((folder / sheet).read_text(encoding="utf-8") for sheet in SHEETS)


def policy(css: str) -> str:
    """A Content-Security-Policy that allows this one stylesheet and the mark as icon, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def page(*, title: str, masthead: str, of: Piece, ways: Sequence[tuple[str, str]], content: Html) -> str:
    """A whole page. `title` stands in the window; `masthead` and `of` above the ways to the parts (id and name)."""
    css = style()
    head = join(
        [
            Html('<meta charset="utf-8">'),
            Html(f'<meta http-equiv="Content-Security-Policy" content="{policy(css)}">'),
            Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html('<meta name="referrer" content="no-referrer">'),
            tag("title", plain(title, 120)),
            Html(f'<link rel="icon" href="{ICON}">'),
            Html(f"<style>{css}</style>"),
        ]
    )
    body = join(
        [
            tag("a", SKIP, href="#main", class_="skip"),
            door(masthead, of, ways),
            tag("main", content, id="main", tabindex="-1"),
            tag("footer", tag("p", LAST_WORDS, class_="last"), p(MADE_WITH)),
        ]
    )
    start = '<!doctype html>\n<html lang="en-GB" dir="ltr">'
    return f'{start}\n<head>\n{head}\n</head>\n<body class="public">\n{body}\n</body>\n</html>\n'


def door(masthead: str, of: Piece, ways: Sequence[tuple[str, str]]) -> Html:
    """The masthead, and the ways to the parts."""
    name = tag("div", p(Html(MARK), tag("span", masthead)), p(of))
    links = join(tag("li", link(f"#{ident}", text)) for ident, text in ways)
    nav = tag("nav", tag("ul", links), aria_label="Parts") if ways else Html("")
    return tag("header", join([name, nav]), class_="door")


def of_source(name: object) -> Html:
    """The line under the masthead."""
    return Html(f"of {data(name or 'a source without a name', 120)}")
