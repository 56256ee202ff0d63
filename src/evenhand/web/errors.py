# SPDX-License-Identifier: Apache-2.0
"""What is said when something does not work: in words, with what to do, and with what was typed wherever it can be kept."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

log = logging.getLogger("evenhand.web")

SECRET = ("password", "code", "credential", "oldpassword")
"""Fields that are never shown back."""
DRAINED = 64_000_000
"""So many bytes of what is too large are read and thrown away, so that the browser gets to see the answer."""
LONGEST_BACK = 2_000_000


@dataclass(frozen=True)
class Typed:
    """One field of a form that could not be taken, as it was typed."""

    name: str
    value: str

    @property
    def label(self) -> str:
        """The name as a word."""
        return self.name.rpartition(".")[2].replace("_", " ").replace("-", " ").strip().capitalize()

    @property
    def rows(self) -> int:
        """How many lines of it are shown at once."""
        return min(12, max(2, len(self.value) // 70 + self.value.count("\n") + 1))

    @property
    def long(self) -> bool:
        """Whether it is a text rather than a word."""
        return len(self.value) > 60 or "\n" in self.value


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: something that no browser sends from our pages."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: known, and not open to this person."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same whether there is no such page or this person may not know of it (D08)."""
    return _page(request, 404)


def not_allowed(request: HttpRequest) -> HttpResponse:
    """405: a page that was asked for in a way it does not answer."""
    return _page(request, 405)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: more than can be taken in one form."""
    _drain(request)
    return _page(request, 413)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many attempts."""
    response = _page(request, 429)
    response["Retry-After"] = "300"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake. The page asks neither the database nor the session for anything."""
    return HttpResponse(render_to_string("evenhand/errors/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form without a valid token: what was typed is shown, and can be sent again if it came from our own page."""
    typed = list(_typed(request))
    kept = {
        "typed": typed,
        "secrets": any(_is_secret(name) for name in request.POST),
        "files": bool(request.FILES),
        "again": bool(typed) and _from_here(request) and not any(_is_secret(name) for name in request.POST),
        "path": request.path,
    }
    return render(request, "evenhand/errors/csrf.html", kept, status=403)


def with_a_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer, or a page in its place if it says that something is wrong and says nothing else."""
    if response.status_code < 400 or not isinstance(response, HttpResponse) or response.content:
        return response
    pages = {400: bad_request, 403: forbidden, 404: not_found, 405: not_allowed, 413: too_large, 429: too_many}
    make = pages.get(response.status_code)
    if make is None:
        return response
    made = make(request)
    if "Allow" in response.headers:
        made["Allow"] = response.headers["Allow"]
    return made


def _page(request: HttpRequest, status: int) -> HttpResponse:
    name = f"evenhand/errors/{status}.html"
    try:
        return render(request, name, status=status)
    except Exception:
        # Whatever made the page fail (a session that cannot be read, say), the sentence is still said.
        log.exception("The page for %s could not be made", status)
        return HttpResponse(
            gettext("This did not work. Go back and try again."), status=status, content_type="text/plain"
        )


def _typed(request: HttpRequest) -> Iterator[Typed]:
    left = LONGEST_BACK
    for name, values in request.POST.lists():
        if name == "csrfmiddlewaretoken" or _is_secret(name):
            continue
        for value in values:
            left -= len(str(value))
            if left > 0:
                yield Typed(name=name, value=str(value))


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRET)


def _from_here(request: HttpRequest) -> bool:
    """Whether the form stood on one of our pages: what others wrote is shown, but not offered to be sent."""
    origin = request.META.get("HTTP_ORIGIN")
    if origin and origin != "null":
        return bool(urlsplit(origin).netloc == request.get_host())
    return bool(request.META.get("HTTP_SEC_FETCH_SITE") == "same-origin")


def _drain(request: HttpRequest) -> None:
    left = DRAINED
    try:
        while left > 0 and (chunk := request.read(65536)):
            left -= len(chunk)
    except Exception:
        # The connection is what it is: there is nobody left to tell.
        log.info("The rest of what was sent could not be read")
