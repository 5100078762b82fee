"""Forms of the meeting: what is said of it, and who was there."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eduportal.base.forms import DayField, VersionField
from reports.actions.meeting import Mark
from reports.models import Attendance, Meeting, Presence


class MeetingForm(forms.Form):
    """Title, time, place and chair of a meeting."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    day = DayField(label=gettext_lazy("Day"))
    time = forms.TimeField(
        label=gettext_lazy("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200)
    chair = forms.CharField(
        label=gettext_lazy("Chaired and concluded by"),
        max_length=200,
        help_text=gettext_lazy("Name and title, as the notice will say it."),
    )
    secretary = forms.CharField(
        label=gettext_lazy("Secretary"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Signs the minutes on the left."),
    )

    def words(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        typed = dict(self.cleaned_data)
        moment = dt.datetime.combine(typed.pop("day"), typed.pop("time"))
        return {**typed, "held_at": timezone.make_aware(moment)}


class ReviseMeetingForm(MeetingForm):
    """The same guarded by the version that was shown."""

    version = VersionField()

    def differences(self, stored: Meeting) -> Iterator[dict[str, Any]]:
        """What was typed beside what is stored, where they differ."""
        now = fields_of(stored)
        for name, typed in self.cleaned_data.items():
            if name != "version" and typed != now[name]:
                shown = self.fields[name].widget.format_value
                rows = {"stored": shown(now[name]) or "", "yours": shown(typed) or ""}
                yield {"label": self[name].label, **rows}


def fields_of(meeting: Meeting) -> dict[str, Any]:
    """A stored meeting as the fields of its form."""
    held_at = timezone.localtime(meeting.held_at)
    return {
        "title": meeting.title,
        "day": held_at.date(),
        "time": held_at.time().replace(second=0, microsecond=0),
        "place": meeting.place,
        "chair": meeting.chair,
        "secretary": meeting.secretary,
    }


@dataclass(frozen=True)
class RollRow:
    """One invited unit with its two fields."""

    attendance: Attendance
    presence: BoundField
    reason: BoundField
    shown: BoundField


class AttendanceForm(forms.Form):
    """A page of the roll. `rest` marks all those not noted as present, those of other pages as well."""

    version = VersionField()
    rest = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, rows: Sequence[Attendance], version: int):
        super().__init__(data, initial={"version": version})
        self.rows = rows
        for row in rows:
            label = row.unit.short_name
            self.fields[f"presence_{row.unit_id}"] = forms.ChoiceField(
                label=label,
                choices=[
                    (Presence.PRESENT, Presence.PRESENT.label),
                    (Presence.ABSENT, Presence.ABSENT.label),
                ],
                required=False,
                initial=row.presence,
                widget=forms.RadioSelect,
            )
            self.fields[f"reason_{row.unit_id}"] = forms.CharField(
                label=_("%(unit)s, reason for absence") % {"unit": label},
                max_length=300,
                required=False,
                initial=row.reason,
            )
            # What a unit says itself while the page is open stands where nobody touched its row.
            self.fields[f"shown_{row.unit_id}"] = forms.ChoiceField(
                choices=Presence.choices, required=False, initial=row.presence, widget=forms.HiddenInput
            )

    def __iter__(self) -> Iterator[BoundField]:
        return (self[name] for name in self.fields)

    @property
    def roll(self) -> list[RollRow]:
        return [
            RollRow(row, *(self[f"{name}_{row.unit_id}"] for name in ("presence", "reason", "shown")))
            for row in self.rows
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for row in self.rows:
            reason = cleaned.get(f"reason_{row.unit_id}", "")
            if reason and self.presence_of(row) != Presence.ABSENT:
                text = _("A reason belongs to an absence. Mark the unit as absent, or empty the reason.")
                self.add_error(f"reason_{row.unit_id}", text)
        return cleaned

    def presence_of(self, row: Attendance) -> Presence:
        typed = self.cleaned_data.get(f"presence_{row.unit_id}")
        if typed:
            return Presence(typed)
        return Presence.PRESENT if self.cleaned_data.get("rest") else Presence.UNKNOWN

    def marks(self) -> dict[int, Mark]:
        """What was noted, by primary key of the unit; units of which nothing was noted are left out."""
        return {
            row.unit_id: Mark(
                self.presence_of(row),
                self.cleaned_data.get(f"reason_{row.unit_id}", ""),
                self.shown_of(row),
            )
            for row in self.rows
            if self.cleaned_data.get(f"presence_{row.unit_id}")
        }

    def shown_of(self, row: Attendance) -> Presence | None:
        shown = self.cleaned_data.get(f"shown_{row.unit_id}")
        return Presence(shown) if shown else None

    def absent_without_reason(self) -> list[str]:
        """The short names of the units of which it is not noted why they were absent."""
        marks = self.marks()
        missing = (Presence.ABSENT, "")
        found = [(row, marks[row.unit_id]) for row in self.rows if row.unit_id in marks]
        return [row.unit.short_name for row, mark in found if (mark.presence, mark.reason) == missing]

    def differences(self, stored: Sequence[Attendance]) -> Iterator[dict[str, Any]]:
        """What was noted here beside what is stored, where they differ."""
        marks = self.marks()
        for row in stored:
            mark = marks.get(row.unit_id, Mark(Presence(row.presence), row.reason))
            differs = (mark.presence, mark.reason) != (row.presence, row.reason)
            if differs and not mark.gives_way_to(row):
                yield {
                    "label": row.unit.short_name,
                    "stored": in_words(row.get_presence_display(), row.reason),
                    "yours": in_words(mark.presence.label, mark.reason),
                }


def as_stored(form: AttendanceForm, stored: Sequence[Attendance]) -> dict[str, str]:
    """The fields of a page that was overtaken: rows that nobody touched in it as they are stored now."""
    marks, fields = form.marks(), {}
    for row in stored:
        mark = marks.get(row.unit_id)
        fields[f"shown_{row.unit_id}"] = row.presence
        if mark is None or mark.gives_way_to(row):
            presence = "" if row.presence == Presence.UNKNOWN else row.presence
            fields |= {f"presence_{row.unit_id}": presence, f"reason_{row.unit_id}": row.reason}
    return fields


def in_words(presence: Any, reason: str) -> str:
    return f"{presence} ({reason})" if reason else str(presence)
