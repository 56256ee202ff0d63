# SPDX-License-Identifier: Apache-2.0
"""What each step of the founding story is called, what happens in it, and which requirements it shows (S0, M13).

The names are those of the steps in `evenhand.harbour`; when each was taken, and in which matter, the invented organisation
keeps in its file `tour.json`.
"""

from evenhand.web.public.scenes import Chapter, Scene
from evenhand.web.public.story_case import APOLOGY, BEHIND_DOORS, STRANGERS
from evenhand.web.public.story_others import OVERNIGHT, RULES

STORY: tuple[Chapter, ...] = (BEHIND_DOORS, APOLOGY, OVERNIGHT, STRANGERS, RULES)
"""The whole story in the order in which it is told; two chapters can lie at the same time."""
SCENES: dict[str, Scene] = {scene.name: scene for chapter in STORY for scene in chapter.scenes}
"""Every step by its name."""
