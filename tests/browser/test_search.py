"""The one search field: by its key, on a phone, without scripts; and the schools it leads to."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import People
from tests.browser.people import PHONE
from tests.browser.words import t

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one served demo

SCHOOL = "Trường Tiểu học Suối Mây"


def test_found_by_the_key_from_anywhere(people: People):
    """The key leads to the field, the field to the school, and while one types a slash it is only a slash."""
    staff = people("chuyenvien")
    staff.section(t("Tasks"))
    staff.page.keyboard.press("/")
    field = staff.field(t("Search the portal"))
    expect(field).to_be_focused()
    staff.page.keyboard.type("1293/ke hoach")
    expect(field).to_have_value("1293/ke hoach")
    field.fill("suoi may")
    staff.leave_by(lambda: staff.page.keyboard.press("Enter"))
    expect(staff.main.get_by_role("heading", level=2).first).to_have_text(t("Schools and offices"))
    staff.follow(SCHOOL)
    assert staff.heading == SCHOOL


def test_found_on_a_phone_and_nothing_found_says_what_to_do(people: People):
    leader = people("lanhdao", PHONE)
    leader.fill(t("Search the portal"), "zzz khongcogi")
    leader.press(t("Search"))
    expect(leader.main.locator(".empty")).to_be_visible()
    leader.section(t("Schools"))
    leader.fill(t("Name or code"), "doi che")
    leader.press(t("Show"))
    leader.leave_by(leader.main.locator("tbody th a").first.click)


def test_found_without_scripts(people: People):
    staff = people("chuyenvien")
    plain = people.browser.new_context(base_url=people.portal.address, java_script_enabled=False)
    plain.add_cookies(staff.context.cookies())
    page = plain.new_page()
    page.goto("/")
    page.get_by_label(t("Search the portal")).fill("suoi may")
    page.get_by_role("button", name=t("Search"), exact=True).click()
    expect(page.get_by_role("link", name=SCHOOL, exact=True).first).to_be_visible()
    plain.close()


def test_an_administrators_table_moves_within_its_box_on_a_phone(people: People):
    """The page keeps to the width, and the names stay while the other columns move beneath them."""
    administrator = people("quantri", PHONE)
    administrator.go("/administration/tables/schools/school/")
    rows = administrator.page.locator("#changelist-form .results")
    name = rows.locator("tbody th").first
    before = name.bounding_box()
    rows.evaluate("box => box.scrollTo(200, 0)")
    assert rows.evaluate("box => box.scrollLeft") > 0
    assert name.bounding_box() == before
