# SPDX-License-Identifier: Apache-2.0
"""Where the boxes, labels and arrows of a picture stand: a layered layout.

Boxes stand on even layers in the order of the text, an arrow's label on the odd layer beside its source, and a long
arrow passes every layer between by a point of its own. Long arrows to the same box share their points, so that ten
ways to one end are one line with ten beginnings. Sugiyama, Tagawa and Toda (1981) is the idea; weighted isotonic
regression replaces their placement (`_apart`), because it keeps every distance and needs no constraints solver.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evenhand.rulebook.draw_picture import Arrow, Picture
from evenhand.rulebook.draw_straight import straighten

SWEEPS = 16  # of the order within the layers
SETTLING = 120  # sweeps of the places
FAR = 1e6  # pixels: as good as no bound
BETWEEN = 9.0  # white space on either side of an item, in pixels


@dataclass(frozen=True, kw_only=True)
class Item:
    """Something that takes room on a layer: a box, a label, or the point by which a line passes (`about` is None).

    `left` and `right` are the room it needs on either side of its x; `height` its height; all in pixels.
    """

    layer: int
    about: object
    left: float
    right: float
    height: float
    stiff: float = 1.0


@dataclass(frozen=True)
class Route:
    """An arrow as the numbers of the items it passes, from its source to its target."""

    arrow: Arrow
    path: tuple[int, ...]


@dataclass(frozen=True)
class Layers:
    """Every layer's items from left to right, the x of every item, and the routes."""

    items: tuple[Item, ...]
    rows: tuple[tuple[int, ...], ...]
    x: tuple[float, ...]
    routes: tuple[Route, ...]


Sizes = Mapping[str, tuple[float, float]]


def layers(seen: Picture, boxes: Sizes, labels: Sequence[tuple[float, float]]) -> Layers:
    """The layout, given the width and height of each box (by stage) and of each arrow's label (in order), in pixels."""
    rank = _ranks(seen)
    items = []
    for box in seen.boxes:
        width, height = boxes[box.id]
        items.append(Item(layer=2 * rank[box.id], about=box, left=width / 2, right=width / 2, height=height))
    place = {box.id: at for at, box in enumerate(seen.boxes)}
    shared: dict[tuple[str, int, bool], int] = {}
    routes = []
    for arrow, (width, height) in zip(seen.arrows, labels, strict=True):
        begin, end = 2 * rank[arrow.source], 2 * rank[arrow.target]
        step = 1 if begin < end else -1
        items.append(Item(layer=begin + step, about=arrow, left=0, right=width + 8, height=height, stiff=2))
        path = [place[arrow.source], len(items) - 1]
        for layer in range(begin + 2 * step, end, step):
            key = (arrow.target, layer, step > 0)
            if key not in shared:
                shared[key] = len(items)
                items.append(Item(layer=layer, about=None, left=0, right=0, height=0, stiff=4))
            path.append(shared[key])
        routes.append(Route(arrow, (*path, place[arrow.target])))
    links = sorted({tuple(sorted(pair)) for route in routes for pair in pairwise(route.path)})
    beside = _neighbours(items, links)
    rows = _ordered(items, beside)
    x = _placed(items, rows, beside)
    _straightened(items, rows, routes, x)
    least = min((where - item.left for where, item in zip(x, items, strict=True)), default=0.0)
    return Layers(tuple(items), tuple(map(tuple, rows)), tuple(where - least for where in x), tuple(routes))


def _ranks(seen: Picture) -> dict[str, int]:
    """Each stage one below the lowest stage before it in the text that an arrow joins it to; ends at the foot."""
    order = [box.id for box in sorted(seen.boxes, key=lambda box: box.kind in ("end", "handover"))]
    at = {stage: place for place, stage in enumerate(order)}
    rank = dict.fromkeys(order, 0)
    for stage in order:
        for arrow in seen.arrows:
            ends = {arrow.source, arrow.target} - {stage}
            if stage in (arrow.source, arrow.target) and all(at[other] < at[stage] for other in ends):
                rank[stage] = max([rank[stage], *(rank[other] + 1 for other in ends)])
    return rank


Beside = list[tuple[list[int], list[int]]]


def _neighbours(items: Sequence[Item], links: Sequence[tuple[int, ...]]) -> Beside:
    """For each item, those that it is joined to on the layer above and on the layer below."""
    beside: Beside = [([], []) for _ in items]
    for one, other in links:
        upper, lower = (one, other) if items[one].layer < items[other].layer else (other, one)
        beside[lower][0].append(upper)
        beside[upper][1].append(lower)
    return beside


def _ordered(items: Sequence[Item], beside: Beside) -> list[list[int]]:
    """The layers ordered so that few lines cross: barycentres down and up, then neighbours swapped while it helps."""
    count = max((item.layer for item in items), default=-1) + 1
    rows: list[list[int]] = [[] for _ in range(count)]
    for at in _by_depth(items, beside):
        rows[items[at].layer].append(at)
    best, fewest = [list(row) for row in rows], _crossings(rows, beside)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for row in rows if down else rows[::-1]:
            place = {at: where for other in rows for where, at in enumerate(other)}
            row.sort(key=lambda at: _mean([place[n] for n in beside[at][0 if down else 1]], place[at]))
        _swap(rows, beside)
        crossings = _crossings(rows, beside)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
    return best


def _by_depth(items: Sequence[Item], beside: Beside) -> list[int]:
    """All items, each after the one above it by which a walk from the top first met it."""
    met: list[int] = []
    seen: set[int] = set()
    for root in sorted(range(len(items)), key=lambda at: items[at].layer):
        stack = [root]
        while stack:
            at = stack.pop()
            if at not in seen:
                seen.add(at)
                met.append(at)
                stack.extend(reversed(beside[at][1]))
    return met


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


def _pairs(upper: Sequence[int], place: Mapping[int, int], beside: Beside) -> list[list[int]]:
    return [sorted(place[n] for n in beside[at][1]) for at in upper]


def _crossings(rows: Sequence[Sequence[int]], beside: Beside) -> int:
    """How many pairs of lines cross between the layers."""
    total = 0
    for upper, lower in pairwise(rows):
        place = {at: where for where, at in enumerate(lower)}
        ends = [end for these in _pairs(upper, place, beside) for end in these]
        total += sum(one > other for i, one in enumerate(ends) for other in ends[i + 1 :])
    return total


def _swap(rows: list[list[int]], beside: Beside) -> None:
    """Swaps neighbours on a layer as long as fewer lines cross for it."""
    for which, row in enumerate(rows):
        near = [rows[n] if 0 <= n < len(rows) else [] for n in (which - 1, which + 1)]
        around = [{at: where for where, at in enumerate(other)} for other in near]
        for _ in range(len(row)):
            changed = False
            for i in range(len(row) - 1):
                left, right = row[i], row[i + 1]
                now = sum(_over(beside[left][s], beside[right][s], around[s]) for s in (0, 1))
                then = sum(_over(beside[right][s], beside[left][s], around[s]) for s in (0, 1))
                if then < now:
                    row[i], row[i + 1], changed = right, left, True
            if not changed:
                break


def _over(ours: Sequence[int], theirs: Sequence[int], place: Mapping[int, int]) -> int:
    return sum(place[one] > place[other] for one in ours for other in theirs)


def _placed(items: Sequence[Item], rows: Sequence[Sequence[int]], beside: Beside) -> list[float]:
    """The x of every item: as near as its distances allow to what it is joined to, long lines as straight as can be."""
    x = [0.0] * len(items)
    for row in rows:
        for at, where in zip(row, _apart([items[at] for at in row], [0.0] * len(row)), strict=True):
            x[at] = where
    for sweep in range(SETTLING):
        for row in rows if sweep % 2 == 0 else rows[::-1]:
            pulls = [[(x[n], items[at].stiff * items[n].stiff) for n in beside[at][0] + beside[at][1]] for at in row]
            wish = [
                sum(there * pull for there, pull in these) / sum(pull for _, pull in these) if these else x[at]
                for at, these in zip(row, pulls, strict=True)
            ]
            for at, where in zip(row, _apart([items[at] for at in row], wish), strict=True):
                x[at] = where
    return x


def _straightened(
    items: Sequence[Item], rows: Sequence[Sequence[int]], routes: Sequence[Route], x: list[float]
) -> None:
    """Moves what is no box, so that lines bend as little as the others let them."""
    spot = {at: (row, where) for row in rows for where, at in enumerate(row)}

    def room(at: int) -> tuple[float, float]:
        row, where = spot[at]
        before, after = row[where - 1] if where else None, row[where + 1] if where + 1 < len(row) else None
        least = -FAR if before is None else x[before] + items[before].right + 2 * BETWEEN + items[at].left
        most = FAR if after is None else x[after] - items[after].left - 2 * BETWEEN - items[at].right
        return least, max(least, most)

    def arrival(number: int) -> tuple[float, float]:
        target = routes[number].path[-1]
        return x[target] - items[target].left + 2 * BETWEEN, x[target] + items[target].right - 2 * BETWEEN

    straighten(x, [route.path[1:-1] for route in routes], room, arrival)


def _apart(row: Sequence[Item], wish: Sequence[float]) -> list[float]:
    """The places nearest to the wishes (least squares, weighted by stiffness) that keep the items apart, in order."""
    offset = [0.0]
    for left, right in pairwise(row):
        offset.append(offset[-1] + left.right + 2 * BETWEEN + right.left)
    blocks: list[tuple[float, float, int]] = []  # (weighted mean, weight, how many items)
    for item, wanted, off in zip(row, wish, offset, strict=False):
        mean, weight, many = wanted - off, item.stiff, 1
        while blocks and blocks[-1][0] > mean:
            before, more, members = blocks.pop()
            mean = (before * more + mean * weight) / (more + weight)
            weight, many = weight + more, many + members
        blocks.append((mean, weight, many))
    level = [mean for mean, _, many in blocks for _ in range(many)]
    return [height + off for height, off in zip(level, offset, strict=False)]
