"""Evidence on the page of the work: who adds, sees and takes away."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from directives.actions.evidence import add_evidence, send_evidence
from directives.models import Assignment, Evidence
from tests.directives.work import NOW, PNG, given, picture, task_of
from tests.eduportal.base.test_thumbnails import photo

FILES = "/tasks/evidence/"


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW)


@pytest.fixture
def share(province, cast) -> Assignment:
    return given(task_of(province, cast), province.cloud_primary)[0]


def upload(name="Biên bản.png", content=PNG) -> dict:
    return {"files-evidence": [SimpleUploadedFile(name, content)]}


def shown(client, share) -> list[str]:
    return [one.file.name for one in client.get(f"/tasks/{share.pk}/").context["evidence"]]


def test_the_clerk_lays_ready_and_the_principal_sends(cast, client_of, share):
    clerk, principal, staff = client_of(cast.clerk), client_of(cast.principal), client_of(cast.staff)
    assert clerk.post(f"/tasks/{share.pk}/evidence/", upload()).status_code == 302
    assert shown(clerk, share) == shown(principal, share) == ["Biên bản.png"]
    assert shown(staff, share) == []
    assert clerk.post(f"/tasks/{share.pk}/evidence/send/").status_code == 403
    principal.post(f"/tasks/{share.pk}/evidence/send/")
    assert shown(staff, share) == ["Biên bản.png"]


def test_several_files_at_once(cast, client_of, share):
    both = {"files-evidence": [SimpleUploadedFile("a.png", PNG), SimpleUploadedFile("b.png", PNG)]}
    client_of(cast.principal).post(f"/tasks/{share.pk}/evidence/", both)
    assert Evidence.objects.count() == 2


def test_a_file_is_saved_never_shown(cast, client_of, share):
    add_evidence(assignment=share, files=[picture("../Biên bản\r\n.png")], by=cast.clerk)
    send_evidence(assignment=share, by=cast.principal, now=NOW)
    response = client_of(cast.staff).get(f"{FILES}{Evidence.objects.get().pk}/")
    assert b"".join(response.streaming_content) == PNG
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("who", "unsent", "sent"),
    [
        ("principal", 200, 200), ("clerk", 200, 200), ("staff", 404, 200), ("leader", 404, 200),
        ("commune_officer", 404, 200), ("division_staff", 404, 200), ("neighbour", 404, 404),
        ("outsider", 404, 404),
    ],
)  # fmt: skip
def test_who_reads_a_file(cast, client_of, share, who, unsent, sent):
    (row,) = add_evidence(assignment=share, files=[picture()], by=cast.clerk)
    client = client_of(getattr(cast, who))

    def status() -> int:
        response = client.get(f"{FILES}{row.pk}/")
        return list(response) and response.status_code if response.streaming else response.status_code

    assert status() == unsent
    send_evidence(assignment=share, by=cast.principal, now=NOW)
    assert status() == sent


@pytest.mark.parametrize(("who", "status"), [("principal", 302), ("clerk", 302), ("staff", 404)])
def test_a_draft_is_taken_away_by_the_unit(cast, client_of, share, who, status):
    (row,) = add_evidence(assignment=share, files=[picture()], by=cast.clerk)
    assert client_of(getattr(cast, who)).post(f"{FILES}{row.pk}/remove/").status_code == status
    assert Evidence.objects.exists() is (status != 302)


def test_what_is_sent_is_not_taken_away_any_more(cast, client_of, share):
    (row,) = add_evidence(assignment=share, files=[picture()], by=cast.clerk)
    send_evidence(assignment=share, by=cast.principal, now=NOW)
    response = client_of(cast.principal).post(f"{FILES}{row.pk}/remove/", follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert client_of(cast.staff).post(f"{FILES}{row.pk}/remove/").status_code == 403
    assert Evidence.objects.exists()


@pytest.mark.parametrize(("name", "content"), [("a.exe", b"MZ"), ("a.pdf", PNG), ("a.png", b""), (None, b"")])
def test_a_file_that_cannot_be_kept_says_why(cast, client_of, share, name, content):
    data = upload(name, content) if name else {}
    response = client_of(cast.principal).post(f"/tasks/{share.pk}/evidence/", data)
    assert (response.status_code, "files-evidence" in response.content.decode()) == (422, True)
    assert not Evidence.objects.exists()


def test_files_go_with_the_report_of_progress(cast, client_of, share):
    data = {"version": 1, "percent": "0", "note": "", "evidence": [SimpleUploadedFile("a.png", PNG)]}
    assert client_of(cast.principal).post(f"/tasks/{share.pk}/report/", data).status_code == 302
    assert Evidence.objects.get().entry.percent == 0
    assert shown(client_of(cast.staff), share) == ["a.png"]


def test_a_photo_is_shown_small_to_those_who_may_have_it(cast, client_of, share):
    client_of(cast.clerk).post(f"/tasks/{share.pk}/evidence/", upload("anh.jpg", photo()))
    [one] = Evidence.objects.all()
    small = f"{FILES}{one.pk}/thumbnail/"
    assert small in client_of(cast.principal).get(f"/tasks/{share.pk}/").content.decode()
    answer = client_of(cast.principal).get(small)
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size == (320, 240)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "private" in answer["Cache-Control"]
    # As long as it is not sent, it is the unit's own.
    assert client_of(cast.staff).get(small).status_code == 404
    send_evidence(assignment=share, by=cast.principal, now=NOW)
    assert b"".join(client_of(cast.staff).get(small).streaming_content).startswith(b"\xff\xd8\xff")


def test_what_is_no_photo_has_no_small_picture(cast, client_of, share):
    [one] = add_evidence(assignment=share, files=[picture()], by=cast.clerk)
    assert client_of(cast.clerk).get(f"{FILES}{one.pk}/thumbnail/").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("IMG_0042.HEIC", b"\0\0\0\x24ftypheic\0\0\0\0mif1heic", "ảnh HEIC"),
        ("bao-cao.pdf", b"MZ\x90\x00\x03", "là chương trình"),
        ("anh.jpg", b"\xff\xd8\xff" + b"x" * (20 * 1024 * 1024), "lớn hơn 20 MB"),
    ],
)
def test_what_cannot_be_kept_is_named_with_what_to_do(cast, client_of, share, name, content, words):
    answer = client_of(cast.clerk).post(f"/tasks/{share.pk}/evidence/", upload(name, content))
    page = answer.content.decode()
    assert (answer.status_code, name in page, words in page) == (422, True, True)
    assert not Evidence.objects.exists()
