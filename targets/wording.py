"""Targets in words: what is wanted, how far it is, where it stands and why. Nothing here queries."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from eduportal.base.templatetags.eduportal import day, number
from targets.forecast import By, Forecast, a_month_needed
from targets.models import Indicator, IndicatorUnit
from targets.standing import TargetStanding, Why
from targets.values import Lack

if TYPE_CHECKING:
    from targets.queries.board import BoardRow
    from targets.queries.nesting import Nest

STANDINGS = {
    TargetStanding.EXCEEDED: _("exceeded"),
    TargetStanding.MET: _("met"),
    TargetStanding.ON_TRACK: _("on track"),
    TargetStanding.AT_RISK: _("at risk"),
    TargetStanding.MISSED: _("not met"),
    TargetStanding.NO_DATA: _("no figures yet"),
}

WANTED = {
    "ge": _("at least %(value)s"),
    "gt": _("more than %(value)s"),
    "le": _("at most %(value)s"),
    "lt": _("less than %(value)s"),
    "eq": _("exactly %(value)s"),
    "between": _("from %(value)s to %(high)s"),
    "increase_by": _("up by at least %(step)s on %(start)s of %(period)s"),
    "decrease_by": _("down by at least %(step)s on %(start)s of %(period)s"),
}

REASONS = {
    Why.MET_AT_THE_END: _("The period ended on %(last)s with %(value)s."),
    Why.MISSED_AT_THE_END: _("The period ended on %(last)s with %(value)s instead of %(goal)s."),
    Why.MET_SO_FAR: _("Reached already; the period runs until %(last)s."),
    Why.WITHIN_SO_FAR: _("Within the limit so far; the period runs until %(last)s."),
    Why.AS_FAR_AS_TIME: _(
        "On the way from %(start)s to %(goal)s it should be at %(due)s by now and is at %(value)s."
    ),
    Why.FORECAST_REACHES: _("By %(last)s %(ahead)s are to be expected (%(method)s)."),
    Why.FORECAST_FALLS_SHORT: _(
        "By %(last)s only %(ahead)s are to be expected instead of %(goal)s (%(method)s)."
    ),
    Why.TOO_EARLY: _("The period has only begun, and there is no former value to measure from."),
    Why.BEHIND_TIME: _("It should be at %(due)s by now and is at %(value)s; %(last)s is the last day."),
}
BEHIND_WITHOUT_START = _(
    "It is at %(value)s, and %(goal)s are wanted by %(last)s; there are too few figures for a forecast."
)

COUNTED = {
    IndicatorUnit.SCHOOLS: ngettext_lazy("%(amount)s school", "%(amount)s schools", "count"),
    IndicatorUnit.CLASSES: ngettext_lazy("%(amount)s class", "%(amount)s classes", "count"),
    IndicatorUnit.PUPILS: ngettext_lazy("%(amount)s pupil", "%(amount)s pupils", "count"),
    IndicatorUnit.CHILDREN: ngettext_lazy("%(amount)s child", "%(amount)s children", "count"),
    IndicatorUnit.TEACHERS: ngettext_lazy("%(amount)s teacher", "%(amount)s teachers", "count"),
    IndicatorUnit.ROOMS: ngettext_lazy("%(amount)s room", "%(amount)s rooms", "count"),
    IndicatorUnit.COMMUNES: ngettext_lazy("%(amount)s commune", "%(amount)s communes", "count"),
}
POINTS = ngettext_lazy("%(amount)s point", "%(amount)s points", "count")

METHODS = {
    By.RHYTHM: _("as the year before went on, from %(points)s points"),
    By.PACE: _("at its pace so far, from %(points)s points"),
}

LACKS = {
    Lack.NO_FIGURES: _("No unit has sent figures for this period yet."),
    Lack.NO_SCHOOLS: _("The unit has no school of which this speaks."),
    Lack.NOT_APPLICABLE: _("The unit says that this does not apply to it."),
    Lack.NOT_FOR_SCHOOL: _("Counted over children resident in a commune: not for a school alone."),
    Lack.NOTHING_BELOW: _("Below the line stands zero: there is nobody of whom this would be a part."),
    Lack.NO_POPULATION: _("No commune has sent its number of resident children for this period yet."),
}


def amount(value: Decimal | None, indicator: Indicator) -> str:
    """ "98,5%", "12 trường"."""
    if value is None:
        return number(value)
    if indicator.is_rate:
        return f"{number(value)}%"
    return counted(COUNTED[IndicatorUnit(indicator.unit)], value)


def counted(words: Any, value: Decimal) -> str:
    """ "1 school", "2 schools"; words of more than one also for a part of one."""
    return str(words % {"count": 1 if value == 1 else 2, "amount": number(value)})


def step(value: Decimal, indicator: Indicator) -> str:
    """A difference: of a rate in percentage points."""
    if indicator.is_rate:
        return counted(POINTS, value)
    return amount(value, indicator)


def wanted_words(goal: Any, indicator: Indicator) -> str:
    """What is to be reached, of a target or of what it was before."""
    by = f"{number(goal.value)}%" if goal.in_percent else step(goal.value, indicator)
    return str(WANTED[goal.comparator]) % {
        "value": amount(goal.value, indicator),
        "high": amount(goal.value_max, indicator),
        "step": by,
        "start": amount(goal.baseline_value, indicator),
        "period": goal.baseline_period or "",
    }


def gap_words(row: "BoardRow") -> str:
    """How far the value is from what is wanted, with sign and word; nothing without a value."""
    indicator, value = row.target.indicator, row.value.value
    if value is None:
        return ""
    gap = row.wanted.gap(value)
    far = step(abs(gap), indicator)
    if gap == 0:
        return gettext("just there") if row.wanted.is_met_by(value) else gettext("just at the limit")
    if row.wanted.is_met_by(value):
        words = gettext("+%(gap)s (over)") if gap > 0 else gettext("−%(gap)s (under the limit)")
    else:
        words = gettext("−%(gap)s (to go)") if gap < 0 else gettext("+%(gap)s (too much)")
    return words % {"gap": far}


def reason(row: "BoardRow") -> str:
    """Why it stands there, and what would be needed where it is at risk."""
    return " ".join([why(row), *needed(row), *lapsing(row)])


def needed(row: "BoardRow") -> list[str]:
    """What each month that is left has to bring, of a value that is to rise or fall and may not get there."""
    value, last = row.value.value, row.target.period.data_to
    if row.standing != TargetStanding.AT_RISK or value is None or row.value.as_of is None:
        return []
    indicator, gap = row.target.indicator, row.wanted.gap(value)
    a_month = a_month_needed(gap, row.value.as_of, last, is_rate=indicator.is_rate)
    if a_month is None:
        return []
    words = gettext("Needed: %(step)s more a month until then.")
    if gap > 0:
        words = gettext("Needed: %(step)s less a month until then.")
    return [words % {"step": step(a_month, indicator)}]


def lapsing(row: "BoardRow") -> list[str]:
    """Recognitions that end before the target does, unless they are renewed."""
    ending = row.value.lapsing
    if not ending:
        return []
    words = ngettext(
        "%(schools)s recognition ends before %(last)s unless it is renewed.",
        "%(schools)s recognitions end before %(last)s unless they are renewed.",
        ending,
    )
    return [words % {"schools": number(ending), "last": day(row.target.period.data_to)}]


def expected(forecast: Forecast | None, indicator: Indicator) -> dict[str, str]:
    """A forecast for a sentence: its value, and from what it was made."""
    if forecast is None:
        return {}
    method = METHODS[forecast.by] % {"points": forecast.points}
    return {"ahead": amount(forecast.value, indicator), "method": str(method)}


def why(row: "BoardRow") -> str:
    """The reason of its standing, in a sentence."""
    judged, indicator = row.judged, row.target.indicator
    if judged.why == Why.NO_FIGURES:
        return str(LACKS[row.value.lack])
    words = REASONS[judged.why]
    if judged.why == Why.BEHIND_TIME and judged.due is None:
        words = BEHIND_WITHOUT_START
    value = row.value.value or Decimal(0)
    start = row.before.value if row.wanted.baseline is None else row.wanted.baseline
    named = {
        "last": day(row.target.period.data_to),
        "value": amount(row.value.value, indicator),
        "goal": amount(row.wanted.nearest(value), indicator),
        "start": amount(start, indicator),
        "due": amount(judged.due, indicator),
    }
    return str(words) % (named | expected(judged.forecast, indicator))


def nest_words(nest: "Nest") -> str:
    """What the parts of a target come to beside it; nothing where they cannot be added."""
    indicator = nest.whole.indicator
    if nest.together is None:
        if not nest.excess:
            return ""
        return gettext("A part is to reach more than the whole, by %(step)s.") % {
            "step": step(nest.excess, indicator)
        }
    words = gettext("Together %(together)s: just the target.")
    if nest.excess:
        words = gettext("Together %(together)s: %(step)s more than the target.")
    elif nest.left:
        words = gettext("Together %(together)s: %(step)s of the target are in no part.")
    far = nest.excess or nest.left or Decimal(0)
    return words % {"together": amount(nest.together, indicator), "step": step(far, indicator)}


def coverage(row: "BoardRow") -> str:
    """Who is not in the value yet; nothing when all are."""
    missing = row.value.not_counted
    if not missing or row.value.value is None:
        return ""
    words = ngettext(
        "%(missing)s of %(all)s unit not counted yet", "%(missing)s of %(all)s units not counted yet", missing
    )
    return words % {"missing": number(missing), "all": number(row.value.expected)}


def picture_words(row: "BoardRow") -> str:
    """The bullet chart for those who do not see it."""
    indicator = row.target.indicator
    return gettext("%(value)s; wanted: %(wanted)s; a year earlier: %(before)s") % {
        "value": amount(row.value.value, indicator),
        "wanted": wanted_words(row.target, indicator),
        "before": amount(row.before.value, indicator),
    }


def trend_words(row: "BoardRow") -> str:
    """The line of months for those who do not see it."""
    indicator = row.target.indicator
    if not row.trend:
        return ""
    first, last = row.trend[0], row.trend[-1]
    return gettext("%(months)s months: %(first)s on %(from)s, %(last)s on %(to)s") % {
        "months": len(row.trend),
        "first": amount(first.value, indicator),
        "from": day(first.on),
        "last": amount(last.value, indicator),
        "to": day(last.on),
    }
