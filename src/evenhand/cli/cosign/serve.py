# SPDX-License-Identifier: Apache-2.0
"""`evenhand cosign serve`: cosigns the logs of others over HTTP, as C2SP `tlog-witness` says."""

import secrets
from argparse import ArgumentParser, Namespace

from evenhand.cli.asking import HOLDS, Command
from evenhand.cli.cosign.asking import ask_for_dir, clock, folder_of, port
from evenhand.cli.terminal import Terminal

PORT = 7390


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    ask_for_dir(parser)
    parser.add_argument("--name", metavar="NAME", help="how the cosigner is called; needed on its first start")
    says = "the address to listen on; behind a server that speaks TLS, leave it as it is"
    parser.add_argument("--host", metavar="HOST", default="127.0.0.1", help=says)
    says = f"the port to listen on, {PORT} if not given; 0 for any that is free"
    parser.add_argument("--port", metavar="N", type=port, default=PORT, help=says)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Answer until told to stop; then the exit code is 0."""
    from evenhand.cosign import evidence
    from evenhand.cosign.answering import application
    from evenhand.cosign.own_key import memory_of, opened
    from evenhand.cosign.serving import listening, serve

    folder = folder_of(asked)
    memory = memory_of(folder, create=True)
    key = opened(folder, memory, name=asked.name, chance=secrets.token_bytes)
    evidence.write_all(folder, memory)
    logs = len(memory.origins())
    memory.close()  # a connection of SQLite must not be taken into another process
    place = listening(asked.host, asked.port)
    host, number = place.getsockname()[:2]

    def ready() -> None:
        terminal.say(f"The cosigner {key.name} cosigns {logs} log{'' if logs == 1 else 's'}. Its verifier key:")
        terminal.document(key.verifier.text)
        terminal.document(f"It answers at http://{f'[{host}]' if ':' in host else host}:{number}")
        terminal.out.flush()

    serve(application(memory=memory, key=key, clock=clock), place, ready=ready)
    return HOLDS


COMMAND = Command(
    words=("cosign", "serve"),
    says="Cosigns the logs of others: answers, over HTTP, whether a checkpoint continues what it saw before.",
    example="evenhand cosign serve --dir cosigner --name cosigner.example.org",
    ask=ask,
    run=run,
)
