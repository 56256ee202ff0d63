# SPDX-License-Identifier: Apache-2.0
"""Names, read from the register where they lie encrypted; nowhere else are they kept."""

import re
from collections.abc import Callable, Collection
from contextlib import suppress

from evenhand.letters.languages import known
from evenhand.rulebook.model import Rulebook
from evenhand.store import models, rows
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation

UNKNOWN = "somebody whose name is not known here"
ANONYMOUS = "somebody who gave no name"
RAISED = {"others": "a member or somebody from outside", "itself": "the organisation itself"}
"""By whom a matter was raised, as the other side may read it."""
MANY = 1000
"""So many are asked for in one statement."""


def name_of(organisation: Organisation, person: str) -> str:
    """What somebody is called, or words in place of a name that is not known or was erased."""
    return record_of(organisation, person).get("name") or UNKNOWN


def names_of(organisation: Organisation, people: Collection[str]) -> dict[str, str]:
    """The same for many at once, in two statements for each thousand of them."""
    found = dict.fromkeys(people, UNKNOWN)
    handles = list(found)
    for start in range(0, len(handles), MANY):
        some = handles[start : start + MANY]
        entries = dict(models.Person.objects.filter(handle__in=some).values_list("entry", "handle"))
        for entry in models.Entry.objects.filter(id__in=entries).only("id", "leaf", "matter", "opens"):
            with suppress(Erased):
                found[entries[entry.id]] = said(entry, organisation.keyring)["person.record"].get("name") or UNKNOWN
    return found


def record_of(organisation: Organisation, person: str) -> dict[str, str]:
    """What the register says of a person: name, address, number, kind, since and until, as far as it knows."""
    recorded = models.Person.objects.filter(handle=person).values("entry")
    entry = models.Entry.objects.filter(id__in=recorded).first() if person else None
    if entry is None:
        return {}
    try:
        return dict(said(entry, organisation.keyring)["person.record"])
    except Erased:
        return {}


def name_in(organisation: Organisation, part: models.Part) -> str:
    """What somebody with a part in a matter is called."""
    return name_of(organisation, part.person)


def language_of(organisation: Organisation, person: str) -> str:
    """The language in which letters to somebody are written: what the register says, English where it says nothing (A02)."""
    return known(record_of(organisation, person).get("language", ""))


def complainant_named(rules: Rulebook) -> bool:
    """Whether the respondent, once told, reads who complained: the rulebook's default, which is yes where it says nothing (B03)."""
    value = rules.publication.get("complainant_named_to_respondent", True)
    return value is not False and not re.match(r"(no|never|withheld)\b", str(value), re.IGNORECASE)


def raised_words(row: models.Matter, say: Callable[[str], str] = str) -> str:
    """By whom a matter was raised, as a letter may say it to the other side: never by name (tension 2 is the rulebook's)."""
    roles = rows.column(models.Part, "role", matter_id=row.ident, kind="party")
    return say(RAISED["others" if "complainant" in roles else "itself"])
