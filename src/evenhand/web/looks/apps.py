# SPDX-License-Identifier: Apache-2.0
"""How the framework knows this package."""

from django.apps import AppConfig


class LooksConfig(AppConfig):
    """The application `looks`: templates and static files, no tables."""

    name = "evenhand.web.looks"
    label = "looks"
