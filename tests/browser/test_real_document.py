"""A real document on the day it was issued: read, checked beside its text, completed, handed out."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import RoleCode, User
from directives.models import Assignment
from schools import actions
from schools.models import LinkKind, Office, School, Unit, UnitKind
from scripts.steps import ROOT
from tests.browser.desks import Review
from tests.browser.people import Person
from tests.browser.words import capital, t, tn

DOCUMENT = ROOT.parent / "shared" / "reading" / "documents" / "003.txt"
ON_THAT_DAY = dt.datetime(2021, 12, 2, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
OPENED = dt.date(2020, 8, 1)
SUBJECT = "Kết luận Hội nghị giao ban Hiệu trưởng các trường học tháng 12/2021"
NUMBER, SYMBOL = "1398", "TB-PGDĐT"
PASSWORD = "mot-mat-khau-dai"
TASKS = [f"II.{number}" for number in range(1, 9)]
END_OF_MONTH = "31/12/2021"
SCHOOLS = (
    ("Trường Mầm non Phương Đông", "MN Phương Đông", "preschool"),
    ("Trường Mầm non Điền Công", "MN Điền Công", "preschool"),
    ("Trường Tiểu học Lê Lợi", "TH Lê Lợi", "primary"),
    ("Trường Trung học cơ sở Bắc Sơn", "THCS Bắc Sơn", "lower_secondary"),
)

pytestmark = [
    pytest.mark.browser,
    # With those that commit too: they come last, for what migrations put there is gone after them.
    pytest.mark.xdist_group("session"),
    pytest.mark.shared,
    # The measures, which migrations put there, are put back for whoever comes after.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(not DOCUMENT.exists(), reason="the real documents are not in ../shared/reading"),
]


@dataclass(frozen=True)
class Town:
    """The issuer of that time, its schools, and two who work there."""

    division: Office
    schools: list[School]
    staff: User
    principal: User


@pytest.fixture
def town(transactional_db: None) -> Iterator[Town]:
    """Everything happens on that day, but the clock goes on."""
    with time_machine.travel(ON_THAT_DAY, tick=True):
        division = actions.open_office(
            kind=UnitKind.FORMER_DIVISION,
            code="UB",
            name="Phòng GD&ĐT thành phố Uông Bí",
            short_name="Phòng GD&ĐT",
            opened_on=OPENED,
            by=None,
        )
        schools = [open_school(number, *one, division) for number, one in enumerate(SCHOOLS)]
        staff = posted("chuyenvien", "Phạm Văn Minh", division, RoleCode.STAFF)
        principal = posted("hieutruong", "Trần Thị Hoa", schools[0], RoleCode.PRINCIPAL)
        yield Town(division, schools, staff, principal)


def open_school(number: int, name: str, short_name: str, level: str, division: Office) -> School:
    return actions.open_school(
        code=f"UB{number:03d}",
        name=name,
        short_name=short_name,
        levels=[level],
        opened_on=OPENED,
        affiliations=[(division, LinkKind.ADMINISTRATIVE), (division, LinkKind.PROFESSIONAL)],
        by=None,
    )


def posted(username: str, full_name: str, unit: Unit, role: RoleCode) -> User:
    user = User.objects.create_user(username, password=PASSWORD, full_name=full_name)
    actions.post(user=user, unit=unit, role=role, valid_from=OPENED, by=None)
    return user


@pytest.fixture
def staff(browser: Browser, live_server: LiveServer, town: Town) -> Iterator[Person]:
    yield from at_work(Person(browser, live_server.url, town.staff.username))


@pytest.fixture
def principal(browser: Browser, live_server: LiveServer, town: Town) -> Iterator[Person]:
    yield from at_work(Person(browser, live_server.url, town.principal.username))


def at_work(person: Person) -> Iterator[Person]:
    yield person.sign_in(PASSWORD)
    person.close()


def test_the_tasks_of_a_conclusion_notice_reach_the_schools(staff: Person, principal: Person, town: Town):
    review = upload(staff)
    see_what_was_read(staff, review)
    complete(staff, review)
    staff.follow(t("Issue…"))
    everybody = tn("%(amount)s school", "%(amount)s schools", 4, amount=4)
    work = tn("%(amount)s task", "%(amount)s tasks", 8, amount=8)
    staff.sees(t("%(who)s will receive %(what)s.", who=everybody, what=work))
    staff.press(t("Issue"))
    assert staff.told() == [t("The document is issued and its tasks are handed out.")]
    given = Assignment.objects.values_list("task__path", "unit__name", "deadline")
    assert sorted(given) == sorted(
        (path, school.name, dt.date(2021, 12, 31)) for path in TASKS for school in town.schools
    )
    principal.section(t("Tasks"))
    left = principal.page.get_by_role("cell", name=tn("%(days)s day left", "%(days)s days left", 29, days=29))
    assert left.count() == 8


def upload(staff: Person) -> Review:
    staff.section(t("Documents")).follow(t("New document"))
    staff.field(t("File of the document")).set_input_files(DOCUMENT)
    staff.press(t("Read the document"))
    return Review(staff)


def see_what_was_read(staff: Person, review: Review) -> None:
    """The assessment is no work; part II is, until the end of the month that its heading names."""
    review.stands_beside_text()
    expect(review.sheet).to_contain_text("II. PHƯƠNG HƯỚNG, NHIỆM VỤ CÔNG TÁC THÁNG 12 NĂM 2021")
    assert staff.field(t("Subject")).input_value() == SUBJECT
    assert staff.field(capital(t("kind"))).locator("option:checked").inner_text() == t("notice")
    tracked = review.items.locator(".item-number").all_inner_texts()
    assert tracked == TASKS
    deadlines = {path: review.deadline(review.item(path)) for path in TASKS}
    assert deadlines == dict.fromkeys(TASKS, END_OF_MONTH) | {"II.3": "07/01/2022"}
    assert [review.leads(review.item(path)) for path in TASKS] == [[t("all schools")]] * 8
    assert review.supports(review.item("II.4")) == ["MN Phương Đông", "MN Điền Công"]
    assert "II.3" in review.doubtful()
    blank = tn(
        "%(amount)s blank: %(names)s", "%(amount)s blanks: %(names)s", 2,
        amount=2, names=f"{t('number')}, {t('date')}",
    )  # fmt: skip
    assert blank in " ".join(review.bar.split())


def complete(staff: Person, review: Review) -> None:
    """What is blank cannot be issued; it is filled in, and what is doubtful is decided."""
    staff.follow(t("Issue…"))
    staff.sees(t("The number is missing."))
    staff.sees(t("The date of the document is missing."))
    staff.follow(t("Back to the check"))
    staff.fill(t("Number"), NUMBER)
    staff.fill(capital(t("symbol")), SYMBOL)
    staff.fill(t("Date of the document"), f"{ON_THAT_DAY:%d/%m/%Y}")
    review.save_head()
    with review.edit(review.item("II.3")) as third:
        staff.fill(t("Deadline"), END_OF_MONTH, within=third)
    review.accept_doubtful()
