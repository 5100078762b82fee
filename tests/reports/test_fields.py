"""A month's page that saves each field by itself: each saving once, over what its writer saw."""

import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives.models import Evidence
from reports import actions
from reports.models import FieldSaving, MonthlyReport
from targets.arithmetic import NOT_APPLICABLE
from tests.reports.months import assign
from tests.reports.page import figures, fresh, typed, url
from trail.models import AuditEvent

pytestmark = pytest.mark.usefixtures("in_november")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def edit(name: str, text: str, seen: str = "", key: str = "") -> dict[str, str]:
    return {"key": key or str(uuid.uuid4()), "name": name, "text": text, "seen": seen}


class Page:
    """One person's page of the month, as its script speaks with the portal."""

    def __init__(self, client: Any, row: MonthlyReport):
        self.client, self.row = client, row

    def send(self, *edits: dict[str, str], **files: Any) -> Any:
        data = {"edits": json.dumps(edits)} | {f"file-{key}": file for key, file in files.items()}
        return self.client.post(url(self.row, "report_fields"), data)

    def save(self, *edits: dict[str, str], **files: Any) -> list[str]:
        """What became of each."""
        answer = self.send(*edits, **files)
        assert answer.status_code == 200, answer.text
        self.answer = answer.json()
        return [self.answer["fates"][one["key"]]["fate"] for one in edits]


@pytest.fixture
def clerk(row, cast, client_of) -> Page:
    return Page(client_of(cast.clerk), row)


@pytest.fixture
def principal(row, cast, client_of) -> Page:
    return Page(client_of(cast.principal), row)


def test_a_field_is_saved_by_itself(row, clerk):
    assert clerk.save(edit("primary-pupils", "380")) == ["saved"]
    assert figures(row) == {"pupils": 380}
    assert clerk.save(edit("difficulties", "Thiếu phòng học")) == ["saved"]
    assert (fresh(row).difficulties, figures(row)) == ("Thiếu phòng học", {"pupils": 380})
    assert clerk.answer["fields"]["primary-pupils"] == "380"
    assert clerk.answer["version"] == fresh(row).version == row.version + 2


def test_that_a_figure_does_not_apply_and_an_explanation(row, clerk):
    assert clerk.save(edit("primary-teachers-na", "on")) == ["saved"]
    assert figures(row) == {"teachers": NOT_APPLICABLE}
    assert clerk.save(edit("primary-teachers", "21")) == ["wrong"]
    both = edit("primary-teachers", "21"), edit("primary-teachers-na", "", "on")
    assert clerk.save(*both, edit("primary-teachers-remark", "Mới về một cô")) == ["saved"] * 3
    assert figures(row) == {"teachers": 21}


def test_the_same_saving_once_however_often_it_is_sent(row, clerk, principal):
    first = edit("primary-pupils", "380")
    clerk.save(first)
    version = fresh(row).version
    assert clerk.save(first) == ["saved"]
    assert principal.save(edit("primary-pupils", "381", seen="380")) == ["saved"]
    # Its answer was lost, and it comes once more: it was done, and what somebody saved after it stays.
    assert clerk.save(first) == ["saved"]
    assert figures(row) == {"pupils": 381}
    assert fresh(row).version == version + 1
    assert FieldSaving.objects.count() == 2
    assert AuditEvent.objects.filter(verb="report.saved", object_id=row.pk).count() == 2


def test_who_saves_second_is_asked_and_both_values_are_kept(row, clerk, principal):
    clerk.save(edit("primary-pupils", "380"))
    other = edit("primary-pupils", "390")
    assert principal.save(other, edit("primary-classes", "12")) == ["asked", "saved"]
    assert principal.answer["fields"]["primary-pupils"] == "380"
    assert principal.answer["people"]["primary-pupils"]["who"] == str(clerk_name(row))
    assert figures(row) == {"pupils": 380, "classes": 12}
    # Asked, and decided for their own: said over what they were shown.
    assert principal.save(edit("primary-pupils", "390", seen="380")) == ["saved"]
    history = FieldSaving.objects.filter(field="primary-pupils").order_by("pk")
    assert list(history.values_list("stood", "typed", "outcome")) == [
        ("", "380", "saved"),
        ("380", "390", "asked"),
        ("380", "390", "saved"),
    ]


def clerk_name(row: MonthlyReport) -> Any:
    return FieldSaving.objects.filter(report=row).order_by("pk").first().by


def test_what_is_typed_on_before_an_answer_came_is_typed_over_oneself(row, clerk):
    first, second = edit("primary-pupils", "38"), edit("primary-pupils", "380", seen="38")
    assert clerk.save(first, second) == ["saved", "saved"]
    third = edit("primary-pupils", "381", seen="380")
    assert clerk.save(second, third) == ["saved", "saved"]
    assert figures(row) == {"pupils": 381}


def test_two_who_say_the_same_are_not_asked(row, clerk, principal):
    clerk.save(edit("primary-pupils", "8.411"))
    assert principal.save(edit("primary-pupils", "8411")) == ["saved"]
    assert figures(row) == {"pupils": 8411}


def test_what_is_not_right_is_said_and_the_rest_is_kept(row, clerk):
    fates = clerk.save(
        edit("primary-pupils", "380"),
        edit("primary-attending", "400"),
        edit("primary-classes", "-3"),
        edit("primary-teachers", "98.5"),
    )
    assert fates == ["saved", "wrong", "wrong", "wrong"]
    assert figures(row) == {"pupils": 380}
    told = {one["told"] for one in clerk.answer["fates"].values() if one["fate"] == "wrong"}
    assert len(told) == 3
    assert FieldSaving.objects.count() == 1


def test_a_figure_that_contradicts_a_stored_one_is_told_at_that_field(row, clerk):
    clerk.save(edit("primary-pupils", "380"), edit("primary-attending", "371"))
    assert clerk.save(edit("primary-pupils", "370", seen="380")) == ["saved"]
    assert list(clerk.answer["problems"]) == ["primary-attending"]


def test_warnings_come_with_the_answer(row, clerk):
    clerk.save(edit("primary-pupils", "900"))
    assert list(clerk.answer["warnings"]) == ["primary-pupils"]
    clerk.save(edit("primary-pupils", "379", seen="900"))
    assert clerk.answer["warnings"] == {}


def test_too_late_changes_nothing_and_is_kept_in_the_history(sent, row, clerk):
    too_late = edit("primary-pupils", "5", seen="380")
    assert [clerk.save(too_late), clerk.save(too_late)] == [["late"], ["late"]]
    (kept,) = FieldSaving.objects.all()
    assert (kept.stood, kept.typed, kept.outcome) == ("380", "5", "late")
    assert figures(row)["pupils"] == 380
    assert clerk.answer["editable"] is False
    assert clerk.answer["told"] == actions.already_sent(fresh(row))


def test_a_field_that_the_report_does_not_ask_for(row, clerk):
    assert clerk.save(edit("preschool-pupils", "5"), edit("version", "99")) == ["gone", "gone"]
    assert figures(row) == {}


@pytest.mark.parametrize(
    "edits", ["", "{", "7", "[7]", '[{"key": "x", "name": "primary-pupils"}]', json.dumps([{}] * 401)]
)
def test_what_cannot_be_read(row, clerk, edits):
    answer = clerk.client.post(url(row, "report_fields"), {"edits": edits})
    assert answer.status_code == 400
    assert answer.json()["told"]


def test_a_photo_is_laid_to_the_work_once(row, province, cast, clerk):
    (assignment,) = assign(province, cast, province.cloud_primary, deadline=None)
    name = f"task-{assignment.pk}-files"
    one = edit(name, "")
    for _ in range(2):
        file = SimpleUploadedFile("bien-ban.pdf", PDF, "application/pdf")
        assert clerk.save(one, **{one["key"]: file}) == ["saved"]
    assert [evidence.file.name for evidence in Evidence.objects.all()] == ["bien-ban.pdf"]
    assert clerk.answer["files"][name] == [{"name": "bien-ban.pdf", "size": len(PDF)}]


def test_a_file_that_cannot_be_kept_is_named(row, province, cast, clerk):
    (assignment,) = assign(province, cast, province.cloud_primary, deadline=None)
    one = edit(f"task-{assignment.pk}-files", "")
    file = SimpleUploadedFile("bien-ban.pdf", b"MZ\x90\x00", "application/pdf")
    answer = clerk.send(one, **{one["key"]: file})
    fate = answer.json()["fates"][one["key"]]
    assert fate["fate"] == "wrong"
    assert "bien-ban.pdf" in fate["told"]
    assert not Evidence.objects.exists()


def test_what_others_saved_is_told_from_a_version_on(row, clerk, principal):
    same = principal.client.get(url(row, "report_fields"), {"version": row.version})
    assert same.status_code == 204
    clerk.save(edit("primary-pupils", "380"))
    newer = principal.client.get(url(row, "report_fields"), {"version": row.version})
    assert newer.json()["fields"]["primary-pupils"] == "380"
    assert newer.json()["by"] == str(clerk_name(row))


@pytest.mark.parametrize("who", ["staff", "commune_officer", "leader"])
def test_offices_neither_read_nor_write_fields(row, cast, client_of, who):
    client = client_of(getattr(cast, who))
    assert client.get(url(row, "report_fields")).status_code == 403
    assert client.post(url(row, "report_fields"), {"edits": "[]"}).status_code == 403
    assert client.get(url(row, "report_history")).status_code == 403


def test_the_whole_page_and_its_fields_go_together(row, cast, client_of, clerk):
    """A page that was saved field by field sends its whole form at the version that it was told."""
    clerk.save(edit("primary-pupils", "380"))
    stale = client_of(cast.principal).post(url(row), typed(row, primary__pupils="390"))
    assert stale.status_code == 409
    row.version = clerk.answer["version"]
    assert client_of(cast.principal).post(url(row), typed(row)).status_code == 302
    assert figures(row)["attending"] == 371


def test_the_history_names_both_values(row, clerk, principal):
    clerk.save(edit("primary-pupils", "380"))
    principal.save(edit("primary-pupils", "390"))
    page = clerk.client.get(url(row, "report_history"))
    told = [(label, one.stood, one.typed, one.outcome) for label, one in page.context["savings"]]
    assert told == [
        ("Số học sinh", "380", "390", "asked"),
        ("Số học sinh", "", "380", "saved"),
    ]


def test_queries_of_saving_do_not_grow(row, province, cast, clerk):
    def queries(*edits: dict[str, str]) -> int:
        with CaptureQueriesContext(connection) as made:
            assert set(clerk.save(*edits)) == {"saved"}
        return len(made)

    assign(province, cast, province.cloud_primary, deadline=None)
    one = queries(edit("primary-pupils", "380"))
    names = ["primary-classes", "primary-attending", "primary-teachers"]
    assert queries(*[edit(name, "20") for name in names]) <= one
