# SPDX-License-Identifier: Apache-2.0
"""Whether pages are reached by https, under which names, and what follows for cookies."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

LOCAL = ("localhost", "127.0.0.1", "[::1]")


def is_secure(toml: Mapping[str, Any]) -> bool:
    """Whether pages are reached by https: unless `base` says http, or everybody is invented, they are."""
    base = str(toml.get("base", ""))
    if base:
        return urlsplit(base).scheme == "https"
    return bool(toml) and toml.get("demo") is not True


def hosts(toml: Mapping[str, Any]) -> list[str]:
    """The names under which pages may be reached: `hosts` and that of `base`; this machine itself always."""
    named = toml.get("hosts", [])
    base = urlsplit(str(toml.get("base", ""))).hostname
    return [*map(str, named if isinstance(named, list) else []), *([base] if base else []), *LOCAL, "testserver"]


def cookies(*, secure: bool) -> dict[str, Any]:
    """Settings of cookies. By https their names say that no other host and no plain page can set them."""
    prefix = "__Host-" if secure else ""
    return {
        "SESSION_COOKIE_NAME": f"{prefix}session",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "CSRF_COOKIE_NAME": f"{prefix}form",
        "CSRF_COOKIE_SECURE": secure,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_PATH": "/",
        "LANGUAGE_COOKIE_NAME": f"{prefix}language",
        "LANGUAGE_COOKIE_AGE": 31_536_000,
        "LANGUAGE_COOKIE_PATH": "/",
        "LANGUAGE_COOKIE_SECURE": secure,
        "LANGUAGE_COOKIE_HTTPONLY": True,
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
    }
