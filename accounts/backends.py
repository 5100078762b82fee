"""Whose password is asked for: found by any name that a person signs in with."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from accounts.queries import account_named


class AnyName(AuthenticationBackend):
    """Signs in by user name, telephone number or mail address. What finds nobody takes as long."""

    def account(self, name: str) -> User | None:
        return account_named(name)

    def _authenticate_by_username(self, username: str, password: str) -> User | None:
        return self._check_password(self.account(username), password)
