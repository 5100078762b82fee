"""What pages are set in: standings, bars, form fields, numbers, days. Markup: templates/components/."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from eduportal.base.numbers import NumberProblem, format_number, parse_number

register = template.Library()

NO_VALUE = "–"
MINUS = "\u2212"

# In the order in which counts are always shown: done, under way, late, and what stands outside.
STANDINGS = {
    "done_on_time": _("done on time"),
    "done_late": _("done late"),
    "running": _("under way, in time"),
    "due_soon": _("due soon"),
    "overdue": _("overdue"),
    "no_deadline": _("no deadline"),
    "paused": _("paused"),
    "cancelled": _("cancelled"),
    "refused": _("refused"),
}
# Beyond this many days ahead a date says more than a count of days.
NEAR_DAYS = 30


# --- the frame of a page ------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def block_text(context: Context, name: str) -> SafeString:
    """What the page put into block `name`. A block can stand only once, but the title is the heading, too."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return block.nodelist.render(context)


# --- numbers ------------------------------------------------------------------------------------------------


@register.filter
def number(value: Decimal | int | float | None, places: int | None = None) -> str:
    """8411 as "8.411" (in English "8,411"), at most `places` decimals; nothing known is "–", not zero."""
    if value is None or value == "":
        return NO_VALUE
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    shown = format_number(abs(exact), language=(get_language() or "vi")[:2])
    return f"{MINUS}{shown}" if exact < 0 and shown != "0" else shown


@register.filter
def signed(value: Decimal | int | float | None) -> str:
    """A difference with its sign: "+12", "−12", "0"."""
    shown = number(value)
    return f"+{shown}" if value and value > 0 else shown


@register.filter
def percent(value: Decimal | int | float | None) -> str:
    """A fraction as a percentage with at most one decimal: 0.985 as "98,5%"."""
    if value is None or value == "":
        return NO_VALUE
    return number(Decimal(str(value)) * 100, 1) + "%"


# --- days ---------------------------------------------------------------------------------------------------


@register.filter(expects_localtime=True)
def day(value: dt.date | None) -> str:
    """05/02/2026"""
    return f"{value:%d/%m/%Y}" if value else NO_VALUE


@register.filter(expects_localtime=True)
def long_day(value: dt.date | None) -> str:
    """thứ Năm 05/02/2026"""
    if not value:
        return NO_VALUE
    weekdays = (
        _("Monday %(day)s"),
        _("Tuesday %(day)s"),
        _("Wednesday %(day)s"),
        _("Thursday %(day)s"),
        _("Friday %(day)s"),
        _("Saturday %(day)s"),
        _("Sunday %(day)s"),
    )
    return str(weekdays[value.weekday()]) % {"day": day(value)}


@register.filter(expects_localtime=True)
def moment(value: dt.datetime | None) -> str:
    """22/11/2026, 14:05 on the portal's own clock."""
    return f"{value:%d/%m/%Y, %H:%M}" if value else NO_VALUE


@register.simple_tag
def dated_near(value: dt.date, today: dt.date | None = None) -> str:
    """A deadline with how far away it is, where that says more than the date: "05/02/2026 (còn 3 ngày)"."""
    away = (value - (today or timezone.localdate())).days
    return day(value) if away > NEAR_DAYS else format_html("{} ({})", day(value), near_day(value, today))


@register.simple_tag
def near_day(value: dt.date | None, today: dt.date | None = None) -> SafeString | str:
    """How far away a deadline is: "còn 3 ngày", "hôm nay", "quá hạn 2 ngày"; the date is in the title."""
    if value is None:
        return gettext("no deadline")
    days = (value - (today or timezone.localdate())).days
    if days == 0:
        words = gettext("today")
    elif days < 0:
        words = ngettext("%(days)s day overdue", "%(days)s days overdue", -days) % {"days": number(-days)}
    elif days <= NEAR_DAYS:
        words = ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    else:
        words = day(value)
    return format_html('<time datetime="{}" title="{}">{}</time>', value.isoformat(), long_day(value), words)


# --- standings, bars, lines ---------------------------------------------------------------------------------


@register.inclusion_tag("components/standing.html")
def standing(code: Any, label: str = "") -> dict[str, Any]:
    """Sign and word of an assignment's standing; `label` replaces the word, never the sign."""
    code = getattr(code, "value", code)
    return {"code": code, "word": label or STANDINGS[code]}


@register.filter
def standing_word(code: str) -> str:
    """The word of a standing alone, for where its sign stands beside it."""
    return str(STANDINGS[code])


@register.inclusion_tag("components/share_bar.html")
def share_bar(counts: Mapping[Any, int], link: str = "") -> dict[str, Any]:
    """A bar of standings in shares of the whole, and under it the same counts in words.

    `link` is the address of the list behind the counts; each count then leads to its part of it.
    """
    by_code = {getattr(code, "value", code): count for code, count in counts.items()}
    total = sum(by_code.values())
    joint = "&" if "?" in link else "?"
    parts, start = [], 0.0
    for code, word in STANDINGS.items():
        if not (count := by_code.get(code, 0)):
            continue
        width = 100 * count / total
        # Coordinates are made into text here: templates would write them with a decimal comma.
        part = {"code": code, "word": word, "count": count, "x": f"{start:.2f}", "width": f"{width:.2f}"}
        parts.append(part | {"url": f"{link}{joint}standing={code}" if link else ""})
        start += width
    return {"parts": parts}


@register.inclusion_tag("components/meter.html")
def meter(value: int, total: int) -> dict[str, Any]:
    """How much of the whole is there, as a bar and as "41/47"."""
    share = min(value / total, 1) if total else 0
    return {"value": value, "total": total, "width": f"{100 * share:.2f}"}


@register.inclusion_tag("components/sparkline.html")
def sparkline(values: Sequence[Decimal | int | float | None], label: str) -> dict[str, Any]:
    """A small line of a figure over time, its last point marked; what is missing is a gap, not a zero."""
    known = [float(value) for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    lines: list[list[str]] = [[]]
    last = None
    for place, value in enumerate(values):
        if value is None:
            lines.append([])
            continue
        x = 100 * place / max(len(values) - 1, 1)
        y = 18 - 16 * (float(value) - low) / (high - low) if high > low else 10
        last = {"x": f"{x:.1f}", "y": f"{y:.1f}", "value": value}
        lines[-1].append(f"{x:.1f},{y:.1f}")
    return {"lines": [" ".join(line) for line in lines if line], "last": last, "label": label}


# --- forms --------------------------------------------------------------------------------------------------


def kind_of(field: BoundField) -> str:
    """How a form field is laid out: hidden, options (radios, a list of checkboxes), checkbox, or control."""
    if field.is_hidden:
        return "hidden"
    if isinstance(field.field.widget, forms.RadioSelect):
        return "options"
    return "checkbox" if isinstance(field.field.widget, forms.CheckboxInput) else "control"


def control_attrs(field: BoundField, *, has_hint: bool) -> dict[str, Any]:
    """Ties a control to its hint and its errors, for those who hear the page.

    Placeholders are left out: they vanish on typing, so examples stand above the control instead.
    """
    ids = [f"{field.auto_id}_helptext"] if has_hint else []
    ids += [f"{field.auto_id}_error"] if field.errors else []
    return {"aria-describedby": " ".join(ids) or False, "placeholder": False}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str = "", hint: str = "", example: str = "") -> dict[str, Any]:
    """A form field with label, hint, control and errors, tied together."""
    hint = hint or str(bound.help_text)
    kind = kind_of(bound)
    attrs = control_attrs(bound, has_hint=bool(hint or example))
    options = [
        {"control": option.tag(), "label": option.choice_label, "id": option.id_for_label}
        for option in (bound if kind == "options" else [])
    ]
    return {
        "field": bound,
        "kind": kind,
        "label": label or bound.label,
        "hint": hint,
        "example": example,
        "described_by": attrs["aria-describedby"],
        "control": "" if options else bound.as_widget(attrs=attrs),
        "options": options,
        "many": len(options) > 7,
    }


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """A field's control alone, tied to its errors: for grids, whose rows are its labels."""
    return bound.as_widget(attrs=control_attrs(bound, has_hint=False))


@register.inclusion_tag("components/figure_input.html")
def figure_input(
    bound: BoundField,
    previous: Decimal | int | None = None,
    last_year: Decimal | int | None = None,
    unit: str = "",
    warning: str = "",
    reason: BoundField | None = None,
    stays: bool = False,
    proposed: Decimal | int | None = None,
) -> dict[str, Any]:
    """One figure of a monthly report beside those of last month and last year.

    `warning` says what is odd about it; `reason` is the field in which it is explained, there but hidden
    while nothing is; `stays`: last month's may be taken over; `proposed`: it stands there, unconfirmed.
    """
    attrs = control_attrs(bound, has_hint=bool(bound.help_text or unit))
    if previous is not None:
        attrs["data-previous"] = str(previous)
    value = bound.value() if proposed is None else proposed
    return {
        "field": bound,
        "control": with_value(bound, value, attrs),
        "proposed": proposed,
        "previous": previous,
        "last_year": last_year,
        "unit": unit,
        "difference": difference_from(value, previous),
        "warning": warning,
        "reason": reason,
        "stays": stays,
    }


def with_value(bound: BoundField, value: Any, attrs: dict[str, Any]) -> str:
    """The control of a field with a value of its own."""
    widget, shown = bound.field.widget, bound.field.prepare_value(value)
    return widget.render(
        bound.html_name, shown, attrs=bound.build_widget_attrs({**attrs, "id": bound.auto_id})
    )


def difference_from(shown: Any, previous: Decimal | int | None) -> str:
    """What stands in the field against last month's value; nothing where either is no clear number."""
    if previous is None or shown in (None, ""):
        return ""
    try:
        value = shown if isinstance(shown, Decimal | int) else parse_number(str(shown), decimals=True)
        return signed(value - Decimal(str(previous)))
    except NumberProblem:
        return ""


@register.inclusion_tag("components/error_summary.html")
def error_summary(*parts: forms.BaseForm | BaseFormSet) -> dict[str, Any]:
    """All errors of these forms and formsets, each leading to its field. Without errors it draws nothing."""
    return {"errors": [error for part in parts for error in errors_of(part)]}


def errors_of(part: forms.BaseForm | BaseFormSet) -> Iterator[dict[str, str]]:
    """Errors as text with the address of the field. A form may name its row in `row_label`."""
    if isinstance(part, BaseFormSet):
        yield from ({"text": str(text), "href": ""} for text in part.non_form_errors())
        for row in part.forms:
            yield from errors_of(row)
        return
    row_label = getattr(part, "row_label", "")
    yield from ({"text": str(text), "href": ""} for text in part.non_field_errors())
    for bound in part:
        labels = [str(words) for words in (row_label, bound.label) if words]
        href = "" if bound.is_hidden else f"#{bound.auto_id}"
        yield from ({"text": ": ".join([*labels, str(text)]), "href": href} for text in bound.errors)


# --- lists --------------------------------------------------------------------------------------------------


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page) -> dict[str, Any]:
    """Where we are in a long list and the way to its other pages; other query parameters are kept."""
    pages: Iterable[Any] = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"request": context["request"], "page": page, "pages": pages, "gap": page.paginator.ELLIPSIS}
