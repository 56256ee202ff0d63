# SPDX-License-Identifier: Apache-2.0
"""What a person meets before anything is read: help, version, and complaints about the arguments."""

import re

import pytest

from evenhand.cli.asking import Command
from evenhand.cli.commands import COMMANDS, GROUPS


def called(command: Command) -> str:
    """How a command is called."""
    return " ".join(command.words)


@pytest.mark.parametrize("command", COMMANDS, ids=called)
def test_every_help_shows_an_example_of_its_command(evenhand, command: Command):
    """A list of options does not tell a newcomer what to type."""
    said = evenhand(*command.words, "--help")
    assert (0, "") == (said.code, said.err)
    assert f"example:\n  evenhand {called(command)} " in said.out
    assert command.says in " ".join(said.out.split())


@pytest.mark.parametrize("words", [(), ("--help",), *((group.word, "--help") for group in GROUPS)], ids=str)
def test_the_help_lists_the_commands(evenhand, words):
    """Whoever types the bare command would not learn what there is."""
    said = evenhand(*words)
    assert (0, "") == (said.code, said.err)
    listed = GROUPS if len(words) < 2 else next(group.commands for group in GROUPS if group.word == words[0])
    for one in listed:
        assert re.search(rf"^ +{one.word if len(words) < 2 else one.words[-1]}\s+\S", said.out, re.MULTILINE)
    assert "example:\n  evenhand " in said.out


def test_the_version_is_that_of_the_distribution(evenhand):
    """A report of a fault would name another program."""
    from importlib.metadata import version

    assert (0, f"evenhand {version('evenhand')}\n", "") == evenhand("--version")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["rules"], "Say which command: check, silence, explain, draw; `evenhand rules --help` explains them."),
        (["examine"], "Say which command: init, check, run, snapshots; `evenhand examine --help` explains them."),
        (["rules", "check"], "FILE; `evenhand rules check --help` shows"),
        (["rules", "chekc", "a.yaml"], "'chekc'"),
        (["rules", "check", "a.yaml", "b.yaml"], "b.yaml"),
        (["rules", "check", "a.yaml", "--form", "json"], "--form"),
        (["rules", "check", "a.yaml", "--format", "xml"], "'xml'"),
        (["examine", "run", "m", "s"], "--out"),
        (["examine", "run", "m", "s", "--out", "d", "--threads", "0"], "write a whole number from 1 to 1024"),
        (["examine", "run", "m", "s", "--out", "d", "--threads", "²"], "write a whole number from 1 to 1024"),
        (["examine", "run", "m", "s", "--out", "d", "--memory", "much"], "write it as 512MB or 2GB"),
    ],
)
def test_wrong_arguments_are_told_in_one_sentence(evenhand, words, sentence):
    """A usage line of ten options says everything but what was wrong."""
    said = evenhand(*words)
    assert (2, "") == (said.code, said.out)
    assert re.fullmatch(r"evenhand: [^\n]+\.\n", said.err)
    assert sentence in said.err


@pytest.mark.parametrize("place", [0, 2, 4])
def test_debug_may_stand_anywhere(evenhand, tmp_path, place):
    """Whoever adds it at the end of the line that failed would get another error."""
    words = ["rules", "check", str(tmp_path / "none.yaml")]
    words[place:place] = ["--debug"]
    with pytest.raises(Exception, match="There is no file"):
        evenhand(*words)
