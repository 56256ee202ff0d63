# SPDX-License-Identifier: Apache-2.0
"""A reference is one matter's alone: six digits are added to the words, which stay as letters have named them."""

from typing import Any

from django.db import migrations, models

from evenhand.store.naming import code_name


def named(apps: Any, schema_editor: Any) -> None:
    """Every matter by its reference of today."""
    matters = apps.get_model("store", "Matter")
    some = []
    for matter in matters.objects.only("ident", "code").iterator():
        matter.code = code_name(matter.ident)
        some.append(matter)
        if len(some) == 1000:
            matters.objects.bulk_update(some, ["code"])
            some = []
    matters.objects.bulk_update(some, ["code"])


class Migration(migrations.Migration):
    """The code stays the code; what is added follows from the identifier, so `rebuild` gives the same rows."""

    dependencies = [("store", "0002_what_is_looked_for")]
    operations = [
        migrations.RunPython(named, migrations.RunPython.noop),
        migrations.AlterField("matter", "code", models.CharField(max_length=64, unique=True)),
    ]
