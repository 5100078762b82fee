"""Explicit changes of a month's expected list, each with its reason."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from reports.actions.monthly import locked
from reports.models import MonthlyReport, ReportState
from reports.queries.expected import due_days, due_on
from schools.models import Period, Posting, Unit
from schools.queries.accepting import accepting_offices
from trail.actions import record, settle


@transaction.atomic
def excuse_unit(
    *, report: MonthlyReport, version: int, reason: str, by: Posting, now: dt.datetime
) -> MonthlyReport:
    """Take a unit off the month's expected list, saying why. What it has saved stays.

    Raises Refused when the report came in meanwhile, EditConflict when it changed since `version` was shown.
    """
    current = locked(report)
    if not current.is_editable:
        raise Refused(
            _("This report is not awaited any more (%(state)s). Nothing was changed.")
            % {"state": current.get_state_display()}
        )
    current.claim(version)
    current.state, current.reason = ReportState.EXCUSED, nfc(reason).strip()
    current.reviewed_at, current.reviewed_by = now, by.user
    current.save(update_fields=["state", "reason", "reviewed_at", "reviewed_by"])
    settle(about=current)
    data = {"reason": current.reason}
    record("report.excused", about=current, by=by, unit_id=current.unit_id, data=data)
    return current


@transaction.atomic
def add_unit(
    *, unit: Unit, period: Period, reason: str, by: Posting, today: dt.date, now: dt.datetime
) -> MonthlyReport:
    """Expect a month's report of a unit that the opened list lacks, or expect it again after all.

    Raises Refused when it is expected already, or when its report is another office's to accept.
    """
    Period.objects.select_for_update().get(pk=period.pk)
    office = accepting_offices(min(today, period.data_to)).get(unit.pk)
    if office != by.acting_unit.pk:
        raise Refused(_("Not added: the report of %(unit)s goes to another office.") % {"unit": unit.name})
    row = MonthlyReport.objects.filter(unit=unit, period=period).first()
    if row is not None and row.state != ReportState.EXCUSED:
        raise Refused(_("Not added: %(unit)s is expected already.") % {"unit": unit.name})
    if row is None:
        until = due_on(period, office, due_days())
        row = MonthlyReport(unit=unit, period=period, office_id=office, due_on=until)
    else:
        row.claim(row.version)
    row.state, row.reason = ReportState.EXPECTED, ""
    row.reviewed_at = row.reviewed_by = None
    row.added_at, row.added_by, row.added_reason = now, by.user, nfc(reason).strip()
    row.save()
    record("report.added", about=row, by=by, unit_id=unit.pk, data={"reason": row.added_reason})
    return row
