# SPDX-License-Identifier: Apache-2.0
"""Finds the line of a text file on which each record begins, when quoted values hold line ends or lines are empty."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 1 << 24
QUOTE, FEED = 34, 10


@dataclass(frozen=True)
class Records:
    """Where each record that is not an empty line begins, header included: `starts` in bytes from 0, `lines` from 1.

    `rejected` are the starts of the rejected records, `rejected_lines` their lines.
    """

    starts: NDArray[np.int64]
    lines: NDArray[np.int64]
    rejected: NDArray[np.int64]
    rejected_lines: NDArray[np.int64]


def find_records(plain: Path, separator: str, rejected: NDArray[np.int64] | None = None) -> Records:
    """The records of the text at `plain`.

    `rejected` are places from which a reader could make no record; each stands for its line, whose quotation marks mean
    nothing, and the empty lines before that line belong to it.
    """
    data = np.memmap(plain, dtype=np.uint8, mode="r")
    feeds, quotes = _positions(data, FEED), _positions(data, QUOTE)
    broken = _after_empty_lines(data, np.unique(rejected) if rejected is not None else np.zeros(0, np.int64))
    if len(broken):
        ends = np.append(feeds, len(data))[np.searchsorted(feeds, broken)]
        holder = np.searchsorted(broken, quotes, side="right") - 1
        quotes = quotes[(holder < 0) | (ends[np.maximum(holder, 0)] < quotes)]
    inside = _inside_quotes(data, quotes, feeds, ord(separator))
    starts = np.concatenate([[0], feeds[~inside] + 1])
    lines = np.concatenate([[1], np.flatnonzero(~inside) + 2])
    ends = np.concatenate([feeds[~inside], [len(data)]])
    filled = ends > starts
    broken_lines = (np.searchsorted(feeds, broken) + 1).astype(np.int64)
    return Records(starts[filled].astype(np.int64), lines[filled].astype(np.int64), broken, broken_lines)


def _after_empty_lines(data: NDArray[np.uint8], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same places, moved over the line feeds that stand there."""
    places, last = places.astype(np.int64), len(data) - 1
    while np.any(empty := (places < last) & (data[np.minimum(places, last)] == FEED)):
        places = places + empty
    return places


def _positions(data: NDArray[np.uint8], byte: int) -> NDArray[np.int64]:
    blocks = [np.flatnonzero(data[at : at + BLOCK] == byte) + at for at in range(0, len(data), BLOCK)]
    return np.concatenate(blocks).astype(np.int64) if blocks else np.zeros(0, np.int64)


def _inside_quotes(
    data: NDArray[np.uint8], quotes: NDArray[np.int64], feeds: NDArray[np.int64], separator: int
) -> NDArray[np.bool_]:
    """Whether each line feed stands inside a quoted value.

    Quotation marks come in runs. An even run changes nothing (an empty value, or doubled marks inside one). An odd run
    after a separator opens, before a separator closes, between two separators does whichever is due; elsewhere it is
    a character like any other (6'2" tall).
    """
    if not len(quotes):
        return np.zeros(len(feeds), np.bool_)
    first = np.concatenate([[True], np.diff(quotes) > 1])
    begin = quotes[first]
    length = np.diff(np.concatenate([np.flatnonzero(first), [len(quotes)]]))
    odd = length % 2 == 1
    begin, end = begin[odd], (begin + length)[odd]
    if not len(begin):
        return np.zeros(len(feeds), np.bool_)
    before = np.where(begin > 0, data[np.maximum(begin - 1, 0)], FEED)
    after = np.where(end < len(data), data[np.minimum(end, len(data) - 1)], FEED)
    opens = (before == separator) | (before == FEED)
    closes = (after == separator) | (after == FEED)
    fixed, either = opens != closes, opens & closes
    # The state after each run: what the last run of known effect made it, turned over by each run of either since.
    order = np.arange(len(begin))
    last = np.maximum.accumulate(np.where(fixed, order, -1))
    turns = np.cumsum(either)
    since = turns - np.where(last >= 0, turns[np.maximum(last, 0)], 0)
    state = np.where(last >= 0, opens[np.maximum(last, 0)], False) ^ (since % 2 == 1)
    run = np.searchsorted(begin, feeds) - 1
    return np.asarray(np.where(run >= 0, state[np.maximum(run, 0)], False), np.bool_)
