"""Postings: who works in which unit, as what, for what time."""

from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleCode
from accounts.roles import ROLES, Permission
from eduportal.base.models import Dated, DatedQuerySet
from schools.models.structure import LinkKind, OfficeLink
from schools.models.unit import Unit, UnitKind


class Posting(Dated):
    """A person holds a role in a unit for a time. Whoever acts, acts through one: `by=` is a posting."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="postings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(_("role"), max_length=20, choices=RoleCode)

    via = ""
    """The programme through which it is used on this request; not stored, but kept in the trail."""

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ["valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.user}, {self.role_name}, {self.unit.name}"

    @property
    def role_name(self) -> str:
        return self.get_role_display()

    @property
    def actor_name(self) -> str:
        return self.user.full_name

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
