"""Forms of the briefing: which month to build, and the text of a section."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from eduportal.base.forms import VersionField
from eduportal.base.text import nfc
from reports.queries.figures import code_of
from schools.models import Period


class BuildForm(forms.Form):
    """The month to build a briefing of, among those opened for the office's schools."""

    period = forms.ChoiceField(label=gettext_lazy("Month"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, periods: Iterable[Period], **kwargs: Any):
        super().__init__(data, **kwargs)
        self.periods = {code_of(period): period for period in periods}
        self.fields["period"].choices = [(code, str(period)) for code, period in self.periods.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Period:
        return self.periods[self.cleaned_data["period"]]


class SectionForm(forms.Form):
    """The text of a section. Emptied, it stays empty: a section may have nothing to say."""

    version = VersionField()
    text = forms.CharField(
        label=gettext_lazy("Text of the section"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("A paragraph a line. In the tasks of next month, a task a line."),
    )

    def clean_text(self) -> str:
        return nfc(self.cleaned_data["text"].replace("\r\n", "\n"))


class ResetForm(forms.Form):
    """The built text is taken again of a section as it was shown."""

    version = VersionField()
