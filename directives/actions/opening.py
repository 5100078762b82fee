"""Receipts: which units have opened a document that was issued to them, and a word to those that have not."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from directives.models import Assignment, Directive, Opening
from directives.notices import UNOPENED
from directives.queries.opening import unopened_units
from schools.models import Posting
from trail.actions import notification_of, notify_all, record
from trail.models import Notification


def note_opening(directive: Directive, by: Posting | None) -> None:
    """Somebody opened a document: kept once for the unit in whose name they act, if it was issued to that.

    One query for who has opened it before, three the first time; none for the issuing office.
    """
    if by is None or not directive.is_issued or by.acting_unit.pk == directive.office_id:
        return
    unit = by.acting_unit.pk
    if Opening.objects.filter(directive=directive, unit=unit).exists():
        return
    if Assignment.objects.filter(task__directive=directive, unit=unit).exists():
        row = Opening(directive=directive, unit_id=unit, opened_at=timezone.now(), opened_by=by.user)
        Opening.objects.bulk_create([row], ignore_conflicts=True)
        asked = Notification.objects.open().about(directive).filter(kind=UNOPENED, unit_id=unit)
        asked.update(settled_at=timezone.now())


@transaction.atomic
def remind_to_open(*, directive: Directive, by: Posting, today: dt.date) -> int:
    """A word on the first page of each unit that has not opened a document; to none twice a day.

    Gives how many were told. Five statements, however many units.
    """
    directive = Directive.objects.select_for_update().get(pk=directive.pk)
    start = timezone.make_aware(dt.datetime.combine(today, dt.time.min))
    told = Notification.objects.about(directive).filter(kind=UNOPENED, created_at__gte=start)
    left = unopened_units(directive).exclude(pk__in=told.values("unit_id"))
    units = list(left.values_list("pk", flat=True))
    data = {"office": by.acting_unit.short_name, "document": str(directive)[:200]}
    url = reverse("directives:detail", args=[directive.pk])
    notify_all(
        notification_of(UNOPENED, unit_id=unit, about=directive, by=by, url=url, data=data) for unit in units
    )
    if units:
        counted = {"units": len(units)}
        record(
            "directive.reminded_to_open", about=directive, by=by, unit_id=directive.office_id, data=counted
        )
    return len(units)
