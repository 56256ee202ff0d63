# SPDX-License-Identifier: Apache-2.0
"""The arguments that the commands of an examination share, and what must hold of them before anything is read."""

import re
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path

from evenhand.cli.asking import Wrong


def ask_for_mapping(parser: ArgumentParser) -> None:
    """The argument MAPPING."""
    parser.add_argument("mapping", metavar="MAPPING", type=Path, help="the folder with mapping.toml and its SQL files")


def ask_for_source(parser: ArgumentParser) -> None:
    """The argument SOURCE."""
    says = "the folder with the CSV, TSV or Parquet files, or one such file"
    parser.add_argument("source", metavar="SOURCE", type=Path, help=says)


def ask_for_out(parser: ArgumentParser) -> None:
    """The option that names the folder of results."""
    says = "the folder for the results; an earlier result there is replaced, anything else is left alone"
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help=says)


def memory(text: str) -> str:
    """An amount of memory such as 1GB or 512MB. Raises what argparse turns into a sentence."""
    if not re.fullmatch(r"[1-9]\d*(\.\d+)?\s*(MB|GB|TB|MiB|GiB|TiB)", text, re.IGNORECASE):
        raise ArgumentTypeError(f"{text!r} is no amount of memory; write it as 512MB or 2GB")
    return text


def threads(text: str) -> int:
    """A number of threads, one at least. Raises what argparse turns into a sentence."""
    if not text.isdecimal() or not 1 <= int(text) <= 1024:
        raise ArgumentTypeError(f"{text!r} is no number of threads; write a whole number from 1 to 1024")
    return int(text)


def must_not_hold_the_results(out: Path, *given: Path) -> None:
    """Raise `Wrong` where the results would take the place of what they are made from."""
    for path in given:
        if out.resolve() == path.resolve() or out.resolve() in path.resolve().parents:
            raise Wrong(f"The results would replace {path}; name another folder with --out.")
