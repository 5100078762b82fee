"""The files of the demo: minutes as Word writes them, lists as Excel does. What they say is made up."""

import datetime as dt
import io
from collections.abc import Sequence

from docx import Document
from openpyxl import Workbook

from eduportal.base.forms import KeptFile
from eduportal.base.uploads import DOCX, XLSX
from eduportal.pages.demo.figures import dice
from eduportal.pages.demo.tables import SchoolPlan
from eduportal.pages.demo.texts import written

SUBJECTS = ("Khoa học tự nhiên", "Tin học", "Ngoại ngữ", "Giáo dục thể chất", "Âm nhạc", "Mĩ thuật")


def minutes(name: str, text: str) -> KeptFile:
    """A line of the text is a paragraph."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return KeptFile(f"{name}.docx", out.getvalue(), DOCX.content_type)


def listed(name: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> KeptFile:
    book = Workbook()
    sheet = book.active
    for row in (head, *rows):
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return KeptFile(f"{name}.xlsx", out.getvalue(), XLSX.content_type)


# --- annexes of documents -----------------------------------------------------------------------------------


def least_equipment() -> KeptFile:
    rows = [
        (number, subject, f"Bộ thiết bị dùng chung môn {subject}", "bộ", 1 + number % 3)
        for number, subject in enumerate(SUBJECTS, start=1)
    ]
    head = ("TT", "Môn học", "Thiết bị", "Đơn vị tính", "Số lượng tối thiểu mỗi trường")
    return listed("Phụ lục 1 - Danh mục thiết bị dạy học tối thiểu", head, rows)


def form_of_minutes() -> KeptFile:
    blank = "……………"
    text = written("bien-ban-doi-chieu", {}, school=blank, name=blank, day=blank, pupils=blank, wrong=blank,
                   principal=blank)  # fmt: skip
    return minutes("Phụ lục - Mẫu biên bản đối chiếu mã định danh", text)


# --- what schools show of their work ------------------------------------------------------------------------


def safety_minutes(plan: SchoolPlan, day: dt.date, principal: str) -> KeptFile:
    text = written(
        "bien-ban-an-toan",
        {"day": day},
        school=plan.name.upper(),
        name=plan.name,
        principal=principal,
        sockets=1 + dice(5, plan.code, "sockets"),
        extinguishers=6 + dice(12, plan.code, "extinguishers"),
        trees=2 + dice(9, plan.code, "trees"),
    )
    return minutes(f"Biên bản tự kiểm tra an toàn {plan.short_name}", text)


def identity_minutes(plan: SchoolPlan, day: dt.date, principal: str) -> KeptFile:
    text = written(
        "bien-ban-doi-chieu",
        {"day": day},
        school=plan.name.upper(),
        name=plan.name,
        principal=principal,
        pupils=plan.pupils,
        wrong=dice(14, plan.code, "wrong"),
    )
    return minutes(f"Biên bản đối chiếu {plan.short_name}", text)


def missing_equipment(plan: SchoolPlan, day: dt.date, principal: str) -> KeptFile:
    rows = [
        (number, subject, 1 + dice(6, plan.code, subject), "")
        for number, subject in enumerate(SUBJECTS, start=1)
        if dice(3, plan.code, "lacks", subject)
    ]
    head = ("TT", "Môn học", "Số bộ còn thiếu", f"Ghi chú (kiểm kê ngày {day:%d/%m/%Y}, {principal})")
    return listed(f"Danh mục thiết bị còn thiếu {plan.short_name}", head, rows)
