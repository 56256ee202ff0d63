# SPDX-License-Identifier: Apache-2.0
"""Plants faults in cases that are lawful, and lists them: what the examination has to find, and in which table.

Each fault is planted in cases of its own, so that the list says for each which rows must come out.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from demo.cases import NOT_PROVED, PROVED, Answer, Case, World
from demo.course import with_acts


@dataclass(frozen=True)
class Planted:
    """One kind of fault: a sentence, the table of the examination that must show it, and its cases."""

    kind: str
    says: str
    table: str
    cases: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """For planted.json."""
        return {"kind": self.kind, "says": self.says, "table": self.table, "cases": list(self.cases)}


def plant(world: World, cases: list[Case], chance: Random) -> list[Planted]:
    """Plant every kind of fault; returns the list of what was planted."""
    against = _against(cases)
    free = list(cases)
    chance.shuffle(free)
    plan: tuple[tuple[str, str, str, int, Callable[[World, Case, Random], bool]], ...] = (
        ("skipped_step", "A step that the rules require was left out.", "unlawful_cases", 60, _skip_a_step),
        ("own_cause", "The respondent acted for an office in the case.", "party_in_same_case", 14, _act_in_own_cause),
        ("two_roles", "One person acted in two roles that are kept apart.", "roles_not_apart", 18, _hold_two_roles),
        ("overruled", "Found not proved against the recommendation, without reasons.", "softer", 40, _overrule),
        (
            "unlike",
            "Respondents of one case and clause were found for and against.",
            "like_cells_differing",
            70,
            _differ,
        ),
        ("late_notice", "The notice of investigation came weeks too late.", "clock_notice-sent_late", 50, _be_late),
        ("backwards", "The case ends before it begins.", "closed_before_received", 5, _end_before_the_beginning),
    )
    planted = []
    for kind, says, table, number, change in plan:
        done = []
        for case in list(free):
            if len(done) == number:
                break
            # Who acts in their own cause has no other case open then, or they would be found twice.
            if kind == "own_cause" and _busy_elsewhere(case, against[case.respondent]):
                continue
            if change(world, case, chance):
                done.append(case.id)
                free.remove(case)
        planted.append(Planted(kind, says, table, tuple(sorted(done))))
    planted.append(_judge_while_respondent(world, cases, free))
    return planted


def _against(cases: list[Case]) -> dict[str, list[Case]]:
    """The cases against each person."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        for answer in case.answers:
            found.setdefault(answer.person, []).append(case)
    return found


def _busy_elsewhere(case: Case, own: list[Case]) -> bool:
    """Whether another case against the respondent is open at any time while this one is."""
    ends = case.course.acts[-1].at.date()
    return any(
        other is not case and other.received <= ends and (other.course.closed or ends) >= case.received for other in own
    )


def is_lawful(world: World, case: Case) -> bool:
    """Whether the acts of the case are a path of the table."""
    table, state = world.book.table, 0
    codes = {act: code for code, act in enumerate(table.acts)}
    for done in case.course.acts:
        state = table.step(state, codes[done.act])
        if state < 0:
            return False
    return True


def _skip_a_step(world: World, case: Case, chance: Random) -> bool:
    """Leave out an act that moves the case, so that what follows is out of order."""
    acts = case.course.acts
    if case.course.closed is None or len(acts) < 5:
        return False
    for place in chance.sample(range(1, len(acts) - 1), len(acts) - 2):
        shorter = replace(case, course=with_acts(case.course, acts[:place] + acts[place + 1 :]))
        if not is_lawful(world, shorter):
            case.course = shorter.course
            return True
    return False


def _offices(world: World, case: Case) -> list[int]:
    """The places of acts done by an office."""
    roles = world.book.rulebook.roles
    return [
        place
        for place, done in enumerate(case.course.acts)
        if done.role in roles and roles[done.role].kind == "person" and done.role in case.seats
    ]


def _act_in_own_cause(world: World, case: Case, chance: Random) -> bool:
    """Somebody of the case's own parties does an office's act."""
    places = _offices(world, case)
    if not places:
        return False
    case.actors[places[-1]] = case.respondent
    return True


def _hold_two_roles(world: World, case: Case, chance: Random) -> bool:
    """Who acted in one role also acts in another that the rulebook keeps apart from it."""
    places = _offices(world, case)
    for one in places:
        for other in places:
            role, second = case.course.acts[one].role, case.course.acts[other].role
            if world.book.rulebook.apart_from(role, second):
                for place in places:
                    if case.course.acts[place].role == second:
                        case.actors[place] = case.seats[role]
                return True
    return False


def _overrule(world: World, case: Case, chance: Random) -> bool:
    if len(case.answers) != 1 or case.answers[0].finding != NOT_PROVED or case.answers[0].recommended != NOT_PROVED:
        return False
    case.answers[0].recommended, case.answers[0].reasons = PROVED, None
    return True


def _differ(world: World, case: Case, chance: Random) -> bool:
    """One of several respondents of one case is found for, the others against; the recommendation said so too."""
    if len(case.answers) < 2 or case.answers[0].finding != PROVED or case.answers[0].recommended != PROVED:
        return False
    spared = min(case.answers, key=lambda answer: (world.slate(answer.person) != "Anchor", answer.person))
    _spare(spared)
    return True


def _spare(answer: Answer) -> None:
    answer.finding = answer.recommended = NOT_PROVED
    answer.sanction = None


def _be_late(world: World, case: Case, chance: Random) -> bool:
    """The act that ends a limit, and all that comes after it, three to nine weeks later than it was."""
    limit, acts = world.book.book.limits["notice-sent"], case.course.acts
    begun = [place for place, done in enumerate(acts) if done.act in limit.start]
    ended = [place for place, done in enumerate(acts) if done.act in limit.stop]
    by = timedelta(days=chance.randint(21, 63))
    if len(begun) != 1 or len(ended) != 1 or acts[-1].at + by >= world.until.replace(tzinfo=None):
        return False
    if case.course.closed is None:
        return False
    later = tuple(replace(done, at=done.at + by) for done in acts[ended[0] :])
    case.course = with_acts(case.course, acts[: ended[0]] + later)
    return True


def _end_before_the_beginning(world: World, case: Case, chance: Random) -> bool:
    if case.course.closed is None:
        return False
    case.course = replace(case.course, closed=case.received - timedelta(days=chance.randint(2, 40)))
    return True


def _judge_while_respondent(world: World, cases: list[Case], free: list[Case]) -> Planted:
    """An officer becomes the respondent of one case and goes on acting in others while it is open."""
    busy: dict[str, list[Case]] = {}
    for case in cases:
        for person in case.seats.values():
            busy.setdefault(person, []).append(case)
    officer = max(sorted(busy), key=lambda person: len(busy[person]))
    own = next(
        case
        for case in sorted(free, key=lambda case: (case.course.closed is None, case.id))
        if case.course.closed is not None
        and len(case.answers) == 1
        and officer not in case.seats.values()
        and (case.course.closed - case.received).days > 120
    )
    own.answers[0].person = officer
    opened, closed = own.received, own.course.closed
    found = []
    for case in busy[officer]:
        days = [
            done.at.date()
            for place, done in enumerate(case.course.acts)
            if case.actors.get(place, case.seats.get(done.role)) == officer and _for_an_office(world, done.role)
        ]
        if case is not own and closed is not None and any(opened <= day < closed for day in days):
            found.append(case.id)
    return Planted(
        "own_case_open",
        "An officer acted in cases of others while a case against that officer was open.",
        "own_case_open",
        tuple(sorted(found)),
    )


def _for_an_office(world: World, role: str) -> bool:
    roles = world.book.rulebook.roles
    return role in roles and roles[role].kind == "person"
