"""The board of targets, and the page of one."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directives.models import Directive
from schools.middleware import ActingRequest
from schools.models import Level, Period, Unit
from targets import rules
from targets.forms import RemoveForm, code_of
from targets.models import Target
from targets.queries.board import (
    Board,
    BoardRow,
    board,
    periods_with_targets,
    rows_of,
    units_with_targets,
    usual_period,
)
from targets.queries.breakdown import Breakdown, breakdown
from targets.queries.values import span_of
from targets.standing import TargetStanding
from targets.views.access import visible_target
from targets.wording import STANDINGS, amount, coverage, gap_words, reason, wanted_words

PAGE = 50
MOST_NAMED = 12


@dataclass(frozen=True)
class ShownRow:
    """A row of the board in words."""

    row: BoardRow
    wanted: str
    value: str
    gap: str
    reason: str
    coverage: str


@require_safe
def targets(request: ActingRequest) -> HttpResponse:
    """The board of a unit and a period: one's own, unless another is chosen."""
    today, posting = timezone.localdate(), request.posting
    if posting is None:
        return redirect("home")  # which says what to do without a posting
    periods = list(periods_with_targets(request.user))
    period = chosen_period(request, periods) or usual_period(request.user, today)
    context: dict[str, Any] = {
        "periods": [(code_of(one), one) for one in periods],
        "may_set": rules.may_set(posting),
        "own": posting.acting_unit,
        "unit": posting.acting_unit,
        "period": period,
        "today": today,
    }
    if period is None:
        return render(request, "targets/board.html", context)
    units = units_with_targets(request.user, period, posting.acting_unit)
    unit = chosen_unit(request, units) or posting.acting_unit
    shown = board(unit=unit, period=period, today=today, user=request.user)
    rows, chips = filtered(request, shown)
    context |= {
        "unit": unit,
        "units": units,
        "code": code_of(period),
        "rows": [shown_row(row) for row in rows],
        "counts": [(code, word, shown.counts[code]) for code, word in STANDINGS.items()],
        "total": len(shown.rows),
        "chips": chips,
        "standing": request.GET.get("standing", ""),
        "levels": [(code, label) for code, label in Level.choices],
        "level": request.GET.get("level", ""),
        "ended": period.data_to < today,
    }
    return render(request, "targets/board.html", context)


def chosen_period(request: ActingRequest, periods: list[Period]) -> Period | None:
    wanted = request.GET.get("period", "")
    return next((one for one in periods if code_of(one) == wanted), None)


def chosen_unit(request: ActingRequest, units: Any) -> Unit | None:
    """A unit whose board this person may open; any other does not exist for them."""
    wanted = request.GET.get("unit", "")
    if not wanted:
        return None
    return get_object_or_404(units, pk=wanted if wanted.isdecimal() else 0)


def filtered(request: ActingRequest, shown: Board) -> tuple[list[BoardRow], list[tuple[str, str]]]:
    """The rows that the filters leave, and the filters in words."""
    rows, chips = shown.rows, []
    standing, level = request.GET.get("standing", ""), request.GET.get("level", "")
    if standing in set(TargetStanding):
        rows = [row for row in rows if row.standing == standing]
        chips.append(("standing", str(STANDINGS[TargetStanding(standing)])))
    if level in Level.values:
        rows = [row for row in rows if row.target.indicator.level == level]
        chips.append(("level", str(Level(level).label)))
    return rows, chips


def shown_row(row: BoardRow) -> ShownRow:
    indicator = row.target.indicator
    return ShownRow(
        row,
        wanted_words(row.target, indicator),
        amount(row.value.value, indicator),
        gap_words(row),
        reason(row),
        coverage(row),
    )


# --- one target ---------------------------------------------------------------------------------------------


@require_safe
def target(request: ActingRequest, pk: int) -> HttpResponse:
    """A target with what its value is made of, where it comes from and what it was."""
    return target_page(request, visible_target(request, pk))


def target_page(
    request: ActingRequest, one: Target, *, remove: RemoveForm | None = None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    row = rows_of(one.unit, one.period, [one], today)[0]
    parts = breakdown(one.unit, one.indicator, span_of(one.period), today)
    commune = chosen_commune(request, parts)
    schools = parts.schools_of(commune.pk) if commune else parts.schools
    missing = [] if one.unit.is_school else parts.missing
    context = {
        "target": one,
        "indicator": one.indicator,
        "shown": shown_row(row),
        "row": row,
        "before": amount(row.before.value, one.indicator),
        "parts": parts,
        "commune": commune,
        "page_obj": Paginator(schools, PAGE).get_page(request.GET.get("page")),
        "missing": missing[:MOST_NAMED],
        "more_missing": missing[MOST_NAMED:],
        "revisions": [
            (former, wanted_words(former, one.indicator))
            for former in one.revisions.select_related("revised_by", "baseline_period")
        ],
        "directive": readable_directive(request, one),
        "code": code_of(one.period),
        "may_revise": rules.may_revise(request.posting, one),
        "remove": remove or RemoveForm(initial={"version": one.version}, prefix="remove"),
    }
    return render(request, "targets/target.html", context, status=status)


def chosen_commune(request: ActingRequest, parts: Breakdown) -> Unit | None:
    wanted = request.GET.get("commune", "")
    return next((part.unit for part in parts.communes if str(part.unit.pk) == wanted), None)


def readable_directive(request: ActingRequest, one: Target) -> Directive | None:
    """The document that set it, if this person may read it. One query at most."""
    if one.directive_id is None:
        return None
    return Directive.objects.visible_to(request.user).for_lists().filter(pk=one.directive_id).first()
