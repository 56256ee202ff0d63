# SPDX-License-Identifier: Apache-2.0
"""The texts of the templates: what stands in `{% trans %}` and `{% blocktrans %}`, with plurals."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

CALL = re.compile(r"\b(?P<name>_|n?gettext|n?pgettext)\(")


def texts(root: Path) -> Iterator[tuple[str | tuple[str, str], str]]:
    """Each text with the file that it stands in. `SyntaxError` for a call of the framework's that cannot be read."""
    for path in sorted((root / "src/evenhand/web").rglob("*.html")):
        place = str(path.relative_to(root))
        source = templatize(path.read_text(encoding="utf-8"), origin=place)
        for found in CALL.finditer(source):
            for text in _of(source[found.start() :]):
                yield text, place


def _of(source: str) -> Iterator[str | tuple[str, str]]:
    """The call at the beginning of this source: as much of it as is a whole expression."""
    for end in (found.end() for found in re.finditer(r"\)", source)):
        try:
            call = ast.parse(source[:end], mode="eval").body
        except SyntaxError:
            continue
        if isinstance(call, ast.Call):
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            words = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            yield (words[0], words[1]) if name == "ngettext" else words[-1]
        return
