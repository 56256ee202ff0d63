# SPDX-License-Identifier: Apache-2.0
"""`evenhand demo`: the invented Harbour Federation, three years of its matters, in a browser."""

import webbrowser
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evenhand.cli.asking import HOLDS, Command, Wrong
from evenhand.cli.organisation.opening import now, opened
from evenhand.cli.terminal import Terminal

FOLDER = Path("harbour-demo")


def ask(parser: ArgumentParser) -> None:
    """What the command asks for."""
    says = "where to make it; harbour-demo if not given. One that is there already is served again"
    parser.add_argument("--dir", metavar="DIR", type=Path, default=FOLDER, help=says)
    says = "the federation's rulebook; rulebooks/harbour.yaml if not given"
    parser.add_argument("--rules", metavar="FILE", type=Path, default=Path("rulebooks/harbour.yaml"), help=says)
    parser.add_argument("--no-serve", action="store_true", help="make it, print the links, and stop")
    parser.add_argument("--port", metavar="PORT", type=int, default=8000, help="the port; 0 takes any that is free")
    parser.add_argument("--seed", metavar="TEXT", default="harbour", help="another seed invents another federation")
    says = "how many matters; 600 if not given. Fewer are made sooner"
    parser.add_argument("--matters", metavar="N", type=int, default=600, help=says)


def run(asked: Namespace, terminal: Terminal) -> int:
    """Make the federation unless it is there, print a link for each kind of person, and serve."""
    import os

    from evenhand.store.setup import set_up

    if not (asked.dir / "evenhand.toml").exists():
        if not asked.rules.is_file():
            raise Wrong(f"{asked.rules} is not there; name the federation's rulebook with --rules.")
        os.environ.pop("EVENHAND_DIR", None)
        set_up()
        from evenhand.harbour.making import make

        with terminal.long("inventing the Harbour Federation") as tell:
            make(
                asked.dir,
                asked.rules.read_text("utf-8"),
                until=now().replace(minute=0, second=0, microsecond=0),
                seed=asked.seed,
                matters=asked.matters,
                tell=tell,
            )
    organisation = opened(asked)
    from evenhand.harbour.tour import entrances
    from evenhand.web import place

    place.enter(organisation)
    found = entrances(organisation, at=now())

    def ready(port: int) -> None:
        terminal.say("Everybody in it is invented. Sign in as:")
        for one in found:
            code = f" with the code: {one.code}" if one.code else ""
            terminal.say(f"  {one.says}: http://127.0.0.1:{port}{one.path}{code}")
        terminal.say("An auditor needs no account, but the export and the key from somebody else:")
        terminal.say(f"  evenhand record export audit --dir {asked.dir}")
        terminal.say(f'  evenhand-verify audit --key "$(cat {asked.dir}/record/vkey)"')
        terminal.say(f"The tour of seven questions: http://127.0.0.1:{port}/public/tour/")
        terminal.out.flush()  # whoever reads it through a pipe waits for these lines
        if not asked.no_serve and terminal.out.isatty():
            webbrowser.open(f"http://127.0.0.1:{port}/public/tour/")

    if asked.no_serve:
        ready(asked.port)
        return HOLDS
    from evenhand.web.serving import serve

    serve(organisation, host="127.0.0.1", port=asked.port, ready=ready)
    return HOLDS


COMMAND = Command(
    words=("demo",),
    says="Invents the Harbour Federation with three years of matters, and serves it with a sign-in link for each kind of person.",
    example="evenhand demo --dir harbour-demo",
    ask=ask,
    run=run,
)
