"""Files beside the tasks of a month: kept with the draft, sent with the report, read by the office."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from directives.actions import evidence as evidence_actions
from directives.models import Assignment, Evidence
from reports.models import MonthlyReport
from tests.conftest import TODAY
from tests.directives.reading.files.builders import plain_word
from tests.directives.work import PNG
from tests.reports.months import assign, open_months
from tests.reports.page import OCTOBER_DAY, fresh, typed, url
from trail.models import StoredFile


@pytest.fixture(autouse=True)
def _october(time_machine) -> None:
    time_machine.move_to(OCTOBER_DAY)


@pytest.fixture
def row(province) -> MonthlyReport:
    open_months((2026, 10))
    return MonthlyReport.objects.get(unit=province.cloud_primary)


@pytest.fixture
def todo(province, cast) -> Assignment:
    return assign(province, cast, province.cloud_primary, deadline=TODAY)[0]


def with_files(row, todo, *names: str, content=PNG, **more) -> dict:
    files = [SimpleUploadedFile(name, content) for name in names]
    same = {f"task-{todo.pk}-percent": "0", f"task-{todo.pk}-note": "", f"task-{todo.pk}-files": files}
    return typed(row) | same | more


def kept() -> list[tuple[str, bool]]:
    return [(one.file.name, one.is_sent) for one in Evidence.objects.order_by("pk")]


def test_files_are_kept_with_the_draft_and_sent_with_the_report(row, todo, cast, client_of):
    client = client_of(cast.principal)
    assert client.post(url(row), with_files(row, todo, "a.png", "b.png", save="")).status_code == 302
    assert kept() == [("a.png", False), ("b.png", False)]
    page = client.get(url(row))
    (line,) = [one.line for one in page.context["work_rows"]]
    assert ([str(one) for one in line.evidence], line.needs_word) == (["a.png", "b.png"], False)
    assert client.post(url(row), with_files(fresh(row), todo, send="")).status_code == 302
    assert kept() == [("a.png", True), ("b.png", True)]


def test_the_office_reads_them_when_the_report_is_in_and_not_before(row, todo, cast, client_of):
    client, officer = client_of(cast.principal), client_of(cast.commune_officer)
    client.post(url(row), with_files(row, todo, "bien-ban.png", save=""))
    assert "bien-ban.png" not in officer.get(url(row)).content.decode()
    client.post(url(row), with_files(fresh(row), todo, send=""))
    file = Evidence.objects.get()
    page = officer.get(url(row)).content.decode()
    assert f"/tasks/evidence/{file.pk}/" in page
    assert "bien-ban.png" in page


@pytest.mark.parametrize(("name", "content"), [("a.exe", b"MZ"), ("a.pdf", PNG)])
def test_a_file_that_cannot_be_kept_is_named_and_the_rest_is_saved(row, todo, cast, client_of, name, content):
    data = with_files(row, todo, name, content=content, send="", proposals="Xin cầu")
    answer = client_of(cast.principal).post(url(row), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"task-{todo.pk}-files"]
    assert (kept(), fresh(row).proposals, fresh(row).state) == ([], "Xin cầu", "expected")


def test_too_many_files_save_nothing_and_keep_what_was_typed(row, todo, cast, client_of, monkeypatch):
    monkeypatch.setattr(evidence_actions, "MOST_FILES", 1)
    data = with_files(row, todo, "a.png", "b.png", proposals="Xin cầu")
    answer = client_of(cast.principal).post(url(row), data)
    assert (answer.status_code, answer.context["form"]["proposals"].value()) == (422, "Xin cầu")
    assert (kept(), fresh(row).proposals) == ([], "")


def test_a_state_secret_saves_nothing_is_not_stored_and_keeps_what_was_typed(row, todo, cast, client_of):
    secret = plain_word("MẬT\nBiên bản")
    data = with_files(row, todo, "bien-ban.docx", content=secret, save="", proposals="Xin cầu")
    answer = client_of(cast.principal).post(url(row), data)
    page = answer.content.decode()
    assert (answer.status_code, "bien-ban.docx" in page, "Xin cầu" in page) == (422, True, True)
    assert (Evidence.objects.count(), StoredFile.objects.count(), fresh(row).proposals) == (0, 0, "")


def test_the_second_to_save_is_told_which_files_to_choose_again(row, todo, cast, client_of):
    stale = fresh(row)
    client_of(cast.clerk).post(url(row), typed(row, primary__pupils="381"))
    answer = client_of(cast.principal).post(url(row), with_files(stale, todo, "a.png"))
    assert answer.status_code == 409
    assert kept() == []
    assert "a.png" in str(answer.context["conflicts"][-1]["yours"])
