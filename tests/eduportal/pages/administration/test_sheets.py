"""Taking lists in and out on the portal's pages: seen before it is saved, all or nothing, one's own only."""

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import RoleCode
from eduportal.base import resources
from eduportal.base.sheets import read_sheet, write_csv, write_xlsx
from eduportal.pages.administration import actions
from eduportal.pages.administration.sheets import RESOURCES
from eduportal.pages.administration.views import sheets
from eduportal.pages.jobs import APPLY, CHECK, EXPORT
from schools.models import Posting, School
from schools.resources import SchoolResource
from tests.conftest import posted
from trail.actions import run_job
from trail.models import AuditEvent, Job

pytestmark = pytest.mark.django_db
HEADINGS = ["Mã trường", "Tên", "Tên ngắn", "Cấp học", "Cơ quan quản lý", "Cơ quan chuyên môn", "Ngày mở"]
NEW = ["NS010009", "Trường Tiểu học Bản Ví", "TH Bản Ví", "tiểu học", "NS-01", "NS", "01/08/2026"]
WRONG = ["NS010010", "Trường X", "X", "đại học", "NS-01", "NS", "01/08/2026"]
IMPORT = "/administration/lists/schools/"


def upload(client, *rows, headings=HEADINGS, name="truong.xlsx", content=None):
    made = write_xlsx("a", headings, rows) if name.endswith("xlsx") else write_csv(headings, rows)
    file = SimpleUploadedFile(name, made if content is None else content)
    return client.post(IMPORT, {"file": file})


@pytest.fixture
def admin(cast, client_of):
    return client_of(cast.admin)


class TestTakingIn:
    def test_what_would_change_is_shown_and_nothing_saved(self, admin):
        page = admin.get(upload(admin, NEW).headers["Location"])
        told = page.context["told"]
        assert (told["new"], told["faults"], page.context["is_saved"]) == (1, 0, False)
        assert "Nhập cả 1 dòng" in page.content.decode()
        assert not School.objects.filter(code="NS010009").exists()

    def test_confirmed_it_is_saved(self, admin, cast):
        page = upload(admin, NEW).headers["Location"]
        after = admin.post(page, follow=True)
        assert after.context["is_saved"]
        school = School.objects.get(code="NS010009")
        assert AuditEvent.objects.about(school).get().actor_id == cast.admin.user_id
        assert AuditEvent.objects.filter(verb="sheet.taken_over").count() == 1

    def test_confirmed_twice_it_is_saved_once(self, admin):
        page = upload(admin, NEW).headers["Location"]
        admin.post(page)
        admin.post(page)
        assert (
            AuditEvent.objects.filter(verb="school.opened", object_label="Trường Tiểu học Bản Ví").count()
            == 1
        )
        told = Job.objects.filter(kind=APPLY).first().result
        assert (told["new"], told["same"]) == (0, 1)

    def test_faults_are_shown_by_row_and_column_and_offer_no_button(self, admin):
        where = upload(admin, NEW, WRONG).headers["Location"]
        page = admin.get(where).content.decode()
        assert "dòng 3" in page
        assert "“đại học”" in page
        assert "<button" not in page.split("<main")[1]
        admin.post(where)
        assert not School.objects.filter(code="NS010009").exists()

    def test_a_csv_does_as_well(self, admin):
        page = admin.get(upload(admin, NEW, name="truong.csv").headers["Location"])
        assert page.context["told"]["new"] == 1

    def test_other_headings_are_named_with_the_way_to_a_sample(self, admin):
        answer = upload(admin, ["a", "b"], headings=["Mã", "Màu sơn"])
        page = answer.content.decode()
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Còn thiếu: <strong>Tên, Tên ngắn, Cấp học" in page
        assert "Không nhận ra: <strong>Màu sơn" in page
        assert reverse("administration:sample", args=["schools"]) in page
        assert not Job.objects.exists()

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("a.xlsx", b"PK\x03\x04hong", "bị hỏng"),
            ("a.doc", b"\xd0\xcf\x11\xe0", "không phải tệp .xlsx hoặc .csv"),
            ("a.csv", b"", "“a.csv” là tệp rỗng"),
        ],
    )
    def test_what_cannot_be_read_is_said(self, admin, name, content, words):
        answer = upload(admin, name=name, content=content)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert words in answer.content.decode()

    def test_no_file_at_all(self, admin):
        assert admin.post(IMPORT, {}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_many_rows_are_a_job_with_progress(self, admin, monkeypatch):
        monkeypatch.setattr(actions, "QUICK_ROWS", 0)
        where = upload(admin, NEW).headers["Location"]
        waiting = admin.get(where)
        assert waiting.context["told"] is None
        assert 'hx-trigger="every 2s"' in waiting.content.decode()
        admin.post(where)  # nothing can be confirmed before it is checked
        assert not Job.objects.filter(kind=APPLY).exists()
        run_job(Job.objects.get(kind=CHECK).pk)
        assert admin.get(where).context["told"]["new"] == 1
        admin.post(where)
        run_job(Job.objects.get(kind=APPLY).pk)
        assert admin.get(where).context["is_saved"]

    def test_progress_tells_how_far_it_is(self, admin, cast):
        heard = []
        rows = [[f"NS0109{n:02d}", *NEW[1:]] for n in range(45)]
        table = read_sheet("a.xlsx", write_xlsx("a", HEADINGS, rows))
        worker = SchoolResource(
            by=cast.admin, progress=lambda percent, note: heard.append((percent, str(note)))
        )
        worker.run(table, worker.read_headings(table.headings).places, dry_run=True)
        assert heard == [(44, "dòng 20 trên 45"), (88, "dòng 40 trên 45")]

    def test_a_right_lost_meanwhile_saves_nothing(self, admin, cast, monkeypatch, time_machine):
        monkeypatch.setattr(actions, "QUICK_ROWS", 0)
        where = upload(admin, NEW).headers["Location"]
        run_job(Job.objects.get(kind=CHECK).pk)
        admin.post(where)
        Posting.objects.filter(pk=cast.admin.pk).update(valid_to=cast.admin.valid_from.replace(day=2))
        job = Job.objects.get(kind=APPLY)
        run_job(job.pk)
        job.refresh_from_db()
        assert (job.state, job.error.startswith("Bạn không còn là quản trị")) == ("failed", True)
        assert not School.objects.filter(code="NS010009").exists()

    def test_a_colleague_does_not_see_ones_file(self, admin, province, client_of):
        where = upload(admin, NEW).headers["Location"]
        colleague = client_of(posted("quantri2", "Lò Quản Trị", province.department, RoleCode.ADMIN))
        assert colleague.get(where).status_code == HTTPStatus.NOT_FOUND
        assert colleague.post(where).status_code == HTTPStatus.NOT_FOUND

    def test_what_the_kept_file_is_called_is_no_path(self, admin):
        where = upload(admin, NEW, name="..\\..\\truong.xlsx").headers["Location"]
        assert admin.get(where).context["file"].name == "truong.xlsx"


class TestGivingOut:
    @pytest.mark.parametrize("kind", ["xlsx", "csv"])
    @pytest.mark.parametrize("resource", ["schools", "offices", "people", "figures"])
    def test_a_file_is_saved_never_shown(self, admin, resource, kind):
        answer = admin.get(f"/administration/lists/{resource}/export/{kind}/")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    def test_it_reads_back_in_without_a_change(self, admin):
        for kind in ("xlsx", "csv"):
            content = admin.get(f"{IMPORT}export/{kind}/").content
            page = admin.get(upload(admin, name=f"a.{kind}", content=content).headers["Location"])
            told = page.context["told"]
            assert (told["total"], told["same"], told["faults"]) == (4, 4, 0)

    def test_a_sample_holds_the_right_headings(self, admin, cast):
        for name in ("schools", "offices", "people", "figures"):
            content = admin.get(f"/administration/lists/{name}/sample/").content
            table = read_sheet("mau.xlsx", content)
            assert RESOURCES[name](by=cast.admin).read_headings(table.headings).are_right

    def test_another_list_or_kind_does_not_exist(self, admin):
        for url in ("/administration/lists/secrets/", f"{IMPORT}export/pdf/"):
            assert admin.get(url).status_code == HTTPStatus.NOT_FOUND

    def test_an_export_asks_as_often_for_four_as_for_two(
        self, cast, province, client_of, django_assert_num_queries
    ):
        commune = client_of(posted("quantrixa", "Giàng Thị Xã", province.cloud_commune, RoleCode.ADMIN))
        for client in (commune, client_of(cast.admin)):
            with django_assert_num_queries(8):
                client.get(f"{IMPORT}export/csv/")


class TestGivingOutMuch:
    @pytest.fixture(autouse=True)
    def _few_at_once(self, monkeypatch):
        monkeypatch.setattr(sheets, "MOST_AT_ONCE", 2)

    @pytest.mark.parametrize("kind", ["xlsx", "csv"])
    def test_a_long_list_is_written_in_the_background(self, admin, kind):
        page = admin.get(f"{IMPORT}export/{kind}/")
        assert (page.status_code, page.context["rows"], Job.objects.count()) == (200, 4, 0)
        where = admin.post(f"{IMPORT}export/{kind}/").headers["Location"]
        job = Job.objects.get(kind=EXPORT)
        assert where == reverse("job", args=[job.pk])
        run_job(job.pk)
        job.refresh_from_db()
        answer = admin.get(job.result["url"])
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        told = read_sheet(f"a.{kind}", answer.getvalue())
        assert len(told.rows) == 4

    def test_the_file_is_for_who_asked_in_that_posting(self, admin, cast, province, client_of):
        admin.post(f"{IMPORT}export/csv/")
        job = Job.objects.get(kind=EXPORT)
        run_job(job.pk)
        job.refresh_from_db()
        colleague = client_of(posted("quantri2", "Lò Quản Trị", province.department, RoleCode.ADMIN))
        assert colleague.get(job.result["url"]).status_code == HTTPStatus.NOT_FOUND
        assert client_of(cast.staff).get(job.result["url"]).status_code == HTTPStatus.FORBIDDEN

    def test_it_tells_how_far_it_is(self, cast, monkeypatch, province):
        monkeypatch.setattr(resources, "EXPORT_PROGRESS_EVERY", 2)
        told = []
        worker = RESOURCES["schools"](by=cast.admin, progress=lambda *said: told.append(said[0]))
        assert len(list(worker.exported())) == 4
        assert told == [50, 99]
