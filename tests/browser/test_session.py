"""A session that ends while an item is open: what was typed stays, and is saved after signing in again."""

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from tests.conftest import TODAY
from tests.directives.samples import LETTER

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("session")]
PASSWORD = "mot-mat-khau-du-dai-2026"


@pytest.fixture
def address(live_server, settings, cast, province) -> str:
    from directives.actions.drafting import draft_directive

    settings.ALLOWED_HOSTS = ["*"]
    cast.staff.user.set_password(PASSWORD)
    cast.staff.user.save()
    directive = draft_directive(office=province.department, text=LETTER, by=cast.staff, today=TODAY)
    return live_server.url + reverse("directives:review", args=[directive.pk])


def sign_in(page, cast) -> None:
    page.fill("input[name=login]", cast.staff.user.username)
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


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_who_comes_after_a_test_that_commits_finds_what_migrations_laid_down(browser):
    """The connection that Django opens under Playwright's loop has to know it, too."""
    assert "targets.measure" in connection._test_serialized_contents
