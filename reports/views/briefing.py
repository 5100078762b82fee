"""Pages of the briefing: the list, the text as it will be read, a section, the schools behind one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from eduportal.base.errors import EditConflict, Refused
from eduportal.base.text import nfc
from reports import rules
from reports.actions.briefing import edit_section, reset_section
from reports.figures import BriefingFigures, Figure, LevelFigures, Rate, from_json
from reports.forms.briefing import BuildForm, ResetForm, SectionForm
from reports.jobs import ask_for_briefing
from reports.labels import LABELS, figure_label, in_its_level
from reports.models import Briefing, BriefingSection
from reports.models.briefing import pieces_by_line
from reports.queries.briefing import month_to_build, opened_months, sees_whole
from reports.queries.corrected import corrected_since, summed
from reports.queries.figures import (
    code_of,
    month_of,
    period_by_name,
    reports_within,
    rows_behind,
    schools_in_sight,
)
from reports.queries.plan import buildable
from reports.wording import briefing_title, english
from schools.middleware import ActingRequest
from schools.models import Period, Unit
from schools.queries.tree import schools_beneath
from targets.arithmetic import plain

PAGE_SIZE = 20
SCHOOLS = 100


# --- the list -----------------------------------------------------------------------------------------------


@require_safe
def briefings(request: ActingRequest) -> HttpResponse:
    """The briefings of offices in sight, newest month first; staff may have one built."""
    visible = Briefing.objects.visible_to(request.user).select_related("office", "period", "meeting__notice")
    page = Paginator(visible.order_by("-period__data_from", "office__sort_key"), PAGE_SIZE)
    context = {"page_obj": page.get_page(request.GET.get("page")), "form": build_form(request)}
    return render(request, "reports/briefings.html", context)


def build_form(request: ActingRequest, data: Any = None) -> BuildForm | None:
    """The periods that this person may have a briefing built of; None for those who may not."""
    posting = request.posting
    if posting is None or not rules.may_hold_briefings(posting, posting.acting_unit):
        return None
    if not sees_whole(posting):
        return None
    office, today = posting.acting_unit, timezone.localdate()
    proposed = month_to_build(office, today)
    initial = {"period": code_of(proposed)} if proposed else {}
    return BuildForm(data, periods=buildable(office, today), initial=initial)


@require_POST
def build(request: ActingRequest) -> HttpResponse:
    """Have a briefing built, or built anew, and follow the work."""
    form = build_form(request, request.POST)
    if form is None:
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, gettext("Choose a period that is open and not concluded. Nothing was built."))
        return redirect("reports:briefings")
    posting = request.posting
    job = ask_for_briefing(posting.acting_unit, form.chosen, posting)
    return redirect("job", pk=job.pk)


# --- one briefing -------------------------------------------------------------------------------------------


def get_briefing(request: ActingRequest, pk: int) -> Briefing:
    """A briefing that this person may see; to all others there is none."""
    rows = Briefing.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("office", "period", "built_by", "meeting__notice"), pk=pk)


@require_safe
def briefing(request: ActingRequest, pk: int) -> HttpResponse:
    """The text as it will be read; with `?words=en` what the portal wrote of it in English."""
    row = get_briefing(request, pk)
    figures = from_json(row.figures)
    in_english = english.sections(figures) if request.GET.get("words") == "en" else {}
    levels = {f"level.{level.level}": level for level in figures.levels}
    parts = [
        ShownPart(section, *words_of(section, row, in_english), lines)
        for section in row.sections.select_related("edited_by")
        for lines in [figure_lines(levels[section.key]) if section.key in levels else []]
    ]
    shown = {"parts": parts, "in_english": bool(in_english)}
    return render(request, "reports/briefing.html", page_of(request, row, figures) | shown)


Words = list[list[tuple[str, str]]]
"""Paragraphs in pieces: the text, and where a number leads to what it counts."""


@dataclass(frozen=True)
class ShownPart:
    """A section as the page shows it, with the figures beside it."""

    section: BriefingSection
    title: str
    words: Words
    lines: list["FigureLine"]

    @property
    def compared(self) -> list["FigureLine"]:
        """Those whose change is of some schools only."""
        return [line for line in self.lines if line.schools_compared]


def words_of(
    section: BriefingSection, row: Briefing, in_english: Mapping[str, english.Section]
) -> tuple[str, Words]:
    """Title and paragraphs of a section. What has no English words stays as it is."""
    title, lines = section.title, section.lines
    if section.key in in_english:
        title, text, links = in_english[section.key]
        lines = [
            pieces for _, pieces in pieces_by_line(text, [(one.start, one.end, one.code) for one in links])
        ]
    return title, [[(text, address_of(code, row)) for text, code in line] for line in lines]


def address_of(code: str, row: Briefing) -> str:
    """Where the rows behind a number of a briefing are; empty for what is no number of a figure."""
    kind, _, what = code.partition(":")
    if kind == "figure":
        return reverse("reports:figure", args=[row.pk, what])
    if kind in ("document", "target"):
        return reverse("directives:detail" if kind == "document" else "targets:target", args=[what])
    lists = {
        "tasks": ("directives:assignments", {"standing": what, "year": "all"}),
        "reports": ("reports:months", {"period": code_of(row.period), "state": LISTED.get(what, "")}),
        "standards": ("schools:standards", {}),
    }
    if kind not in lists:
        return ""
    name, asked = lists[kind]
    given = urlencode({key: value for key, value in asked.items() if value})
    return f"{reverse(name)}?{given}" if given else reverse(name)


LISTED = {"missing": "missing"}


@dataclass(frozen=True)
class FigureLine:
    """A row of the table under a level. The change of a rate is in percentage points."""

    code: str
    label: Any
    value: Decimal | None
    previous: Decimal | None
    change: Decimal | None
    is_rate: bool
    schools_compared: int = 0
    year_ago: Decimal | None = None


def figure_lines(level: LevelFigures) -> list[FigureLine]:
    rate = level.attendance
    lines = [
        FigureLine(
            one.code,
            figure_label(level.level, one.stem),
            one.value,
            one.previous,
            one.change,
            is_rate=False,
            schools_compared=0 if one.compares_all else one.paired_units,
            year_ago=one.year_ago,
        )
        for one in level.figures
    ]
    points = None if rate.change is None else plain(rate.change * 100)
    attendance = FigureLine(
        rate.code,
        LABELS["attendance_rate"],
        rate.value,
        rate.previous,
        points,
        is_rate=True,
        year_ago=rate.year_ago,
    )
    return [*lines[:2], attendance, *lines[2:]]


def page_of(request: ActingRequest, row: Briefing, figures: BriefingFigures) -> dict[str, Any]:
    corrected = corrected_since(row)
    return {
        "briefing": row,
        "figures": figures,
        "heads": heads_of(figures),
        "has_year_ago": any(one.pupils.year_ago is not None for one in figures.levels),
        "title": briefing_title(figures.period),
        "code": code_of(row.period),
        "meeting": getattr(row, "meeting", None),
        "may_edit": rules.may_edit_briefing(request.posting, row),
        "newer": newer_reports(row),
        "corrected": corrected,
        "corrected_by": [(in_its_level(measure), by) for measure, by in summed(corrected)],
    }


def heads_of(figures: BriefingFigures) -> tuple[str, str]:
    """The months of the figures and of those beside them, as columns call them: 11/2026."""
    level = next(iter(figures.levels), None)
    now = (level.counted_in if level else None) or figures.period
    before = (level.compared_with if level else None) or now.before
    return f"{now.ordinal:02d}/{now.year}", f"{before.ordinal:02d}/{before.year}"


def newer_reports(row: Briefing) -> int:
    """Reports that came in, were accepted or returned since it was built; of a concluded one, none count."""
    if row.is_concluded:
        return 0
    since = Q(sent_at__gt=row.built_at) | Q(reviewed_at__gt=row.built_at)
    return reports_within(row.office, row.period).filter(since).count()


def edited_briefing(request: ActingRequest, pk: int) -> Briefing:
    """A briefing that this person may edit."""
    row = get_briefing(request, pk)
    if not rules.may_edit_briefing(request.posting, row):
        raise PermissionDenied
    return row


def find_section(briefing: Briefing, pk: int) -> BriefingSection | None:
    """A section of a briefing, if it is still there: building anew takes away what no longer comes up."""
    found = briefing.sections.select_related("edited_by").filter(pk=pk).first()
    if found:
        found.briefing = briefing
    return found


def section(request: ActingRequest, pk: int, section_pk: int) -> HttpResponse:
    briefing = edited_briefing(request, pk)
    row = find_section(briefing, section_pk)
    if row is None:
        return gone(request, briefing)
    form = SectionForm(request.POST or None, initial={"version": row.version, "text": row.text})
    if request.method == "POST" and form.is_valid():
        try:
            edit_section(
                section=row,
                version=form.cleaned_data["version"],
                text=form.cleaned_data["text"],
                by=request.posting,
                now=timezone.now(),
            )
        except EditConflict as conflict:
            conflict.current.briefing = briefing
            return overtaken(request, conflict.current, form.cleaned_data["text"])
        except Refused:
            return gone(request, briefing)
        messages.success(request, gettext("Saved: %(section)s.") % {"section": row.title})
        return redirect(f"{row.briefing.get_absolute_url()}#{row.key}")
    status = 422 if form.is_bound else 200
    return render(request, "reports/briefing_section.html", {"section": row, "form": form}, status=status)


def overtaken(request: ActingRequest, current: BriefingSection, typed: str) -> HttpResponse:
    """Somebody was quicker, or the briefing was built anew: both texts, and the typed one still in the
    form."""
    form = SectionForm(initial={"version": current.version, "text": typed})
    rows = [{"label": current.title, "stored": current.text, "yours": typed}]
    context = {"section": current, "form": form, "conflicts": rows, "stored_by": current.edited_by}
    return render(request, "reports/briefing_section.html", context, status=409)


def gone(request: ActingRequest, briefing: Briefing) -> HttpResponse:
    """The section went when the briefing was built anew. What was typed is shown, to be taken elsewhere."""
    if request.method != "POST":
        raise Http404
    context = {"briefing": briefing, "typed": nfc(request.POST.get("text", ""))}
    return render(request, "reports/briefing_section_gone.html", context, status=409)


@require_POST
def reset(request: ActingRequest, pk: int, section_pk: int) -> HttpResponse:
    """Take the built text again."""
    briefing = edited_briefing(request, pk)
    row = find_section(briefing, section_pk)
    if row is None:
        return gone(request, briefing)
    form = ResetForm(request.POST)
    try:
        if not form.is_valid():
            raise EditConflict(row)
        reset_section(section=row, version=form.cleaned_data["version"], by=request.posting)
    except EditConflict:
        messages.error(
            request,
            gettext("Not taken back: the section was saved by somebody else since. Look at it and decide."),
        )
    except Refused:
        return gone(request, briefing)
    else:
        messages.success(
            request, gettext("The built text stands again: %(section)s.") % {"section": row.title}
        )
    return redirect(f"{row.briefing.get_absolute_url()}#{row.key}")


# --- the schools behind a number ----------------------------------------------------------------------------


@require_safe
def figure(request: ActingRequest, pk: int, code: str) -> HttpResponse:
    """The schools behind a number of a briefing, and whether they still add up to what was frozen."""
    row = get_briefing(request, pk)
    figures = from_json(row.figures)
    frozen: dict[str, Figure | Rate] = {
        **figures.figures_by_code,
        **{one.attendance.code: one.attendance for one in figures.levels},
    }
    if code not in frozen:
        raise Http404
    counted_in = next((one.counted_in for one in figures.levels if one.counted_in), None)
    period = (period_by_name(counted_in) if counted_in else None) or row.period
    context = drill(request, row.office, period, code)
    has_changed = not context["hidden"] and context["behind"].total != frozen[code].value
    context |= {"briefing": row, "frozen": frozen[code], "has_changed": has_changed}
    return render(request, "reports/figure.html", context)


@require_safe
def live_figure(request: ActingRequest, code: str) -> HttpResponse:
    """The schools behind a number as it stands now, for the acting office."""
    posting = request.posting
    if posting is None or posting.unit.is_school:
        raise Http404
    periods = {code_of(period): period for period in opened_months(posting.acting_unit)}
    period = periods.get(request.GET.get("period", next(iter(periods), "")))
    if period is None:
        raise Http404
    return render(request, "reports/figure.html", drill(request, posting.acting_unit, period, code))


def drill(request: ActingRequest, office: Unit, period: Period, code: str) -> dict[str, Any]:
    """What the page of a number shows. Schools out of sight are left out, and counted."""
    schools = schools_beneath(office, period.data_to)
    seen = schools_in_sight(request.user, office, period.data_to)
    behind = rows_behind(code, seen, period)
    if behind is None:
        raise Http404
    page = Paginator(behind.schools, SCHOOLS).get_page(request.GET.get("page"))
    return {
        "behind": behind,
        "page_obj": page,
        "rows": [behind.of(school) for school in page],
        "hidden": schools.count() - seen.count(),
        "office": office,
        "period": period,
        "month": month_of(period),
        "before": month_of(period).before,
    }
