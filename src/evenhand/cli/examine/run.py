# SPDX-License-Identifier: Apache-2.0
"""`evenhand examine run MAPPING SOURCE --out DIR`: the whole examination, and its report."""

import secrets
from argparse import ArgumentParser, Namespace

from evenhand.cli.asking import HOLDS, Command, ask_for_format
from evenhand.cli.examine.asking import (
    ask_for_mapping,
    ask_for_out,
    ask_for_source,
    memory,
    must_not_hold_the_results,
    threads,
)
from evenhand.cli.examine.telling import told
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_mapping(parser)
    ask_for_source(parser)
    ask_for_out(parser)
    ask_for_format(parser)
    parser.add_argument("--threads", metavar="N", type=threads, default=2, help="threads to work with; 2 if not given")
    says = "memory for the tables, after which it works on disk; 1GB if not given"
    parser.add_argument("--memory", metavar="SIZE", type=memory, default="1GB", help=says)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Examine, and say what was found. Faults found in the history are findings, not failures: the code is 0."""
    must_not_hold_the_results(asked.out, asked.mapping, asked.source)
    from evenhand.examine import running

    with terminal.long(f"examining {asked.source}") as tell:
        findings = running.run(
            asked.mapping,
            asked.source,
            asked.out,
            threads=asked.threads,
            memory=asked.memory,
            progress=tell,
            chance=secrets.token_bytes,
        )
    if asked.format == "json":
        terminal.json(findings)
        return HOLDS
    terminal.say(str(findings["source"]["name"]), style="bold")
    terminal.rows([((about, "dim"), (line, "")) for about, line in told(findings)], indent=2)
    terminal.say(f"The report: {asked.out / 'report.html'}")
    record = findings["record"]
    terminal.say(f"The record of this examination: {record['size']:,} entries in {asked.out / 'record'}")
    terminal.rows([(("verifier key", "dim"), (record["key"], "")), (("root", "dim"), (record["root"], ""))], indent=2)
    terminal.say("Give key and root to whoever should be able to check later what was examined and what was found.")
    return HOLDS


COMMAND = Command(
    words=("examine", "run"),
    says="Examines a case history and writes a report, the findings, and a table of rows for every count.",
    example="evenhand examine run .demo/mapping .demo/source --out .demo/report",
    ask=ask,
    run=run,
)
