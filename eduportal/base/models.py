"""Abstract models of all apps."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from eduportal.base.errors import EditConflict, Refused


class Versioned(models.Model):
    """A row that two people may have open. Whoever saves second is told."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def claim(self, version: int) -> None:
        """Make this the next version, or raise EditConflict when `version` is no longer the stored one.

        Queries once. Inside a transaction the row then stays locked, so what belongs to it can be written
        safely. Raises Refused when somebody removed the row.
        """
        # The table that holds the column: through a child table Django would look first and write later.
        holder = self._meta.get_field("version").model
        if holder._base_manager.filter(pk=self.pk, version=version).update(version=F("version") + 1):
            self.version = version + 1
            return
        current = type(self)._base_manager.filter(pk=self.pk).first()
        if current is None:
            raise Refused(
                _("Somebody has removed this meanwhile, so it cannot be saved. Copy what you need."),
                code="gone",
            )
        raise EditConflict(current)


class DatedQuerySet(models.QuerySet):
    def on(self, day: dt.date, prefix: str = "") -> Self:
        """Rows in force on `day`. `prefix` reaches through a relation ("postings__")."""
        return self.filter(in_force(day, prefix))


def in_force(day: dt.date | F, prefix: str = "") -> Q:
    """The condition "in force on that day" (or that of a column) on dated rows, here or behind `prefix`."""
    begun = Q(**{f"{prefix}valid_from__lte": day})
    return begun & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day}))


class Dated(models.Model):
    """A row in force from `valid_from` up to, and without, `valid_to`; open-ended when that is empty."""

    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force until (not included)"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="%(app_label)s_%(class)s_dates_in_order",
            )
        ]

    def is_in_force(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
