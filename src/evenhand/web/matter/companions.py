# SPDX-License-Identifier: Apache-2.0
"""The companion of a party on a page: who it is, the invitation, and the end of it (B06).

An invitation by mail goes to the address alone, whoever asked for it. A link is handed over only for somebody who was named
without an address: nobody of the register is known by a name, so such a link never opens the account of another person.
"""

import secrets
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from evenhand.procedure.accompanying import companions_of, end_companion
from evenhand.procedure.asking import NotYours
from evenhand.procedure.confiding import COMPANION
from evenhand.procedure.inviting import NotSent, mail_link
from evenhand.procedure.naming import record_of
from evenhand.procedure.reading import Opened
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.web import clock
from evenhand.web.accounts import keeping
from evenhand.web.accounts.access import has_factor
from evenhand.web.matter.door import Door, here, opened_or_404


def companion_page(request: HttpRequest, door: Door, slug: str) -> HttpResponse:
    """Who accompanies the reader; what the two buttons do is shown on the page itself. Not found for who is no party."""
    opened = opened_or_404(request, door, slug)
    if opened.part.kind != "party" or opened.part.role == COMPANION:
        raise Http404
    one = next(companions_of(opened.part), None)
    if request.method != "POST":
        return _show(request, door, opened, one)
    if one is None or request.POST.get("companion") != one.pseudonym:
        raise Http404
    if request.POST.get("do") == "end":
        try:
            end_companion(
                here(), opened.row.ident, opened.part.person, one.pseudonym, at=clock.now(), chance=secrets.token_bytes
            )
        except NotYours:
            raise Http404 from None
        return HttpResponseRedirect(door.url("companion", slug))
    if record_of(here(), one.person).get("address"):
        sent = invite_by_mail(opened, at=clock.now(), chance=secrets.token_bytes, site=_site(request))
        return _show(request, door, opened, one, sent=sent, trouble=not sent)
    link = _link(one, at=clock.now(), chance=secrets.token_bytes)
    return _show(request, door, opened, one, link=f"{_site(request)}{link}" if link else "", trouble=not link)


def invite_by_mail(opened: Opened, *, at: datetime, chance: Chance, site: str = "") -> bool:
    """Mails the invitation to the companion of the reader, if they have an address and no account; whether it was handed over."""
    one = next(companions_of(opened.part), None)
    site = str(opened.organisation.settings.get("base") or site).rstrip("/")
    mails = opened.organisation.settings.get("mail", {}).get("host")
    if one is None or not site or not mails or not record_of(opened.organisation, one.person).get("address"):
        return False
    link = _link(one, at=at, chance=chance)
    if not link:
        return False
    try:
        return mail_link(
            opened.organisation, one.person, f"{site}{link}", days=keeping.LASTS.days, at=at, id=chance(8).hex()
        )
    except NotSent:
        return False  # the page offers to send it again


def _link(one: models.Part, *, at: datetime, chance: Chance) -> str:
    """The path of a new invitation; none for who has an account that is used, or was closed."""
    if _came(one.person):
        return ""
    try:
        return reverse("link", args=[keeping.invite(one.person, at=at, chance=chance)])
    except keeping.Shut:
        return ""


def _came(person: str) -> bool:
    account = keeping.account_of(person)
    return account is not None and (account.has_usable_password() or has_factor(account))


def _site(request: HttpRequest) -> str:
    return str(here().settings.get("base") or request.build_absolute_uri("/")).rstrip("/")


def _show(
    request: HttpRequest,
    door: Door,
    opened: Opened,
    one: models.Part | None,
    *,
    link: str = "",
    sent: bool = False,
    trouble: bool = False,
) -> HttpResponse:
    about: dict[str, Any] = record_of(here(), one.person) if one else {}
    context = {
        "row": opened.row,
        "back": door.url("matter", opened.row.slug),
        "one": one,
        "name": about.get("name", ""),
        "address": about.get("address", ""),
        "came": bool(one and _came(one.person)),
        "link": link,
        "sent": sent,
        "trouble": gettext("The invitation could not be sent from here. Ask us to send it: {contact}").format(
            contact=here().contact
        )
        if trouble
        else "",
        "days": keeping.LASTS.days,
        "step": door.url("step", opened.row.slug, "companion") if not opened.row.over else "",
    }
    return render(request, "matter/companion.html", door.context(request, **context))
