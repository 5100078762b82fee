"""The page of a piece of work: progress, result, cancelling, and whose business it is."""

import pytest
from django.urls import reverse

from reports.jobs import ask_for_briefing
from schools.models import Posting
from tests.reports.months import open_months
from trail.actions import run_job
from trail.models import AuditEvent, Job, JobState


@pytest.fixture
def job(province, cast, time_machine) -> Job:
    time_machine.move_to("2026-12-07 02:00:00+00:00")
    (november,) = open_months((2026, 11))
    return ask_for_briefing(province.department, november, cast.staff)


def test_progress_polls_itself_until_the_result_is_there(job, cast, client_of):
    client = client_of(cast.staff)
    address = reverse("job", args=[job.pk])
    page = client.get(address).content.decode()
    assert f'hx-get="{address}"' in page
    assert "<html" in page
    run_job(job.pk)
    job.refresh_from_db()
    ended = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in ended
    assert "<html" not in ended
    assert f'href="{job.result["url"]}"' in ended
    assert client.get(job.result["url"]).status_code == 200


def test_only_who_asked_may_cancel(job, cast, client_of):
    address = reverse("job", args=[job.pk])
    assert client_of(cast.leader).get(address).status_code == 200
    assert client_of(cast.leader).post(address).status_code == 403
    assert client_of(cast.staff).post(address).url == address
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_work_of_others_is_nobodys_business(job, cast, client_of):
    for who in (cast.outsider, cast.principal, cast.commune_officer):
        assert client_of(who).get(reverse("job", args=[job.pk])).status_code == 404


def test_who_is_posted_nowhere_any_more_cancels_nothing(job, cast, client_of):
    client = client_of(cast.staff)
    Posting.objects.filter(pk=cast.staff.pk).update(valid_to="2026-12-01")
    address = reverse("job", args=[job.pk])
    assert client.get(address).context["cancel_url"] == ""
    assert client.post(address).status_code == 403
    assert not AuditEvent.objects.filter(verb="job.cancelled").exists()


def test_a_refusal_is_told_in_its_own_words(job, cast, client_of):
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, error="Chưa lập: tháng 11 chưa bắt đầu.")
    client, address = client_of(cast.staff), reverse("job", args=[job.pk])
    assert "Chưa lập: tháng 11 chưa bắt đầu." in client.get(address).content.decode()
    Job.objects.filter(pk=job.pk).update(error="", fault="Traceback …")
    page = client.get(address).content.decode()
    assert 'class="field-error"' in page
    assert "Traceback" not in page
