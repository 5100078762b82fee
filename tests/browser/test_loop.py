"""One document goes all the way round, each step by the person whose step it is."""

import datetime as dt
import re
from io import BytesIO
from zoneinfo import ZoneInfo

import pdfplumber
import pytest
from playwright.sync_api import Locator, expect

from eduportal.pages.demo.tables import SMALL, SchoolPlan
from scripts.steps import ROOT
from tests.browser.conftest import People
from tests.browser.desks import Month, Review, schools_of
from tests.browser.people import Person
from tests.browser.words import t, tn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one served demo

SAMPLE = ROOT / "docs" / "samples" / "cong-van-mau.txt"
NUMBER = "1652/SGDĐT-GDPT"
SUBJECT = "tổ chức kiểm tra cuối học kỳ I và một số nhiệm vụ trọng tâm cuối năm 2026"
STAFF, LEADER, REGISTRAR = "chuyenvien", "lanhdao", "vanthu"
DEPARTMENT, COMMUNES = "Sở GDĐT", ["Phường Bến Ngọc", "Xã Đồi Chè", "Xã Suối Mây"]
ADDED = "Các trường cử 01 đầu mối nhận và xử lý văn bản trên hệ thống."
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOTICE_SUBJECT = "Kết luận Hội nghị giao ban"
MEETING_ABSENCE = "đi dự hội nghị của Bộ"


def test_a_document_goes_all_the_way_round(people: People):
    issue_the_sample(people(STAFF))
    near, far, month = schools_that_owe(people(STAFF))
    for school in (near, far):
        see_own_tasks(people(principal_of(school)), school)
    send_with_slips(people(principal_of(near)))
    send_twice(people(principal_of(far)))
    accept(people(officer_of(near)), near, month)
    returned = give_back(people(STAFF), far)
    people(principal_of(near)).is_refused(returned, 404)
    correct_and_send_again(people(principal_of(far)))
    build_the_briefing(people(STAFF), month)
    conclude_the_meeting(people(STAFF), absent=far)
    approve(people(LEADER))
    number, print_address = number_and_issue(people(REGISTRAR))
    read_the_print(people(REGISTRAR), print_address, number)
    find_the_notice(people(principal_of(near)), number)
    read_the_first_page(people(LEADER))


# --- the document -------------------------------------------------------------------------------------------


def issue_the_sample(staff: Person) -> None:
    """Upload, compare, correct, issue."""
    staff.section(t("Documents")).follow(t("New document"))
    staff.field(t("File of the document")).set_input_files(SAMPLE)
    staff.press(t("Read the document"))
    assert staff.told() == [t("The document was read. Compare what was found with the text.")]
    review = Review(staff)
    review.stands_beside_text()
    expect(review.sheet).to_contain_text("Trương Văn Lộc")
    see_what_was_read(staff, review)
    correct_what_was_read(staff, review)
    lose_the_number_and_find_it_again(staff, review)
    staff.follow(t("Issue…"))
    staff.sees(receive([schools(12), *COMMUNES], 9))
    staff.press(t("Issue"))
    assert staff.told() == [t("The document is issued and its tasks are handed out.")]
    assert staff.heading == capital(SUBJECT)


def see_what_was_read(staff: Person, review: Review) -> None:
    head = [
        staff.field(label).input_value()
        for label in (
            t("Subject"), t("Number"), capital(t("symbol")), t("Date of the document"), capital(t("place"))
        )
    ]  # fmt: skip
    assert head == [SUBJECT, "1652", "SGDĐT-GDPT", "24/11/2026", "Ngọc Sơn"]
    everybody = [t("all schools")]
    read = {
        number: (review.deadline(review.item(number)), review.leads(review.item(number)))
        for number in map(str, range(1, 10))
    }
    assert read == {
        "1": ("12/12/2026", schools_of("primary", "lower secondary", "upper secondary")),
        "2": ("18/12/2026", schools_of("lower secondary")),
        "3": ("18/12/2026", schools_of("preschool")),
        "4": ("10/12/2026", ["TH Suối Mây", "TH Bến Ngọc", "THCS Bến Ngọc"]),
        "5": ("04/12/2026", ["PTDTBT TH&THCS Khe Mây", "PTDTBT THCS Khe Bưởi"]),
        "6": ("15/12/2026", everybody),
        "7": (t("no deadline"), everybody),
        "8": ("31/12/2026", COMMUNES),
        "9": ("09/01/2027", everybody),
    }
    assert review.supports(review.item("8")) == everybody
    assert review.doubtful() == ["5", "6"]
    staff.sees(
        t("It is not clear which unit “%(text)s” is. Choose the units yourself.", text="THCS Nậm Lành")
    )


def correct_what_was_read(staff: Person, review: Review) -> None:
    """A deadline, an addressee, a task too few, one too many, and what was doubtful."""
    with review.edit(review.item("1")) as first:
        staff.fill(t("Deadline"), "14/12/2026", within=first)
    assert review.deadline(review.item("1")) == "14/12/2026"
    with review.edit(review.item("4")) as fourth:
        who = fourth.get_by_role("group", name=t("Who must act"), exact=True)
        who.get_by_label("THCS Bến Ngọc", exact=True).uncheck()
        who.get_by_label("TH&THCS Đồi Chè", exact=True).check()
    assert review.leads(review.item("4")) == ["TH Bến Ngọc", "TH Suối Mây", "TH&THCS Đồi Chè"]
    nearly_lose_a_correction(staff, review)
    review.take_out(review.item("7"))
    add_a_task(staff)
    review.accept_doubtful()
    assert tn("%(amount)s task", "%(amount)s tasks", 9, amount=9) in review.bar


def nearly_lose_a_correction(staff: Person, review: Review) -> None:
    """Who leaves the page with an item open is asked first; staying, they find what they typed."""
    item = review.item("2")
    item.get_by_role("link", name=t("Edit")).click()
    staff.fill(t("Text"), "Đang viết dở", within=item)
    asked: list[str] = []
    staff.page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    staff.page.get_by_role("link", name=t("Issue…"), exact=True).click(no_wait_after=True)
    expect(staff.field(t("Text"), within=item)).to_have_value("Đang viết dở")
    assert asked == ["beforeunload"]
    item.get_by_role("link", name=t("Cancel"), exact=True).click()
    expect(item.get_by_role("button", name=t("Accept"))).to_be_visible()


def add_a_task(staff: Person) -> None:
    form = staff.open(t("Add a task"))
    staff.fill(t("Text"), ADDED, within=form)
    staff.fill(t("Deadline"), "31/12/2026", within=form)
    form.get_by_role("group", name=t("Who must act"), exact=True).get_by_label(t("All schools")).check()
    staff.press(t("Add the task"), within=form)
    added = Review(staff).item_saying(ADDED)
    assert Review(staff).leads(added) == [t("all schools")]
    assert Review(staff).deadline(added) == "31/12/2026"


def lose_the_number_and_find_it_again(staff: Person, review: Review) -> None:
    """Without its number the document is not issued, and it says so."""
    review.open_head()
    staff.fill(t("Number"), "")
    review.save_head()
    assert tn(
        "%(amount)s blank: %(names)s", "%(amount)s blanks: %(names)s", 1, amount=1, names=t("number")
    ) in (" ".join(review.bar.split()))
    staff.follow(t("Issue…"))
    staff.sees(t("This must be put right first"))
    staff.sees(t("The number is missing."))
    staff.follow(t("Back to the check"))
    review.open_head()
    staff.fill(t("Number"), "1652")
    review.save_head()
    assert staff.told() == [t("Saved.")]


def capital(words: str) -> str:
    return words[0].upper() + words[1:]


def schools(count: int) -> str:
    return tn("%(amount)s school", "%(amount)s schools", count, amount=count)


def receive(who: list[str], count: int) -> str:
    everybody = t(" and ").join([", ".join(who[:-1]), who[-1]])
    tasks = tn("%(amount)s task", "%(amount)s tasks", count, amount=count)
    return t("%(who)s will receive %(what)s.", who=everybody, what=tasks)


# --- the month ----------------------------------------------------------------------------------------------


def schools_that_owe(staff: Person) -> tuple[SchoolPlan, SchoolPlan, str]:
    """From the list of reports: one in a commune and one under the department itself; and the open month."""
    staff.section(t("Monthly reports"))
    staff.field(t("Reports")).select_option(label=t("not in"))
    staff.press(t("Show"))
    plans = {plan.name: plan for plan in SMALL.schools}
    owing = {}
    for row in staff.page.get_by_role("row").all()[1:]:
        plan = plans.get(row.get_by_role("rowheader").inner_text())  # communes report, too
        if plan and row.get_by_text(t("not sent"), exact=True).count() and len(plan.cohorts) == 1:
            office = row.get_by_role("cell").nth(2).inner_text()
            owing[office == DEPARTMENT] = plan
    return owing[False], owing[True], staff.field(t("Period")).locator("option:checked").inner_text()


def principal_of(school: SchoolPlan) -> str:
    return next(
        one.username for one in SMALL.accounts if one.unit == school.key and one.username.startswith("ht.")
    )


def officer_of(school: SchoolPlan) -> str:
    """Who accepts for the commune."""
    return next(one.username for one in SMALL.accounts if one.unit == f"xa:{school.office}")


def openings() -> dict[str, str]:
    """The first words of each numbered sentence of the sample."""
    found = re.findall(r"^(\d)\. (.+)$", SAMPLE.read_text(encoding="utf-8"), re.MULTILINE)
    return {number: " ".join(text.split()[:8]) for number, text in found} | {"added": ADDED[:40]}


def tasks_of(school: SchoolPlan) -> set[str]:
    """Which tasks of the document, as it was corrected, fall to a school."""
    levels = {cohort.level for cohort in school.cohorts}
    whom = {
        "1": levels & {"primary", "lower_secondary", "upper_secondary"},
        "2": levels & {"lower_secondary"},
        "3": levels & {"preschool"},
        "4": school.short_name in ("TH Suối Mây", "TH Bến Ngọc", "TH&THCS Đồi Chè"),
        "5": school.short_name in ("PTDTBT TH&THCS Khe Mây", "PTDTBT THCS Khe Bưởi"),
    }
    return {number for number, concerned in whom.items() if concerned} | {"6", "8", "9", "added"}


def see_own_tasks(principal: Person, school: SchoolPlan) -> None:
    """Of the new document a principal finds the tasks of their school, no others."""
    principal.section(t("Tasks"))
    principal.fill(t("Find tasks"), NUMBER)
    principal.press(t("Find"))
    rows = principal.page.get_by_role("rowheader").all_inner_texts()
    seen = {number for number, words in openings().items() if any(row.startswith(words) for row in rows)}
    assert (seen, len(rows)) == (tasks_of(school), len(tasks_of(school)))


def open_the_month(principal: Person) -> Month:
    """From the first page, by its main button."""
    principal.section(t("Home"))
    principal.leave_by(principal.page.locator("a.main-action").click)
    return Month(principal)


def fill_in(month: Month) -> None:
    """Everything as last month, one pupil more; two tasks moved on, and words."""
    tasks = openings()
    month.keep(month.CLASSES)
    month.keep(month.TEACHERS)
    month.figure(month.PUPILS).fill(str(month.last_month(month.PUPILS) + 1))
    month.figure(month.ATTENDING).fill(str(month.last_month(month.ATTENDING)))
    month.report(tasks["6"], percent=40, note="Đã niêm yết tại bảng tin.")
    month.report(tasks["added"], done=True, note="Đã cử 01 nhân viên văn phòng.")
    month.person.fill(t("Difficulties"), "Đường vào điểm trường bị sạt lở.")
    month.person.fill(t("Proposals"), "Đề nghị hỗ trợ 02 máy tính.")


def said(month: Month) -> dict[str, str]:
    """What stands in the page, but for percentages: work that is done is at 100 once it is saved."""
    return {name: text for name, text in month.typed().items() if not name.endswith("-percent")}


def send_with_slips(principal: Person) -> None:
    """A slip of the keyboard: it is said which, nothing typed is lost, and the corrected report is sent."""
    month = open_the_month(principal)
    fill_in(month)
    pupils = month.last_month(month.PUPILS) + 1
    month.figure(month.ATTENDING).fill(grouped(pupils * 10))
    before = said(month)
    principal.press_here(t("Send the report"))
    slip = t(
        "%(value)s cannot be above %(limit)s, the number under “%(what)s”. Check both.",
        value=grouped(pupils * 10),
        limit=grouped(pupils),
        what=month.PUPILS,
    )
    principal.sees(slip)
    # The figure was refused by itself before; now the report is, too.
    expect(principal.page.locator(".messages .notice").filter(has_text=t("Not sent."))).to_have_count(1)
    assert said(month) == before
    month.figure(month.ATTENDING).fill("98.5")
    principal.press_here(t("Send the report"))
    expect(principal.page.get_by_role("alert").filter(has_text="98.5")).to_be_visible()
    assert said(month) == before | {"lower_secondary-attending": "98.5"}
    month.figure(month.ATTENDING).fill(str(month.last_month(month.ATTENDING)))
    principal.press(t("Save"))
    assert [told.startswith(t("Saved at %(time)s.", time="")[:6]) for told in principal.told()] == [True]
    principal.press(t("Send the report"))
    assert principal.fact(t("State")) == t("sent, waiting for review")


def send_twice(principal: Person) -> None:
    """A double click and a second tab: it is sent once, and the second is told so."""
    month = open_the_month(principal)
    fill_in(month)
    principal.press(t("Save"))
    address = principal.page.url
    other = principal.context.new_page()
    principal.watch(other)
    other.goto(address)
    with principal.page.expect_event("load"):
        principal.button(t("Send the report")).dblclick()
    principal.page.wait_for_load_state("networkidle")
    principal.look()
    assert principal.fact(t("State")) == t("sent, waiting for review")
    sent = principal.fact(t("Sent"))
    other.get_by_role("button", name=t("Send the report"), exact=True).click()
    expect(other.get_by_role("term").filter(has_text=t("State"))).to_be_visible()
    other.close()
    principal.go(address)
    assert principal.fact(t("Sent")) == sent


def grouped(value: int) -> str:
    """A whole number as Vietnamese writes it."""
    return f"{value:,}".replace(",", ".")


def accept(officer: Person, school: SchoolPlan, month: str) -> None:
    """From the first page to the report that waits; accepted, it is final."""
    officer.section(t("Home"))
    one, many = (
        "%(count)s report of %(period)s waits for review",
        "%(count)s reports of %(period)s wait for review",
    )
    officer.follow(tn(one, many, 1, count=1, period=month))
    officer.follow(school.name)
    officer.press(t("Accept the report"))
    assert officer.told() == [t("Accepted: the report of %(unit)s.", unit=school.short_name)]
    assert officer.fact(t("State")) == t("accepted")


REASON = "Số học sinh có mặt chưa khớp với sổ theo dõi; đề nghị kiểm tra lại rồi gửi."


def give_back(staff: Person, school: SchoolPlan) -> str:
    """Not without a reason; with the report goes a piece of work that is not done yet. Gives its address."""
    staff.section(t("Monthly reports"))
    staff.field(t("Reports")).select_option(label=t("waiting for review"))
    staff.press(t("Show"))
    staff.follow(school.name)
    folded = staff.open(t("Return it with a reason"))
    staff.fill(t("Reason for returning"), "Sai", within=folded)
    staff.press(t("Return it to the unit"), within=folded)
    staff.sees(t("Say in a few words what is to be corrected: at least ten letters."))
    folded = staff.open(t("Return it with a reason"))
    staff.fill(t("Reason for returning"), REASON, within=folded)
    folded.get_by_label(ADDED[:30]).check()
    staff.press(t("Return it to the unit"), within=folded)
    assert staff.told() == [t("Returned to %(unit)s with your reason.", unit=school.short_name)]
    assert staff.fact(t("State")) == t("returned")
    return staff.page.url


def correct_and_send_again(principal: Person) -> None:
    """The reason stands on the first page and on the report, all else as it was sent."""
    principal.section(t("Home"))
    principal.sees(REASON)
    month = open_the_month(principal)
    principal.sees(REASON)
    assert month.figure(month.PUPILS).input_value() == grouped(month.last_month(month.PUPILS) + 1)
    assert principal.field(t("Difficulties")).input_value() == "Đường vào điểm trường bị sạt lở."
    month.figure(month.ATTENDING).fill(str(month.last_month(month.ATTENDING) - 2))
    month.report(openings()["added"], percent=50, note="Đang cử lại đầu mối.")
    principal.press(t("Send the report"))
    assert principal.fact(t("State")) == t("sent, waiting for review")


# --- the briefing -------------------------------------------------------------------------------------------

NEW_TASK = "Các trường THPT tổ chức ngày hội tư vấn tuyển sinh, hoàn thành chậm nhất ngày {day}."


def in_days(days: int) -> dt.date:
    return dt.datetime.now(tz=ZONE).date() + dt.timedelta(days=days)


def build_the_briefing(staff: Person, month: str) -> None:
    """Built in the background, edited, built again: what was edited stays."""
    staff.section(t("Briefings"))
    staff.field(t("Period")).select_option(label=month)
    staff.press(t("Build the briefing"))
    open_the_result(staff)
    as_of = t(
        "figures as of %(at)s, %(received)s of %(expected)s reports in", at="|", received=10, expected=15
    )
    assert as_of.partition("|")[2] in staff.page.locator(".lede").inner_text()
    directions = staff.page.locator("#directions")
    staff.leave_by(directions.get_by_role("link", name=t("Edit")).click)
    text = staff.field(t("Text of the section"))
    text.fill(text.input_value() + "\n" + NEW_TASK.format(day=f"{in_days(20):%d/%m/%Y}"))
    staff.press(t("Save"))
    staff.sees(NEW_TASK[:40], within=directions)
    staff.press(t("Build again"))
    open_the_result(staff)
    staff.sees(NEW_TASK[:40], within=directions)
    staff.sees(t("edited"), within=directions)


def open_the_result(staff: Person) -> None:
    """Wait on the page of the work until it is done; it says so by itself."""
    staff.leave_by(staff.main.get_by_role("link", name=t("Open the result"), exact=True).click)


# --- the meeting and its notice -----------------------------------------------------------------------------


def conclude_the_meeting(staff: Person, absent: SchoolPlan) -> None:
    """Held, one absent with a reason, concluded in a notice whose tasks are corrected, and submitted."""
    staff.follow(t("Hold the meeting"))
    staff.press(t("Enter the meeting"))
    missing = staff.row(absent.name)
    missing.get_by_label(t("absent"), exact=True).check()
    missing.get_by_role("textbox").fill(MEETING_ABSENCE)
    staff.press(t("All others were present"))
    reason = f"({absent.name} – {MEETING_ABSENCE})."
    staff.sees(f"Có mặt: 11/12. Vắng mặt: 1 {reason}")
    staff.press(t("Draft the conclusion notice"))
    review = Review(staff)
    expect(review.sheet).to_contain_text(f"Có mặt: 11/12. Vắng mặt: 01 {reason}")
    task = review.item_saying(NEW_TASK[:40])
    assert review.leads(task) == schools_of("upper secondary")
    assert review.deadline(task) == f"{in_days(20):%d/%m/%Y}"
    with review.edit(task) as opened:
        staff.fill(t("Deadline"), f"{in_days(22):%d/%m/%Y}", within=opened)
    assert review.deadline(task) == f"{in_days(22):%d/%m/%Y}"
    review.accept_doubtful()
    staff.follow(t("Submit…"))
    staff.press(t("Submit"))
    assert staff.told() == [t("Submitted. It is the leader's turn.")]


def approve(leader: Person) -> None:
    """From the first page of the leader."""
    leader.section(t("Home"))
    leader.follow(NOTICE_SUBJECT, exact=False)
    leader.press(t("Approve"))
    assert leader.told() == [t("Approved. It is the records officer's turn.")]


def number_and_issue(registrar: Person) -> tuple[str, str]:
    """The number that is announced is the one that is given. Gives it, and the address of the print."""
    registrar.section(t("Home"))
    registrar.follow(NOTICE_SUBJECT, exact=False)
    registrar.follow(t("Number and issue…"))
    number = registrar.fact(t("Number and symbol"))
    assert re.fullmatch(r"0[1-9]/TB-SGDĐT", number)
    registrar.press(t("Number and issue"))
    assert registrar.told() == [t("The document is numbered and issued, and its tasks are handed out.")]
    assert number in registrar.page.locator(".lede").inner_text()
    address = registrar.page.get_by_role("link", name=t("PDF"), exact=True).get_attribute("href")
    assert address
    return number, address


def read_the_print(registrar: Person, address: str, number: str) -> None:
    """The file is what Nghị định 30/2020 asks for."""
    answer = registrar.context.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    with pdfplumber.open(BytesIO(answer.body())) as pdf:
        sizes = {(round(page.width), round(page.height)) for page in pdf.pages}
        texts = [page.extract_text() for page in pdf.pages]
        last = pdf.pages[-1]
        signed = last.crop((last.width / 2, 0, last.width, last.height)).extract_text().split("\n")
        tops = [page.crop((0, 0, page.width, 56)).extract_text() for page in pdf.pages]
    assert sizes == {(595, 842)}
    everything = " ".join(" ".join(texts).split())
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
        f"Số: {number}",
        f"Ngọc Sơn, ngày {in_days(0).day:02d} tháng",
        "THÔNG BÁO",
        NOTICE_SUBJECT,
        MEETING_ABSENCE,
        NEW_TASK[:40],
        "Nơi nhận:",
    ):
        assert words in everything, words
    assert signed[-2:] == ["GIÁM ĐỐC", "Đỗ Thị Lan"]
    assert tops == ["", *map(str, range(2, len(tops) + 1))]


def find_the_notice(principal: Person, number: str) -> None:
    """The loop closes: what was concluded is among the tasks of the next month."""
    principal.section(t("Tasks"))
    principal.fill(t("Find tasks"), number)
    principal.press(t("Find"))
    rows = principal.page.get_by_role("row").all()[1:]
    assert len(rows) > 0
    assert {row.get_by_role("cell").last.inner_text() for row in rows} == {number}


# --- the leader's first page --------------------------------------------------------------------------------


def read_the_first_page(leader: Person) -> None:
    """Every number equals the list that it leads to."""
    leader.section(t("Home"))
    received, expected = map(int, leader.page.locator(".meter").first.inner_text().split("/"))
    leader.leave_by(leader.page.locator(".figure-link").first.click)
    assert rows_of(leader) == expected - received
    counts = {
        link.get_attribute("href"): int(re.findall(r"\d+", link.inner_text())[0])
        for link in standings_on_first_page(leader)
    }
    listed = {}
    for address in counts:
        leader.go(address)
        listed[address] = rows_of(leader)
    assert listed == counts


def standings_on_first_page(leader: Person) -> list[Locator]:
    leader.section(t("Home"))
    return leader.page.locator(".counts").get_by_role("link").all()


def rows_of(person: Person) -> int:
    """How many rows a list has on all its pages, without the headings of its groups."""
    rows = person.page.locator("tbody tr:not(.level)").count()
    following = person.page.get_by_role("link", name=t("Next"), exact=True)
    if following.count():
        return rows + rows_of(person.follow(t("Next")))
    return rows
