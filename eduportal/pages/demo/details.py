"""What documents of the whole demo bring besides their text: annexes, forms, later days, files of schools.

By name of the document; a document that is not named here brings nothing more.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from eduportal.pages.demo import papers
from eduportal.pages.demo.directives import Plan
from eduportal.pages.demo.later_days import Request
from eduportal.pages.demo.questions import EQUIPMENT, IDENTITY

DETAILS: Mapping[str, Mapping[str, Any]] = {
    "an-toan-truong-hoc": {"proofs": {"1": papers.safety_minutes}},
    "hoc-ba-so": {
        "annexes": (papers.form_of_minutes,),
        "forms": {"II.1": IDENTITY},
        "proofs": {"II.1": papers.identity_minutes},
        "requests": (
            Request(
                "II.2",
                "thdoithong",
                10,
                "Giáo viên phụ trách chữ ký số nghỉ thai sản, trường đang chờ cấp chứng thư cho người thay.",
                granted=True,
                answer="Đồng ý. Đề nghị trường gửi danh sách cấp chứng thư số về Phòng Giáo dục Tiểu học.",
            ),
            Request(
                "II.3",
                "huoisim",
                7,
                "Đường truyền đứt do sạt lở, trường chưa ký số được sổ điểm của 4 lớp.",
                after=60,
            ),
            Request(
                "III.1",
                "xa:nakhuong",
                45,
                "Kinh phí mua máy tính của xã chuyển sang năm sau mới được phân bổ.",
                after=8,
                granted=False,
                answer="Kinh phí đã được phân bổ từ quý III; đề nghị UBND xã bố trí đúng thời hạn đã giao.",
            ),
        ),
    },
    "co-so-vat-chat": {
        "annexes": (papers.least_equipment,),
        "forms": {"1": EQUIPMENT},
        "proofs": {"1": papers.missing_equipment},
        "requests": (
            Request(
                "2",
                "lungsan",
                9,
                "Cầu tạm qua suối Lùng chưa khôi phục, đơn vị tư vấn chưa vào khảo sát được điểm trường.",
                after=38,
            ),
            Request(
                "2",
                "hangche",
                6,
                "Trường chờ kết quả kiểm định nhà bán trú để đưa vào dự toán.",
                after=35,
            ),
            Request(
                "2",
                "palau",
                5,
                "Kế toán nhà trường đi học tập trung đến hết tuần.",
                after=12,
                granted=True,
                answer="Đồng ý gia hạn.",
            ),
        ),
    },
}


def with_details(plan: Plan) -> Plan:
    return replace(plan, **DETAILS.get(plan.name, {}))
