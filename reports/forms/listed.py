"""Which month's reports are listed, and whose."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from reports.queries.figures import code_of
from reports.queries.missing import COMMUNES
from schools.models import Level, Period, Unit

LEVELS = [("", gettext_lazy("all")), *Level.choices, (COMMUNES, gettext_lazy("communes"))]


def newest_of(periods: Iterable[Period]) -> Period | None:
    """Of periods, newest first: the first month, or where there is none the first one."""
    listed = list(periods)
    return next((one for one in listed if one.is_month), next(iter(listed), None))


class ListedMonthForm(forms.Form):
    """A period among those opened, and an office among those in sight (shown as each form needs it)."""

    period = forms.ChoiceField(label=gettext_lazy("Period"), required=False)

    def __init__(
        self, data: Mapping[str, Any], *, periods: Iterable[Period], offices: QuerySet[Unit] | None = None
    ):
        super().__init__(data)
        if offices is not None:
            self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        self.periods = {code_of(period): period for period in periods}
        self.fields["period"].choices = [(code, str(period)) for code, period in self.periods.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Period | None:
        """What is asked for, or the newest month, else whatever is newest; None when nothing was opened."""
        return self.periods.get(self.cleaned_data["period"], newest_of(self.periods.values()))


class ListedUnitsForm(ListedMonthForm):
    """The same, and only the units beneath an office, of a level or of a cluster."""

    office = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Office"), required=False, empty_label=gettext_lazy("all")
    )
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=LEVELS, required=False)
    cluster = forms.ChoiceField(label=gettext_lazy("Cluster"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        periods: Iterable[Period],
        offices: QuerySet[Unit],
        clusters: Iterable[str],
    ):
        super().__init__(data, periods=periods, offices=offices)
        named = [(name, name) for name in clusters]
        self.fields["cluster"].choices = [("", gettext_lazy("all")), *named]  # type: ignore[attr-defined]
        if not named:  # where there are no clusters there is no such filter
            self.fields["cluster"].widget = forms.HiddenInput()
