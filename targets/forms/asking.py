"""When reports ask for something."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.models import PeriodKind


class MonthsField(forms.MultipleChoiceField):
    """Months of the year by their numbers; none: every month. Gives a list."""

    def __init__(self) -> None:
        super().__init__(
            label=_("asked in the months"),
            choices=[(str(month), str(month)) for month in range(1, 13)],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("None ticked: every month."),
        )

    def clean(self, value: Any) -> list[int]:
        return sorted(int(month) for month in super().clean(value))


def refuse_months_of_others(form: forms.Form | forms.ModelForm, data: dict[str, Any]) -> None:
    """Months are chosen among those of a report that comes every month."""
    if data.get("asked_in") and data.get("asked_every") not in (None, PeriodKind.MONTH):
        form.add_error("asked_in", _("Months are for what is asked for every month. Tick none."))
