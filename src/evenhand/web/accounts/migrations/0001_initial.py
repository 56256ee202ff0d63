# SPDX-License-Identifier: Apache-2.0
"""Accounts, sessions and links."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("handle", models.CharField(max_length=32, unique=True)),
                ("login", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("person", models.CharField(blank=True, db_index=True, default="", max_length=32)),
                (
                    "kind",
                    models.CharField(
                        choices=[("member", "member"), ("anonymous", "anonymous")], default="member", max_length=16
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("is_active", models.BooleanField(default=True)),
                ("created", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("account", models.CharField(blank=True, db_index=True, default="", max_length=32)),
                ("started", models.DateTimeField()),
                ("seen", models.DateTimeField()),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=16)),
                ("once", models.BooleanField(default=True)),
                ("issued", models.DateTimeField()),
                ("expires", models.DateTimeField()),
                ("used", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="links", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
    ]
