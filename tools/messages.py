# SPDX-License-Identifier: Apache-2.0
"""Gathers every text that a reader may see and brings the French catalogue up to date: `python tools/messages.py`.

What was translated stays; what no page says any more goes; what is new stands at the end of the output, to be translated.
`--check` writes nothing and says what lacks. The texts come from three places (see `docs/languages.md`): the templates, the
code (`messages_code`), and the rulebooks that the project ships (`messages_books`).
"""

import argparse
import io
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.web.settings")
django.setup()

from tools import messages_books, messages_code, messages_templates  # noqa: E402

FOLDER = ROOT / "src/evenhand/web/locale/fr/LC_MESSAGES"
LETTERS = ROOT / "src/evenhand/letters/locale/fr/LC_MESSAGES/letters.mo"
OF_LETTERS = ("rulebooks/", "src/evenhand/casework/", "src/evenhand/letters/", "src/evenhand/procedure/")
"""Where the texts come from that stand in letters: these are read without the pages."""
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
COMMAND = "python tools/messages.py"
Text = str | tuple[str, str]
HEAD = """\
# SPDX-License-Identifier: Apache-2.0
# French texts of Evenhand. `python tools/messages.py` brings this file up to date; docs/languages.md has the words to use."""
FIXED = datetime(2026, 1, 1, tzinfo=UTC)
"""The day in the head of the file: it says nothing, and a day that moves would be a difference each time."""


def gathered() -> dict[Text, set[str]]:
    """Every text with the files that it comes from; a text with a plural is a pair."""
    found: dict[Text, set[str]] = {}
    for text, place in (*messages_templates.texts(ROOT), *messages_code.texts(ROOT), *messages_books.texts(ROOT)):
        found.setdefault(text, set()).add(place)
    # The same text with and without a plural is one message.
    for plural in [text for text in found if isinstance(text, tuple)]:
        found[plural] |= found.pop(plural[0], set())
    return found


def catalogue(texts: dict[Text, set[str]], before: Catalog) -> Catalog:
    """The catalogue of these texts, with the translations that stand in the one before."""
    made = Catalog(
        locale="fr", header_comment=HEAD, project="Evenhand", version="1", fuzzy=False,
        creation_date=FIXED, revision_date=FIXED, last_translator="The Evenhand founders", language_team="French",
    )  # fmt: skip
    for text in sorted(texts, key=lambda one: (min(texts[one]), one if isinstance(one, str) else one[0])):
        ident = text if isinstance(text, str) else text[0]
        old = before.get(ident)
        string = old.string if old is not None and not old.fuzzy and _fits(text, old) else None
        flags = ["python-brace-format"] if "{" in ident else ["python-format"] if "%(" in ident else []
        places = [(place, 0) for place in sorted(texts[text])]
        made.add(text, string, locations=places, flags=flags)
    return made


def _fits(text: Text, old: Message) -> bool:
    return isinstance(text, tuple) == isinstance(old.string, tuple) if old.string else False


def lacking(made: Catalog) -> Iterator[Text]:
    """The texts without a translation, or of which a plural form has none."""
    for one in made:
        strings: Iterable[str] = one.string if isinstance(one.string, tuple | list) else (one.string,)
        if one.id and not all(strings):
            yield one.id


def written(made: Catalog) -> dict[Path, bytes]:
    """The catalogue as its files: the one that is edited, the one that pages read and the one that letters read."""
    source, compiled, letters = io.BytesIO(), io.BytesIO(), io.BytesIO()
    some = Catalog(locale="fr", fuzzy=False, creation_date=FIXED, revision_date=FIXED)
    for one in made:
        if one.id and any(place.startswith(OF_LETTERS) for place, _ in one.locations):
            some.add(one.id, one.string)
    write_mo(letters, some)
    write_po(source, made, width=0, include_lineno=False, sort_by_file=False)
    write_mo(compiled, made)
    return {PO: source.getvalue(), MO: compiled.getvalue(), LETTERS: letters.getvalue()}


def stored() -> Catalog:
    """The catalogue as it stands, or an empty one."""
    if not PO.exists():
        return Catalog(locale="fr")
    with PO.open("rb") as file:
        return read_po(file, locale="fr")


def main() -> int:
    """Brings the catalogue up to date, or says (1) that it is not."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say what lacks")
    asked = parser.parse_args()
    os.chdir(ROOT)
    made = catalogue(gathered(), stored())
    files = written(made)
    empty = list(lacking(made))
    same = all(path.exists() and path.read_bytes() == content for path, content in files.items())
    if not asked.check:
        for path, content in files.items():
            if path == PO or path.exists() or not empty:  # a language is offered once it was whole
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    for one in empty:
        print(f"No French text: {one!r}")
    print(f"{len(made)} texts, {len(empty)} without a translation.")
    if asked.check and not same:
        print(f"The catalogue is not what the sources say; `{COMMAND}` brings it up to date.")
    return int(bool(empty) or (asked.check and not same))


if __name__ == "__main__":
    sys.exit(main())
