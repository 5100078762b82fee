"""Targets in words: what is wanted, how far it is, where it stands and why. Nothing here queries."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from eduportal.base.templatetags.eduportal import day, number
from targets.models import Indicator, IndicatorUnit
from targets.standing import TargetStanding, Why
from targets.values import Lack

if TYPE_CHECKING:
    from targets.queries.board import BoardRow

STANDINGS = {
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
    Why.TREND_LEADS_THERE: _("Going on as since the beginning of the period, it is reached by %(last)s."),
    Why.TOO_EARLY: _("The period has only begun, and there is no former value to measure from."),
    Why.BEHIND_TIME: _("It should be at %(due)s by now and is at %(value)s; %(last)s is the last day."),
}
BEHIND_WITHOUT_START = _("It is at %(value)s and has not come nearer; %(last)s is the last day.")

LACKS = {
    Lack.NO_FIGURES: _("No unit has sent figures for this period yet."),
    Lack.NOT_FOR_SCHOOL: _("Counted over children resident in a commune: not for a school alone."),
    Lack.NO_POPULATION: _("No commune has sent its number of resident children for this period yet."),
}


def amount(value: Decimal | None, indicator: Indicator) -> str:
    """ "98,5%", "12 trường"."""
    if value is None:
        return number(value)
    if indicator.is_rate:
        return f"{number(value)}%"
    return gettext("%(count)s %(unit)s") % {
        "count": number(value),
        "unit": IndicatorUnit(indicator.unit).label,
    }


def step(value: Decimal, indicator: Indicator) -> str:
    """A difference: of a rate in percentage points."""
    if indicator.is_rate:
        return gettext("%(count)s points") % {"count": number(value)}
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
    """Why it stands there, in a sentence."""
    judged, indicator = row.judged, row.target.indicator
    if judged.why == Why.NO_FIGURES:
        return str(LACKS[row.value.lack])
    words = REASONS[judged.why]
    if judged.why == Why.BEHIND_TIME and judged.due is None:
        words = BEHIND_WITHOUT_START
    value = row.value.value or Decimal(0)
    start = row.before.value if row.wanted.baseline is None else row.wanted.baseline
    return str(words) % {
        "last": day(row.target.period.data_to),
        "value": amount(row.value.value, indicator),
        "goal": amount(row.wanted.nearest(value), indicator),
        "start": amount(start, indicator),
        "due": amount(judged.due, indicator),
    }


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
