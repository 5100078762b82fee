"""Targets as they were read in documents, what is proposed for each, and what became of it."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from directives.models import ReadTarget
from directives.models.directive import WHOLE_TEXTS
from eduportal.base.api.fields import DecimalText
from eduportal.base.api.filters import Filters, KeyFilter
from eduportal.base.api.views import Reading
from schools.models import PeriodKind
from targets.models import Comparator
from targets.queries.proposals import Proposal, proposed, reads_to_adopt

OPEN, ADOPTED, SKIPPED = "open", "adopted", "skipped"
STATES = {
    OPEN: Q(target__isnull=True, mention__isnull=True, skipped__isnull=True),
    ADOPTED: Q(target__isnull=False) | Q(mention__isnull=False),
    SKIPPED: Q(target__isnull=True, mention__isnull=True, skipped__isnull=False),
}
CHOICES = [(one, one) for one in STATES]


class ProposalSerializer(serializers.Serializer):
    """What the portal takes a sentence for. A person decides."""

    indicator = serializers.CharField(
        source="indicator.code", allow_null=True, default=None, help_text=_("Code; null: none fits")
    )
    group = serializers.CharField(
        source="group.code",
        allow_null=True,
        default=None,
        help_text=_("Code of the group of schools; null: all schools"),
    )
    comparator = serializers.ChoiceField(choices=Comparator.choices)
    period_kind = serializers.ChoiceField(choices=PeriodKind.choices)
    period_year = serializers.IntegerField()


class TargetProposalSerializer(serializers.ModelSerializer):
    """A target as it was read in a text, with what is proposed and what became of it."""

    directive_id = serializers.IntegerField(read_only=True)
    value = DecimalText()
    value_max = DecimalText()
    state = serializers.SerializerMethodField()
    target_id = serializers.IntegerField(
        source="proposal.target.pk",
        read_only=True,
        allow_null=True,
        default=None,
        help_text=_("Key of the target that it became"),
    )
    proposal = ProposalSerializer(read_only=True)

    class Meta:
        model = ReadTarget
        fields = (
            "id", "directive_id", "path", "raw", "comparator", "value", "value_max", "unit", "state",
            "target_id", "proposal",
        )  # fmt: skip

    @extend_schema_field(serializers.ChoiceField(choices=CHOICES))
    def get_state(self, read: Any) -> str:
        return state_of(read.proposal)


def state_of(proposal: Proposal) -> str:
    if proposal.target is not None:
        return ADOPTED
    return SKIPPED if proposal.is_skipped else OPEN


class ReadTargetFilters(Filters):
    directive = KeyFilter(label=_("Key of the document"))
    state = django_filters.ChoiceFilter(choices=CHOICES, method="standing_so")

    class Meta:
        model = ReadTarget
        fields: tuple[str, ...] = ()

    def standing_so(self, rows: QuerySet[ReadTarget], name: str, state: str) -> QuerySet[ReadTarget]:
        return rows.filter(STATES[state])


@extend_schema(tags=["targets"])
@extend_schema_view(
    list=extend_schema(summary=_("Targets read in documents, for those who adopt them")),
    retrieve=extend_schema(summary=_("One target as it was read")),
)
class ReadTargetView(Reading):
    """Of issued documents of the own office, as on the page of adoption. Three queries a page."""

    serializer_class = TargetProposalSerializer
    filterset_class = ReadTargetFilters
    queryset = ReadTarget.objects.none()

    def get_queryset(self) -> QuerySet[ReadTarget]:
        rows = reads_to_adopt(self.request.user, self.request.posting)
        unread = [f"directive__{column}" for column in WHOLE_TEXTS if column != "reading"]
        rows = rows.select_related("directive", "target", "mention__target", "skipped").defer(*unread)
        return rows.order_by("-directive", "span_start", "pk")

    def fill(self, rows: Sequence[Any]) -> None:
        for read, proposal in zip(rows, proposed(rows, timezone.localdate()), strict=True):
            read.proposal = proposal
