"""The same portal on a telephone of 360 pixels, and without a mouse."""

import pytest

from tests.browser.conftest import People
from tests.browser.desks import Month
from tests.browser.people import PHONE, Person
from tests.browser.words import t

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one served demo

SECTIONS = ["Home", "Documents", "Tasks", "Monthly reports"]
OFFICE_SECTIONS = [*SECTIONS, "Briefings"]


@pytest.mark.parametrize(
    ("username", "sections"),
    [
        ("lanhdao", OFFICE_SECTIONS),
        ("vanthu", OFFICE_SECTIONS),
        ("cv.doiche", OFFICE_SECTIONS),
        ("quantri", OFFICE_SECTIONS),
        ("vp.thsuoimay", SECTIONS),
    ],
)
def test_each_role_finds_its_way_on_a_phone(people: People, username: str, sections: list[str]):
    """Every section, and of each list the first thing on it."""
    person = people(username, PHONE)
    for section in sections:
        person.section(t(section))
        first = person.main.locator("tbody th a")
        if first.count():
            person.leave_by(first.first.click)


def test_staff_enter_and_check_a_document_on_a_phone(people: People):
    staff = people("chuyenvien", PHONE)
    staff.has_at_hand(staff.page.get_by_role("link", name=t("New document"), exact=True))
    staff.follow(t("New document"))
    staff.has_at_hand(staff.button(t("Read the document")))
    staff.section(t("Home"))
    draft = staff.main.get_by_role("heading", name=t("Drafts to review")).locator("xpath=..")
    staff.leave_by(draft.get_by_role("link").first.click)
    staff.has_at_hand(staff.page.get_by_role("link", name=t("Issue…"), exact=True))
    staff.open(t("Add a task"))
    staff.look("add-a-task")


def test_staff_hold_a_meeting_on_a_phone(people: People):
    staff = people("chuyenvien", PHONE)
    staff.section(t("Briefings"))
    staff.leave_by(staff.main.locator("tbody th a").first.click)
    staff.section(t("Briefings"))
    staff.leave_by(staff.main.locator("tbody a[href*='/meetings/']").first.click)


def test_a_principal_fills_in_the_month_on_a_phone(people: People):
    principal = people("ht.khemay", PHONE)
    main_action = principal.page.locator(".main-action")
    principal.has_at_hand(main_action)
    principal.leave_by(main_action.click)
    month = Month(principal)
    principal.has_at_hand(principal.button(t("Send the report")))
    for label in month.labels():
        month.keep(label)
    principal.press(t("Save"))
    principal.sees(t("All figures are there."))
    principal.has_at_hand(principal.button(t("Send the report")))


def test_signing_in_and_sending_without_a_mouse(people: People):
    """The principal whose report was returned corrects one figure."""
    principal = people.arriving("ht.thcssuoimay")
    principal.page.goto("/")
    write(principal, t("Username"), principal.username)
    write(principal, t("Password"), people.portal.passwords[principal.username])
    principal.leave_by(lambda: principal.page.keyboard.press("Enter"))
    assert principal.heading == t("My work")
    main_action = " ".join(principal.page.locator(".main-action").inner_text().split())
    principal.tab_to(main_action)
    principal.leave_by(lambda: principal.page.keyboard.press("Enter"))
    month = Month(principal)
    write(principal, month.TEACHERS, str(month.last_month(month.TEACHERS)))
    principal.tab_to(t("Send the report"))
    principal.leave_by(lambda: principal.page.keyboard.press("Enter"))
    assert principal.fact(t("State")) == t("sent, waiting for review")


def write(person: Person, label: str, text: str) -> None:
    person.tab_to(label)
    person.page.keyboard.press("Control+A")
    person.page.keyboard.type(text)
