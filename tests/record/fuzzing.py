# SPDX-License-Identifier: Apache-2.0
"""Damages good bytes in every way that comes to mind, and holds a parser to what it promises.

A parser may refuse with the errors it names and with no other, and takes no more memory than a few times its input.
Each input follows from a seed and a number alone, so that a finding can be repeated:
`EVENHAND_FUZZ_SEED=SEED EVENHAND_FUZZ_FROM=NUMBER pytest -k NAME`.
"""

import os
import random
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MIB = 2**20
TOKENS = [
    b"", b"\0", b"\n", b"\n\n", b"\r\n", b" ", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", "— ".encode(), "\u0301".encode(),
    b"\\ud800", b"\\n", b'"', b"[", b"]", b"{", b"}", b"{}",
    b"[]", b",", b":", b"null", b"true", b"-0", b"1.5", b"1e999",
    b"9" * 20, b"9" * 5_000, b"NaN", b"[" * 5_000, b'{"a":' * 5_000, b"=", b"+", b"/", b"-", b"_", b"A" * 44,
    b'"v":1', b'"_sd":[]',
    b"c2sp.org/tlog-proof@v1\n", b"sha256:", b"\x7f", b"\xc2\x85", b"\xe2\x80\xa8", b"\xd9\xa3", b"0", b"-",
    b"18446744073709551616",
]  # fmt: skip
"""What parsers stumble over: line ends, halves of characters, depth, numbers without end, marks of our own formats."""


@dataclass(frozen=True)
class Parser:
    """Something that reads bytes: its name, good inputs, its errors, and its bytes of memory for one of input at most."""

    name: str
    read: Callable[[bytes], object]
    samples: Sequence[bytes]
    errors: type[Exception] | tuple[type[Exception], ...]
    factor: int = 50


def damaged(samples: Sequence[bytes], chance: random.Random) -> bytes:
    """One of the samples after one to four changes."""
    data = bytearray(chance.choice(samples))
    for _ in range(chance.choice([1, 1, 1, 2, 4])):
        at = chance.randint(0, len(data))
        to = min(len(data), at + chance.choice([0, 1, 2, 8, 44, 400, len(data)]))
        kind = chance.randrange(9)
        if kind == 0 and data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        elif kind == 1 and data:
            data[at % len(data)] = chance.randrange(256)
        elif kind == 2:
            del data[at:to]
        elif kind == 3:
            data[at:at] = chance.randbytes(chance.choice([1, 2, 32]))
        elif kind == 4:
            data[at:to] = chance.choice(TOKENS)
        elif kind == 5:
            data[at:at] = chance.choice(TOKENS)
        elif kind == 6:
            other = chance.choice(samples)
            start = chance.randint(0, len(other))
            data[at:] = other[start:]
        elif kind == 7:
            # Growth: what is short becomes long, up to a megabyte.
            part = bytes(data[at:to])[:2_000]
            data[at:at] = part * min(chance.choice([1, 2, 70, 300, 5_000]), MIB // max(1, len(part)))
        else:
            data[at:to] = bytes(data[at:to])[::-1]
    return bytes(data)


def seed() -> str:
    """The seed of this run: given, or the same each time in CI, or a new one."""
    steady = "1" if os.environ.get("EVENHAND_REQUIRE") == "all" else os.urandom(4).hex()
    return os.environ.get("EVENHAND_FUZZ_SEED", steady)


def seconds(parsers: int) -> float:
    """How long one of so many parsers is fuzzed: EVENHAND_FUZZ_SECONDS (30) in all, half for each implementation."""
    return float(os.environ.get("EVENHAND_FUZZ_SECONDS", "30")) / 2 / parsers


def fuzz(parser: Parser, *, seed: str, seconds: float) -> int:
    """How many inputs the parser withstood; an `AssertionError` with seed, number and input for the first it did not."""
    number = first = int(os.environ.get("EVENHAND_FUZZ_FROM", "0"))
    end = time.monotonic() + seconds
    while number == first or time.monotonic() < end:
        data = damaged(parser.samples, random.Random(f"{seed} {parser.name} {number}"))
        found = fault(parser, data, measured=number % 16 == 0 or len(data) > 100_000)
        if found:
            raise AssertionError(
                f"{parser.name}: {found}. Repeat it with EVENHAND_FUZZ_SEED={seed} EVENHAND_FUZZ_FROM={number}. "
                f"The input ({len(data):,} bytes) begins {data[:300]!r}"
            )
        number += 1
    return number - first


def fault(parser: Parser, data: bytes, *, measured: bool) -> str:
    """What the parser does with this input that it must not do, or nothing."""
    if measured:
        tracemalloc.start()
    try:
        parser.read(data)
    except parser.errors as error:
        if len(str(error)) > 5_000:
            return f"the sentence of its {type(error).__name__} has {len(str(error)):,} characters"
    except Exception as error:
        return f"{type(error).__name__} escapes: {str(error)[:300]}"
    finally:
        peak = tracemalloc.get_traced_memory()[1] if measured else 0
        if measured:
            tracemalloc.stop()
    allowed = parser.factor * len(data) + MIB
    return f"{peak:,} bytes of memory for {len(data):,}" if peak > allowed else ""
