"""The kinds of notification that reports send."""

from django.utils.translation import gettext_lazy as _

from trail.kinds import notice_kind

REMINDER = notice_kind(
    "report.reminder",
    _("%(office)s reminds you: the report of month %(period)s, due on %(due_on)s, is not in yet."),
)

RETURNED = notice_kind("report.returned", _("%(office)s returned the report of month %(period)s: %(reason)s"))
CORRECTION_REFUSED = notice_kind(
    "report.correction_refused",
    _("%(office)s did not accept the correction of month %(period)s: %(reason)s"),
)
ACCEPTED = notice_kind("report.accepted", _("%(office)s accepted the report of month %(period)s."))
COMMENTED = notice_kind("report.commented", _("%(office)s on “%(measure)s” of month %(period)s: %(text)s"))

# Of the portal itself, on its days (reports.schedule).
REPORT_DUE = notice_kind(
    "report.due", _("The report of month %(period)s is due on %(due_on)s and has not been sent yet.")
)
REPORT_OVERDUE = notice_kind(
    "report.overdue",
    _("Overdue: the report of month %(period)s was due on %(due_on)s (reminder number %(times)s)."),
)
TASK_DUE = notice_kind("task.due", _("Due on %(due_on)s: “%(what)s” (document %(number)s)."))
TASK_OVERDUE = notice_kind(
    "task.overdue",
    _("Overdue since %(due_on)s: “%(what)s” (document %(number)s; reminder number %(times)s)."),
)
CHASED_BENEATH = notice_kind(
    "office.chased",
    _("Reminded often and still not done by the units beneath: %(reports)s reports, %(tasks)s tasks."),
)
OF_DEADLINES = (REPORT_DUE, REPORT_OVERDUE, TASK_DUE, TASK_OVERDUE)
