# SPDX-License-Identifier: Apache-2.0
"""The tour of the invented organisation: seven questions with their answers, and the founding story step by step."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evenhand.store import models
from evenhand.store.organisation import Organisation
from evenhand.web import clock, place
from evenhand.web.public.answering import Tour
from evenhand.web.public.answers import QUESTIONS
from evenhand.web.public.navigating import navigation
from evenhand.web.public.scenes import Chapter, Scene
from evenhand.web.public.story import STORY

KEPT = "tour.json"
"""In which file the invented organisation keeps when each step was taken, and in which matter."""


@dataclass(frozen=True)
class Taken:
    """A step as it was taken: when, in which matter by its code name, from which entry to which, and what was refused."""

    scene: Scene
    at: datetime
    until: datetime
    code: str
    first: int
    last: int
    refused: str


@dataclass(frozen=True)
class Told:
    """A chapter with the steps that were taken, and how many were not."""

    chapter: Chapter
    taken: tuple[Taken, ...]
    missing: int


@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """The seven questions that an inquiry would ask first, in the invented federation."""
    here = place.current()
    if here is None or not here.demo:
        raise Http404
    steps = _kept(here)
    asked = Tour(here.folder.name, {name: one["matter"] for name, one in steps.items() if "matter" in one}, clock.now())
    context = {
        "base": "evenhand/public.html",
        "navigation": navigation(request),
        "answers": [question(asked) for question in QUESTIONS],
        "told": list(_told(steps)),
        "folder": here.folder.name,
    }
    return render(request, "public/tour.html", context)


def _kept(here: Organisation) -> Mapping[str, Mapping[str, Any]]:
    try:
        kept = json.loads((here.folder / KEPT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}  # an organisation of before, or one that was founded by hand
    story = kept.get("story", {}) if isinstance(kept, dict) else {}
    return story if isinstance(story, dict) else {}


def _told(steps: Mapping[str, Mapping[str, Any]]) -> Iterator[Told]:
    if not steps:
        return
    idents = {one["matter"] for one in steps.values() if "matter" in one}
    codes = dict(models.Matter.objects.filter(ident__in=idents).values_list("ident", "code"))
    for chapter in STORY:
        found = [(scene, steps.get(scene.name, {})) for scene in chapter.scenes]
        taken = [
            Taken(
                scene,
                datetime.fromisoformat(one["at"]),
                datetime.fromisoformat(one["until"]),
                codes[one["matter"]],
                one["from"],
                one["to"],
                one.get("refused", ""),
            )
            for scene, one in found
            if one.get("matter") in codes
        ]
        yield Told(chapter, tuple(sorted(taken, key=lambda step: step.at)), len(found) - len(taken))
