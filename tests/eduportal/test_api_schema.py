"""Whatever is sent, the API answers as its own description says, and never with a fault of its own."""

# ruff: noqa: F811 — fixtures are named after what they give

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.authentication import CallerThrottle
from directives.actions.answers import save_reply
from directives.actions.progress import report_progress
from directives.models import Halt, ProgressEntry
from eduportal.wsgi import application
from targets.actions import observe
from targets.arithmetic import NOT_APPLICABLE
from targets.models import Observation
from tests.test_outsiders import NOON, clock, things  # noqa: F401

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[*HealthCheck],
)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The application is called in this process: as in Django's own client, a request ends no connection."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def rows(things, cast) -> dict[str, Any]:
    """A key of each kind, so that answers are not all 404."""
    observe(
        unit=things.report.unit,
        period=things.report.period,
        values={"primary.pupils": NOT_APPLICABLE},
        by=cast.clerk,
    )
    report_progress(
        assignment=things.assignment,
        version=1,
        percent=40,
        note="Đang làm",
        claims_done=False,
        by=cast.principal,
        now=NOON,
    )
    reply = save_reply(assignment=things.assignment, version=0, values={}, by=cast.principal, now=NOON)
    halt = Halt.objects.create(
        assignment=things.assignment, kind="paused", reason="Chờ", begun_by=cast.staff.user, ended_at=NOON,
        ended_by=cast.staff.user,
    )  # fmt: skip
    return {
        "annexes": things.draft.annexes.get().pk,
        "assignments": things.assignment.pk,
        "briefings": things.briefing.pk,
        "data-forms": reply.form_id,
        "directives": things.issued.pk,
        "jobs": things.job.pk,
        "evidence": things.evidence.pk,
        "extensions": things.extension.pk,
        "form-replies": reply.pk,
        "halts": halt.pk,
        "indicators": "primary.attendance_rate",
        "meetings": things.meeting.pk,
        "measures": "primary.pupils",
        "monthly-reports": things.report.pk,
        "observations": Observation.objects.get().pk,
        "periods": things.report.period_id,
        "progress": ProgressEntry.objects.get().pk,
        "recognitions": things.recognition.pk,
        "read-targets": things.read_target.pk,
        "registered-targets": things.pledge.pk,
        "targets": things.target.pk,
        "tasks": things.assignment.task_id,
        "units": things.assignment.unit_id,
    }


@pytest.fixture(params=["staff", "principal"])
def asking(request, rows, cast, token_of, monkeypatch) -> str:
    monkeypatch.setattr(CallerThrottle, "rate", "100000/min", raising=False)
    return f"Bearer {token_of(getattr(cast, request.param))}"


def served(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """The portal as a server calls it: what it answers is read to its end and closed. It comes unpacked."""
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    answer = application(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


@pytest.fixture
def described(asking):
    return schemathesis.openapi.from_wsgi("/api/v1/schema/", served, headers={"Authorization": asking})


def test_it_answers_as_it_says(described, asking, rows):
    asked = 0
    for operation in described.get_all_operations():
        try_out(operation.ok(), asking, rows)
        asked += 1
    assert asked == 64


def try_out(operation: Any, asking: str, rows: dict[str, Any]) -> None:
    """Ask one operation for many things, some of them of rows that exist."""
    kind = operation.path.split("/")[3]

    @EXAMPLES
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        if case.path_parameters and len(repr(case.path_parameters)) % 2:
            case.path_parameters = dict.fromkeys(case.path_parameters, rows[kind])
        case.call_and_validate(headers={"Authorization": asking}, checks=CHECKS)

    ask()
