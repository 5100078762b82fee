"""Units: offices and schools under one roof, so that assignments, reports and figures belong to either."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from eduportal.base.models import Dated, DatedQuerySet, Versioned, in_force


class UnitKind(models.TextChoices):
    DEPARTMENT = "department", _("Department of Education and Training")
    COMMUNE = "commune", _("commune office")
    FORMER_DIVISION = "former_division", _("former district division")
    INTERNAL = "internal", _("internal department")
    SCHOOL = "school", _("school")


class Level(models.TextChoices):
    PRESCHOOL = "preschool", _("preschool")
    PRIMARY = "primary", _("primary")
    LOWER_SECONDARY = "lower_secondary", _("lower secondary")
    UPPER_SECONDARY = "upper_secondary", _("upper secondary")
    CONTINUING = "continuing", _("continuing education")


class Unit(Versioned, Dated):
    """An office or a school: whatever is directed, reports, or holds figures."""

    kind = models.CharField(_("kind"), max_length=20, choices=UnitKind)
    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    search_key = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=900, editable=False)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        help_text=_("Of a unit that closes: who carries on what it leaves open."),
    )

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["sort_key"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid_to__isnull=False),
                name="schools_unit_successor_of_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_school(self) -> bool:
        return self.kind == UnitKind.SCHOOL


class SuccessionManager(models.Manager.from_queryset(DatedQuerySet)):  # type: ignore[misc]
    """Of all units, those with a last day."""

    def get_queryset(self) -> DatedQuerySet:
        return super().get_queryset().filter(valid_to__isnull=False)


class Succession(Unit):
    """A unit that has closed or will, with who carries on: mergers, splits and closings at a glance."""

    objects = SuccessionManager()  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name = _("closing or merger")
        verbose_name_plural = _("closings and mergers")


class OfficeQuerySet(DatedQuerySet):
    def holding_schools(self) -> Self:
        """Offices that direct schools and open months for them, as internal departments do not."""
        return self.filter(kind__in=[UnitKind.DEPARTMENT, UnitKind.COMMUNE])


class Office(Unit):
    """An office that directs: the province's department, a commune, or a department within one."""

    objects = OfficeQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")


class DepartmentLevel(models.Model):
    """A level that an internal department is limited to. Without any, it works on all levels."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="limits")
    level = models.CharField(_("level"), max_length=20, choices=Level)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "level"], name="schools_department_level_once")
        ]


class Letterhead(Dated):
    """What stands at the head of an office's documents, for a time (Nghị định 30/2020, phụ lục I)."""

    office = models.ForeignKey(
        Office, verbose_name=_("office"), on_delete=models.CASCADE, related_name="letterheads"
    )
    superior = models.CharField(_("superior office"), max_length=200, help_text="UBND TỈNH NGỌC SƠN")
    issuer = models.CharField(_("issuing office"), max_length=200, help_text="SỞ GIÁO DỤC VÀ ĐÀO TẠO")
    symbol = models.CharField(_("symbol"), max_length=30, help_text="SGDĐT")
    place = models.CharField(_("place"), max_length=60)
    head_title = models.CharField(_("title of the head"), max_length=60, help_text="GIÁM ĐỐC")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")
        ordering = ["office", "valid_from"]


class SchoolQuerySet(DatedQuerySet):
    def teaching(self, level: str, on: dt.date) -> Self:
        """Schools that teach a level on a day. A school may hold several levels."""
        return self.filter(Exists(SchoolLevel.objects.on(on).filter(school=OuterRef("pk"), level=level)))

    def affiliated_to(self, office: Unit, on: dt.date, kind: str = "administrative") -> Self:
        """Schools that an office holds directly on a day, in one line."""
        return self.filter(
            in_force(on, "affiliations__"), affiliations__office=office, affiliations__kind=kind
        )


class School(Unit):
    """A school or other institution, with one or several levels."""

    is_public = models.BooleanField(_("public"), default=True)
    cluster = models.CharField(
        _("cluster"),
        max_length=80,
        blank=True,
        help_text=_("The cluster of schools (cụm chuyên môn) it works in, as it is called."),
    )

    objects = SchoolQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")

    def levels_on(self, day: dt.date) -> list[str]:
        """Codes of the levels taught, lowest first. Uses prefetched levels when there are any."""
        held = {row.level for row in self.levels.all() if row.is_in_force(day)}
        return [level for level in Level.values if level in held]


class SchoolLevel(Dated):
    """A level that a school teaches, for a time."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="levels")
    level = models.CharField(_("level"), max_length=20, choices=Level)

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("level of a school")
        verbose_name_plural = _("levels of a school")
