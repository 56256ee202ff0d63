# SPDX-License-Identifier: Apache-2.0
"""Runs a cosigner on gunicorn: one process with several threads, which ends what it has begun when it is told to stop."""

import socket
import struct
from collections.abc import Callable
from typing import Any

from evenhand.cosign.answering import Application
from evenhand.cosign.errors import CosignError

THREADS = 8
PATIENCE = 20
"""Seconds to wait for the next bytes of a request."""
GRACE = 15
"""Seconds for requests that have begun, once the server is told to stop."""


def listening(host: str, port: int, *, patience: int = PATIENCE) -> socket.socket:
    """A socket that listens there (port 0: any free one); `CosignError` if that cannot be.

    Whoever connects and then says nothing for `patience` seconds is given up; a few of them would hold every thread.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        place = socket.create_server((host, port), family=family, backlog=256)
        # gunicorn has no setting for it; what is set here holds for every connection that is accepted.
        place.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", patience, 0))
        return place
    except socket.gaierror:
        raise CosignError(f"There is no host {host} here; name an address of this machine with --host.") from None
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CosignError(
            f"Nothing can listen on {host}, port {port} ({reason}); choose another with --port."
        ) from None


def serve(application: Application, place: socket.socket, *, ready: Callable[[], None]) -> None:
    """Answers until it is told to stop (SIGTERM or Ctrl-C), then raises `SystemExit`; `ready` is called once it listens."""
    # Here, because nothing else of the program needs a server; it comes without types.
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            settings: dict[str, Any] = {
                "bind": f"fd://{place.fileno()}",
                "workers": 1,
                "worker_class": "gthread",
                "threads": THREADS,
                "graceful_timeout": GRACE,
                "keepalive": 5,
                "loglevel": "critical",  # a stranger who breaks off is no event; what matters is written by the application
                "control_socket_disable": True,
                "when_ready": lambda _: ready(),
            }
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Application:
            return application

    Server().run()
