"""How django-allauth behaves here: accounts are opened by an administrator, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Your administrator can open it again."),
        "enter_current_password": _("Your current password is not right."),
        "incorrect_password": _("The password is not right."),
        "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
        "rate_limited": _("Too many tries. Wait a few minutes, then try again."),
        "too_many_login_attempts": _(
            "Too many tries with a wrong password. Wait five minutes, then try again, "
            "or ask your administrator for a new password."
        ),
        "unknown_email": _("No account has this address."),
        "username_password_mismatch": _(
            "User name or password is not right. Check both; capitals and the Vietnamese keyboard matter."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
