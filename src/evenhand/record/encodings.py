# SPDX-License-Identifier: Apache-2.0
"""Base64 and decimal numbers, read strictly: each value has one spelling, so that no byte can change unseen."""

import base64
import binascii

LARGEST_SIZE = 2**63 - 1
"""Sizes and seconds stay below 2^63, as the formats ask."""


def to_base64(data: bytes) -> str:
    """Bytes in the standard alphabet, with padding (RFC 4648, 4)."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes | None:
    """The bytes, or None for any spelling but the one that `to_base64` gives."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if to_base64(data) == text else None


def to_base64url(data: bytes) -> str:
    """Bytes in the alphabet for addresses, without padding (RFC 4648, 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes | None:
    """The bytes, or None for any spelling but the one that `to_base64url` gives."""
    try:
        data = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return data if to_base64url(data) == text else None


def decimal(text: str) -> int | None:
    """The number, or None unless it is written in ASCII digits without sign or leading zero and is below 2^63."""
    if not text.isascii() or not text.isdigit() or len(text) > 19 or (text[0] == "0" and text != "0"):
        return None
    number = int(text)
    return number if number <= LARGEST_SIZE else None
