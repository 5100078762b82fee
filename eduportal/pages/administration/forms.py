"""A file to import, and the account and posting pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import AccountFields
from eduportal.base.forms import DayField, VersionField
from eduportal.base.resources import UNREADABLE, Headings, SheetResource
from eduportal.base.sheets import MAX_BYTES, Sheet, SheetRefused, read_sheet


class SheetFileForm(forms.Form):
    """A spreadsheet that can be read and whose headings are known. `headings` says what is not."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_(".xlsx or .csv, up to 20,000 rows. Nothing is saved before you have seen what changes."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, resource: SheetResource, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.resource = resource
        self.headings: Headings | None = None
        self.sheet: Sheet | None = None
        self.content = b""

    def clean_file(self) -> Any:
        chosen = self.cleaned_data["file"]
        try:
            if chosen.size > MAX_BYTES:
                raise SheetRefused("too_large")
            self.content = chosen.read()
            self.sheet = read_sheet(chosen.name, self.content)
        except SheetRefused as refused:
            message = UNREADABLE[refused.code]
            raise forms.ValidationError(message, code=refused.code, params={"name": chosen.name}) from refused
        self.headings = self.resource.read_headings(self.sheet.headings)
        if not self.headings.are_right:
            raise forms.ValidationError(
                _("The headings of “%(name)s” are not those of this list. Nothing was read beyond them."),
                code="headings",
                params={"name": chosen.name},
            )
        return chosen


class AccountForm(AccountFields):
    """An existing account, with the version as it was shown."""

    version = VersionField()


class EndForm(forms.Form):
    last_day = DayField(label=_("Last day"))
