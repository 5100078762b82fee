"""The kinds of notification that reports send."""

from django.utils.translation import gettext_lazy as _

from trail.kinds import notice_kind

REMINDER = notice_kind(
    "report.reminder",
    _("%(office)s reminds you: the report of month %(period)s, due on %(due_on)s, is not in yet."),
)
