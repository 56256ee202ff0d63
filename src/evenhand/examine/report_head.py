# SPDX-License-Identifier: Apache-2.0
"""The head of the report: what is the case in a sentence, what was examined, and what each part found."""

from collections.abc import Sequence
from typing import Any

from evenhand.examine import phrases
from evenhand.examine.report_markup import Html, Piece, data, facts, join, link, p, said, tag
from evenhand.examine.report_part import Part
from evenhand.examine.report_reading import Findings

MOST_FILES = 5

NOTHING = "Nothing could be examined."
NO_CASE = "The file holds no case."
AGAINST_RULES = "{cases} examined by the rules of their day: in {unlawful} an act was out of order."
WITHOUT_RULES = "{cases} examined, without a rulebook to hold them against."
OF_DAY = "The case history of {name}, as it stood on {day}."
OF = "The case history of {name}."
READ = (
    "What each part found stands below in a sentence. A number that is underlined opens the rows behind it, in the "
    "folder <code>tables</code> beside this page. This page says what stands in the file; it says of nobody what they "
    "did."
)
FINDINGS = "What was found"
EXAMINED = "What was examined"
ALL_HASHES = "Every file with its whole SHA-256"
NO_RULEBOOK = "none"
RULEBOOK = "{title}, version {version}"
MORE_FILES = "and {more}"


def head(f: Findings, parts: Sequence[Part]) -> Html:
    """Everything above the first part."""
    found = tag("section", tag("h2", FINDINGS, id="found"), contents(parts), aria_labelledby="found")
    given = tag("aside", tag("section", tag("h2", EXAMINED), facts(examined(f)), link_to_hashes()), aria_label=EXAMINED)
    return join([tag("h1", sentence(f)), lead(f), tag("div", join([found, given]), class_="leaf first")])


def sentence(f: Findings) -> Html:
    """The one sentence of the page."""
    cases, unlawful = f.number("population.cases"), f.number("rules.unlawful")
    if cases is None:
        return Html(NOTHING)
    if not cases:
        return Html(NO_CASE)
    were = Html(phrases.counted(cases, "case was", "cases were"))
    return said(WITHOUT_RULES, cases=were) if unlawful is None else said(AGAINST_RULES, cases=were, unlawful=unlawful)


def lead(f: Findings) -> Html:
    """Whose history it is and how to read the page."""
    name, day = data(f.at("source.name") or "a source without a name", 160), as_of(f)
    first = said(OF, name=name) if day is None else said(OF_DAY, name=name, day=Html(day))
    return join([p(first, class_="lead"), p(Html(READ), class_="how")])


def as_of(f: Findings) -> str | None:
    """The day up to which the file shows anything, in words."""
    day = phrases.as_day(f.at("population.as_of") or f.at("source.as_of"))
    return None if day is None else phrases.day(day)


def contents(parts: Sequence[Part]) -> Html:
    """A table of contents in sentences: the name of each part, and what it found."""
    lines = [
        tag("li", tag("div", link(f"#{part.id}", Html(f"{part.number}. {part.name}"))), p(part.sentence))
        for part in parts
    ]
    return tag("ol", join(lines), class_="findings")


def examined(f: Findings) -> list[tuple[Piece, Piece]]:
    """Source, day, files, mapping and rulebook, each with the beginning of its hash."""
    pairs: list[tuple[Piece, Piece]] = [("Source", data(f.at("source.name") or "–", 160))]
    if (day := as_of(f)) is not None:
        pairs.append(("Watched until", Html(day)))
    if f.at("source.zone"):
        pairs.append(("Time zone", data(f.at("source.zone"), 60)))
    pairs.append(("Files", hashes(f.rows("source.files"))))
    pairs.append(("Mapping", hashes(f.rows("mapping.files"))))
    pairs.append(("Rulebook", rulebook(f)))
    if f.at("source.licence"):
        pairs.append(("Licence", data(f.at("source.licence"), 400)))
    return pairs


def hashes(rows: list[dict[str, Any]]) -> Html:
    """Files with the beginning of their hashes; the rest is counted."""
    if not rows:
        return Html("–")
    lines = [begins(row.get("name") or "–", row.get("sha256")) for row in rows[:MOST_FILES]]
    if len(rows) > MOST_FILES:
        lines.append(
            said(MORE_FILES, more=Html(phrases.counted(len(rows) - MOST_FILES, "further file", "further files")))
        )
    return tag("ul", join(tag("li", line) for line in lines), class_="hashes")


def begins(name: object, digest: object) -> Html:
    """A name and the first twelve letters of its hash."""
    told = str(digest or "").removeprefix("sha256:")
    if not told:
        return data(name, 80)
    return join([tag("span", data(name, 80)), tag("small", tag("code", data(f"{told[:12]}…")))])


def rulebook(f: Findings) -> Html:
    """The rulebooks by title, version and hash; several versions one under the other."""
    if not isinstance(f.at("rulebook"), dict):
        return Html(NO_RULEBOOK)
    several = f.rows("rulebook.versions") or [f.at("rulebook")]
    lines = []
    for book in several:
        title = said(
            RULEBOOK,
            title=data(book.get("title") or book.get("id") or "–", 120),
            version=data(book.get("version") or "–", 40),
        )
        digest = str(book.get("digest") or "").removeprefix("sha256:")
        lines.append(
            join([tag("span", title), tag("small", tag("code", data(f"{digest[:12]}…")))]) if digest else title
        )
    return tag("ul", join(tag("li", line) for line in lines), class_="hashes")


def link_to_hashes() -> Html:
    """The way to the whole hashes."""
    return p(link("#check", ALL_HASHES))
