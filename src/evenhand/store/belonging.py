# SPDX-License-Identifier: Apache-2.0
"""Whether a database is that of the organisation whose folder and keys are at hand: several on one server share nothing."""

from django.db import connection

from evenhand.store import models
from evenhand.store.keys import ORGANISATION, KeyTrouble
from evenhand.store.organisation import NoOrganisation, Organisation


def check_belongs(organisation: Organisation) -> None:
    """`NoOrganisation` where the first key in the database was not wrapped with the keys of this folder.

    `DATABASE_URL` left over from another organisation would otherwise have one write into the other's tables.
    """
    if models.Wrapping._meta.db_table not in connection.introspection.table_names():
        return  # an empty database is nobody's yet
    first = models.Wrapping.objects.filter(reader=ORGANISATION).order_by("id").first()
    if first is None:
        return
    try:
        organisation.keyring.unwrap(bytes(first.blob), first.matter)
    except KeyTrouble:
        raise NoOrganisation(
            f"The database of {organisation.folder.name} was not made with the keys of this folder: it is another "
            "organisation's, or the keys are. Look at “database” in evenhand.toml and at DATABASE_URL; nothing was changed."
        ) from None
