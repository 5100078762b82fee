"""The pages of what came in."""

import pytest

from directives.actions.drafting import Arrival, draft_directive
from directives.models import Assignment, Directive, Instruction
from tests.conftest import TODAY
from tests.directives.samples import LETTER


@pytest.fixture
def arrived(cast, province) -> Directive:
    given = {"office": province.department, "text": LETTER, "by": cast.registrar, "today": TODAY}
    return draft_directive(**given, direction="incoming", arrival=Arrival("UBND tỉnh", TODAY))


@pytest.fixture
def at(arrived):
    return lambda page="": f"/documents/{arrived.pk}/{page}"


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("staff", [200, 200, 302]),
        ("leader", [403, 200, 403]),
        ("registrar", [200, 403, 403]),
        ("division_staff", [200, 200, 302]),
        ("admin", [403, 403, 403]),
        ("commune_officer", [404, 404, 404]),
        ("principal", [404, 404, 404]),
        ("outsider", [404, 404, 404]),
    ],
)
def test_each_page_for_those_whose_step_it_is(cast, client_of, at, who, expected):
    client = client_of(getattr(cast, who))
    pages = ["registration/", "instruct/", "hand-over/"]
    assert [client.get(at(page)).status_code for page in pages] == expected


def test_from_the_register_to_a_department_within(cast, client_of, at, province):
    registrar, leader, staff = (client_of(who) for who in (cast.registrar, cast.leader, cast.staff))
    corrected = {"version": 1, "sender": "Bộ GDĐT", "arrived_on": "20/11/2026", "number": "7"}
    corrected |= {"symbol": "BGDĐT", "issued_on": "18/11/2026", "subject": "Về dạy học"}
    assert registrar.post(at("registration/"), corrected).url == at()
    said = {"version": 2, "unit": province.primary_division.pk, "text": "Tham mưu", "deadline": "01/12/2026"}
    assert leader.post(at("instruct/"), said).url == at()
    assert "Tham mưu" in staff.get(at()).content.decode()
    assert staff.get(at("hand-over/")).status_code == 200
    assert staff.post(at("hand-over/"), {"version": 3}).url == at()
    assert Assignment.objects.get().unit_id == province.primary_division.pk
    assert Directive.objects.get().full_number == "07/BGDĐT"


def test_what_the_leader_said_stands_above_the_check(cast, client_of, at, province):
    said = {"version": 1, "unit": province.primary_division.pk, "text": "Tham mưu kế hoạch, trình ký"}
    client_of(cast.leader).post(at("instruct/"), said | {"deadline": "01/12/2026"})
    page = client_of(cast.staff).get(at("review/")).content.decode()
    place = page.index("Tham mưu kế hoạch, trình ký")
    assert place < page.index("data-review")
    assert "01/12/2026" in page[place - 200 : place]


def test_instructions_are_given_within_the_office(cast, client_of, at, province):
    client = client_of(cast.leader)
    for unit in (province.cloud_primary, province.cloud_commune, province.foreign_department):
        response = client.post(at("instruct/"), {"version": 1, "unit": unit.pk, "text": "Làm"})
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["unit"])
    assert not Instruction.objects.exists()


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("registration/", {"sender": "Bộ GDĐT", "arrived_on": "20/11/2026", "subject": "Dạy học"}),
        ("instruct/", {"text": "Tham mưu"}),
    ],
)
def test_whoever_saves_second_keeps_what_was_typed(cast, client_of, at, arrived, province, page, data):
    Directive.objects.update(version=5)
    given = {"version": 1, "unit": province.department.pk, **data}
    response = client_of(cast.staff).post(at(page), given)
    form = response.context["form"]
    assert (response.status_code, form["version"].value()) == (422, 5)
    assert {name: form[name].value() for name in data} == data


def test_handing_over_a_stale_page_is_asked_again(cast, client_of, at, arrived):
    assert client_of(cast.staff).post(at("hand-over/"), {"version": 9}).url == at("hand-over/")
    assert Directive.objects.get().is_draft


def test_schools_do_not_read_instructions(cast, client_of, at, arrived, province):
    staff = client_of(cast.staff)
    said = {"version": 1, "unit": province.department.pk, "text": "Nội bộ xử lý"}
    staff.post(at("instruct/"), said)
    staff.post(at("issue/"), {"version": 2})
    assert "Nội bộ xử lý" in staff.get(at()).content.decode()
    assert "Nội bộ xử lý" not in client_of(cast.principal).get(at()).content.decode()


def test_the_list_says_how_many_wait_to_be_given_to_somebody(cast, client_of, at, arrived, province):
    def waiting() -> list[int]:
        people = (cast.leader, cast.staff, cast.registrar, cast.commune_officer, cast.principal)
        return [client_of(who).get("/documents/").context["waiting"] for who in people]

    before = waiting()
    said = {"version": 1, "unit": province.department.pk, "text": "Xử lý"}
    client_of(cast.leader).post(at("instruct/"), said)
    assert (before, waiting()) == ([1, 1, 1, 0, 0], [0, 0, 0, 0, 0])
