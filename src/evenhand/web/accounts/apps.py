# SPDX-License-Identifier: Apache-2.0
"""How the framework knows this package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The application `accounts`."""

    name = "evenhand.web.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
