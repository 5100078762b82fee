"""A portal in which nothing has happened yet: each role signs in, and every section says what comes next."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser.people import Person
from tests.browser.words import t
from tests.conftest import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("session"),
    # The measures, which migrations put there, are put back for whoever comes after.
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
PASSWORD = "mot-mat-khau-du-dai-2026"
NOTHING_YET = (
    "Nothing to show yet: no document has been handed out and no month opened. "
    "Staff enter the first document; months open by themselves some days before they end."
)
NOTHING_WAITS = (
    "Nothing waits. Enter a document to hand its tasks out; months open by themselves before they end."
)
HOMES = {
    "leader": NOTHING_YET,
    "commune_leader": NOTHING_YET,
    "staff": NOTHING_WAITS,
    "commune_officer": NOTHING_WAITS,
    "registrar": "No document waits for a number. Approved documents appear here by themselves.",
    "principal": "No month has been opened yet. When one is, its page appears here.",
    "clerk": "No task is open. What offices assign to you appears here with its deadline.",
    "admin": "Take in schools, offices, people or figures from Excel, or save them to Excel.",
}
SECTIONS = ["Documents", "Tasks", "Monthly reports", "Briefings", "Targets"]


def test_every_section_says_what_comes_next(browser: Browser, live_server: LiveServer, cast: Cast, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for role, words in HOMES.items():
        person = arrive(browser, live_server, getattr(cast, role).user)
        person.sees(t(words))
        for section in SECTIONS:
            link = person.page.get_by_role("link", name=t(section), exact=True)
            if link.count():
                person.section(t(section))
                expect(person.page.locator(".empty")).to_be_visible()
        person.close()


def arrive(browser: Browser, live_server: LiveServer, user: User) -> Person:
    user.set_password(PASSWORD)
    user.save()
    return Person(browser, live_server.url, user.username).sign_in(PASSWORD)


def test_who_set_the_portal_up_opens_the_first_office(browser: Browser, live_server: LiveServer, settings):
    """On an empty database there is but the account from the command line; it is led to the tables."""
    settings.ALLOWED_HOSTS = ["*"]
    first = User.objects.create_superuser("dauTien", password=PASSWORD, full_name="Người Cài Đặt")
    person = arrive(browser, live_server, first)
    person.sees(t("Your account is not posted to any unit today"))
    person.follow(t("All tables"))
    person.follow(t("Offices"))
    person.close()
