"""Indicators: what targets are set on, and how each is made of measures or of the register of schools."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Dated, DatedQuerySet, Versioned
from schools.models import Level
from targets.formula import Formula
from targets.models.measure import Measure


class IndicatorUnit(models.TextChoices):
    PERCENT = "percent", _("%")
    SCHOOLS = "schools", _("schools")
    CLASSES = "classes", _("classes")
    PUPILS = "pupils", _("pupils")
    CHILDREN = "children", _("children")
    TEACHERS = "teachers", _("teachers")
    ROOMS = "rooms", _("rooms")
    COMMUNES = "communes", _("communes")


class Direction(models.TextChoices):
    HIGHER = "higher", _("higher is better")
    LOWER = "lower", _("lower is better")


class Making(models.TextChoices):
    """How the value comes about. A rate is a sum over a sum, never a mean of percentages."""

    COUNT = "count", _("a sum of measures")
    RATE = "rate", _("a sum of measures over a sum of measures")
    YES_SHARE = "yes_share", _("the share of units that say yes (1), of all that answer")
    RECOGNISED = "recognised", _("schools recognised as meeting the national standard")
    RECOGNISED_SHARE = "recognised_share", _("the share of schools recognised")


class IndicatorQuerySet(DatedQuerySet):
    def whole(self) -> Self:
        """With their terms, for evaluation."""
        return self.prefetch_related("terms__measure")


class Indicator(Versioned, Dated):
    """What a target is set on. The rule by which it is counted is a row of data, in force for a time."""

    code = models.CharField(_("code"), max_length=60, unique=True, help_text="primary.attendance_rate")
    name_vi = models.CharField(_("name in Vietnamese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    unit = models.CharField(_("unit"), max_length=10, choices=IndicatorUnit)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.HIGHER)
    making = models.CharField(_("how it is made"), max_length=20, choices=Making)
    level = models.CharField(
        _("level of teaching"), max_length=20, choices=Level, blank=True, help_text=_("Empty: all levels.")
    )
    standard_level = models.PositiveSmallIntegerField(_("at least of standard level"), null=True, blank=True)
    public_only = models.BooleanField(_("public schools only"), default=False)
    definition_vi = models.TextField(_("definition in Vietnamese"))
    definition_en = models.TextField(_("definition in English"))
    source = models.CharField(_("legal source"), max_length=300, blank=True)
    synonyms = models.JSONField(
        _("other wordings"), default=list, blank=True, help_text=_("As documents word it, in Vietnamese.")
    )
    position = models.PositiveSmallIntegerField(_("place in lists"))

    objects = IndicatorQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(making__in=["recognised", "recognised_share"], standard_level__in=[1, 2])
                | Q(making__in=["count", "rate", "yes_share"])
                & Q(standard_level__isnull=True, public_only=False),
                name="targets_indicator_standard_level",
            ),
            models.CheckConstraint(
                condition=Q(making__in=["rate", "yes_share", "recognised_share"], unit="percent")
                | Q(making__in=["count", "recognised"]) & ~Q(unit="percent"),
                name="targets_indicator_rates_are_percentages",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """In the language of the page."""
        return self.name_vi if in_vietnamese() else self.name_en

    @property
    def definition(self) -> str:
        return self.definition_vi if in_vietnamese() else self.definition_en

    @property
    def formula(self) -> Formula | None:
        """What it is made of; None of what the register counts. Uses the prefetched terms."""
        if self.is_recognition:
            return None
        sides: dict[str, list[str]] = {Side.NUMERATOR: [], Side.DENOMINATOR: []}
        for term in sorted(self.terms.all(), key=lambda term: term.measure.position):
            sides[term.side].append(term.measure.code)
        above, below = (tuple(codes) for codes in sides.values())
        return Formula(above, below, is_share=self.making == Making.YES_SHARE)

    @property
    def is_rate(self) -> bool:
        return self.unit == IndicatorUnit.PERCENT

    @property
    def is_recognition(self) -> bool:
        return self.making in (Making.RECOGNISED, Making.RECOGNISED_SHARE)


def in_vietnamese() -> bool:
    return (get_language() or "vi").startswith("vi")


class Side(models.TextChoices):
    NUMERATOR = "numerator", _("numerator")
    DENOMINATOR = "denominator", _("denominator")


class IndicatorTerm(models.Model):
    """A measure that an indicator adds up, above or below the line.

    `beside` ties the two parts of a rate that the same unit reports: the figure counts only for months in
    which the unit gave that other one too, so that nobody's part tilts the rate. It is empty where the other
    side comes from elsewhere (pupils of schools over children whom communes counted).
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="terms")
    side = models.CharField(_("side"), max_length=12, choices=Side, default=Side.NUMERATOR)
    measure = models.ForeignKey(
        Measure, verbose_name=_("measure"), on_delete=models.PROTECT, related_name="terms"
    )
    beside = models.ForeignKey(
        Measure,
        verbose_name=_("only beside"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("term of an indicator")
        verbose_name_plural = _("terms of an indicator")
        ordering = ["indicator", "-side", "measure__position"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "side", "measure"], name="targets_term_once"),
            models.CheckConstraint(
                condition=Q(beside__isnull=True) | ~Q(beside=F("measure")), name="targets_term_beside_another"
            ),
        ]
