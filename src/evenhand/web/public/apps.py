# SPDX-License-Identifier: Apache-2.0
"""How the framework knows this door."""

from django.apps import AppConfig


class DoorConfig(AppConfig):
    """The application `public`."""

    name = "evenhand.web.public"
    label = "public"
