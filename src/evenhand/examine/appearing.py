# SPDX-License-Identifier: Apache-2.0
"""Lets a folder of results appear whole or not at all: a killed run leaves nothing that could pass for a report."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evenhand.examine.trouble import Unreadable

OURS = ("findings.json", "report.html", "tables", "snapshots.parquet", "record", "receipts.tlog-proofs")
"""What the results of an examination are called; a folder with anything else in it is somebody's own."""


@contextmanager
def appear_whole(out: Path, *, marker: str = "findings.json") -> Iterator[Path]:
    """A new folder beside `out` to write into; it takes the place of `out` when the block ends without an error.

    An earlier result (a folder that holds `marker`, and nothing that we do not write) is replaced; any other folder
    with something in it is refused with `Unreadable`. What a killed run left beside `out` the next one clears away.
    """
    given, out = Path(out), Path(out).resolve()
    if out.exists() and not out.is_dir():
        raise Unreadable(f"{given} is a file; name a folder for the results.")
    held = {path.name for path in out.iterdir()} if out.is_dir() else set()
    if held and (marker not in held or held - {marker, *OURS}):
        raise Unreadable(f"The folder {given} holds other things; name a new folder, or an earlier result, with --out.")
    part = out.with_name(f".{out.name}.part")
    old = out.with_name(f".{out.name}.old")
    if (old / marker).is_file() and not out.exists():
        # A run was killed between its last two steps: the earlier result takes its place again.
        old.rename(out)
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
    except OSError as error:
        raise Unreadable(f"Nothing can be written beside {given} ({error.strerror}); name another folder.") from None
    try:
        yield part
        if out.is_dir():
            shutil.rmtree(old, ignore_errors=True)
            out.rename(old)
        part.rename(out)
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
