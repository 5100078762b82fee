"""A real Chromium, and a real portal with the demo in it: site and ticker as `./run demo` starts them."""

import os
import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from scripts.packages import chromium
from tests.browser.people import DESKTOP, Person
from tests.browser.serving import FLAGS, Portal, served
from tests.conftest import LAID_DOWN

ASYNC_UNSAFE = "DJANGO_ALLOW_ASYNC_UNSAFE"
SHOWN_OF_A_LOG = 8000


@pytest.fixture(scope="module")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Playwright runs an event loop in this thread, which would make Django refuse its database to us.

    Under that loop Django also opens a connection of its own, to which we hand on what migrations put into
    the database: without it, a test that commits would not leave things as the next one expects them.
    """
    before = os.environ.get(ASYNC_UNSAFE)
    os.environ[ASYNC_UNSAFE] = "true"
    laid_down = getattr(connection, LAID_DOWN, "")  # where no test of this run commits, nothing is
    try:
        with sync_playwright() as playwright:
            setattr(connection, LAID_DOWN, laid_down)
            started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            yield started
            started.close()
    finally:
        os.environ.pop(ASYNC_UNSAFE)
        if before is not None:
            os.environ[ASYNC_UNSAFE] = before


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The small demo, one for all tests."""
    with served(tmp_path_factory.mktemp("portal"), "--small") as portal:
        yield portal


class People:
    """Everybody who works with a portal in a test, each with a browser of their own."""

    def __init__(self, browser: Browser, portal: Portal) -> None:
        self.browser = browser
        self.portal = portal
        self.here: dict[tuple[str, int], Person] = {}

    def __call__(self, username: str, viewport: ViewportSize = DESKTOP) -> Person:
        """The person of that account on their first page."""
        if (username, viewport["width"]) not in self.here:
            person, sessions = self.arriving(username, viewport), self.portal.sessions
            if username in sessions:
                person.come_back(sessions[username])
            else:
                person.sign_in(self.portal.passwords[username])
                sessions[username] = person.context.cookies()
        return self.here[username, viewport["width"]]

    def arriving(self, username: str, viewport: ViewportSize = DESKTOP) -> Person:
        """The same before signing in."""
        person = Person(self.browser, self.portal.address, username, viewport)
        self.here[username, viewport["width"]] = person
        return person


@pytest.fixture
def people(browser: Browser, portal: Portal) -> Iterator[People]:
    company = People(browser, portal)
    yield company
    for person in company.here.values():
        person.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A failure shows what everybody had before them, and what the server said."""
    report = yield
    if report.when == "call" and report.failed:
        given = getattr(item, "funcargs", {})
        if "people" in given:
            for person in given["people"].here.values():
                report.sections.append((f"{person.username}'s page", person.describe()))
        if "portal" in given:
            report.sections.append(("server log", given["portal"].log.read_text()[-SHOWN_OF_A_LOG:]))
    return report


ANSWERING = "process_request_thread"  # as the server names a thread that answers


@pytest.fixture
def _answered(live_server) -> Iterator[None]:
    """What a page still asked when it was closed is answered before the database is emptied."""
    yield
    until = time.monotonic() + 20
    while time.monotonic() < until and any(ANSWERING in one.name for one in threading.enumerate()):
        time.sleep(0.05)
