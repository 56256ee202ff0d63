# SPDX-License-Identifier: Apache-2.0
"""Every address of the three doors. Desk, portal and public site bring their own and are included when they are there."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from evenhand.web import errors, start
from evenhand.web.accounts import views as accounts

DOORS = (
    ("desk/", "evenhand.web.desk.urls"),
    ("portal/", "evenhand.web.portal.urls"),
    ("public/", "evenhand.web.public.urls"),
)


def _there(module: str) -> bool:
    package = module.rpartition(".")[0]
    return find_spec(package) is not None and find_spec(module) is not None


urlpatterns: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("accounts/", include("evenhand.web.accounts.urls")),
    path("in/<str:token>/", accounts.link, name="link"),
    path("code/", accounts.receipt_code, name="receipt_code"),
    path("language/<str:language>/", start.language, name="language"),
    path("favicon.ico", start.favicon),
    path("robots.txt", start.robots),
    *(path(prefix, include(module)) for prefix, module in DOORS if _there(module)),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many
handler500 = errors.server_error
