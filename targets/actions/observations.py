"""Every write to observations."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from eduportal.base.text import nfc
from schools.models import Period, Posting, Unit
from targets.arithmetic import NOT_APPLICABLE, Figure
from targets.models import Measure, Observation, ObservationStatus
from targets.queries import values_of
from trail.actions import record

Holder = Callable[[Unit, Period], None]
HOLDERS: list[Holder] = []
"""Who guards a unit's figures of a period by a version of its own: told when a list writes past it.

Apps above register theirs when they are ready. A holder locks its row, so that nothing is sent meanwhile.
"""


@dataclass(frozen=True)
class Known:
    """What is stored of a unit's figures of a period, and the keys of measures, both by the measure's code.

    For whoever has read both, and holds the row that guards them since.
    """

    stored: Mapping[str, Observation]
    measures: Mapping[str, int]


@transaction.atomic
def enter_figures(
    *,
    unit: Unit,
    period: Period,
    values: Mapping[str, Figure],
    by: Posting | None,
    remarks: Mapping[str, str] | None = None,
) -> None:
    """Write a unit's figures from a list, past the page on which it fills them in itself.

    Whoever has that page open is told and shown both values. Otherwise as `observe`.
    """
    for hold in HOLDERS:
        hold(unit, period)
    observe(unit=unit, period=period, values=values, remarks=remarks, by=by)


@transaction.atomic
def observe(
    *,
    unit: Unit,
    period: Period,
    values: Mapping[str, Figure],
    by: Posting | None,
    remarks: Mapping[str, str] | None = None,
    known: Known | None = None,
) -> dict[str, Observation]:
    """Write down a unit's figures of a period, by code of the measure, as drafts. Gives what is stored then.

    None takes a figure away (missing) and its remark with it, NOT_APPLICABLE says that it does not apply. A
    remark explains a figure. Figures and remarks not named stay as they are. What changed goes to the trail
    with its former value. Raises Refused when a figure was sent already. Six queries at most; two fewer where
    what is stored is `known`.
    """
    remarks = remarks or {}
    known = known or Known(
        values_of(unit, period), dict(Measure.objects.filter(code__in=values).values_list("code", "pk"))
    )
    stored, measures = dict(known.stored), known.measures
    changes, removed, written = {}, [], []
    for code, figure in values.items():
        before = stored.get(code)
        row = before or Observation(unit=unit, period=period, measure_id=measures[code])
        remark = nfc(remarks[code]).strip() if code in remarks else row.remark
        former = before.figure if before else None
        if former == figure and (figure is None or row.remark == remark):
            continue
        if row.status != ObservationStatus.DRAFT:
            message = _("These figures were sent and cannot be changed now. Nothing was changed.")
            raise Refused(message, code="already_sent")
        changes[code] = [said(former), said(figure)]
        if figure is None:
            removed.append(stored.pop(code).pk)
        else:
            written.append(answered(row, figure, remark))
            stored[code] = row
    if changes:
        write(removed, written)
        data = {"period": str(period.pk), "changes": changes}
        record("figures.written", about=unit, by=by, unit_id=unit.pk, data=data)
    return stored


def answered(row: Observation, figure: Figure, remark: str) -> Observation:
    row.not_applicable = figure is NOT_APPLICABLE
    row.value = figure if isinstance(figure, Decimal) else None
    row.remark = remark
    return row


def write(removed: list[int], written: list[Observation]) -> None:
    """One query for the rows that go, one for those that change, one for those that come."""
    kept = [row for row in written if row.pk]
    for row in kept:
        row.version += 1
    if removed:
        Observation.objects.filter(pk__in=removed).delete()
    Observation.objects.bulk_update(kept, ["not_applicable", "value", "remark", "version"])
    Observation.objects.bulk_create(row for row in written if not row.pk)


def said(figure: Figure) -> Any:
    """A figure as the trail keeps it."""
    return figure.value if figure is NOT_APPLICABLE else figure


@transaction.atomic(savepoint=False)
def set_status(*, unit: Unit, period: Period, status: ObservationStatus, by: Posting | None) -> None:
    """Set the status of all figures of a unit in a period: they count from sending on."""
    rows = Observation.objects.filter(unit=unit, period=period).exclude(status=status)
    changed = rows.update(status=status, status_at=timezone.now(), version=F("version") + 1)
    if changed:
        data = {"period": str(period.pk), "status": str(status), "figures": changed}
        record("figures.status_set", about=unit, by=by, unit_id=unit.pk, data=data)
