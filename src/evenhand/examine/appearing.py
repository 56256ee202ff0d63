# SPDX-License-Identifier: Apache-2.0
"""Lets a folder of results appear whole or not at all: a killed run leaves nothing that could pass for a report."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evenhand.examine.trouble import Unreadable


@contextmanager
def appear_whole(out: Path, *, marker: str = "findings.json") -> Iterator[Path]:
    """A new folder beside `out` to write into; it takes the place of `out` when the block ends without an error.

    An earlier result (a folder that holds `marker`) is replaced; any other folder with something in it is refused
    with `Unreadable`. What a killed run left beside `out` is cleared away by the next one.
    """
    out = Path(out)
    if out.exists() and not out.is_dir():
        raise Unreadable(f"{out} is a file; name a folder for the results.")
    if out.is_dir() and any(out.iterdir()) and not (out / marker).is_file():
        raise Unreadable(f"The folder {out} holds other things; name a new folder, or an earlier result, with --out.")
    part = out.with_name(f".{out.resolve().name}.part")
    old = out.with_name(f".{out.resolve().name}.old")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir(parents=True)
    except OSError as error:
        raise Unreadable(f"Nothing can be written beside {out} ({error.strerror}); name another folder.") from None
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
