"""What is counted. Looked after at the head of the installation."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from eduportal.base.tables import Table
from targets.actions import define_measure, edit_measure
from targets.forms.administering import MeasureForm
from targets.models import Measure


@admin.register(Measure)
class MeasureTable(Table):
    head_only = True
    may_write = True
    form = MeasureForm
    fields = MeasureForm.Meta.fields
    list_display = ("code", "name_vi", "level", "is_stock", "highest", "position")
    list_filter = ("level",)
    search_fields = ("code", "name_vi", "name_en")

    def write(self, request: HttpRequest, stored: Measure | None, form: Any) -> Measure:
        by = self.acting(request)
        if stored is None:
            return define_measure(by=by, **form.cleaned_data)
        return edit_measure(measure=stored, by=by, **form.editable())
