"""The administrator's tables: Django's admin, entered and limited by postings."""

from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleCode
from directives.wording import EVENTS as OF_DOCUMENTS
from eduportal.base.tables import Table
from eduportal.pages.administration.wording import EVENTS as OF_ACCOUNTS
from eduportal.pages.administration.wording import OF_THE_TRAIL
from schools.models import Posting, Unit
from schools.queries.administering import (
    accounts_seen,
    oversees_installation,
    units_administered,
)
from schools.rules import may_administer
from schools.views.standards import EVENTS as OF_RECOGNITIONS

WORDS = {**dict(RoleCode.choices), **OF_DOCUMENTS, **OF_RECOGNITIONS, **OF_ACCOUNTS, **OF_THE_TRAIL}


class PortalAdminSite(AdminSite):
    """No sign-in of its own, no rights of its own: whoever acts as an administrator enters, others do not.

    A superuser, made by the shell, sets up an installation in which nobody is posted yet.
    """

    site_title = site_header = _("Administration")
    index_title = _("All tables")
    site_url = "/"
    enable_nav_sidebar = False
    index_template = "admin/tables.html"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """The tables of libraries (groups, mail addresses) are none of the administrator's."""
        if admin_class is not None and issubclass(admin_class, Table):
            super().register(model_or_iterable, admin_class, **options)

    def acting(self, request: Any) -> Any:
        """The posting through which the person administers, if there is one."""
        if may_administer(request.posting):
            return request.posting
        if request.user.is_active and request.user.is_superuser:
            return Posting(user=request.user, role=RoleCode.ADMIN)
        return None

    def has_permission(self, request: HttpRequest) -> bool:
        return self.acting(request) is not None

    def units(self, request: HttpRequest) -> QuerySet[Unit]:
        return units_administered(self.acting(request))

    def oversees(self, request: HttpRequest) -> bool:
        return oversees_installation(self.acting(request))

    def accounts(self, request: HttpRequest) -> QuerySet:
        return accounts_seen(self.acting(request))

    def in_words(self, code: str) -> str:
        """A role or an event of the trail as people call it; what has no words stays as it is stored."""
        return str(WORDS.get(code, code))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """403 at once to whoever has signed in and administers nothing; visitors are led to sign in."""
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        return inner

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The portal's own page, where wrong tries are counted; it leads on within the portal only."""
        wanted = urlencode({"next": request.GET.get("next") or resolve_url("admin:index")})
        return redirect(f"{resolve_url('account_login')}?{wanted}")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")
