"""The cast: one small province with a neighbour, and a person for each role. Everybody's tests use it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from accounts.actions.tokens import make_token
from accounts.models import ApiToken, RoleCode, Scope
from schools import actions
from schools.models import DepartmentLevel, Level, LinkKind, Office, Posting, School, Unit, UnitKind
from tests.factories import OPENED, UserFactory
from tests.replay import Replay

# No example fails for taking long: how fast things are, benchmarks say, and a busy machine is slow.
settings.register_profile("eduportal", deadline=None)
settings.load_profile("eduportal")

LONGEST_ID = 30
OPENS_THE_DATABASE = {"db", "transactional_db"}
DOOR = pytest.StashKey[DjangoDbBlocker]()
LAID_DOWN = "_test_serialized_contents"  # by migrations, as Django keeps it for tests that commit


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what a database can make a difference to: `./run test` runs that on the second one, too.

    A browser test that fails runs once more, and the run names it: a busy machine breaks one now and then.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))
        opened = OPENS_THE_DATABASE & set(getattr(item, "fixturenames", ()))
        if opened or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(scope="session", autouse=True)
def database_door(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> None:
    """What lets the hook below at the database between two tests."""
    request.config.stash[DOOR] = django_db_blocker


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """A test that commits leaves an empty database; here migrations' rows return before anyone else comes.

    Django brings them back before the next test that commits, and relies on those coming last. With several
    workers they do not: a group of tests goes out before single ones.
    """
    yield
    marker = item.get_closest_marker("django_db")
    if nextitem is None or not marker:
        return  # after the last test there is no database any more
    if marker.kwargs.get("transaction") and hasattr(connection, LAID_DOWN):
        with item.config.stash[DOOR].unblock():
            connection.creation.deserialize_db_from_string(getattr(connection, LAID_DOWN))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file is named for its part in the test: its bytes may hold the second in which it was made, and every
    worker has to collect the same tests."""
    return argname if isinstance(val, bytes) and len(val) > LONGEST_ID else None


ADMINISTRATIVE, PROFESSIONAL = LinkKind.ADMINISTRATIVE, LinkKind.PROFESSIONAL


@dataclass(frozen=True)
class Province:
    """Two communes under a department, four schools; beside it a foreign province, a commune and a school."""

    department: Office
    primary_division: Office  # internal department, limited to primary schools
    cloud_commune: Office
    tea_commune: Office
    orchid_preschool: School  # cloud commune
    cloud_primary: School  # cloud commune
    tea_combined: School  # tea commune, primary and lower secondary
    high_school: School  # directly under the department
    foreign_department: Office
    foreign_commune: Office
    foreign_primary: School

    @property
    def schools(self) -> list[School]:
        return [self.orchid_preschool, self.cloud_primary, self.tea_combined, self.high_school]


@dataclass(frozen=True)
class Cast:
    """Postings, one a role; the outsiders belong to the foreign province."""

    leader: Posting
    staff: Posting
    registrar: Posting
    admin: Posting
    division_staff: Posting  # internal department of the primary level
    commune_officer: Posting  # cloud commune
    commune_leader: Posting  # cloud commune
    principal: Posting  # cloud primary
    clerk: Posting  # cloud primary
    neighbour: Posting  # principal of the orchid preschool, same commune
    tea_principal: Posting
    high_principal: Posting
    outsider: Posting  # staff of the foreign department
    outsider_principal: Posting


def open_school(
    code: str, name: str, short: str, levels: list[str], owner: Office, department: Office
) -> School:
    return actions.open_school(
        code=code,
        name=name,
        short_name=short,
        levels=levels,
        opened_on=OPENED,
        affiliations=[(owner, ADMINISTRATIVE), (department, PROFESSIONAL)],
        by=None,
    )


def open_office(kind: UnitKind, code: str, name: str, short: str, **kwargs: object) -> Office:
    return actions.open_office(
        kind=kind, code=code, name=name, short_name=short, opened_on=OPENED, by=None, **kwargs
    )


PROVINCE, CAST = Replay(1_000_000), Replay(2_000_000)


@pytest.fixture
def province(db: None) -> Province:
    return PROVINCE(a_province)


def a_province() -> Province:
    department = open_office(UnitKind.DEPARTMENT, "NS", "Sở GDĐT tỉnh Ngọc Sơn", "Sở GDĐT")
    division = open_office(
        UnitKind.INTERNAL,
        "NS-TH",
        "Phòng Giáo dục Tiểu học",
        "P. GDTH",
        parents=[(department, ADMINISTRATIVE)],
    )
    DepartmentLevel.objects.create(office=division, level=Level.PRIMARY)
    cloud = open_office(
        UnitKind.COMMUNE, "NS-01", "UBND xã Suối Mây", "Xã Suối Mây", parents=[(department, PROFESSIONAL)]
    )
    tea = open_office(
        UnitKind.COMMUNE, "NS-02", "UBND xã Đồi Chè", "Xã Đồi Chè", parents=[(department, PROFESSIONAL)]
    )
    foreign = open_office(UnitKind.DEPARTMENT, "BL", "Sở GDĐT tỉnh Bến Lau", "Sở GDĐT Bến Lau")
    foreign_commune = open_office(
        UnitKind.COMMUNE, "BL-01", "UBND xã Cồn Sậy", "Xã Cồn Sậy", parents=[(foreign, PROFESSIONAL)]
    )
    for office, superior, issuer, symbol in [
        (department, "UBND TỈNH NGỌC SƠN", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "SGDĐT"),
        (cloud, "UBND XÃ SUỐI MÂY", "PHÒNG VĂN HÓA - XÃ HỘI", "VHXH"),
        (foreign, "UBND TỈNH BẾN LAU", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "SGDĐT"),
    ]:
        actions.set_letterhead(
            office=office,
            valid_from=OPENED,
            by=None,
            superior=superior,
            issuer=issuer,
            symbol=symbol,
            place="Ngọc Sơn",
            head_title="GIÁM ĐỐC",
        )
    return Province(
        department=department,
        primary_division=division,
        cloud_commune=cloud,
        tea_commune=tea,
        orchid_preschool=open_school(
            "NS010001", "Trường Mầm non Hoa Ban", "MN Hoa Ban", ["preschool"], cloud, department
        ),
        cloud_primary=open_school(
            "NS010002", "Trường Tiểu học Suối Mây", "TH Suối Mây", ["primary"], cloud, department
        ),
        tea_combined=open_school(
            "NS020001",
            "Trường Tiểu học và Trung học cơ sở Đồi Chè",
            "TH&THCS Đồi Chè",
            ["primary", "lower_secondary"],
            tea,
            department,
        ),
        high_school=open_school(
            "NS000001",
            "Trường Trung học phổ thông Ngọc Sơn",
            "THPT Ngọc Sơn",
            ["upper_secondary"],
            department,
            department,
        ),
        foreign_department=foreign,
        foreign_commune=foreign_commune,
        foreign_primary=open_school(
            "BL010001", "Trường Tiểu học Cồn Sậy", "TH Cồn Sậy", ["primary"], foreign_commune, foreign
        ),
    )


def posted(username: str, full_name: str, unit: Unit, role: RoleCode) -> Posting:
    user = UserFactory(username=username, full_name=full_name)
    return actions.post(user=user, unit=unit, role=role, valid_from=OPENED, by=None)


@pytest.fixture
def cast(province: Province) -> Cast:
    return CAST(lambda: a_cast(province))


def a_cast(p: Province) -> Cast:
    role = RoleCode
    return Cast(
        leader=posted("lan", "Đỗ Thị Lan", p.department, role.LEADER),
        staff=posted("minh", "Phạm Văn Minh", p.department, role.STAFF),
        registrar=posted("thu", "Lê Thị Thu", p.department, role.REGISTRAR),
        admin=posted("quan", "Vũ Hồng Quân", p.department, role.ADMIN),
        division_staff=posted("hanh", "Ngô Thị Hạnh", p.primary_division, role.STAFF),
        commune_officer=posted("son", "Giàng A Sơn", p.cloud_commune, role.STAFF),
        commune_leader=posted("mai", "Lý Thị Mai", p.cloud_commune, role.LEADER),
        principal=posted("hoa", "Trần Thị Hoa", p.cloud_primary, role.PRINCIPAL),
        clerk=posted("tam", "Bùi Văn Tâm", p.cloud_primary, role.CLERK),
        neighbour=posted("nga", "Hoàng Thị Nga", p.orchid_preschool, role.PRINCIPAL),
        tea_principal=posted("dung", "Đặng Văn Dũng", p.tea_combined, role.PRINCIPAL),
        high_principal=posted("khanh", "Mai Quốc Khánh", p.high_school, role.PRINCIPAL),
        outsider=posted("ngoai", "Cao Văn Ngoại", p.foreign_department, role.STAFF),
        outsider_principal=posted("xa", "Tô Thị Xa", p.foreign_primary, role.PRINCIPAL),
    )


@pytest.fixture
def in_division(province: Province) -> Posting:
    """Staff of an internal department of the cloud commune, who act in the commune's name."""
    division = open_office(
        UnitKind.INTERNAL,
        "NS-01-V",
        "Phòng Văn hóa - Xã hội xã Suối Mây",
        "P. VHXH",
        parents=[(province.cloud_commune, ADMINISTRATIVE)],
    )
    return posted("vhxh", "Sùng Thị Vân", division, RoleCode.STAFF)


@pytest.fixture
def client_of():
    """A signed-in test client of a posting's person: `client_of(cast.staff).get(…)`."""

    def sign_in(posting: Posting) -> Client:
        client = Client()
        client.force_login(posting.user)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _data_in_tmp(settings, tmp_path) -> None:
    """Uploaded and printed files of a test go away with it."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:
    """Hashing is meant to be slow; tests need not prove that Django does it well."""
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of first passwords
    ]


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    """Failed sign-ins are counted in the cache; each test begins to count anew."""
    cache.clear()


TODAY = dt.date(2026, 11, 22)


# --- the REST API -------------------------------------------------------------------------------------------


@pytest.fixture
def token_of():
    """The secret of a token of a posting's person: `token_of(cast.clerk, "read", "write:reports")`."""

    def make(posting: Posting, *scopes: str) -> str:
        expires_at = timezone.now() + dt.timedelta(days=30)
        made = make_token(
            name=f"{posting.user.username} {len(scopes)} {ApiToken.objects.count()}",
            scopes=scopes or Scope.values,
            expires_at=expires_at,
            by=posting,
        )
        return made.secret

    return make


@pytest.fixture
def api_of(token_of):
    """A programme's client, with a token of a posting's person, asking in English."""

    def come_in(posting: Posting, *scopes: str) -> Client:
        headers = {"authorization": f"Bearer {token_of(posting, *scopes)}", "accept-language": "en"}
        return Client(headers=headers)

    return come_in


def queries_of(client: Client, url: str, **asked: Any) -> int:
    """How many queries an address takes, asked once before: a token notes its use once a minute."""
    client.get(url, asked)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, asked).status_code == 200
    return len(captured)
