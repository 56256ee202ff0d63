# SPDX-License-Identifier: Apache-2.0
"""The fields of an act's form, and what was wrong with what was typed into them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Kind = Literal["text", "line", "lines", "choices", "choice", "date", "yes_no", "number", "supplied"]
"""`text`: paragraphs; `line`: one line; `lines`: one thing a line; `choices`: any number of them; `choice`: one;
`yes_no`: "yes" or "no"; `supplied`: the software fills it in and asks nobody."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing to choose: what is sent, what is shown, and a word about it.

    `why_not` says why it cannot be chosen (evidence that was superseded); it is shown, and refused where it is sent.
    """

    value: str
    label: str
    hint: str = ""
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field: `item` is what the act carries, `name` the name under which the form sends it.

    `initial` is what stands in it before anybody typed. One item can have several fields; `group` is the question over
    them, the same for all fields of an item.
    """

    item: str
    name: str
    kind: Kind
    label: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = True
    initial: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a form needs to know that neither the book nor the file says.

    `at`: the moment. `evidence`, `people`: what can be chosen. `supplied`: items that the software fills in itself, as
    the act carries them (a vote once it was counted, the ids of files just received, another `notice`).
    """

    at: datetime
    evidence: tuple[Choice, ...] = ()
    people: tuple[Choice, ...] = ()
    supplied: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What stands in the way at one field: a sentence that says what to do."""

    item: str
    name: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Read:
    """What was read from a form: what the act carries, or the problems, in the order of the fields.

    `awaited` names items that the software still has to supply (a vote that was not yet cast).
    """

    carries: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    awaited: tuple[str, ...] = ()
