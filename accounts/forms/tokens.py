"""Forms of the account area: tokens for other programmes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Scope
from accounts.roles import Permission

# Which rights a scope is of use to; reading is of use to everybody.
RIGHTS = {
    Scope.WRITE_REPORTS: {Permission.PREPARE_REPORTS, Permission.SEND_REPORTS},
    Scope.WRITE_PROGRESS: {Permission.REPORT_PROGRESS},
    Scope.WRITE_REVIEWS: {Permission.REVIEW_REPORTS},
}


def scopes_of_use(postings: Iterable[Any]) -> list[Scope]:
    """What a person with these postings could let a programme do at all."""
    postings = list(postings)
    return [
        scope
        for scope in Scope
        if scope == Scope.READ or any(one.may(right) for one in postings for right in RIGHTS[scope])
    ]


class NewTokenForm(forms.Form):
    """What a token is for, whom it acts for, and how long."""

    DAYS = (
        (30, _("30 days")),
        (90, _("90 days")),
        (365, _("one year")),
    )
    use_required_attribute = False
    name = forms.CharField(
        label=_("Name"),
        help_text=_("Which programme will use it. Only you and your administrator read this."),
        max_length=80,
    )
    posting = forms.ChoiceField(label=_("Acts as"))
    scopes = forms.MultipleChoiceField(
        label=_("Allowed to"),
        help_text=_("Never more than you may yourself. Choose no more than it needs."),
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ.value],
    )
    days = forms.TypedChoiceField(
        label=_("Valid for"), coerce=int, choices=DAYS, initial=90, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, postings: Iterable[Any], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.postings = {str(one.pk): one for one in postings}
        choices = [(key, f"{one.role_name}, {one.unit.name}") for key, one in self.postings.items()]
        self.fields["posting"].choices = choices  # type: ignore[attr-defined]
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (scope.value, scope.label) for scope in scopes_of_use(self.postings.values())
        ]
        if len(choices) == 1:
            self.fields["posting"].widget = forms.HiddenInput()
            self.initial["posting"] = choices[0][0]

    @property
    def chosen(self) -> Any:
        """The posting that the token will act through."""
        return self.postings[self.cleaned_data["posting"]]

    def expires_at(self) -> dt.datetime:
        return timezone.now() + dt.timedelta(days=self.cleaned_data["days"])
