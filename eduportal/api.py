"""The REST API as a whole: its addresses, its first answer, and its description.

What each part shows lives in the `api` of its app; what they stand on in `eduportal.base.api`.
"""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema, extend_schema_view
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

import directives.api
import reports.api
import schools.api
import targets.api
from accounts.models import ApiToken, Scope
from eduportal.base.api.filters import Filters, Ordering
from eduportal.base.api.views import Private, Reading
from schools.api import UnitRefSerializer
from schools.middleware import ActingRequest
from schools.queries import jobs_visible_to
from trail.api import JobSerializer
from trail.beside import as_told
from trail.models import Job, JobState

# --- jobs ---------------------------------------------------------------------------------------------------


class JobFilters(Filters):
    state = django_filters.ChoiceFilter(choices=JobState.choices)
    kind = django_filters.CharFilter()
    ordering = Ordering(fields=("created_at", "finished_at"))

    class Meta:
        model = Job
        fields: tuple[str, ...] = ()


@extend_schema(tags=["jobs"])
@extend_schema_view(
    list=extend_schema(summary=_("Work that takes longer than a request, newest first")),
    retrieve=extend_schema(summary=_("How far one piece of work is")),
)
class JobView(Reading):
    """Here because the trail, to which jobs belong, does not know who sees which unit."""

    serializer_class = JobSerializer
    filterset_class = JobFilters
    queryset = Job.objects.none()

    def get_queryset(self) -> QuerySet[Job]:
        return jobs_visible_to(self.request.user).order_by("-created_at", "-pk")

    def fill(self, rows: Sequence[Any]) -> None:
        for row in rows:
            as_told(row)


# --- first answers ------------------------------------------------------------------------------------------

router = SimpleRouter()
for prefix, view in {
    "units": schools.api.UnitView,
    "periods": schools.api.PeriodView,
    "recognitions": schools.api.RecognitionView,
    "measures": targets.api.MeasureView,
    "observations": reports.api.ObservationView,
    "indicators": targets.api.IndicatorView,
    "targets": targets.api.TargetView,
    "read-targets": targets.api.ReadTargetView,
    "registered-targets": targets.api.PledgeView,
    "directives": directives.api.DirectiveView,
    "annexes": directives.api.AnnexView,
    "tasks": directives.api.TaskView,
    "assignments": directives.api.AssignmentView,
    "progress": directives.api.ProgressView,
    "evidence": directives.api.EvidenceView,
    "extensions": directives.api.ExtensionView,
    "halts": directives.api.HaltView,
    "data-forms": directives.api.DataFormView,
    "form-replies": directives.api.FormReplyView,
    "monthly-reports": reports.api.MonthlyReportView,
    "briefings": reports.api.BriefingView,
    "meetings": reports.api.MeetingView,
    "jobs": JobView,
}.items():
    router.register(prefix, view, basename=prefix)


class Root(Private, APIView):
    """Where to go from here."""

    @extend_schema(
        tags=["start"],
        summary=_("Addresses of the API"),
        responses={200: {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}},
    )
    def get(self, request: Request) -> Response:
        names = ["me", *(f"{prefix}-list" for prefix, _view, _name in router.registry), "schema"]
        return Response(
            {name.removesuffix("-list"): reverse(f"api:{name}", request=request) for name in names}
        )


class MeSerializer(serializers.Serializer):
    """Whom the API takes the caller for."""

    username = serializers.CharField()
    full_name = serializers.CharField()
    role = serializers.CharField(allow_null=True, help_text=_("Of the posting that acts; null without one"))
    unit = UnitRefSerializer(allow_null=True)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=Scope.choices), help_text=_("All of them when signed in here")
    )
    token_expires_at = serializers.DateTimeField(allow_null=True)


class Me(Private, APIView):
    """The person, and the posting that acts."""

    @extend_schema(tags=["start"], summary=_("Who you are to the API"), responses=MeSerializer)
    def get(self, request: Request) -> Response:
        posting = request.posting
        token = request.auth if isinstance(request.auth, ApiToken) else None
        shown = {
            "username": request.user.username,
            "full_name": request.user.full_name,
            "role": posting.role if posting else None,
            "unit": posting.unit if posting else None,
            "scopes": token.scopes if token else Scope.values,
            "token_expires_at": token.expires_at if token else None,
        }
        return Response(MeSerializer(shown).data)


@extend_schema(exclude=True)
class Nowhere(Private, APIView):
    """An address that does not exist answers as JSON, too."""

    def http_method_not_allowed(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        raise Http404


# --- the description ----------------------------------------------------------------------------------------


@require_safe
@login_required
def docs(request: ActingRequest) -> HttpResponse:
    """The description as a page to read and to try."""
    return render(request, "api/docs.html")


app_name = "api"
urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("me/", Me.as_view(), name="me"),
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    path("", include(router.urls)),
    re_path(r"^.*$", Nowhere.as_view(), name="nowhere"),
]
