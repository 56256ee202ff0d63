# SPDX-License-Identifier: Apache-2.0
"""Page numbers for a list of which only the length is known: the rows come from elsewhere, and nothing is counted again."""

from django.core.paginator import Paginator
from django.http import HttpRequest

LONGEST = 9
"""No more digits than this are a page number."""


class _Many:
    """So many things that nobody looks at."""

    ordered = True

    def __init__(self, length: int) -> None:
        self._length = length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, place: slice) -> list[object]:
        return []


class Numbered(Paginator):  # type: ignore[type-arg]
    """The pages of a list of known length."""

    @classmethod
    def of(cls, length: int, size: int) -> "Numbered":
        """The pages of a list of `length` rows, `size` on each."""
        return cls(_Many(length), size)  # type: ignore[arg-type]


def number_in(request: HttpRequest) -> int:
    """Which page the address asks for: the first where it says nothing that is a number."""
    asked = request.GET.get("page", "")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST else 1
