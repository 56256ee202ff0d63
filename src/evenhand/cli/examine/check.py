# SPDX-License-Identifier: Apache-2.0
"""`evenhand examine check MAPPING SOURCE`: what does not fit yet, with rows counted in and out."""

from argparse import ArgumentParser, Namespace

from evenhand.cli.asking import DOES_NOT_HOLD, HOLDS, Command, ask_for_format
from evenhand.cli.examine.asking import ask_for_mapping, ask_for_source
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_mapping(parser)
    ask_for_source(parser)
    ask_for_format(parser)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Try the mapping on the source; 1 if it does not fit yet."""
    from evenhand.examine.fitting import check_mapping

    with terminal.long(f"checking {asked.mapping}") as tell:
        fit = check_mapping(asked.mapping, asked.source, tell)
    if asked.format == "json":
        terminal.json(fit.as_dict())
    else:
        for line in fit.lines:
            terminal.say(line)
    return HOLDS if fit.holds else DOES_NOT_HOLD


COMMAND = Command(
    words=("examine", "check"),
    says="Tries a mapping on its source and says what does not fit yet.",
    example="evenhand examine check .demo/mapping .demo/source",
    ask=ask,
    run=run,
)
