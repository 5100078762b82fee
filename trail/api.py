"""Background work and kept files for other programmes. Whose they may see is decided above."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from trail.kinds import KINDS
from trail.models import Job, StoredFile


class JobSerializer(serializers.ModelSerializer):
    """A piece of work that takes longer than a request."""

    label = serializers.SerializerMethodField(help_text=_("What it does, in the language asked for"))
    result_url = serializers.SerializerMethodField(help_text=_("Page of its result; empty before the end"))

    class Meta:
        model = Job
        fields = (
            "id", "kind", "label", "state", "progress", "note", "error", "unit_id", "result_url",
            "created_at", "finished_at",
        )  # fmt: skip

    @extend_schema_field(OpenApiTypes.STR)
    def get_label(self, job: Job) -> str:
        return str(KINDS[job.kind].label) if job.kind in KINDS else job.kind

    @extend_schema_field(OpenApiTypes.STR)
    def get_result_url(self, job: Job) -> str:
        return (job.result or {}).get("url", "")


class FileSerializer(serializers.ModelSerializer):
    """A kept file. Its content has an address of its own, where whoever refers to it authorises it."""

    class Meta:
        model = StoredFile
        fields = ("name", "content_type", "size", "sha256")
