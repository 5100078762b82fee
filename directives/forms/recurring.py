"""How often a task comes again."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.models import Recurrence, RecurrencePeriod
from directives.occurrences import MOST_TIMES, WEEK, Rule
from directives.queries.recurring import ReadRecurrence
from eduportal.base.forms import DayField, VersionField
from schools.periods import school_year_of, term_bounds


class RecurrenceForm(forms.Form):
    """A rule and its days, filled in from what was read; a person confirms it."""

    use_required_attribute = False
    version = VersionField(required=False)
    times = forms.IntegerField(label=_("How many times"), min_value=1, max_value=MOST_TIMES)
    per = forms.ChoiceField(label=_("In each"), choices=RecurrencePeriod)
    every = forms.IntegerField(
        label=_("Every so many of these"),
        min_value=1,
        max_value=MOST_TIMES,
        help_text=_("1: in each of them; 6 with months: once in half a year."),
    )
    day = forms.IntegerField(
        label=_("By which day of the month"),
        min_value=0,
        max_value=31,
        required=False,
        help_text=_("Left empty, the last day of the period."),
    )
    month = forms.IntegerField(
        label=_("Of which month"),
        min_value=1,
        max_value=12,
        required=False,
        help_text=_("Only of what is done once a year or school year."),
    )
    since = DayField(label=_("From"))
    until = DayField(label=_("Until"), help_text=_("No occurrence begins after this day."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day lies before the first one. Choose a later day."))
        if data.get("day") is not None and (data.get("times") or 1) > 1:
            self.add_error("day", _("What is done several times in a period has a last day for each part."))
        return data

    @property
    def rule(self) -> Rule:
        data = self.cleaned_data
        day = None if data["per"] == WEEK else data["day"]
        return Rule(data["per"], data["every"], data["times"], day, data["month"])


def initial_of(stored: Recurrence | None, read: ReadRecurrence | None, today: dt.date) -> dict[str, Any]:
    """What the form begins with: as it is set, as the document says it, or once a month."""
    rule = stored.rule if stored else read.rule if read else Rule("month")
    return {
        "version": stored.version if stored else 0,
        "times": rule.times,
        "per": rule.per,
        "every": rule.every,
        "day": rule.day if rule.times == 1 else None,
        "month": rule.month,
        "since": stored.since if stored else today,
        "until": stored.until if stored else end_of_teaching(today),
    }


def end_of_teaching(today: dt.date) -> dt.date:
    """The end of this school year; in the summer, of the one that comes."""
    year = school_year_of(today)
    end = term_bounds(year, 2)[1]
    return end if today <= end else term_bounds(year + 1, 2)[1]
