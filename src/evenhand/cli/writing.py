# SPDX-License-Identifier: Apache-2.0
"""Writes a text to a file that appears whole or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write `text` as UTF-8 in place of whatever `path` held. Raises `OSError`; then `path` is as it was before.

    A pipe or a device, such as /dev/stdout, is written to as it is.
    """
    if path.exists() and not path.is_file():
        path.write_text(text, "utf-8")
        return
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, "utf-8")
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from None
