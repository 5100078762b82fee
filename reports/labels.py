"""What the figures of a level are called on pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

LABELS = {
    "classes": _("Classes"),
    "pupils": _("Pupils"),
    "teachers": _("Teachers"),
    "attendance_rate": _("Attendance"),
}
PUPILS = {"preschool": _("Children"), "continuing": _("Learners")}


def figure_label(level: str, stem: str) -> Any:
    """The name of a figure: who is taught is called differently by level."""
    return PUPILS.get(level, LABELS["pupils"]) if stem == "pupils" else LABELS[stem]
