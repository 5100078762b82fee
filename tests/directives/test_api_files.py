"""Files of documents and of the units' work, for other programmes."""

import datetime as dt

import pytest
from django.test import Client

from directives.actions.evidence import add_evidence, send_evidence
from directives.models import Annex, Assignment, Evidence
from directives.writing import pdf
from eduportal.base.forms import KeptFile
from tests.conftest import queries_of
from tests.factories import DirectiveFactory
from trail.actions import store_file

API = "/api/v1"
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def kept(province):
    return store_file(
        name="Bản gốc.docx",
        content=b"the original",
        content_type="application/msword",
        unit_id=province.department.pk,
    )


@pytest.fixture
def letter_with_files(issued_letter, kept, cast):
    issued_letter.original = kept
    issued_letter.save(update_fields=["original"])
    for position in (1, 2, 3):
        Annex.objects.create(
            directive=issued_letter,
            file=kept,
            title=f"Phụ lục {position}",
            position=position,
            added_by=cast.staff.user,
        )
    return issued_letter


@pytest.fixture
def share(issued_letter, province) -> Assignment:
    return Assignment.objects.get(task__path="3", unit=province.cloud_primary)


@pytest.fixture
def laid_ready(share, cast) -> list[Evidence]:
    files = [KeptFile(f"bien-ban-{number}.pdf", b"%PDF-1.7", "application/pdf") for number in (1, 2, 3)]
    return add_evidence(assignment=share, files=files, by=cast.clerk)


def content(answer) -> tuple[int, bytes, str]:
    return answer.status_code, b"".join(answer.streaming_content), answer.headers["Content-Disposition"]


class TestDocuments:
    def test_the_document_names_its_files(self, api_of, cast, letter_with_files):
        row = api_of(cast.principal).get(f"{API}/directives/{letter_with_files.pk}/").json()
        assert (row["original"]["name"], row["original"]["size"]) == ("Bản gốc.docx", 12)
        assert row["original_url"] == f"http://testserver{API}/directives/{letter_with_files.pk}/original/"
        assert [one["title"] for one in row["annexes"]] == ["Phụ lục 1", "Phụ lục 2", "Phụ lục 3"]
        assert row["pdf_url"] is None

    def test_files_come_as_they_are_and_are_not_kept_on_the_way(self, api_of, cast, letter_with_files):
        api = api_of(cast.principal)
        annex = api.get(f"{API}/annexes/", {"directive": letter_with_files.pk}).json()["results"][0]
        for url in (f"{API}/directives/{letter_with_files.pk}/original/", annex["url"]):
            answer = api.get(url, headers={"accept": "application/msword"})
            status, body, name = content(answer)
            assert (status, body) == (200, b"the original")
            assert name == "attachment; filename*=utf-8''B%E1%BA%A3n%20g%E1%BB%91c.docx"
            assert (answer.headers["Cache-Control"], answer.headers["Content-Type"]) == (
                "no-store", "application/octet-stream",
            )  # fmt: skip

    def test_where_there_is_no_file_there_is_nothing(self, api_of, cast, issued_letter):
        api = api_of(cast.staff)
        answers = [api.get(f"{API}/directives/{issued_letter.pk}/{name}/") for name in ("original", "pdf")]
        assert [(one.status_code, one.json()["code"]) for one in answers] == [(404, "not_found")] * 2

    def test_a_refusal_is_json_whatever_is_asked_for(self, db, issued_letter):
        url = f"{API}/directives/{issued_letter.pk}/original/"
        answer = Client().get(url, headers={"accept": "application/msword"})
        assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/json")

    def test_the_kept_print_of_what_was_written_here(self, api_of, cast, province, kept):
        directive = DirectiveFactory(
            office=province.department, issued=True, written_here=True, print_file=kept
        )
        api = api_of(cast.staff)
        answer = api.get(api.get(f"{API}/directives/{directive.pk}/").json()["pdf_url"])
        assert (answer.status_code, answer.headers["Content-Type"], answer.content) == (
            200, "application/pdf", b"the original",
        )  # fmt: skip

    def test_without_a_font_it_says_what_is_missing(self, api_of, cast, province, monkeypatch):
        monkeypatch.setattr(pdf, "missing_fonts", lambda: ["Tinos"])
        directive = DirectiveFactory(office=province.department, written_here=True)
        answer = api_of(cast.staff).get(f"{API}/directives/{directive.pk}/pdf/")
        assert (answer.status_code, answer.json()["code"]) == (422, "font_missing")
        assert "Tinos" in answer.json()["detail"]

    def test_the_number_of_queries_does_not_grow(self, api_of, cast, letter_with_files):
        api = api_of(cast.staff)
        assert [queries_of(api, f"{API}/annexes/", limit=limit) for limit in (1, 3)] == [3, 3]


class TestEvidence:
    URL = f"{API}/evidence/"

    def test_before_it_is_sent_it_is_the_units_own(self, api_of, cast, share, laid_ready):
        everybody = ("clerk", "principal", "staff", "commune_officer", "neighbour")

        def seen() -> dict[str, int]:
            return {who: api_of(getattr(cast, who)).get(self.URL).json()["count"] for who in everybody}

        before = seen()
        draft = api_of(cast.staff).get(f"{self.URL}{laid_ready[0].pk}/file/").status_code
        send_evidence(assignment=share, by=cast.principal, now=NOW)
        assert (before, draft) == (
            {"clerk": 3, "principal": 3, "staff": 0, "commune_officer": 0, "neighbour": 0}, 404,
        )  # fmt: skip
        assert seen() == {"clerk": 3, "principal": 3, "staff": 3, "commune_officer": 3, "neighbour": 0}

    def test_the_list_leads_to_the_content(self, api_of, cast, share, laid_ready):
        send_evidence(assignment=share, by=cast.principal, now=NOW)
        api = api_of(cast.staff)
        rows = api.get(self.URL, {"assignment": share.pk, "ordering": "added_at"}).json()["results"]
        assert [(row["file"]["name"], row["unit"]["code"], row["added_by"]) for row in rows][:1] == [
            ("bien-ban-1.pdf", "NS010002", "Bùi Văn Tâm")
        ]
        assert content(api.get(rows[0]["url"]))[:2] == (200, b"%PDF-1.7")

    def test_filters(self, api_of, cast, province, share, laid_ready):
        api = api_of(cast.clerk)
        asked = [
            {"is_sent": "true"},
            {"is_sent": "false"},
            {"unit": province.cloud_primary.pk},
            {"directive": share.task.directive_id},
            {"task": share.task_id + 1},
            {"progress": 1},
        ]
        assert [api.get(self.URL, one).json()["count"] for one in asked] == [0, 3, 3, 3, 0, 0]

    def test_the_number_of_queries_does_not_grow(self, api_of, cast, laid_ready):
        api = api_of(cast.clerk)
        assert [queries_of(api, self.URL, limit=limit) for limit in (1, 3)] == [3, 3]
