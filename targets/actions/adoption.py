"""Targets read in a document become targets when a person adopts them; others are left aside."""

from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from directives.actions.lessons import learn_target
from directives.models import ReadTarget
from eduportal.base.errors import Refused
from schools.models import Period, Posting, Unit
from targets.actions.setting import AlreadySet, Goal, Origin, quoted, revise_target, set_target
from targets.arithmetic import plain
from targets.models import Comparator, Direction, Indicator, SchoolGroup, SkippedTarget, Target, TargetMention
from targets.proposing import comparator_meant
from trail.actions import record


class AdoptedAlready(AlreadySet):
    """A sentence has become a target already: `target`."""


@transaction.atomic
def adopt_target(
    *,
    read_target: ReadTarget,
    unit: Unit,
    indicator: Indicator,
    period: Period,
    goal: Goal,
    by: Posting,
    group: SchoolGroup | None = None,
    within: Target | None = None,
    although_beyond: bool = False,
    note: str = "",
) -> Target:
    """Set a target that points back to the sentence of the document in which it was read.

    Raises AdoptedAlready when this sentence was adopted before, AlreadySet when the unit has a target there:
    that one is kept (`keep_target`) or changed (`revise_for_read`) instead.
    """
    read = open_read(read_target)
    learn_from(read, indicator, goal)
    origin = Origin(read.directive, read, read.raw)
    return set_target(
        unit=unit,
        indicator=indicator,
        period=period,
        group=group,
        within=within,
        although_beyond=although_beyond,
        goal=goal,
        by=by,
        origin=origin,
        note=note,
    )


@transaction.atomic
def keep_target(*, read_target: ReadTarget, target: Target, by: Posting) -> Target:
    """Let a target that is there already stand for a sentence that says the same, and keep it as it is.

    One that nobody found in a document yet has its origin in this sentence from now on, if the own office set
    it; any other keeps its origin and is linked beside it.
    """
    read = open_read(read_target)
    kept = Target.objects.select_for_update(of=("self",)).shown().filter(pk=target.pk).first()
    if kept is None:
        raise Refused(_("Somebody has taken that target away. Adopt the sentence anew."), code="gone")
    if kept.directive_id is None and kept.office_id == by.acting_unit.pk:
        kept.claim(kept.version)
        kept.directive, kept.read_target, kept.quote = read.directive, read, quoted(read.raw)
        kept.save(update_fields=["directive", "read_target", "quote"])
    else:
        TargetMention.objects.create(target=kept, read_target=read, linked_by_id=by.user_id)
    data = {"item": read.raw, "document": read.directive.full_number}
    record("target.linked", about=kept, by=by, unit_id=kept.unit_id, data=data)
    return kept


@transaction.atomic
def revise_for_read(
    *,
    read_target: ReadTarget,
    target: Target,
    version: int,
    goal: Goal,
    note: str,
    reason: str,
    by: Posting,
) -> Target:
    """Give a target that is there already the goal of a sentence, and link it. What it was stays, and why.

    Raises EditConflict when somebody else saved since `version`.
    """
    read = open_read(read_target)  # locked first, in the order of `keep_target`
    learn_from(read, target.indicator, goal)
    revised = revise_target(target=target, version=version, goal=goal, note=note, reason=reason, by=by)
    return keep_target(read_target=read_target, target=revised, by=by)


@transaction.atomic
def skip_target(*, read_target: ReadTarget, by: Posting) -> None:
    """Leave a target aside that is none for the portal. Done twice, it is still left aside."""
    read = locked(read_target)
    refuse_adopted(read)
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


def learn_from(read: ReadTarget, indicator: Indicator, goal: Goal) -> None:
    """Keep what the reader can learn: what it proposed, against what was set."""
    higher = indicator.direction == Direction.HIGHER
    comparator = comparator_meant(read.comparator, higher_is_better=higher, known=Comparator.values)
    learn_target(
        read,
        meant=in_code(comparator, read.value, read.value_max),
        made=in_code(goal.comparator, goal.value, goal.value_max),
    )


def in_code(comparator: str, value: Decimal | None, high: Decimal | None) -> str:
    """
    >>> in_code("between", Decimal("65.0000"), Decimal(70))
    'between 65 70'
    """
    numbers = (value, high if comparator == Comparator.BETWEEN else None)
    return " ".join([comparator, *(str(plain(one)) for one in numbers if one is not None)])


def locked(read_target: ReadTarget) -> ReadTarget:
    """The row as stored now, and nobody else's until the end."""
    rows = ReadTarget.objects.select_for_update(of=("self",)).select_related("directive")
    return rows.get(pk=read_target.pk)


def open_read(read_target: ReadTarget) -> ReadTarget:
    """The sentence for adopting: locked, of an issued document, no longer left aside."""
    read = locked(read_target)
    refuse_adopted(read)
    if not read.directive.is_issued:
        raise Refused(_("The document is not issued yet: its targets may still change. Nothing was saved."))
    SkippedTarget.objects.filter(read_target=read).delete()
    return read


def refuse_adopted(read: ReadTarget) -> None:
    adopted = Target.objects.shown().filter(Q(read_target=read) | Q(mentions__read_target=read)).first()
    if adopted is not None:
        raise AdoptedAlready(_("This target was adopted already. Open it to change it."), adopted)
