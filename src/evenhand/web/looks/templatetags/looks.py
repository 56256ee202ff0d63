# SPDX-License-Identifier: Apache-2.0
"""Tags that every template has: fields, what stands in the way, days in words, the two even lines."""

from collections.abc import Iterable
from datetime import date, datetime

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from evenhand.casework.phrases_words import MOMENT, day_words
from evenhand.web.looks.fields import Shown, of_bound, problems_of

register = template.Library()


@register.simple_tag
def field(shown: Shown) -> SafeString:
    """One field of a form."""
    return SafeString(render_to_string(f"evenhand/field/{shown.kind}.html", {"f": shown}))


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """Every field of a form of the framework, with the hidden ones."""
    hidden = "".join(str(bound) for bound in form.hidden_fields())
    return SafeString(hidden + "".join(field(of_bound(bound)) for bound in form.visible_fields()))


@register.simple_tag
def form_problems(form: BaseForm) -> tuple[tuple[str, str], ...]:
    """What stands in the way in a form of the framework: first what concerns all of it, then field by field."""
    shown = [of_bound(bound) for bound in form.visible_fields()]
    first = shown[0].goal if shown else "main"
    return (*((first, str(said)) for said in form.non_field_errors()), *problems_of(shown))


@register.simple_tag
def sign_in_elsewhere() -> str:
    """What the provider is called by which the organisation's people sign in; empty where there is none."""
    # Here, for tags are loaded with the templates, before the tables are ready.
    from evenhand.web.accounts.elsewhere import offered

    return offered()


@register.filter
def day(when: date | datetime | None) -> str:
    """Friday 27 November 2026, in the organisation's zone."""
    if when is None:
        return ""
    return day_words(timezone.localtime(when).date() if isinstance(when, datetime) else when, translate=gettext)


@register.filter
def moment(when: datetime | None) -> str:
    """Friday 27 November 2026, 14:05, in the organisation's zone."""
    if when is None:
        return ""
    return gettext(MOMENT).format(day=day(when), time=f"{timezone.localtime(when):%H:%M}")


@register.inclusion_tag("evenhand/two_lines.html")
def two_lines(allowed: int, used: int) -> dict[str, int | bool]:
    """The two even lines as a drawing; the words beside it say everything. Longer than allowed is late."""
    return {"allowed": max(allowed, 0), "used": max(used, 0), "all": max(allowed, used, 1), "late": used > allowed}


@register.filter
def nearby(page: Page[object]) -> Iterable[int | str]:
    """The numbers of the pages around this one, the first and the last."""
    return page.paginator.get_elided_page_range(page.number)


@register.filter
def first_of(many: Iterable[object]) -> object:
    """The first of some things, or nothing."""
    return next(iter(many), None)
