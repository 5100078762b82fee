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


# Of every text in sight: how far its colour is from what it stands on, by WCAG 2.2, where that is too little.
PALE = """() => {
  const parts = (colour) => [...colour.match(/[\\d.]+/g).map(Number), 1].slice(0, 4);
  const linear = (part) => (part <= 0.04045 * 255 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  const laid = (upper, lower) => [0, 1, 2].map((i) => upper[i] * upper[3] + lower[i] * (1 - upper[3]));
  const pale = [];
  for (const element of document.querySelectorAll('.api-docs *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const box = element.getBoundingClientRect();
    if (!own || box.width < 2 || !element.checkVisibility({visibilityProperty: true})) continue;
    const grounds = [];
    for (let place = element; place; place = place.parentElement) {
      grounds.push(parts(getComputedStyle(place).backgroundColor));
      if (grounds.at(-1)[3] === 1) break;
    }
    const ground = grounds.reduceRight((lower, upper) => laid(upper, lower), [255, 255, 255]);
    const words = light(laid(parts(getComputedStyle(element).color), ground));
    const [low, high] = [words, light(ground)].sort((one, other) => one - other);
    if ((high + 0.05) / (low + 0.05) < 4.5) pale.push(`${element.className} ${element.textContent}`);
  }
  return pale;
}"""


def test_the_description_can_be_read(people: People):
    """Also by weak eyes: closed, open and tried."""
    staff = people("chuyenvien")
    staff.page.goto("/api/v1/docs/")
    staff.page.get_by_role("heading", name=re.compile("^me|^start")).first.click()
    operation = staff.page.locator(".opblock-get").first
    operation.get_by_role("button").first.click()
    operation.locator(".try-out__btn").click()
    operation.locator(".execute").click()
    expect(operation.locator(".live-responses-table")).to_be_visible()
    assert staff.page.evaluate(PALE) == []
