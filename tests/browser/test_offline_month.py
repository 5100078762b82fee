"""The month at 360 pixels while the network goes and comes, and with two people at it."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect

from directives.models import Evidence
from reports import actions
from reports.models import FieldSaving, MonthlyReport, ReportState
from targets.queries import values_of
from tests.browser.people import PHONE
from tests.browser.wire import Wire, wire_to
from tests.browser.words import t
from tests.reports.months import assign
from trail.models import AuditEvent

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("session"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("_answered"),
]
PASSWORD = "mot-mat-khau-du-dai-2026"
SECRET = "Phụ huynh lớp 4A phản ánh"
FIGURES = {"classes": "12", "pupils": "380", "attending": "371", "teachers": "21"}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
# Everything that this device keeps, as whoever has it in hand could read it.
KEPT = """async () => {
  const bytes = [];
  const text = (buffer) => new TextDecoder('latin1').decode(buffer);
  const db = await new Promise((done) => {
    const opening = indexedDB.open('eduportal');
    opening.onsuccess = () => done(opening.result);
  });
  for (const name of db.objectStoreNames) {
    const rows = await new Promise((done) => {
      const asked = db.transaction(name).objectStore(name).getAll();
      asked.onsuccess = () => done(asked.result);
    });
    for (const { sealed, iv, ...row } of rows) bytes.push(JSON.stringify(row), text(sealed), text(iv));
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) bytes.push(url, await (await cache.match(url)).text());
  }
  bytes.push(JSON.stringify(localStorage));
  return bytes;
}"""


# The page is kept, and the worker that opens it is there.
INSTALLED = """async () => {
  const pages = await caches.open('months');
  await navigator.serviceWorker.ready;
  const isThere = async () => (await pages.keys()).length;
  for (let tries = 0; !(await isThere()); tries += 1) {
    if (tries > 200) throw new Error(`nothing is kept: ${await caches.keys()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}"""


@pytest.fixture
def row(live_server, settings, cast, province) -> MonthlyReport:
    settings.ALLOWED_HOSTS = ["*"]
    for person in (cast.principal, cast.clerk):
        person.user.set_password(PASSWORD)
        person.user.save()
    opened = actions.open_due_periods(by=None, today=timezone.localdate())
    return MonthlyReport.objects.get(unit=province.cloud_primary, period=opened[-1].period)


class Phone:
    """One person's browser with a line of its own. Without network both Chromium and the line say so."""

    def __init__(self, context: BrowserContext, wire: Wire) -> None:
        self.context, self.wire, self.page = context, wire, context.new_page()

    def leave_network(self) -> None:
        self.wire.cut()
        self.context.set_offline(True)

    def find_network(self) -> None:
        self.wire.mend()
        self.context.set_offline(False)


Open = Callable[[str], tuple[Phone, Page]]


@pytest.fixture
def opened(browser, live_server, row, cast) -> Iterator[Open]:
    """A browser of one person on the page of the month, installed for the time without network."""
    with ExitStack() as lines:

        def enter(who: str) -> tuple[Phone, Page]:
            wire = lines.enter_context(wire_to(int(live_server.url.rpartition(":")[2])))
            context = browser.new_context(base_url=wire.address, viewport=PHONE, locale="vi-VN")
            lines.callback(context.close)
            context.set_default_timeout(45_000)
            phone = Phone(context, wire)
            sign_in(phone.page, cast, who)
            phone.page.goto(reverse("reports:report", args=[row.pk]))
            installed(phone.page)
            return phone, phone.page

        yield enter


def sign_in(page: Page, cast, who: str) -> None:
    page.goto("/")
    page.fill("input[name=login]", getattr(cast, who).user.username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/")


def installed(page: Page) -> None:
    page.evaluate(INSTALLED)


def field(page: Page, name: str):
    return page.locator(f"[name=primary-{name}]")


def status(page: Page):
    return page.locator("[data-saving]")


def look(page: Page) -> None:
    """As if the time had come to ask for others' changes."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def figures(row: MonthlyReport) -> dict[str, str]:
    kept = values_of(row.unit, row.period)
    return {code.split(".")[1]: str(one.figure) for code, one in kept.items()}


def test_a_field_is_saved_by_itself_and_the_next_thing_is_said(row, opened):
    _, page = opened("clerk")
    expect(page.locator("[data-next]")).to_have_text(t("Next: %(step)s", step="Số lớp"))
    field(page, "classes").fill("12")
    expect(page.locator("[data-next]")).to_have_attribute("href", "#id_primary-pupils")
    field(page, "pupils").fill("380")
    field(page, "attending").fill("361")
    expect(page.locator("output[data-share]")).to_have_text("95%")
    expect(page.locator("[data-missing]")).to_have_text(t("Still missing: %(count)s", count=1))
    saved(page, row, 3)
    assert figures(row) == {"classes": "12", "pupils": "380", "attending": "361"}
    field(page, "attending").fill("400")
    problem = page.locator("[data-figure]", has=field(page, "attending")).locator("[data-problem]")
    expect(problem).to_contain_text("380")
    expect(status(page)).to_have_text(t("to be put right, not saved: %(count)s", count=1))
    assert figures(row)["attending"] == "361"


def saved(page: Page, row: MonthlyReport, count: int) -> None:
    """The portal has so many savings, and the page says that nothing waits."""
    expect(status(page)).to_contain_text(t("saved %(time)s", time=""))
    assert FieldSaving.objects.filter(report=row).count() == count


def test_typed_without_network_stays_through_a_reload_and_is_sent_once(row, opened):
    phone, page = opened("principal")
    phone.leave_network()
    for name, text in FIGURES.items():
        field(page, name).fill(text)
    expect(status(page)).to_contain_text("4")
    expect(status(page)).to_contain_text(
        t("no network: %(count)s not sent yet, kept on this device", count=4)
    )
    page.reload()
    for name, text in FIGURES.items():
        expect(field(page, name)).to_have_value(text)
    page.locator("button[name=send]").click()
    expect(status(page)).to_contain_text(t("the report is sent as soon as the network is back"))
    assert figures(row) == {}
    with page.expect_navigation():
        phone.find_network()
    expect(page.locator(".messages")).to_contain_text(
        t("Sent to %(office)s. Thank you.", office=row.office.name)
    )
    assert figures(row) == FIGURES
    assert MonthlyReport.objects.get(pk=row.pk).state == ReportState.SENT
    assert sorted(FieldSaving.objects.values_list("field", flat=True)) == sorted(
        f"primary-{name}" for name in FIGURES
    )
    assert AuditEvent.objects.filter(verb="report.sent", object_id=row.pk).count() == 1


def test_without_network_the_kept_month_is_found_from_the_start(row, opened):
    phone, page = opened("clerk")
    phone.leave_network()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(t("No network"))
    page.locator("[data-kept-months] a").click()
    expect(field(page, "classes")).to_be_visible()


def test_an_answer_that_is_lost_doubles_nothing(row, opened):
    """The portal has saved, and the network goes before it can say so."""
    _, page = opened("clerk")
    lost = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/fields/", lose)
    field(page, "pupils").fill("380")
    expect(status(page)).to_contain_text(t("saved %(time)s", time=""))
    assert lost == [200]
    assert FieldSaving.objects.count() == 1
    assert AuditEvent.objects.filter(verb="report.saved", object_id=row.pk).count() == 1


def test_a_photo_taken_without_network_is_sent_later_once(row, opened, province, cast):
    (assignment,) = assign(province, cast, province.cloud_primary, deadline=None)
    phone, page = opened("clerk")
    phone.leave_network()
    photo = {"name": "bep-an.png", "mimeType": "image/png", "buffer": PIXEL}
    page.locator(f"[name=task-{assignment.pk}-files]").set_input_files([photo])
    told = page.locator(f"#task-{assignment.pk} [data-files]")
    expect(told).to_have_text(t("Not sent yet: %(names)s", names="bep-an.png"))
    page.reload()
    expect(told).to_have_text(t("Not sent yet: %(names)s", names="bep-an.png"))
    phone.find_network()
    expect(told).to_have_text(t("Kept: %(names)s", names="bep-an.png"))
    (evidence,) = Evidence.objects.all()
    assert evidence.file.size == len(PIXEL)


def test_two_at_one_report_see_each_others_fields_and_the_second_is_asked(row, opened):
    _, clerk = opened("clerk")
    _, principal = opened("principal")
    field(clerk, "pupils").fill("380")
    saved(clerk, row, 1)
    look(principal)
    expect(field(principal, "pupils")).to_have_value("380")
    changed = principal.locator(".field-changed")
    expect(changed).to_contain_text(str(FieldSaving.objects.get().by))

    field(clerk, "classes").fill("12")
    expect(status(clerk)).to_contain_text(t("saved %(time)s", time=""))
    field(principal, "classes").fill("13")
    asked = principal.locator(".field-asked")
    expect(asked).to_contain_text("12")
    expect(asked).to_contain_text("13")
    assert figures(row) == {"pupils": "380", "classes": "12"}
    principal.get_by_role("button", name=t("Save “%(mine)s”", mine="13")).click()
    expect(status(principal)).to_contain_text(t("saved %(time)s", time=""))
    assert figures(row)["classes"] == "13"
    look(clerk)
    expect(field(clerk, "classes")).to_have_value("13")
    history = FieldSaving.objects.filter(field="primary-classes").order_by("pk")
    assert list(history.values_list("stood", "typed", "outcome")) == [
        ("", "12", "saved"),
        ("12", "13", "asked"),
        ("12", "13", "saved"),
    ]


def test_whoever_is_asked_may_leave_the_others_value(row, opened):
    phone, clerk = opened("clerk")
    _, principal = opened("principal")
    phone.leave_network()
    field(clerk, "classes").fill("14")
    expect(status(clerk)).to_contain_text("1")
    field(principal, "classes").fill("12")
    saved(principal, row, 1)
    phone.find_network()
    expect(clerk.locator(".field-asked")).to_contain_text("14")
    clerk.reload()  # asked still, as long as it is not decided
    clerk.get_by_role("button", name=t("Leave “%(theirs)s”", theirs="12")).click()
    expect(field(clerk, "classes")).to_have_value("12")
    expect(clerk.locator(".field-asked")).to_have_count(0)
    assert figures(row) == {"classes": "12"}


def test_signing_out_of_a_shared_phone_leaves_nothing_that_another_reads(row, opened, cast):
    """What was not sent stays sealed on the phone, and is sent when its owner is back."""
    phone, page = opened("principal")
    phone.leave_network()
    page.locator("[name=difficulties]").fill(SECRET)
    expect(status(page)).to_contain_text("1")
    assert SECRET not in json.dumps(page.evaluate(KEPT), ensure_ascii=False)
    seal = page.locator("#month").get_attribute("data-seal") or ""
    # The network comes back for signing out alone. On the line: a page that is left sends past its routes.
    phone.wire.refused = b"/fields/"
    phone.find_network()
    page.goto(reverse("account_logout"))
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("main form button").click()
    page.wait_for_url("**/login/**")
    left = json.dumps(page.evaluate(KEPT), ensure_ascii=False)
    assert (SECRET in left, seal in left, row.unit.name in left) == (False, False, False)

    phone.wire.refused = b""
    sign_in(page, cast, "clerk")
    page.goto(reverse("reports:report", args=[row.pk]))
    installed(page)
    expect(page.locator("[name=difficulties]")).to_have_value("")
    assert SECRET not in json.dumps(page.evaluate(KEPT), ensure_ascii=False)
    phone.context.clear_cookies()

    sign_in(page, cast, "principal")
    expect(page.locator("[data-unsent]")).to_contain_text("1")
    page.goto(reverse("reports:report", args=[row.pk]))
    expect(status(page)).to_contain_text(t("saved %(time)s", time=""))
    assert MonthlyReport.objects.get(pk=row.pk).difficulties == SECRET
