# SPDX-License-Identifier: Apache-2.0
"""Grows pymerkle's tree from the entries of a log folder of ours; run by the Python of its own environment.

    python check_pymerkle.py FOLDER ROOTS

ROOTS is a JSON object of tree sizes and the roots that we computed, in hex. Exit 0 and one line, or 1 and the reason.
pymerkle is under the GPL: no part of the product and no test imports it; it runs as a program of its own.
"""

import json
import sys
from pathlib import Path

from pymerkle import InmemoryTree


def entries(folder: Path) -> list[bytes]:
    """Every entry of the log, in order; of an older partial bundle, nothing."""
    size = int((folder / "checkpoint").read_text("utf-8").split("\n")[1])
    found: list[bytes] = []
    for number in range(-(-size // 256)):
        width = min(256, size - number * 256)
        name = f"{number:03}" if width == 256 else f"{number:03}.p/{width}"
        bundle, at = (folder / "tile" / "entries" / name).read_bytes(), 0
        while at < len(bundle):
            end = at + 2 + int.from_bytes(bundle[at : at + 2], "big")
            found.append(bundle[at + 2 : end])
            at = end
    return found


def check(folder: Path, roots: dict[str, str]) -> str:
    """Grows the tree one entry at a time and compares each root; a line that says how many."""
    tree = InmemoryTree(algorithm="sha256")
    for size, entry in enumerate(entries(folder), start=1):
        tree.append_entry(entry)
        if str(size) in roots and tree.get_root().hex() != roots[str(size)]:
            sys.exit(f"the root of size {size} is another one")
    if tree.get_size() != max(map(int, roots)):
        sys.exit(f"the folder holds {tree.get_size()} entries, the last root is of size {max(map(int, roots))}")
    return f"ok: {tree.get_size()} entries, {len(roots)} roots"


if __name__ == "__main__":
    print(check(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))))
