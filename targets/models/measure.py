"""Measures, and the observations of them that units report."""

import datetime as dt
from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Dated, DatedQuerySet, Versioned
from schools.models import EACH, Level, Period, PeriodKind, Unit
from schools.periods import IN_A_YEAR
from schools.queries import units_in_scope
from schools.queries.tree import lasting_beneath
from targets.arithmetic import NOT_APPLICABLE, Figure, plain


class Reporter(models.TextChoices):
    """Who knows a figure: children who live in a commune are counted by it, not by its schools."""

    SCHOOL = "school", _("the school")
    COMMUNE = "commune", _("the commune")


class Counted(models.TextChoices):
    """What a measure is a number of; only like things are added up and divided."""

    PUPILS = "pupils", _("pupils")
    CHILDREN = "children", _("children")
    CLASSES = "classes", _("classes")
    TEACHERS = "teachers", _("teachers")
    ROOMS = "rooms", _("rooms")
    YES = "yes", _("yes (1) or no (0)")


ONCE_A_YEAR = (PeriodKind.SCHOOL_YEAR, PeriodKind.CALENDAR_YEAR)


def askings(every: str, months: Collection[int]) -> frozenset[tuple[str, int]]:
    """The reports of a year that ask for something, by kind and number in the year."""
    return frozenset((every, number) for number in months or range(1, IN_A_YEAR[every] + 1))


class Measure(Versioned, Dated):
    """What is counted. The level is part of it, so that a school of two levels counts each by itself.

    What a commune counts (children resident, by age) has no level.
    """

    code = models.CharField(_("code"), max_length=60, unique=True, help_text="primary.pupils")
    stem = models.CharField(_("what"), max_length=30, help_text="pupils")
    level = models.CharField(_("level"), max_length=20, choices=Level, blank=True)
    counts = models.CharField(_("counts"), max_length=10, choices=Counted, default=Counted.PUPILS)
    reporter = models.CharField(_("reported by"), max_length=10, choices=Reporter, default=Reporter.SCHOOL)
    asked_every = models.CharField(
        _("asked for"), max_length=20, choices=list(EACH.items()), default=PeriodKind.MONTH
    )
    asked_in = models.JSONField(
        _("asked in the months"),
        default=list,
        blank=True,
        help_text=_("Numbers of the months, for example [1, 5, 9]; empty: every month."),
    )
    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    is_stock = models.BooleanField(
        _("a stock"),
        help_text=_("Last over time, summed over units. A flow is summed over both."),
        default=True,
    )
    carries_over = models.BooleanField(
        _("stays from month to month"),
        help_text=_("Last month's figure may be taken over. Not for what is measured anew each month."),
        default=True,
    )
    at_most = models.ForeignKey(
        "self",
        verbose_name=_("cannot be above"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Pupils present cannot be more than pupils."),
    )
    highest = models.PositiveIntegerField(_("highest plausible value in one unit"))
    section = models.ForeignKey(
        "targets.FormSection",
        verbose_name=_("section of the form"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
    )
    position = models.PositiveSmallIntegerField(_("place on the form"))

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["position"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(reporter="school") & ~Q(level="") | Q(reporter="commune", level=""),
                name="targets_measure_level_of_schools",
            ),
            models.CheckConstraint(
                condition=Q(asked_every=PeriodKind.MONTH) | Q(asked_in=[]),
                name="targets_measure_months_of_a_monthly_one",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_counted_once(self) -> bool:
        """`counted_once`, of one measure."""
        return not self.is_stock or len(self.asked_in) == 1 or self.asked_every in ONCE_A_YEAR

    def is_asked_in(self, period: Period) -> bool:
        """Whether the report of a period asks for it."""
        return (period.kind, period.ordinal) in self.askings

    @property
    def askings(self) -> frozenset[tuple[str, int]]:
        """The reports of a year that ask for it, by kind and number in the year."""
        return askings(self.asked_every, self.asked_in)

    @property
    def name(self) -> str:
        """In the language of the page."""
        return self.name_vi if (get_language() or "vi").startswith("vi") else self.name_en


def counted_once() -> Q:
    """Of observations: nothing later says them anew. Flows, and stocks asked for once a year."""
    in_one_month = Q(measure__asked_in__0__isnull=False, measure__asked_in__1__isnull=True)
    return Q(measure__is_stock=False) | in_one_month | Q(measure__asked_every__in=ONCE_A_YEAR)


class ObservationStatus(models.TextChoices):
    DRAFT = "draft", _("not sent")
    SENT = "sent", _("sent")
    ACCEPTED = "accepted", _("accepted")


class ObservationQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(unit__in=units_in_scope(user).values("pk"))

    def sent_or_own(self, unit_id: int | None) -> Self:
        """Without what other units have written down and not sent: it is theirs alone until then."""
        return self.filter(~Q(status=ObservationStatus.DRAFT) | Q(unit=unit_id))

    def beneath(self, unit: Unit, on: dt.date) -> Self:
        """Of the unit and those that stand beneath it on a day, or stood there on their last."""
        return self.filter(unit__in=lasting_beneath(unit, on))

    def counting(self) -> Self:
        """What live views count: sent and accepted figures."""
        return self.filter(status__in=[ObservationStatus.SENT, ObservationStatus.ACCEPTED])


class Observation(Versioned):
    """What a unit reports of a measure in a period. No row: missing. Zero and not applicable are said."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="observations")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="observations")
    breakdown = models.CharField(_("breakdown"), max_length=30, default="total")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="observations")
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=4, null=True)
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    remark = models.CharField(_("explanation"), max_length=300, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=ObservationStatus, default=ObservationStatus.DRAFT
    )
    # Only with its status does it begin or cease to count: what sums remember goes by this.
    status_at = models.DateTimeField(_("has this status since"), default=timezone.now, editable=False)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "measure", "breakdown", "period"], name="targets_observation_once"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, not_applicable=False)
                | Q(value__isnull=True, not_applicable=True),
                name="targets_observation_value_or_not_applicable",
            ),
        ]
        indexes = [
            models.Index(fields=["period", "measure", "status"]),
            models.Index(fields=["status_at"]),
            # Few among many: whoever asks who said so does not go through all figures.
            models.Index(
                fields=["period", "measure"],
                condition=Q(not_applicable=True),
                name="targets_obs_not_applicable",
            ),
        ]

    @property
    def figure(self) -> Figure:
        """The number, or that there is none to give."""
        return NOT_APPLICABLE if self.value is None else plain(self.value)
