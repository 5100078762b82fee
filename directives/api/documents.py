"""Documents with their text, what they cite, what stands beside them, and the tasks that they set."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.reverse import reverse

from directives.actions.issuing import print_of
from directives.api.files import AnnexSerializer
from directives.api.tasks import TaskSerializer, count_standings, tasks_seen_by
from directives.documents import file_name
from directives.models import (
    Assignment,
    Directive,
    DirectiveKind,
    DirectiveLink,
    DirectiveState,
    Ended,
    Instruction,
    ReadTarget,
)
from directives.models.directive import Direction
from directives.queries import citations, cited_by, is_on_issuing_side
from directives.queries.documents import find_directives, instructions_of, links_to_newer, links_to_older
from directives.wording import cannot_print
from eduportal.base.api.fields import decimal_text
from eduportal.base.api.files import FILE, PDF, AsItIs
from eduportal.base.api.filters import ChosenFilter, Filters, KeyFilter, Ordering
from eduportal.base.api.problems import Unprocessable
from eduportal.base.api.views import Reading
from eduportal.base.downloads import as_pdf
from schools.api import UnitRefSerializer
from schools.queries import units_in_scope
from trail.api import FileSerializer
from trail.downloads import attachment

# --- what stands beside the text ----------------------------------------------------------------------------


class ReferenceSerializer(serializers.Serializer):
    """Another document that is cited, and its key here if you may see it."""

    number = serializers.CharField()
    symbol = serializers.CharField()
    dated = serializers.DateField(allow_null=True)
    raw = serializers.CharField(help_text=_("As printed"))
    directive_id = serializers.IntegerField(allow_null=True)


class ReadTargetSerializer(serializers.ModelSerializer):
    """A target as it was read in the text: a proposal."""

    value = serializers.SerializerMethodField()
    value_max = serializers.SerializerMethodField()

    class Meta:
        model = ReadTarget
        fields = ("id", "path", "raw", "comparator", "value", "value_max", "unit")

    def get_value(self, row: ReadTarget) -> str | None:
        return decimal_text(row.value)

    def get_value_max(self, row: ReadTarget) -> str | None:
        return decimal_text(row.value_max)


class LinkSerializer(serializers.ModelSerializer):
    """What a newer document does to an older one. Without effective_at it will, when the newer is issued."""

    older_id = serializers.IntegerField(read_only=True)
    newer_id = serializers.IntegerField(read_only=True, allow_null=True, help_text=_("Null: withdrawn"))
    made_by = serializers.CharField(source="made_by.full_name", read_only=True)

    class Meta:
        model = DirectiveLink
        fields = ("kind", "older_id", "newer_id", "reason", "made_at", "made_by", "effective_at")


class InstructionSerializer(serializers.ModelSerializer):
    """Who was told to handle what came in."""

    unit = UnitRefSerializer(read_only=True)
    given_by = serializers.CharField(source="given_by.full_name", read_only=True)

    class Meta:
        model = Instruction
        fields = ("unit", "text", "deadline", "given_at", "given_by")


# --- documents ----------------------------------------------------------------------------------------------

ROW_FIELDS = (
    "id", "office", "direction", "state", "ended", "kind", "written_here", "number", "symbol", "full_number",
    "issued_on", "subject", "sender", "arrived_on", "arrival_number", "version",
)  # fmt: skip


class DirectiveRowSerializer(serializers.ModelSerializer):
    """A document in a list."""

    office = UnitRefSerializer(read_only=True)
    full_number = serializers.CharField(read_only=True)

    class Meta:
        model = Directive
        fields = ROW_FIELDS


class DirectiveSerializer(DirectiveRowSerializer):
    """A document with its text and what belongs to it."""

    tasks = serializers.SerializerMethodField()
    references = serializers.SerializerMethodField()
    cited_by = serializers.SerializerMethodField(help_text=_("Keys of documents in sight that cite this one"))
    read_targets = ReadTargetSerializer(many=True, read_only=True)
    original = FileSerializer(read_only=True, allow_null=True, help_text=_("As it was uploaded"))
    original_url = serializers.SerializerMethodField(help_text=_("Of its content; null: there is none"))
    pdf_url = serializers.SerializerMethodField(help_text=_("Of documents written in the portal; else null"))
    annexes = AnnexSerializer(many=True, read_only=True)
    newer = LinkSerializer(source="newer_links", many=True, read_only=True)
    older = LinkSerializer(source="older_links", many=True, read_only=True)
    instructions = InstructionSerializer(
        source="seen_instructions",
        many=True,
        read_only=True,
        help_text=_("For the issuing side; empty for others"),
    )

    class Meta:
        model = Directive
        fields = (
            *ROW_FIELDS, "place", "signer_authority", "signer_title", "signer_name", "recipients", "text",
            "issued_at", "return_reason", "tasks", "references", "cited_by", "read_targets", "original",
            "original_url", "pdf_url", "check_code", "annexes", "newer", "older", "instructions",
        )  # fmt: skip

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_original_url(self, directive: Directive) -> str | None:
        return self.address_of("original", directive) if directive.original else None

    @extend_schema_field({"type": "string", "format": "uri", "nullable": True})
    def get_pdf_url(self, directive: Directive) -> str | None:
        return self.address_of("pdf", directive) if directive.written_here else None

    def address_of(self, name: str, directive: Directive) -> str:
        return reverse(f"api:directives-{name}", args=[directive.pk], request=self.context["request"])

    @extend_schema_field(TaskSerializer(many=True))
    def get_tasks(self, directive: Any) -> Any:
        return TaskSerializer(directive.seen_tasks, many=True).data

    @extend_schema_field(ReferenceSerializer(many=True))
    def get_references(self, directive: Any) -> Any:
        return ReferenceSerializer(directive.cites, many=True).data

    @extend_schema_field({"type": "array", "items": {"type": "integer"}})
    def get_cited_by(self, directive: Any) -> list[int]:
        return directive.cited_by


class DirectiveFilters(Filters):
    office = KeyFilter(label=_("Key of the issuing office"))
    direction = django_filters.ChoiceFilter(choices=Direction.choices)
    state = django_filters.ChoiceFilter(choices=DirectiveState.choices)
    kind = django_filters.ChoiceFilter(choices=DirectiveKind.choices)
    number = django_filters.CharFilter()
    symbol = django_filters.CharFilter()
    issued_from = django_filters.DateFilter(field_name="issued_on", lookup_expr="gte")
    issued_to = django_filters.DateFilter(field_name="issued_on", lookup_expr="lte")
    ended = django_filters.ChoiceFilter(choices=Ended.choices)
    is_in_force = django_filters.BooleanFilter(
        method="in_force", label=_("Issued, and neither replaced nor withdrawn")
    )
    cites = ChosenFilter(
        among=Directive.objects.visible_to, method="citing", label=_("Cites the document of this key")
    )
    cited_by = ChosenFilter(
        among=Directive.objects.visible_to, method="cited", label=_("Is cited by the document of this key")
    )
    unit = ChosenFilter(
        among=units_in_scope, method="assigned_to", label=_("Gives work to the unit of this key")
    )
    search = django_filters.CharFilter(
        method="worded", label=_("Words of number, subject and text, with or without diacritics")
    )
    ordering = Ordering(fields=("issued_on", "number"))

    class Meta:
        model = Directive
        fields: tuple[str, ...] = ()

    def in_force(self, rows: QuerySet[Directive], name: str, wanted: bool) -> QuerySet[Directive]:
        in_force = Q(state=DirectiveState.ISSUED, ended="")
        return rows.filter(in_force if wanted else ~in_force)

    def citing(self, rows: QuerySet[Directive], name: str, key: Any) -> QuerySet[Directive]:
        return rows.filter(pk__in=cited_by(self.request.user, self.chosen[name]).values("pk"))

    def cited(self, rows: QuerySet[Directive], name: str, key: Any) -> QuerySet[Directive]:
        found = citations(self.request.user, self.chosen[name])
        return rows.filter(pk__in=[directive.pk for _reference, directive in found if directive])

    def assigned_to(self, rows: QuerySet[Directive], name: str, key: Any) -> QuerySet[Directive]:
        given = Assignment.objects.filter(task__directive=OuterRef("pk"), unit=self.chosen[name])
        return rows.filter(Exists(given))

    def worded(self, rows: QuerySet[Directive], name: str, words: str) -> QuerySet[Directive]:
        return rows.filter(pk__in=find_directives(self.request.user, words).order_by().values("pk"))


@extend_schema(tags=["directives"])
@extend_schema_view(
    list=extend_schema(summary=_("Documents, newest first")),
    retrieve=extend_schema(summary=_("One document with its text, tasks and references")),
)
class DirectiveView(Reading):
    """Documents in sight. Two queries a page; about fifteen for one."""

    serializer_class = DirectiveRowSerializer
    detail_serializer_class = DirectiveSerializer
    filterset_class = DirectiveFilters
    queryset = Directive.objects.none()

    def get_queryset(self) -> QuerySet[Directive]:
        rows = Directive.objects.visible_to(self.request.user).select_related("office")
        rows = rows.for_lists() if self.action == "list" else rows.select_related("original", "print_file")
        return rows.order_by(F("issued_on").desc(nulls_first=True), "-pk")

    def fill(self, rows: Sequence[Any]) -> None:
        if self.action == "list":
            return
        user = self.request.user
        for directive in rows:
            directive.seen_tasks = list(tasks_seen_by(user).filter(directive=directive).order_by("position"))
            count_standings(user, directive.seen_tasks)
            directive.cites = [cited(*pair) for pair in citations(user, directive)]
            directive.cited_by = list(cited_by(user, directive).order_by("pk").values_list("pk", flat=True))
            directive.newer_links = links_to_newer(user, directive)
            directive.older_links = links_to_older(user, directive)
            ours = is_on_issuing_side(user, directive)
            directive.seen_instructions = instructions_of(directive) if ours else []

    @extend_schema(summary=_("The file as it was uploaded"), responses=FILE)
    @action(detail=True, content_negotiation_class=AsItIs)
    def original(self, request: Request, pk: str) -> FileResponse:
        directive = self.get_object()
        if directive.original is None:
            raise Http404
        return attachment(directive.original)

    @extend_schema(summary=_("A document written in the portal, in the national layout"), responses=PDF)
    @action(detail=True, content_negotiation_class=AsItIs)
    def pdf(self, request: Request, pk: str) -> HttpResponse:
        directive = self.get_object()
        if not directive.written_here:
            raise Http404
        # WeasyPrint takes a second to load, and only printing needs it.
        from directives.writing.pdf import FontMissing

        try:
            content = print_of(directive, timezone.localdate())
        except FontMissing as missing:
            raise Unprocessable(cannot_print(missing.missing), "font_missing") from missing
        return as_pdf(content, file_name(directive))


def cited(reference: Any, directive: Directive | None) -> dict[str, Any]:
    return {
        "number": reference.number,
        "symbol": reference.symbol,
        "dated": reference.dated,
        "raw": reference.raw,
        "directive_id": directive.pk if directive else None,
    }
