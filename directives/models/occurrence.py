"""Work that recurs: how often, as a person confirmed it, and each period in which it is to be done."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from directives.models.task import Task
from directives.occurrences import Rule
from eduportal.base.models import Versioned
from schools.periods import school_year_of

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


class RecurrencePeriod(models.TextChoices):
    """The periods in which work recurs; the codes are those of the reader."""

    WEEK = "week", _("week")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    TERM = "term", _("term")
    SCHOOL_YEAR = "school_year", _("school year")
    YEAR = "year", _("year")


class Recurrence(Versioned):
    """How often a task of an issued document comes again, from and until which day.

    The nightly job opens its occurrences; whoever stops it ends that, and what was opened stays.
    """

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="recurrence")
    per = models.CharField(_("per"), max_length=12, choices=RecurrencePeriod)
    every = models.PositiveSmallIntegerField(_("every so many"), default=1)
    times = models.PositiveSmallIntegerField(_("how many times"), default=1)
    day = models.PositiveSmallIntegerField(_("day of the month"), null=True)
    month = models.PositiveSmallIntegerField(_("month"), null=True)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    stopped_at = models.DateTimeField(_("stopped at"), null=True)
    set_at = models.DateTimeField(_("set at"), auto_now=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("recurrence")
        verbose_name_plural = _("recurrences")
        constraints = [
            models.CheckConstraint(
                condition=Q(every__gte=1, times__gte=1), name="directives_recurrence_counts"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="directives_recurrence_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return recurrence_words(self.rule)

    @property
    def rule(self) -> Rule:
        return Rule(self.per, self.every, self.times, self.day, self.month)


class Occurrence(models.Model):
    """One period of recurring work: its days, and the last day in time. Units have a share of each."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="occurrences")
    per = models.CharField(_("per"), max_length=12, choices=RecurrencePeriod)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    deadline = models.DateField(_("deadline"))
    ordinal = models.PositiveSmallIntegerField(_("which one"), default=1)
    times = models.PositiveSmallIntegerField(_("of how many"), default=1)
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)

    class Meta:
        verbose_name = _("occurrence")
        verbose_name_plural = _("occurrences")
        ordering = ["task", "first"]
        constraints = [
            models.UniqueConstraint(fields=["task", "first", "last"], name="directives_occurrence_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="directives_occurrence_in_order"),
        ]

    def __str__(self) -> str:
        if self.times == 1:
            return self.period_words
        return gettext("%(ordinal)s of %(times)s, %(first)s – %(last)s") % {
            "ordinal": self.ordinal,
            "times": self.times,
            "first": f"{self.first:%d/%m/%Y}",
            "last": f"{self.last:%d/%m/%Y}",
        }

    @property
    def key(self) -> str:
        """Its key as text, for addresses."""
        return str(self.pk)

    @property
    def period_words(self) -> str:
        """ "tháng 11/2026", "học kỳ I năm học 2026–2027"; days, where several periods are one."""
        first, last = self.first, self.last
        year = school_year_of(first)
        values = {
            "month": f"{first:%m}",
            "year": first.year,
            "quarter": ROMAN[(first.month + 2) // 3],
            "term": ROMAN[1 if first.month >= 9 else 2],
            "from": year,
            "to": year + 1,
        }
        days = (last - first).days + 1
        words = {
            RecurrencePeriod.MONTH: (31, gettext("month %(month)s/%(year)s")),
            RecurrencePeriod.QUARTER: (92, gettext("quarter %(quarter)s/%(year)s")),
            RecurrencePeriod.TERM: (153, gettext("term %(term)s of the school year %(from)s–%(to)s")),
            RecurrencePeriod.SCHOOL_YEAR: (274, gettext("school year %(from)s–%(to)s")),
            RecurrencePeriod.YEAR: (366, gettext("year %(year)s")),
        }
        longest, sentence = words.get(RecurrencePeriod(self.per), (0, ""))
        if days <= longest:
            return sentence % values
        return gettext("from %(first)s to %(last)s") % {
            "first": f"{first:%d/%m/%Y}",
            "last": f"{last:%d/%m/%Y}",
        }


def recurrence_words(rule: Rule) -> str:
    """ "2 lần trong mỗi năm học", "1 lần trong mỗi 6 tháng, chậm nhất ngày 25"."""
    values = {
        "times": rule.times,
        "every": rule.every,
        "per": RecurrencePeriod(rule.per).label,
        "day": rule.day,
        "month": rule.month,
    }
    if rule.every == 1:
        words = gettext("%(times)s× each %(per)s") % values
    else:
        words = gettext("%(times)s× in %(every)s of: %(per)s") % values
    if rule.times > 1 or rule.day is None or rule.per == RecurrencePeriod.WEEK:
        return words
    if rule.month and rule.per in (RecurrencePeriod.YEAR, RecurrencePeriod.SCHOOL_YEAR):
        return words + gettext(", by %(day)s/%(month)s") % values
    if rule.day == 0:
        return words + gettext(", before it begins")
    return words + gettext(", by day %(day)s") % values
