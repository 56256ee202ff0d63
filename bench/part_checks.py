# SPDX-License-Identifier: Apache-2.0
"""(a) `rules check`: a small and a large generated book, the federation's, and a named peer on the same nets."""

from collections.abc import Iterator
from pathlib import Path

from bench import generated
from bench.environment import NoPeers, peers
from bench.measuring import ROOT, Failed, Sample, ours, process, target, times

APPLICATIONS = 4  # of the large generated book: 12,475 states
FEDERATION = ROOT / "rulebooks" / "harbour.yaml"
PATIENCE = 30.0  # seconds that the peer gets for one net


def lines(runs: int, work: Path) -> Iterator[str]:
    """The part's lines, each as soon as it is known."""
    for name, applications, limit in (("a small generated book", 0, None), ("a large one", APPLICATIONS, 1.0)):
        path = work / f"generated-{applications}.yaml"
        path.write_text(generated.rulebook(applications))
        yield from _measured(name, path, runs, work, limit)
    if FEDERATION.exists():
        yield from _measured("the federation's rulebook", FEDERATION, runs, work, 0.3)


def _measured(name: str, rulebook: Path, runs: int, work: Path, limit: float | None) -> Iterator[str]:
    said = [ours("check", rulebook).said for _ in range(runs)]
    checked, found = Sample.of(said), said[0]
    met = "" if limit is None else f"; {target(f'under {limit} s', checked.median < limit)}"
    books = "1 book" if found["books"] == 1 else f"{found['books']} books"
    size = f"{books}, {found['states']:,} states and {found['moves']:,} moves in the largest"
    yield f"rules check, {name} ({size}): {checked}{met}"
    net = work / "workflow.json"
    ours("write_net", rulebook, found["book"], net, "workflow")
    yield f"  pm4py, Woflan, largest book: {_soundness(net, runs, checked)}"


def _soundness(net: Path, runs: int, checked: Sample) -> str:
    """The peer on one net; where it is not done in time once, it is not asked again."""
    try:
        command = [str(peers()), "bench/peers/soundness.py", str(net)]
        said = [process(command, PATIENCE).said for _ in range(runs)]
    except NoPeers as why:
        return str(why)
    except Failed as why:
        return f"{why}; more than {PATIENCE / checked.median:,.0f} times our whole check"
    theirs, verdict = Sample.of(said), "sound" if said[0]["sound"] else "not sound"
    return f"{theirs}, imports not counted, {verdict}; {times(theirs, checked)} our whole check"
