# SPDX-License-Identifier: Apache-2.0
"""What every template may show without a view having said it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from evenhand.web import place

NOWHERE = "https://www.example.org/"


def organisation(request: HttpRequest) -> dict[str, Any]:
    """Its name, whether everybody in it is invented, and where *leave this page* leads."""
    here = place.current()
    return {
        "organisation_name": here.name if here else settings.ORGANISATION_NAME,
        "organisation_contact": here.contact if here else "",
        "demo": here.demo if here else False,
        "leave_url": str(here.settings.get("leave", NOWHERE)) if here else NOWHERE,
    }
