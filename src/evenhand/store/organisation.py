# SPDX-License-Identifier: Apache-2.0
"""An organisation as a folder: its settings, its keys, its database, its record in files.

```text
evenhand.toml        what `init` asked, to be edited by hand
keys/                keys, apart from the database
evenhand.sqlite3     the database, unless the settings name another
record/              the log in files; record.signer beside it
evidence/            files, encrypted
outgoing/            letters as .eml, where no mail server is named
```
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from evenhand.store.keys import Keyring
from evenhand.store.trouble import Trouble

SETTINGS = "evenhand.toml"


class NoOrganisation(Trouble):
    """A folder is no organisation's, or its settings cannot be read; says what to do."""


@dataclass(frozen=True)
class Organisation:
    """One organisation. `settings` is what its file says; what it leaves out has the value given here."""

    folder: Path
    settings: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path) -> "Organisation":
        """The organisation of a folder. `NoOrganisation` if there is none."""
        path = folder / SETTINGS
        try:
            settings = tomllib.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            raise NoOrganisation(f"{folder} has no {SETTINGS}; make an organisation with “evenhand init”.") from None
        except OSError as error:
            raise NoOrganisation(f"{path} cannot be read ({error.strerror}).") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise NoOrganisation(f"{path} is not TOML: {error}.") from None
        return cls(folder.resolve(), settings)

    @cached_property
    def keyring(self) -> Keyring:
        """Its keys."""
        return Keyring(self.folder / "keys")

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.settings.get("name", "An organisation"))

    @property
    def origin(self) -> str:
        """The name of its log."""
        return str(self.settings.get("origin", "organisation.example/record"))

    @property
    def contact(self) -> str:
        """Where a party writes, calls or comes."""
        return str(self.settings.get("contact", "the office"))

    @property
    def demo(self) -> bool:
        """Whether everybody in it is invented."""
        return self.settings.get("demo") is True

    @property
    def database(self) -> str:
        """The database's address: `DATABASE_URL`, else what the settings say, else SQLite in the folder."""
        asked = os.environ.get("DATABASE_URL") or self.settings.get("database")
        return str(asked) if asked else f"sqlite:///{self.folder / 'evenhand.sqlite3'}"

    @property
    def log(self) -> Path:
        """The record in files."""
        return self.folder / "record"

    @property
    def evidence(self) -> Path:
        """Where items of evidence lie, encrypted."""
        return self.folder / "evidence"

    @property
    def outgoing(self) -> Path:
        """Where letters go as files when no mail server is named."""
        return self.folder / "outgoing"
