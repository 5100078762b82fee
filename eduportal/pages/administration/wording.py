"""What happened to an account, in words."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "account.opened": _("account opened"),
    "account.edited": _("name or contact corrected"),
    "account.password_issued": _("first password issued"),
    "account.password_chosen": _("own password chosen"),
    "account.closed": _("account closed"),
    "account.reopened": _("account opened again"),
}
