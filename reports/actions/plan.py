"""How an office has its briefings: the day, the longer periods, the parts."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction

from eduportal.base.text import nfc
from reports.models import BriefingPlan
from reports.wording.parts import Part
from schools.models import Office, Posting
from trail.actions import record


@transaction.atomic
def plan_days(
    *, office: Office, day: int | None, kinds: Sequence[str], version: int | None, by: Posting
) -> BriefingPlan:
    """On which day of the month after briefings are built by themselves (None: once all reports were due),
    and of which longer periods.

    `version`: of the plan as it was shown, None where the office had none. Raises EditConflict when somebody
    changed it meanwhile.
    """
    return changed(office, version, {"day": day, "kinds": list(kinds)}, by)


@transaction.atomic
def plan_parts(*, office: Office, parts: Sequence[Part], version: int | None, by: Posting) -> BriefingPlan:
    """Of which parts the office's briefings consist, in this order, from the next building on; none: of those
    that the portal writes by itself. Raises as `plan_days` does."""
    texts = [asdict(replace(one, title=nfc(one.title).strip(), text=nfc(one.text).strip())) for one in parts]
    return changed(office, version, {"parts": texts}, by)


def changed(office: Office, version: int | None, fields: dict[str, Any], by: Posting) -> BriefingPlan:
    """The plan with these columns, within a transaction. An office without a plan gets one."""
    Office.objects.select_for_update().get(pk=office.pk)
    row = BriefingPlan.objects.filter(office=office).first()
    if row is None:
        row = BriefingPlan(office=office)
    else:
        row.claim(version or 0)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    record("briefing_plan.set", about=row, by=by, unit_id=office.pk, data=fields)
    return row
