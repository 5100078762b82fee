"""Postings after they were given: who acts as principal for a time, and postings given by mistake."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import RoleCode
from eduportal.base.errors import Refused
from schools.actions import post
from schools.models import Posting, Unit
from trail.actions import record


@transaction.atomic
def name_acting_principal(
    *, school: Unit, user: Any, first_day: dt.date, last_day: dt.date, by: Posting | None
) -> Posting:
    """A deputy acts as principal from a day up to and with another; both may send meanwhile. Ends by itself.

    Raises Refused when the person is the school's principal, or acts already, on one of these days.
    """
    ends = last_day + dt.timedelta(days=1)
    same = Posting.objects.filter(unit=school.pk, user=user, role=RoleCode.PRINCIPAL, valid_from__lt=ends)
    if any(one.valid_to is None or one.valid_to > first_day for one in same):
        raise Refused(_("This person is or acts as principal on some of these days already."))
    posting = Posting.objects.create(
        user=user,
        unit_id=school.pk,
        role=RoleCode.PRINCIPAL,
        valid_from=first_day,
        valid_to=ends,
        is_acting=True,
    )
    data = {"role": RoleCode.PRINCIPAL, "acting": True, "first_day": first_day, "last_day": last_day}
    record("posting.acting_named", about=posting, by=by, unit_id=school.pk, data=data)
    return posting


def post_from_to(
    *, user: Any, unit: Unit, role: RoleCode, first_day: dt.date, last_day: dt.date | None, by: Posting | None
) -> Posting:
    """Post somebody from a day, up to and with another where there is a last one, as people write it."""
    ends = last_day + dt.timedelta(days=1) if last_day else None
    return post(user=user, unit=unit, role=role, valid_from=first_day, valid_to=ends, by=by)


@transaction.atomic
def stop_acting(*, posting: Posting, by: Posting | None, today: dt.date | None = None) -> None:
    """End an acting time early: today is its last day. One that has not begun is taken back."""
    day = today or timezone.localdate()
    if posting.valid_from > day:
        remove_posting(posting=posting, by=by, today=day)
        return
    posting.valid_to = day + dt.timedelta(days=1)
    posting.save(update_fields=["valid_to"])
    record("posting.ended", about=posting, by=by, unit_id=posting.unit_id, data={"last_day": day})


@transaction.atomic
def remove_posting(*, posting: Posting, by: Posting | None, today: dt.date | None = None) -> None:
    """Take back a posting before it begins. Afterwards it is history: Refused, and it is ended instead."""
    if posting.valid_from <= (today or timezone.localdate()):
        raise Refused(_("This posting has begun and is history now. Give it a last day instead."))
    record("posting.removed", about=posting, by=by, unit_id=posting.unit_id, data={"role": posting.role})
    posting.delete()
