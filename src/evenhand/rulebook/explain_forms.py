# SPDX-License-Identifier: Apache-2.0
"""The walk-through as Markdown and as a page of HTML that stands alone. Everything of the rulebook is escaped."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from evenhand.rulebook.explain_page import Block, Drawn, Grid, Heading, Name, Paragraph, Points, Quoted, Said

STYLE = (
    ":root{color-scheme:light dark}"
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.0625rem/1.55 Georgia,'Noto Serif',serif}"
    "body{overflow-wrap:anywhere}a{color:inherit}"
    "h1,h2,h3,h4{line-height:1.22;margin:2em 0 .5em}h4{margin-top:1.5em}"
    "nav ul{columns:16rem 2;padding-inline-start:1.2em}figure,.grid{overflow-x:auto;margin:1.5em 0}"
    "table{border-collapse:collapse;inline-size:100%}caption{text-align:start;padding:.4em 0}"
    "th,td{text-align:start;vertical-align:top;padding:.3em .8em .3em 0;border-block-end:1px solid}"
    "blockquote{white-space:pre-line;border-inline-start:3px solid;margin-inline:0;padding-inline-start:1em}"
    "@media print{nav{display:none}}"
)
_SIGNS = re.compile(r"([\\`*_\[\]<>#|~$&!])")
_BEGINNINGS = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def markdown(blocks: Sequence[Block]) -> str:
    """Markdown (CommonMark, with the tables of GitHub); pictures are left out."""
    return "\n".join(line for block in blocks for line in _markdown(block)).rstrip("\n") + "\n"


def _markdown(block: Block) -> Iterator[str]:
    match block:
        case Heading(level=level, text=text):
            yield f"{'#' * level} {_marked(text)}"
        case Paragraph(sentences=sentences):
            yield from (_line(sentence) for sentence in sentences)
        case Points(points=points, ordered=ordered):
            yield from (f"{f'{at}.' if ordered else '-'} {_line(point)}" for at, point in enumerate(points, 1))
        case Grid(caption=caption, head=head, rows=rows):
            yield from (_marked(caption), "", f"| {' | '.join(map(_marked, head))} |", "|---" * len(head) + "|")
            yield from (f"| {' | '.join(_line(cell) for cell in row)} |" for row in rows)
        case Quoted(text=text):
            yield from (f"> {_marked(line)}  " if line.strip() else ">" for line in text.strip().splitlines())
        case Drawn():
            return
    yield ""


def _line(sentence: Said) -> str:
    written = "".join(part if isinstance(part, str) else part.text for part in sentence)
    return _marked(written)


def _marked(text: str) -> str:
    """Text on one line in which no sign means anything to Markdown."""
    flat = _SIGNS.sub(r"\\\1", " ".join(text.split()))
    return _BEGINNINGS.sub(lambda found: f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"\\{found[2]}", flat)


def html(blocks: Sequence[Block]) -> str:
    """A page of HTML with its contents, no script, nothing from elsewhere; it follows the reader's light or dark."""
    title = next(block.text for block in blocks if isinstance(block, Heading))
    contents = [block for block in blocks if isinstance(block, Heading) and block.level == 2]
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        f'<head><meta charset="utf-8"><title>{escape(title)}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{STYLE}</style></head>",
        "<body>",
        "<main>",
    ]
    for block in blocks:
        lines.extend(_html(block))
        if isinstance(block, Heading) and block.level == 1:
            lines.append('<nav aria-label="Contents"><ul>')
            lines += [f'<li><a href="#{part.anchor}">{escape(part.text)}</a></li>' for part in contents]
            lines.append("</ul></nav>")
    return "\n".join([*lines, "</main>", "</body>", "</html>"]) + "\n"


def _html(block: Block) -> Iterator[str]:
    match block:
        case Heading(level=level, text=text, anchor=anchor):
            yield f'<h{level} id="{escape(anchor)}">{escape(text)}</h{level}>'
        case Paragraph(sentences=sentences):
            yield f"<p>{' '.join(_linked(sentence) for sentence in sentences)}</p>"
        case Points(points=points, ordered=ordered):
            tag = "ol" if ordered else "ul"
            yield from (f"<{tag}>", *(f"<li>{_linked(point)}</li>" for point in points), f"</{tag}>")
        case Grid(caption=caption, head=head, rows=rows):
            yield f'<div class="grid" tabindex="0" role="region" aria-label="{escape(caption)}">'
            yield f"<table><caption>{escape(caption)}</caption>"
            titles = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
            yield f"<thead><tr>{titles}</tr></thead><tbody>"
            for first, *others in rows:
                cells = "".join(f"<td>{_linked(cell)}</td>" for cell in others)
                yield f'<tr><th scope="row">{_linked(first)}</th>{cells}</tr>'
            yield "</tbody></table></div>"
        case Quoted(text=text):
            yield f"<blockquote>{escape(text.strip())}</blockquote>"
        case Drawn(svg=svg):
            yield f'<figure tabindex="0">{svg.strip()}</figure>'


def _linked(sentence: Said) -> str:
    return "".join(_part(part) if isinstance(part, Name) else escape(part) for part in sentence)


def _part(name: Name) -> str:
    return f'<a href="#{escape(name.to)}">{escape(name.text)}</a>' if name.to else escape(name.text)
