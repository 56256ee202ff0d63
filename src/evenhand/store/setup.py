# SPDX-License-Identifier: Apache-2.0
"""Sets the framework up once in a process; whoever uses the tables outside of a web server calls it first."""

import os

import django
from django.apps import apps


def set_up() -> None:
    """Loads the models. May be called as often as one likes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.web.settings")
    if not apps.ready:
        django.setup()
