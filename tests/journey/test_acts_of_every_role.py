# SPDX-License-Identifier: Apache-2.0
"""Every act of every stage for every role: offered exactly where the rulebook opens it, and refused everywhere else (F02)."""

import re
from dataclasses import replace
from secrets import token_hex

import pytest

from evenhand.casework.lawful import lawful_now
from evenhand.store import books, models, states
from tests.journey.playing import Play


class Stages:
    """A matter that stands at whatever stage is asked for, with one person in each role of its book."""

    def __init__(self, doors) -> None:
        self.doors, self.play = doors, Play(doors)
        row = self.play.row
        self.book = books.running(row.rulebook, row.book)
        acts = self.book.book.acts
        self.roles = sorted({role for act in acts.values() for role in act.by if role != "clock"})
        row.parts.filter(kind="seat").delete()
        self.people = {"complainant": self.play.ada, "respondent": self.play.bero}
        spare = {office: list(people) for office, people in doors.people.items()}
        for role in self.roles:
            if role not in self.people:
                self.people[role] = self._seated(row, role, spare)

    def _seated(self, row, role, spare) -> str:
        rule = self.book.rulebook.roles[role]
        person = spare["members" if rule.kind == "party" else next(iter(rule.groups or (role,)))].pop()
        kind = {"party": ("party", "party")}.get(rule.kind, ("seat", "sits"))
        made = {"pseudonym": token_hex(16), "person": person, "role": role, "since": self.doors.at, "entry": 1}
        models.Part.objects.create(matter=row, kind=kind[0], status=kind[1], **made)
        return person

    def stand_at(self, stage, facts):
        """The matter stands there now; returns its state."""
        at, rows = self.doors.at, models.Matter.objects.filter(ident=self.play.ident)
        over = self.book.book.stages[stage].end
        state = replace(
            states.of_data(self.play.row.state), stage=stage, over=over, facts=frozenset(facts), entered=at, uses={},
            counts_from=self.book.calendar.local_day(at), longer=(), running={}, owed=None,
        )  # fmt: skip
        rows.update(state=states.as_data(state), stage=stage, over=over, told=True, due=None)
        return state

    def url(self, role) -> str:
        """Where the role finds the matter."""
        door = "portal" if self.book.rulebook.roles[role].kind == "party" else "desk"
        return f"/{door}/m/{self.play.row.slug}/"

    def browser(self, role):
        """The browser of whoever has the role."""
        return self.doors.as_(self.people[role])


@pytest.fixture
def stages(doors):
    """A matter with somebody in every role."""
    return Stages(doors)


sqlite = pytest.mark.parametrize("made", ["sqlite"], indirect=True)


def offered(page) -> set[str]:
    """The acts that a page leads to."""
    return set(re.findall(r'href="[^"]*/do/([\w-]+)/"', page))


def wrongly_offered(stages, at) -> list[str]:
    """Where the page of a role offers something else than what is lawful."""
    found = []
    for turn, stage in enumerate(at):
        # With no fact and with every one: by turns, so that each role meets both and the whole ends in time.
        for half, facts in enumerate(((), stages.book.book.facts)):
            state = stages.stand_at(stage, facts)
            for role in stages.roles[(turn + half) % 2 :: 2]:
                said = stages.browser(role).get(stages.url(role))
                lawful = set(lawful_now(stages.book, state, role, stages.doors.at))
                shown = offered(said.content.decode())
                if said.status_code != 200 or shown != lawful:
                    found.append(f"{role} at {stages.url(role)}, {stage}: {said.status_code}, {shown ^ lawful}")
    return found


@sqlite
def test_an_act_is_offered_exactly_where_it_is_lawful(stages):
    """C07, F02: at every stage, for every role."""
    assert [] == wrongly_offered(stages, (one for one in stages.book.book.stages if one != "start"))


def test_it_is_so_on_each_database(stages):
    """A sample of the same, wherever the tables lie."""
    assert [] == wrongly_offered(stages, ("investigation", "hearing", "closed"))


@sqlite
def test_an_act_of_another_role_is_not_found(stages):
    """F02: neither shown nor taken, and nothing of it is written."""
    stages.stand_at("hearing", ())
    before, found = models.Entry.objects.count(), []
    for role in stages.roles:
        for act, rule in stages.book.book.acts.items():
            if role not in rule.by:
                url = f"{stages.url(role)}do/{act}/"
                said = [stages.browser(role).post(url, {"reasons": "x"}).status_code]
                said += [stages.browser(role).get(url).status_code] if "clock" in rule.by else []
                found += [f"{role} at {url}: {one}, and not 404" for one in said if one != 404]
    assert [] == found
    assert before == models.Entry.objects.count()


@sqlite
def test_an_act_of_ones_own_is_refused_where_it_is_not_lawful(stages):
    """C07: in a matter that is over nothing can be done, by anybody; the attempt is in the record, and the stage stays."""
    found = []
    for role in stages.roles:
        for act, rule in stages.book.book.acts.items():
            if role in rule.by:
                stages.stand_at("closed", stages.book.book.facts)
                url = f"{stages.url(role)}do/{act}/"
                page = stages.browser(role).get(url)
                typed = stages.play.typed(page.content.decode(), 20)
                said = stages.browser(role).post(url, typed)
                if (page.status_code, said.status_code, stages.play.row.stage) != (200, 422, "closed"):
                    found.append(
                        f"{role} at {url}: {page.status_code}, then {said.status_code}, {stages.play.row.stage}"
                    )
    assert [] == found
