"""Number registers, for reading: a gap in one would have to be explained to an inspector."""

from django.contrib import admin

from directives.models import NumberRegister
from eduportal.base.tables import Table


@admin.register(NumberRegister)
class NumberRegisterTable(Table):
    unit_path = "office"
    list_display = ("office", "kind", "year", "last_number")
    list_filter = ("year", "kind")
    list_select_related = ("office",)
