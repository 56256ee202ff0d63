# SPDX-License-Identifier: Apache-2.0
"""The page of a cosigner: who it is, and when each log was last cosigned, so that a log that stands still is seen."""

from datetime import UTC, datetime

from evenhand.cosign.memory import Memory
from evenhand.record.encodings import to_base64
from evenhand.record.keys import VerifierKey

UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def page(memory: Memory, key: VerifierKey, *, now: int) -> str:
    """The page as plain text, at a time in seconds since 1970."""
    lines = [
        f"This is the cosigner {key.name}.",
        "It cosigns checkpoints of the logs below when they continue what it cosigned before (C2SP tlog-witness).",
        "",
        f"verifier key: {key.text}",
    ]
    for origin in memory.origins():
        lines += ["", origin, *(f"  {line}" for line in told(memory, origin, now=now))]
    return "\n".join(lines) + "\n"


def told(memory: Memory, origin: str, *, now: int) -> list[str]:
    """What is known of one log, a sentence a line."""
    known, refused, forks = memory.latest(origin), memory.refused(origin), memory.forks(origin)
    lines = ["Nothing was cosigned yet."]
    if known is not None:
        lines = [
            f"{known.size:,} entries since {instant(known.first)} ({ago(known.first, now=now)})",
            f"root {to_base64(known.root)}",
            f"last cosigned {instant(known.last)} ({ago(known.last, now=now)})",
        ]
    if refused is not None:
        lines.append(f"refused {times(refused.times)}, last {instant(refused.last)}: the list did not hold")
    lines += [
        f"This log signed two histories: seen {instant(fork.seen)} at {fork.size:,} entries, shown {times(fork.times)}."
        for fork in forks
    ]
    return lines


def instant(seconds: int) -> str:
    """An instant in UTC as in 2026-04-01 08:30:00Z."""
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S}Z"
    except (ValueError, OverflowError, OSError):
        return f"{seconds} seconds after 1970"


def ago(seconds: int, *, now: int) -> str:
    """How long something is past, in the largest unit that fits."""
    passed = now - seconds
    if passed < 0:
        return "in the future"
    for length, unit in UNITS:
        if passed >= length:
            count = passed // length
            return f"{count:,} {unit}{'' if count == 1 else 's'} ago"
    return "less than a minute ago"


def times(count: int) -> str:
    """Once, twice, or how many times."""
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")
