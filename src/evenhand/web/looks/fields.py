# SPDX-License-Identifier: Apache-2.0
"""A field as it is shown, from whatever asks for it: an act's form generated from the book, or a form of accounts.

A page is given `Shown` fields and renders each with `{% field f %}`; what stands in the way is given as `problems`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext

from evenhand.casework import form_fields

Kind = Literal["line", "text", "choice", "choices", "select", "date", "file", "password", "tick"]
"""`line`: one line; `text`: paragraphs; `choice`: one of a few; `choices`: any of them; `select`: one of many;
`date`: three small fields; `tick`: a box beside one sentence."""
MANY = 12
"""From so many choices on, one out of them is a list that opens."""
DAY = ("day", "month", "year")


@dataclass(frozen=True, kw_only=True)
class Option:
    """One thing to choose. `why_not` says why it cannot be chosen."""

    value: str
    label: str
    hint: str = ""
    why_not: str = ""
    chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One field: what is asked, what stands in it, and what is wrong with that. `empty`: a list's first line, for no choice."""

    name: str
    kind: Kind
    label: str
    ident: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    values: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    required: bool = True
    group: str = ""
    rows: int = 5
    type: str = "text"
    empty: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def value(self) -> str:
        """What stands in it."""
        return self.values[0] if self.values else ""

    @property
    def described(self) -> str:
        """The ids of what describes it, for `aria-describedby`."""
        ids = [f"{self.ident}-hint"] if self.hint else []
        return " ".join([*ids, *([f"{self.ident}-mistake"] if self.mistakes else [])])

    @property
    def goal(self) -> str:
        """Where the line of the error summary leads: the first thing that can be filled in or chosen."""
        if self.kind == "date":
            return f"{self.ident}-day"
        if self.kind in ("choice", "choices"):
            n = next((n for n, option in enumerate(self.options, 1) if not option.why_not), 0)
            return f"{self.ident}-{n}" if n else f"f-{self.ident}"
        return self.ident

    @property
    def days(self) -> tuple[tuple[str, str], ...]:
        """Day, month and year of a date, each with what was typed; a date is given as `2026-11-25` or as three values."""
        parts = self.values if len(self.values) == 3 else tuple(reversed(self.value.split("-")[:3]))
        typed = dict(zip(DAY, parts, strict=False)) if len(parts) == 3 else {"day": self.value}
        return tuple((part, typed.get(part, "")) for part in DAY)

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """Its lines of the error summary."""
        return tuple((self.goal, mistake) for mistake in self.mistakes)


def ident_of(name: str) -> str:
    """An id for a field's name: no dots and brackets, which a style sheet would read otherwise."""
    return "id_" + "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)


def of_act(asked: form_fields.Field, values: Sequence[str] | None = None, mistakes: Iterable[str] = ()) -> Shown:
    """A field of an act's form. `values` is what was typed, or nothing if nobody typed yet."""
    typed = tuple(asked.initial if values is None else values)
    kinds: dict[str, Kind] = {
        "text": "text", "lines": "text", "line": "line", "number": "line", "date": "date",
        "choice": "choice", "choices": "choices", "yes_no": "choice", "supplied": "line",
    }  # fmt: skip
    kind = kinds[asked.kind]
    choices = tuple(
        Option(value=c.value, label=c.label, hint=c.hint, why_not=c.why_not, chosen=c.value in typed)
        for c in asked.choices
    )
    if asked.kind == "yes_no" and not choices:
        sides = (("yes", gettext("Yes")), ("no", gettext("No")))
        choices = tuple(Option(value=value, label=label, chosen=value in typed) for value, label in sides)
    if kind == "choice" and len(choices) > MANY:
        kind = "select"
    return Shown(
        name=asked.name,
        kind=kind,
        label=asked.label,
        ident=ident_of(asked.name),
        hint=asked.hint,
        options=choices,
        values=typed,
        mistakes=tuple(mistakes),
        required=asked.required,
        group=asked.group,
        rows=8 if asked.kind == "text" else 4,
        attributes={"inputmode": "numeric"} if asked.kind == "number" else {},
    )


def of_bound(bound: BoundField) -> Shown:
    """A field of a form of the framework."""
    widget = bound.field.widget
    kind: Kind = "line"
    if isinstance(widget, forms.CheckboxInput):
        kind = "tick"
    elif isinstance(widget, forms.RadioSelect):
        kind = "choice"
    elif isinstance(widget, forms.CheckboxSelectMultiple):
        kind = "choices"
    elif isinstance(widget, forms.Select):
        kind = "select"
    elif isinstance(widget, forms.Textarea):
        kind = "text"
    elif isinstance(widget, forms.FileInput):
        kind = "file"
    elif isinstance(widget, forms.PasswordInput):
        kind = "password"
    found = bound.value()
    values = tuple(map(str, found if isinstance(found, list | tuple) else [] if found in (None, "") else [found]))
    pairs: Iterable[tuple[Any, Any]] = getattr(bound.field, "choices", ())
    return Shown(
        name=bound.html_name,
        kind=kind,
        label=str(bound.label),
        ident=bound.auto_id or ident_of(bound.html_name),
        hint=str(bound.help_text),
        options=tuple(Option(value=str(v), label=str(label), chosen=str(v) in values) for v, label in pairs),
        values=() if kind == "password" else values,
        mistakes=tuple(map(str, bound.errors)),
        required=bound.field.required,
        type=str(getattr(widget, "input_type", "text")),
        attributes={k: str(v) for k, v in widget.attrs.items() if k not in ("placeholder", "id")},
    )


def problems_of(shown: Iterable[Shown]) -> tuple[tuple[str, str], ...]:
    """The error summary of some fields, in their order: where each line leads and what it says."""
    return tuple(problem for one in shown for problem in one.problems)


def gathered(post: Mapping[str, Any], lists: Iterable[tuple[str, list[Any]]]) -> dict[str, list[str]]:
    """What was posted, with the three parts of a date under the name of the date: `on.day` and its like become `on`.

    A date that is none stays as it was typed, `31-2-2026` turned round, so that the form can show it again.
    """
    found = {name: [str(value) for value in values] for name, values in lists}
    for name in [name for name in found if name.endswith(".year")]:
        stem = name.removesuffix(".year")
        day, month, year = (str(post.get(f"{stem}.{part}", "")).strip() for part in DAY)
        for part in DAY:
            found.pop(f"{stem}.{part}", None)
        if day and month and year:  # what is not whole stays as it was typed: a nought would look like something typed
            month, day = f"{month:0>2}", f"{day:0>2}"
        found[stem] = [f"{year}-{month}-{day}"] if day or month or year else []
    return found


def without_mistakes(shown: Iterable[Shown]) -> tuple[Shown, ...]:
    """The same fields as before anybody looked at what was typed."""
    return tuple(replace(one, mistakes=()) for one in shown)
