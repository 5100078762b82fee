"""What is counted, and the indicators made of it. Looked after at the head of the installation."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from eduportal.base.ordering import rising
from eduportal.base.tables import PartsInline, Table
from eduportal.base.templatetags.eduportal import NO_VALUE, day
from eduportal.base.text import search_key
from targets.actions import (
    define_group,
    define_indicator,
    define_measure,
    edit_group,
    edit_indicator,
    edit_measure,
    edit_rule,
)
from targets.forms.administering import GroupForm, IndicatorForm, MeasureForm, QualityRuleForm
from targets.models import Indicator, IndicatorTerm, Measure, QualityRule, SchoolGroup


class CatalogueTable(Table):
    head_only = True
    may_write = True
    search_fields: ClassVar[Any] = ("code", "name_vi", "name_en")

    @admin.display(description=_("name"), ordering="position")
    def in_words(self, row: Any) -> str:
        """In the language of the page."""
        return row.name

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By words without diacritics. The catalogue is short: what it is searched by is made here."""
        words = search_key(search_term).split()
        found = [
            key
            for key, *texts in queryset.order_by().values_list("pk", *self.search_fields)
            if all(word in search_key(" ".join(texts)) for word in words)
        ]
        return queryset.filter(pk__in=found), False

    @admin.display(description=_("Last day"), ordering=rising("valid_to"))
    def last_day(self, row: Any) -> str:
        return day(row.valid_to - dt.timedelta(days=1)) if row.valid_to else NO_VALUE


@admin.register(Measure)
class MeasureTable(CatalogueTable):
    form = MeasureForm
    fields = (*MeasureForm.Meta.fields, "last_day", "version")
    list_display = ("code", "in_words", "level", "is_stock", "highest", "position", "last_day")
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
    """Those of the catalogue, and the installation's own, each with its formula over measures."""

    form = IndicatorForm
    fields = ("stem", "formula", *IndicatorForm.Meta.fields, "wordings", "last_day", "version")
    inlines = (TermsInline,)
    list_display = ("code", "in_words", "making", "source", "last_day")
    list_filter = ("level", "making")

    def write(self, request: HttpRequest, stored: Indicator | None, form: Any) -> Indicator:
        if stored is None:
            return define_indicator(by=self.acting(request), **form.entered())
        version = form.cleaned_data["version"] or 0
        return edit_indicator(indicator=stored, version=version, by=self.acting(request), **form.entered())


@admin.register(SchoolGroup)
class GroupTable(CatalogueTable):
    """Schools that a target may speak of alone; who belongs to a group follows from what is entered here."""

    form = GroupForm
    fields = (*GroupForm.Meta.fields, "wordings", "last_day", "version")
    list_display = ("code", "in_words", "standard_level", "is_public", "stem", "last_day")

    def write(self, request: HttpRequest, stored: SchoolGroup | None, form: Any) -> SchoolGroup:
        if stored is None:
            return define_group(by=self.acting(request), **form.entered())
        version = form.cleaned_data["version"] or 0
        return edit_group(group=stored, version=version, by=self.acting(request), **form.entered())


@admin.register(QualityRule)
class QualityRuleTable(CatalogueTable):
    """When figures are doubted: bounds and severity are data; what is looked at comes with the portal."""

    form = QualityRuleForm
    fields = (*QualityRuleForm.Meta.fields, "last_day", "version")
    list_display = ("code", "in_words", "looks_at", "level", "least", "most", "is_serious", "last_day")
    list_filter = ("is_serious",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def write(self, request: HttpRequest, stored: QualityRule, form: Any) -> QualityRule:
        version = form.cleaned_data["version"] or 0
        return edit_rule(rule=stored, version=version, by=self.acting(request), **form.entered())
