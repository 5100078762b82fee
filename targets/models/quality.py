"""The rules by which figures are doubted: rows, so that bounds can be mended without a release."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Dated, DatedQuerySet, Versioned
from schools.models import Level
from targets.models.indicator import in_vietnamese
from targets.quality import Check, Rule

CHECKS = [
    (Check.NOT_ZERO.value, _("cannot be zero beside others")),
    (Check.RATIO.value, _("so many for each of another")),
    (Check.PARTS.value, _("parts make the whole")),
    (Check.TAUGHT.value, _("cannot be zero at a level that is taught")),
    (Check.JUMP.value, _("far from last month's")),
]


class QualityRuleQuerySet(DatedQuerySet):
    def as_rules(self) -> list[Rule]:
        """As the pure evaluation takes them, in their order. One query."""
        return [row.as_rule() for row in self]


class QualityRule(Versioned, Dated):
    """One doubt about the figures of a level in a month (`targets.quality`)."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    looks_at = models.CharField(_("what is looked at"), max_length=10, choices=CHECKS)
    level = models.CharField(
        _("level of teaching"), max_length=20, choices=Level, blank=True, help_text=_("Empty: all levels.")
    )
    stem = models.CharField(
        _("figure"), max_length=30, blank=True, help_text=_("Empty: each figure that has no rule of its own.")
    )
    others = models.JSONField(_("beside"), default=list, blank=True)
    least = models.DecimalField(_("lowest"), max_digits=8, decimal_places=2, null=True, blank=True)
    most = models.DecimalField(_("highest"), max_digits=8, decimal_places=2, null=True, blank=True)
    is_serious = models.BooleanField(_("serious"), default=False)
    position = models.PositiveSmallIntegerField(_("place in lists"))

    objects = QualityRuleQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("rule of doubt")
        verbose_name_plural = _("rules of doubt")
        ordering = ["position"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(looks_at__in=["ratio", "jump"]) | Q(least__isnull=False) | Q(most__isnull=False),
                name="targets_qualityrule_has_a_bound",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """In the language of the page."""
        return self.name_vi if in_vietnamese() else self.name_en

    def as_rule(self) -> Rule:
        return Rule(
            code=self.code,
            check=Check(self.looks_at),
            stem=self.stem,
            others=tuple(self.others),
            level=self.level,
            least=self.least,
            most=self.most,
            is_serious=self.is_serious,
        )
