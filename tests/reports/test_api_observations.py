"""Figures written by themselves, for other programmes."""

import pytest
from django.test import Client
from django.utils import timezone

from reports.models import MonthlyReport, ReportState
from tests.reports.page import figures, fresh
from tests.reports.test_api import given
from trail.models import AuditEvent

URL = "/api/v1/observations/"

pytestmark = pytest.mark.usefixtures("in_november")


def write(api, row, *, headers=None, **body):
    data = {"period": row.period_id, "version": fresh(row).version, "figures": given(pupils=380)} | body
    return api.post(URL, data, content_type="application/json", headers=headers)


def problems(answer) -> list[tuple[str, str]]:
    return [(one["field"], one["code"]) for one in answer.json()["errors"]]


def test_they_go_into_the_months_report_by_its_action(row, cast, api_of):
    answer = write(api_of(cast.clerk), row, figures=given(classes=12, pupils="380"))
    shown = answer.json()
    assert (answer.status_code, figures(row)) == (200, {"classes": 12, "pupils": 380})
    assert (shown["report_id"], shown["version"], shown["state"]) == (row.pk, fresh(row).version, "expected")
    assert [(one["measure"], one["value"]) for one in shown["figures"]][:2] == [
        ("primary.classes", "12"),
        ("primary.pupils", "380"),
    ]
    assert answer.headers["ETag"] == f'"{shown["version"]}"'
    event = AuditEvent.objects.get(verb="report.saved", actor_id=cast.clerk.user_id)
    assert event.data["via"] == str(cast.clerk.user.api_tokens.get())


def test_what_is_doubtful_is_written_and_said_at_once(row, cast, api_of):
    answer = write(api_of(cast.clerk), row, figures=given(classes=0, pupils=380))
    assert (answer.status_code, figures(row)) == (200, {"classes": 0, "pupils": 380})
    told = [(one["rule"], one["level"], one["stem"], one["is_serious"]) for one in answer.json()["doubts"]]
    assert told == [
        ("pupils_without_classes", "primary", "classes", True),
        ("jump_of_classes", "primary", "classes", False),
    ]


def test_what_is_not_named_stays(row, cast, api_of):
    api = api_of(cast.clerk)
    write(api, row, figures=given(classes=12))
    write(api, row, figures=given(pupils=380))
    assert figures(row) == {"classes": 12, "pupils": 380}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ({"figures": given(pupils="8.411")}, [("figures.0.value", "ambiguous")]),
        ({"figures": given(pupils=-5)}, [("figures.primary.pupils.value", "too_small")]),
        ({"figures": given(nix=1)}, [("figures.0.measure", "does_not_exist")]),
        ({"figures": []}, [("figures", "empty")]),
        ({"period": 987654}, [("period", "does_not_exist")]),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_written(row, cast, api_of, body, found):
    answer = write(api_of(cast.clerk), row, **body)
    assert (answer.status_code, problems(answer)) == (400, found)
    assert (figures(row), fresh(row).version) == ({}, row.version)


def test_the_second_is_told_what_is_stored(row, cast, api_of):
    api = api_of(cast.clerk)
    stored = write(api, row).json()
    answer = write(api, row, version=row.version, figures=given(pupils=377))
    assert (answer.status_code, answer.json()["code"]) == (409, "edit_conflict")
    assert (answer.json()["current"], figures(row)) == (stored, {"pupils": 380})


def test_what_was_sent_is_a_record(row, cast, api_of):
    MonthlyReport.objects.filter(pk=row.pk).update(
        state=ReportState.SENT, sent_at=timezone.now(), sent_by=cast.principal.user
    )
    answer = write(api_of(cast.clerk), row)
    assert (answer.status_code, answer.json()["code"], figures(row)) == (409, "already_sent", {})


def test_under_a_key_they_are_written_once(row, cast, api_of):
    api, body = api_of(cast.clerk), {"version": row.version, "headers": {"idempotency-key": "k"}}
    first, second = (write(api, row, **body) for _ in range(2))
    assert (first.json(), second.headers["Idempotency-Replayed"]) == (second.json(), "true")


def test_each_writes_for_the_own_unit_only(row, cast, api_of):
    write(api_of(cast.neighbour), row, figures=[{"measure": "preschool.pupils", "value": 90}])
    statuses = {
        who: write(api_of(getattr(cast, who)), row).status_code
        for who in ("staff", "commune_officer", "outsider")
    }
    # Their units have no such report, or one that does not ask for it.
    assert (statuses, figures(row)) == ({"staff": 400, "commune_officer": 400, "outsider": 400}, {})


def test_scope_and_forgery(row, cast, api_of):
    answers = [write(api_of(cast.clerk, scope), row) for scope in ("read", "write:progress")]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(403, "scope_missing")] * 2
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.clerk.user)
    assert (write(client, row).status_code, write(Client(), row).status_code) == (403, 401)
    assert figures(row) == {}
