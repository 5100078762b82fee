"""Which form is shown to whoever composes it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.figures import Month
from schools.models import Level

MONTHS_AHEAD = 12
COMMUNES = "commune"


class PreviewForm(forms.Form):
    """Whose form, of which month."""

    use_required_attribute = False
    level = forms.ChoiceField(
        label=_("Filled in by"), choices=[*Level.choices, (COMMUNES, _("the commune"))], required=False
    )
    month = forms.ChoiceField(label=_("Month"), required=False)

    def __init__(self, *args: Any, months: Sequence[Month], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.months = {one.code: one for one in months}
        self.fields["month"].choices = [(code, one.short) for code, one in self.months.items()]  # type: ignore[attr-defined]

    def level_or(self, usual: str) -> str:
        """The level of teaching; empty for communes."""
        level = self.cleaned_data.get("level") if self.is_valid() else ""
        return "" if level == COMMUNES else level or usual

    def month_or(self, usual: Month) -> Month:
        code = self.cleaned_data.get("month") if self.is_valid() else ""
        return self.months.get(code or "", usual)
