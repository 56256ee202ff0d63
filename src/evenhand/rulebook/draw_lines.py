# SPDX-License-Identifier: Apache-2.0
"""The lines and tips of a layout: how high each layer lies, where lines leave a box, and how they bend."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from evenhand.rulebook.draw_layers import Layers
from evenhand.rulebook.draw_picture import Box

LEAST_GAP, MOST_GAP = 30.0, 70.0  # pixels between two layers; wide bends need more of them
BESIDE = 16.0  # least distance between two lines that leave a box
TIP = 9.0  # length of an arrow's tip


@dataclass(frozen=True, eq=False)
class Lines:
    """The layout with its heights; all coordinates in pixels from the upper left corner."""

    laid: Layers

    @cached_property
    def heights(self) -> list[float]:
        """The height of each layer."""
        return [max((self.laid.items[at].height for at in row), default=0.0) for row in self.laid.rows]

    @cached_property
    def tops(self) -> list[float]:
        """The upper edge of each layer, and below them the foot of the picture."""
        bends = [0.0] * (len(self.laid.rows) + 1)
        for upper, lower in self.links:
            layer = self.laid.items[upper].layer
            bends[layer] = max(bends[layer], abs(self.laid.x[upper] - self.laid.x[lower]))
        tops = [0.0]
        for height, bend in zip(self.heights, bends, strict=False):
            tops.append(tops[-1] + height + min(max(LEAST_GAP, bend * 0.2), MOST_GAP))
        tops[-1] = tops[-2] + self.heights[-1] if self.heights else 0.0
        return tops

    @cached_property
    def links(self) -> dict[tuple[int, int], bool]:
        """Every joined pair of items, upper first, and whether only the clock goes that way."""
        links: dict[tuple[int, int], bool] = {}
        for route in self.laid.routes:
            for one, other in pairwise(route.path):
                upper, lower = (
                    (one, other) if self.laid.items[one].layer < self.laid.items[other].layer else (other, one)
                )
                links[upper, lower] = links.get((upper, lower), True) and route.arrow.clock
        return links

    @cached_property
    def ports(self) -> Mapping[tuple[int, int], float]:
        """(item, the item it is joined to) -> the x at which the line leaves it."""
        joined: dict[tuple[int, bool], list[int]] = {}
        for upper, lower in self.links:
            joined.setdefault((upper, True), []).append(lower)
            joined.setdefault((lower, False), []).append(upper)
        ports: dict[tuple[int, int], float] = {}
        for (at, _), others in joined.items():
            for other, x in zip(sorted(others, key=lambda n: self.laid.x[n]), self._spread(at, others), strict=True):
                ports[at, other] = x
        return ports

    def _spread(self, at: int, others: list[int]) -> list[float]:
        item, x = self.laid.items[at], self.laid.x[at]
        if not isinstance(item.about, Box):
            return [x] * len(others)
        least, most = x - item.left + BESIDE, x + item.right - BESIDE
        wishes = [min(max(self.laid.x[n], least), most) for n in others]
        room = min(BESIDE * (len(others) - 1), most - least)
        low, high = min(wishes), max(wishes)
        if high - low < room:
            low = min(max((low + high - room) / 2, least), most - room)
            high = low + room
        step = (high - low) / max(len(others) - 1, 1)
        return [low + n * step for n in range(len(others))]

    def ways(self) -> Iterator[tuple[str, bool]]:
        """Every line as the `d` of a path, and whether it is the clock's alone."""
        alone: dict[int, bool] = {}
        for (upper, lower), clock in self.links.items():
            yield self._bend(upper, lower), clock
            for at in (upper, lower):
                alone[at] = alone.get(at, True) and clock
        for at, clock in alone.items():
            item = self.laid.items[at]
            height = self.heights[item.layer]
            if height and not isinstance(item.about, Box):
                yield f"M{self.laid.x[at]:.1f} {self.tops[item.layer]:.1f}v{height:.1f}", clock

    def _bend(self, upper: int, lower: int) -> str:
        above, below = self.laid.items[upper], self.laid.items[lower]
        begin, end = self.ports[upper, lower], self.ports[lower, upper]
        leaves = self.tops[above.layer] + (above.height if isinstance(above.about, Box) else self.heights[above.layer])
        if self._ends_at(upper, lower):
            leaves += TIP
        high = max(leaves, self.tops[above.layer] + self.heights[above.layer])
        low = self.tops[below.layer] - (TIP if self._ends_at(lower, upper) else 0.0)
        middle = (high + low) / 2
        return (
            f"M{begin:.1f} {leaves:.1f}V{high:.1f}C{begin:.1f} {middle:.1f} {end:.1f} {middle:.1f} {end:.1f} {low:.1f}"
        )

    @cached_property
    def _last(self) -> dict[tuple[int, int], bool]:
        """(target, the item before it) -> whether every arrow that arrives this way is the clock's."""
        last: dict[tuple[int, int], bool] = {}
        for route in self.laid.routes:
            key = (route.path[-1], route.path[-2])
            last[key] = last.get(key, True) and route.arrow.clock
        return last

    def _ends_at(self, target: int, before: int) -> bool:
        return (target, before) in self._last

    def tips(self) -> Iterator[tuple[str, bool]]:
        """Every arrow's tip as the `d` of a closed path, and whether it is the clock's alone."""
        for (target, before), clock in self._last.items():
            item, x = self.laid.items[target], self.ports[target, before]
            down = self.laid.items[before].layer < item.layer
            y = self.tops[item.layer] + (0.0 if down else item.height)
            back = y - TIP if down else y + TIP
            yield f"M{x:.1f} {y:.1f}L{x - 4.5:.1f} {back:.1f}H{x + 4.5:.1f}Z", clock
