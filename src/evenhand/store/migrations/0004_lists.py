# SPDX-License-Identifier: Apache-2.0
"""What a list of somebody's parts is narrowed and sorted by stands in the part itself, and the clauses can be looked for."""

from datetime import UTC, datetime
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
TEXTS = ("code", "book", "stage")


def fill(apps: Any, schema_editor: Any) -> None:
    """Copies what the matters say. Until `rebuild` is run, more is asked about each seat than need be."""
    part, matter = apps.get_model("store", "Part"), apps.get_model("store", "Matter")
    its = matter.objects.filter(ident=OuterRef("matter_id"))
    copied = {name: Subquery(its.values(name)[:1]) for name in (*TEXTS, "over", "opened")}
    due = Coalesce(Subquery(its.values("due")[:1]), F("due"))
    part.objects.update(due=due, mixed=True, **copied)


class Migration(migrations.Migration):
    """Only a read table grows: it can be made again from the entries."""

    dependencies = [("store", "0003_one_reference_for_a_matter")]
    operations = [
        *(migrations.AddField("part", name, models.CharField(default="", max_length=64)) for name in TEXTS),
        migrations.AddField("part", "over", models.BooleanField(default=False)),
        migrations.AddField("part", "due", models.DateTimeField(default=NEVER)),
        migrations.AddField("part", "opened", models.DateTimeField(default=NEVER)),
        migrations.AddField("part", "mixed", models.BooleanField(default=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("part", "person", models.CharField(default="", max_length=32)),
        migrations.AddIndex(
            "part",
            models.Index(
                fields=["person", "status", "over", "due", "pseudonym", "role", "stage", "book", "opened"],
                name="part_due",
            ),
        ),
        migrations.AddIndex(
            "part", models.Index(fields=["person", "status", "opened", "pseudonym", "role"], name="part_opened")
        ),
        migrations.AddIndex(
            "part", models.Index(fields=["person", "status", "code", "pseudonym", "role"], name="part_code")
        ),
        migrations.AddIndex("part", models.Index(fields=["person", "mixed"], name="part_mixed")),
        migrations.CreateModel(
            name="Alleged",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clause", models.CharField(max_length=64)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="alleged", to="store.matter"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("clause", "matter"), name="one_allegation_a_clause")],
            },
        ),
        migrations.AddIndex("matter", models.Index(fields=["before", "over"], name="matter_before")),
        migrations.RemoveIndex("fact", "fact_a"),
        migrations.AddIndex("fact", models.Index(fields=["kind", "a", "b"], name="fact_ab")),
    ]
