# SPDX-License-Identifier: Apache-2.0
"""The picture of a book as SVG: one colour (the reader's text colour), open and filled shapes, and all of it in words.

An SVG does not know how wide its text will be. `_width` estimates it on the wide side for a sans serif of 13 pixels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from evenhand.rulebook.draw_layers import layers
from evenhand.rulebook.draw_lines import Lines
from evenhand.rulebook.draw_picture import Arrow, Box, Label, Picture

LINE = 17.0  # pixels from one line of text to the next
PAD = 12.0  # white space inside a box
SIDE = 10.0  # width of the filled side of a handover
EDGE = 24.0  # white space around the picture
LETTERS = 30  # about how many letters a line of a label may have before it is broken
NARROW, WIDE = frozenset("ijlftrI.,:;'|()[]!·- "), frozenset("mwMW@%")
STYLE = (
    ".book text{font:13px system-ui,'Segoe UI','Noto Sans','Liberation Sans',sans-serif;fill:currentColor}"
    ".book .name{font-weight:600;font-size:14px}.book .by{fill-opacity:.8}"
    ".book .way,.book .box{fill:none;stroke:currentColor;stroke-width:1.4}.book .clock{stroke-dasharray:6 4}"
    ".book .tip{fill:currentColor;stroke:currentColor;stroke-width:1.2;stroke-linejoin:round}"
    ".book .tip.clock{fill:none;stroke-dasharray:none}.book .full{fill:currentColor}"
    ":root.book{color-scheme:light dark;color:CanvasText;background:Canvas}"
)
LEGEND = (
    "Solid arrow: somebody acts. Dashed arrow with an open tip: the clock acts when the limit of the stage has passed.",
    "Double frame: the matter ends. Double frame with a filled side: other people take the matter over whole.",
    "Here: what can be done at a stage and leaves the matter where it is.",
)


@dataclass(frozen=True)
class _Text:
    """A line of text: what is said first, and what is said more quietly after it."""

    words: str = ""
    quiet: str = ""
    kind: str = ""


def svg(seen: Picture) -> str:
    """A picture that stands alone: title and description for whoever hears it, no script, nothing from elsewhere."""
    boxes = {box.id: _box_text(box) for box in seen.boxes}
    labels = [_acts(arrow.labels) for arrow in seen.arrows]
    sizes = {box.id: _size(box, boxes[box.id]) for box in seen.boxes}
    laid = layers(seen, sizes, [(_broadest(lines), len(lines) * LINE) for lines in labels])
    lines = Lines(laid)
    body = [f'<path class="way{" clock" * clock}" d="{way}"/>' for way, clock in lines.ways()]
    body += [f'<path class="tip{" clock" * clock}" d="{tip}"/>' for tip, clock in lines.tips()]
    said = {id(arrow): text for arrow, text in zip(seen.arrows, labels, strict=True)}
    for item, x in zip(laid.items, laid.x, strict=True):
        top = lines.tops[item.layer]
        if isinstance(item.about, Box):
            left, (width, height) = x - item.left, sizes[item.about.id]
            body += _frame(item.about, left, top, width, height)
            body += _written(boxes[item.about.id], left + PAD, top + LINE)
        if isinstance(item.about, Arrow):
            body += _written(said[id(item.about)], x + 8, top + LINE - 4)
    notes = [_Text(quiet=line) for text in (*LEGEND, *seen.limits) for line in wrap(text, 104)]
    foot = lines.tops[-1] + 2 * LINE
    body += _written(notes, 0, foot + LINE)
    right = max([x + item.right for item, x in zip(laid.items, laid.x, strict=True)] + [_broadest(notes)])
    head = _head(seen, right + 2 * EDGE, foot + len(notes) * LINE + 2 * EDGE)
    return "\n".join([*head, *body, "</g>", "</svg>"]) + "\n"


def _head(seen: Picture, width: float, height: float) -> Iterator[str]:
    name = f"book-{escape(seen.id)}"
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="book" role="img" aria-labelledby="{name}-title {name}-desc" '
        f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">'
    )
    yield f'<title id="{name}-title">{escape(seen.title)}</title>'
    yield f'<desc id="{name}-desc">{escape(" ".join(seen.sentences()))}</desc>'
    yield f"<style>{STYLE}</style>"
    yield f'<g transform="translate({EDGE:.0f} {EDGE:.0f})">'


def _size(box: Box, lines: Sequence[_Text]) -> tuple[float, float]:
    side = SIDE if box.kind == "handover" else 0.0
    return _broadest(lines) + 2 * PAD + side, len(lines) * LINE + PAD


def _frame(box: Box, left: float, top: float, width: float, height: float) -> Iterator[str]:
    where = f'x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
    yield f'<rect class="box" {where} rx="{15 if box.kind == "begin" else 0}"/>'
    if box.kind in ("end", "handover"):
        inner = f'x="{left + 4:.1f}" y="{top + 4:.1f}" width="{width - 8:.1f}" height="{height - 8:.1f}"'
        yield f'<rect class="box" {inner}/>'
    if box.kind == "handover":
        side = f'x="{left + width - SIDE:.1f}" y="{top:.1f}" width="{SIDE:.0f}" height="{height:.1f}"'
        yield f'<rect class="full" {side}/>'


def _written(lines: Sequence[_Text], left: float, base: float) -> Iterator[str]:
    for at, line in enumerate(lines):
        kind = f' class="{line.kind}"' if line.kind else ""
        between = " · " if line.words and line.quiet else ""
        quiet = f'<tspan class="by">{between}{escape(line.quiet)}</tspan>' if line.quiet else ""
        yield f'<text{kind} x="{left:.1f}" y="{base + at * LINE:.1f}">{escape(line.words)}{quiet}</text>'


def _box_text(box: Box) -> list[_Text]:
    limit = [_Text(quiet=f"at most {box.limit}")] if box.limit else []
    over = [_Text(quiet="handed over")] if box.kind == "handover" else []
    here = f"Here: {', '.join(label.act for label in box.here)}" if box.here else ""
    return [_Text(box.title, kind="name"), *limit, *over, *(_Text(line) for line in wrap(here, LETTERS))]


def _acts(labels: Sequence[Label]) -> list[_Text]:
    return [line for label in labels for line in _act(label)]


def _act(label: Label) -> Iterator[_Text]:
    quiet = f"after {label.limit}" if label.limit else label.by
    if len(label.act) + len(quiet) < LETTERS:
        yield _Text(label.act, quiet)
        return
    for part in wrap(label.act, LETTERS):
        yield _Text(part)
    for part in wrap(quiet, LETTERS):
        yield _Text(quiet=part)


def _broadest(lines: Sequence[_Text]) -> float:
    return max((_width(line) for line in lines), default=0.0)


def _width(line: _Text) -> float:
    size = 14.8 if line.kind == "name" else 13.0
    letters = f"{line.words} · {line.quiet}" if line.words and line.quiet else line.words + line.quiet
    ems = sum(0.37 if sign in NARROW else 0.95 if sign in WIDE or ord(sign) > 0x2E80 else 0.63 for sign in letters)
    return size * ems
