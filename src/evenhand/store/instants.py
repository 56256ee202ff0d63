# SPDX-License-Identifier: Apache-2.0
"""Instants as text of one width, so that the order of the text is the order of time on every database."""

from datetime import UTC, datetime


def known_text(at: datetime) -> str:
    """`2026-04-01T08:30:00.000000Z`."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
