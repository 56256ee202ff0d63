# SPDX-License-Identifier: Apache-2.0
"""By which act of its rulebook a matter is opened: told from what the act carries, who does it, and how soon it is read.

An organisation names its acts as it likes, so nothing here looks at a name. Of everybody the account, the two questions of
danger and the notice are asked. An act that carries consent besides is for others, one of the second party of the
complaining side is the organisation's own (M06), and one that carries a receipt is an officer's entry (M15).
"""

from collections.abc import Collection

from evenhand.rulebook.model import START, Act, Book, Rulebook, Span


def opening_acts(book: Book, by: str) -> tuple[Act, ...]:
    """Every act by which this role can open a matter, in the order of the rulebook."""
    return tuple(act for act in book.acts.values() if START in act.stages and by in act.by)


def ways_in(book: Book, by: str) -> tuple[Act, ...]:
    """The acts between which this role chooses where nobody is in danger; the urgent ones are not chosen."""
    return tuple(act for act in opening_acts(book, by) if act not in pressing(book, by))


def pressing(book: Book, by: str) -> tuple[Act, ...]:
    """The acts that lead to the stage with the shortest clock; none where all are read equally soon (M14)."""
    within = {act: _days(book, act) for act in opening_acts(book, by)}
    soonest = min(within.values(), default=0)
    return tuple(act for act, days in within.items() if days == soonest < max(within.values()))


def opening_act(book: Book, by: str, *, chosen: str = "", urgent: bool = False) -> Act | None:
    """The act for what was chosen (or the first way in), or the urgent one that carries most of what that one would."""
    ways = ways_in(book, by)
    calm = next((act for act in ways if act.id == chosen), next(iter(ways), None))
    if not urgent or not (soon := pressing(book, by)):
        return calm
    wanted = set(calm.carries) if calm else set()
    return max(soon, key=lambda act: len(wanted.intersection(act.carries)))


def complaining_role(rules: Rulebook) -> str:
    """The party as which people complain: the first of its side in every rulebook."""
    return next(iter(complaining_side(rules)), "")


def organisation_role(rules: Rulebook) -> str:
    """The party as which the organisation itself raises a concern: the second of the side (M06), or an empty text."""
    return next(iter(complaining_side(rules)[1:]), "")


def complaining_side(rules: Rulebook) -> tuple[str, ...]:
    """The parties of the complaining side in their order."""
    return tuple(one.id for one in rules.roles.values() if one.kind == "party" and one.side == "complainant")


def respondent_role(rules: Rulebook) -> str:
    """The party that is complained about."""
    return next((one.id for one in rules.roles.values() if one.kind == "party" and one.side == "respondent"), "")


def entering_roles(rules: Rulebook, book: Book) -> tuple[str, ...]:
    """The offices that enter what reached the organisation by post, by e-mail or in speech (M15)."""
    by = (role for act in book.acts.values() if START in act.stages and "receipt" in act.carries for role in act.by)
    return tuple(dict.fromkeys(role for role in by if rules.roles[role].kind == "person"))


def administering_roles(rules: Rulebook) -> tuple[str, ...]:
    """The offices that administer matters: those that enter what reached the organisation, under any book of the rules.

    Told from what their act carries, whatever the office is called and whatever the rules say of it in words.
    """
    return tuple(dict.fromkeys(role for book in rules.books.values() for role in entering_roles(rules, book)))


def served_by(rules: Rulebook, channel: str) -> str:
    """How what came by a channel is answered: by the same one if the calendar knows it, else by the first that it knows."""
    known = rules.calendar.service
    return channel if channel in known else next(iter(known), channel)


def for_others(acts: Collection[Act]) -> tuple[Act, ...]:
    """Those of the acts that are for somebody else, who has to agree."""
    return tuple(act for act in acts if "consent" in act.carries)


def _days(book: Book, act: Act) -> int:
    stage = book.stages.get(act.to or START)
    # Five working days are a week; only the order matters, and no clock is longer than any.
    return _length(stage.clock.within) if stage is not None and stage.clock is not None else 10**6


def _length(span: Span) -> int:
    return span.n * (7 if span.unit == "wd" else 5)
