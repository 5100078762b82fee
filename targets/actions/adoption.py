"""Targets read in a document become targets when a person adopts them; others are left aside."""

from django.db import transaction
from django.utils.translation import gettext as _

from directives.models import ReadTarget
from eduportal.base.errors import Refused
from schools.models import Period, Posting, Unit
from targets.actions.setting import AlreadySet, Goal, Origin, set_target
from targets.models import Indicator, SkippedTarget, Target
from trail.actions import record


@transaction.atomic
def adopt_target(
    *,
    read_target: ReadTarget,
    unit: Unit,
    indicator: Indicator,
    period: Period,
    goal: Goal,
    by: Posting,
    note: str = "",
) -> Target:
    """Set a target that points back to the sentence of the document in which it was read.

    Raises AlreadySet when this sentence was adopted before, or the unit has a target there already.
    """
    read = locked(read_target)
    if adopted := Target.objects.shown().filter(read_target=read).first():
        raise AlreadySet(_("This target was adopted already. Open it to change it."), adopted)
    if not read.directive.is_issued:
        raise Refused(_("The document is not issued yet: its targets may still change. Nothing was saved."))
    SkippedTarget.objects.filter(read_target=read).delete()
    origin = Origin(read.directive, read, read.raw)
    return set_target(
        unit=unit, indicator=indicator, period=period, goal=goal, by=by, origin=origin, note=note
    )


@transaction.atomic
def skip_target(*, read_target: ReadTarget, by: Posting) -> None:
    """Leave a target aside that is none for the portal. Done twice, it is still left aside."""
    read = locked(read_target)
    if adopted := Target.objects.shown().filter(read_target=read).first():
        raise AlreadySet(_("This target was adopted already. Open it to change it."), adopted)
    _row, made = SkippedTarget.objects.get_or_create(read_target=read, defaults={"skipped_by_id": by.user_id})
    if made:
        data = {"item": read.raw}
        record("target.skipped", about=read.directive, by=by, unit_id=read.directive.office_id, data=data)


@transaction.atomic
def take_up_again(*, read_target: ReadTarget, by: Posting) -> None:
    """Put a target that was left aside back among those to decide on."""
    read = locked(read_target)
    gone, _rows = SkippedTarget.objects.filter(read_target=read).delete()
    if gone:
        data = {"item": read.raw}
        record("target.taken_up", about=read.directive, by=by, unit_id=read.directive.office_id, data=data)


def locked(read_target: ReadTarget) -> ReadTarget:
    """The row as stored now, and nobody else's until the end."""
    rows = ReadTarget.objects.select_for_update(of=("self",)).select_related("directive")
    return rows.get(pk=read_target.pk)
