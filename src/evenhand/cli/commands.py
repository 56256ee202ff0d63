# SPDX-License-Identifier: Apache-2.0
"""Every command there is, in the order in which the help and the manual list them."""

from evenhand.cli.asking import Command, Group
from evenhand.cli.examine import check as examine_check
from evenhand.cli.examine import init as examine_init
from evenhand.cli.examine import run as examine_run
from evenhand.cli.examine import snapshots as examine_snapshots
from evenhand.cli.rules import check as rules_check
from evenhand.cli.rules import draw as rules_draw
from evenhand.cli.rules import explain as rules_explain
from evenhand.cli.rules import silence as rules_silence

GROUPS: tuple[Group, ...] = (
    Group(
        word="rules",
        says="Reads an organisation's rulebook: checks it, explains it, draws it.",
        commands=(rules_check.COMMAND, rules_silence.COMMAND, rules_explain.COMMAND, rules_draw.COMMAND),
    ),
    Group(
        word="examine",
        says="Examines a case history that somebody else kept.",
        commands=(examine_init.COMMAND, examine_check.COMMAND, examine_run.COMMAND, examine_snapshots.COMMAND),
    ),
)

COMMANDS: tuple[Command, ...] = tuple(command for group in GROUPS for command in group.commands)
