"""The kinds of notification that reports send.

Their data hold a period by its code; it is put in words when somebody reads.
"""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schools.models import Period
from trail.kinds import notice_kind

CODE = re.compile(r"(?:(?P<kind>[a-z_]+)-)?(?P<year>[0-9]{4})-(?P<number>[0-9]{1,2})")


def period_in_words(code: str) -> str:
    """2026-11: month 11/2026. Words written before periods had codes were of months, as "11/2026"."""
    found = CODE.fullmatch(code)
    if found is None:
        return gettext("month %(month)s") % {"month": code}
    kind = found["kind"] or "month"
    return str(Period(kind=kind, year=int(found["year"]), ordinal=int(found["number"])))


def of_period(name: str, words: object) -> str:
    return notice_kind(name, words, period=period_in_words)


REMINDER = of_period(
    "report.reminder",
    _("%(office)s reminds you: the report of %(period)s, due on %(due_on)s, is not in yet."),
)

RETURNED = of_period("report.returned", _("%(office)s returned the report of %(period)s: %(reason)s"))
CORRECTION_REFUSED = of_period(
    "report.correction_refused",
    _("%(office)s did not accept the correction of %(period)s: %(reason)s"),
)
ACCEPTED = of_period("report.accepted", _("%(office)s accepted the report of %(period)s."))
COMMENTED = of_period("report.commented", _("%(office)s on “%(measure)s” of %(period)s: %(text)s"))

# Of the portal itself, on its days (reports.schedule).
REPORT_DUE = of_period(
    "report.due", _("The report of %(period)s is due on %(due_on)s and has not been sent yet.")
)
REPORT_OVERDUE = of_period(
    "report.overdue",
    _("Overdue: the report of %(period)s was due on %(due_on)s (reminder number %(times)s)."),
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

# Of meetings, to the units that are invited.
MEETING_INVITED = notice_kind(
    "meeting.invited", _("%(office)s invites you to “%(title)s”: %(at)s, %(place)s.")
)
MEETING_MOVED = notice_kind(
    "meeting.moved", _("%(office)s has changed time or place of “%(title)s”: now %(at)s, %(place)s.")
)
MEETING_CANCELLED = notice_kind(
    "meeting.cancelled", _("%(office)s has cancelled “%(title)s” (%(at)s): %(reason)s")
)
MEETING_WITHDRAWN = notice_kind(
    "meeting.withdrawn", _("%(office)s no longer asks you to “%(title)s” (%(at)s).")
)
OF_MEETINGS = (MEETING_INVITED, MEETING_MOVED, MEETING_CANCELLED, MEETING_WITHDRAWN)
