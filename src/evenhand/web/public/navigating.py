# SPDX-License-Identifier: Apache-2.0
"""What leads from one public page to the others, and in: whoever reads the rules may want to complain, or to sign in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evenhand.web import place

PAGES = (
    ("public_rules", _("Rules")),
    ("public_backlog", _("Backlog")),
    ("public_tour", _("Tour")),
    ("portal_complain", _("Complain")),
    ("start", _("Your matters")),
)


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages by address and label; the tour only where everybody is invented."""
    here = place.current()
    invented = here is not None and here.demo
    return [
        {"url": reverse(page), "label": label, "current": request.path == reverse(page)}
        for page, label in PAGES
        if invented or page != "public_tour"
    ]
