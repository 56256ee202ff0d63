# SPDX-License-Identifier: Apache-2.0
"""Complaints entered with a transaction and a seal each, with seals shared by eight, and with transactions shared as well."""

import json
import sys
from datetime import UTC, datetime
from os import urandom
from pathlib import Path
from statistics import median
from time import perf_counter

NUMBER, TOGETHER = 48, 8


def main(folder: Path) -> None:
    from evenhand.store.setup import set_up

    set_up()
    from django.db import transaction

    from evenhand.procedure.asking import Asked
    from evenhand.procedure.opening import lodge
    from evenhand.store import models
    from evenhand.store.connecting import connect
    from evenhand.store.organisation import Organisation
    from evenhand.store.sealing import seal

    organisation = Organisation.open(folder)
    connect(organisation.database)
    member = models.Person.objects.order_by("entry").values_list("handle", flat=True)[0]

    def enter() -> None:
        carries = {"account": "He shouted at me on the quay.", "danger": {"danger": False, "unsafe_to_tell": False},
                   "notice": {"how": "portal"}}  # fmt: skip
        asked = Asked(act="lodge", by="complainant", person=member, carries=carries)
        lodge(organisation, asked, at=datetime.now(UTC), chance=urandom, sealing=False)

    def together(shared: bool) -> None:
        if shared:
            with transaction.atomic():
                for _ in range(TOGETHER):
                    enter()
        else:
            for _ in range(TOGETHER):
                enter()
        seal(organisation)

    def alone() -> None:
        for _ in range(TOGETHER):
            enter()
            seal(organisation)

    ways = {"each": alone, "seals": lambda: together(False), "both": lambda: together(True)}
    took: dict[str, list[float]] = {name: [] for name in ways}
    for do in ways.values():
        do()  # what is made once is made before the clock runs
    for _ in range(NUMBER // TOGETHER):
        for name, do in ways.items():  # in turns, so that a busy minute falls on all of them
            begun = perf_counter()
            do()
            took[name].append((perf_counter() - begun) / TOGETHER)
    print(json.dumps({name: median(seconds) for name, seconds in took.items()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
