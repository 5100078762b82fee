"""The board of targets, and the page of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directives.models import Directive
from directives.wording import cannot_print
from eduportal.base.downloads import as_docx, as_pdf
from eduportal.base.lists import columns_of, sorting
from eduportal.base.numbers import whole_number
from eduportal.base.templatetags.eduportal import day
from schools.middleware import ActingRequest
from schools.models import Level, Period, Posting, Unit
from targets import rules
from targets.forms import PlaceForm, RemoveForm, code_of
from targets.models import Target, TargetMention
from targets.papers import board_annex
from targets.queries.board import (
    Board,
    BoardRow,
    board,
    boards_seen,
    in_order,
    rows_of,
    units_to_choose,
    usual_period,
)
from targets.queries.breakdown import Breakdown, parts_of
from targets.queries.nesting import nest_of, wholes_for
from targets.queries.values import span_of
from targets.standing import TargetStanding
from targets.views.access import visible_target
from targets.wording import STANDINGS, amount, coverage, gap_words, nest_words, reason, wanted_words

PAGE = 50
SORTABLE = {"indicator": _("Indicator"), "gap": _("Gap"), "standing": _("Standing")}
LIST_ORDER = "indicator"
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
    standing: str


@require_safe
def targets(request: ActingRequest) -> HttpResponse:
    """The board of a unit and a period: one's own, unless another is chosen."""
    if request.posting is None:
        return redirect("home")  # which says what to do without a posting
    return render(request, "targets/board.html", board_context(request, request.posting))


@require_safe
def board_pdf(request: ActingRequest) -> HttpResponse:
    """The same board, filtered and sorted as on the page, as the table of an annex. In Vietnamese."""
    if request.posting is None:
        return redirect("home")
    # WeasyPrint takes a second to load, and only printing needs it.
    from directives.writing.pdf import FontMissing, pdf_of

    with translation.override("vi"):
        context = board_context(request, request.posting)
        if not context.get("rows"):
            raise Http404
        page = render_to_string("documents/board.html", context)
    try:
        return as_pdf(pdf_of(page), f"chi-tieu-{context['code']}-{context['unit'].code}.pdf")
    except FontMissing as missing:
        messages.error(request, cannot_print(missing.missing))
        return redirect("targets:board")


@require_safe
def board_docx(request: ActingRequest) -> HttpResponse:
    """The board as a Word file, to work on as an annex. In Vietnamese, filtered and sorted as shown."""
    if request.posting is None:
        return redirect("home")
    # Loading the library takes a while, and only Word files need it.
    from directives.writing.docx import annex_to_docx

    with translation.override("vi"):
        context = board_context(request, request.posting)
        if not context.get("rows"):
            raise Http404
        unit, called = context["unit"], gettext("Targets")
        annex = board_annex(f"{called} {context['period']} – {unit.name}", context["rows"])
        note = "; ".join((state_of(context), *(words for _name, words in context["chips"])))
    content = annex_to_docx(annex, f"({note})", author=unit.name, on=context["today"])
    return as_docx(content, f"chi-tieu-{context['code']}-{unit.code}.docx")


def state_of(context: dict[str, Any]) -> str:
    """Whether the period is over, and as of when the figures stand."""
    said = {"day": day(context["period"].data_to), "today": day(context["today"])}
    if context["ended"]:
        return gettext("the period ended on %(day)s") % said
    return gettext("as of %(today)s; the period runs until %(day)s") % said


def board_context(request: ActingRequest, posting: Posting) -> dict[str, Any]:
    """What the board shows, on a page or on paper. Without a period nobody has set a target yet."""
    today = timezone.localdate()
    boards = boards_seen(Target.objects.visible_to(request.user))
    periods = list(boards)
    period = chosen_period(request, periods) or usual_period(periods, today)
    context: dict[str, Any] = {
        "periods": [(code_of(one), one) for one in periods],
        "may_set": rules.may_set(posting),
        "own": posting.acting_unit,
        "unit": posting.acting_unit,
        "period": period,
        "today": today,
    }
    if period is None:
        return context
    units = units_to_choose(boards[period], posting.acting_unit)
    unit = chosen_unit(request, units) or posting.acting_unit
    shown = board(unit=unit, period=period, today=today, user=request.user)
    rows, chips = filtered(request, shown)
    name, down = sorting(request.GET, list(SORTABLE), LIST_ORDER)
    return context | {
        "unit": unit,
        "units": list(units.values()),
        "code": code_of(period),
        "rows": [shown_row(row) for row in in_order(rows, name, down=down)],
        "columns": columns_of(SORTABLE, request.GET, LIST_ORDER),
        "counts": [(code, word, shown.counts[code]) for code, word in STANDINGS.items()],
        "total": len(shown.rows),
        "chips": chips,
        "standing": request.GET.get("standing", ""),
        "levels": [(code, label) for code, label in Level.choices],
        "level": request.GET.get("level", ""),
        "sort": request.GET.get("sort", ""),
        "ended": period.data_to < today,
    }


def chosen_period(request: ActingRequest, periods: list[Period]) -> Period | None:
    wanted = request.GET.get("period", "")
    return next((one for one in periods if code_of(one) == wanted), None)


def chosen_unit(request: ActingRequest, units: Mapping[int, Unit]) -> Unit | None:
    """A unit whose board this person may open; any other does not exist for them."""
    wanted = request.GET.get("unit", "")
    if not wanted:
        return None
    try:
        return units[whole_number(wanted) or 0]
    except KeyError as unknown:
        raise Http404 from unknown


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
        str(STANDINGS[row.standing]),
    )


# --- one target ---------------------------------------------------------------------------------------------


@require_safe
def target(request: ActingRequest, pk: int) -> HttpResponse:
    """A target with what its value is made of, where it comes from and what it was."""
    return target_page(request, visible_target(request, pk))


def target_page(
    request: ActingRequest,
    one: Target,
    *,
    place: PlaceForm | None = None,
    remove: RemoveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    row = rows_of(one.unit, one.period, [one], today)[0]
    parts = parts_of(one, span_of(one.period), today)
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
        "mentions": readable_mentions(request, one),
        "code": code_of(one.period),
        "shared": shared_out(request, one),
        "whole": whole_of(request, one),
        **nested(request, one, place),
        "may_share": rules.may_share(request.posting, one),
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


def nested(request: ActingRequest, one: Target, place: PlaceForm | None) -> dict[str, Any]:
    """What the target says a part of, and its own parts. Five queries at most."""
    nest = nest_of(one)
    context: dict[str, Any] = {
        "nest": nest,
        "nested": [(part, wanted_words(part, part.indicator)) for part in nest.parts],
        "nest_words": nest_words(nest),
    }
    if rules.may_revise(request.posting, one):
        wholes = wholes_for(one)
        context |= {"place": place or PlaceForm(target=one, wholes=wholes), "may_place": bool(wholes)}
    return context


def shared_out(request: ActingRequest, one: Target) -> list[tuple[Target, str]]:
    """The parts of a target that this person sees, with what each is to reach. One query."""
    parts = one.parts.visible_to(request.user).shown().order_by("unit__kind", "unit__sort_key")
    return [(part, wanted_words(part, one.indicator)) for part in parts]


def whole_of(request: ActingRequest, one: Target) -> Target | None:
    """The target of which this is a part, if this person sees it. One query at most."""
    if one.part_of_id is None:
        return None
    return Target.objects.visible_to(request.user).select_related("unit").filter(pk=one.part_of_id).first()


def readable_mentions(request: ActingRequest, one: Target) -> QuerySet[TargetMention]:
    """Other sentences that set the same, of documents this person may read. Lazy."""
    seen = Directive.objects.visible_to(request.user).values("pk")
    rows = one.mentions.filter(read_target__directive__in=seen).select_related("read_target__directive")
    return rows.defer("read_target__directive__text", "read_target__directive__search_key")
