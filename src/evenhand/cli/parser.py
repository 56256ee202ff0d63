# SPDX-License-Identifier: Apache-2.0
"""Turns the list of commands into a parser whose help shows an example and whose complaints are one sentence."""

from argparse import SUPPRESS, Action, ArgumentParser, Namespace, RawDescriptionHelpFormatter, _SubParsersAction
from collections.abc import Sequence
from typing import Any, NoReturn

from evenhand.cli.asking import Command, Group, Wrong
from evenhand.cli.commands import ALONE, GROUPS

SAYS = "Complaints, discipline and rule-making of membership organisations that outsiders can check."
CODES = "Exit codes: 0 done and all holds, 1 done and something does not hold, 2 the input cannot be read."


class Parser(ArgumentParser):
    """A parser that never prints a usage line in place of a sentence. Options are written out, never abbreviated."""

    def __init__(self, **given: Any) -> None:
        super().__init__(allow_abbrev=False, formatter_class=RawDescriptionHelpFormatter, **given)

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the arguments, with the place where the right ones are explained."""
        said = message[:1].upper() + message[1:].rstrip(".")
        raise Wrong(f"{said}; `{self.prog} --help` shows what can be given.")


class Version(Action):
    """Prints the version and stops; looks it up only when asked, because the look-up costs more than the parser."""

    def __call__(self, parser: ArgumentParser, *_: Any) -> NoReturn:
        """Called by argparse where `--version` stands."""
        from importlib.metadata import version

        print(f"evenhand {version('evenhand')}")
        parser.exit(0)


def build(groups: Sequence[Group] = GROUPS, alone: Sequence[Command] = ALONE) -> Parser:
    """The parser of `evenhand`: a sub-parser for each group and each command in it, and one for each command alone."""
    parser = Parser(prog="evenhand", description=SAYS, epilog=_example("evenhand rules check rulebooks/harbour.yaml"))
    parser.add_argument("--version", action=Version, nargs=0, help="print the version and stop")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    parser.set_defaults(
        command=None, prog="evenhand", words=[*(one.words[0] for one in alone), *(group.word for group in groups)]
    )
    words = parser.add_subparsers(title="commands", metavar="COMMAND")
    for command in alone:
        _add_command(words, command)
    for group in groups:
        _add_group(words, group)
    return parser


def _add_group(words: "_SubParsersAction[Parser]", group: Group) -> None:
    names = [command.words[-1] for command in group.commands]
    example = _example(group.commands[0].example)
    inner = words.add_parser(group.word, help=group.says, description=group.says, epilog=example)
    inner.set_defaults(command=None, prog=f"evenhand {group.word}", words=names)
    below = inner.add_subparsers(title="commands", metavar="COMMAND")
    for command in group.commands:
        _add_command(below, command)


def _add_command(words: "_SubParsersAction[Parser]", command: Command) -> None:
    epilog = f"{_example(command.example)}\n\n{CODES}"
    parser = words.add_parser(command.words[-1], help=command.says, description=command.says, epilog=epilog)
    command.ask(parser)
    # SUPPRESS, or the default of this place would undo `evenhand --debug rules check`.
    parser.add_argument("--debug", action="store_true", default=SUPPRESS, help="show the traceback of an error")
    parser.set_defaults(command=command)


def chosen(parser: Parser, argv: Sequence[str] | None) -> Namespace:
    """The arguments, with the command they name. Raises `Wrong` where they name none."""
    asked = parser.parse_args(argv)
    if asked.command is None:
        names = ", ".join(asked.words)
        raise Wrong(f"Say which command: {names}; `{asked.prog} --help` explains them.")
    return asked


def _example(line: str) -> str:
    return f"example:\n  {line}"
