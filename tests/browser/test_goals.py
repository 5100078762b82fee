"""From a sentence of a document to a target on the board, and from the leader's first page to a school."""

from io import BytesIO

import pdfplumber
import pytest

from scripts.steps import ROOT
from tests.browser.conftest import People
from tests.browser.desks import Review
from tests.browser.people import Person
from tests.browser.words import capital, t, tn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one served demo

PLAN = "Cập nhật cơ sở dữ liệu ngành và triển khai học bạ số"
SENTENCE = "Mỗi học sinh có một học bạ số"
INDICATOR = "Tỷ lệ tốt nghiệp THPT"
REAL_PLAN = ROOT.parent / "shared" / "reading" / "documents" / "002.txt"
TARGETS_OF_IT = 36


def test_what_was_read_in_a_document_becomes_a_target(people: People):
    """One sentence is left aside and taken up again; checked beside its words, it is adopted."""
    staff = people("chuyenvien")
    staff.section(t("Documents")).follow(PLAN)
    one, many = "%(count)s target was read in this document", "%(count)s targets were read in this document"
    staff.follow(tn(one, many, 2, count=2))
    item = staff.page.locator(".read-target").filter(has_text=SENTENCE)
    staff.leave_by(item.get_by_role("button", name=t("Leave aside")).click)
    staff.leave_by(item.get_by_role("button", name=t("take up again")).click)
    staff.follow(t("Check and adopt"), exact=False, within=item)
    staff.sees(SENTENCE)
    staff.choose(t("Indicator"), INDICATOR)
    staff.field(t("Period")).select_option(index=1)
    staff.fill(t("Value"), "98.5")
    staff.press(t("Adopt the target"))
    question = '"%(text)s" is not clear. Do you mean %(readings)s? Please type it so.'
    staff.sees(t(question, text="98.5", readings="98,5"))  # of a percentage, 985 is not meant
    staff.fill(t("Value"), "98,5")
    staff.press(t("Adopt the target"))
    assert t("adopted") in item.inner_text()
    staff.leave_by(item.get_by_role("link").first.click)
    assert (staff.heading, "98,5%" in staff.fact(t("Target"))) == (INDICATOR, True)


def test_the_leader_goes_from_a_picture_to_the_schools_behind_it(people: People):
    """The cell of a month, the line of a figure, a target at risk: each leads to those who make it up."""
    leader = people("lanhdao")
    leader.section(t("Home"))
    cell = leader.page.locator("table.grid").get_by_role("row").last.get_by_role("link").last
    _, _, expected = cell.locator("span[aria-hidden]").inner_text().partition("/")
    leader.leave_by(cell.click)
    assert leader.page.locator("tbody tr").count() == int(expected)
    leader.section(t("Home"))
    folded = leader.open(t("The same as a table"))
    value = folded.get_by_role("row").last.get_by_role("link")
    total = value.inner_text()
    leader.leave_by(value.click)
    assert leader.page.locator("tfoot td").first.inner_text() == total
    read_a_target_at_risk(leader)


def read_a_target_at_risk(leader: Person) -> None:
    """Why, then commune by commune, then the schools of one."""
    leader.section(t("Home"))
    risk = leader.main.locator("a[href^='/targets/']").and_(leader.main.locator(".attention a")).first
    name = risk.inner_text()
    leader.leave_by(risk.click)
    assert leader.heading == name
    assert t("at risk") in leader.fact(t("Standing"))
    leader.follow("UBND xã Đồi Chè")
    leader.sees("Trường PTDTBT Trung học cơ sở Khe Bưởi")


def test_the_leader_takes_the_briefing_along(people: People):
    """The printed briefing holds the sums of the page."""
    leader = people("lanhdao")
    leader.section(t("Briefings"))
    leader.leave_by(leader.row("Sở GDĐT").last.get_by_role("link").first.click)
    pupils = leader.page.get_by_role("row").filter(has_text=t("Pupils")).first.get_by_role("link").first
    with pdfplumber.open(BytesIO(leader.download(t("PDF")))) as pdf:
        printed = " ".join(page.extract_text() for page in pdf.pages)
    assert leader.heading.rpartition(" ")[2] in printed
    assert f"tổng số học sinh: {pupils.inner_text()}" in " ".join(printed.split())


@pytest.mark.shared
@pytest.mark.skipif(not REAL_PLAN.exists(), reason="the real documents are not in ../shared/reading")
def test_every_target_of_a_real_plan_is_adopted(people: People):
    """Each as it is proposed; the plan is of 2022, so the year is chosen for it."""
    staff = people("chuyenvien")
    issue_real_plan(staff)
    one, many = "%(count)s target was read in this document", "%(count)s targets were read in this document"
    staff.follow(tn(one, many, TARGETS_OF_IT, count=TARGETS_OF_IT))
    adopt_all(staff)
    assert staff.page.locator(".read-target .badge.good").count() == TARGETS_OF_IT
    staff.section(t("Targets"))
    assert staff.page.locator("table.targets tbody tr").count() >= TARGETS_OF_IT


def issue_real_plan(staff: Person) -> None:
    staff.section(t("Documents")).follow(t("New document"))
    staff.field(t("File of the document")).set_input_files(REAL_PLAN)
    staff.press(t("Read the document"))
    review = Review(staff)
    staff.fill(t("Number"), "77")
    staff.fill(capital(t("symbol")), "KH-SGDĐT")
    staff.fill(t("Date of the document"), "20/11/2026")
    review.save_head()
    review.accept_doubtful()
    staff.follow(t("Issue…"))
    staff.press(t("Issue"))


def adopt_all(staff: Person) -> None:
    """One after the other, from the list; what the demo has set already is kept and linked."""
    while (open_ones := staff.page.get_by_role("link", name=t("Check and adopt"))).count():
        staff.leave_by(open_ones.first.click)
        period = staff.field(t("Period"))
        if not period.input_value():
            period.select_option("school_year-2026-1")
        staff.press(t("Adopt the target"))
        if staff.page.get_by_role("radio").count():
            staff.page.get_by_role("radio").first.check()
            staff.press(t("Go on"))
