# SPDX-License-Identifier: Apache-2.0
"""What somebody is writing as a new version of the rules: kept until they propose it or throw it away, and read by nobody else.

A draft is no act and stands in no record. It lies in the organisation's folder under a name that says nothing, sealed with
a key of the doors, so that a copy of the folder without its keys shows nobody's half a thought.
"""

import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from evenhand.store import keys
from evenhand.store.keys import KeyTrouble
from evenhand.web import place
from evenhand.web.matter.door import here

PURPOSE = "drafts of rules"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What was typed, as it was typed; the day as ISO text."""

    text: str = ""
    decided: str = ""
    in_force: str = ""
    despite: str = ""


def kept(person: str) -> Draft | None:
    """The draft of a person. One that does not open any more is as if there were none."""
    try:
        blob = _path(person).read_bytes()
        (found,) = keys.opened(place.key(PURPOSE), blob, leaf=person)
        return Draft(**orjson.loads(found))
    except (OSError, KeyTrouble, ValueError, TypeError):
        return None


def keep(person: str, draft: Draft) -> None:
    """Keeps a draft in the place of the one before, whole or not at all."""
    path = _path(person)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    # What no encoding can write cannot be kept, and is no letter either.
    said = {name: value.encode("utf-8", "replace").decode("utf-8") for name, value in asdict(draft).items()}
    blob = keys.close(place.key(PURPOSE), [orjson.dumps(said).decode("utf-8")], leaf=person, chance=secrets.token_bytes)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(blob)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def throw_away(person: str) -> None:
    """Nothing is left of it."""
    with suppress(FileNotFoundError):
        _path(person).unlink()


def _path(person: str) -> Path:
    return here().folder / "drafts" / place.index(f"{PURPOSE}/{person}")[:32]
