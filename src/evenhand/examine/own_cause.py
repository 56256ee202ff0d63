# SPDX-License-Identifier: Apache-2.0
"""People who acted in their own cause: as a party, while a case against them was open, or in two roles kept apart.

A party of a case is whoever an allegation of it names, whoever `facts` calls its respondent, complainant or party, and
whoever did an act of it in the role of a party. Acts in such a role are the party's own and are not counted as acting
in the case. Which roles these are, the rulebook says (`kind: party`); the usual words for them count as well.
"""

from typing import Any

from evenhand.examine.examination import Examination
from evenhand.examine.quoting import texts

PARTY_WORDS = ("party", "respondent", "complainant", "appellant", "claimant", "defendant", "reporter", "representative")
PARTY_FACTS = ("respondent", "complainant", "party")
ASSIGNED = "assigned"

NO_ACTORS = "The source does not say who acted."
NO_PARTIES = "The source does not say who the parties of a case are."
NO_CASES_AGAINST = "The source does not say against whom a case is, so nobody can be found to have acted meanwhile."
NO_DATED = "The source gives no day on which anybody acted or was assigned."
NO_RULEBOOK = "The mapping names no rulebook, so no roles are known to be apart."
NONE_APART = "The rulebook keeps no roles apart."
NO_ROLES = "The source does not say in which role people acted."


def own_cause(on: Examination) -> dict[str, Any]:
    """The finding `own_cause`, and the tables behind it."""
    _prepare(on)
    acted = on.row("SELECT count(*) FROM acting")[0]
    return {
        "party_in_same_case": _party_in_same_case(on, acted),
        "own_case_open": _own_case_open(on),
        "roles_not_apart": _roles_not_apart(on),
    }


def _prepare(on: Examination) -> None:
    """Create `acting` (case, person, role, day of each act not a party's own) and `parties` (case, person)."""
    words = set(PARTY_WORDS)
    for version in on.books.versions if on.books else ():
        roles = version.rulebook.roles.values()
        words |= {role.id.lower() for role in roles if role.kind == "party"}
        words -= {role.id.lower() for role in roles if role.kind != "party"}
    own = f"coalesce(list_contains({texts(sorted(words))}, lower(role)), false)"
    on.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE acting AS
            SELECT case_id, actor AS person, role, act, day FROM acts WHERE actor IS NOT NULL AND NOT {own}"""
    )
    on.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE parties AS
            SELECT DISTINCT case_id, person FROM (
                SELECT case_id, person FROM allegations
                UNION ALL SELECT b, a FROM facts WHERE list_contains({texts(PARTY_FACTS)}, lower(kind))
                UNION ALL SELECT case_id, actor FROM acts WHERE {own}
            ) WHERE case_id IS NOT NULL AND person IS NOT NULL"""
    )


def _party_in_same_case(on: Examination, acted: int) -> int | None:
    parties = on.row("SELECT count(*) FROM parties")[0]
    if not acted or not parties:
        on.unknown("own_cause.party_in_same_case", NO_ACTORS if not acted else NO_PARTIES)
        return None
    return on.shelf.put(
        "party_in_same_case",
        """SELECT case_id, person, min(day) AS first_day, list(DISTINCT act ORDER BY act) AS acts,
                  list(DISTINCT role ORDER BY role) AS roles
           FROM acting SEMI JOIN parties USING (case_id, person) GROUP BY case_id, person ORDER BY case_id, person""",
        says="A case and a person who acted in it and is a party of it.",
        opens=["own_cause.party_in_same_case"],
    )


def _own_case_open(on: Examination) -> dict[str, int] | None:
    path = "own_cause.own_case_open"
    on.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE dated AS
            SELECT DISTINCT case_id, person, day FROM (
                SELECT case_id, person, day FROM acting
                UNION ALL SELECT b, a, since FROM facts WHERE lower(kind) = '{ASSIGNED}'
            ) WHERE case_id IS NOT NULL AND person IS NOT NULL AND day IS NOT NULL"""
    )
    on.con.execute(
        """CREATE OR REPLACE TEMP TABLE against AS
           SELECT DISTINCT person, case_id, received, closed FROM (
               SELECT person, case_id, received, closed FROM allegations JOIN cases USING (case_id)
               UNION ALL
               SELECT a, case_id, received, closed FROM facts JOIN cases ON b = case_id WHERE lower(kind) = 'respondent'
           ) WHERE person IS NOT NULL"""
    )
    dated, against = on.row("SELECT (SELECT count(*) FROM dated), (SELECT count(*) FROM against)")
    if not dated or not against:
        on.unknown(path, NO_DATED if not dated else NO_CASES_AGAINST)
        return None
    of = on.shelf.put(
        "dated_assignments",
        "SELECT case_id, person, min(day) AS first_day FROM dated GROUP BY case_id, person ORDER BY case_id, person",
        says="A case and a person who acted in it, or was assigned to it, on a day that is known.",
        opens=[f"{path}.of"],
    )
    count = on.shelf.put(
        "own_case_open",
        """SELECT dated.case_id, dated.person, min(dated.day) AS first_day,
                  count(DISTINCT against.case_id) AS own_cases, min(against.case_id) AS one_of_them
           FROM dated JOIN against ON against.person = dated.person AND against.case_id <> dated.case_id
                AND against.received <= dated.day AND (against.closed IS NULL OR against.closed > dated.day)
           GROUP BY dated.case_id, dated.person ORDER BY dated.case_id, dated.person""",
        says="A case and a person who acted in it, or was assigned to it, while another case against them was open.",
        opens=[f"{path}.count"],
    )
    return {"count": count, "of": of}


def _roles_not_apart(on: Examination) -> int | None:
    path = "own_cause.roles_not_apart"
    if on.books is None:
        on.unknown(path, NO_RULEBOOK)
        return None
    pairs = sorted(
        (version.number, one, other)
        for version in on.books.versions
        for group in version.rulebook.apart
        for one in group
        for other in group
        if one < other
    )
    known = on.row("SELECT count(*) FROM acts WHERE actor IS NOT NULL AND role IS NOT NULL")[0]
    if not pairs or not known:
        on.unknown(path, NONE_APART if not pairs else NO_ROLES)
        return None
    on.con.execute("CREATE OR REPLACE TEMP TABLE apart (version INTEGER, one VARCHAR, other VARCHAR)")
    on.con.executemany("INSERT INTO apart VALUES (?, ?, ?)", [list(pair) for pair in pairs])
    return on.shelf.put(
        "roles_not_apart",
        """WITH held AS (
               SELECT DISTINCT version, acts.case_id, actor AS person, role FROM acts JOIN ruled USING (case_id) WHERE
               actor IS NOT NULL AND role IS NOT NULL ) SELECT a.case_id, a.person, list(DISTINCT a.role || ' and ' ||
               b.role ORDER BY a.role || ' and ' || b.role) AS roles FROM held AS a JOIN apart ON apart.version =
               a.version AND apart.one = a.role JOIN held AS b ON b.case_id = a.case_id AND b.person = a.person AND
               b.role = apart.other
           GROUP BY a.case_id, a.person ORDER BY a.case_id, a.person""",
        says="A case and a person who acted in it in two roles that nobody may hold in one matter.",
        opens=[path],
    )
