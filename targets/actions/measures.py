"""What is counted, and the indicators made of it: begun, corrected in how they are called, retired."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from eduportal.base.errors import Refused
from eduportal.base.models import Versioned
from schools.models import Period, Posting, Unit
from targets.formula import Formula, level_in_common
from targets.models import (
    Counted,
    Indicator,
    IndicatorUnit,
    Making,
    Measure,
    QualityRule,
    Reporter,
    SchoolGroup,
    Side,
    Target,
)
from targets.queries.board import span_before
from targets.queries.values import span_of, trends, two_years_to, values
from targets.values import Point, Value
from trail.actions import record

# No code that anybody could type: what is only tried out never meets an indicator that there is.
NO_STEM = "?"


@transaction.atomic
def define_measure(*, by: Posting | None, stem: str, level: str, **fields: Any) -> Measure:
    """Begin to count something, from the day given on. Forms of months that begin later ask for it."""
    measure = Measure.objects.create(code=f"{level}.{stem}", stem=stem, level=level, **fields)
    record("measure.defined", about=measure, by=by, unit_id=by.unit_id if by else None)
    return measure


@transaction.atomic
def edit_measure(*, measure: Measure, version: int, by: Posting | None, **fields: Any) -> Measure:
    """Correct how a measure is called, placed and bounded; with `valid_to`, retire it from that day on.

    What it counts stays: figures stand on it. Raises Refused while an indicator in force is made of it,
    EditConflict when somebody saved since `version`.
    """
    measure.claim(version)
    if ends := sooner(measure, fields):
        refuse_if_counted(measure, ends)
    told = write_changes(measure, fields)
    if told:
        record("measure.edited", about=measure, by=by, unit_id=by.unit_id if by else None, data=told)
    return measure


@transaction.atomic
def define_indicator(*, by: Posting | None, stem: str, formula: Formula, **fields: Any) -> Indicator:
    """Begin an indicator by its formula, which was checked (`targets.formula.check`).

    Its level is that of its measures, where they have one in common; its unit is what they count. What a unit
    reports counts beside the other side's of the same level, so that nobody's part tilts a rate.
    """
    indicator = made_of_formula(stem, formula, **fields)
    data = {"formula": str(formula)}
    record("indicator.defined", about=indicator, by=by, unit_id=by.unit_id if by else None, data=data)
    return indicator


def made_of_formula(stem: str, formula: Formula, **fields: Any) -> Indicator:
    """An indicator and its terms, stored."""
    measures = {one.code: one for one in Measure.objects.filter(code__in=formula.codes)}
    level = level_in_common(one.level for one in measures.values())
    indicator = Indicator.objects.create(
        code=code_of_indicator(level, stem),
        level=level,
        making=making_of(formula),
        unit=unit_of(formula, measures[formula.above[0]]),
        **fields,
    )
    above, below = ([measures[code] for code in side] for side in (formula.above, formula.below))
    for side, ours, others in ((Side.NUMERATOR, above, below), (Side.DENOMINATOR, below, above)):
        for measure in ours:
            same = [one for one in others if (one.level, one.reporter) == (measure.level, measure.reporter)]
            beside = next(iter(same), None)  # of a level there is one on a side
            indicator.terms.create(side=side, measure=measure, beside=beside)
    return indicator


@dataclass(frozen=True)
class Tried:
    """What a formula comes to for a unit: this school year so far, the one before, and month by month."""

    indicator: Indicator
    now: Value
    before: Value
    months: list[Point]


def try_formula(*, formula: Formula, unit: Unit, period: Period, today: dt.date) -> Tried:
    """See what a checked formula comes to, by the way in which the board counts. Nothing of it is kept."""
    with transaction.atomic():
        made = made_of_formula(NO_STEM, formula, position=0, valid_from=period.data_from)
        indicator = Indicator.objects.whole().get(pk=made.pk)
        found = Tried(
            indicator,
            values(unit, [indicator], span_of(period), today)[indicator.pk],
            values(unit, [indicator], span_before(period), today)[indicator.pk],
            trends(unit, [indicator], two_years_to(min(period.data_to, today)))[indicator.pk],
        )
        transaction.set_rollback(True)
    return found


def code_of_indicator(level: str, stem: str) -> str:
    return f"{level or 'all'}.{stem}"


def making_of(formula: Formula) -> Making:
    if formula.is_share:
        return Making.YES_SHARE
    return Making.RATE if formula.below else Making.COUNT


def unit_of(formula: Formula, first: Measure) -> IndicatorUnit:
    """A rate is in percent; a sum in what its measures count: of yes and no, the units that say yes."""
    if formula.is_share or formula.below:
        return IndicatorUnit.PERCENT
    if first.counts == Counted.YES:
        return IndicatorUnit.COMMUNES if first.reporter == Reporter.COMMUNE else IndicatorUnit.SCHOOLS
    return IndicatorUnit(first.counts)


@transaction.atomic
def edit_indicator(*, indicator: Indicator, version: int, by: Posting | None, **fields: Any) -> Indicator:
    """Correct an indicator's words, legal source and place; with `valid_to`, retire it from that day on.

    How it is counted stays: targets stand on it. Raises Refused while targets run on beyond that day,
    EditConflict when somebody saved since `version`.
    """
    indicator.claim(version)
    if ends := sooner(indicator, fields):
        refuse_if_aimed_at(indicator, ends)
    told = write_changes(indicator, fields)
    if told:
        record("indicator.edited", about=indicator, by=by, unit_id=by.unit_id if by else None, data=told)
    return indicator


@transaction.atomic
def edit_rule(*, rule: QualityRule, version: int, by: Posting | None, **fields: Any) -> QualityRule:
    """Correct the bounds and the severity of a rule of doubt; with `valid_to`, retire it from that day on.

    Raises EditConflict when somebody saved since `version`.
    """
    rule.claim(version)
    told = write_changes(rule, fields)
    if told:
        record("doubt.edited", about=rule, by=by, unit_id=by.unit_id if by else None, data=told)
    return rule


@transaction.atomic
def define_group(*, by: Posting | None, **fields: Any) -> SchoolGroup:
    """Begin a group of schools that targets may speak of."""
    group = SchoolGroup.objects.create(**fields)
    record("group.defined", about=group, by=by, unit_id=by.unit_id if by else None)
    return group


@transaction.atomic
def edit_group(*, group: SchoolGroup, version: int, by: Posting | None, **fields: Any) -> SchoolGroup:
    """Correct how a group is called; with `valid_to`, offer it no more from that day on.

    Who belongs to it stays: targets stand on it. Raises EditConflict when somebody saved since `version`.
    """
    group.claim(version)
    told = write_changes(group, fields)
    if told:
        record("group.edited", about=group, by=by, unit_id=by.unit_id if by else None, data=told)
    return group


def sooner(row: Measure | Indicator, fields: dict[str, Any]) -> dt.date | None:
    """The first day without it, where it is now to end before it would have."""
    ends = fields.get("valid_to", row.valid_to)
    return ends if ends and ends < (row.valid_to or dt.date.max) else None


def write_changes(row: Versioned, fields: dict[str, Any]) -> dict[str, list[str]]:
    """Store what differs. Gives it as words, before and after, by field."""
    changes = {name: value for name, value in fields.items() if getattr(row, name) != value}
    told = {name: [str(getattr(row, name)), str(value)] for name, value in changes.items()}
    for name, value in changes.items():
        setattr(row, name, value)
    if changes:
        row.save(update_fields=list(changes))
    return told


def refuse_if_counted(measure: Measure, ends: dt.date) -> None:
    made_of_it = Q(terms__measure=measure) | Q(terms__beside=measure)
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=ends)
    if names := [one.name for one in Indicator.objects.filter(made_of_it, lasting).distinct()]:
        raise Refused(
            _("This is counted by indicators in force: %(names)s. Retire these first; nothing was changed.")
            % {"names": ", ".join(names)}
        )


def refuse_if_aimed_at(indicator: Indicator, ends: dt.date) -> None:
    running = Target.objects.filter(indicator=indicator, period__data_to__gte=ends)
    if last := running.aggregate(last=Max("period__data_to"))["last"]:
        raise Refused(
            _("Targets stand on this indicator until %(day)s. Choose that day or a later one.")
            % {"day": f"{last:%d/%m/%Y}"}
        )
