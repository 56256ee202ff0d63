# SPDX-License-Identifier: Apache-2.0
"""The picture of a book as text for Mermaid and for Graphviz.

Boxes get identifiers of their own (`s0`, `s1`): a stage may be called `end` or `graph`, which are words of those
languages, and no text of the rulebook may end a label or begin a command.
"""

from collections.abc import Callable

from evenhand.rulebook.draw_picture import Arrow, Box, Picture

_NEVER_SPECIAL = frozenset(" .,:()·-–/“”’")
_SHAPES = {"begin": ("((", "))"), "stage": ("[", "]"), "end": ("[[", "]]"), "handover": ("{{", "}}")}
_STYLES = {"begin": ", shape=circle", "stage": "", "end": ", peripheries=2", "handover": ", peripheries=2, shape=cds"}


def mermaid(seen: Picture) -> str:
    """A Mermaid flowchart: ends are boxes with double sides, a handover is a hexagon, acts of the clock are dotted."""
    name = {box.id: f"s{at}" for at, box in enumerate(seen.boxes)}
    lines = ["flowchart TD", f"  accTitle: {_entities(seen.title)}"]
    for box in seen.boxes:
        opening, closing = _SHAPES[box.kind]
        lines.append(f'  {name[box.id]}{opening}"{_written(_box(box), _entities, "<br/>")}"{closing}')
    for arrow in seen.arrows:
        line = "-.->" if arrow.clock else "-->"
        text = _written(_arrow(arrow), _entities, "<br/>")
        lines.append(f'  {name[arrow.source]} {line}|"{text}"| {name[arrow.target]}')
    return "\n".join(lines) + "\n"


def graphviz(seen: Picture) -> str:
    """A Graphviz digraph: ends have a double border, a handover is shaped as an arrow, acts of the clock are dashed."""
    name = {box.id: f"s{at}" for at, box in enumerate(seen.boxes)}
    title = _quotable(seen.title)
    lines = [
        f'digraph "{title}" {{',
        f'  graph [rankdir=TB, labelloc=t, label="{title}"];',
        '  node [shape=box, fontname="sans-serif"];',
        '  edge [fontname="sans-serif", fontsize=11];',
    ]
    for box in seen.boxes:
        lines.append(f'  {name[box.id]} [label="{_written(_box(box), _quotable, NEXT)}"{_STYLES[box.kind]}];')
    for arrow in seen.arrows:
        style = ", style=dashed, arrowhead=empty" if arrow.clock else ""
        text = _written(_arrow(arrow), _quotable, NEXT)
        lines.append(f'  {name[arrow.source]} -> {name[arrow.target]} [label="{text}"{style}];')
    return "\n".join([*lines, "}"]) + "\n"


NEXT = "\\n"


def _box(box: Box) -> list[str]:
    limit = [f"at most {box.limit}"] if box.limit else []
    return [box.title, *limit, *(str(label) for label in box.here)]


def _arrow(arrow: Arrow) -> list[str]:
    return [str(label) for label in arrow.labels]


def _written(lines: list[str], escape: Callable[[str], str], between: str) -> str:
    return between.join(map(escape, lines))


def _entities(text: str) -> str:
    """Every sign that Mermaid could read as its own, as `#N;`."""
    return "".join(sign if sign.isalnum() or sign in _NEVER_SPECIAL else f"#{ord(sign)};" for sign in _joined(text))


def _quotable(text: str) -> str:
    """For a quoted string of Graphviz, where a backslash begins an escape of its own (`\\N` is the node's name)."""
    return _joined(text).replace("\\", "\\\\").replace('"', '\\"')


def _joined(text: str) -> str:
    return " ".join(text.split())
