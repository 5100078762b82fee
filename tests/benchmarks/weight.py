"""How many bytes reach a phone that opens the month, and the pages after it, as Chromium asks for them.

Counted on the line between browser and portal, heads and the service worker's own requests with them. The
portal is served with the small demo, as `./run demo` serves it. The first load finds nothing in the browser
but the cookie of somebody who has signed in; what is kept for the time without network comes after it.
"""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts.packages import chromium
from tests.benchmarks.harness import Chosen, Report, describe
from tests.browser.people import PHONE
from tests.browser.serving import FLAGS, Portal, served
from tests.browser.wire import Wire, wire_to

PRINCIPAL = "ht.doiche"
KILOBYTE = 1000
QUIET = 700  # milliseconds after the last request
# The worker is there, and has kept the page.
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const pages = await caches.open('months');
  for (let tries = 0; tries < 200 && !(await pages.keys()).length; tries += 1)
    await new Promise((done) => setTimeout(done, 50));
}"""


def run(report: Report, chosen: Chosen) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="eduportal-weight-") as folder,
        served(Path(folder), "--small") as portal,
        sync_playwright() as playwright,
    ):
        describe(report, chosen, "SQLite, the small demo", {})
        port = urlsplit(portal.address).port or 0
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("EDUPORTAL_CHROMIUM") or chromium(), args=FLAGS
        )
        report.head("browser", browser.version)
        with wire_to(port) as wire:
            weigh(report, browser, portal, wire)
        browser.close()


def weigh(report: Report, browser: Browser, portal: Portal, wire: Wire) -> None:
    context = phone(browser, wire)
    page = context.new_page()
    report.figure("weight.sign_in", opened(page, wire, "/"), "kB")
    page.fill("[name=login]", PRINCIPAL)
    page.fill("[name=password]", portal.passwords[PRINCIPAL])
    page.press("[name=password]", "Enter")
    page.wait_for_load_state("networkidle")
    month = page.locator("a.main-action").get_attribute("href") or ""
    cookies = context.cookies()
    context.close()

    context = phone(browser, wire)
    context.add_cookies(cookies)  # type: ignore[arg-type]  # what is read is what can be added
    page = context.new_page()
    first = opened(page, wire, month)
    report.figure("weight.month.first", first, "kB")
    before = wire.received
    page.evaluate(KEPT)
    page.wait_for_timeout(QUIET)
    report.figure("weight.month.kept_for_later", (wire.received - before) / KILOBYTE, "kB")
    later = {
        "month": opened(page, wire, month),
        "home": opened(page, wire, "/"),
        "months": opened(page, wire, "/reports/own/"),
        "tasks": opened(page, wire, "/tasks/"),
        "month_again": opened(page, wire, month),
    }
    for name, weight in later.items():
        report.figure(f"weight.later.{name}", weight, "kB")
    report.figure("weight.later.most", max(later.values()), "kB")
    report.figure("weight.field_saved", saved(page, wire), "kB")
    report.answer("weight", first < 60, max(later.values()) < 25)
    context.close()


def phone(browser: Browser, wire: Wire) -> BrowserContext:
    return browser.new_context(base_url=wire.address, viewport=PHONE, locale="vi-VN")


def opened(page: Page, wire: Wire, address: str) -> float:
    """The kilobytes that came with a page and all that it asked for."""
    before = wire.received
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(QUIET)
    return (wire.received - before) / KILOBYTE


def saved(page: Page, wire: Wire) -> float:
    """The kilobytes of the answer to one field that was typed."""
    before = wire.received
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator(".figure-control input").first.fill("12")
    page.wait_for_timeout(QUIET)
    return (wire.received - before) / KILOBYTE
