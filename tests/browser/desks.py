"""The two pages on which most of the work is done: the check of what was read, and the month of a school."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, expect

from tests.browser.people import Person
from tests.browser.words import pt, t


def schools_of(*levels: str) -> list[str]:
    """How the check names the schools of levels."""
    return [pt("schools of a level", "%(level)s schools", level=t(level)) for level in levels]


class Review:
    """The text on one side, on the other what was read in it."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.page = person.page

    @property
    def sheet(self) -> Locator:
        return self.page.get_by_role("region", name=t("Text of the document"))

    @property
    def items(self) -> Locator:
        return self.page.locator(".items > .item")

    def item(self, path: str) -> Locator:
        """The item of a printed number."""
        number = self.page.locator(".item-number", has_text=re.compile(rf"^{re.escape(path)}$"))
        return self.items.filter(has=number)

    def item_saying(self, words: str) -> Locator:
        return self.items.filter(has_text=words)

    def stands_beside_text(self) -> None:
        """Sheet and items share the height of the window."""
        sheet, item = self.sheet.bounding_box(), self.items.first.bounding_box()
        assert sheet is not None
        assert item is not None
        assert sheet["x"] + sheet["width"] <= item["x"]

    # --- what was read ---------------------------------------------------------------------------------

    def chips(self, item: Locator) -> list[str]:
        return [" ".join(words.split()) for words in item.locator(".chip").all_inner_texts()]

    def deadline(self, item: Locator) -> str:
        """The last day as it is shown, or that there is none."""
        words = self.chips(item)[0]
        day = re.search(r"\d\d/\d\d/\d{4}", words)
        return day.group() if words.startswith(t("deadline")) and day else words

    def leads(self, item: Locator) -> list[str]:
        """Who must act."""
        others = (t("supports:"), t("target:"))
        return [words for words in self.chips(item)[1:] if not words.startswith(others)]

    def supports(self, item: Locator) -> list[str]:
        said = t("supports:")
        return [words.removeprefix(said).strip() for words in self.chips(item) if words.startswith(said)]

    @property
    def bar(self) -> str:
        return self.page.locator("#review-bar").inner_text()

    def doubtful(self) -> list[str]:
        """The numbers of the items that are to be looked at."""
        marked = self.items.filter(has_text=t("to look at"))
        return marked.locator(".item-number").all_inner_texts()

    # --- what is done with it --------------------------------------------------------------------------

    @contextmanager
    def edit(self, item: Locator) -> Iterator[Locator]:
        """Open an item where it stands, and save it."""
        item.get_by_role("link", name=t("Edit")).click()
        expect(item.get_by_role("button", name=t("Save item"))).to_be_visible()
        self.person.look("edit-item")
        yield item
        item.get_by_role("button", name=t("Save item")).click()
        expect(item.get_by_text(t("checked"), exact=True)).to_be_visible()
        self.person.look("item-saved")

    def accept(self, item: Locator) -> None:
        item.get_by_role("button", name=t("Accept")).click()
        expect(item.get_by_text(t("checked"), exact=True)).to_be_visible()

    def take_out(self, item: Locator) -> None:
        item.get_by_role("button", name=t("Take out")).click()
        expect(self.page.get_by_role("button", name=t("Undo"))).to_be_visible()

    def accept_doubtful(self) -> None:
        for path in self.doubtful():
            self.accept(self.item(path))
        assert self.doubtful() == []

    def open_head(self) -> None:
        """The head is folded while nothing in it is doubtful."""
        head = self.page.locator("#head:not([open])")
        if head.count():
            head.locator("> summary").click()

    def save_head(self) -> None:
        self.person.press(t("Save draft"))


# Fewer than there are pupils anywhere.
SOME = 20


class Month:
    """The page that a school fills in once a month."""

    CLASSES, PUPILS, TEACHERS = "Số lớp", "Số học sinh", "Số giáo viên"
    ATTENDING = "Số học sinh có mặt bình quân mỗi ngày"

    def __init__(self, person: Person) -> None:
        self.person = person
        self.page = person.page

    def figure(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def labels(self) -> list[str]:
        """The figures that are asked for."""
        return self.page.locator("[data-figure] > label").all_inner_texts()

    def last_month(self, label: str) -> int:
        """What was reported then; of what did not apply then (attendance in July), some."""
        row = self.page.locator("[data-figure]").filter(has=self.figure(label))
        previous = row.locator("[data-previous]")
        return int(previous.get_attribute("data-previous") or "") if previous.count() else SOME

    def keep(self, label: str) -> None:
        """Say that last month's figure is still right, where there was one."""
        row = self.page.locator("[data-figure]").filter(has=self.figure(label))
        confirm = row.locator("[data-proposed] input[type=checkbox]")
        if confirm.count():
            confirm.click()  # answered, it goes
        else:
            self.figure(label).fill(str(SOME))

    def task(self, words: str) -> Locator:
        return self.page.locator("#work").get_by_role("listitem").filter(has_text=words)

    def report(self, words: str, *, percent: int | None = None, done: bool = False, note: str = "") -> None:
        """Say how far a task is."""
        task = self.task(words)
        if percent is not None:
            self.person.fill(t("Progress in percent"), str(percent), within=task)
        if done:
            self.person.field(t("Done"), within=task).check()
        if note:
            self.person.fill(t("What was done"), note, within=task)

    def typed(self) -> dict[str, str]:
        """Everything that stands in the fields, by what the form calls them."""
        values: dict[str, str] = self.page.evaluate(
            """() => Object.fromEntries(
                 [...new FormData(document.getElementById('month'))]
                   .filter(([name]) => !['csrfmiddlewaretoken', 'version', 'seen'].includes(name)))"""
        )
        return values
