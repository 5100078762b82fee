"""Instructions on what came in, and what becomes of what was issued."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from directives.models import Directive, LinkKind
from eduportal.base.forms import DayField, VersionField
from schools.models import Unit


class ShortNames(forms.ModelChoiceField):
    """One unit, by its short name."""

    def label_from_instance(self, unit: Any) -> str:
        return unit.short_name


class InstructionForm(forms.Form):
    """Who handles an incoming document."""

    use_required_attribute = False
    version = VersionField()
    unit = ShortNames(label=_("Who handles it"), queryset=Unit.objects.none(), empty_label=_("choose"))
    text = forms.CharField(
        label=_("Instruction"),
        help_text=_("What is to be done; whoever handles it reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    deadline = DayField(label=_("Deadline"), required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class Documents(forms.ModelChoiceField):
    """Another document, by number, subject and state."""

    def label_from_instance(self, directive: Any) -> str:
        state = "" if directive.is_issued else f" ({directive.get_state_display()})"
        return f"{str(directive)[:100]}{state}"


class ChangeForm(forms.Form):
    """Amend, replace or withdraw an issued document."""

    use_required_attribute = False
    version = VersionField()
    kind = forms.ChoiceField(label=_("What happens to it"), choices=LinkKind, widget=forms.RadioSelect)
    newer = Documents(
        label=_("By which document"),
        help_text=_("One of your office. If it is not issued yet, this takes effect on the day it is."),
        queryset=Directive.objects.none(),
        required=False,
        empty_label=_("none: it is withdrawn"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody who received the document reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, documents: QuerySet[Directive], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["newer"].queryset = documents  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind, newer = data.get("kind"), data.get("newer")
        if kind in (LinkKind.AMENDS, LinkKind.REPLACES) and newer is None and "newer" not in self.errors:
            self.add_error("newer", _("Choose the document that does it. Enter it first if it is not there."))
        if kind == LinkKind.WITHDRAWS and newer is not None:
            self.add_error("newer", _("A withdrawn document has no successor. Choose “replace it” instead."))
        return data
