"""What a document asks for: its numbered items, and whom each concerns."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive
from eduportal.base.models import Versioned
from schools.models import Level, Unit
from schools.queries import units_in_scope


class TaskQuerySet(models.QuerySet):
    def to_track(self) -> Self:
        """Items that are work to be done, not headings, assessments or aims."""
        return self.filter(is_tracked=True, is_removed=False)

    def kept(self) -> Self:
        """Items that nobody took out of the document's list."""
        return self.filter(is_removed=False)

    def doubtful(self) -> Self:
        """Items with something to look at that nobody has settled."""
        return self.kept().filter(confirmed=False).exclude(doubts=[])

    def visible_to(self, user: Any) -> Self:
        """Items of documents of offices in the person's scope, and items assigned to a unit in it."""
        from directives.models.assignment import Assignment

        scope = units_in_scope(user).values("pk")
        assigned = Assignment.objects.filter(task=OuterRef("pk"), unit__in=scope)
        return self.filter(Q(directive__office__in=scope) | Exists(assigned))


class Task(Versioned):
    """A numbered item of a document. Tracked ones are fanned out to units as assignments on issue."""

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="tasks")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    position = models.PositiveIntegerField(_("place in the document"))
    path = models.CharField(
        _("number"), max_length=60, blank=True, help_text=_("As printed, joined by dots: II.2.a")
    )
    text = models.TextField(_("text"))
    is_tracked = models.BooleanField(_("to be tracked"), default=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    deadline_raw = models.CharField(_("deadline as printed"), max_length=200, blank=True)
    product = models.CharField(_("expected product"), max_length=200, blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    doubts = models.JSONField(_("what to look at"), default=list)
    confirmed = models.BooleanField(_("looked at by a person"), default=False)
    is_removed = models.BooleanField(_("taken out"), default=False)
    # What the reader proposed (proposals.Proposal.as_read), so that it can be told from what a person made
    # of it; `made` says that a person added, moved, split or joined the item.
    read = models.JSONField(_("as it was read"), default=dict)
    search_key = models.TextField(editable=False, default="")

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["directive", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(span_start__isnull=True, span_end__isnull=True)
                | Q(span_start__isnull=False, span_end__gte=models.F("span_start")),
                name="directives_task_span_is_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.path}. {self.text[:80]}"

    @property
    def depth(self) -> int:
        return self.path.count(".")


class AddresseeKind(models.TextChoices):
    ALL_SCHOOLS = "all_schools", _("all schools")
    LEVEL = "level", _("schools of a level")
    UNIT = "unit", _("a named unit")


class AssigneeRole(models.TextChoices):
    LEAD = "lead", _("leads")
    SUPPORT = "support", _("supports")


class Addressee(models.Model):
    """Whom a task concerns, as said in the document or chosen by staff; units are resolved on issue."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="addressees")
    role = models.CharField(_("role"), max_length=10, choices=AssigneeRole, default=AssigneeRole.LEAD)
    kind = models.CharField(_("who"), max_length=12, choices=AddresseeKind)
    level = models.CharField(_("level"), max_length=20, choices=Level, blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    raw = models.CharField(_("as printed"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="all_schools", level="", unit__isnull=True)
                | Q(kind="level", unit__isnull=True) & ~Q(level="")
                | Q(kind="unit", level="", unit__isnull=False),
                name="directives_addressee_is_whole",
            )
        ]
