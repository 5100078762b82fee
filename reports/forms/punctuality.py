"""Which part of the kept months is shown."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from reports.forms.listed import ListedUnitsForm
from reports.queries.punctuality import CONTENTS


class PunctualityForm(ListedUnitsForm):
    """The last of twelve months, office, level, cluster, and what is counted."""

    content = forms.ChoiceField(label=gettext_lazy("Content"), choices=list(CONTENTS.items()), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["period"].label = gettext_lazy("Up to month")
