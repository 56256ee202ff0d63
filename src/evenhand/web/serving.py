# SPDX-License-Identifier: Apache-2.0
"""Serves the doors, and does the background work beside them: one process on one machine."""

import secrets
import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

from evenhand.cosign.serving import GRACE, listening
from evenhand.procedure.working import work
from evenhand.store.organisation import Organisation
from evenhand.web import clock

THREADS = 8
PAUSE = 15
"""Seconds between two rounds of background work."""


def serve(
    organisation: Organisation, *, host: str, port: int, ready: Callable[[int], None], works: bool = True
) -> None:
    """Answers until it is told to stop, then raises `SystemExit`; `ready` is told the port once it listens.

    One process with several threads: SQLite has one writer at a time. `CosignError` where nothing can listen there.
    """
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    # The server forks. SQLite's locks do not go with a connection into another process, and two would write at one time.
    connections.close_all()
    place = listening(host, port)
    number = int(place.getsockname()[1])  # asked now: the server takes the socket over

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            settings: dict[str, Any] = {
                "bind": f"fd://{place.fileno()}",
                "workers": 1,
                "worker_class": "gthread",
                "threads": THREADS,
                "graceful_timeout": GRACE,
                "loglevel": "warning",
                "control_socket_disable": True,
                "when_ready": lambda _: ready(number),
                "post_worker_init": lambda _: _begin(organisation) if works else None,
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            from evenhand.web.wsgi import application

            return application

    Server().run()


def _begin(organisation: Organisation) -> None:
    threading.Thread(target=_rounds, args=(organisation, threading.Event()), daemon=True, name="work").start()


def _rounds(organisation: Organisation, stopped: threading.Event) -> None:
    import logging

    from django.db import close_old_connections

    while not stopped.wait(PAUSE):
        try:
            work(organisation, at=clock.now(), chance=secrets.token_bytes)
        except Exception:
            # One round that failed must not end all the following ones; what failed is tried again in the next.
            logging.getLogger("evenhand.work").exception("a round of background work failed")
        finally:
            close_old_connections()
