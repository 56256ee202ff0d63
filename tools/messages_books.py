# SPDX-License-Identifier: Apache-2.0
"""The texts of the rulebooks that the project ships: titles, what they say of acts and stages, sanctions, letters."""

from collections.abc import Iterator
from pathlib import Path

from evenhand.casework.phrases_words import ONE_OF, THE_ROLE, capital, plain_text
from evenhand.rulebook.loading import load


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Each text with the rulebook that it stands in."""
    for path in sorted((root / "rulebooks").glob("*.yaml")):
        place = str(path.relative_to(root))
        for text in _of(path):
            if text:
                yield text, place


def _of(path: Path) -> Iterator[str]:
    rules = load(path)
    yield plain_text(rules.title)
    for id_, role in rules.roles.items():
        yield plain_text(role.chosen)
        plain = id_.replace("_", " ")
        yield from (plain, capital(plain), THE_ROLE.format(role=plain))
        if role.seats > 1:
            yield ONE_OF.format(role=plain)
    for id_, sanction in rules.sanctions.items():
        yield from (id_.replace("_", " "), _title(id_), plain_text(sanction.max or ""))
    for letter in rules.texts.values():
        yield letter.subject
        yield from (line.strip() for line in letter.body.splitlines())
    for book in rules.books.values():
        yield from (plain_text(book.title), plain_text(book.says))
        for id_, act in book.acts.items():
            yield from (act.title or _title(id_), plain_text(act.says), act.outcome or "")
            yield from (_title(item) for item in act.carries)
        for id_, stage in book.stages.items():
            yield from (_title(id_), plain_text(stage.says))
        for id_, fact in book.facts.items():
            yield plain_text(fact.says) or _title(id_)
        for id_, limit in book.limits.items():
            yield plain_text(limit.says) or _title(id_)


def _title(name: str) -> str:
    return capital(name.replace("_", " ").replace("-", " "))
