"""The month beyond the loop: a clerk and a principal by phone, a commune's own figures, who is missing."""

import re
from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import People
from tests.browser.desks import Month
from tests.browser.people import PHONE, Person
from tests.browser.words import t, tn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one served demo

PUPILS = "Số học sinh (tiểu học)"
PRESENT = "Số học sinh có mặt bình quân mỗi ngày (THCS)"


def test_clerk_and_principal_fill_in_a_month_by_phone(people: People):
    """The stock of last month is taken over with one press; a number ten times too high is asked about."""
    clerk, principal, officer = people("vp.doiche", PHONE), people("ht.doiche", PHONE), people("cv.doiche")
    address = fill_in(clerk)
    principal.go(address)
    month = Month(principal)
    month.figure(PUPILS).fill("12.843")
    principal.press_here(t("Send the report"))
    principal.sees(t("This number cannot be above %(limit)s. Please check it.", limit="9.000"))
    assert [t("Not sent.") in told for told in principal.told()] == [True]
    month.figure(PUPILS).fill("98.5")
    principal.press_here(t("Send the report"))
    question = '"%(text)s" is not a whole number. If you mean %(readings)s, type it so.'
    principal.sees(t(question, text="98.5", readings="985"))
    month.figure(PUPILS).fill(str(month.last_month(PUPILS)))
    principal.has_at_hand(principal.button(t("Send the report")))
    principal.press(t("Send the report"))
    assert principal.fact(t("State")) == t("sent, waiting for review")
    accept_as_only_one(officer, "Trường Tiểu học và Trung học cơ sở Đồi Chè")


def fill_in(clerk: Person) -> str:
    """What a clerk does: everything but sending. Gives the address of the month.

    Who was present is counted anew each month: last month's number is not taken over.
    """
    clerk.leave_by(clerk.page.locator("a.main-action").click)
    clerk.button(t("Confirm all figures of the period before")).click()
    expect(clerk.page.locator("[data-filled]")).to_contain_text(t("Figures confirmed: %(count)s.", count=3))
    month = Month(clerk)
    month.figure(PRESENT).fill(str(month.last_month(PRESENT)))
    expect(clerk.button(t("Send the report"))).to_have_count(0)
    clerk.press(t("Save"))
    clerk.sees(t("All figures are there."))
    return clerk.page.url


def accept_as_only_one(officer: Person, school: str) -> None:
    """Ticked in the list of the month, without opening it."""
    officer.section(t("Monthly reports"))
    officer.page.get_by_label(t("Accept %(unit)s", unit=school)).check()
    officer.press(t("Accept the ticked reports"))
    assert t("accepted") in officer.row(school).inner_text()


def test_a_commune_reports_its_children_and_accepts_a_schools_report(people: People):
    """Staff fill in, the leader sends, the department accepts; the commune accepts what its schools send."""
    officer, leader, staff = people("cv.benngoc", PHONE), people("ld.benngoc", PHONE), people("chuyenvien")
    officer.leave_by(own_month(officer).click)
    officer.button(t("Confirm all figures of the period before")).click()
    officer.press(t("Save"))
    officer.sees(t("All figures are there."))
    leader.leave_by(own_month(leader).click)
    leader.press(t("Send the report"))
    assert leader.fact(t("State")) == t("sent, waiting for review")
    accept_as_only_one(officer, "Trường Mầm non Sao Mai")
    staff.section(t("Monthly reports"))
    staff.follow("UBND phường Bến Ngọc")
    staff.press(t("Accept the report"))
    assert staff.told() == [t("Accepted: the report of %(unit)s.", unit="Phường Bến Ngọc")]


def own_month(person: Person) -> Locator:
    """The link to the commune's own report on the first page of its people."""
    own = person.main.get_by_role("heading", name=t("Our own report")).locator("xpath=..")
    return own.get_by_role("link").first


def test_staff_find_who_has_not_sent_with_whom_to_call(people: People):
    """Narrowed to one office; on a phone, each number can be called."""
    staff = people("chuyenvien", PHONE)
    staff.section(t("Monthly reports")).follow(t("Who has not sent"))
    staff.choose(t("Office"), "UBND xã Suối Mây")
    staff.press(t("Show"))
    row = staff.row("Khe Mây")
    assert row.get_by_role("cell", name="Vàng Seo Páo").count() == 1
    phones = row.get_by_role("link").filter(has_text=re.compile(r"^\d")).all()
    assert {one.inner_text(): one.get_attribute("href") for one in phones} == {
        "0200 555 0114": "tel:02005550114",
        "0100 000 015": "tel:0100000015",
    }
    book = openpyxl.load_workbook(BytesIO(staff.download(".xlsx")))
    told = [value for row in book.worksheets[0].iter_rows(values_only=True) for value in row]
    assert "Vàng Seo Páo" in told
    row.get_by_role("checkbox").check()
    staff.press(t("Remind the ticked"))
    one, many = (
        "%(count)s unit reminded on its first page, %(letters)s by mail.",
        "%(count)s units reminded on their first pages, %(letters)s by mail.",
    )
    assert staff.told() == [tn(one, many, 1, count=1, letters=0)]
    reminder = "%(office)s reminds you: the report of %(period)s, due on %(due_on)s, is not in yet."
    office, _, _ = t(reminder, office="Sở GDĐT tỉnh Ngọc Sơn", period="|", due_on="").partition("|")
    people("ht.khemay", PHONE).sees(office)
