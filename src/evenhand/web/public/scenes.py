# SPDX-License-Identifier: Apache-2.0
"""What a step and a chapter of the founding story are."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Scene:
    """One step: its name, a title, what happens and what the rules make of it, and the requirements that it shows."""

    name: str
    title: Promise | str
    says: Promise | str
    shows: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """Some steps under one heading."""

    title: Promise | str
    scenes: tuple[Scene, ...]


def scene(name: str, title: Promise | str, says: Promise | str, shows: str) -> Scene:
    """A step; `shows` are the requirements with spaces between."""
    return Scene(name, title, says, tuple(shows.split()))
