"""Which book of handling is asked for, and of which days."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.handling import ARRIVALS, OWN, TASKS
from eduportal.base.forms import DayField

BOOK_WORDS = {
    ARRIVALS: _("Incoming documents"),
    TASKS: _("Tasks that we set"),
    OWN: _("Tasks given to us"),
}


class BookForm(forms.Form):
    """A book and its days; what is left empty is this year up to today."""

    use_required_attribute = False
    book = forms.ChoiceField(label=_("Book"), required=False)
    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, books: list[str], today: dt.date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.books, self.today = books, today
        self.fields["book"].choices = [(one, BOOK_WORDS[one]) for one in books]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["book"] = data.get("book") or self.books[0]
        last = data.get("last") or self.today
        first = data.get("first") or dt.date(last.year, 1, 1)
        if first > last:
            self.add_error("last", _("This day lies before the first one. Choose a later day."))
        return data | {"first": first, "last": last}
