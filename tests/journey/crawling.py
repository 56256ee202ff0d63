# SPDX-License-Identifier: Apache-2.0
"""Walks through the pages as somebody sees them: every link that leads on, and every form that stands there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

AWAY = ("/accounts/", "/in/", "/code/", "/language/", "/static/", "/favicon", "/robots")
"""What is tried by tests of its own."""


@dataclass
class Form:
    """A form as it stands on a page: where it leads, and its fields with what stands in them."""

    url: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Page(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.url, self.links, self.forms = url, list[str](), list[Form]()
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag, attributes) -> None:
        about = {name: value or "" for name, value in attributes}
        if tag == "a" and about.get("href"):
            self.links.append(urljoin(self.url, about["href"]))
        elif tag == "form" and about.get("method", "get").lower() == "post":
            self._form = Form(urljoin(self.url, about.get("action", "")))
            self.forms.append(self._form)
        elif self._form is not None and tag in ("input", "textarea", "select", "button") and about.get("name"):
            self._field(tag, about)
        elif self._form is not None and tag == "option" and self._select:
            self._form.choices.setdefault(self._select, []).append(about.get("value", ""))

    def _field(self, tag: str, about: dict[str, str]) -> None:
        assert self._form is not None
        name = about["name"]
        if tag == "button":
            return
        self._form.fields.setdefault(name, []).append(about.get("value", ""))
        self._select = name if tag == "select" else ""
        if about.get("type") in ("radio", "checkbox"):
            self._form.choices.setdefault(name, []).append(about.get("value", ""))

    def handle_endtag(self, tag) -> None:
        if tag == "form":
            self._form = None


def pages_of(browser: Client, *starts: str, most: int = 100) -> Iterator[tuple[str, int, _Page]]:
    """Every page that can be reached from some addresses by links, each once, with its status, what it links to and asks."""
    waiting, seen = list(starts), set(starts)
    while waiting and most:
        url, most = waiting.pop(0), most - 1
        said = browser.get(url)
        page = _Page(url)
        if said.headers.get("Content-Type", "").startswith("text/html") and not said.streaming:
            page.feed(said.content.decode())
        yield url, said.status_code, page
        if said.status_code == 302:
            page.links.append(urljoin(url, said.headers["Location"]))
        for link in page.links:
            parts = urlsplit(link)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if not parts.netloc and path not in seen and not path.startswith(AWAY) and path.startswith("/"):
                seen.add(path)
                waiting.append(path)
