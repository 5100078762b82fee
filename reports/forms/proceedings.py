"""Forms of a meeting's papers: agenda and opinions as rows, invited units, files, minutes, attendance."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eduportal.base.forms import FilesField, RowsField, VersionField
from reports.agenda import MOST_ITEMS, MOST_MINUTES, LineProblem, agenda_of, placed
from reports.invitations import AgendaLine, agenda_text
from reports.minutes import OpinionText
from schools.models import Unit

LINE_PROBLEMS = {
    "minutes": gettext_lazy("Line %(line)s: write the minutes as a number, for example 20."),
    "content": gettext_lazy(
        "Line %(line)s: write the content first, at most 300 letters, then who speaks, at most 200."
    ),
    "parts": gettext_lazy("Line %(line)s has too many parts: content | speaker | minutes."),
}


class AgendaRow(forms.Form):
    """One item of the agenda. Emptied of its content, it is taken away."""

    use_required_attribute = False
    title = forms.CharField(label=gettext_lazy("Content"), max_length=300, required=False)
    speaker = forms.CharField(label=gettext_lazy("Speaker"), max_length=200, required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Length (minutes)"), min_value=1, max_value=MOST_MINUTES, required=False
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("speaker") or data.get("minutes")) and not data.get("title") and not self.errors:
            self.add_error("title", _("Write the content, or empty the row."))
        return data


class OpinionRow(forms.Form):
    """What somebody said. Emptied of its text, it is taken away."""

    use_required_attribute = False
    speaker = forms.CharField(label=gettext_lazy("Speaker"), max_length=200, required=False)
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "units"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Opinion"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("speaker") or data.get("unit")) and not data.get("text") and not self.errors:
            self.add_error("text", _("Write what was said, or empty the row."))
        return data


class PlacedRows(BaseFormSet):
    """Rows in an order that people give by numbers: a row takes the place it is given, others make room."""

    main = "title"

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        place: Any = form.fields["ORDER"]
        place.label, place.min_value = gettext_lazy("Order"), 1
        place.widget.attrs |= {"min": 1, "max": MOST_ITEMS, "inputmode": "numeric"}

    def rows(self) -> list[dict[str, Any]]:
        """What was typed, in its order, without rows that say nothing."""
        typed = [form.cleaned_data for form in self.forms]
        order = placed([row.get("ORDER") for row in typed])
        return [typed[place] for place in order if typed[place].get(self.main)]


AgendaFormSet = formset_factory(
    AgendaRow, formset=PlacedRows, can_order=True, extra=2, max_num=MOST_ITEMS, validate_max=True
)


class OpinionRows(PlacedRows):
    main = "text"


OpinionFormSet = formset_factory(
    OpinionRow, formset=OpinionRows, can_order=True, extra=2, max_num=MOST_ITEMS, validate_max=True
)


class AgendaForm(forms.Form):
    """The version that was shown, and items typed one a line, which come after the rows."""

    use_required_attribute = False
    version = VersionField()
    more = forms.CharField(
        label=gettext_lazy("Further items, one a line"),
        help_text=gettext_lazy("Content | speaker | minutes. Speaker and minutes may be left out."),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_more(self) -> list[AgendaLine]:
        try:
            return agenda_of(self.cleaned_data["more"])
        except LineProblem as problem:
            message = LINE_PROBLEMS[problem.code]
            raise forms.ValidationError(message, params={"line": problem.line}, code=problem.code) from None

    def items(self, rows: Any) -> list[AgendaLine]:
        """The whole agenda as it was typed."""
        typed = [AgendaLine(row["title"], row["speaker"], row["minutes"]) for row in rows.rows()]
        return [*typed, *self.cleaned_data["more"]]


def agenda_fields(items: Sequence[AgendaLine]) -> list[dict[str, Any]]:
    """An agenda as the rows of its form."""
    return [{"title": one.title, "speaker": one.speaker, "minutes": one.minutes} for one in items]


def agenda_words(items: Sequence[AgendaLine]) -> str:
    """An agenda in one cell, to be held beside another."""
    return "; ".join(f"{number}. {agenda_text(one)}" for number, one in enumerate(items, start=1)) or "–"


class OpinionsForm(forms.Form):
    """The version that was shown, and what was said by no one in particular."""

    use_required_attribute = False
    version = VersionField()
    remarks = forms.CharField(
        label=gettext_lazy("General remarks"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Opinions that were not noted one by one."),
    )


def opinion_fields(opinions: Sequence[OpinionText]) -> list[dict[str, Any]]:
    return [{"speaker": one.speaker, "unit": one.unit, "text": one.text} for one in opinions]


def opinions_typed(rows: Any) -> list[OpinionText]:
    return [OpinionText(row["speaker"], row["unit"], row["text"]) for row in rows.rows()]


def opinion_words(opinions: Sequence[OpinionText]) -> str:
    said = (": ".join(part for part in (one.speaker or one.unit, one.text) if part) for one in opinions)
    return "; ".join(f"{number}. {words}" for number, words in enumerate(said, start=1)) or "–"


# --- invitations --------------------------------------------------------------------------------------------


class VersionForm(forms.Form):
    """A button that stands for the row as it was shown."""

    version = VersionField()


class InviteForm(VersionForm):
    """Units to be put on the roll, among those that may be."""

    use_required_attribute = False
    units = RowsField(
        label=gettext_lazy("Units"),
        queryset=Unit.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Tick the units first."),
            "invalid_choice": gettext_lazy(
                "One of these units cannot be chosen any more. Look at the list as it is."
            ),
        },
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["units"]
        field.queryset = units
        field.label_from_instance = lambda unit: unit.name


class CancelForm(VersionForm):
    """Why the meeting does not take place; those who were invited read it."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300, help_text=gettext_lazy("The invited units read it.")
    )


class MeetingFilesForm(forms.Form):
    """Files to be kept with a meeting."""

    use_required_attribute = False
    uploads = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("PDF, Word, Excel, JPG or PNG, at most 20 MB each. No state secrets."),
    )
    for_invited = forms.BooleanField(label=gettext_lazy("For the invited units as well"), required=False)


class MinutesForm(VersionForm):
    """The text of the minutes."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("Text of the minutes"),
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 30}),
        help_text=gettext_lazy(
            "One paragraph a line; “I.”, “1.”, “-” begin parts and items. Saved empty, it is drafted anew "
            "from what is noted now."
        ),
    )

    def differences(self, stored: Any) -> Iterator[dict[str, Any]]:
        """What was typed beside what is stored, where they differ."""
        if self.cleaned_data["text"].strip() != stored.text:
            yield {"label": self["text"].label, "stored": stored.text, "yours": self.cleaned_data["text"]}


class CheckInForm(forms.Form):
    """The code that is shown in the room."""

    use_required_attribute = False
    code = forms.CharField(
        label=gettext_lazy("Code shown in the room"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-input"}
        ),
    )


class AbsenceForm(forms.Form):
    """Why nobody of the unit can come."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Reason for absence"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why nobody can come; the office reads it.")},
    )
