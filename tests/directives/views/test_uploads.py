"""Documents that are read in the background, or that could not be read: nothing handed in is lost."""

import codecs
import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directives import jobs
from directives.actions.uploads import HELD_DAYS, READ_UPLOAD, forget_old_uploads
from directives.models import Annex, Directive, HeldFile, Upload
from directives.programs import readers
from directives.reading import Extracted, UnreadableFile, Warning
from schools.actions import end_posting
from tests.directives.reading.files.builders import PIXEL, drawn, handmade_pdf, plain_word, printed
from tests.directives.samples import LETTER
from trail.actions import cancel_job, run_job
from trail.models import Job, StoredFile

NEW = "/documents/new/"
NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)
ARRIVAL = {"direction": "incoming", "sender": "UBND tỉnh Ngọc Sơn", "arrived_on": "20/11/2026"}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture(autouse=True)
def _no_programs(monkeypatch):
    """Whatever is installed where the tests run."""
    monkeypatch.setattr(readers, "READERS", {})


@pytest.fixture
def recognise(monkeypatch):
    """Install a program that reads pictures as it is told to."""

    def install(read) -> None:
        program = replace(readers.TESSERACT, is_installed=lambda: True, read=read)
        codes = ("picture", "scan", "scanned_pages")
        monkeypatch.setattr(readers, "READERS", dict.fromkeys(codes, program))

    return install


def as_letter(content: bytes, tell) -> Extracted:
    tell(1, 2)
    tell(2, 2)
    return Extracted(LETTER, (Warning("recognised"),))


def post(client, **data):
    return client.post(NEW, {"direction": "outgoing", **data})


def scan(name: str = "quet.png", content: bytes = PICTURE) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def held_files() -> list[str]:
    return default_storage.listdir("held")[1] if default_storage.exists("held") else []


def run_read(upload: Upload) -> Job:
    job = Job.objects.filter(kind=READ_UPLOAD, key=str(upload.pk)).first()
    run_job(job.pk)
    job.refresh_from_db()
    return job


# --- read in the background ---------------------------------------------------------------------------------


def test_a_scan_is_recognised_in_the_background_and_put_up_for_review(
    cast, client_of, recognise, django_capture_on_commit_callbacks
):
    recognise(as_letter)
    client = client_of(cast.staff)
    annex = SimpleUploadedFile("Phu luc.docx", plain_word("Danh sách"))
    response = post(client, file=scan(), annexes=annex, **ARRIVAL)
    upload = Upload.objects.get()
    assert response.url == reverse("directives:upload", args=[upload.pk])
    page = client.get(response.url)
    assert (page.status_code, page.context["is_stopped"]) == (200, False)
    assert f'hx-get="{response.url}"' in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        job = run_read(upload)
    directive = Directive.objects.get()
    review = reverse("directives:review", args=[directive.pk])
    assert (job.state, job.result) == ("done", {"url": review})
    assert (directive.full_number, directive.arrival_number, directive.sender) == (
        "215/SGDĐT-GDPT",
        1,
        "UBND tỉnh Ngọc Sơn",
    )
    assert directive.reading["doubts"][0]["code"] == "recognised"
    with directive.original.file.open("rb") as file:
        assert (directive.original.name, file.read()) == ("quet.png", PICTURE)
    assert Annex.objects.get().file.name == "Phu luc.docx"
    assert client.get(response.url).url == review
    assert client.get(response.url, headers={"HX-Request": "true"}).headers["HX-Redirect"] == review
    assert (HeldFile.objects.count(), held_files()) == (0, [])


def mixed() -> SimpleUploadedFile:
    """A printed letter with a scanned annex."""
    scan = f"<img src='{PIXEL}' style='width:160mm;height:240mm'>"
    paragraphs = "".join(f"<p>{line}</p>" for line in LETTER.splitlines() if line.strip())
    content = printed(f"{paragraphs}<p style='page-break-before:always'>{scan}</p>")
    return SimpleUploadedFile("Cong van 215.pdf", content)


def test_scanned_pages_of_a_printed_document_are_recognised_too(
    cast, client_of, recognise, django_capture_on_commit_callbacks
):
    recognise(as_letter)
    client = client_of(cast.staff)
    response = post(client, file=mixed())
    upload = Upload.objects.get()
    assert response.url == reverse("directives:upload", args=[upload.pk])
    assert (upload.problem, upload.place, "215/SGDĐT-GDPT" in upload.text) == (
        "scanned_pages",
        {"page": 2},
        True,
    )
    with django_capture_on_commit_callbacks(execute=True):
        run_read(upload)
    assert Directive.objects.get().original.name == "Cong van 215.pdf"


def test_without_a_program_scanned_pages_are_named_on_the_review(cast, client_of):
    post(client_of(cast.staff), file=mixed())
    doubts = {one["code"]: one["args"] for one in Directive.objects.get().reading["doubts"]}
    assert doubts["pages_without_text"] == {"pages": "2"}


def test_progress_names_the_page(cast, client_of, recognise):
    notes = []

    def read(content, tell):
        for page in (1, 2):
            tell(page, 2)
            notes.append(Job.objects.values_list("progress", "note").get(kind=READ_UPLOAD))
        return Extracted(LETTER)

    recognise(read)
    post(client_of(cast.staff), file=scan())
    run_read(Upload.objects.get())
    assert [progress for progress, _ in notes] == [5, 47]
    assert "2" in notes[1][1]


def test_run_twice_it_drafts_once(cast, client_of, recognise):
    recognise(as_letter)
    post(client_of(cast.staff), file=scan())
    upload = Upload.objects.get()
    first = run_read(upload)
    Job.objects.update(state="queued")
    assert run_read(upload).result == first.result
    assert Directive.objects.count() == 1


def test_what_stops_halfway_keeps_the_file_and_what_was_read(cast, client_of, recognise):
    def read(content, tell):
        raise UnreadableFile("too_slow", place={"page": 3}, read="Trang một.\n")

    recognise(read)
    client = client_of(cast.staff)
    address = post(client, file=scan(), **ARRIVAL).url
    job = run_read(Upload.objects.get())
    assert (job.state, "3" in job.error, job.fault) == ("failed", True, job.fault)
    upload = Upload.objects.get()
    assert (upload.problem, upload.place, upload.text) == ("too_slow", {"page": 3}, "Trang một.\n")
    assert client.get(address).context["is_stopped"]
    page = client.get(NEW, {"upload": upload.pk})
    form = page.context["form"]
    assert (form["text"].value(), form["sender"].value()) == ("Trang một.\n", ARRIVAL["sender"])
    assert "3" in page.context["problem"]
    post(client, upload=upload.pk, text=LETTER, **ARRIVAL)
    assert (Directive.objects.get().text, Directive.objects.get().original.name) == (LETTER, "quet.png")
    assert not Upload.objects.exists()


def test_a_recognised_state_secret_is_forgotten_at_once(
    cast, client_of, recognise, django_capture_on_commit_callbacks
):
    recognise(lambda content, tell: Extracted(f"TUYỆT MẬT\n{LETTER}"))
    client = client_of(cast.staff)
    post(client, file=scan())
    with django_capture_on_commit_callbacks(execute=True):
        job = run_read(Upload.objects.get())
    assert (job.state, "TUYỆT MẬT" in job.error) == ("failed", True)
    assert [model.objects.count() for model in (Upload, HeldFile, Directive, StoredFile)] == [0, 0, 0, 0]
    assert held_files() == []


def test_who_lost_the_right_meanwhile_is_told_and_the_file_is_kept(cast, client_of, recognise):
    recognise(as_letter)
    post(client_of(cast.staff), file=scan())
    end_posting(posting=cast.staff, last_day=dt.date(2026, 11, 20), by=None)
    job = run_read(Upload.objects.get())
    assert (job.state, bool(job.error), Directive.objects.count()) == ("failed", True, 0)


def test_a_cancelled_reading_leaves_the_file(cast, client_of, recognise):
    recognise(as_letter)
    client = client_of(cast.staff)
    address = post(client, file=scan()).url
    cancel_job(Job.objects.get(kind=READ_UPLOAD), by=cast.staff)
    assert client.get(address).context["is_stopped"]
    assert Upload.objects.count() == 1


# --- kept for the next try ----------------------------------------------------------------------------------


def test_a_scan_that_nobody_can_read_is_kept_for_its_text(cast, client_of):
    client = client_of(cast.staff)
    response = post(client, file=scan())
    upload = Upload.objects.get()
    form = response.context["form"]
    assert (response.status_code, list(form.errors), form["upload"].value()) == (422, ["file"], upload.pk)
    post(client, text=LETTER, upload=upload.pk)
    assert (Directive.objects.get().text, Directive.objects.get().original.name) == (LETTER, "quet.png")
    assert not Upload.objects.exists()


def test_a_pdf_that_breaks_keeps_the_pages_before(cast, client_of):
    whole = handmade_pdf(drawn("Trang mot."), drawn("Trang hai."))
    response = post(client_of(cast.staff), file=scan("a.pdf", whole.replace(b"12 0 obj", b"99 0 obj")))
    form = response.context["form"]
    assert (form["text"].value(), "2" in str(form.errors["file"])) == ("Trang mot.\n", True)
    assert Upload.objects.get().document.name == "a.pdf"


def test_a_text_with_letters_that_cannot_be_read_keeps_the_lines_before(cast, client_of):
    spoilt = codecs.BOM_UTF16_LE + "Một\nHai".encode("utf-16-le") + b"\x00\xd8"
    form = post(client_of(cast.staff), file=scan("a.txt", spoilt)).context["form"]
    assert (form["text"].value(), "2" in str(form.errors["file"])) == ("Một\nHai", True)


def test_a_file_that_was_read_is_kept_while_something_else_is_wrong(cast, client_of):
    client = client_of(cast.staff)
    annex = SimpleUploadedFile("Phu luc.docx", plain_word("Danh sách"))
    given = ARRIVAL | {"sender": ""}
    response = post(client, file=scan("cv.docx", plain_word(LETTER)), annexes=annex, **given)
    form = response.context["form"]
    assert (list(form.errors), form["text"].value()) == (["sender"], "")
    post(client, upload=form["upload"].value(), **ARRIVAL)
    directive = Directive.objects.get()
    assert (directive.full_number, directive.original.name) == ("215/SGDĐT-GDPT", "cv.docx")
    assert Annex.objects.get().title == "Phu luc"


def test_another_file_takes_the_place_of_the_held_one(cast, client_of, django_capture_on_commit_callbacks):
    client = client_of(cast.staff)
    first = post(client, file=scan()).context["form"]["upload"].value()
    with django_capture_on_commit_callbacks(execute=True):
        post(client, file=scan("hai.png"), upload=first)
    assert [str(upload) for upload in Upload.objects.all()] == ["hai.png"]
    assert len(held_files()) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.exe", b"MZ" + bytes(300)),
        ("a.pdf", b""),
        ("a.txt", b"  "),
        ("a.txt", b"a" * (20 * 1024 * 1024 + 1)),
    ],
    ids=["program", "nothing", "blank", "too large"],
)
def test_what_nobody_could_use_is_not_kept(cast, client_of, name, content):
    response = post(client_of(cast.staff), file=scan(name, content))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])
    assert not Upload.objects.exists()


def test_a_state_secret_is_not_held(cast, client_of):
    secret = plain_word(f"MẬT\n{LETTER}")
    client = client_of(cast.staff)
    response = post(client, file=scan("a.docx", secret), **ARRIVAL | {"sender": ""})
    assert "MẬT" in str(response.context["form"].non_field_errors())
    response = post(client, file=scan(), annexes=scan("b.docx", secret))
    assert "MẬT" in str(response.context["form"].non_field_errors())
    assert (Upload.objects.count(), held_files()) == (0, [])


# --- whose it is, and how long ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["leader", "division_staff", "commune_officer", "principal"])
def test_nobody_else_sees_what_is_held(cast, client_of, who):
    post(client_of(cast.staff), file=scan())
    upload = Upload.objects.get()
    other = client_of(getattr(cast, who))
    assert other.get(reverse("directives:upload", args=[upload.pk])).status_code == 404
    assert other.post(reverse("directives:forget_upload", args=[upload.pk])).status_code == 404
    if who not in ("leader", "principal"):  # they enter nothing
        assert other.get(NEW, {"upload": upload.pk}).context["held"] is None
        assert list(other.get(NEW).context["others"]) == []


def test_what_is_held_is_listed_and_can_be_thrown_away(cast, client_of, django_capture_on_commit_callbacks):
    client = client_of(cast.staff)
    post(client, file=scan())
    (upload,) = client.get(NEW).context["others"]
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("directives:forget_upload", args=[upload.pk]))
    assert (response.url, Upload.objects.count(), held_files()) == (NEW, 0, [])


def test_the_list_takes_as_many_queries_for_one_as_for_three(cast, client_of):
    client = client_of(cast.staff)
    counts = []
    for amount in (1, 2):
        for n in range(amount):
            post(client, file=scan(f"{amount}{n}.png"))
        with CaptureQueriesContext(connection) as counted:
            assert len(client.get(NEW).context["others"]) == (1, 3)[amount - 1]
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_what_nobody_came_back_for_is_forgotten(cast, client_of, django_capture_on_commit_callbacks):
    post(client_of(cast.staff), file=scan())
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.forget_uploads(lambda *args: None) == {"forgotten": 0}
        assert forget_old_uploads(NOON + dt.timedelta(days=HELD_DAYS, seconds=1)) == 1
    assert (Upload.objects.count(), held_files()) == (0, [])
