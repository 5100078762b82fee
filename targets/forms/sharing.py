"""The grid in which a target is shared out: a value for each unit beneath."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eduportal.base.forms import NumberField, VersionField
from schools.models import Unit
from targets.queries.sharing import Share, Sharing
from targets.sharing import holds
from targets.wording import amount


def name_of(unit: Unit) -> str:
    return f"value-{unit.pk}"


class ShareForm(forms.Form):
    """A value for each unit; an empty field leaves a unit without one.

    Parts that do not come to the whole are asked about once.
    """

    use_required_attribute = False
    version = VersionField()
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        help_text=gettext_lazy(
            "Only where a unit has its target already. Kept with the former value in its history."
        ),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    as_it_is = forms.BooleanField(
        label=gettext_lazy("Save it although the parts do not come to the whole"), required=False
    )

    def __init__(self, data: Any = None, *, sharing: Sharing, values: Mapping[int, Decimal] | None = None):
        super().__init__(data, initial={"version": sharing.target.version})
        self.sharing = sharing
        shown = sharing.given if values is None else values
        for share in sharing.shares:
            field = NumberField(label=share.unit.name, decimals=sharing.is_rate, required=False)
            if sharing.is_rate:
                field.max_value = field.meant_up_to = 100
            field.initial = shown.get(share.unit.pk)
            self.fields[name_of(share.unit)] = field

    def rows(self) -> list[tuple[Share, BoundField]]:
        """Each unit with its field."""
        return [(share, self[name_of(share.unit)]) for share in self.sharing.shares]

    def values(self) -> dict[Unit, Decimal]:
        """What was typed for each unit."""
        typed = {share.unit: self.cleaned_data.get(name_of(share.unit)) for share in self.sharing.shares}
        return {unit: value for unit, value in typed.items() if value is not None}

    def together(self) -> Decimal | None:
        """What the values typed so far, or proposed, come to."""
        if self.is_bound:
            return self.sharing.together({unit.pk: value for unit, value in self.values().items()})
        shown = {share.unit.pk: self.fields[name_of(share.unit)].initial for share in self.sharing.shares}
        return self.sharing.together({pk: value for pk, value in shown.items() if value is not None})

    @property
    def is_asked(self) -> bool:
        """Whether it was said that the parts do not come to the whole."""
        return "as_it_is" in self.errors or bool(self["as_it_is"].value())

    @property
    def needs_reason(self) -> bool:
        return bool(self.sharing.given)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if any(name.startswith("value-") for name in self.errors):
            return data
        values = self.values()
        if not values:
            raise forms.ValidationError(_("Write a value for at least one unit. Nothing was saved."))
        self.check_emptied(data)
        changed = [
            share
            for share in self.sharing.shares
            if share.goal is not None and data.get(name_of(share.unit)) not in (None, share.goal)
        ]
        if changed and not data.get("reason", "").strip():
            self.add_error("reason", _("Say why targets that are set already change."))
        self.check_whole(data)
        return data

    def check_emptied(self, data: dict[str, Any]) -> None:
        for share in self.sharing.shares:
            if share.goal is not None and data.get(name_of(share.unit)) is None:
                words = _("It has a target already. Write a value; to take the target away, open it.")
                self.add_error(name_of(share.unit), words)

    def check_whole(self, data: dict[str, Any]) -> None:
        target, together = self.sharing.target, self.together()
        if data.get("as_it_is") or holds(target.comparator, together, target.value):
            return
        words = _(
            "The parts come to %(together)s, the whole is %(whole)s. Change them, or tick this to save it so."
        )
        said = {
            "together": amount(together, target.indicator),
            "whole": amount(target.value, target.indicator),
        }
        self.add_error("as_it_is", words % said)
