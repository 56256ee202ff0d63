# SPDX-License-Identifier: Apache-2.0
"""Where the account of somebody is found whom the organisation's provider knows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="subject",
            field=models.CharField(blank=True, max_length=64, null=True, unique=True),
        ),
    ]
