"""Who works where, as what, for what time: the same fields on the screen and in a row of a spreadsheet."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleCode
from eduportal.base.forms import DayField
from eduportal.base.sheet_fields import NamedChoiceField
from schools import rules
from schools.forms import UnitByCode
from schools.models import Posting
from schools.queries.administering import (
    accounts_seen,
    units_administered,
)


class PostingFields(forms.Form):
    """In which unit, as what, for what time."""

    by: Any = None

    unit = UnitByCode(label=_("Unit"))
    role = NamedChoiceField(label=_("Role"), choices=RoleCode.choices)
    first_day = DayField(label=_("From"))
    last_day = DayField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, by: Any = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.by = by or self.by
        self.fields["unit"].queryset = units_administered(self.by)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        unit, role = data.get("unit"), data.get("role")
        if unit and role and not rules.role_fits(role, unit):
            self.add_error("role", _("Principals and clerks work in schools, all others in offices."))
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        if unit and first and not unit.is_in_force(first):
            self.add_error("first_day", _("The unit does not exist on this day."))
        return data


class PostingForm(PostingFields, forms.ModelForm):
    """A posting in the administrator's table: given once, afterwards only its last day can be set."""

    user = forms.ModelChoiceField(label=_("Person"), queryset=get_user_model().objects.none())
    field_order = ("user", "unit", "role", "first_day", "last_day")

    class Meta:
        model = Posting
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any):
        posting = kwargs.get("instance")
        if posting is not None and posting.pk:
            kwargs["initial"] = {
                "user": posting.user_id,
                "unit": posting.unit.code,
                "role": posting.role,
                "first_day": posting.valid_from,
                "last_day": posting.last_day,
            }
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = accounts_seen(self.by)  # type: ignore[attr-defined]
        if self.instance.pk:
            for name in ("user", "unit", "role", "first_day"):
                self.fields[name].disabled = True

    def _post_clean(self) -> None:
        """The row stays as it is stored: actions write."""

    def clean_last_day(self) -> dt.date | None:
        day = self.cleaned_data["last_day"]
        if self.instance.pk and self.instance.valid_to and day is None:
            raise forms.ValidationError(
                _("This posting has a last day. To go on after it, enter a new posting.")
            )
        return day

    @property
    def ends(self) -> dt.date | None:
        """The first day on which the posting is over."""
        last = self.cleaned_data["last_day"]
        return last + dt.timedelta(days=1) if last else None


class ActingForm(forms.Form):
    """Who acts as principal, from when to when."""

    person = forms.ModelChoiceField(
        label=_("Deputy"),
        empty_label=_("choose"),
        queryset=get_user_model().objects.none(),
        help_text=_("People of this school."),
    )
    first_day = DayField(label=_("From"))
    last_day = DayField(label=_("Last day"))

    def __init__(self, *args: Any, people: Any, today: dt.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["first_day"].initial = today
        self.today = today

    def clean_first_day(self) -> dt.date:
        day = self.cleaned_data["first_day"]
        if day < self.today:
            raise forms.ValidationError(_("Nobody can act for days that are past. Choose today or later."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return data
