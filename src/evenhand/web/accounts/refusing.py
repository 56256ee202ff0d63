# SPDX-License-Identifier: Apache-2.0
"""Everything in which signing in by the provider can end, each with a sentence that says what to do."""

from dataclasses import dataclass

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Reason:
    """Why, in words for the reader; `status` is that of the answer. `%(name)s` in them is what the provider is called."""

    says: str | Promise
    do: str | Promise
    status: int = 403


BEGIN_AGAIN = gettext_lazy("Begin again.")
TELL_US = gettext_lazy("Tell the organisation: %(contact)s.")
REASONS = {
    "state": Reason(
        gettext_lazy("This sign-in was begun in another browser, was used already, or took longer than ten minutes."),
        BEGIN_AGAIN,
        400,
    ),
    "cancelled": Reason(gettext_lazy("You did not finish signing in at %(name)s."), BEGIN_AGAIN),
    "said no": Reason(gettext_lazy("%(name)s did not sign you in."), TELL_US),
    "down": Reason(
        gettext_lazy("%(name)s does not answer."),
        gettext_lazy("Nothing is wrong with your account. Try again in some minutes, or sign in another way."),
        502,
    ),
    "unreadable": Reason(gettext_lazy("%(name)s sent something that cannot be read."), TELL_US, 502),
    "issuer": Reason(
        gettext_lazy("What arrived is signed in another name than the one in the organisation's settings."),
        TELL_US,
    ),
    "expired": Reason(
        gettext_lazy("What %(name)s sent had expired when it arrived."),
        gettext_lazy("Begin again. If it happens once more, a clock is wrong: tell the organisation, %(contact)s."),
    ),
    "token": Reason(
        gettext_lazy("What arrived was not made by %(name)s for this sign-in."),
        gettext_lazy("Begin again. If it happens once more, tell the organisation: %(contact)s."),
    ),
    "unverified": Reason(
        gettext_lazy("%(name)s does not say who you are, or has not verified it."),
        gettext_lazy("Have it verified there, or ask the organisation: %(contact)s."),
    ),
    "unknown": Reason(
        gettext_lazy("%(name)s knows you, but nobody in the register is named by what it says of you."),
        gettext_lazy("Ask the organisation to enter it in the register: %(contact)s."),
    ),
    "several": Reason(
        gettext_lazy("What %(name)s says of you stands in the register with more than one person."),
        gettext_lazy("Ask the organisation to put it right: %(contact)s."),
    ),
    "left": Reason(
        gettext_lazy("By the register you are no member now and hold no office."),
        gettext_lazy("If a matter of yours is open, ask for a link of your own: %(contact)s."),
    ),
    "closed": Reason(
        gettext_lazy("Your account was closed."),
        gettext_lazy("Ask the organisation: %(contact)s."),
    ),
    "another": Reason(
        gettext_lazy("The account of this person belongs to another account at %(name)s."),
        gettext_lazy("If this is yours as well, ask the organisation: %(contact)s."),
    ),
    "settings": Reason(
        gettext_lazy("Signing in by %(name)s is not set up as it should be."),
        gettext_lazy("Sign in another way, or ask the organisation: %(contact)s."),
        503,
    ),
    "gone": Reason(
        gettext_lazy("%(name)s no longer answers for you, so you were signed out."),
        gettext_lazy("Sign in again."),
    ),
    "changed": Reason(
        gettext_lazy("The organisation signs in by another provider now, so you were signed out."),
        gettext_lazy("Sign in again."),
    ),
    "term": Reason(
        gettext_lazy("Your last term of office has ended, so you were signed out."),
        gettext_lazy("Sign in again: your own matters are still there."),
    ),
    "only": Reason(
        gettext_lazy("This account signs in by %(name)s only."),
        gettext_lazy("If you cannot, ask the organisation for a new link: %(contact)s."),
    ),
    "desk": Reason(
        gettext_lazy("The desk is closed to you: at %(name)s you are in none of the groups for which it is open."),
        gettext_lazy("Your own matters are in the portal. Ask the organisation if this is wrong: %(contact)s."),
    ),
}


class NotIn(OAuth2Error):
    """Nobody was signed in; `why` is a key of `REASONS`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def sentences(why: str, name: str, contact: str) -> tuple[str, str]:
    """What is wrong, and what to do, in the reader's language."""
    told = {"name": name, "contact": contact}
    reason = REASONS[why]
    return str(reason.says) % told, str(reason.do) % told


def refusal(request: HttpRequest, why: str, name: str, contact: str) -> HttpResponse:
    """The page that says so."""
    says, do = sentences(why, name, contact)
    told = {"says": says, "do": do, "desk": why == "desk"}
    return render(request, "accounts/provider_refused.html", told, status=REASONS[why].status)
