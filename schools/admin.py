"""Offices, schools, letterheads, postings, periods: checked as everywhere, written by actions."""

import datetime as dt
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from eduportal.base.ordering import rising
from eduportal.base.tables import PartsInline, Table
from eduportal.base.templatetags.eduportal import NO_VALUE, day
from schools.actions import end_posting, post, set_letterhead
from schools.actions.entering import enter_office, enter_school
from schools.actions.postings import remove_posting
from schools.actions.upkeep import remove_unit
from schools.forms import LetterheadForm, OfficeForm, SchoolForm
from schools.forms.postings import PostingForm
from schools.models import (
    Affiliation,
    Letterhead,
    Office,
    OfficeLink,
    Period,
    Posting,
    School,
    SchoolLevel,
    Succession,
)


class DatedColumns:
    """Days as everywhere in the portal, and the last day rather than the one after it."""

    @admin.display(description=_("From"), ordering="valid_from")
    def begins(self, row: Any) -> str:
        return day(row.valid_from)

    @admin.display(description=_("Last day"), ordering=rising("valid_to"))
    def ends(self, row: Any) -> str:
        return day(row.valid_to - dt.timedelta(days=1)) if row.valid_to else NO_VALUE


class DatedTable(DatedColumns, Table):
    """Rows that hold for a time."""


class DatedInline(DatedColumns, PartsInline):
    """What was so, from when to when."""

    readonly_fields = ("begins", "ends")


class LevelsInline(DatedInline):
    model = SchoolLevel
    fields = ("level", "begins", "ends")


class AffiliationsInline(DatedInline):
    model = Affiliation
    fields = ("office", "kind", "begins", "ends")


class LinksInline(DatedInline):
    model = OfficeLink
    fk_name = "child"
    fields = ("parent", "kind", "begins", "ends")


class LetterheadsInline(DatedInline):
    model = Letterhead
    fields = ("superior", "issuer", "symbol", "begins", "ends")


class UnitTable(DatedTable):
    unit_path = "pk"
    may_write = may_remove = True
    list_display = ("name", "code", "short_name", "phone", "begins", "ends")
    search_fields = ("search_key", "code")
    search_help_text = _("Name or code")
    ordering = ("sort_key", "pk")

    def remove(self, request: HttpRequest, stored: Any) -> None:
        remove_unit(unit=stored, by=self.acting(request))


@admin.register(School)
class SchoolTable(UnitTable):
    form = SchoolForm
    fields = (*SchoolForm.field_order, "version")
    inlines = (LevelsInline, AffiliationsInline)
    list_filter = ("levels__level", "is_public")

    def write(self, request: HttpRequest, stored: School | None, form: Any) -> School:
        return enter_school(school=stored, entry=form.entry(), by=self.acting(request))


@admin.register(Office)
class OfficeTable(UnitTable):
    form = OfficeForm
    fields = (*OfficeForm.field_order, "version")
    inlines = (LinksInline, LetterheadsInline)
    list_filter = ("kind",)

    def write(self, request: HttpRequest, stored: Office | None, form: Any) -> Office:
        return enter_office(office=stored, entry=form.entry(), by=self.acting(request))


@admin.register(Succession)
class SuccessionTable(DatedTable):
    """Schools and offices that closed or will, and who carries on. Entered on the page of the unit."""

    unit_path = "pk"
    list_display = ("name", "code", "kind", "ends", "successor", "successor_code")
    list_display_links = None
    list_filter = ("kind", ("successor", admin.EmptyFieldListFilter))
    list_select_related = ("successor",)
    search_fields = ("search_key", "code", "successor__search_key", "successor__code")
    search_help_text = _("Name or code of either")
    ordering = ("-valid_to", "sort_key")

    @admin.display(description=_("code of the successor"), ordering="successor__code")
    def successor_code(self, unit: Succession) -> str:
        return unit.successor.code if unit.successor else NO_VALUE


@admin.register(Letterhead)
class LetterheadTable(DatedTable):
    """A new one ends the one before; what a document once bore stays as it was."""

    unit_path = "office"
    may_write = True
    form = LetterheadForm
    fields = ("office", "valid_from", "superior", "issuer", "symbol", "place", "head_title")
    list_display = ("office", "issuer", "symbol", "place", "begins", "ends")
    search_fields = ("office__search_key", "office__code")
    search_help_text = _("Office")
    list_select_related = ("office",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def write(self, request: HttpRequest, stored: None, form: Any) -> Letterhead:
        return set_letterhead(**form.cleaned_data, by=self.acting(request))


@admin.register(Posting)
class PostingTable(DatedTable):
    """Begun postings are ended, not changed; those that have not begun may be taken back."""

    unit_path = "unit"
    may_write = may_remove = True
    form = PostingForm
    fields = ("user", "unit", "role", "first_day", "last_day")
    list_display = ("user", "role", "unit", "begins", "ends")
    list_filter = ("role", "is_acting")
    list_select_related = ("user", "unit")
    search_fields = ("user__search_key", "unit__search_key", "unit__code")
    search_help_text = _("Name, sign-in name or unit")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        widget = AutocompleteSelect(Posting._meta.get_field("user"), self.admin_site)
        if "user" in form.base_fields:
            form.base_fields["user"].widget = widget
        return form

    def write(self, request: HttpRequest, stored: Posting | None, form: Any) -> Posting:
        data, by = form.cleaned_data, self.acting(request)
        if stored is None:
            days = {"valid_from": data["first_day"], "valid_to": form.ends}
            return post(user=data["user"], unit=data["unit"], role=data["role"], by=by, **days)
        if data["last_day"] and data["last_day"] != stored.last_day:
            end_posting(posting=stored, last_day=data["last_day"], by=by)
        return stored

    def remove(self, request: HttpRequest, stored: Posting) -> None:
        remove_posting(posting=stored, by=self.acting(request))


@admin.register(Period)
class PeriodTable(Table):
    list_display = ("__str__", "kind", "first_day", "last_day")
    list_filter = ("kind", "year")

    @admin.display(description=_("first day"), ordering="data_from")
    def first_day(self, period: Period) -> str:
        return day(period.data_from)

    @admin.display(description=_("last day"), ordering="data_to")
    def last_day(self, period: Period) -> str:
        return day(period.data_to)
