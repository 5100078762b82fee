"""What is counted, and the indicators made of it. Looked after at the head of the installation."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from eduportal.base.tables import PartsInline, Table
from eduportal.base.templatetags.eduportal import NO_VALUE, day
from targets.actions import define_measure, edit_indicator, edit_measure
from targets.forms.administering import IndicatorForm, MeasureForm
from targets.models import Indicator, IndicatorTerm, Measure


class CatalogueTable(Table):
    head_only = True
    may_write = True
    search_fields = ("code", "name_vi", "name_en")

    @admin.display(description=_("Last day"), ordering="valid_to")
    def last_day(self, row: Any) -> str:
        return day(row.valid_to - dt.timedelta(days=1)) if row.valid_to else NO_VALUE


@admin.register(Measure)
class MeasureTable(CatalogueTable):
    form = MeasureForm
    fields = (*MeasureForm.Meta.fields, "last_day", "version")
    list_display = ("code", "name_vi", "level", "is_stock", "highest", "position", "last_day")
    list_filter = ("level",)

    def write(self, request: HttpRequest, stored: Measure | None, form: Any) -> Measure:
        by = self.acting(request)
        if stored is None:
            return define_measure(by=by, **form.entered())
        version = form.cleaned_data["version"] or 0
        return edit_measure(measure=stored, version=version, by=by, **form.entered())


class TermsInline(PartsInline):
    """How an indicator is counted."""

    model = IndicatorTerm
    fields = ("side", "measure", "beside")


@admin.register(Indicator)
class IndicatorTable(CatalogueTable):
    """Those of the catalogue: their words, source and end. How each is counted comes with the portal."""

    form = IndicatorForm
    fields = (*IndicatorForm.Meta.fields, "wordings", "last_day", "version")
    inlines = (TermsInline,)
    list_display = ("code", "name_vi", "making", "source", "last_day")
    list_filter = ("level", "making")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def write(self, request: HttpRequest, stored: Indicator, form: Any) -> Indicator:
        version = form.cleaned_data["version"] or 0
        return edit_indicator(indicator=stored, version=version, by=self.acting(request), **form.entered())
