"""Forms of targets that units register."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from eduportal.base.forms import RowsField, VersionField
from eduportal.base.numbers import whole_number
from targets.forms import GoalForm, IndicatorField, PeriodField, goal_initial, period_meant
from targets.models import Indicator, Pledge


class PledgeForm(GoalForm):
    """What the own unit means to reach, on what and for when."""

    indicator = IndicatorField(label=_("Indicator"), queryset=Indicator.objects.none())
    period = PeriodField(label=_("Period"), empty=_("choose"))
    field_order = ["indicator", "period"]

    def __init__(self, *args: Any, indicators: QuerySet[Indicator], today: dt.date, **kwargs: Any):
        super().__init__(*args, today=today, **kwargs)
        self.fields["indicator"].by_level(indicators)  # type: ignore[attr-defined]
        self.fields["period"].about(today)  # type: ignore[attr-defined]

    def pledge(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return {
            "indicator": data["indicator"],
            "period": period_meant(data["period"]),
            "goal": self.goal(),
            "note": data["note"],
        }


class ChangePledgeForm(GoalForm):
    """Another goal for what was registered, before it is approved."""

    version = VersionField()

    def __init__(self, *args: Any, pledge: Pledge, **kwargs: Any):
        super().__init__(*args, initial=goal_initial(pledge), **kwargs)
        self.pledge = pledge

    def counted(self) -> Indicator:
        return self.pledge.indicator

    def is_of_rate(self) -> bool:
        return self.pledge.indicator.is_rate


class DecideForm(forms.Form):
    """Approved as it is, or returned with the reason."""

    use_required_attribute = False
    version = VersionField()
    answer = forms.CharField(
        label=_("Reason, if it goes back"),
        help_text=_("The unit reads this."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, returning: bool = False, **kwargs: Any):
        super().__init__(data, prefix="decide", **kwargs)
        if returning:
            self.fields["answer"].required = True
            self.fields["answer"].error_messages["required"] = _("Say why it goes back. Nothing was changed.")


class WithdrawForm(forms.Form):
    version = VersionField()


class ApproveSeveralForm(forms.Form):
    """Several approved at once, each as it was shown."""

    use_required_attribute = False
    chosen = RowsField(
        label=_("Registered targets"),
        queryset=Pledge.objects.none(),
        error_messages={
            "required": _("Tick those to be approved."),
            "invalid_choice": _("One of these was decided meanwhile. Look at the list as it is now."),
        },
    )

    def __init__(self, *args: Any, pledges: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = pledges  # type: ignore[attr-defined]

    def shown(self) -> list[tuple[Pledge, int]]:
        """Each with the version that it was shown with."""
        return [
            (one, whole_number(str(self.data.get(f"version-{one.pk}", ""))) or 0)
            for one in self.cleaned_data["chosen"]
        ]
