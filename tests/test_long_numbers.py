"""A number of five thousand digits, wherever somebody may write one: an ordinary answer, never a fault.

Python refuses to read more than 4,300 digits as a whole number; columns hold far fewer.
"""

from http import HTTPStatus

import pytest
from django.urls import reverse

from directives.actions.drafting import draft_directive
from directives.models import Directive
from directives.reading import read_document
from tests.conftest import TODAY
from tests.targets.samples import PLAN

LONG = "9" * 5000
LENGTHS = (20, 400, 5000)
SENTENCES = [
    "1. Các trường đạt N/N trường (N%).",
    "1. Phấn đấu N/N trường đạt N%.",
    "1. Huy động trẻ đạt từ N% trở lên, tăng N% so với năm N.",
    "1. Phấn đấu có N trường đạt chuẩn quốc gia.",
    "1. Mỗi đơn vị đăng ký N sáng kiến.",
    "1. Báo cáo trước ngày N/N/N, trong vòng N ngày, quý N năm N.",
    "1. Mỗi N tháng báo cáo N lần, ngày N hằng tháng.",
    "1. Giai đoạn N-N, năm học N-N, từ N,N% đến N.NNN học sinh.",
    "N. Các trường báo cáo theo Công văn N/SGDĐT ngày N tháng N năm N.",
    "N.N. Các trường báo cáo.",
]


def text_with(sentence: str, length: int) -> str:
    kept = "1. Các trường xây dựng kế hoạch năm học, báo cáo Sở trước ngày 15/9/2026."
    return PLAN.replace(kept, sentence.replace("N", "9" * length))


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_reader_goes_on(sentence, length):
    assert read_document(text_with(sentence, length)).outline


@pytest.mark.django_db
@pytest.mark.parametrize("length", LENGTHS)
def test_what_it_read_can_be_kept(length, province, cast):
    text = text_with("\n".join(SENTENCES), length)
    draft = draft_directive(office=province.department, text=text, by=cast.staff, today=TODAY)
    assert Directive.objects.get(pk=draft.pk).tasks.exists()


ADDRESSES = [
    "/documents/?page=N&size=N&year=N",
    "/documents/?q=N",
    "/documents/new/?upload=N",
    "/documents/N/",
    "/tasks/?year=N&page=N",
    "/tasks/?task=N",
    "/tasks/?document=N",
    "/tasks/?unit=N",
    "/tasks/?q=N/SGDĐT",
    "/targets/?unit=N",
    "/targets/?period=school_year-N-N",
    "/reports/?period=N-N",
    "/reports/?office=N",
    "/reports/?accepting=N",
    "/reports/missing/?period=N-N",
    "/reports/missing/?office=N&page=N",
    "/reports/expected/?period=2026-N",
    "/figures/primary.pupils/?period=N-N&page=N",
    "/schools/standards/?level=N&page=N",
    "/schools/standards/new/?school=N",
    "/jobs/N/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_in_an_address(address, length, province, cast, client_of):
    answer = client_of(cast.staff).get(address.replace("N", "9" * length))
    assert answer.status_code in (200, 400, 404)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["unit", "indicator", "period", "value", "value_max", "baseline_value"])
def test_in_a_form(name, province, cast, client_of):
    typed = {"unit": province.department.pk, "comparator": "ge", "value": "1"}
    for text in (LONG, f"-{LONG}", f"1.{LONG}", f"1,{LONG}", f"{LONG}%"):
        answer = client_of(cast.staff).post(reverse("targets:new"), typed | {name: text})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["limit=N", "offset=N", "unit=N", "period=N", "level=N", "state=N", "search=N", "task=N"]
)
@pytest.mark.parametrize(
    "list_", ["units", "observations", "targets", "directives", "assignments", "reports", "recognitions"]
)
def test_in_the_api(list_, query, province, cast, api_of):
    for length in LENGTHS:
        answer = api_of(cast.staff).get(f"/api/v1/{list_}/?" + query.replace("N", "9" * length))
        assert answer.status_code in (200, 400, 404)


@pytest.mark.django_db
def test_in_what_a_page_sends_along(province, cast, client_of):
    """Versions and keys that no person types."""
    draft = draft_directive(office=province.department, text=PLAN, by=cast.staff, today=TODAY)
    client, task = client_of(cast.staff), draft.tasks.first()
    page = reverse("directives:review", args=[draft.pk])
    for text in (LONG, "9" * 20):
        assert client.get(page, {"item": text}).status_code == 200
        add = client.get(reverse("directives:add_task", args=[draft.pk]), {"start": "0", "end": text})
        assert add.status_code in (200, 302)
        item = {"version": text, "text": "Báo cáo"}
        for step in ("confirm_task", "remove_task", "task"):
            sent = client.post(reverse(f"directives:{step}", args=[draft.pk, task.pk]), item)
            assert sent.status_code < 500
        many = client.post(reverse("reports:accept_many"), {"shown": [f"{text}:{text}"]})
        assert many.status_code == 302
        granted = {"chosen": [text], f"version-{text}": text}
        assert client.post(reverse("directives:grant_extensions"), granted).status_code < 500
