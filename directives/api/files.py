"""Files: the annexes of documents, and what units lay beside their work."""

import django_filters
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from directives.models import Annex, Directive, Evidence
from directives.queries import readable
from eduportal.base.api.files import FILE, AsItIs
from eduportal.base.api.filters import Filters, KeyFilter, Ordering
from eduportal.base.api.views import Reading
from schools.api import UnitRefSerializer
from trail.api import FileSerializer
from trail.downloads import attachment

# --- annexes ------------------------------------------------------------------------------------------------


class AnnexSerializer(serializers.ModelSerializer):
    """A file that is part of a document."""

    directive_id = serializers.IntegerField(read_only=True)
    file = FileSerializer(read_only=True)
    url = serializers.HyperlinkedIdentityField(view_name="api:annexes-file", help_text=_("Of its content"))

    class Meta:
        model = Annex
        fields = ("id", "directive_id", "position", "title", "file", "url", "added_at")


class AnnexFilters(Filters):
    directive = KeyFilter(label=_("Key of the document"))

    class Meta:
        model = Annex
        fields: tuple[str, ...] = ()


@extend_schema(tags=["directives"])
@extend_schema_view(
    list=extend_schema(summary=_("Annexes of documents")), retrieve=extend_schema(summary=_("One annex"))
)
class AnnexView(Reading):
    """Annexes of documents in sight. Two queries a page."""

    serializer_class = AnnexSerializer
    filterset_class = AnnexFilters
    queryset = Annex.objects.none()

    def get_queryset(self) -> QuerySet[Annex]:
        documents = Directive.objects.visible_to(self.request.user).values("pk")
        rows = Annex.objects.filter(directive__in=documents).select_related("file")
        return rows.order_by("-directive", "position", "pk")

    @extend_schema(summary=_("The annex as it came"), responses=FILE)
    @action(detail=True, content_negotiation_class=AsItIs)
    def file(self, request: Request, pk: str) -> FileResponse:
        return attachment(self.get_object().file)


# --- evidence -----------------------------------------------------------------------------------------------


class EvidenceSerializer(serializers.ModelSerializer):
    """A file beside an assignment. Without sent_at it is laid ready, which the unit alone sees."""

    assignment_id = serializers.IntegerField(read_only=True)
    unit = UnitRefSerializer(source="assignment.unit", read_only=True)
    progress_id = serializers.IntegerField(
        source="entry_id", read_only=True, allow_null=True, help_text=_("Key of what was said with it")
    )
    file = FileSerializer(read_only=True)
    url = serializers.HyperlinkedIdentityField(view_name="api:evidence-file", help_text=_("Of its content"))
    added_by = serializers.CharField(source="added_by.full_name", read_only=True)

    class Meta:
        model = Evidence
        fields = (
            "id", "assignment_id", "unit", "progress_id", "file", "url", "added_at", "added_by", "sent_at",
        )  # fmt: skip


class EvidenceFilters(Filters):
    assignment = KeyFilter(label=_("Key of the assignment"))
    unit = KeyFilter(field_name="assignment__unit", label=_("Key of the unit"))
    directive = KeyFilter(field_name="assignment__task__directive", label=_("Key of the document"))
    task = KeyFilter(field_name="assignment__task", label=_("Key of the task"))
    progress = KeyFilter(field_name="entry", label=_("Key of what was said with it"))
    is_sent = django_filters.BooleanFilter(field_name="sent_at", lookup_expr="isnull", exclude=True)
    ordering = Ordering(fields=("added_at", "sent_at"))

    class Meta:
        model = Evidence
        fields: tuple[str, ...] = ()


@extend_schema(tags=["tasks"])
@extend_schema_view(
    list=extend_schema(summary=_("Evidence: files beside assignments, newest first")),
    retrieve=extend_schema(summary=_("One file of evidence")),
)
class EvidenceView(Reading):
    """Files of assignments in sight; unsent ones of the own unit only. Two queries a page."""

    serializer_class = EvidenceSerializer
    filterset_class = EvidenceFilters
    queryset = Evidence.objects.none()

    def get_queryset(self) -> QuerySet[Evidence]:
        rows = readable(Evidence.objects.all(), self.request.user, self.request.posting)
        return rows.select_related("assignment__unit", "file", "added_by").order_by("-added_at", "-pk")

    @extend_schema(summary=_("The file as it came"), responses=FILE)
    @action(detail=True, content_negotiation_class=AsItIs)
    def file(self, request: Request, pk: str) -> FileResponse:
        return attachment(self.get_object().file)
