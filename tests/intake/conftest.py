# SPDX-License-Identifier: Apache-2.0
"""An organisation on each database, behind a server in a process of its own."""

from tests.databases import made, postgres_server, postgres_template, sqlite_template

__all__ = ["made", "postgres_server", "postgres_template", "sqlite_template"]
