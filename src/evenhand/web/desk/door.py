# SPDX-License-Identifier: Apache-2.0
"""The desk as a door: its base and what stands in its navigation."""

from django.utils.translation import gettext_lazy as _

from evenhand.web.matter.door import Door

DOOR = Door("desk", "evenhand/desk.html", (("due", _("Due")), ("matters", _("Matters")), ("rules", _("Rules"))), True)
