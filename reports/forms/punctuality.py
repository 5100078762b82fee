"""Which part of the kept months is shown."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from reports.forms.review import ListedMonthForm
from reports.queries.missing import COMMUNES
from reports.queries.punctuality import CONTENTS
from schools.models import Level, Period, Unit


class PunctualityForm(ListedMonthForm):
    """The last of twelve months, office, level, cluster, and what is counted."""

    office = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Office"), required=False, empty_label=gettext_lazy("all")
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        choices=[("", gettext_lazy("all")), *Level.choices, (COMMUNES, gettext_lazy("communes"))],
        required=False,
    )
    cluster = forms.ChoiceField(label=gettext_lazy("Cluster"), required=False)
    content = forms.ChoiceField(label=gettext_lazy("Content"), choices=list(CONTENTS.items()), required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        periods: Iterable[Period],
        offices: QuerySet[Unit],
        clusters: Iterable[str],
    ):
        super().__init__(data, periods=periods, offices=offices)
        offer_clusters(self, clusters)
        self.fields["period"].label = gettext_lazy("Up to month")


def offer_clusters(form: forms.Form, clusters: Iterable[str]) -> None:
    """The clusters that occur; where there are none, no such filter."""
    named = [(name, name) for name in clusters]
    form.fields["cluster"].choices = [("", gettext_lazy("all")), *named]  # type: ignore[attr-defined]
    if not named:
        form.fields["cluster"].widget = forms.HiddenInput()
