"""Briefings as they were built and edited, and the meetings over them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from eduportal.base.api.filters import Filters, KeyFilter, Ordering
from eduportal.base.api.views import Reading
from reports.models import AgendaItem, Attendance, Briefing, BriefingSection, Meeting, Opinion
from reports.wording import briefing_title
from schools.api import PeriodSerializer, UnitRefSerializer


class SectionSerializer(serializers.ModelSerializer):
    """A part of a briefing: as it reads now, and as it was built."""

    text = serializers.CharField(read_only=True)
    is_edited = serializers.BooleanField(read_only=True)

    class Meta:
        model = BriefingSection
        fields = ("key", "position", "title", "text", "built_text", "is_edited", "edited_at", "version")


class BriefingRowSerializer(serializers.ModelSerializer):
    """A briefing in a list."""

    office = UnitRefSerializer(read_only=True)
    period = PeriodSerializer(read_only=True)
    title = serializers.SerializerMethodField()

    class Meta:
        model = Briefing
        fields = ("id", "office", "period", "title", "built_at", "version")

    def get_title(self, briefing: Briefing) -> str:
        return briefing_title(briefing.period.named)


class BriefingSerializer(BriefingRowSerializer):
    """A briefing with the figures that were frozen when it was built, and its text."""

    figures = serializers.SerializerMethodField(
        help_text=_("As frozen: numbers are decimal strings, days ISO dates")
    )
    sections = SectionSerializer(many=True, read_only=True)

    class Meta:
        model = Briefing
        fields = (*BriefingRowSerializer.Meta.fields, "figures", "sections")

    @extend_schema_field({"type": "object", "additionalProperties": True})
    def get_figures(self, briefing: Briefing) -> dict[str, Any]:
        return briefing.figures


class BriefingFilters(Filters):
    office = KeyFilter(label=_("Key of the office"))
    period = KeyFilter(label=_("Key of the period"))
    ordering = Ordering(fields=(("period__data_from", "period"), ("built_at", "built_at")))

    class Meta:
        model = Briefing
        fields: tuple[str, ...] = ()


@extend_schema(tags=["briefings"])
@extend_schema_view(
    list=extend_schema(summary=_("Briefings, newest month first")),
    retrieve=extend_schema(summary=_("One briefing with its figures and text")),
)
class BriefingView(Reading):
    """Briefings of offices seen with all their levels. Two queries a page, two for one."""

    serializer_class = BriefingRowSerializer
    detail_serializer_class = BriefingSerializer
    filterset_class = BriefingFilters
    queryset = Briefing.objects.none()

    def get_queryset(self) -> QuerySet[Briefing]:
        rows = Briefing.objects.visible_to(self.request.user).select_related("office", "period")
        rows = rows.defer("figures") if self.action == "list" else rows.prefetch_related("sections")
        return rows.order_by("-period__data_from", "office__sort_key", "pk")


class AttendanceSerializer(serializers.ModelSerializer):
    """Whether an invited unit was there."""

    unit = UnitRefSerializer(read_only=True)

    class Meta:
        model = Attendance
        fields = ("unit", "presence", "reason")


class AgendaItemSerializer(serializers.ModelSerializer):
    """An item of an agenda."""

    class Meta:
        model = AgendaItem
        fields = ("position", "title", "speaker", "minutes")


class OpinionSerializer(serializers.ModelSerializer):
    """What somebody said."""

    class Meta:
        model = Opinion
        fields = ("position", "speaker", "unit", "text")


class AttendanceCountsSerializer(serializers.Serializer):
    """How many units are invited, and what is noted of them."""

    invited = serializers.IntegerField(read_only=True)
    present = serializers.IntegerField(read_only=True)
    absent = serializers.IntegerField(read_only=True)
    not_noted = serializers.IntegerField(read_only=True)


class MeetingRowSerializer(serializers.ModelSerializer):
    """A meeting in a list."""

    office = UnitRefSerializer(read_only=True)
    attendance_counts = AttendanceCountsSerializer(source="*", read_only=True)
    briefing_id = serializers.IntegerField(read_only=True)
    notice_id = serializers.IntegerField(
        read_only=True, allow_null=True, help_text=_("Key of its conclusion notice among the documents")
    )

    class Meta:
        model = Meeting
        fields = (
            "id",
            "office",
            "briefing_id",
            "title",
            "held_at",
            "place",
            "chair",
            "secretary",
            "notice_id",
            "invited_at",
            "cancelled_at",
            "attendance_counts",
            "version",
        )


class MeetingSerializer(MeetingRowSerializer):
    """A meeting with agenda, opinions and attendance. `opinions`: remarks of no one in particular."""

    agenda = AgendaItemSerializer(many=True, read_only=True)
    heard = OpinionSerializer(many=True, read_only=True)
    attendance = AttendanceSerializer(source="attendances", many=True, read_only=True)

    class Meta:
        model = Meeting
        fields = (*MeetingRowSerializer.Meta.fields, "agenda", "heard", "opinions", "attendance")


class MeetingFilters(Filters):
    office = KeyFilter(label=_("Key of the office"))
    briefing = KeyFilter(label=_("Key of the briefing"))
    ordering = Ordering(fields=("held_at",))

    class Meta:
        model = Meeting
        fields: tuple[str, ...] = ()


@extend_schema(tags=["briefings"])
@extend_schema_view(
    list=extend_schema(summary=_("Meetings, newest first")),
    retrieve=extend_schema(summary=_("One meeting with its agenda, opinions and attendance")),
)
class MeetingView(Reading):
    """Meetings of offices seen with all their levels. Two queries a page, five for one."""

    serializer_class = MeetingRowSerializer
    detail_serializer_class = MeetingSerializer
    filterset_class = MeetingFilters
    queryset = Meeting.objects.none()

    def get_queryset(self) -> QuerySet[Meeting]:
        rows = Meeting.objects.visible_to(self.request.user).select_related("office").with_counts()
        if self.action != "list":
            rows = rows.prefetch_related("attendances__unit", "agenda", "heard")
        return rows.order_by("-held_at", "pk")
