# SPDX-License-Identifier: Apache-2.0
"""A form of the office on a page of its own: read, carried out by one function of `procedure`, or shown again as it was typed."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from evenhand.casework.form_fields import Field
from evenhand.casework.form_reading import read_one
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Changed, NotYours
from evenhand.web.looks.fields import gathered, of_act
from evenhand.web.matter.acting import named_problems

KEY = 64
"""So many characters of the key of a form are looked at, by which a second sending is known."""


class Form:
    """What was typed into these fields and what is amiss with it. Nothing that was typed is lost (L09)."""

    def __init__(self, request: HttpRequest, fields: Sequence[Field]) -> None:
        self.sent, self.fields, self.refused = request.method == "POST", fields, ""
        self.key = request.POST.get("key", "")[:KEY]
        self.typed = gathered(request.POST, request.POST.lists()) if self.sent else {}
        self.read = {field.name: read_one(field, self.typed.get(field.name, ()), gettext) for field in fields}
        self.mistakes = {name: [says] for name, (_, says) in self.read.items() if says and self.sent}

    def carried_out(self, do: Callable[[dict[str, Any]], object]) -> bool:
        """Whether `do`, given the answers by the names of the fields, did it. Where it refused, that stands at its field.

        The field is the one that the path of the refusal ends with. Who has no part in it gets the page of no address.
        """
        if not self.sent or not self.fields or self.mistakes:
            return False
        try:
            do({name: value for name, (value, _) in self.read.items()})
        except NotYours:
            raise Http404 from None
        except (Changed, Refused) as why:
            name = why.rule.rpartition("/")[2]
            if name in self.read:
                self.mistakes[name] = [gettext(why.sentence)]
            else:
                self.refused = gettext(why.sentence)
            return False
        return True

    @property
    def status(self) -> int:
        """Of the page that shows it: 422 where something was amiss."""
        return 422 if self.mistakes or self.refused else 200

    @property
    def context(self) -> dict[str, Any]:
        """What the template needs to show it."""
        shown = [
            of_act(one, self.typed.get(one.name) if self.typed else None, self.mistakes.get(one.name, ()))
            for one in self.fields
        ]
        return {
            "fields": shown,
            "problems": named_problems(shown),
            "refused": self.refused,
            "key": self.key or secrets.token_hex(16),
        }
