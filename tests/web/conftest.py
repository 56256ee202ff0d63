# SPDX-License-Identifier: Apache-2.0
"""The doors with an invented organisation behind them: in this process, and as a server for a real browser."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.web.settings")
# Playwright keeps a loop in this thread, so the framework thinks that it is asked from within one (stack.md, traps).
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django

django.setup()

from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from evenhand.store.connecting import connect  # noqa: E402
from evenhand.store.keys import Keyring  # noqa: E402
from evenhand.store.organisation import Organisation  # noqa: E402
from evenhand.web import clock, place  # noqa: E402
from evenhand.web.accounts import links  # noqa: E402
from evenhand.web.accounts.models import Account  # noqa: E402
from tests.postgres import Missing, a_server  # noqa: E402

setup_test_environment()

AT = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
LOGIN, PASSWORD = "nour.halvorsen@harbour.example", "copper willow march tender"


@pytest.fixture(scope="session")
def sqlite_migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with every table and no row, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "evenhand.sqlite3"
    connect(f"sqlite:///{path}")
    call_command("migrate", verbosity=0)
    connections["default"].close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def postgres_migrated() -> Iterator[str]:
    """A PostgreSQL server with such a database, to be copied."""
    try:
        with a_server() as url:
            _on_server(url, "CREATE DATABASE doors_")
            connect(f"{url}/doors_")
            call_command("migrate", verbosity=0)
            connections["default"].close()
            yield url
    except Missing as missing:
        pytest.skip(str(missing))


def _on_server(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(f"{server}/postgres", autocommit=True) as session:
        session.execute(statement)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """Which database: SQLite, unless a module asks for both with `pytestmark = both`."""
    return getattr(request, "param", "sqlite")


@pytest.fixture
def url(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database of one's own."""
    if database == "sqlite":
        path = tmp_path / "evenhand.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_migrated"), path)
        yield f"sqlite:///{path}"
        connections["default"].close()
        return
    server, name = request.getfixturevalue("postgres_migrated"), f"d{os.urandom(8).hex()}"
    _on_server(server, f"CREATE DATABASE {name} TEMPLATE doors_")
    yield f"{server}/{name}"
    connections["default"].close()
    _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def invented() -> bool:
    """Whether everybody in the organisation is invented; a test that wants it parametrises it with `[True]`."""
    return False


@pytest.fixture
def here(url: str, invented: bool, tmp_path: Path) -> Iterator[Organisation]:
    """The Harbour Federation with keys and an empty database of its own."""
    (tmp_path / "evenhand.toml").write_text(
        f'name = "Harbour Federation"\ncontact = "the office, 01632 960 100"\ndemo = {str(invented).lower()}\n'
    )
    Keyring.make(tmp_path / "keys", os.urandom)
    organisation = Organisation.open(tmp_path)
    connect(url)
    cache.clear()
    with place.serving(organisation):
        yield organisation


@pytest.fixture
def client(here: Organisation) -> Client:
    """A browser without a screen; it answers as a server would, but an error of ours fails the test."""
    return Client()


@pytest.fixture
def an_account(client: Client) -> Callable[..., Account]:
    """`an_account()`: a member with login and password; `an_account(login=None, password=None)`: just invited."""

    def make(**given: object) -> Account:
        told = {"login": LOGIN, "password": PASSWORD, "person": "ab" * 16} | given
        return Account.objects.open(handle=os.urandom(16).hex(), at=AT, **told)  # type: ignore[arg-type]

    return make


@pytest.fixture
def a_link() -> Callable[..., str]:
    """`a_link(account)`: where a link leads that can be used for a day from now."""

    def make(account: Account, **given: object) -> str:
        told = {"at": clock.now(), "lifetime": timedelta(days=1)} | given
        return f"/in/{links.issue(account, **told)}/"  # type: ignore[arg-type]

    return make


@pytest.fixture
def site(here: Organisation) -> Iterator[str]:
    """The doors as a server on this machine: `http://localhost:PORT`."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadedWSGIServer(("localhost", 0), Quiet)
    server.set_app(get_wsgi_application())
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def window(chromium, site) -> Iterator[Callable[..., SimpleNamespace]]:
    """`window(width=360, dark=True)`: a new window on the site; `window(script=False)`: one that runs no scripts."""
    opened = []

    def make(*, width: int = 1280, dark: bool = False, script: bool = True):
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        opened.append(context)
        return context.new_page()

    yield make
    for context in opened:
        context.close()
