# SPDX-License-Identifier: Apache-2.0
"""The forms that take a passkey. What a browser sends there is made by a program; what a stranger sends may be anything.

The sign-in library catches some of what cannot be read. Whatever else fails on it here is a code that is not right, and
never a fault of ours (issue 4, bad input).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from cryptography.exceptions import InvalidSignature
from django import forms

from evenhand.web.accounts.forms import AddPasskey

UNREADABLE = (
    ArithmeticError, AssertionError, AttributeError, InvalidSignature, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What reading bytes that somebody made up can end in; `ValidationError` is none of these and passes."""


@contextmanager
def careful() -> Iterator[None]:
    """While this lasts, what cannot be read is a `ValidationError`."""
    try:
        yield
    except UNREADABLE as error:
        raise get_adapter().validation_error("incorrect_code") from error


class Credential(forms.JSONField):
    """What the browser's script puts into the hidden field."""

    def to_python(self, value: Any) -> Any:
        """The object in it. `ValidationError` if it is nested beyond reading or no object."""
        with careful():
            found = super().to_python(value)
        if found not in self.empty_values and not isinstance(found, dict):
            raise get_adapter().validation_error("incorrect_code")
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What is shown when the form comes back: nothing, for a passkey that was not taken is never sent twice."""
        return None


def _field() -> Credential:
    return Credential(required=True, widget=forms.HiddenInput)


class Add(AddPasskey):
    """A new passkey."""

    credential = _field()

    def clean(self) -> dict[str, Any]:
        """The form as the library checks it."""
        with careful():
            found: dict[str, Any] = super().clean()
        return found


class Authenticate(AuthenticateWebAuthnForm):
    """A passkey as second factor after a password."""

    credential = _field()

    def clean_credential(self) -> Authenticator:
        """The passkey that was shown."""
        with careful():
            return super().clean_credential()


class SignIn(LoginWebAuthnForm):
    """A passkey alone."""

    credential = _field()

    def clean_credential(self) -> Authenticator:
        """The passkey that was shown."""
        with careful():
            return super().clean_credential()


class Reauthenticate(ReauthenticateWebAuthnForm):
    """A passkey once more."""

    credential = _field()

    def clean_credential(self) -> Authenticator:
        """The passkey that was shown."""
        with careful():
            return super().clean_credential()
