"""Targets: what a unit's indicator is to reach in a period, who set it, and what it was before."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directives.models import Directive, ReadTarget
from eduportal.base.models import Versioned
from schools.models import Office, Period, Unit, UnitKind
from schools.queries import levels_in_part, offices_seen_whole, sees, sees_whole, units_in_scope
from schools.queries.tree import lasting_beneath
from targets.models.group import SchoolGroup
from targets.models.indicator import Indicator


class Comparator(models.TextChoices):
    GE = "ge", _("at least")
    GT = "gt", _("more than")
    LE = "le", _("at most")
    LT = "lt", _("less than")
    EQ = "eq", _("exactly")
    BETWEEN = "between", _("between")
    INCREASE = "increase_by", _("up by at least")
    DECREASE = "decrease_by", _("down by at least")


AGAINST_BASELINE = (Comparator.INCREASE, Comparator.DECREASE)


class Goal(models.Model):
    """What is to be reached: the columns that a target and its former values share.

    "Up by" and "down by" are counted from a baseline: in the indicator's own unit (percentage points of a
    rate), or in percent of the baseline.
    """

    comparator = models.CharField(_("comparator"), max_length=12, choices=Comparator)
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4)
    value_max = models.DecimalField(
        _("highest value"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    baseline_value = models.DecimalField(
        _("value to start from"), max_digits=16, decimal_places=4, null=True, blank=True
    )
    baseline_period = models.ForeignKey(
        Period,
        verbose_name=_("period to start from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    in_percent = models.BooleanField(_("in percent of the start"), default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(comparator="between", value_max__isnull=False, value_max__gt=F("value"))
                | ~Q(comparator="between") & Q(value_max__isnull=True),
                name="targets_%(class)s_range_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(
                    comparator__in=["increase_by", "decrease_by"],
                    baseline_value__isnull=False,
                    baseline_period__isnull=False,
                )
                | ~Q(comparator__in=["increase_by", "decrease_by"])
                & Q(baseline_value__isnull=True, baseline_period__isnull=True, in_percent=False),
                name="targets_%(class)s_baseline_is_whole",
            ),
        ]


class TargetQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Targets of schools in scope, and of offices as far as the person sees them.

        What a target says of an office holds all its schools of the level: people of a department that is
        limited to levels see the office's targets of those.
        """
        scope = units_in_scope(user).values("pk")
        of_levels = Q(unit__in=scope) & (
            Q(unit__kind=UnitKind.SCHOOL) | Q(indicator__level__in=levels_in_part(user))
        )
        return self.filter(Q(unit__in=offices_seen_whole(user).values("pk")) | of_levels)

    def of(self, unit: Unit, user: Any) -> Self:
        """A unit's targets that a person sees: as `visible_to`, which for one unit takes far longer.

        Asks at once what the person sees of the unit. Two queries.
        """
        if sees_whole(user, unit):
            return self.filter(unit=unit.pk)
        if not sees(user, unit):
            return self.none()
        own = self.filter(unit=unit.pk)
        return own if unit.is_school else own.filter(indicator__level__in=levels_in_part(user))

    def beneath(self, unit: Unit, on: dt.date) -> Self:
        """Of the unit and those that stand beneath it on a day, or stood there on their last."""
        return self.filter(unit__in=lasting_beneath(unit, on))

    def shown(self) -> Self:
        """With what a row of a board shows."""
        return self.select_related(
            "unit",
            "indicator",
            "period",
            "group",
            "baseline_period",
            "directive",
            "office",
            "within__indicator",
            "within__group",
        )


class Target(Versioned, Goal):
    """What an indicator of a unit is to reach in a year or term: one target a unit, indicator, period, group.

    Of an office it may speak of a group of its schools only.
    """

    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="targets")
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="targets"
    )
    period = models.ForeignKey(
        Period, verbose_name=_("period"), on_delete=models.PROTECT, related_name="targets"
    )
    group = models.ForeignKey(
        SchoolGroup,
        verbose_name=_("of a group of schools"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="targets",
    )
    office = models.ForeignKey(
        Office, verbose_name=_("set by"), on_delete=models.PROTECT, related_name="targets_set"
    )
    directive = models.ForeignKey(
        Directive,
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="targets",
    )
    read_target = models.OneToOneField(
        ReadTarget, null=True, blank=True, on_delete=models.PROTECT, related_name="target"
    )
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="parts",
        help_text=_("The target of the office above that was shared out."),
    )
    within = models.ForeignKey(
        "self",
        verbose_name=_("among them of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="pieces",
        help_text=_("The target of the same unit and period of which this says a part: “trong đó”."),
    )
    quote = models.CharField(_("sentence of the document"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    set_at = models.DateTimeField(_("set at"), auto_now_add=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["indicator__position", "pk"]
        indexes = [models.Index(fields=["unit", "period"])]
        constraints = [
            *Goal.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "indicator", "period"],
                condition=Q(group__isnull=True),
                name="targets_target_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "indicator", "period", "group"], name="targets_target_once_a_group"
            ),
            models.CheckConstraint(
                condition=Q(within__isnull=True) | ~Q(within=F("pk")), name="targets_target_not_within_itself"
            ),
            models.CheckConstraint(
                condition=Q(directive__isnull=False) | Q(read_target__isnull=True, quote=""),
                name="targets_target_quotes_a_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}, {self.unit.short_name}, {self.period}"

    @property
    def subject(self) -> str:
        """The indicator, and the group of schools where it speaks of one only."""
        return f"{self.indicator.name} ({self.group.name})" if self.group else self.indicator.name


class TargetRevision(Goal):
    """What a target was before it was changed, why it was changed, and by whom."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="revisions")
    reason = models.CharField(_("reason"), max_length=500)
    revised_at = models.DateTimeField(_("changed at"), auto_now_add=True)
    revised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("former value of a target")
        verbose_name_plural = _("former values of targets")
        ordering = ["-revised_at", "-pk"]
        constraints = [
            *Goal.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="targets_revision_has_reason"),
        ]


class TargetMention(models.Model):
    """A sentence of a document that sets again what a target set before it: one target, several sentences."""

    read_target = models.OneToOneField(ReadTarget, on_delete=models.PROTECT, related_name="mention")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="mentions")
    linked_at = models.DateTimeField(_("linked at"), auto_now_add=True)
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("sentence linked to a target")
        verbose_name_plural = _("sentences linked to targets")
        ordering = ["pk"]


class SkippedTarget(models.Model):
    """A target read in a document that a person decided not to adopt."""

    read_target = models.OneToOneField(ReadTarget, on_delete=models.CASCADE, related_name="skipped")
    skipped_at = models.DateTimeField(_("skipped at"), auto_now_add=True)
    skipped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("target left aside")
        verbose_name_plural = _("targets left aside")
