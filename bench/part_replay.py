# SPDX-License-Identifier: Apache-2.0
"""(b) The replay of the fines history taken twice, from Parquet to a verdict a case, against pm4py's token replay."""

from collections.abc import Iterator
from pathlib import Path

from bench.environment import NoPeers, peers
from bench.measuring import ROOT, Failed, Sample, ours, process, target, times

MAPPING = ROOT / "mappings" / "road-traffic-fines"
BOOK = "fine"


def lines(runs: int, work: Path, data: Path) -> Iterator[str]:
    """The part's lines, each as soon as it is known."""
    source = data / "road-traffic-fines"
    if not source.exists():
        yield "replay: skipped, the fines history is not there."
        return
    acts, net = work / "acts.parquet", work / "net.json"
    counted = ours("write_acts", MAPPING, source, acts, 2).said
    ours("write_net", MAPPING / "rulebook.yaml", BOOK, net)
    mine, theirs = work / "ours.csv", work / "theirs.csv"
    replayed, peer, why = [], [], ""
    for _ in range(runs):  # in turn, so that a machine that slows down slows both
        replayed.append(ours("replay", MAPPING / "rulebook.yaml", BOOK, acts, mine).said)
        if not why:
            try:
                command = [str(peers()), "bench/peers/token_replay.py", str(net), str(acts), str(theirs)]
                peer.append(process(command, 600).said)
            except (NoPeers, Failed) as refused:
                why = str(refused)
    took = Sample.of(replayed)
    lawful = f"{replayed[0]['lawful']:,} lawful"
    yield (
        f"replay of {counted['cases']:,} cases with {counted['acts']:,} acts from Parquet ({lawful}): {took}; "
        f"{target('under 1 s', took.median < 1)}"
    )
    if why:
        yield f"  pm4py, token replay: {why}"
        return
    alone = Sample.of([one["alone"] for one in peer])
    whole = Sample.of([one["whole"] for one in peer])
    agreed = ours("agree", mine, theirs).said
    met = alone.median / took.median >= 20
    yield (
        f"  pm4py, token replay alone, the log already in memory: {alone}; {times(alone, took)} ours; "
        f"{target('20 times', met)}"
    )
    yield f"  pm4py, from Parquet: {whole}; {times(whole, took)} ours"
    yield (
        f"  verdicts (first unlawful act, complete or not) that differ: {agreed['different']:,} of {agreed['cases']:,} "
        f"cases; {target('none', agreed['different'] == 0 and agreed['cases'] == counted['cases'])}"
    )
