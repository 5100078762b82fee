"""Number registers, for reading: a gap in one would have to be explained to an inspector."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from directives.models import NumberRegister
from eduportal.base.tables import Table


@admin.register(NumberRegister)
class NumberRegisterTable(Table):
    unit_path = "office"
    list_display = ("office_name", "kind", "year", "last_number")
    list_filter = ("year", "kind")
    search_fields = ("office__search_key", "office__code")
    search_help_text = _("Office")
    list_select_related = ("office",)

    @admin.display(description=_("office"), ordering="office__sort_key")
    def office_name(self, register: NumberRegister) -> str:
        return register.office.name
