# SPDX-License-Identifier: Apache-2.0
"""Indexes for what is looked for in each act, so that it does not take longer the more there is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """No column changes."""

    dependencies = [("store", "0001_initial")]
    operations = [
        migrations.RemoveIndex(model_name="entry", name="entry_type"),
        migrations.AddIndex(
            model_name="entry", index=models.Index(fields=["matter", "rule"], name="entry_matter_rule")
        ),
        migrations.AddIndex(model_name="fact", index=models.Index(fields=["entry"], name="fact_entry")),
    ]
