# SPDX-License-Identifier: Apache-2.0
"""The forms of accounts, in plain words; names that people could give to their devices are a closed list."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, SetPasswordForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy

from evenhand.web.accounts.models import Account, login_index

LONGEST = 254
LONGEST_PASSWORD = 1024
DEVICES = (
    ("phone", gettext_lazy("A phone or tablet")),
    ("computer", gettext_lazy("A computer")),
    ("key", gettext_lazy("A security key")),
)
PASSWORD_HINT = gettext_lazy("At least 12 characters. Several words that only you would put together are best.")
NEW = {"autocomplete": "new-password", "maxlength": LONGEST_PASSWORD}


class SignIn(LoginForm):
    """Login and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=gettext_lazy("Login name or e-mail address"),
            max_length=LONGEST,
            widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
            error_messages={"required": gettext_lazy("Type your login name or e-mail address.")},
        )
        self.fields["password"] = forms.CharField(
            label=gettext_lazy("Password"),
            strip=False,
            max_length=LONGEST_PASSWORD,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            error_messages={"required": gettext_lazy("Type your password.")},
        )
        self.order_fields(["login", "password"])


def _dress(form: forms.Form) -> None:
    for name, label in (
        ("oldpassword", gettext_lazy("Your password now")),
        ("password1", gettext_lazy("New password")),
        ("password2", gettext_lazy("The new password once more")),
    ):
        if name in form.fields:
            field = form.fields[name]
            field.label, field.help_text = label, PASSWORD_HINT if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["maxlength"] = LONGEST_PASSWORD


class ChangePassword(ChangePasswordForm):
    """A new password in place of the one known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)


class SetPassword(SetPasswordForm):
    """A first password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dress(self)


class FirstSignIn(forms.Form):
    """After an invitation: by what one will sign in from now on."""

    login = forms.CharField(
        label=gettext_lazy("Login name or e-mail address"),
        max_length=LONGEST,
        help_text=gettext_lazy("By this you sign in. It is kept so that it can be compared, but not read."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password1 = forms.CharField(
        label=gettext_lazy("New password"), strip=False, help_text=PASSWORD_HINT, widget=forms.PasswordInput(attrs=NEW)
    )
    password2 = forms.CharField(
        label=gettext_lazy("The new password once more"), strip=False, widget=forms.PasswordInput(attrs=NEW)
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_login(self) -> str:
        """A login that nobody else has."""
        login: str = self.cleaned_data["login"].strip()
        if Account.objects.filter(login=login_index(login)).exclude(pk=self.account.pk).exists():
            raise forms.ValidationError(gettext_lazy("This login cannot be taken. Choose another."))
        return login

    def clean_password1(self) -> str:
        """A password that is long enough and not one of the common ones."""
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        """Twice the same."""
        found = super().clean() or self.cleaned_data
        if found.get("password1") and found.get("password1") != found.get("password2"):
            self.add_error("password2", gettext_lazy("Type the same password twice."))
        return found


class ReceiptCode(forms.Form):
    """The words of a receipt code."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        max_length=LONGEST,
        help_text=gettext_lazy("Seven words, in their order. Capitals, commas and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type the seven words of your code.")},
    )


class AddPasskey(AddWebAuthnForm):
    """A new passkey, on a device of some kind."""

    name = forms.ChoiceField(
        label=gettext_lazy("Where is this passkey kept?"), choices=DEVICES, required=False, widget=forms.RadioSelect
    )
    passwordless = forms.BooleanField(
        label=gettext_lazy("Sign in with this passkey alone, without a password"), required=False, initial=True
    )


class EditPasskey(EditWebAuthnForm):
    """Another kind of device for a passkey."""

    name = forms.ChoiceField(
        label=gettext_lazy("Where is this passkey kept?"), choices=DEVICES, widget=forms.RadioSelect
    )
