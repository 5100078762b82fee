"""What happened and what still must: for reading."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from eduportal.base.ordering import rising
from eduportal.base.tables import Table
from eduportal.base.templatetags.eduportal import moment
from trail.models import AuditEvent, Job, Schedule


class InWords(admin.AllValuesFieldListFilter):
    """The codes that occur, as people call them."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.site = args[-1].admin_site

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            yield choice | {"display": self.site.in_words(str(choice["display"]))}


@admin.register(AuditEvent)
class AuditEventTable(Table):
    unit_path = "unit_id"
    unitless_at_head = True
    list_display = ("moment", "actor_name", "role", "event", "object_label")
    list_filter = (("actor_role", InWords), ("verb", InWords))
    search_fields = ("search_key",)
    date_hierarchy = "at"

    @admin.display(description=_("at"), ordering="at")
    def moment(self, event: AuditEvent) -> str:
        return moment(event.at)

    @admin.display(description=_("acting as"), ordering="actor_role")
    def role(self, event: AuditEvent) -> str:
        return self.admin_site.in_words(event.actor_role)

    @admin.display(description=_("what happened"), ordering="verb")
    def event(self, event: AuditEvent) -> str:
        return self.admin_site.in_words(event.verb)

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """The history of one row is this table, narrowed down to it."""
        return lookup in ("object_type", "object_id") or super().lookup_allowed(lookup, value, request)


@admin.register(Job)
class JobTable(Table):
    unit_path = "unit_id"
    unitless_at_head = True
    list_display = ("begun", "kind", "key", "state", "attempts", "ended")
    list_filter = ("state", "kind")
    exclude = ("args", "result")  # what a file held belongs to whoever took it in

    @admin.display(description=_("created at"), ordering="created_at")
    def begun(self, job: Job) -> str:
        return moment(job.created_at)

    @admin.display(description=_("finished at"), ordering=rising("finished_at"))
    def ended(self, job: Job) -> str:
        return moment(job.finished_at)


@admin.register(Schedule)
class ScheduleTable(Table):
    head_only = True
    list_display = ("kind", "due", "last_run")

    @admin.display(description=_("due at"), ordering="due_at")
    def due(self, schedule: Schedule) -> str:
        return moment(schedule.due_at)

    @admin.display(description=_("last run at"), ordering=rising("last_run_at"))
    def last_run(self, schedule: Schedule) -> str:
        return moment(schedule.last_run_at)
