"""A real Chromium, and a real portal with the demo in it: site and ticker as `./run demo` starts them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Browser, Cookie, ViewportSize, sync_playwright

from scripts.packages import chromium
from scripts.steps import ROOT, clean_environment
from tests.browser.people import DESKTOP, Person

MANAGE = [sys.executable, str(ROOT / "manage.py")]
# What keeps Chromium from calling home and lets it run as root in a container.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
ASYNC_UNSAFE = "DJANGO_ALLOW_ASYNC_UNSAFE"
SERIALIZED = "_test_serialized_contents"
SHOWN_OF_A_LOG = 8000


@pytest.fixture(scope="module")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Playwright runs an event loop in this thread, which would make Django refuse its database to us.

    Under that loop Django also opens a connection of its own, to which we hand on what migrations put into
    the database: without it, a test that commits would not leave things as the next one expects them.
    """
    before = os.environ.get(ASYNC_UNSAFE)
    os.environ[ASYNC_UNSAFE] = "true"
    laid_down = getattr(connection, SERIALIZED, "")  # where no test of this run commits, nothing is
    try:
        with sync_playwright() as playwright:
            setattr(connection, SERIALIZED, laid_down)
            started = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            yield started
            started.close()
    finally:
        os.environ.pop(ASYNC_UNSAFE)
        if before is not None:
            os.environ[ASYNC_UNSAFE] = before


@dataclass(frozen=True)
class Portal:
    """A portal that is being served, with the passwords of its accounts by user name.

    `sessions` are the cookies of those who have signed in before, so that each does so only once.
    """

    address: str
    passwords: dict[str, str]
    log: Path
    sessions: dict[str, list[Cookie]] = field(default_factory=dict)


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """Migrated, loaded (the small demo) and served in processes of its own, on a data folder of its own."""
    folder = tmp_path_factory.mktemp("portal")
    env = clean_environment(EDUPORTAL_DATA=str(folder / "data"))
    run = [["migrate", "--verbosity", "0"], ["load_demo", "--small"]]
    for arguments in run:
        subprocess.run([*MANAGE, *arguments], env=env, check=True, timeout=120, stdout=subprocess.DEVNULL)
    listed = subprocess.run(
        [*MANAGE, "load_demo", "--accounts"], env=env, check=True, timeout=60, capture_output=True, text=True
    )
    accounts = [line.split() for line in listed.stdout.splitlines() if line.startswith("account ")]
    log = folder / "server.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [*MANAGE, "serve", "--port", "0"], env=env, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as server,
    ):
        try:
            assert server.stdout
            address = next((line.strip() for line in server.stdout if line.startswith("http")), "")
            assert address, log.read_text()
            yield Portal(address, {username: password for _, _, username, password in accounts}, log)
        finally:
            server.terminate()
            try:
                server.wait(20)
            finally:
                server.kill()


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
