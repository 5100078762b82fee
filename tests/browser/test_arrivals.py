"""What another office sent: registered, given to somebody with a word on it, and their task from then on."""

import pytest

from tests.browser.conftest import People
from tests.browser.people import PHONE, Person
from tests.browser.words import t, tn

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]  # one served demo

SENDER = "UBND tỉnh Ngọc Sơn"
SUBJECT = "Tăng cường phòng, chống tai nạn, đuối nước trẻ em"
LETTER = f"""UBND TỈNH NGỌC SƠN
VĂN PHÒNG

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 87/VP-VX
V/v {SUBJECT.lower()}

Ngọc Sơn, ngày 16 tháng 11 năm 2026

Kính gửi: Sở Giáo dục và Đào tạo.

1. Sở Giáo dục và Đào tạo tham mưu kế hoạch dạy bơi an toàn cho học sinh tiểu học.

2. Các sở, ngành phối hợp thực hiện.

CHÁNH VĂN PHÒNG

Phùng Gia Bảo
"""
INSTRUCTION = "Tham mưu kế hoạch dạy bơi an toàn cho học sinh tiểu học năm 2027."
DEADLINE = "15/01/2027"


def test_an_incoming_document_is_registered_and_given_to_somebody(people: People):
    register(people("vanthu"))
    say_who_handles_it(people("lanhdao", PHONE))
    hand_it_over(people("chuyenvien"))
    find_the_task(people("tieuhoc"))


def register(registrar: Person) -> None:
    """The arrival number is given at once, and what was mistyped is put right."""
    registrar.section(t("Documents")).follow(t("New document"))
    registrar.press(t("Read the document"))
    registrar.sees(t("Say which office sent the document."))
    registrar.sees(t("Choose the file of the document, or paste its text."))
    registrar.fill(t("Sent by"), "UBND tỉnh Ngọc Sn")
    registrar.fill(t("or its text"), LETTER)
    registrar.press(t("Read the document"))
    assert registrar.told() == [t("Registered under arrival number %(number)s.", number=1)]
    assert registrar.heading == SUBJECT
    registrar.follow(t("Correct the registration"))
    assert registrar.fact(t("Arrival number")) == "1"
    assert registrar.field(t("Number")).input_value() == "87"
    registrar.fill(t("Sent by"), SENDER)
    registrar.press(t("Save"))
    assert SENDER in registrar.page.locator(".lede").inner_text()


def say_who_handles_it(leader: Person) -> None:
    """From the list of what waits, on the way, by phone."""
    leader.section(t("Documents"))
    one, many = (
        "%(amount)s incoming document waits to be given to somebody",
        "%(amount)s incoming documents wait to be given to somebody",
    )
    leader.follow(tn(one, many, 1, amount=1))
    leader.follow(SUBJECT)
    leader.follow(t("Who handles it…"))
    leader.choose(t("Who handles it"), "P. GDTH")
    leader.fill(t("Instruction"), INSTRUCTION)
    leader.fill(t("Deadline"), DEADLINE)
    leader.press(t("Give the instruction"))
    assert leader.told() == [t("The instruction is given.")]


def hand_it_over(staff: Person) -> None:
    """Asked once, with what will happen; nobody else receives anything."""
    staff.section(t("Home")).follow(SUBJECT, exact=False)
    staff.follow(t("The document, its files, throwing it away"))
    staff.sees(INSTRUCTION)
    staff.follow(t("Take it over within the office…"))
    staff.sees(t("%(unit)s receives the instruction as one task.", unit="P. GDTH"))
    staff.press(t("Hand it over"))
    assert staff.told() == [t("Handed over. The instruction is now a task of its own.")]


def find_the_task(division: Person) -> None:
    division.section(t("Home")).follow(INSTRUCTION[:30], exact=False)
    assert DEADLINE in division.fact(t("Deadline"))
    assert "87/VP-VX" in division.fact(t("Document"))


def test_the_registrar_finds_an_issued_document_by_its_number(people: People):
    registrar = people("vanthu")
    registrar.section(t("Documents"))
    registrar.fill(t("Words or number"), "01/tb-sgdđt")
    registrar.press(t("Find"))
    rows = registrar.page.get_by_role("row").all()[1:]
    assert [row.get_by_role("cell").first.inner_text() for row in rows] == ["01/TB-SGDĐT"]
    registrar.leave_by(rows[0].get_by_role("link").first.click)
    assert registrar.download(t("PDF")).startswith(b"%PDF-")
