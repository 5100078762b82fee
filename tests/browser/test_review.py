"""The check of a letter with fourteen tasks: with the mouse, with the keyboard alone, and on a telephone."""

import re

import pytest
from playwright.sync_api import Locator, ViewportSize, expect

from tests.browser.conftest import People
from tests.browser.desks import Review
from tests.browser.people import PHONE, Person
from tests.browser.words import t, tn

WIDER = ViewportSize(width=1400, height=900)  # somebody else's screen

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one served demo

SCHOOL_WORK = [
    "Rà soát phòng học, bổ sung thiết bị trước ngày 15/12/2026. Lập danh sách phòng cần sửa chữa.",
    "Các trường tiểu học xếp lớp hai buổi, báo cáo trước ngày 01/12/2026.",
    "Các trường THCS khảo sát chất lượng lớp 9, hoàn thành chậm nhất ngày 20/12/2026.",
    "Trường THCS Bình Minh Xa báo cáo kinh nghiệm dạy học hai buổi.",
    "Kiểm tra bếp ăn bán trú, gửi biên bản trước ngày 05/12/2026.",
    "Tổ chức tuần lễ đọc sách trong tháng 12/2026.",
    "Các trường mầm non cân đo trẻ, hoàn thành trước ngày 10/12/2026.",
    "Rà soát học sinh có nguy cơ bỏ học, báo cáo trước ngày 08/12/2026.",
    "Tổ chức hội giảng cấp trường, hoàn thành chậm nhất ngày 25/12/2026, báo cáo chậm nhất ngày 31/12/2026.",
    "Cập nhật cơ sở dữ liệu ngành trước ngày 12/12/2026.",
    "Các trường THCS tổ chức ngày hội tư vấn hướng nghiệp trong tháng 12/2026.",
    "Kiểm tra an toàn cổng trường, hàng rào trước ngày 03/12/2026.",
    "Lập kế hoạch ôn tập học kỳ I trước ngày 18/12/2026.",
    "Tuyên truyền phòng, chống đuối nước.",
]
LETTER = """UBND TỈNH NGỌC SƠN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ GIÁO DỤC VÀ ĐÀO TẠO                        Độc lập - Tự do - Hạnh phúc

Số: {number}/SGDĐT-GDPT                        Ngọc Sơn, ngày 20 tháng 11 năm 2026

V/v nhiệm vụ trọng tâm tháng 12 năm 2026

Kính gửi: Các trường mầm non, tiểu học, trung học cơ sở.

Sở Giáo dục và Đào tạo đề nghị các nhà trường thực hiện các nội dung sau:

{items}

Nơi nhận:
- Như trên;
- Lưu: VT, GDPT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Hoàng Văn Thái
"""
NUMBERS = iter(range(801, 899))


def upload(staff: Person) -> Review:
    items = "\n\n".join(f"{number}. {words}" for number, words in enumerate(SCHOOL_WORK, start=1))
    staff.section(t("Documents")).follow(t("New document"))
    staff.fill(t("or its text"), LETTER.format(number=next(NUMBERS), items=items))
    staff.press(t("Read the document"))
    return Review(staff)


def key(staff: Person, *keys: str) -> None:
    """Press keys one after the other; what one of them brings from the portal is waited for."""
    for one in keys:
        staff.page.keyboard.press(one)
        staff.page.wait_for_function("() => !document.querySelector('.htmx-request')")
        staff.page.wait_for_timeout(50)
        expect(staff.page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def chosen(staff: Person) -> Locator:
    return staff.page.locator(".item.chosen")


def has_focus(item: Locator) -> bool:
    return bool(item.evaluate("(element) => element.contains(document.activeElement)"))


def lit(staff: Person) -> str:
    return " ".join("".join(staff.page.locator("#sheet .lit").all_inner_texts()).split())


def numbers(review: Review) -> list[str]:
    return review.items.locator(".item-number").all_inner_texts()


@pytest.fixture
def staff(people: People) -> Person:
    return people("chuyenvien")


def test_a_letter_of_fourteen_tasks_is_checked_and_issued_by_keyboard(staff: Person):
    """Doubts first, the rest at once, and on to issuing: no hand leaves the keys."""
    review = upload(staff)
    assert len(numbers(review)) == 14
    assert review.doubtful() == ["4", "9"]
    key(staff, "n")
    assert has_focus(review.item("4"))
    assert lit(staff).startswith("4. Trường THCS Bình Minh Xa")
    key(staff, "x", "n", "a", "A")
    expect(staff.page.locator("#doubts")).to_have_text(
        re.compile(re.escape(t("Nothing is left to look at.")))
    )
    done = tn(
        "%(checked)s of %(all)s task checked", "%(checked)s of %(all)s tasks checked", 13, checked=13, all=13
    )
    expect(staff.page.locator("#review-tools")).to_contain_text(done)
    staff.look("checked-by-keyboard")
    staff.tab_to(t("Issue…"))
    staff.leave_by(lambda: staff.page.keyboard.press("Enter"))
    staff.press(t("Issue"))
    assert staff.told() == [t("The document is issued and its tasks are handed out.")]


def test_choosing_on_either_side_lights_up_the_other(staff: Person):
    review = upload(staff)
    staff.page.locator("#sheet").get_by_text("Tổ chức tuần lễ đọc sách").click()
    assert has_focus(review.item("6"))
    expect(review.item("6")).to_be_in_viewport()
    key(staff, "j")
    assert lit(staff) == f"7. {SCHOOL_WORK[6]}"
    review.item("14").locator(".item-text").click()
    assert lit(staff) == f"14. {SCHOOL_WORK[13]}"
    expect(staff.page.locator("#sheet .lit").first).to_be_in_viewport()
    review.item("2").locator(".words").first.click()
    assert staff.page.locator("#sheet :target").inner_text() == "trước ngày 01/12/2026"


def test_a_button_stays_under_the_pointer_that_presses_it(staff: Person):
    """The text of a chosen item is shown in full, but not before the pointer is lifted."""
    review = upload(staff)
    item = review.item("1")
    item.locator(".item-text").evaluate("(text) => { text.textContent = 'Rà soát phòng học. '.repeat(60); }")
    item.get_by_role("link", name=t("Edit")).click()
    expect(item.get_by_role("button", name=t("Save item"))).to_be_visible()


def test_items_are_split_joined_moved_and_all_of_it_taken_back(staff: Person):
    review = upload(staff)
    before = numbers(review)
    key(staff, "j", "s")
    staff.page.keyboard.press("Space")
    key(staff, "Control+Enter")
    assert numbers(review)[:3] == ["1", "1 (2)", "2"]
    assert has_focus(review.item("1"))
    key(staff, "j", ">")
    assert numbers(review)[:3] == ["1", "1.1", "2"]
    assert has_focus(review.item("1.1"))
    key(staff, "<")
    key(staff, "K")
    assert chosen(staff).get_by_role("alert").count() == 0
    key(staff, "J", "m")
    staff.look("moved-and-joined")
    for _ in range(6):
        key(staff, "u")
    assert numbers(review) == before
    assert staff.page.locator('[data-page-key="u"]').count() == 0


def test_a_task_is_made_from_selected_words(staff: Person):
    review = upload(staff)
    words = staff.page.locator("#sheet").get_by_text("Lập danh sách phòng cần sửa chữa.")
    words.evaluate(
        """(part) => {
             const at = part.firstChild.data.indexOf("Lập danh sách");
             getSelection().setBaseAndExtent(part.firstChild, at, part.firstChild, part.firstChild.length);
           }"""
    )
    expect(staff.button(t("Add a task from the selected words"))).to_be_visible()
    key(staff, "+")
    typed = staff.page.locator("#add").get_by_label(t("Text"), exact=True)
    expect(typed).to_have_value("Lập danh sách phòng cần sửa chữa.")
    expect(typed).to_be_focused()
    staff.press(t("Add the task"))
    assert lit(staff) == "Lập danh sách phòng cần sửa chữa."
    assert review.item_saying("Lập danh sách phòng cần sửa chữa.").count() == 2


def test_nothing_typed_is_lost_on_reload(staff: Person):
    review = upload(staff)
    key(staff, "j", "e")
    staff.page.keyboard.press("Control+End")
    staff.page.keyboard.type(" Đang gõ dở")
    expect(staff.page.locator("[data-kept]")).to_contain_text(t("kept at"))
    staff.open(t("Head of the document"))
    staff.fill(t("Subject"), "Trích yếu đang gõ dở")
    with staff.page.expect_response(lambda response: response.url.endswith("/keep/")):
        staff.page.keyboard.press("Tab")
    staff.leave_by(staff.page.reload)
    expect(review.items.first.locator("textarea").first).to_have_value(re.compile("Đang gõ dở$"))
    expect(staff.field(t("Subject"))).to_have_value("Trích yếu đang gõ dở")
    staff.leave_by(staff.page.get_by_role("link", name=t("Issue…"), exact=True).click)
    assert "/issue/" in staff.page.url


def test_two_who_edit_one_item_are_asked(staff: Person, people: People):
    upload(staff)
    second = people("chuyenvien", WIDER)
    second.go(staff.page.url)
    for person in (staff, second):
        key(person, "j", "e")
    staff.page.locator(".item textarea").first.fill("Của người thứ nhất.")
    key(staff, "Control+Enter")
    second.page.locator(".item textarea").first.fill("Của người thứ hai.")
    key(second, "Control+Enter")
    conflict = second.page.locator(".item .conflict")
    expect(conflict).to_be_focused()
    expect(conflict).to_contain_text("Của người thứ nhất.")
    expect(conflict).to_contain_text("Của người thứ hai.")


def test_keys_are_listed_and_can_be_switched_off(staff: Person):
    review = upload(staff)
    key(staff, "?")
    expect(staff.page.locator("#keys .menu-list")).to_be_visible()
    staff.look("keys")
    staff.page.get_by_label(t("Use these keys on this device")).uncheck()
    staff.page.keyboard.press("Escape")
    expect(staff.page.locator("#keys .menu-list")).to_be_hidden()
    key(staff, "j")
    assert chosen(staff).count() == 0
    staff.page.evaluate("localStorage.clear()")
    assert len(numbers(review)) == 14


def test_the_check_on_a_phone_shows_one_part_at_a_time(people: People):
    staff = people("chuyenvien", PHONE)
    review = upload(staff)
    original = staff.button(t("Original"))
    expect(review.sheet).to_be_hidden()
    staff.has_at_hand(staff.page.get_by_role("link", name=t("Issue…"), exact=True))
    staff.page.locator("[data-next-doubt]").click()
    item = review.item("4")
    expect(item).to_be_in_viewport()
    item.get_by_role("link", name=t("in the text")).click()
    expect(original).to_have_attribute("aria-pressed", "true")
    expect(staff.page.locator("#sheet .lit").first).to_be_in_viewport()
    staff.look("original-on-a-phone")
    staff.page.locator("#sheet .lit").first.click()
    expect(review.sheet).to_be_hidden()
    assert has_focus(item)
    item.locator("summary", has_text=t("More")).click()
    staff.look("menu-of-an-item")
    item.get_by_role("button", name=t("Join with the item before")).click()
    expect(review.items).to_have_count(13)
    accept = tn("Accept the %(amount)s that is sure", "Accept the %(amount)s that are sure", 11, amount=11)
    staff.press_here(accept)
    expect(staff.page.locator("#said")).to_have_text(
        tn("%(amount)s task accepted.", "%(amount)s tasks accepted.", 11, amount=11)
    )


def test_without_scripts_the_essentials_work(people: People):
    """Accept, edit, split, move, take out, put back, accept the rest: each a form of its own."""
    context = people.browser.new_context(
        base_url=people.portal.address, java_script_enabled=False, locale="vi-VN"
    )
    page = context.new_page()
    try:
        page.goto("/")
        page.get_by_label(t("Username")).fill("chuyenvien")
        page.get_by_label(t("Password"), exact=True).fill(people.portal.passwords["chuyenvien"])
        page.get_by_role("button", name=t("Sign in")).click()
        page.goto("/documents/new/")
        items = "\n".join(f"{number}. {words}" for number, words in enumerate(SCHOOL_WORK[:4], start=1))
        page.locator("textarea[name=text]").fill(LETTER.format(number=next(NUMBERS), items=items))
        page.get_by_role("button", name=t("Read the document")).click()
        of = lambda path: page.locator(".items > .item", has=page.locator(f".item-number:text-is('{path}')"))  # noqa: E731
        of("2").get_by_role("button", name=t("Accept")).click()
        expect(of("2")).to_contain_text(t("checked"))
        of("3").get_by_role("link", name=t("Edit")).click()
        page.locator(".item textarea").first.fill("Việc đã sửa.")
        page.get_by_role("button", name=t("Save item")).click()
        expect(of("3")).to_contain_text("Việc đã sửa.")
        of("1").locator("summary", has_text=t("More")).click()
        of("1").get_by_role("link", name=t("Split…")).click()
        page.get_by_label("Lập danh sách phòng cần sửa chữa.").check()
        page.get_by_role("button", name=t("Split"), exact=True).click()
        of("1 (2)").locator("summary", has_text=t("More")).click()
        of("1 (2)").get_by_role("button", name=t("One level deeper")).click()
        expect(of("1.1")).to_contain_text("Lập danh sách")
        of("4").get_by_role("button", name=t("Take out")).click()
        page.locator(".item.removed").get_by_role("button", name=t("Undo")).click()
        expect(of("4")).to_contain_text("Bình Minh Xa")
        page.locator("#review-tools button").last.click()
        page.locator('[data-page-key="A"]').click()
        expect(page.locator(".messages")).to_contain_text(
            tn("%(amount)s task accepted.", "%(amount)s tasks accepted.", 2, amount=2)
        )
    finally:
        context.close()
