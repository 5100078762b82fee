"""Postings: who works in which unit, as what, for what time."""

import datetime as dt
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleCode
from accounts.roles import ROLES, Permission
from eduportal.base.models import Dated, DatedQuerySet
from schools.models.structure import LinkKind, OfficeLink
from schools.models.unit import Unit, UnitKind


class Posting(Dated):
    """A person holds a role in a unit for a time. Whoever acts, acts through one: `by=` is a posting."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="postings"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(_("role"), max_length=20, choices=RoleCode)
    is_acting = models.BooleanField(
        _("acting"),
        default=False,
        help_text=_("A deputy who acts as principal for a dated time, beside the principal or without one."),
    )

    via = ""
    """The programme through which it is used on this request; not stored, but kept in the trail."""

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["valid_from", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(is_acting=False) | Q(role="principal", valid_to__isnull=False),
                name="schools_posting_acting_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.role_name}, {self.unit.name}"

    @property
    def role_name(self) -> str:
        """The role in words: "quyền Hiệu trưởng (từ 02/11/2026 đến 30/11/2026)"."""
        if not self.is_acting:
            return self.get_role_display()
        days = {"first": f"{self.valid_from:%d/%m/%Y}", "last": f"{self.last_day:%d/%m/%Y}"}
        return _("acting principal (from %(first)s to %(last)s)") % days

    @property
    def last_day(self) -> dt.date | None:
        return self.valid_to - dt.timedelta(days=1) if self.valid_to else None

    @property
    def actor_name(self) -> str:
        """As the trail names whoever acts; histories are read in Vietnamese, so this is."""
        return f"{self.user.full_name} (quyền Hiệu trưởng)" if self.is_acting else self.user.full_name

    def may(self, permission: Permission) -> bool:
        return ROLES[self.role].may(permission)

    @cached_property
    def acting_unit(self) -> Unit:
        """The unit in whose name this person acts: an internal department acts for its parent. One query."""
        if self.unit.kind != UnitKind.INTERNAL:
            return self.unit
        parent = (
            OfficeLink.objects.on(timezone.localdate())
            .filter(child_id=self.unit_id, kind=LinkKind.ADMINISTRATIVE)
            .select_related("parent")
            .order_by("valid_from", "pk")
            .first()
        )
        return parent.parent if parent else self.unit
