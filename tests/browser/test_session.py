"""A session that ends while an item is open: what was typed stays, and is saved after signing in again."""

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from reports import actions
from reports.models import MonthlyReport
from targets.models import Measure, Observation
from tests.conftest import TODAY, pytest_runtest_teardown
from tests.directives.samples import LETTER

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("session")]
PASSWORD = "mot-mat-khau-du-dai-2026"


@pytest.fixture
def address(_answered, live_server, settings, cast, province) -> str:
    from directives.actions.drafting import draft_directive

    settings.ALLOWED_HOSTS = ["*"]
    cast.staff.user.set_password(PASSWORD)
    cast.staff.user.save()
    directive = draft_directive(office=province.department, text=LETTER, by=cast.staff, today=TODAY)
    return live_server.url + reverse("directives:review", args=[directive.pk])


def sign_in(page, cast, who: str = "staff") -> None:
    page.fill("input[name=login]", getattr(cast, who).user.username)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_was_typed_outlives_the_session(browser, address, cast):
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    sign_in(page, cast)
    page.locator(".item a[data-key=e]").first.click()
    text = page.locator(".item form textarea").first
    text.fill("Đang gõ dở.")
    save = page.locator(".item form button.button").first
    Session.objects.all().delete()
    save.click()
    expect(page.locator("#session-ended .notice")).to_be_visible()
    expect(text).to_have_value("Đang gõ dở.")
    with context.expect_page() as opened:
        page.locator("#session-ended a").click()
    sign_in(opened.value, cast)
    opened.value.wait_for_url("**/")
    save.click()
    expect(page.locator(".item p", has_text="Đang gõ dở.")).to_be_visible()
    context.close()


@pytest.fixture
def month(_answered, live_server, settings, cast, province) -> str:
    """The page of the cloud primary school's newest month."""
    settings.ALLOWED_HOSTS = ["*"]
    cast.principal.user.set_password(PASSWORD)
    cast.principal.user.save()
    opened = actions.open_due_periods(by=None, today=timezone.localdate())
    row = MonthlyReport.objects.get(unit=province.cloud_primary, period=opened[-1].period)
    return live_server.url + reverse("reports:report", args=[row.pk])


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_month_outlives_the_session(browser, month, cast):
    context = browser.new_context()
    page = context.new_page()
    page.goto(month)
    sign_in(page, cast, "principal")
    classes, save = page.locator("[name=primary-classes]"), page.locator("button[name=save]")
    classes.fill("12")
    Session.objects.all().delete()
    save.click()
    expect(page.locator("#session-ended .notice")).to_be_visible()
    expect(classes).to_have_value("12")
    with context.expect_page() as opened:
        page.locator("#session-ended a").click()
    sign_in(opened.value, cast, "principal")
    opened.value.wait_for_url("**/")

    # What the ended session refused is sent by itself; nobody has to press anything.
    expect(page.locator("#session-ended .notice")).to_have_count(0)
    expect(classes).to_have_value("12")

    page.locator("[name=primary-pupils]").fill("nhiều")
    save.click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=primary-pupils]")).to_have_value("nhiều")
    page.locator("[name=primary-pupils]").fill("380")
    expect(page.locator("[data-missing]")).to_contain_text("2")  # the script goes on with the new page
    with page.expect_navigation():
        page.locator("button[name=save]").click()
    expect(page.locator("[name=primary-pupils]")).to_have_value("380")
    stored = {one.measure.stem: one.figure for one in Observation.objects.select_related("measure")}
    assert stored == {"classes": 12, "pupils": 380}
    context.close()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_comes_after_a_test_that_commits_finds_what_migrations_laid_down(browser, request):
    """The connection that Django opens under Playwright's loop has to know it, too."""
    laid_down = Measure.objects.count()
    call_command("flush", interactive=False, inhibit_post_migrate=True, verbosity=0)  # as after such a test
    for _ in pytest_runtest_teardown(request.node, nextitem=request.node):
        assert Measure.objects.count() == 0
    assert Measure.objects.count() == laid_down > 0
