# SPDX-License-Identifier: Apache-2.0
"""How the framework knows this package."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The application `store`."""

    name = "evenhand.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
