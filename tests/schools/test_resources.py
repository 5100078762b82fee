"""Import and export of schools, offices, people: all or nothing, within the administrator's reach."""

import datetime as dt

import pytest

from accounts.models import RoleCode, User
from schools.models import Affiliation, LinkKind, Office, Posting, School, UnitAncestry
from schools.resources import OfficeResource, PeopleResource, SchoolResource
from tests.conftest import posted
from tests.sheets import exported, messages, run, sheet
from trail.models import AuditEvent

pytestmark = pytest.mark.django_db

HEADINGS = ["Mã trường", "Tên", "Tên ngắn", "Cấp học", "Cơ quan quản lý", "Cơ quan chuyên môn", "Ngày mở"]
NEW = ["NS010009", "Trường Tiểu học Bản Ví", "TH Bản Ví", "tiểu học, THCS", "NS-01", "NS", "01/08/2026"]


@pytest.fixture
def commune_admin(province):
    return posted("quantrixa", "Giàng Thị Xã", province.cloud_commune, RoleCode.ADMIN)


def test_a_new_school_is_opened_by_the_action_with_its_event_and_its_place(cast, province):
    outcome = run(SchoolResource(by=cast.admin), sheet(HEADINGS, NEW))
    school = School.objects.get(code="NS010009")
    assert (outcome.new, outcome.changed, outcome.same, outcome.faults) == (1, 0, 0, 0)
    assert school.levels_on(dt.date(2026, 8, 1)) == ["primary", "lower_secondary"]
    offices = dict(Affiliation.objects.filter(school=school).values_list("kind", "office"))
    assert offices == {
        LinkKind.ADMINISTRATIVE: province.cloud_commune.pk,
        LinkKind.PROFESSIONAL: province.department.pk,
    }
    assert (
        UnitAncestry.objects.filter(descendant=school, ancestor=province.cloud_commune, depth=1).count() == 1
    )
    assert AuditEvent.objects.about(school).get(verb="school.opened").actor_id == cast.admin.user_id


def test_the_same_file_twice_changes_nothing(cast):
    table = sheet(HEADINGS, NEW)
    run(SchoolResource(by=cast.admin), table)
    events = AuditEvent.objects.count()
    again = run(SchoolResource(by=cast.admin), table)
    assert (again.new, again.changed, again.same) == (0, 0, 1)
    assert AuditEvent.objects.count() == events


def test_a_dry_run_tells_and_saves_nothing(cast, province):
    changed = [
        "NS010002",
        "Trường Tiểu học Suối Mây",
        "TH Suối Mây 1",
        "tiểu học",
        "NS-01",
        "NS",
        "01/07/2025",
    ]
    outcome = run(SchoolResource(by=cast.admin), sheet(HEADINGS, NEW, changed), dry_run=True)
    assert (outcome.new, outcome.changed) == (1, 1)
    assert outcome.rows[1]["changes"] == [("Tên ngắn", "TH Suối Mây", "TH Suối Mây 1")]
    assert outcome.rows[1]["number"] == 3
    assert School.objects.filter(code="NS010009").exists() is False
    province.cloud_primary.refresh_from_db()
    assert province.cloud_primary.short_name == "TH Suối Mây"


def test_one_wrong_row_stops_all(cast):
    wrong = ["NS010010", "Trường X", "X", "đại học", "NS-77", "NS", "32/13/2026"]
    outcome = run(SchoolResource(by=cast.admin), sheet(HEADINGS, NEW, wrong))
    assert (outcome.faults, [(number, column) for number, column, _ in messages(outcome)]) == (
        1,
        [(3, "Cấp học"), (3, "Cơ quan quản lý hành chính"), (3, "Ngày thành lập")],
    )
    assert not School.objects.filter(code="NS010009").exists()


def test_a_school_twice_in_a_file_is_named(cast):
    outcome = run(SchoolResource(by=cast.admin), sheet(HEADINGS, NEW, NEW))
    assert messages(outcome) == [(3, "", "Dòng này trùng với dòng 2.")]


def test_what_the_file_does_not_speak_of_stays(cast, province):
    School.objects.filter(pk=province.cloud_primary.pk).update(phone="0200 555 0112", is_public=False)
    row = ["NS010002", "Trường Tiểu học Suối Mây", "Suối Mây", "tiểu học", "NS-01", "NS", "01/07/2025"]
    run(SchoolResource(by=cast.admin), sheet(HEADINGS, row))
    school = School.objects.get(pk=province.cloud_primary.pk)
    assert (school.short_name, school.phone, school.is_public) == ("Suối Mây", "0200 555 0112", False)
    lines = school.affiliations.values_list("kind", "office")
    assert dict(lines)[LinkKind.PROFESSIONAL] == province.department.pk


def test_a_commune_cannot_touch_its_siblings_school(commune_admin, province):
    row = ["NS020001", "Trường bị đổi tên", "Đổi", "tiểu học", "NS-01", "NS", "01/07/2025"]
    outcome = run(SchoolResource(by=commune_admin), sheet(HEADINGS, row))
    assert [column for _, column, _ in messages(outcome)] == ["Mã"]
    province.tea_combined.refresh_from_db()
    assert province.tea_combined.short_name == "TH&THCS Đồi Chè"


def test_a_commune_opens_schools_beneath_itself_only(commune_admin):
    outcome = run(SchoolResource(by=commune_admin), sheet(HEADINGS, [*NEW[:4], "NS-02", *NEW[5:]]))
    assert [column for _, column, _ in messages(outcome)] == ["Cơ quan quản lý hành chính"]
    assert run(SchoolResource(by=commune_admin), sheet(HEADINGS, NEW)).new == 1


@pytest.mark.parametrize("resource", [SchoolResource, OfficeResource, PeopleResource])
def test_what_is_exported_reads_back_in_unchanged(cast, province, resource):
    table = exported(resource(by=cast.admin))
    events = AuditEvent.objects.count()
    outcome = run(resource(by=cast.admin), table)
    assert (outcome.total, outcome.same, outcome.problems) == (len(table.rows), len(table.rows), [])
    assert len(table.rows) > 3
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize(
    ("resource", "codes"),
    [(SchoolResource, {"NS010001", "NS010002"}), (OfficeResource, {"NS-01"})],
)
def test_a_commune_exports_its_own_only(commune_admin, resource, codes):
    assert {row.cells[0] for row in exported(resource(by=commune_admin)).rows} == codes


def test_a_commune_exports_its_own_people_only(commune_admin, cast):
    names = {row.cells[0] for row in exported(PeopleResource(by=commune_admin)).rows}
    assert names == {"quantrixa", "son", "mai", "hoa", "tam", "nga"}


PEOPLE = ["Tài khoản", "Họ và tên", "Điện thoại", "Mã đơn vị", "Vai trò", "Từ ngày"]


def test_a_person_gets_an_account_without_a_password_and_a_posting(cast, province):
    row = ["thu.ha", "Hà Thị Thu", "+84 912 345 678", "NS010002", "hiệu trưởng", "01/08/2026"]
    assert run(PeopleResource(by=cast.admin), sheet(PEOPLE, row)).new == 1
    user = User.objects.get(username="thu.ha")
    posting = Posting.objects.get(user=user)
    assert (user.phone_key, user.has_usable_password()) == ("0912345678", False)
    assert (posting.unit_id, posting.role, posting.valid_from) == (
        province.cloud_primary.pk,
        "principal",
        dt.date(2026, 8, 1),
    )


def test_a_role_that_does_not_fit_the_unit_is_named(cast):
    row = ["thu.ha", "Hà Thị Thu", "", "NS010002", "chuyên viên", "01/08/2026"]
    outcome = run(PeopleResource(by=cast.admin), sheet(PEOPLE, row))
    assert [(number, column) for number, column, _ in messages(outcome)] == [(2, "Vai trò")]


def test_a_commune_cannot_rename_somebody_who_works_elsewhere_too(commune_admin, cast, province):
    posted_twice = cast.principal.user
    Posting.objects.create(
        user=posted_twice, unit=province.high_school, role=RoleCode.PRINCIPAL, valid_from=dt.date(2026, 1, 1)
    )
    row = ["hoa", "Tên Khác", "", "NS010002", "hiệu trưởng", "01/07/2025"]
    outcome = run(PeopleResource(by=commune_admin), sheet(PEOPLE, row))
    assert [(number, column) for number, column, _ in messages(outcome)] == [(2, "Họ và tên")]


def test_a_commune_cannot_take_a_foreign_account(commune_admin, cast):
    row = ["dung", "Đặng Văn Dũng", "", "NS010002", "văn phòng nhà trường", "01/08/2026"]
    outcome = run(PeopleResource(by=commune_admin), sheet(PEOPLE, row))
    assert [(number, column) for number, column, _ in messages(outcome)] == [(2, "Tên đăng nhập")]
    assert Posting.objects.filter(user=cast.tea_principal.user).count() == 1


def test_offices_are_opened_beneath_their_parents(cast, province):
    headings = ["Mã cơ quan", "Loại", "Tên cơ quan", "Tên ngắn", "Cơ quan chuyên môn", "Ngày mở"]
    row = ["NS-05", "cơ quan cấp xã", "UBND xã Mây Cao", "Xã Mây Cao", "NS", "01/08/2026"]
    outcome = run(OfficeResource(by=cast.admin), sheet(headings, row))
    assert (outcome.new, outcome.problems) == (1, [])
    office = Office.objects.get(code="NS-05")
    assert office.parent_links.get().parent == province.department


def test_headings_say_what_is_missing_unknown_and_doubled(cast):
    headings = SchoolResource(by=cast.admin).read_headings(["ma truong", "TEN", "Tên", "Màu sơn", ""])
    assert headings.doubled == ["Tên"]
    assert headings.unknown == ["Màu sơn"]
    assert headings.missing == [
        "Tên ngắn",
        "Cấp học",
        "Cơ quan quản lý hành chính",
        "Cơ quan quản lý chuyên môn",
        "Ngày thành lập",
    ]


def test_english_headings_are_understood(cast):
    names = [
        "code",
        "name",
        "short name",
        "levels",
        "administrative office",
        "professional office",
        "opened on",
    ]
    assert SchoolResource(by=cast.admin).read_headings(names).are_right
