# SPDX-License-Identifier: Apache-2.0
"""The arguments that the commands of a cosigner share."""

import os
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

FOLDER = "EVENHAND_DIR"


def ask_for_dir(parser: ArgumentParser) -> None:
    """The option that names the folder of a cosigner."""
    says = f"the cosigner's folder; if not given, that of {FOLDER}, else the current folder"
    parser.add_argument("--dir", metavar="DIR", type=Path, help=says)


def folder_of(asked: Namespace) -> Path:
    """The folder of the cosigner."""
    return asked.dir if asked.dir is not None else Path(os.environ.get(FOLDER) or ".")


def port(text: str) -> int:
    """A port. Raises what argparse turns into a sentence."""
    if not text.isdecimal() or int(text) > 65_535:
        raise ArgumentTypeError(f"{text!r} is no port; write a whole number from 0 to 65535")
    return int(text)


def count(text: str) -> int:
    """How many cosigners are needed. Raises what argparse turns into a sentence."""
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise ArgumentTypeError(f"{text!r} is no number of cosigners; write a whole number from 1 to 100")
    return int(text)


def clock() -> int:
    """Seconds since 1970, in UTC."""
    return int(time.time())
