# SPDX-License-Identifier: Apache-2.0
"""Fields as they are shown: label, hint and mistake belong together, and what was typed is still there."""

import re

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from evenhand.casework.form_fields import Choice, Field
from evenhand.web.looks.fields import MANY, Option, Shown, gathered, ident_of, of_act, problems_of
from evenhand.web.looks.templatetags.looks import field

HOSTILE = '"><script>alert(1)</script>\n</textarea>\u202eevil'
KINDS = ("line", "text", "choice", "choices", "select", "date", "file", "password", "tick")


def shown(kind: str, **given) -> Shown:
    """A field of a kind, with a hint and a mistake."""
    told = {
        "name": "text.reasons", "kind": kind, "label": "Your reasons", "ident": "id_r", "hint": "Both sides read this.",
        "options": (Option(value="a", label="One"), Option(value="b", label="Two", why_not="superseded")),
        "mistakes": ("Give your reasons.",),
    }  # fmt: skip
    return Shown(**(told | given))


@pytest.mark.parametrize("kind", KINDS)
def test_label_hint_and_mistake_belong_to_the_field(kind):
    """Who hears the page would hear a box without a question."""
    html = str(field(shown(kind)))
    assert "Your reasons" in html
    assert 'aria-describedby="id_r-hint id_r-mistake"' in html
    assert all(f'id="id_r-{part}"' in html for part in ("hint", "mistake"))
    assert "<legend>" in html or re.search(r'<label for="id_r"', html)
    assert f'id="{shown(kind).goal}"' in html


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_typed_becomes_a_tag(kind):
    """A name with a script in it would run at the desk."""
    html = str(
        field(
            shown(
                kind, label=HOSTILE, hint=HOSTILE, values=(HOSTILE,), mistakes=(HOSTILE,),
                options=(Option(value=HOSTILE, label=HOSTILE, why_not=HOSTILE),),
            )
        )
    )  # fmt: skip
    assert "<script" not in html
    assert html.count("</textarea>") == (1 if kind == "text" else 0)


@pytest.mark.parametrize("kind", ["line", "text"])
def test_what_was_typed_is_still_there(kind):
    """An hour of writing would be gone for one missing tick."""
    assert "An account" in str(field(shown(kind, values=("An account",))))


def test_a_text_keeps_its_first_empty_line():
    """A browser drops the first line break of a text field."""
    assert ">\n\nAn account</textarea>" in str(field(shown("text", values=("\nAn account",))))


def test_what_cannot_be_chosen_says_why():
    """A grey box says nothing."""
    html = str(field(shown("choice")))
    assert "Cannot be chosen: superseded" in html
    assert html.count("disabled") == 1


def test_a_day_is_three_fields_and_one_word_again():
    """A date in one field is typed in five ways."""
    html = str(field(shown("date", name="on", values=("2026-11-06",))))
    assert ["6", "11", "2026"] != re.findall(r'value="(\d+)"', html)
    assert ["06", "11", "2026"] == re.findall(r'value="(\d+)"', html)
    post = QueryDict("on.day=6&on.month=11&on.year=2026&who=x&who=y&no.day=&no.month=&no.year=")
    assert {"on": ["2026-11-06"], "who": ["x", "y"], "no": []} == gathered(post, post.lists())


def test_a_day_that_is_none_can_be_shown_again():
    """Who mistyped a month would have to type all three."""
    post = QueryDict("on.day=31&on.month=Feb&on.year=26")
    typed = gathered(post, post.lists())["on"]
    html = str(field(shown("date", values=tuple(typed))))
    assert ["31", "Feb", "26"] == re.findall(r'value="([^"]+)"', html)


def test_a_field_of_an_act_is_shown_as_what_it_asks():
    """The desk would have to draw each act by hand."""
    few = Field(
        item="clause", name="clause", kind="choice", label="Which clause?", choices=(Choice(value="C1", label="C1"),)
    )
    many = Field(
        item="person", name="person", kind="choice", label="Who?",
        choices=tuple(Choice(value=str(n), label=str(n)) for n in range(MANY + 1)),
    )  # fmt: skip
    sure = Field(item="sure", name="sure", kind="yes_no", label="Is it urgent?", initial=("no",))
    assert ["choice", "select", "choice"] == [of_act(one).kind for one in (few, many, sure)]
    assert [False, True] == [option.chosen for option in of_act(sure).options]
    assert [True, False] == [option.chosen for option in of_act(sure, ["yes"]).options]


def test_the_summary_leads_to_what_can_be_filled_in():
    """A link to nowhere leaves who cannot see at the top of the page."""
    found = problems_of([shown("date", ident="id_on"), shown("choice"), shown("line", mistakes=())])
    assert [("id_on-day", "Give your reasons."), ("id_r-1", "Give your reasons.")] == list(found)


def test_the_summary_takes_the_focus_without_a_script():
    """Who hears the page would not learn that nothing was sent."""
    html = render_to_string("evenhand/problems.html", {"problems": [("id_a", "Say when.")]})
    assert 'tabindex="-1" autofocus' in html
    assert "One thing stands in the way" in html


def test_an_id_holds_nothing_that_a_style_sheet_would_read():
    """A link to it would not find it."""
    assert "id_text-account-0-" == ident_of("text.account[0]")
