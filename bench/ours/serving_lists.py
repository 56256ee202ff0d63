# SPDX-License-Identifier: Apache-2.0
"""FOLDER: serves an organisation on any free port and prints which; without the background work, which no copy could bear."""

import sys
from pathlib import Path

from evenhand.store.setup import set_up

set_up()

from evenhand.store.connecting import connect  # noqa: E402
from evenhand.store.organisation import Organisation  # noqa: E402
from evenhand.web import place  # noqa: E402
from evenhand.web.serving import serve  # noqa: E402

if __name__ == "__main__":
    organisation = Organisation.open(Path(sys.argv[1]))
    connect(organisation.database)
    place.enter(organisation)
    serve(organisation, host="127.0.0.1", port=0, ready=lambda port: print(port, flush=True), works=False)
