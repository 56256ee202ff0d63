# SPDX-License-Identifier: Apache-2.0
"""(d) The record: appending, proofs, verification of a large log, and a receipt, each beside the least it could be."""

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.environment import NoPeers, peers
from bench.measuring import ROOT, Failed, Process, Sample, ours, process, shown, target, times
from bench.records import IN_A_MATTER, spread

APPENDED, GROUPS = 50_000, (100, 1_000)
PROVED, PROOFS, PEERS_PROOFS = 70_000, 1_000, 100
SMALLER = 100_000  # entries of the log beside the large one, to see whether memory grows
MOST_MEMORY = 200e6  # bytes
STARTS = 20
VERIFIER = ROOT / "verifier" / "evenhand_verify.py"


def lines(runs: int, work: Path, entries: int) -> Iterator[str]:
    """The part's lines, each as soon as it is known. `entries` is the size of the large log; smaller is for trying out."""
    yield from _appending(runs, work, min(APPENDED, entries))
    yield from _receipt(work)
    small, middle, large = (work / name for name in ("small", "middle", "large"))
    for folder, size in ((small, min(PROVED, entries)), (middle, min(SMALLER, entries)), (large, entries)):
        grown = ours("grow", folder, size).said
    yield f"a log of {entries:,} plain entries of 400 bytes, appended in groups of 10,000: {shown(grown['seconds'])}"
    yield from _proofs(runs, work, small, min(PROVED, entries))
    yield from _prompt_proofs(runs, large, entries)
    yield from _verification(runs, large, entries)
    yield from _memory({min(SMALLER, entries): middle, entries: large})


def _appending(runs: int, work: Path, count: int) -> Iterator[str]:
    made = work / "entries"
    encoded = [ours("write_entries", made, count).said for _ in range(runs)]
    encoding = Sample.of(encoded)
    yield (
        f"encoding {count:,} sealed entries of {encoded[0]['mean']:.0f} bytes, disclosures and chance included: "
        f"{encoding}; {encoding.median / count * 1e6:.0f} us each, in none of the figures below"
    )
    for group in GROUPS:
        appended, inserted = [], []
        for run in range(runs):  # in turn, on the same disk, and nothing of the run before is left
            log, database = work / f"sealed-{group}-{run}", work / f"{group}-{run}.db"
            appended.append(ours("append", made, count, group, log).said)
            inserted.append(ours("insert", made, count, group, database).said)
            database.unlink()
            if run or group != GROUPS[0]:
                shutil.rmtree(log)
        took, raw = Sample.of(appended), Sample.of(inserted)
        ends = [Sample(tuple(one["ending"] for one in said)).median for said in (appended, inserted)]
        holds = raw.median / took.median >= 0.5 and inserted[0]["mode"] == "wal"
        yield (
            f"append of {count:,} entries in groups of {group:,}, durable and ready for proofs: {took}; "
            f"{count / took.median:,.0f} entries a second"
        )
        yield f"  raw insert into SQLite (WAL, FULL, a commit for each group): {raw}; {_share(raw, took, 0.5, holds)}"
        yield f"  at the end: checkpoint signed and published, tiles flushed {shown(ends[0])}; SQLite {shown(ends[1])}"
    yield from _profile(runs, work / f"sealed-{GROUPS[0]}-0", made.with_name(f"{made.name}.jsonl"), count)


def _profile(runs: int, log: Path, opens: Path, count: int) -> Iterator[str]:
    """What of verification is not hashing, on a log of sealed entries: the difference of two runs."""
    for name, program, more in (("evenhand", "audit", "shapes"), ("evenhand-verify", "verify_log", "whole")):
        bare, full = [], []
        for _ in range(runs):
            bare.append(ours(program, log).said)
            full.append(ours(program, log, more).said)
        each = (Sample.of(full).median - Sample.of(bare).median) / count
        yield f"  {name}, profile and shape of sealed entries, apart: {each * 1e6:.1f} us for each"
    shutil.copy(opens, log / "disclosures.jsonl")
    opened = [ours("verify_log", log, "whole") for _ in range(runs)]
    each = (Sample.of([one.said for one in opened]).median - Sample.of(full).median) / count
    yield (
        f"  evenhand-verify, disclosures and numbering of {count // IN_A_MATTER:,} matters, apart: {each * 1e6:.1f} us for "
        f"each entry opened; most memory of the whole {max(map(_memory_of, opened)) / 1e6:.0f} MB"
    )


def _receipt(work: Path) -> Iterator[str]:
    receipt, key = work / "act.tlog-proof", work / "key"
    size = ours("write_receipt", work / f"sealed-{GROUPS[0]}-0", receipt, key).said["bytes"]
    least = [sys.executable, "-c", "import json, hashlib"]
    asked = [str(receipt), "--key", str(key)]
    ways = {"python verifier/evenhand_verify.py": [sys.executable, str(VERIFIER), *asked]}
    command = Path(sys.executable).with_name("evenhand-verify")
    if command.exists():
        ways["the command evenhand-verify, whose bytecode is kept"] = [str(command), *asked]
    for name, way in ways.items():
        said = ours("starting", STARTS, json.dumps(least), json.dumps(way)).said["seconds"]
        null, took = (Sample(tuple(seconds)) for seconds in said)
        met = target("under 3 times", took.median < 3 * null.median)
        yield f"a receipt of {size:,} bytes, start to exit, {name}: {took}"
        yield f"  python -c 'import json, hashlib': {null}; the receipt takes {times(took, null)} as long; {met}"


def _proofs(runs: int, work: Path, log: Path, size: int) -> Iterator[str]:
    proved, theirs, why = [], [], ""
    places = spread(PEERS_PROOFS, size - 1)
    for _ in range(runs):
        proved.append(ours("prove", log, PROOFS).said)
        if not why:
            try:
                script = [str(peers()), "bench/peers/proofs.py", str(log), str(size), str(work / "peer.db")]
                theirs.append(process([*script, json.dumps(places)], 600).said)
            except (NoPeers, Failed) as refused:
                why = str(refused)
    for kind in ("inclusion", "consistency"):
        for when, where in (("first", "nothing in memory yet"), ("again", "asked a second time")):
            mine = Sample(tuple(one[f"{kind} {when}"] for one in proved))
            line = f"{kind} at {size:,} entries, {where}: {_brief(mine)}"
            if why:
                yield f"{line}; pymerkle: {why}"
                continue
            other = Sample(tuple(one[f"{kind} {when}"] for one in theirs))
            goal = f"; {target('100 times', other.median >= 100 * mine.median)}" if when == "first" else ""
            yield f"{line}; pymerkle (SQLite) {_brief(other)}, {times(other, mine)} ours{goal}"
    if not why:
        yield f"  roots that differ: {sum(one['root'] != theirs[0]['root'] for one in proved)} of {runs}"


def _prompt_proofs(runs: int, log: Path, size: int) -> Iterator[str]:
    proved = [ours("prove", log, PROOFS).said for _ in range(runs)]
    null = Sample(tuple(one["null"] for one in proved))
    for kind in ("inclusion", "consistency"):
        mine = Sample(tuple(one[f"{kind} first"] for one in proved))
        yield (
            f"{kind} at {size:,} entries, nothing in memory yet: {_brief(mine)}, {times(mine, null)} the reading of one "
            f"tile file ({_brief(null)}); {target('under 1 ms', mine.median < 0.001)}"
        )


def _verification(runs: int, log: Path, size: int) -> Iterator[str]:
    least, audited, verified = [], [], []
    for _ in range(runs):
        least.append(ours("bare_hash", log, size).said)
        audited.append(ours("audit", log).said)
        verified.append(ours("verify_log", log).said)
    if len({one["root"] for one in (*least, *audited, *verified)}) > 1:
        raise Failed("the three ways to the root of the log did not lead to one root")
    bare = Sample.of(least)
    yield f"bare hashlib over {size:,} leaves and their nodes, in memory before the clock starts: {bare}"
    for name, said, goal in (("evenhand", audited, 0.5), ("evenhand-verify", verified, 0.3)):
        took = Sample.of(said)
        holds = bare.median / took.median >= goal
        yield f"  {name}, signature, tiles, leaves, nodes, reading included: {took}; {_share(bare, took, goal, holds)}"


def _memory(logs: dict[int, Path]) -> Iterator[str]:
    """The whole check, profile included, because it is what people run."""
    for name, program, more in (("evenhand", "audit", "shapes"), ("evenhand-verify", "verify_log", "whole")):
        found = {size: ours(program, log, more) for size, log in logs.items()}
        told = ", ".join(f"{one.most_memory / 1e6:.0f} MB at {size:,}" for size, one in found.items())
        most = max(found.values(), key=_memory_of).most_memory
        took = found[max(found)].said["seconds"]
        yield (
            f"{name}, whole check, most memory: {told} entries; {target('under 200 MB', most < MOST_MEMORY)}; "
            f"the last took {shown(took)}, the profile of plain entries included"
        )


def _memory_of(one: Process) -> int:
    return one.most_memory


def _share(least: Sample, took: Sample, goal: float, holds: bool) -> str:
    by_processor = median(least.processor) / median(took.processor)
    return (
        f"ours is {least.median / took.median:.2f} times as fast ({by_processor:.2f} by processor time); "
        f"{target(f'at least {goal}', holds)}"
    )


def _brief(sample: Sample) -> str:
    """A time for one small thing: milliseconds."""
    return f"{sample.median * 1e3:.3f} ms"
