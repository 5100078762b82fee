"""Which part of those who have not sent is listed, whom to remind, and why the expected list changes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from eduportal.base.forms import NumberField, RowsField, VersionField
from reports.forms.listed import ListedUnitsForm
from reports.forms.monthly import ProseField
from reports.forms.review import in_some_words
from reports.models import DueDay, MonthlyReport
from reports.models.due import LAST_DAY
from reports.queries.missing import STATE_LABELS
from schools.models import Unit

TOO_SHORT = gettext_lazy("Say why in a few words: at least ten letters.")


class MissingForm(ListedUnitsForm):
    """Month, office, level, cluster and state of the reports that are not in."""

    STATES = (("", gettext_lazy("all")), *STATE_LABELS.items())
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=STATES, required=False)


class ChosenForm(forms.Form):
    """Some of the reports that were listed."""

    report = RowsField(MonthlyReport.objects.none())

    def __init__(self, data: Mapping[str, Any], *, reports: QuerySet[MonthlyReport]):
        super().__init__(data)
        self.fields["report"].queryset = reports  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why the list changes, in words."""

    reason = ProseField(
        label=gettext_lazy("Reason"),
        rows=2,
        required=True,
        max_length=1000,
        error_messages={"required": TOO_SHORT},
        help_text=gettext_lazy("It stands beside the unit in the list of those expected."),
    )

    def clean_reason(self) -> str:
        return in_some_words(self.cleaned_data["reason"], TOO_SHORT)


class ExcuseForm(ReasonForm):
    """A unit is excused from a month as it was shown."""

    version = VersionField()


class AddForm(ReasonForm):
    """A unit is expected after all."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Unit"), empty_label=gettext_lazy("Choose")
    )
    field_order = ("unit", "reason")

    def __init__(self, data: Mapping[str, Any] | None = None, *, units: QuerySet[Unit]):
        super().__init__(data)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class DueDayForm(forms.Form):
    """The day of the month on which an office awaits reports; shown as it is set now."""

    day = NumberField(
        label=gettext_lazy("Due on day"),
        min_value=1,
        max_value=LAST_DAY,
        help_text=gettext_lazy(
            "Of the month after; moved to the next working day from a Sunday or holiday, and in a short "
            "month to its last day."
        ),
    )
    version = VersionField(required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, office: Unit):
        row = DueDay.objects.filter(office=office.pk).first()
        shown = {"day": row.day if row else settings.MONTHLY_REPORT_DUE_DAY}
        super().__init__(data, initial=shown | {"version": row.version if row else None})
