"""What happened and what still must: for reading."""

from typing import Any

from django.contrib import admin

from eduportal.base.tables import Table
from trail.models import AuditEvent, Job, Schedule


@admin.register(AuditEvent)
class AuditEventTable(Table):
    unit_path = "unit_id"
    unitless_at_head = True
    list_display = ("at", "actor_name", "actor_role", "verb", "object_label")
    list_filter = ("verb", "actor_role")
    search_fields = ("actor_name", "object_label")
    date_hierarchy = "at"

    def lookup_allowed(self, lookup: str, value: str, request: Any = None) -> bool:
        """The history of one row is this table, narrowed down to it."""
        return lookup in ("object_type", "object_id") or super().lookup_allowed(lookup, value, request)


@admin.register(Job)
class JobTable(Table):
    unit_path = "unit_id"
    unitless_at_head = True
    list_display = ("created_at", "kind", "key", "state", "attempts", "finished_at")
    list_filter = ("state", "kind")
    exclude = ("args", "result")  # what a file held belongs to whoever took it in


@admin.register(Schedule)
class ScheduleTable(Table):
    head_only = True
    list_display = ("kind", "due_at", "last_run_at")
