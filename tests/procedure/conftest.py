# SPDX-License-Identifier: Apache-2.0
"""Every test of this folder has an organisation of its own, on each database."""

from tests.databases import made, postgres_server, postgres_template, sqlite_template

__all__ = ["made", "postgres_server", "postgres_template", "sqlite_template"]
