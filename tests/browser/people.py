"""People at their browsers. They find things as people do: by label, by words, by what stands beside them."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Cookie, Locator, Page, ViewportSize, expect

from tests.browser.words import t

DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=720)
SECONDS_FOR_A_PAGE = 45
expect.set_options(timeout=SECONDS_FOR_A_PAGE * 1000)
MOST_DESCRIBED = 5000
MOST_STOPS = 150
# Where to put a screenshot of every page that is looked at.
SHOTS = os.environ.get("EDUPORTAL_SHOTS", "")
# The status with which a form with errors (422) or an overtaken one (409) is shown again. The browser notes
# it in its console, and all is well.
SHOWN_AGAIN = (409, 422)


class Person:
    """Somebody with an account and a browser of their own."""

    def __init__(self, browser: Browser, address: str, username: str, viewport: ViewportSize = DESKTOP):
        self.username = username
        self.viewport = viewport
        self.context = browser.new_context(
            base_url=address, viewport=viewport, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        )
        self.context.set_default_timeout(SECONDS_FOR_A_PAGE * 1000)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.watch(self.page)

    def watch(self, page: Page) -> None:
        """Note what goes wrong behind the page: script errors, refused styles, files that are not there."""
        page.on("console", self.note_console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))

    def note_console(self, message: ConsoleMessage) -> None:
        shown_again = any(f"status of {status} " in message.text for status in SHOWN_AGAIN)
        if message.type in ("error", "warning") and not shown_again:
            self.complaints.append(f"console {message.type} on {self.page.url}: {message.text}")

    # --- moving about ----------------------------------------------------------------------------------

    def sign_in(self, password: str) -> "Person":
        self.page.goto("/")
        self.look("sign-in")
        self.fill(t("Username"), self.username)
        self.fill(t("Password"), password)
        return self.press(t("Sign in"))

    def come_back(self, cookies: list[Cookie]) -> "Person":
        """Open the portal in a browser that still has the cookies of an earlier visit."""
        self.context.add_cookies(cookies)  # type: ignore[arg-type]  # what is read is what can be added
        return self.go("/")

    def go(self, address: str) -> "Person":
        self.page.goto(address)
        return self.look()

    def follow(self, name: str, *, exact: bool = True, within: Locator | None = None) -> "Person":
        """Follow a link, known by its words or, if not exact, by some of them."""
        link = (within or self.page).get_by_role("link", name=name, exact=exact)
        return self.leave_by(link.first.click)

    def press(self, name: str, *, within: Locator | None = None) -> "Person":
        """Press a button that leads to another page, or to the same one anew."""
        return self.leave_by(self.button(name, within=within).click)

    def press_here(self, name: str) -> "Person":
        """Press a button whose page comes again in its place, without being loaded."""
        with self.page.expect_response(lambda response: response.request.method == "POST"):
            self.button(name).click()
        expect(self.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
        return self.look()

    def button(self, name: str, *, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=name, exact=True)

    def leave_by(self, action: Callable[[], Any]) -> "Person":
        """Do what brings a new page, wait for it and look at it."""
        with self.page.expect_event("load"):
            action()
        return self.look()

    def section(self, name: str) -> "Person":
        """Go to a section by the navigation at the top."""
        if self.viewport is PHONE:
            self.page.locator("summary", has_text=t("Menu")).click()
        return self.follow(name, within=self.page.get_by_role("navigation", name=t("Sections")))

    # --- filling in ------------------------------------------------------------------------------------

    def field(self, label: str, *, within: Locator | None = None) -> Locator:
        """The field of that label, with or without the note that it may stay empty."""
        return (within or self.page).get_by_label(with_note(label))

    def fill(self, label: str, text: str, *, within: Locator | None = None) -> None:
        self.field(label, within=within).fill(text)

    def choose(self, label: str, option: str, *, within: Locator | None = None) -> None:
        """Take an option of a list by its words."""
        self.field(label, within=within).select_option(label=option)

    def download(self, name: str, *, exact: bool = True) -> bytes:
        """What a link gives to be kept or printed."""
        link = self.page.get_by_role("link", name=name, exact=exact).first
        answer = self.context.request.get(urljoin(self.page.url, link.get_attribute("href") or ""))
        assert answer.ok, answer.url
        return answer.body()

    def open(self, summary: str) -> Locator:
        """Open what is folded away, unless it is open; gives all of it."""
        folded = self.page.locator("details").filter(has=self.page.locator("summary", has_text=summary)).last
        if folded.get_attribute("open") is None:
            folded.locator("summary").first.click()
        return folded

    # --- looking ---------------------------------------------------------------------------------------

    def look(self, name: str = "") -> "Person":
        """Look at the page in hand: nothing hangs out of it sideways, nothing went wrong behind it."""
        assert self.complaints == [], "\n".join(self.complaints)
        found = self.faults()
        assert found == [], f"{self.page.url} at {self.viewport['width']}: {found}"
        self.keep_shot(name or urlsplit(self.page.url).path)
        return self

    def faults(self) -> list[str]:
        """What hangs out of the page sideways, and what nobody could name who does not see it."""
        hanging: list[str] = self.page.evaluate(OVERFLOW)
        nameless: list[str] = self.page.evaluate(NAMELESS)
        return hanging + nameless

    def keep_shot(self, name: str) -> None:
        if SHOTS:
            folder = Path(SHOTS)
            folder.mkdir(parents=True, exist_ok=True)
            label = re.sub(r"\W+", "-", name).strip("-") or "home"
            number = len(list(folder.glob("*.png")))
            file = f"{number:03d}-{self.viewport['width']}-{self.username}-{label}.png"
            self.page.screenshot(path=folder / file, full_page=True)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def told(self) -> list[str]:
        """What the page tells about what was just done."""
        return self.page.locator(".messages .notice").all_inner_texts()

    def row(self, words: str) -> Locator:
        """The row of a table that holds these words."""
        return self.page.get_by_role("row").filter(has_text=words)

    def fact(self, name: str) -> str:
        """What a list of facts says under a name."""
        term = self.page.get_by_role("term").filter(has_text=re.compile(f"^{re.escape(name)}$"))
        return term.locator("xpath=following-sibling::dd").inner_text()

    def sees(self, words: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        expect((within or self.main).get_by_text(words).first).to_be_visible()

    def is_refused(self, address: str, status: int) -> None:
        """Open an address that is not for this person, and be told so without a hint."""
        response = self.page.goto(address)
        assert response is not None
        assert response.status == status, address
        self.complaints.clear()

    def has_at_hand(self, control: Locator) -> None:
        """What the page is for can be pressed without scrolling."""
        expect(control).to_be_in_viewport(ratio=1)

    def tab_to(self, name: str) -> None:
        """Walk by the Tab key to the control of that name; every stop on the way shows that it is one."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(FOCUSED)
            assert stop["shows"], f"the focus cannot be seen on {stop['name']!r} of {self.page.url}"
            if stop["name"] == name:
                return
        raise AssertionError(f"{name!r} is not reached by the Tab key on {self.page.url}")

    def describe(self) -> str:
        """What the page shows, for whoever reads of a failure."""
        self.keep_shot("failed")
        shown = self.page.locator("body").inner_text()
        return "\n".join([self.page.url, *self.complaints, shown[:MOST_DESCRIBED]])

    def close(self) -> None:
        self.context.close()


# Elements that stick out of the page sideways. What scrolls within itself is meant to.
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll('*')]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > width + 1)
    .map((element) => element.outerHTML.slice(0, 120));
}"""


# Links, buttons and fields that nobody could name who does not see them.
NAMELESS = """() => {
  const says = (element) => element.textContent.trim() || element.querySelector('img[alt]')?.alt;
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea')]
    .filter((element) => element.checkVisibility() && !says(element) && !element.ariaLabel
                         && !(element.type === 'submit' && element.value)
                         && ![...element.labels ?? []].some(says))
    .map((element) => element.outerHTML.slice(0, 120));
}"""

# What has the focus: its name, and whether it can be seen that it has it.
FOCUSED = """() => {
  const element = document.activeElement;
  const label = [...element.labels ?? []].map((one) => one.textContent).join(' ') || element.textContent;
  const style = getComputedStyle(element);
  return {
    name: label.replace(/\\s+/g, ' ').trim(),
    shows: element === document.body
           || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
  };
}"""


def with_note(label: str) -> re.Pattern[str]:
    """A label with or without the note that it may stay empty."""
    note = re.escape(t("(optional)"))
    return re.compile(rf"^\s*{re.escape(label)}(\s+{note})?\s*$")
