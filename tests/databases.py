# SPDX-License-Identifier: Apache-2.0
"""An organisation of its own for each test, on SQLite and on PostgreSQL, made ready once and copied."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest

from evenhand.store.setup import set_up

set_up()

from django.db import connection, connections  # noqa: E402

from evenhand.procedure.founding import Plan, found  # noqa: E402
from evenhand.procedure.pen import Pen  # noqa: E402
from evenhand.procedure.registering import Newcomer, fact, record_facts, record_newcomer  # noqa: E402
from evenhand.store.connecting import connect  # noqa: E402
from evenhand.store.opened import forget_everything  # noqa: E402
from evenhand.store.organisation import Organisation  # noqa: E402
from evenhand.store.sealing import seal  # noqa: E402
from tests.postgres import Missing, a_server  # noqa: E402

BEGAN = datetime(2026, 4, 1, 8, tzinfo=UTC)
RULES = (Path(__file__).resolve().parent.parent / "rulebooks/harbour.yaml").read_text("utf-8")
POOLS = {
    "case_officer": 4, "safeguarder": 4, "mediator": 4, "investigator": 4, "gatekeepers": 6, "panel": 12,
    "appeal_panel": 8, "recusal_judge": 4, "reviewers": 8, "overseers": 6,
}  # fmt: skip
"""Who holds which office; `reviewers` and `overseers` are of the sister federation."""
MEMBERS = ("Ada Wynd", "Bero Osk", "Celin Tarn", "Davo Pell", "Elsin Brim")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server for this run."""
    try:
        with a_server() as url:
            yield url
    except Missing as missing:
        pytest.skip(str(missing))


def people(organisation: Organisation, chance: Callable[[int], bytes]) -> dict[str, list[str]]:
    """Records the members and the holders of offices; handles by office, and `members` by the names above."""
    from django.db import transaction

    pen = Pen(organisation, BEGAN, chance)
    found_: dict[str, list[str]] = {"members": []}
    with transaction.atomic():
        for name in MEMBERS:
            one = Newcomer(
                name=name, kind="member", address=f"{name.split()[0].lower()}@harbour.example", since="2020-01-01"
            )
            found_["members"].append(record_newcomer(pen, one))
        for office, number in POOLS.items():
            for place in range(number):
                handle = record_newcomer(
                    pen, Newcomer(name=f"{office.title()} {place}", kind="member", since="2019-01-01")
                )
                about = {
                    "kind": "holds",
                    "b": f"office:{office}",
                    "since": "2026-01-01",
                    "source": "register of offices",
                }
                record_facts(pen, handle, [fact(pen, a=handle, **about)])
                found_.setdefault(office, []).append(handle)
    seal(organisation)
    return found_


def _template(folder: Path, url: str) -> dict[str, list[str]]:
    chance = Random("template").randbytes
    plan = Plan(
        name="Harbour Federation", origin="harbour.example/record", contact="the office, 01632 960 100",
        rules=RULES, basis="legitimate activities of a not-for-profit body", database=url,
    )  # fmt: skip
    organisation = found(folder, plan, at=BEGAN, chance=chance)
    made = people(organisation, chance)
    connections["default"].close()
    return made


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> tuple[Path, dict[str, list[str]]]:
    """A founded organisation on SQLite, to be copied."""
    folder = tmp_path_factory.mktemp("template") / "sqlite"
    return folder, _template(folder, "")


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory, postgres_server) -> tuple[Path, dict[str, list[str]]]:
    """A founded organisation on PostgreSQL, to be copied."""
    folder = tmp_path_factory.mktemp("template") / "postgres"
    _on_server(postgres_server, "CREATE DATABASE template_")
    return folder, _template(folder, f"{postgres_server}/template_")


def _on_server(server: str, *statements: str) -> None:
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as session:
        for statement in statements:
            session.execute(statement)


@pytest.fixture(params=["sqlite", "postgres"])
def made(request, tmp_path) -> Iterator[SimpleNamespace]:
    """`made.organisation` with `made.people` by office, `made.at`, and `made.chance`; the database is the default one."""
    kind = request.param
    template, handles = request.getfixturevalue(f"{kind}_template")
    folder = tmp_path / "organisation"
    shutil.copytree(template, folder)
    server, name = "", ""
    if kind == "postgres":
        server, name = request.getfixturevalue("postgres_server"), f"t{abs(hash(str(tmp_path))) % 10**12}"
        _on_server(server, f"CREATE DATABASE {name} TEMPLATE template_")
        settings = folder / "evenhand.toml"
        settings.write_text(settings.read_text("utf-8").replace("/template_", f"/{name}"), "utf-8")
    organisation = Organisation.open(folder)
    forget_everything()
    connect(organisation.database)
    yield SimpleNamespace(
        organisation=organisation, people=handles, at=BEGAN, chance=Random(str(kind)).randbytes, kind=kind
    )
    connection.close()
    if server:
        _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.web.settings")
