# SPDX-License-Identifier: Apache-2.0
"""Every command there is, in the order in which the help and the manual list them."""

from evenhand.cli.asking import Command, Group
from evenhand.cli.cosign import add as cosign_add
from evenhand.cli.cosign import ask as cosign_ask
from evenhand.cli.cosign import serve as cosign_serve
from evenhand.cli.cosign import status as cosign_status
from evenhand.cli.examine import check as examine_check
from evenhand.cli.examine import init as examine_init
from evenhand.cli.examine import run as examine_run
from evenhand.cli.examine import snapshots as examine_snapshots
from evenhand.cli.organisation import (
    accounts,
    adopt,
    audit,
    backup,
    demo,
    doctor,
    init,
    invite,
    rebuild,
    register,
    restore,
    retention,
    serve,
    work,
)
from evenhand.cli.record import append as record_append
from evenhand.cli.record import export as record_export
from evenhand.cli.record import new as record_new
from evenhand.cli.record import prove as record_prove
from evenhand.cli.record import publish as record_publish
from evenhand.cli.record import rotate as record_rotate
from evenhand.cli.record import verify as record_verify
from evenhand.cli.rules import check as rules_check
from evenhand.cli.rules import draw as rules_draw
from evenhand.cli.rules import explain as rules_explain
from evenhand.cli.rules import silence as rules_silence

ALONE: tuple[Command, ...] = (
    init.COMMAND,
    demo.COMMAND,
    invite.COMMAND,
    accounts.COMMAND,
    register.COMMAND,
    adopt.COMMAND,
    serve.COMMAND,
    work.COMMAND,
    doctor.COMMAND,
    audit.COMMAND,
    rebuild.COMMAND,
    retention.COMMAND,
    backup.COMMAND,
    restore.COMMAND,
)
"""Commands of one word: those on an organisation as a whole."""

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
    Group(
        word="record",
        says="Keeps a log in files that other people's software verifies.",
        commands=(
            record_new.COMMAND,
            record_append.COMMAND,
            record_prove.COMMAND,
            record_verify.COMMAND,
            record_publish.COMMAND,
            record_rotate.COMMAND,
            record_export.COMMAND,
        ),
    ),
    Group(
        word="cosign",
        says="Cosigns the logs of others, and has one's own cosigned, so that no log can show two histories unseen.",
        commands=(cosign_serve.COMMAND, cosign_add.COMMAND, cosign_ask.COMMAND, cosign_status.COMMAND),
    ),
)

COMMANDS: tuple[Command, ...] = (*ALONE, *(command for group in GROUPS for command in group.commands))
