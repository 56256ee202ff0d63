# SPDX-License-Identifier: Apache-2.0
"""The only sentences about equal treatment. Each is a whole sentence with named blanks, so that it can be translated.

What they may claim: a difference, its size, its range, what was adjusted for. What they may not: `MAY_NOT_CLAIM`.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from evenhand.monitor import rounded
from evenhand.monitor.figures import Figure, Within
from evenhand.monitor.smallest import Smallest
from evenhand.monitor.triple import Triple

FEWEST_PEOPLE = 10
"""With fewer people in a group nothing is told, and no rate is shown."""

TOO_FEW = "Fewer than 10 people in a group: nothing can be said, and publishing could identify them."

CRUDE = (
    "Crude, with nothing adjusted for: {units_a} {units} of “{a}” and {units_b} of “{b}”, {period}, "
    "{events_a} and {events_b} of them with “{outcome}”."
)
STRATIFIED = (
    "Stratified, like compared with like (the same {like}): {units_a} {units} of “{a}” and {units_b} of “{b}”, "
    "{period}, in strata that hold both; {informative} of {tables} strata can tell the groups apart."
)
WITHIN = (
    "Within the same incident and clause: {units_a} {units} of “{a}” and {units_b} of “{b}”, {period}, "
    "in {tables} cells that hold both; {informative} of these cells can tell the groups apart."
)

HIGHER = "“{outcome}” was recorded more often for “{a}”: {rate_a} in 100, against {rate_b} in 100 for “{b}”."
LOWER = "“{outcome}” was recorded less often for “{a}”: {rate_a} in 100, against {rate_b} in 100 for “{b}”."
NO_CLEAR = (
    "We found no clear difference: “{outcome}” was recorded in {rate_a} of 100 {units} of “{a}” "
    "and in {rate_b} of 100 of “{b}”."
)
NOTHING = "Nothing can be said: there is no stratum in which both groups and both outcomes occur."
NO_RANGE = "Nothing can be said: the {units} come from too few incidents, or too even ones, for a range."

RANGE = "The odds were {odds} times those of “{b}” (95 % range {low} to {high})."
AT_LEAST = "The odds were at least {low} times those of “{b}” (95 % range; it has no upper limit)."
AT_MOST = "The odds were at most {high} times those of “{b}” (95 % range; it has no lower limit)."

NOT_WHY = "This does not show why: the explanation may lie in something not recorded."
MISSED = "With {all} {units} we would probably have missed anything between {low} and {high} times the odds of “{b}”."
MISSED_BELOW = "With {all} {units} we would probably have missed anything below {high} times the odds of “{b}”."
MISSED_ABOVE = "With {all} {units} we would probably have missed anything above {low} times the odds of “{b}”."
NOT_PROOF = "This is not proof of equal treatment."

CELLS = (
    "Of {cells} cells (the same incident and clause) “{a}” stand higher in {higher}, lower in {lower}, and equal in "
    "{equal}; the ratio rests on the {informative} that can tell the groups apart and is no verdict on the rest."
)
THREE = (
    "The three figures answer different questions, and a count of cells, a difference and a ratio can tell different "
    "stories about the same rows: read them together."
)

LIMITS = (
    "The figures compare the groups as recorded: a complaint never entered, or a severity coded to fit, is not seen.",
    "What differs between the stratified and the within figure is which incidents people come to be accused in; the "
    "data cannot say why.",
    "Ranges take the rows of one incident together, but not those of one person or one sitting across incidents; where "
    "the tables are small they are exact and take every row as independent.",
    "Ranges are for one look at the data on a day fixed beforehand, and for one question; of twenty questions about "
    "groups handled alike, about one shows a clear difference by chance alone.",
    "With very many cases any trifle shows as a clear difference: look at its size.",
)
MAY_CLAIM = ("a difference", "its size and its range", "what was adjusted for", "who must answer")
MAY_NOT_CLAIM = (
    "an intent",
    "a cause",
    "that any one case was wrongly decided",
    "that silence of these figures means equal treatment",
    "a ranking of panels or people",
    "a ground for a decision about anybody",
)

COLUMNS = ("figure", "units of A and B", "rates in 100", "difference in 100", "odds ratio", "95 % range")


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What the figures are about, in the source's own words.

    `units`: what is counted, in the plural ("accusations"); `a`, `b`: the groups; `outcome`: its name; `period`: when
    ("1967 to 2007"); `like`: what makes two units alike ("category and year").
    """

    units: str
    a: str
    b: str
    outcome: str
    period: str
    like: str


@dataclass(frozen=True)
class Told:
    """A triple in words and as a table beside them; `suppressed` if there were too few people to tell anything.

    `crude`, `stratified`, `within`: sentences, to be shown together; `together`: sentences about the three;
    `rows`: one for each figure, cells as `COLUMNS`; empty where suppressed.
    """

    suppressed: bool
    crude: tuple[str, ...]
    stratified: tuple[str, ...]
    within: tuple[str, ...]
    together: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def enough(people: Iterable[int]) -> bool:
    """Whether every group has the 10 people below which nothing is told."""
    return all(number >= FEWEST_PEOPLE for number in people)


def told(triple: Triple, subject: Subject, *, people_a: int, people_b: int) -> Told:
    """All three figures in sentences and as a table, or none: `people_a` and `people_b` are persons, not rows."""
    if not enough((people_a, people_b)):
        return Told(True, (), (), (), (TOO_FEW,), ())
    three = (
        ("crude", CRUDE, triple.crude, triple.smallest.crude),
        ("stratified", STRATIFIED, triple.stratified, triple.smallest.stratified),
        ("within", WITHIN, triple.within, triple.smallest.within),
    )
    crude, stratified, within = (sentences(scope, figure, least, subject) for _, scope, figure, least in three)
    rows = tuple(row(name, figure) for name, _, figure, _ in three)
    return Told(False, crude, stratified, (*within, cells(triple.within, subject)), (THREE, NOT_WHY), rows)


def sentences(scope: str, figure: Figure, least: Smallest, subject: Subject) -> tuple[str, ...]:
    """What one figure says, scope and range included; only a part of `told`."""
    blanks = {
        "units": subject.units,
        "a": subject.a,
        "b": subject.b,
        "outcome": subject.outcome,
        "period": subject.period,
        "like": subject.like,
        "units_a": rounded.count(figure.units_a),
        "units_b": rounded.count(figure.units_b),
        "events_a": rounded.count(figure.events_a),
        "events_b": rounded.count(figure.events_b),
        "tables": rounded.count(figure.tables),
        "informative": rounded.count(figure.informative),
        "all": rounded.count(figure.units_a + figure.units_b),
        "rate_a": "" if figure.rate_a is None else rounded.in_hundred(figure.rate_a),
        "rate_b": "" if figure.rate_b is None else rounded.in_hundred(figure.rate_b),
        "odds": "" if figure.odds_ratio is None else rounded.ratio(figure.odds_ratio),
        "low": "" if figure.low is None else rounded.down(figure.low),
        "high": "" if figure.high is None else rounded.up(figure.high),
    }
    return tuple(template.format_map(blanks) for template in (scope, *verdict(figure))) + missed(figure, least, blanks)


def verdict(figure: Figure) -> tuple[str, ...]:
    """The templates that fit what the figure found."""
    if figure.informative == 0:
        return (NOTHING,)
    if figure.low is None and figure.high is None:
        return (NO_RANGE,)
    size = AT_LEAST if figure.high is None else AT_MOST if figure.low is None else RANGE
    return (HIGHER if clear(figure) > 0 else LOWER if clear(figure) < 0 else NO_CLEAR, size)


def clear(figure: Figure) -> int:
    """1 if the whole range lies above 1, −1 if below, 0 if neither."""
    if figure.low is not None and figure.low > 1:
        return 1
    if figure.high is not None and figure.high < 1:
        return -1
    return 0


def missed(figure: Figure, least: Smallest, blanks: dict[str, str]) -> tuple[str, ...]:
    """Where no difference is clear: the smallest that would have been seen, and that silence says nothing."""
    if clear(figure):
        return ()
    if figure.low is None and figure.high is None:
        return (NOT_PROOF,)
    if least.why is not None and least.lower is None and least.higher is None:
        return (least.why, NOT_PROOF)
    low = "" if least.lower is None else rounded.down(least.lower)
    high = "" if least.higher is None else rounded.up(least.higher)
    template = MISSED_BELOW if least.lower is None else MISSED_ABOVE if least.higher is None else MISSED
    return (template.format_map(blanks | {"low": low, "high": high}), NOT_PROOF)


def cells(within: Within, subject: Subject) -> str:
    """The count of cells, told beside the ratio because it may tell another story."""
    numbers = {
        name: rounded.count(getattr(within, name)) for name in ("cells", "higher", "lower", "equal", "informative")
    }
    return CELLS.format_map({"a": subject.a, **numbers})


def row(name: str, figure: Figure) -> tuple[str, ...]:
    """The cells of one line of the table, as `COLUMNS`; a dash where nothing can be said."""
    dash = "–"
    if figure.rate_a is None or figure.rate_b is None or figure.difference is None:
        rates = difference = dash
    else:
        rates = f"{rounded.in_hundred(figure.rate_a)} v {rounded.in_hundred(figure.rate_b)}"
        difference = rounded.points(figure.difference)
    low = dash if figure.low is None else rounded.down(figure.low)
    high = dash if figure.high is None else rounded.up(figure.high)
    return (
        name,
        f"{rounded.count(figure.units_a)} / {rounded.count(figure.units_b)}",
        rates,
        difference,
        dash if figure.odds_ratio is None else rounded.ratio(figure.odds_ratio),
        dash if low == high == dash else f"{low} to {high}",
    )
