"""Which reports an office looks at, and its word on one of them."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from directives.models import Assignment
from eduportal.base.forms import RowsField, VersionField
from reports.forms.listed import LEVELS, ListedMonthForm
from reports.forms.monthly import ProseField, short
from reports.models import MonthlyReport
from reports.queries.review import Waiting
from schools.models import Period, Unit
from targets.models import Measure

PAIR = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")
TOO_SHORT = gettext_lazy("Say in a few words what is to be corrected: at least ten letters.")


class MonthsForm(ListedMonthForm):
    """Which month's reports to list, and which part of them.

    `office`: only of those beneath that one; `accepting`: only those that this one accepts.
    """

    STATES = (
        ("", gettext_lazy("all")),
        ("missing", gettext_lazy("not in")),
        ("late", gettext_lazy("overdue")),
        ("sent", gettext_lazy("waiting for review")),
        ("ours", gettext_lazy("waiting for our review")),
        ("returned", gettext_lazy("returned")),
        ("accepted", gettext_lazy("accepted")),
    )
    state = forms.ChoiceField(label=gettext_lazy("Reports"), choices=STATES, required=False)
    office = forms.ModelChoiceField(Unit.objects.none(), required=False, widget=forms.HiddenInput)
    accepting = forms.ModelChoiceField(Unit.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], *, periods: Iterable[Period], offices: QuerySet[Unit]):
        super().__init__(data, periods=periods, offices=offices)
        self.fields["accepting"].queryset = offices  # type: ignore[attr-defined]

    @property
    def state_label(self) -> Any:
        return dict(self.STATES)[self.cleaned_data["state"]]


class ReviewForm(ListedMonthForm):
    """Which of the reports that wait for one's word are listed.

    `seen`: the moment at which the list was shown; what came in later is not accepted with it.
    """

    SIGNS = (
        ("", gettext_lazy("all")),
        ("look", gettext_lazy("to be looked at")),
        ("late", gettext_lazy("sent late")),
        ("clear", gettext_lazy("without warnings")),
    )
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=LEVELS, required=False)
    sign = forms.ChoiceField(label=gettext_lazy("Reports"), choices=SIGNS, required=False)
    seen = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def lets_through(self, one: Waiting) -> bool:
        """Whether the filter leaves a report."""
        sign = self.cleaned_data["sign"]
        parts = {
            "": True,
            "look": not one.risk.is_clear,
            "late": one.risk.is_late,
            "clear": one.risk.is_clear,
        }
        return parts[sign]


class CommentForm(forms.Form):
    """A word at one figure of a report."""

    measure = forms.ModelChoiceField(Measure.objects.none(), to_field_name="code", widget=forms.HiddenInput)
    text = ProseField(
        label=gettext_lazy("Comment"),
        rows=2,
        required=True,
        max_length=1000,
        error_messages={"required": gettext_lazy("Write what the unit should look at.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, measures: Iterable[Measure]):
        super().__init__(data)
        asked = [measure.pk for measure in measures]
        self.fields["measure"].queryset = Measure.objects.filter(pk__in=asked)  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    """Why a report is given back, and which work with it."""

    version = VersionField()
    reason = ProseField(
        label=gettext_lazy("Reason for returning"),
        rows=3,
        required=True,
        max_length=1000,
        error_messages={"required": TOO_SHORT},
        help_text=gettext_lazy(
            "The school sees it on top of its report: what to correct, and by what to check it."
        ),
    )
    send_back = RowsField(
        label=gettext_lazy("Work that is not done yet"),
        help_text=gettext_lazy("Reported as done; what you tick runs on from its old deadline."),
        queryset=Assignment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, report: MonthlyReport, done: QuerySet[Assignment]
    ):
        super().__init__(data, initial={"version": report.version})
        field = self.fields["send_back"]
        field.queryset, field.label_from_instance = done, short  # type: ignore[attr-defined]
        if not done:
            del self.fields["send_back"]

    def clean_reason(self) -> str:
        return in_some_words(self.cleaned_data["reason"], TOO_SHORT)


def in_some_words(reason: str, too_short: Any) -> str:
    """The reason, if it says something: ten letters at least."""
    if sum(letter.isalpha() for letter in reason) < 10:
        raise ValidationError(too_short)
    return reason


class AcceptForm(forms.Form):
    """That the report is accepted as it was shown."""

    version = VersionField()


def shown_versions(shown: Iterable[str]) -> dict[int, int]:
    """Which reports were ticked, each with the version that was shown: "12:3" is report 12 at 3.

    What is no such pair is left out.
    """
    found = [PAIR.fullmatch(text) for text in shown]
    return {int(pair[1]): int(pair[2]) for pair in found if pair}
