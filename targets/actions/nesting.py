"""Targets as parts of another of the same unit: "trong đó"."""

from django.db import transaction
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from schools.models import Period, Posting, Unit
from targets.models import Target
from targets.queries.nesting import Nest, nest_of, stands_under
from targets.wording import amount
from trail.actions import record


class BeyondTheWhole(Refused):
    """Parts that go beyond their whole: saved only by somebody who says so."""


@transaction.atomic
def place_within(
    *, target: Target, version: int, whole: Target | None, by: Posting, although_beyond: bool = False
) -> Target:
    """Make a target a part of another, or of none.

    Raises EditConflict when somebody else saved since `version`, and BeyondTheWhole.
    """
    target.claim(version)
    if whole is not None:
        refuse_unfit(whole, target.unit, target.period)
        refuse_loop(target, whole)
    target.within = whole
    target.save(update_fields=["within"])
    refuse_beyond(target, although_beyond=although_beyond)
    data = {"indicator": target.indicator.code, "whole": str(whole) if whole else ""}
    record("target.placed", about=target, by=by, unit_id=target.unit_id, data=data)
    return target


def refuse_unfit(whole: Target, unit: Unit, period: Period) -> None:
    if (whole.unit_id, whole.period_id) != (unit.pk, period.pk):
        raise Refused(
            _("“%(whole)s” is of another unit or period. A part is of the same unit and period as its whole.")
            % {"whole": whole}
        )


def refuse_loop(target: Target, whole: Target) -> None:
    """One query."""
    same = Target.objects.filter(unit=target.unit_id, period=target.period_id)
    if stands_under(whole.pk, target.pk, dict(same.values_list("pk", "within"))):
        raise Refused(_("“%(whole)s” is itself a part of this target.") % {"whole": whole})


def refuse_beyond(target: Target, *, although_beyond: bool) -> None:
    """A target as it is stored now, held against its whole and against its parts. Eight queries at most.

    Raises BeyondTheWhole; within a transaction, which undoes what was written.
    """
    if although_beyond:
        return
    for whole in (target, target.within):
        nest = nest_of(whole) if whole else None
        if nest and nest.excess:
            raise BeyondTheWhole(beyond_words(nest))


def beyond_words(nest: Nest) -> str:
    indicator = nest.whole.indicator
    named = {"whole": nest.whole.subject, "goal": amount(nest.whole.value, indicator)}
    if nest.together is None:
        return (
            _(
                "“%(whole)s” is to reach %(goal)s, and a part of those it speaks of is to reach more. "
                "Correct one of them, or tick the field below to save it so. Nothing was saved."
            )
            % named
        )
    return _(
        "“%(whole)s” is to reach %(goal)s, and its parts come to %(together)s. Correct one of them, or tick "
        "the field below to save it so. Nothing was saved."
    ) % (named | {"together": amount(nest.together, indicator)})
