"""Timeliness and completeness over a year of months: a page, and the same as a workbook."""

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from eduportal.base.downloads import as_download
from eduportal.base.sheets import CONTENT_TYPES, write_csv, write_xlsx
from reports import queries
from reports.forms.punctuality import PunctualityForm
from reports.models import MonthlyReport
from reports.models.monthly import MonthlyReportQuerySet
from reports.punctuality import Kept, MonthKept, Tally
from reports.queries.figures import code_of, month_of
from reports.queries.punctuality import (
    REPORTS,
    OfficeKept,
    UnitKept,
    clusters_of,
    kept_by_office,
    months_up_to,
    part_of,
)
from reports.views.missing import offices_accepting
from schools.middleware import ActingRequest
from schools.models import Period

PAGE_SIZE = 100
# The state of the leader's grid whose colour and sign a kept month is drawn with.
DRAWN = {
    Kept.IN_TIME: ("all_in_time", "done_on_time"),
    Kept.LATE: ("all_in", "done_late"),
    Kept.MISSING: ("overdue", "overdue"),
    Kept.WAITING: ("waiting", "running"),
    Kept.EXCUSED: ("none", ""),
}


@dataclass(frozen=True)
class Chosen:
    form: PunctualityForm
    periods: list[Period]
    offices: list[OfficeKept]

    @property
    def content(self) -> str:
        return self.form.cleaned_data["content"]

    @property
    def tally(self) -> Tally:
        return sum((one.tally for one in self.offices), Tally())


def chosen(request: ActingRequest, today: dt.date) -> Chosen:
    """What this person asks for, of what they see; there is none for people of schools."""
    posting = request.posting
    if posting is None or posting.unit.is_school:
        raise Http404
    beneath: MonthlyReportQuerySet = MonthlyReport.objects.visible_to(request.user).beneath(
        posting.acting_unit
    )
    opened = list(queries.months_of(beneath))
    form = PunctualityForm(
        request.GET, periods=opened, offices=offices_accepting(beneath), clusters=clusters_of(beneath)
    )
    if not form.is_valid():
        raise Http404
    last, office = form.chosen, form.cleaned_data["office"]
    periods = months_up_to(opened, last) if last else []
    part = beneath.filter(office=office.pk) if office else beneath
    on = last.data_to if last else today
    asked = {name: form.cleaned_data[name] for name in ("level", "cluster")}
    rows = part_of(part, on=on, **asked)
    found = kept_by_office(rows, periods, content=form.cleaned_data["content"], today=today)
    return Chosen(form, periods, found)


@require_safe
def timeliness(request: ActingRequest) -> HttpResponse:
    """Units by office, a column a month, with what they add up to."""
    today = timezone.localdate()
    asked = chosen(request, today)
    listed = [(office, unit) for office in asked.offices for unit in office.units]
    page = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": asked.form,
        "months": [month_of(one).short for one in asked.periods],
        "rows": [shown_row(office, unit, asked.content) for office, unit in page],
        "page": page,
        "total": len(listed),
        "tally": asked.tally,
        "content": asked.content,
        "today": today,
    }
    return render(request, "reports/timeliness.html", context)


@dataclass(frozen=True)
class ShownMonth:
    state: str
    sign: str
    text: str
    words: str


@dataclass(frozen=True)
class ShownUnit:
    """A row of the page; `office` groups them."""

    office: OfficeKept
    name: str
    months: list[ShownMonth]
    tally: Tally


def shown_row(office: OfficeKept, unit: UnitKept, content: str) -> ShownUnit:
    return ShownUnit(office, unit.name, [shown(one, content) for one in unit.months], unit.tally)


def shown(month: MonthKept | None, content: str) -> ShownMonth:
    if month is None:
        return ShownMonth("none", "", "", _("not expected"))
    state, sign = DRAWN[month.kept]
    return ShownMonth(state, sign, short_of(month, content), words_of(month))


def short_of(month: MonthKept, content: str) -> str:
    """In a cell: days late, or how much of the content."""
    if content != REPORTS and month.asked:
        return f"{month.given}/{month.asked}"
    return f"+{month.days}" if month.days else ""


def words_of(month: MonthKept) -> str:
    words = {
        Kept.IN_TIME: _("in time"),
        Kept.LATE: _("%(days)s days late"),
        Kept.MISSING: _("not in, %(days)s days overdue"),
        Kept.WAITING: _("not due yet"),
        Kept.EXCUSED: _("excused"),
    }
    return words[month.kept] % {"days": month.days}


# --- as a file ----------------------------------------------------------------------------------------------


@require_safe
def timeliness_file(request: ActingRequest, kind: str) -> HttpResponse:
    """All that the page lists, a row a unit, in words."""
    if kind not in CONTENT_TYPES:
        raise Http404
    asked = chosen(request, timezone.localdate())
    if not asked.periods:
        raise Http404
    months = [month_of(one).short for one in asked.periods]
    headings = [_("Accepting office"), _("Unit"), *months, _("Expected"), _("Received"), _("In time")]
    headings += [_("Complete, per cent"), _("In time, per cent"), _("Days late"), _("Content, per cent")]
    table = [line_of(office, unit, asked.content) for office in asked.offices for unit in office.units]
    name = f"ky-luat-bao-cao-{code_of(asked.periods[-1])}.{kind}"
    content = (
        write_csv(headings, table) if kind == "csv" else write_xlsx(str(_("Timeliness")), headings, table)
    )
    return as_download(content, name, CONTENT_TYPES[kind])


def line_of(office: OfficeKept, unit: UnitKept, content: str) -> list[str]:
    tally = unit.tally
    cells = [
        " ".join(part for part in (words_of(one), short_of(one, content) if content else "") if part)
        if one
        else ""
        for one in unit.months
    ]
    shares = [tally.completeness, tally.timeliness]
    return [
        office.name,
        unit.name,
        *cells,
        str(tally.expected),
        str(tally.received),
        str(tally.in_time),
        *("" if one is None else str(one) for one in shares),
        str(tally.days_late),
        "" if tally.content is None else str(tally.content),
    ]
