"""Which form is shown to whoever composes it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.models import Level, Period

COMMUNES = "commune"


class PreviewForm(forms.Form):
    """Whose form, of which period."""

    use_required_attribute = False
    level = forms.ChoiceField(
        label=_("Filled in by"), choices=[*Level.choices, (COMMUNES, _("the commune"))], required=False
    )
    period = forms.ChoiceField(label=_("Period"), required=False)

    def __init__(self, *args: Any, periods: Sequence[Period], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.periods = {one.named.code: one for one in periods}
        self.fields["period"].choices = [(code, str(one)) for code, one in self.periods.items()]  # type: ignore[attr-defined]

    def level_or(self, usual: str) -> str:
        """The level of teaching; empty for communes."""
        level = self.cleaned_data.get("level") if self.is_valid() else ""
        return "" if level == COMMUNES else level or usual

    def period_or(self, usual: Period) -> Period:
        code = self.cleaned_data.get("period") if self.is_valid() else ""
        return self.periods.get(code or "", usual)
