"""By which ways a person is reminded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class RemindersForm(forms.Form):
    """The ways besides the first page, each offered where it leads anywhere."""

    by_mail = forms.BooleanField(label=_("By mail"), required=False)
    by_message = forms.BooleanField(label=_("By a message to my telephone"), required=False)

    def __init__(self, data: Any = None, *, user: User, has_gateway: bool):
        initial = {"by_mail": user.remind_by_mail, "by_message": user.remind_by_message}
        super().__init__(data, initial=initial)
        if user.email:
            self.fields["by_mail"].help_text = _("To %(address)s.") % {"address": user.email}
        else:
            self.fields["by_mail"].help_text = _("No mail address of yours is on record.")
        if not has_gateway:
            del self.fields["by_message"]
        elif user.phone_key:
            self.fields["by_message"].help_text = _("To %(address)s.") % {"address": user.phone}
        else:
            self.fields["by_message"].help_text = _("No telephone number of yours is on record.")
