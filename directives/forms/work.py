"""Forms about work that was handed out: evidence, a later day, pausing, cancelling, refusing."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.forms.changing import ShortNames
from directives.models import Extension
from eduportal.base.forms import DayField, FilesField, RowsField, VersionField
from eduportal.base.numbers import whole_number
from schools.models import Unit


class Reason(forms.CharField):
    """Why; whoever it concerns reads it."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("label", _("Reason"))
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(max_length=1000, **kwargs)


class EvidenceForm(forms.Form):
    """Files that show what was done, without saying anything else."""

    use_required_attribute = False
    evidence = FilesField(
        label=_("Files"),
        help_text=_("Minutes, photos, lists: PDF, Word, Excel, JPG or PNG, at most 20 MB each."),
    )


class AskExtensionForm(forms.Form):
    """A later day, and why."""

    use_required_attribute = False
    until = DayField(label=_("New deadline asked for"))
    reason = Reason(help_text=_("The office that set the work reads this and decides."))


class DecideExtensionForm(forms.Form):
    """Grant a request, perhaps with another day, or refuse it with a reason. The button says which."""

    use_required_attribute = False
    version = VersionField()
    until = DayField(
        label=_("Day granted"), help_text=_("The day asked for, or another one."), required=False
    )
    answer = Reason(
        label=_("Answer"), help_text=_("The unit reads this. To refuse, it is required."), required=False
    )

    def __init__(self, *args: Any, refusing: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.refusing = refusing

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.refusing and not data.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("Say why the day is refused; the unit reads it."))
        return data


class GrantSeveralForm(forms.Form):
    """Several requests granted at once, with one reason. Each comes with the version that was shown."""

    use_required_attribute = False
    chosen = RowsField(
        label=_("Requests"),
        queryset=Extension.objects.none(),
        error_messages={
            "required": _("Tick the requests to be granted."),
            "invalid_choice": _("One of these was decided meanwhile. Look at the list as it is now."),
        },
    )
    until = DayField(
        label=_("One day for all"), help_text=_("Left empty, each gets the day it asked for."), required=False
    )
    answer = Reason(label=_("Answer to all of them"), required=False)

    def __init__(self, *args: Any, requests: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = requests  # type: ignore[attr-defined]

    def shown(self) -> list[tuple[Extension, int]]:
        """The chosen requests with the version each was shown with."""
        versions = {
            name: str(self.data.get(f"version-{name.pk}", "")) for name in self.cleaned_data["chosen"]
        }
        return [(one, whole_number(text) or 0) for one, text in versions.items()]


class ErrandForm(forms.Form):
    """A part of the own unit's work, for a colleague by name."""

    use_required_attribute = False
    what = forms.CharField(label=_("What is to be done"), max_length=500)
    name = forms.CharField(
        label=_("Who does it"),
        max_length=120,
        help_text=_("A colleague with an account here is told; any other name is a note for yourselves."),
        widget=forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off"}),
    )
    deadline = DayField(label=_("Until"), required=False)


class ErrandDoneForm(forms.Form):
    """What was done of such a part."""

    use_required_attribute = False
    note = forms.CharField(
        label=_("What was done"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HaltForm(forms.Form):
    """Why work rests, is taken off, is refused, or is the unit's after all."""

    use_required_attribute = False
    version = VersionField(required=False)
    reason = Reason()


class AllForm(forms.Form):
    """A step with the work of all units that needs no words."""


class ReassignForm(forms.Form):
    """Another unit for the work, why, and until when."""

    use_required_attribute = False
    version = VersionField()
    unit = ShortNames(label=_("To whom"), queryset=Unit.objects.none(), empty_label=_("Choose a unit"))
    reason = Reason(help_text=_("Both units read this."))
    until = DayField(
        label=_("New deadline"), help_text=_("Left empty, the deadline stays as it is."), required=False
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class ResumeForm(forms.Form):
    """Work runs again: to the same deadline, or to a new one."""

    use_required_attribute = False
    version = VersionField(required=False)
    until = DayField(
        label=_("New deadline"), help_text=_("Left empty, the deadline stays as it is."), required=False
    )
    reason = Reason(label=_("Note to the unit"), required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> dt.date | None:
        until = self.cleaned_data["until"]
        if until and until < self.today:
            raise forms.ValidationError(_("This day has passed. Choose one from today on."))
        return until
