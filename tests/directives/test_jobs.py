"""Printing in the background."""

from directives import jobs
from directives.actions.issuing import request_print
from directives.checks import fonts_are_installed
from directives.writing import pdf
from trail.actions import run_job
from trail.models import Job, StoredFile


def test_an_issued_document_is_printed(issued_notice, cast):
    job = request_print(directive=issued_notice, by=cast.registrar)
    run_job(job.pk)
    issued_notice.refresh_from_db()
    job.refresh_from_db()
    assert (job.state, job.result) == ("done", {"file": issued_notice.print_file_id})
    assert issued_notice.print_file.name == "01-TB-SGDĐT.pdf"


def test_printing_twice_leaves_one_file(issued_notice, cast):
    for _ in range(2):
        run_job(request_print(directive=issued_notice, by=cast.registrar).pk)
    assert Job.objects.filter(state="done").count() == 2
    assert StoredFile.objects.count() == 1


def test_missing_fonts_are_said_at_start_up(monkeypatch):
    monkeypatch.setattr(pdf, "missing_fonts", lambda: ["Times New Roman", "Tinos"])
    assert [one.id for one in fonts_are_installed()] == ["directives.W001"]
    monkeypatch.setattr(pdf, "missing_fonts", list)
    assert fonts_are_installed() == []


def test_issuing_asks_for_the_print_in_the_same_breath(issued_notice):
    job = Job.objects.get()
    assert (job.kind, job.key, job.unit_id) == (
        "directives.render_pdf",
        str(issued_notice.pk),
        issued_notice.office_id,
    )


def test_what_was_not_printed_is_asked_for_anew_each_night(
    issued_notice, notice, issued_letter, write_notice
):
    write_notice()
    Job.objects.update(state="failed")
    assert jobs.print_missing(lambda *args: None) == {"asked_for": 1}
    (job,) = Job.objects.filter(state="queued")
    assert job.args == {"directive": issued_notice.pk}
    run_job(job.pk)
    assert jobs.print_missing(lambda *args: None) == {"asked_for": 0}
