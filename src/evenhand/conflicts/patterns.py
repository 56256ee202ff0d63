# SPDX-License-Identifier: Apache-2.0
"""The closed list of patterns: joins over the facts, of which a rulebook sets the parameters and nothing else.

Each is one SELECT with the blanks `:matter`, `:day`, `:floor0` (or of another number of months), `:known`, `:role` and one
for each person, which gives the number of the ground, the person, the facts of the path with ";" between, the path in words,
and whether all of it is confirmed and certain. The same text runs on SQLite, PostgreSQL and DuckDB; how far a chain of
command is followed is unrolled into joins.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from evenhand.conflicts.facts import PARTIES

NEVER_WAIVABLE = frozenset(("party", "witness", "present", "open_case", "open_complaint", "earlier", "below"))
BLANK = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")
FLOOR = "floor"
"""The first half of the name of a blank: the first day of a window; behind it stands for how many months it is."""
LONGEST_CHAIN = 4
LARGEST_GROUP = 30
"""A group with more members than this cannot bar anybody: a bar by branch would empty every panel."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the text of a pattern depends on: how many people are asked about, and the parameters of the ground.

    `roles`, the blanks of those that there are, are given where every seat of one person is asked about (`listing`).
    """

    persons: int
    relation: str = "store_fact"
    max_distance: int = LONGEST_CHAIN
    group: str = ""
    window: int = 0
    """The months before the day within which a fact still counts; each number has a blank of its own, `:floor24`."""
    ground: int = 0
    """A number, given back with each row: several grounds are asked at once."""
    roles: tuple[str, ...] = ()

    @property
    def people(self) -> str:
        """The blanks of the people."""
        return ", ".join(f":p{number}" for number in range(self.persons))


Pattern = Callable[[Asked], str]


def _live(alias: str, asked: Asked) -> str:
    """The fact is known, not withdrawn, and can have been so on the day (or within the window before it)."""
    return (
        f"{alias}.known <= :known AND ({alias}.withdrawn IS NULL OR {alias}.withdrawn > :known) "
        f"AND {alias}.status <> 'rejected' AND {alias}.since_lo <= :day "
        f"AND ({alias}.until_hi IS NULL OR {alias}.until_hi > :{FLOOR}{asked.window})"
    )


def _certain(aliases: Sequence[str], asked: Asked) -> str:
    """1 where every fact of the path is confirmed and was so whichever day is meant."""
    each = (
        f"{alias}.status = 'confirmed' AND {alias}.since_hi <= :day "
        f"AND ({alias}.until_lo IS NULL OR {alias}.until_lo > :{FLOOR}{asked.window})"
        for alias in aliases
    )
    return f"CASE WHEN {' AND '.join(each)} THEN 1 ELSE 0 END"


def _select(asked: Asked, person: str, aliases: Sequence[str], where: Sequence[str], path: str) -> str:
    if asked.roles:
        return _of_seats(asked, person, aliases, where)
    sources = ", ".join(f"{asked.relation} {alias}" for alias in aliases)
    facts = " || ';' || ".join(f"{alias}.ident" for alias in aliases)
    conditions = " AND ".join((*where, *(_live(alias, asked) for alias in aliases)))
    return (
        f"SELECT {asked.ground} AS ground, {person} AS person, {facts} AS facts, {path} AS path, "
        f"{_certain(aliases, asked)} AS certain FROM {sources} WHERE {person} IN ({asked.people}) AND {conditions}"
    )


SEAT = "store_part"
LIVE_SEATS = "('sits', 'called', 'declared')"
EQUAL = re.compile(r"(\w+\.\w+) = :matter")
ELSEWHERE, EARLIER = "f.b <> :matter", "f.b LIKE 'role:' || :ident || ':%'"


def _of_seats(asked: Asked, person: str, aliases: Sequence[str], where: Sequence[str]) -> str:
    """The same for every seat of the person `:p0`, as far as it is certain: seat, matter, facts, since when each is known.

    What bars from every other matter comes once and without a seat. What asks for another role of the same person begins at
    the seats that are marked as mixed; everything else at the facts of the person, and never at the seats, which are many.
    """
    facts, known = (" || ';' || ".join(f"{alias}.{column}" for alias in aliases) for column in ("ident", "known"))
    size = "0"
    if asked.group:
        size = f"(SELECT count(DISTINCT o.a) FROM {asked.relation} o WHERE o.kind = f.kind AND o.b = f.b)"
    certain = [
        _certain([alias], asked).removeprefix("CASE WHEN ").removesuffix(" THEN 1 ELSE 0 END") for alias in aliases
    ]
    sources = ", ".join(f"{asked.relation} {alias}" for alias in aliases)
    rest = [f"{person} = :p0", *certain, *(_live(alias, asked) for alias in aliases)]
    if ELSEWHERE in where:
        rest += [one for one in where if one != ELSEWHERE]
        return f"SELECT {asked.ground}, '', substr(f.b, 8), {facts}, {known}, {size} FROM {sources} WHERE {' AND '.join(rest)}"
    rest += ["seat.person = :p0", f"seat.status IN {LIVE_SEATS}"]
    if EARLIER in where or "f.kind = 'decided'" in where:
        held = ", ".join(f"'role:' || seat.matter_id || ':' || :{blank}" for blank in asked.roles)
        rest += [one.replace(EARLIER, f"f.b IN ({held})") for one in where]
        tables = f"{SEAT} seat CROSS JOIN {sources}"  # on SQLite what stands before these words is read first
        rest.append("seat.mixed")
        conditions = " AND ".join(rest).replace(":matter", "'matter:' || seat.matter_id")
        conditions = conditions.replace(":role", "seat.role").replace(":ident", "seat.matter_id")
    else:
        tables = f"{sources} CROSS JOIN {SEAT} seat"
        conditions = " AND ".join((*rest, *(EQUAL.sub(r"seat.matter_id = substr(\1, 8)", one) for one in where)))
    return f"SELECT {asked.ground}, seat.pseudonym, seat.matter_id, {facts}, {known}, {size} FROM {tables} WHERE {conditions}"


GROUPS = {"employed_by": "employer", "signed": "public letter"}
"""What two people share by a kind of fact, where the kind itself does not say it."""
PARTY_KINDS = ", ".join(f"'{kind}'" for kind in PARTIES)
_A_PARTY = f"p.kind IN ({PARTY_KINDS}) AND p.b = :matter"


def _here(kinds: str) -> Pattern:
    return lambda asked: _select(asked, "f.a", ["f"], [f"f.kind IN ({kinds})", "f.b = :matter"], "f.kind")


def _party(asked: Asked) -> str:
    related = "f.kind IN ('family', 'business', 'employed_by')"
    return " UNION ALL ".join(
        (
            _select(asked, "f.a", ["f"], [f"f.kind IN ({PARTY_KINDS}, 'companion')", "f.b = :matter"], "f.kind"),
            _select(asked, "f.a", ["f", "p"], [related, _A_PARTY, "f.b = p.a"], "f.kind || ' > ' || p.kind"),
            _select(asked, "f.b", ["f", "p"], [related, _A_PARTY, "f.a = p.a"], "f.kind || ' < ' || p.kind"),
        )
    )


def _present(asked: Asked) -> str:
    where = ["f.kind = 'present_at'", "c.kind = 'concerns'", "c.a = :matter", "c.b = f.b"]
    return _select(asked, "f.a", ["f", "c"], where, "'present_at'")


def _open(stage: str) -> Pattern:
    def pattern(asked: Asked) -> str:
        where = ["f.kind = 'respondent'", "f.b <> :matter", "o.kind = 'open'", "o.a = f.b", f"o.b = '{stage}'"]
        return _select(asked, "f.a", ["f", "o"], where, f"'respondent elsewhere, {stage}'")

    return pattern


def _earlier(asked: Asked) -> str:
    where = ["f.kind = 'holds'", "f.b LIKE 'role:' || :ident || ':%'", "f.b <> 'role:' || :ident || ':' || :role"]
    return _select(asked, "f.a", ["f"], where, "f.b")


def _below(asked: Asked) -> str:
    here = ["f.kind = 'decided'", "f.b = :matter", "f.source <> 'role:' || :role"]
    named = ["f.kind = 'decided'", "n.kind = 'names'", "n.a = :matter", "n.b = f.b"]
    return f"{_select(asked, 'f.a', ['f'], here, 'f.source')} UNION ALL {_select(asked, 'f.a', ['f', 'n'], named, 'f.source')}"


def _command(asked: Asked) -> str:
    chains = []
    for length in range(1, asked.max_distance + 1):
        links = [f"r{step}" for step in range(length)]
        where = [f"{link}.kind IN ('reports_to', 'appointed_by')" for link in links]
        where += [f"{one}.b = {other}.a" for one, other in pairwise(links)]
        where += [_A_PARTY, f"{links[-1]}.b = p.a"]
        path = " || ' > ' || ".join((*(f"{link}.a" for link in links), "p.a", "p.kind"))
        chains.append(_select(asked, "r0.a", [*links, "p"], where, path))
    return " UNION ALL ".join(chains)


def _group(kind: str) -> Pattern:
    def pattern(asked: Asked) -> str:
        name = asked.group or kind
        # The name of a slate or an employer stands in the relation as a keyed hash: the path tells the kind of group.
        same = f"'the same {GROUPS.get(name, name)}'"
        where = [f"f.kind = '{name}'", f"g.kind = '{name}'", "g.b = f.b", "g.a <> f.a", _A_PARTY, "g.a = p.a"]
        both = _select(asked, "f.a", ["f", "g", "p"], where, same)
        if name != "slate":
            return both
        by = ["f.kind = 'nominated_by'", _A_PARTY]
        nominated = _select(asked, "f.b", ["f", "p"], [*by, "f.a = p.a"], "'nominated a ' || p.kind")
        return f"{both} UNION ALL {nominated}"

    return pattern


PATTERNS: dict[str, Pattern] = {
    "party": _party,
    "witness": _here("'witness'"),
    "present": _present,
    "open_case": _open("admitted"),
    "open_complaint": _open("lodged"),
    "earlier": _earlier,
    "below": _below,
    "reports_to": _command,
    "same_group": _group("slate"),
    "employer": _group("employed_by"),
    "approached": _here("'outside_contact'"),
    "spoke": _here("'public_statement'"),
    "prejudged": _here("'prejudged'"),
    "branch": _group("branch"),
    "cosigned": _group("signed"),
    "declared": _here("'declared'"),
}
"""By its name in a rulebook."""

SAYS = {
    "party": "is a party of the matter, or of the family, a business partner, or the employer or employee of one",
    "witness": "gives evidence in the matter",
    "present": "was there when it happened",
    "open_case": "is a respondent in another matter that is open",
    "open_complaint": "is complained about in a matter that nobody has triaged yet",
    "earlier": "has held another role in the matter",
    "below": "took part in the decision that is now looked at",
    "reports_to": "reports to, or was appointed by, a party",
    "same_group": "stood on a slate with a party, or nominated one",
    "employer": "shares an employer with a party",
    "approached": "was approached about the matter by somebody with no part in it",
    "spoke": "spoke in public about the matter",
    "prejudged": "is said, or was found, to have prejudged matters of this kind",
    "branch": "belongs to the branch of a party",
    "cosigned": "signed a public letter with a party",
    "declared": "declared something about the matter",
}
"""Each as the end of the sentence that begins with the person."""

CATEGORY = {
    "party": "family_or_business",
    "witness": "witness",
    "present": "present",
    "earlier": "earlier_part",
    "below": "earlier_part",
    "reports_to": "command",
    "same_group": "slate",
    "employer": "employer",
    "approached": "contact",
    "spoke": "statement",
    "prejudged": "statement",
    "branch": "branch",
    "cosigned": "letter",
    "declared": "declared",
}
"""What may be told of a ground: its kind, never its path (D05). Of a matter elsewhere nothing is told, so those are not here."""


@lru_cache(maxsize=512)
def select_of(patterns: tuple[tuple[str, Asked], ...]) -> tuple[str, frozenset[str]]:
    """One SELECT over several patterns, and the names of its blanks; the same few are asked for again and again."""
    text = " UNION ALL ".join(PATTERNS[name](asked) for name, asked in patterns)
    return text, frozenset(BLANK.findall(text))
