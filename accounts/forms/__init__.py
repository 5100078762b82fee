"""Signing in, and the fields of an account: the same on screen and in a spreadsheet."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from accounts.contacts import phone_key
from accounts.models import User
from accounts.queries import account_reached_at, names_in_use
from eduportal.base.text import nfc

NAME_IN_USE = {
    "username": _("Another account signs in with this user name. Choose another."),
    "phone": _("Another account signs in with this phone number."),
    "email": _("Another account signs in with this mail address."),
}


class SignInForm(LoginForm):
    """One field for all names: nobody should have to remember which of them the administrator entered."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Username")
        self.fields["login"].help_text = _("Or your school's code, your phone number or your mail address.")


class ResetForm(ResetPasswordForm):
    """A forgotten password: the letter goes to the address that the administrator keeps, and to no other."""

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        user = account_reached_at(email)
        self.users = [user] if user else []
        return email


class AccountFields(forms.Form):
    """How a person is called and reached. `account` is the one edited; a new one has none."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Letters, digits and . - _ @, without spaces."),
    )
    full_name = forms.CharField(label=_("Full name"), max_length=150)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    email = forms.EmailField(label=_("Mail address"), required=False)

    account: User | None = None

    def clean_full_name(self) -> str:
        return " ".join(nfc(self.cleaned_data["full_name"]).split())

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if phone and not phone_key(phone):
            raise forms.ValidationError(
                _("“%(text)s” is no phone number. Ten digits, for example 0912 345 678."),
                params={"text": phone},
            )
        return phone

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "username" in data:
            used = names_in_use(
                data["username"], data.get("phone", ""), data.get("email", ""), but=self.account
            )
            for field in used:
                self.add_error(field, NAME_IN_USE[field])
        return data
