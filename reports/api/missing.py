"""Who has not sent a month's report, with whom to call and what has been said to them."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from eduportal.base.api.filters import ChosenFilter, Filters
from reports.models import MonthlyReport
from reports.queries import periods_of
from reports.queries.missing import COMMUNES, STATE_LABELS
from schools.api import PeriodSerializer, UnitRefSerializer
from schools.models import Level, Period
from schools.queries import units_in_scope


class MissingSerializer(serializers.Serializer):
    """A unit whose report is not in. Without a head it names who else works on the report."""

    report_id = serializers.IntegerField(source="report.pk")
    unit = UnitRefSerializer(source="report.unit")
    office = UnitRefSerializer(source="report.office")
    period = PeriodSerializer(source="report.period")
    state = serializers.ChoiceField(choices=[(one, one) for one in STATE_LABELS])
    due_on = serializers.DateField(source="report.due_on")
    days_late = serializers.IntegerField(help_text=_("0 while there is still time"))
    head = serializers.CharField(help_text=_("Who answers for it"))
    phones = serializers.ListField(child=serializers.CharField())
    mails = serializers.ListField(child=serializers.CharField())
    reason = serializers.CharField(source="report.reason", help_text=_("Why it was returned"))
    reminded_at = serializers.DateTimeField(allow_null=True)
    reminded_by = serializers.CharField()


def periods_seen(user: Any) -> QuerySet[Period]:
    return periods_of(MonthlyReport.objects.visible_to(user))


class MissingFilters(Filters):
    """Those of the page: month, office, level and state."""

    period = ChosenFilter(among=periods_seen, label=_("Key of the period; the newest month when left out"))
    office = ChosenFilter(among=units_in_scope, label=_("Key of the office that accepts the reports"))
    level = django_filters.ChoiceFilter(
        choices=[*Level.choices, (COMMUNES, _("communes"))], label=_("Of schools that teach it; or communes")
    )
    state = django_filters.ChoiceFilter(choices=list(STATE_LABELS.items()))
