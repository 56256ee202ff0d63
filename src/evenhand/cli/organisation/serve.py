# SPDX-License-Identifier: Apache-2.0
"""`evenhand serve`: the desk and the portal in a browser, and the background work beside them."""

from argparse import ArgumentParser, Namespace

from evenhand.cli.asking import HOLDS, Command
from evenhand.cli.organisation.opening import ask_for_folder, brought_up_to_date
from evenhand.cli.terminal import Terminal


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_folder(parser)
    says = "the address of this machine to listen on; 127.0.0.1 if not given"
    parser.add_argument("--host", metavar="HOST", default="127.0.0.1", help=says)
    parser.add_argument("--port", metavar="PORT", type=int, default=8000, help="the port; 0 takes any that is free")
    parser.add_argument("--no-work", action="store_true", help="leave the background work to “evenhand work”")


def run(asked: Namespace, terminal: Terminal) -> int:
    """Serve until stopped; requests that have begun are answered."""
    organisation = brought_up_to_date(asked)
    from evenhand.web.serving import serve

    def ready(port: int) -> None:
        terminal.say(f"{organisation.name} answers at http://{asked.host}:{port}/ until you press Ctrl-C.")
        terminal.out.flush()  # whoever reads it through a pipe waits for this line

    serve(organisation, host=asked.host, port=asked.port, ready=ready, works=not asked.no_work)
    return HOLDS


COMMAND = Command(
    words=("serve",),
    says="Serves the desk and the portal, and does the background work, in one process on one machine.",
    example="evenhand serve --dir harbour --port 8000",
    ask=ask,
    run=run,
)
