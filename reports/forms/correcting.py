"""An accepted report, filled in anew with a reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from reports.forms.monthly import MonthForm, ProseField
from reports.forms.review import in_some_words

TOO_SHORT = _("Say in a few words what is corrected and why: at least ten letters.")


class CorrectionForm(MonthForm):
    """The month's form with what is stored, and why it is corrected. Work has its own page."""

    reason = ProseField(
        label=_("Reason of the correction"),
        rows=3,
        required=True,
        max_length=1000,
        error_messages={"required": TOO_SHORT},
        help_text=_("The office reads it beside the figures that differ."),
    )

    def __init__(self, data: Any = None, **basis: Any):
        super().__init__(data, work=[], **basis)

    def clean_reason(self) -> str:
        return in_some_words(self.cleaned_data["reason"], TOO_SHORT)
