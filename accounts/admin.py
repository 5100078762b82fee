"""Accounts as a table; they are opened and corrected on the portal's own pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from eduportal.base.tables import Table


@admin.register(User)
class UserTable(Table):
    may_write = True
    list_display = ("full_name", "username", "phone", "email", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("search_key", "phone_key", "email_key")
    search_help_text = _("Name, sign-in name, phone or mail")
    ordering = ("search_key", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(pk__in=self.admin_site.accounts(request).values("pk"))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return redirect("administration:person_new")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return redirect("administration:person", self.get_object(request, object_id).pk)
