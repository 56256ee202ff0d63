# SPDX-License-Identifier: Apache-2.0
"""`python -m bench`: measures, and prints a line for each figure as soon as it is known."""

import argparse
import compileall
import os
import platform
from collections.abc import Callable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import part_checks, part_examine, part_intake, part_record, part_replay
from bench.environment import HOME, NoPeers, peers, versions
from bench.measuring import ROOT, Failed

PARTS = ("checks", "replay", "examine", "record", "intake")


def _setting() -> Iterator[str]:
    ours = ", ".join(f"{name} {version(name)}" for name in ("evenhand", "duckdb", "numpy"))
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    yield f"{machine}, Python {platform.python_version()}; {ours}"
    busy = os.getloadavg()[0]
    if busy > 1:
        yield f"NOT ALONE: {busy:.1f} processes were running before this began; wall times are longer than they need be"
    try:
        yield f"peers: {', '.join(f'{name} {number}' for name, number in versions(peers()).items())}"
    except NoPeers as why:
        yield f"peers: {why}"


def _compile() -> None:
    """Bytecode, as the second start of a program finds it; a machine that keeps none would measure Python's compiler."""
    for name in ("evenhand", "numpy", "yaml", "duckdb"):
        found = find_spec(name)
        for folder in (found.submodule_search_locations or ()) if found else ():
            compileall.compile_dir(folder, quiet=2)


def main() -> None:
    """Measure the parts asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all without any")
    parser.add_argument("--runs", type=int, default=5, help="how often each thing is run (default 5)")
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="the folder of real histories"
    )
    parser.add_argument(
        "--entries", type=int, default=1_000_000, help="the size of the large log; smaller is for trying out"
    )
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    parts = asked.parts or PARTS
    for line in _setting():
        print(line, flush=True)
    _compile()
    with TemporaryDirectory() as name:
        work = Path(name)
        measures = {
            "checks": lambda: part_checks.lines(asked.runs, work),
            "replay": lambda: part_replay.lines(asked.runs, work, asked.data),
            "examine": lambda: part_examine.lines(asked.runs, work, asked.data),
            "record": lambda: _on_disk(lambda work: part_record.lines(asked.runs, work, asked.entries)),
            "intake": lambda: _on_disk(lambda work: part_intake.lines(asked.runs, work)),
        }
        for part in PARTS:
            if part in parts:
                _print(part, measures[part]())


def _on_disk(measure: Callable[[Path], Iterator[str]]) -> Iterator[str]:
    """What has to last is measured beside the checkout: the folder for temporary files may be memory, where nothing lasts."""
    HOME.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=HOME, prefix="disk-") as name:
        yield from measure(Path(name))


def _print(part: str, lines: Iterator[str]) -> None:
    try:
        for line in lines:
            print(line, flush=True)
    except Failed as why:
        print(f"{part}: {why}", flush=True)


if __name__ == "__main__":
    main()
