"""How django-allauth behaves here: accounts are opened by an administrator, never by signing up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth import load_backend
from django.http import HttpRequest

from accounts.actions import choose_password


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Any, password: str) -> None:
        choose_password(user=user, password=password)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong tries count against the account, by whichever of its names they were made."""
        name = credentials.get("username") or credentials.get("email") or ""
        backend: Any = load_backend(settings.AUTHENTICATION_BACKENDS[0])
        user = backend.account(name)
        counted = {"username": f"account {user.pk}"} if user else {"username": name}
        return super()._get_login_attempts_cache_key(request, **counted)
