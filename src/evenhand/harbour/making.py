# SPDX-License-Identifier: Apache-2.0
"""Makes the invented federation in a folder: three years, day by day, the same for the same seed.

Whatever happens goes through `procedure`, as if people had done it; nothing is put into a table.
"""

import heapq
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

from django.db import transaction

from evenhand.casework.refusal import Refused
from evenhand.harbour import founding_story, papers
from evenhand.harbour.months import sign_months
from evenhand.harbour.open_matters import hearing_soon, nameless, talking
from evenhand.harbour.people import People, invent
from evenhand.harbour.playing import Nobody, Play
from evenhand.harbour.seeds import Course, Seed, decider, no_member, outrage
from evenhand.harbour.stories import ALLY, OVERNIGHT, STORIES, TEXTS, Story
from evenhand.harbour.telling import Telling
from evenhand.procedure.asking import NotYours
from evenhand.procedure.declaring import declare
from evenhand.procedure.founding import Plan, adopt_later, found
from evenhand.procedure.lapsing import lapse_everywhere
from evenhand.procedure.lapsing_reviews import lapse_reviews
from evenhand.procedure.pen import Pen
from evenhand.procedure.working import work
from evenhand.rulebook.loading import loads
from evenhand.store import models
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

YEARS, MATTERS = 3, 600
DIVIDED = 4
"""In one matter of so many a body of three is not of one mind."""
TOUR = "tour.json"
"""Which matters the tour shows, in the folder of the organisation; no part of the record."""
NEW_RULES = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
OLD_HOLIDAYS = (
    "2023-12-25, 2023-12-26, 2024-01-01, 2024-03-29, 2024-04-01, 2024-05-06, 2024-05-27, 2024-08-26, 2024-12-25, 2024-12-26, "
    "2025-01-01, 2025-04-18, 2025-04-21, 2025-05-05, 2025-05-26, 2025-08-25, 2025-12-25, 2025-12-26, 2026-01-01, "
)
WITH_ITEMS = 3
"""In so many matters of each story somebody hands evidence in."""
SEEDS: tuple[tuple[int, Callable[[Seed], Course]], ...] = (
    (200, outrage), (160, no_member), (40, decider), (38, hearing_soon), (7, talking), (2, nameless),
)  # fmt: skip
"""So many days before the end each begins."""
PLAYS = Iterator[datetime]
Tell = Callable[[str, float], None]


@dataclass
class Made:
    """What was made: the organisation, its people, the matters that the tour shows by the name of their story, and S0."""

    organisation: Organisation
    people: People
    telling: Telling
    shown: dict[str, str] = field(default_factory=dict)
    handed: Counter[str] = field(default_factory=Counter)

    def with_items(self, story: Story) -> bool:
        """Whether evidence is handed in: in the first matters of each story that comes as far as a report."""
        if not any(act == "report" for act, _, _ in story.steps):
            return False
        self.handed[story.name] += 1
        return self.handed[story.name] <= WITH_ITEMS


def older_version(text: str) -> str:
    """The version of the rules before the present one: the same text with its own number, days and holidays."""
    older = text.replace(
        "version: 3, adopted: 2026-03-02, in_force: 2026-04-01, replaces: 2",
        "version: 2, adopted: 2023-09-01, in_force: 2023-10-01, replaces: 1",
    )
    return older.replace("holidays: [", f"holidays: [{OLD_HOLIDAYS}", 1)


def make(
    folder: Path,
    rules: str,
    *,
    until: datetime,
    seed: str = "harbour",
    matters: int = MATTERS,
    tell: Tell = lambda *_: None,
) -> Made:
    """Makes the federation, three years up to `until`. The same seed and `until` give the same federation."""
    chance, start = Random(seed), until - timedelta(days=365 * YEARS)
    plan = Plan(
        name="Harbour Federation",
        origin="harbour.example/record",
        contact="the office, 01632 960 100",
        rules=older_version(rules),
        basis="legitimate activities of a not-for-profit body (invented)",
        demo=True,
    )
    organisation = found(folder, plan, at=start, chance=chance.randbytes)
    with transaction.atomic():
        people = invent(Pen(organisation, start, chance.randbytes), chance, since="2023-10-01")
    seal(organisation)
    made = Made(organisation, people, founding_story.prepare(organisation, people, chance.randbytes, until=until))
    _years(made, rules, chance, start=start, until=until, matters=matters, tell=tell)
    work(organisation, at=until, chance=chance.randbytes)
    tour = {"shown": made.shown, "story": made.telling.steps}
    (folder / TOUR).write_text(json.dumps(tour, indent=1) + "\n", "utf-8")
    return made


def _years(
    made: Made, rules: str, chance: Random, *, start: datetime, until: datetime, matters: int, tell: Tell
) -> None:
    """Everything in the order of time: what people do, and each day what the clock does."""
    waiting: list[tuple[datetime, int, PLAYS]] = []
    number = count()
    for at, story, pair in sorted(_plots(made, chance, start, until, matters), key=lambda plot: plot[0]):
        heapq.heappush(waiting, (at, next(number), _course(made, chance, story, at, pair)))
    begins = founding_story.first(made.telling)
    heapq.heappush(waiting, (begins, next(number), founding_story.play(made.telling)))
    for days, seed in SEEDS:
        at = _hour(until - timedelta(days=days), chance)
        about = Seed(made.organisation, made.people, chance.randbytes, at, made.shown)
        heapq.heappush(waiting, (at, next(number), seed(about)))
    adopted, day = False, start
    while day < until:
        end = min(day + timedelta(days=28), until)
        with transaction.atomic():
            while day < end:
                day += timedelta(days=1)
                if not adopted and day >= NEW_RULES:
                    adopt_later(
                        made.organisation, loads(rules, "the rulebook"), rules, at=NEW_RULES, chance=chance.randbytes
                    )
                    adopted = True
                _one_day(made, chance, waiting, number, min(day, until))
        seal(made.organisation)
        sign_months(made.organisation, made.people.offices["case_officer"], at=end, chance=chance.randbytes)
        tell(f"the federation up to {end.date().isoformat()}", (end - start) / (until - start))


def _one_day(
    made: Made, chance: Random, waiting: list[tuple[datetime, int, PLAYS]], number: "count[int]", until: datetime
) -> None:
    while waiting and waiting[0][0] <= until:
        _, _, course = heapq.heappop(waiting)
        following = next(course, None)
        if following is not None:
            heapq.heappush(waiting, (following, next(number), course))
    lapse_everywhere(made.organisation, at=until, chance=chance.randbytes)
    lapse_reviews(made.organisation, at=until, chance=chance.randbytes)
    for ident, person in models.Part.objects.filter(status="called", matter__over=False).values_list(
        "matter_id", "person"
    ):
        try:
            declare(made.organisation, ident, person, "none", at=until, chance=chance.randbytes, sealing=False)
        except NotYours:
            continue  # another declaration in the same matter made this seat unnecessary


def _plots(
    made: Made, chance: Random, start: datetime, until: datetime, matters: int
) -> Iterator[tuple[datetime, Story, tuple[str, str]]]:
    """When each matter begins, how it goes, and who complains of whom."""
    weights = [story.weight for story in STORIES]
    often = made.people.members[0]  # S12: one member complains in a third of all matters
    for place in range(matters):
        at = _hour(start + (until - start) * (place + 1) / (matters + 1), chance)
        complainant = often if place % 3 == 0 else chance.choice(made.people.members)
        respondent = chance.choice([one for one in made.people.members if one != complainant])
        yield at, chance.choices(STORIES, weights)[0], (complainant, respondent)
    same = _hour(until - timedelta(days=120), chance)
    council = made.people.offices["council"]
    yield same, OVERNIGHT, (made.people.members[5], made.people.members[6])
    yield same + timedelta(minutes=5), ALLY, (made.people.members[5], council[0])


def _hour(day: datetime, chance: Random) -> datetime:
    return day.replace(hour=chance.randint(8, 17), minute=chance.randint(0, 59), second=0, microsecond=0)


def _course(made: Made, chance: Random, story: Story, at: datetime, pair: tuple[str, str]) -> PLAYS:
    """One matter from its first act on; gives the instant of its next step, and does it when asked again."""
    words = {item: chance.choice(texts) for item, texts in TEXTS.items()}
    play = Play(made.organisation, at, chance.randbytes, *pair, words=words)
    play.lodge(story.opens, carries=dict(story.carries.get(story.opens, {})))
    play.divided = int(play.ident[:2], 16) % DIVIDED == 0
    made.shown.setdefault(story.name, play.ident)
    item = _hands_in(play, story, chance) if made.with_items(story) else ""
    for act, role, days in story.steps:
        at = _hour(play.at + timedelta(days=days), chance) if days else play.at + timedelta(minutes=25)
        yield at
        play.at = max(at, play.row.last)
        given = dict(story.carries.get(act, {}))
        if act == "hear":
            given["hearing"] = {"date": play.book.calendar.local_day(play.at).isoformat(), "place": "the boathouse"}
        try:
            if item and act == "report":
                play.serve(item)
                play.read(item, "investigator")
            play.do(act, role, **given)
        except (Refused, NotYours, Nobody):
            return  # the clock was faster, or nobody was left: as it happens


def _hands_in(play: Play, story: Story, chance: Random) -> str:
    """Whoever complains hands in what they have: a page they wrote, or a paper that they scanned."""
    play.later(minutes=20)
    if chance.random() < 0.5:
        data, kind, name = papers.page("What I saw", play.words["account"]), "first_hand", "What I saw"
    else:
        data, kind, name = papers.scan(play.words["account"]), "document", "The message, printed and scanned"
    about = {"name": name, "kind": kind, "source": "whoever complains", "obtained": "handed in with the complaint"}
    return play.hand_in("complainant", data, **about)
