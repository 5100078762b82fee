"""The page on which the API is described, and the token with which a programme uses it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import People
from tests.browser.people import Person
from tests.browser.words import t

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one served demo

PROGRAMME = "Kho dữ liệu của Sở"


def test_a_token_is_made_used_and_revoked(people: People):
    """The secret is shown once; with it a programme sees what its owner sees, until it is revoked."""
    staff = people("chuyenvien")
    staff.page.locator("summary", has_text="Phạm Văn Minh").click()
    staff.follow(t("API tokens")).follow(t("New token"))
    staff.press(t("Make the token"))
    staff.fill(t("Name"), PROGRAMME)
    staff.page.get_by_label(t("read what you see")).check()
    staff.press(t("Make the token"))
    secret = staff.field(t("Secret")).input_value()
    staff.follow(t("I have copied it"))
    assert secret not in staff.page.content()
    assert units_known_with(staff, secret) == (200, 17)
    row = staff.go(staff.page.url).row(PROGRAMME)
    assert t("never") not in row.inner_text()
    staff.leave_by(row.get_by_role("button").click)
    assert units_known_with(staff, secret)[0] == 401


def units_known_with(person: Person, secret: str) -> tuple[int, int]:
    """What the API answers a programme: the status, and how many units there are."""
    headers = {"authorization": f"Bearer {secret}"}
    answer = person.context.request.get("/api/v1/units/", headers=headers)
    return answer.status, answer.json().get("count", 0)


def test_the_description_is_read_in_a_browser(people: People):
    """It needs no script from elsewhere, and an operation opens with what it takes."""
    staff = people("chuyenvien")
    staff.page.goto("/api/v1/docs/")
    staff.page.get_by_role("heading", name=re.compile("^units")).click()
    operation = staff.page.locator(".opblock").first
    operation.get_by_role("button").first.click()
    expect(operation.get_by_role("table").first).to_be_visible()
    assert staff.complaints == []
