"""Forms of the register of recognised schools."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eduportal.base.forms import DayField, VersionField
from schools.models import Level, School, StandardLevel, StandardRecognition
from schools.models.unit import SchoolQuerySet
from schools.queries.recognitions import Standing


class RegisterFilter(forms.Form):
    """What the register shows. What cannot be a filter is left out of account."""

    use_required_attribute = False
    q = forms.CharField(label=gettext_lazy("School or decision"), required=False)
    standing = forms.ChoiceField(
        label=gettext_lazy("Standing"), choices=[("", gettext_lazy("all")), *Standing.choices], required=False
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Standard level"),
        choices=[
            ("", gettext_lazy("all")),
            (StandardLevel.ONE.value, gettext_lazy("level 1 and 2")),
            (StandardLevel.TWO.value, StandardLevel.TWO.label),
        ],
        required=False,
    )
    teaching = forms.ChoiceField(
        label=gettext_lazy("Level of teaching"),
        choices=[("", gettext_lazy("all")), *Level.choices],
        required=False,
    )

    def chosen(self) -> dict[str, str]:
        """The filters that are in place."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def words(self, name: str, value: str) -> str:
        """A filter as people read it."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return str({str(key): label for key, label in field.widget.choices}[value])
        return _("“%(words)s”") % {"words": value}


class DecisionForm(forms.Form):
    """A decision that recognises a school."""

    use_required_attribute = False
    level = forms.TypedChoiceField(
        label=gettext_lazy("Standard level"),
        choices=StandardLevel.choices,
        coerce=int,
        widget=forms.RadioSelect,
    )
    decision_number = forms.CharField(label=gettext_lazy("Number of the decision"), max_length=60)
    decided_on = DayField(label=gettext_lazy("Date of the decision"))

    def clean_decided_on(self) -> Any:
        decided_on = self.cleaned_data["decided_on"]
        if decided_on > timezone.localdate():
            raise ValidationError(_("This day has not come yet. Enter a decision when it has been made."))
        return decided_on


class NewRecognitionForm(DecisionForm):
    """The first decision of a school."""

    school = forms.ModelChoiceField(
        label=gettext_lazy("School"), queryset=School.objects.none(), empty_label=gettext_lazy("choose")
    )
    field_order = ["school"]

    def __init__(self, *args: Any, schools: SchoolQuerySet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]


class RecognitionForm(DecisionForm):
    """The decision of a recognition that is there, guarded by the version that was shown."""

    version = VersionField()

    def differences(self, stored: StandardRecognition) -> Iterator[dict[str, Any]]:
        """What was typed beside what is stored, where they differ."""
        typed = self.cleaned_data
        now = initial_of(stored)
        for name in ("level", "decision_number", "decided_on"):
            if typed.get(name) != now[name]:
                yield {
                    "label": self[name].label,
                    "stored": in_words(name, now[name]),
                    "yours": in_words(name, typed.get(name)),
                }


class RevokeForm(forms.Form):
    """Since when a recognition no longer counts, and why."""

    use_required_attribute = False
    version = VersionField()
    revoked_on = DayField(label=gettext_lazy("Revoked on"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("With the number of the decision that revokes it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def initial_of(row: StandardRecognition) -> dict[str, Any]:
    """A stored recognition as the fields of its form."""
    return {
        "version": row.version,
        "level": row.level,
        "decision_number": row.decision_number,
        "decided_on": row.valid_from,
    }


def in_words(name: str, value: Any) -> str:
    if name == "level":
        return str(StandardLevel(value).label) if value else "–"
    return f"{value:%d/%m/%Y}" if name == "decided_on" and value else str(value or "–")
