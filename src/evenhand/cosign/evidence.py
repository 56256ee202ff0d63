# SPDX-License-Identifier: Apache-2.0
"""The forks that a cosigner has seen, each as a file that anybody who holds the log's key can check alone."""

import os
import re
from hashlib import sha256
from pathlib import Path

from evenhand.cosign.memory import Memory, SeenFork

FOLDER = "forks"


def file_name(origin: str, size: int) -> str:
    """ORIGIN-SIZE.json; where the origin has to be changed to be a name of a file, a few digits of its hash follow it."""
    plain = re.sub(r"[^A-Za-z0-9.-]", "_", origin)[:80].lstrip(".")
    if plain != origin:
        plain = f"{plain}-{sha256(origin.encode()).hexdigest()[:8]}"
    return f"{plain}-{size}.json"


def write(folder: Path, fork: SeenFork) -> Path:
    """Writes the file of a fork into DIR/forks unless it is there already; it appears whole or not at all."""
    place = folder / FOLDER
    place.mkdir(exist_ok=True)
    path = place / file_name(fork.origin, fork.size)
    if path.exists():
        return path
    part = place / f".{path.name}.{os.getpid()}.part"
    with part.open("wb") as file:
        file.write(fork.file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, path)  # unlike a rename, this never takes the place of a file
    except FileExistsError:
        pass
    finally:
        part.unlink()
    return path


def write_all(folder: Path, memory: Memory, *, origin: str | None = None) -> list[Path]:
    """Writes the missing files, of one log or of all, as after a crash between memory and file; says where all of them are."""
    return [write(folder, fork) for fork in memory.forks(origin)]
