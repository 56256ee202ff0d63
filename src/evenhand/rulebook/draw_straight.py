# SPDX-License-Identifier: Apache-2.0
"""Straightens the long lines of a layout: as few bends as the room that the rest leaves them allows.

Least squares spreads a bend over a whole line, and a line that leans is harder to follow than one that turns once.
Boxes stay where they are; labels and points of lines move only as far as their neighbours on the layer allow.
"""

from collections.abc import Callable, Sequence

Room = Callable[[int], tuple[float, float]]


def straighten(
    x: list[float], lines: Sequence[Sequence[int]], room: Room, wish: Callable[[int], tuple[float, float]]
) -> None:
    """Move the items of each line, longest line first, onto as few different x as there is room for.

    A line is the items between its two boxes. `room` gives the least and the most x that an item's neighbours leave it
    now; `wish` the x between which the line arrives straight at its target, by the line's number. An item that another
    line has placed already stays.
    """
    placed: set[int] = set()
    for number in sorted(range(len(lines)), key=lambda at: (-len(lines[at]), at)):
        items = [item for item in lines[number] if item not in placed]
        joins = len(items) < len(lines[number])
        first = 0
        while first < len(items):
            least, most, last = *room(items[first]), first
            while last + 1 < len(items):
                low, high = room(items[last + 1])
                if max(least, low) > min(most, high):
                    break
                least, most, last = max(least, low), min(most, high), last + 1
            where = sum(x[item] for item in items[first : last + 1]) / (last + 1 - first)
            if last + 1 == len(items):
                low, high = (x[lines[number][-1]],) * 2 if joins else wish(number)
                if max(least, low) <= min(most, high):
                    least, most = max(least, low), min(most, high)
            for item in items[first : last + 1]:
                x[item] = min(max(where, least), most)
            first = last + 1
        placed.update(items)
