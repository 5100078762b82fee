"""Printing in the background."""

from directives import jobs
from directives.checks import fonts_are_installed
from directives.writing import pdf
from trail.actions import run_job
from trail.models import Job, StoredFile


def test_an_issued_document_is_printed(issued_notice, cast):
    job = jobs.request_print(issued_notice, cast.registrar)
    run_job(job.pk)
    issued_notice.refresh_from_db()
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"file": issued_notice.print_file_id})
    assert issued_notice.print_file.name == "01-TB-SGDĐT.pdf"


def test_printing_twice_leaves_one_file(issued_notice, cast):
    for _ in range(2):
        run_job(jobs.request_print(issued_notice, cast.registrar).pk)
    assert Job.objects.filter(state="done").count() == 2
    assert StoredFile.objects.count() == 1


def test_missing_fonts_are_said_at_start_up(monkeypatch):
    monkeypatch.setattr(pdf, "missing_fonts", lambda: ["Times New Roman", "Tinos"])
    assert [one.id for one in fonts_are_installed()] == ["directives.W001"]
    monkeypatch.setattr(pdf, "missing_fonts", list)
    assert fonts_are_installed() == []
