# SPDX-License-Identifier: Apache-2.0
"""Finds in the register whom a link is for, and mails it. A link opens an account and no matter: only a part does (L07).

Who may sign in is not entered in the record: an account decides nothing, and what somebody reads or does there is entered.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from evenhand.letters.mailing import NotSent, message, to_server
from evenhand.procedure.authority import OFFICE, holders
from evenhand.procedure.naming import record_of
from evenhand.procedure.working import MAIL_SETTINGS
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.store.organisation import Organisation
from evenhand.store.trouble import Trouble


class Unknown(Trouble, LookupError):
    """Nobody in the register is meant, or more than one; says what to do."""


@dataclass(frozen=True)
class Somebody:
    """A person of the register as a list shows them: handle, name, number and the offices held now, in words."""

    person: str
    name: str
    number: str
    offices: tuple[str, ...]


def person_of(organisation: Organisation, word: str) -> str:
    """The handle of the person with this number, e-mail address or handle. `Unknown` for nobody, or for several."""
    index = organisation.keyring.index(word)
    people = models.Person.objects
    for which in ({"number": index}, {"address": index}, {"handle": word.strip()}):
        found = list(people.filter(**which).values_list("handle", flat=True)[:2])
        if len(found) > 1:
            raise Unknown(f"More than one person of the register has {word!r}; name the one you mean by their number.")
        if found:
            return found[0]
    raise Unknown(f"Nobody in the register has the number or the address {word!r}; “evenhand register” enters people.")


def holders_of(office: str, *, at: datetime) -> list[str]:
    """Who holds an office now (D17). `Unknown` for an office that no role of the rulebook names, or that nobody holds."""
    known = offices_of_the_rules(at)
    if office not in known:
        raise Unknown(f"No role of the rulebook draws on an office {office!r}; it names: {', '.join(known)}.")
    found = holders(office, at.astimezone(UTC))
    if not found:
        raise Unknown(f"Nobody holds the office {office!r} today; “evenhand register --offices” enters terms.")
    return found


def offices_of_the_rules(at: datetime) -> list[str]:
    """Every office that a role of the rulebook in force draws on."""
    return sorted(named_by(books.in_force(at.astimezone(UTC))))


def offices_ever_named() -> set[str]:
    """Every office that some version of the rulebook names: terms of an older one still have to be ended."""
    digests = models.Rulebook.objects.values_list("digest", flat=True)
    return {office for digest in digests for office in named_by(books.rules_of(digest))}


def named_by(rules: Rulebook) -> set[str]:
    """Every office that a role of these rules draws on."""
    people = (role for role in rules.roles.values() if role.kind == "person")
    return {office for role in people for office in (role.groups or (role.id,))}


def somebody(organisation: Organisation, person: str, *, at: datetime) -> Somebody:
    """What a list says of a person; a name that was erased is told as such."""
    about = record_of(organisation, person)
    day = at.astimezone(UTC).date().isoformat()
    held = models.Fact.objects.filter(
        kind="holds", a=person, b__startswith=OFFICE, since_hi__lte=day, status="confirmed", withdrawn=None
    ).exclude(until_lo__lte=day)
    offices = sorted({one.removeprefix(OFFICE) for one in held.values_list("b", flat=True)})
    return Somebody(person, about.get("name", ""), about.get("number", ""), tuple(offices))


def mail_link(organisation: Organisation, person: str, url: str, *, days: int, at: datetime, id: str) -> bool:
    """Mails a link to the address in the register; whether it was handed over. `NotSent` where the server refuses it.

    Nothing goes out where no mail server is named or no address is known: the link is then handed over by whoever asked.
    """
    settings = dict(organisation.settings.get("mail", {}))
    about = record_of(organisation, person)
    if not settings.get("host") or not about.get("address"):
        return False
    mail = message(
        to=about["address"],
        name=about.get("name", ""),
        sender=str(settings.pop("sender", "evenhand@localhost.invalid")),
        subject=f"{organisation.name}: open your account",
        body=_body(organisation, url, days),
        id=f"invite-{id}",
        at=at,
    )
    to_server(mail, **{name: value for name, value in settings.items() if name in MAIL_SETTINGS})
    return True


def _body(organisation: Organisation, url: str, days: int) -> str:
    lasts = "one day" if days == 1 else f"{days} days"
    return (
        f"{organisation.name} invites you to open your account:\n\n{url}\n\n"
        f"The link works once and lasts {lasts}. It is yours alone: do not pass it on.\n"
        f"If you did not expect it, tell {organisation.contact}.\n"
    )


__all__ = [
    "NotSent", "Somebody", "Unknown", "holders_of", "mail_link", "named_by", "offices_ever_named", "offices_of_the_rules",
    "person_of", "somebody",
]  # fmt: skip
