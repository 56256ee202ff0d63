# SPDX-License-Identifier: Apache-2.0
"""Which organisation a command is about: `--dir`, else `EVENHAND_DIR`, else the folder one stands in."""

import os
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evenhand.store.organisation import Organisation


def ask_for_folder(parser: ArgumentParser) -> None:
    """The option that names the organisation."""
    says = "the organisation's folder; else EVENHAND_DIR, else the current folder"
    parser.add_argument("--dir", metavar="DIR", type=Path, help=says)


def folder_of(asked: Namespace) -> Path:
    """The folder that was named, in the one way or the other."""
    return asked.dir or Path(os.environ.get("EVENHAND_DIR") or ".")


def opened(asked: Namespace) -> "Organisation":
    """The organisation, with its database connected. `NoOrganisation` where there is none."""
    from evenhand.store.organisation import Organisation
    from evenhand.store.setup import set_up

    organisation = Organisation.open(folder_of(asked))
    os.environ["EVENHAND_DIR"] = str(organisation.folder)
    set_up()
    from evenhand.store.connecting import connect

    connect(organisation.database)
    return organisation


def brought_up_to_date(asked: Namespace) -> "Organisation":
    """The organisation, with the tables of this version of the program: what serves or works sees to that first."""
    organisation = opened(asked)
    from django.core.management import call_command

    from evenhand.store.belonging import check_belongs

    check_belongs(organisation)  # before anything is changed in tables that may be somebody else's
    call_command("migrate", verbosity=0, interactive=False)
    return organisation


def now() -> datetime:
    """The instant, at this door."""
    return datetime.now(UTC)
