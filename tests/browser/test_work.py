"""Work under way: who is chosen for it, its evidence, more time for it, the form that it carries."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.conftest import People
from tests.browser.desks import Review
from tests.browser.people import PHONE, Person
from tests.browser.words import t, tn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one served demo

STAFF, PRINCIPAL, CLERK = "chuyenvien", "ht.doiche", "vp.doiche"
SCHOOL = "TH&THCS Đồi Chè"


def test_units_are_found_by_words_without_diacritics(people: People):
    """Among those already chosen only what fits the words is shown; the Enter key leads to it."""
    staff = people(STAFF)
    staff.section(t("Home")).follow("dịch bệnh", exact=False)
    item = Review(staff).item("3")
    item.get_by_role("link", name=t("Edit")).click()
    who = item.get_by_role("group", name=t("Who must act"), exact=True)
    words = who.get_by_label(t("Find units by words of their name"))
    words.fill("ban ngoc")
    expect(who.get_by_role("status")).to_have_text(shown(who_chosen=2, found=2))
    words.fill("ben ngoc")
    expect(who.get_by_label("THCS Bến Ngọc", exact=True)).to_be_visible()
    expect(who.get_by_label("TH Suối Mây", exact=True)).to_be_hidden()
    words.press("Enter")
    staff.page.keyboard.press("Space")
    expect(who.get_by_role("status")).to_have_text(shown(who_chosen=3, found=5))
    staff.look("units")
    item.get_by_role("link", name=t("Cancel"), exact=True).click()


def shown(who_chosen: int, found: int) -> str:
    return t("%(chosen)s chosen, %(found)s shown", chosen=who_chosen, found=found)


# --- evidence -----------------------------------------------------------------------------------------------

ESTIMATE = "lập dự toán sửa chữa"
PHOTO = bytes.fromhex(  # one white pixel
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8ffff3f0005fe02fedccc59e70000000049454e44ae426082"
)


def test_a_school_reports_with_evidence_by_phone(people: People):
    """The clerk lays a photo ready, which nobody else sees; the principal reports, and it goes along."""
    clerk, principal, staff = people(CLERK, PHONE), people(PRINCIPAL, PHONE), people(STAFF)
    find_task(clerk, ESTIMATE)
    address = clerk.page.url
    folded = clerk.open(t("Add files without reporting…"))
    file = {"name": "phòng học.png", "mimeType": "image/png", "buffer": PHOTO}
    folded.get_by_label(t("Files")).set_input_files([file])
    clerk.press(t("Add"), within=folded)
    clerk.sees("phòng học.png")
    staff.go(address)
    expect(staff.main.get_by_text("phòng học.png")).to_have_count(0)
    principal.go(address)
    principal.fill(t("Progress (%)"), "60")
    principal.fill(t("What was done"), "Đã khảo sát 12 phòng học.")
    principal.press(t("Report now"))
    staff.go(address)
    assert staff.fact(t("Progress")) == "60%"
    assert staff.download("phòng học.png") == PHOTO


# --- colleagues, the work of all units ----------------------------------------------------------------------


def test_a_principal_gives_a_part_to_the_clerk_who_ends_it(people: People):
    """On a phone; neither the department nor anybody else learns of it."""
    principal, clerk, staff = people(PRINCIPAL, PHONE), people(CLERK, PHONE), people(STAFF)
    find_task(principal, ESTIMATE)
    address = principal.page.url
    folded = principal.open(t("Give a part to a colleague…"))
    name = folded.locator("datalist option").first.get_attribute("value") or ""
    principal.fill(t("What is to be done"), "Chụp ảnh phòng học cần sửa", within=folded)
    principal.fill(t("Who does it"), name, within=folded)
    principal.press(t("Give it"), within=folded)
    principal.sees("Chụp ảnh phòng học cần sửa")
    staff.go(address)
    expect(staff.main.get_by_text("Chụp ảnh phòng học cần sửa")).to_have_count(0)
    clerk.go(address)
    done = clerk.open(t("It is done…"))
    clerk.fill(t("What was done"), "Đã chụp 12 phòng.", within=done)
    clerk.press(t("Note it as done"), within=done)
    clerk.sees("Đã chụp 12 phòng.")


def test_from_the_board_to_the_school_that_is_late(people: People):
    staff = people(STAFF)
    staff.section(t("Tasks")).follow(t("Board of tasks"))
    staff.follow(t("by units"))
    cell = staff.page.locator("td.cell-overdue, td.cell-due_soon, td.cell-running").first
    staff.leave_by(cell.get_by_role("link").click)
    assert staff.fact(t("Standing"))


def find_task(person: Person, words: str) -> None:
    """A task in sight, by words of it."""
    person.section(t("Tasks"))
    person.fill(t("Find tasks"), words)
    person.press(t("Find"))
    person.leave_by(person.page.get_by_role("rowheader").get_by_role("link").first.click)


# --- more time ----------------------------------------------------------------------------------------------

REASON = "Phải chờ báo giá của hai đơn vị thi công."
ANSWER = "Đồng ý; đề nghị gửi kèm báo giá."


def in_days(days: int) -> str:
    return f"{timezone.localdate() + dt.timedelta(days=days):%d/%m/%Y}"


def test_a_later_deadline_is_asked_for_by_phone_and_granted(people: People):
    principal, staff = people(PRINCIPAL, PHONE), people(STAFF)
    find_task(principal, ESTIMATE)
    folded = principal.open(t("Ask for a later deadline…"))
    principal.fill(t("New deadline asked for"), in_days(14), within=folded)
    principal.fill(t("Reason"), REASON, within=folded)
    principal.press(t("Send the request"), within=folded)
    one, many = (
        "%(count)s request for a later deadline waits for a decision",
        "%(count)s requests for a later deadline wait for a decision",
    )
    staff.section(t("Home")).follow(tn(one, many, 1, count=1))
    request = staff.row(REASON)
    request.get_by_role("checkbox").check()
    staff.fill(t("Answer to all of them"), ANSWER)
    staff.press(t("Grant the ticked ones"))
    staff.sees(t("No request waits. Units ask for a later deadline on the page of their task."))
    principal.go(principal.page.url)
    assert in_days(14) in principal.fact(t("Deadline"))
    principal.sees(ANSWER)


# --- a form -------------------------------------------------------------------------------------------------

CLEANING = "thì báo ngay trạm y tế"  # the real plan that another test issues speaks of clean classrooms, too
BASINS, SHARE = "Số lớp có bồn rửa tay", "Tỷ lệ lớp có nước sạch"


def test_a_task_asks_for_data_and_a_school_answers_by_phone(people: People):
    """What can be meant two ways is asked about; then it is in the table, its sum and the workbook."""
    staff, clerk, principal = people(STAFF), people(CLERK, PHONE), people(PRINCIPAL, PHONE)
    set_form(staff)
    task = staff.page.url
    find_task(clerk, CLEANING)
    clerk.follow(t("fill it in"))
    clerk.fill(f"{BASINS} (lớp)", "21")
    clerk.fill(f"{SHARE} (%)", "98.5")
    clerk.press(t("Save draft"))
    question = '"%(text)s" is not clear. Do you mean %(readings)s? Please type it so.'
    clerk.sees(t(question, text="98.5", readings="98,5"))  # of a percentage, 985 is not meant
    clerk.fill(f"{SHARE} (%)", "98,5")
    clerk.press(t("Save draft"))
    principal.go(clerk.page.url)
    principal.has_at_hand(principal.button(t("Send the form")))
    principal.press(t("Send the form"))
    staff.go(task).follow(t("See the answers"))
    cells = staff.row(SCHOOL).get_by_role("cell").all_inner_texts()
    assert cells[1:] == ["21", "98,5"]
    assert staff.page.locator("tfoot td").all_inner_texts() == ["21", ""]
    sheet = openpyxl.load_workbook(BytesIO(staff.download(t("Download as a workbook")))).worksheets[0]
    (answers,) = [row for row in sheet.iter_rows(values_only=True) if 98.5 in row]
    assert {"Trường Tiểu học và Trung học cơ sở Đồi Chè", 21} < set(answers)


def set_form(staff: Person) -> None:
    find_task(staff, CLEANING)
    staff.follow(t("this item, all units"))
    staff.follow(t("Ask for data by a form"))
    first, second = staff.page.locator(".asked").all()[:2]
    staff.fill(t("What is asked"), BASINS, within=first)
    staff.fill(t("Unit of measure"), "lớp", within=first)
    staff.fill(t("What is asked"), SHARE, within=second)
    staff.choose(t("Kind of answer"), t("percentage"), within=second)
    staff.press(t("Save the form"))
    staff.sees(BASINS)
