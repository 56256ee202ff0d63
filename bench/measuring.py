# SPDX-License-Identifier: Apache-2.0
"""Medians of several runs, and what a whole process costs: its time and its peak of memory.

Everything measured runs in a process of its own, and this one stays small: a child begins with its parent's peak of
memory, so that a large parent would be measured instead of the child.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


class Failed(Exception):
    """A measured program failed or took too long; the sentence says which."""


@dataclass(frozen=True)
class Sample:
    """Wall seconds of several runs of one thing, and the seconds of processor time that they took on all cores."""

    seconds: tuple[float, ...]
    processor: tuple[float, ...] = ()

    @classmethod
    def of(cls, said: Sequence[Mapping[str, Any]]) -> "Sample":
        """The `seconds` and `processor` that the runs of a program printed."""
        return cls(tuple(one["seconds"] for one in said), tuple(one["processor"] for one in said))

    @property
    def median(self) -> float:
        """The run in the middle."""
        return median(self.seconds)

    def __str__(self) -> str:
        low, high = min(self.seconds), max(self.seconds)
        runs = "one run" if low == high else f"median of {len(self.seconds)}, {shown(low)} to {shown(high)}"
        processor = f"; {shown(median(self.processor))} of processor time" if self.processor else ""
        return f"{shown(self.median)} ({runs}{processor})"


@dataclass(frozen=True)
class Process:
    """A process that has ended: wall seconds, the most memory it held (bytes, resident), the JSON it printed last."""

    seconds: float
    most_memory: int
    said: dict[str, Any]


def shown(seconds: float) -> str:
    """Seconds with as many digits as mean something."""
    return f"{seconds:.3f} s" if seconds < 10 else f"{seconds:.1f} s"


def times(theirs: Sample, ours: Sample) -> str:
    """How many times as long as ours the other takes, median against median of one run."""
    ratio = theirs.median / ours.median
    return f"{ratio:,.0f} times" if ratio >= 10 else f"{ratio:.1f} times"


def target(what: str, holds: bool) -> str:
    """A target and whether this run met it."""
    return f"target {what}: {'met' if holds else 'MISSED'}"


def ours(module: str, *arguments: object, limit: float = 600) -> Process:
    """Run a module of `bench.ours` with the interpreter that runs this."""
    return process([sys.executable, "-m", f"bench.ours.{module}", *map(str, arguments)], limit)


def process(command: Sequence[str], limit: float) -> Process:
    """Run a command to its end. `Failed` when it exits with an error or is not done after `limit` seconds."""
    with TemporaryFile() as printed, TemporaryFile() as said:
        begun = time.perf_counter()
        child = subprocess.Popen(command, stdout=printed, stderr=said, cwd=ROOT)
        pid = 0
        while not pid:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            seconds = time.perf_counter() - begun
            if not pid and seconds > limit:
                child.kill()
                child.wait()
                raise Failed(f"not done after {limit:.0f} s, and stopped")
            time.sleep(0 if pid else 0.005)
        child.returncode = os.waitstatus_to_exitcode(status)
        printed.seek(0)
        said.seek(0)
        if child.returncode:
            complaint = said.read().decode(errors="replace").strip().splitlines() or ["without a word"]
            raise Failed(f"failed with exit code {child.returncode}: {complaint[-1]}")
        lines = printed.read().decode().strip().splitlines()
        return Process(seconds, usage.ru_maxrss * 1024, json.loads(lines[-1]) if lines else {})
