"""The pictures of docs/screenshots: the main pages of the full demo, each in both languages.

`./run screenshots` takes them anew. A picture more is a line more in PICTURES.
"""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import django
import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from scripts.packages import chromium
from tests.browser.people import Person
from tests.browser.serving import FLAGS, Portal, served
from tests.browser.words import t

LANGUAGES = ("vi", "en")
COLOURS = 256
WIDE, PHONE = 1280, 360
PAPER = 900


@dataclass(frozen=True)
class Picture:
    """What is shown: whose page, how much of it in pixels, and the way there from their first page."""

    name: str
    username: str
    width: int
    height: int
    find: Callable[[Person], None]

    def take(self, browser: Browser, portal: Portal, language: str) -> Image.Image:
        size = ViewportSize(width=self.width, height=self.height)
        person = Person(browser, portal.address, self.username, size)
        cookie = {"name": "django_language", "value": "vi", "url": portal.address}
        person.context.add_cookies([cookie])
        person.sign_in(portal.passwords[self.username])
        person.context.add_cookies([cookie | {"value": language}])
        person.go("/")
        self.find(person)
        image = Image.open(BytesIO(person.page.screenshot()))
        person.close()
        return image


def stay(person: Person) -> None:
    """The first page itself."""


def open_address(address: str) -> Callable[[Person], None]:
    def find(person: Person) -> None:
        person.go(address)

    return find


def open_first(address: str, link: str) -> Callable[[Person], None]:
    """Open a list, and the first of its links that fit a selector."""

    def find(person: Person) -> None:
        person.go(address)
        person.leave_by(person.page.locator(link).first.click)

    return find


def open_doubtful_item(person: Person) -> None:
    """A draft to be looked at, at the first place of which the reader is not sure; else as it opens."""
    person.page.emulate_media(reduced_motion="reduce")
    person.go("/")
    links = person.page.locator("a[href$='/review/']").evaluate_all("links => links.map(one => one.href)")
    counter = person.page.locator(".doubt-counter")
    for link in links:
        person.go(link)
        if counter.count():
            counter.click()
            return


ATTENDANCE = "a[href*='/targets/']:has-text('tiểu học'), a[href*='/targets/']:has-text('primary')"


def open_sharing(person: Person) -> None:
    """The grid in which a target is shared out to communes."""
    open_first("/targets/", f"tbody th :is({ATTENDANCE})")(person)
    person.leave_by(person.page.locator("a[href$='/share/']").first.click)


INVENTORY = "/documents/?q=kiem+ke+thiet+bi&kind=cong_van"
PICTURES = (
    Picture("leader", "lanhdao", WIDE, 1400, stay),
    Picture("targets", "lanhdao", WIDE, 1100, open_address("/targets/")),
    Picture("target", "lanhdao", WIDE, 1300, open_first("/targets/?standing=at_risk", "tbody th a")),
    Picture("sharing", "chuyenvien", WIDE, 1000, open_sharing),
    Picture("document", "chuyenvien", WIDE, 1200, open_first(INVENTORY, "tbody th a")),
    Picture("review", "chuyenvien", WIDE, 900, open_doubtful_item),
    Picture("missing", "chuyenvien", WIDE, 1000, open_address("/reports/missing/")),
    Picture("briefing", "lanhdao", WIDE, 1200, open_first("/briefings/", "tbody th a")),
    Picture("month", "ht.doiche", PHONE, 1400, open_first("/", "a.main-action")),
)


def notice(browser: Browser, portal: Portal) -> Image.Image:
    """The first page of the newest conclusion notice as it is printed. Official papers are Vietnamese."""
    person = Person(browser, portal.address, "vanthu").sign_in(portal.passwords["vanthu"])
    open_first("/documents/?q=tb-sgddt", "tbody th a")(person)
    printed = person.download(t("PDF"))
    person.close()
    with pypdfium2.PdfDocument(printed) as document:
        page = document[0]
        return page.render(scale=PAPER / page.get_width()).to_pil()


def keep(image: Image.Image, file: Path) -> None:
    """In few colours, which text and lines do with, but none of a sign lost: a quarter of the size."""
    few = image.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def take(browser: Browser, portal: Portal, folder: Path, pictures: Iterable[Picture] = PICTURES) -> None:
    """The pictures in each language, and the printed notice."""
    folder.mkdir(parents=True, exist_ok=True)
    for picture in pictures:
        for language in LANGUAGES:
            keep(picture.take(browser, portal, language), folder / f"{picture.name}.{language}.png")
    keep(notice(browser, portal), folder / "notice.vi.png")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.pictures")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("data", type=Path, help="an empty folder for the demo's data")
    given = parser.parse_args()
    django.setup()
    with sync_playwright() as playwright, served(given.data) as portal:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        take(browser, portal, given.folder)
        browser.close()


if __name__ == "__main__":
    main()
