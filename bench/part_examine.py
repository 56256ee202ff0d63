# SPDX-License-Identifier: Apache-2.0
"""(c) `examine run` on chicago-complaints, report included, against bare DuckDB that reads and joins the same files."""

from collections.abc import Iterator
from pathlib import Path

from bench.measuring import ROOT, Sample, ours, target, times

MAPPING = ROOT / "mappings" / "chicago-complaints"
MOST_MEMORY = 1.5e9  # bytes


def lines(runs: int, work: Path, data: Path) -> Iterator[str]:
    """The part's lines, each as soon as it is known."""
    source = data / "chicago-complaints"
    if not source.exists():
        yield "examine run: skipped, the complaints history is not there."
        return
    examined, bare = [], []
    for at in range(runs):
        examined.append(ours("examine", MAPPING, source, work / f"examined-{at}"))
        bare.append(ours("bare", source))
    run = Sample(tuple(one.seconds for one in examined))
    inner = Sample.of([one.said for one in examined])
    least = Sample.of([one.said for one in bare])
    memory = max(one.most_memory for one in examined)
    said = examined[0].said
    report = f"a report of {said['report'] / 1e6:.1f} MB" if said["report"] else "NO REPORT WRITTEN"
    yield (
        f"examine run, chicago-complaints ({said['cases']:,} cases, {report}): {run} as a process; "
        f"{target('under 10 s', run.median < 10)}"
    )
    yield f"  most memory: {memory / 1e9:.2f} GB; {target('under 1.5 GB', memory < MOST_MEMORY)}"
    ratio = inner.median / least.median
    yield (
        f"  bare DuckDB reads and joins the same files: {least}; the examination without starting, {inner}, "
        f"takes {times(inner, least)} as long; {target('at most 10 times', ratio <= 10)}"
    )
