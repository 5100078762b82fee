"""The forms that tasks of the demo carry, each question with the answer that a school gives to it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from directives.actions.answers import save_reply
from directives.actions.dataforms import Asked, shape_form
from directives.models import Assignment, DataForm, FieldKind, Task
from directives.models.dataform import NO, YES, Value
from eduportal.pages.demo.figures import dice
from eduportal.pages.demo.tables import SchoolPlan
from schools.models import Posting

SCARCE = ("Môn Tin học", "Môn Khoa học tự nhiên", "Đồ chơi ngoài trời", "Môn Ngoại ngữ")


@dataclass(frozen=True)
class Question:
    """`answer` is by school and the day on which it fills in."""

    asked: Asked
    answer: Callable[[SchoolPlan, dt.date], Value]


def number(label: str, unit: str, answer: Callable[[SchoolPlan], int]) -> Question:
    return Question(Asked(label, FieldKind.WHOLE, unit=unit), lambda plan, day: Decimal(answer(plan)))


EQUIPMENT = (
    number("Số phòng học bộ môn, phòng chức năng", "phòng", lambda plan: 1 + dice(5, plan.code, "rooms")),
    number(
        "Số máy tính phục vụ dạy học còn dùng được",
        "máy",
        lambda plan: plan.classes + dice(20, plan.code, "computers"),
    ),
    number(
        "Số máy tính hỏng, đề nghị thanh lý",
        "máy",
        lambda plan: dice(9, plan.code, "broken"),
    ),
    Question(
        Asked("Thiết bị tối thiểu hiện có so với danh mục", FieldKind.PERCENT, unit="%"),
        lambda plan, day: Decimal(62 + dice(34, plan.code, "share")),
    ),
    Question(
        Asked(
            "Nhu cầu mua sắm bổ sung",
            FieldKind.DECIMAL,
            unit="triệu đồng",
            hint="Theo báo giá mới nhất, làm tròn một chữ số thập phân.",
        ),
        lambda plan, day: Decimal(plan.classes * 85 + dice(90, plan.code, "money")) / 10,
    ),
    Question(
        Asked("Nhóm thiết bị thiếu nhiều nhất", FieldKind.CHOICE, options=SCARCE),
        lambda plan, day: SCARCE[dice(len(SCARCE), plan.code, "scarce")],
    ),
    Question(Asked("Ngày lập biên bản kiểm kê", FieldKind.DAY), lambda plan, day: day),
    Question(
        Asked("Đã niêm yết biên bản tại trường", FieldKind.YES_NO),
        lambda plan, day: YES if dice(6, plan.code, "posted") else NO,
    ),
    Question(
        Asked("Ghi chú", FieldKind.TEXT, is_required=False),
        lambda plan, day: "" if dice(4, plan.code, "note") else "Một phần thiết bị hư hỏng do ẩm mốc.",
    ),
)
IDENTITY = (
    number("Số học sinh đã khớp mã định danh", "em", lambda plan: plan.pupils - dice(7, plan.code, "open")),
    number("Số học sinh còn sai lệch, đang xử lý", "em", lambda plan: dice(7, plan.code, "open")),
    number("Số giáo viên, nhân viên đã khớp mã định danh", "người", lambda plan: plan.classes * 2),
)


def ask(task: Task, questions: Sequence[Question], by: Posting) -> DataForm | None:
    return shape_form(task=task, version=0, asked=[one.asked for one in questions], by=by)


def lay_answers_ready(
    assignment: Assignment,
    questions: Sequence[Question],
    plan: SchoolPlan,
    *,
    by: Posting,
    now: dt.datetime,
) -> None:
    """The school's answers to some of the questions of its task, in their order, as a draft."""
    fields = assignment.task.data_form.fields.order_by("position")
    values = {field.pk: one.answer(plan, now.date()) for field, one in zip(fields, questions, strict=False)}
    save_reply(assignment=assignment, version=0, values=values, by=by, now=now)
