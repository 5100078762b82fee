"""Test objects. Units, people and documents are invented."""

import datetime as dt

import factory

from accounts.models import User
from directives.models import Assignment, Directive, Task
from eduportal.base.text import search_key

OPENED = dt.date(2025, 7, 1)
LETTERHEAD = {
    "superior": "UBND TỈNH NGỌC SƠN",
    "issuer": "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
    "symbol": "SGDĐT",
    "place": "Ngọc Sơn",
    "head_title": "GIÁM ĐỐC",
}


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"nguoi{n}")
    full_name = factory.Sequence(lambda n: f"Người Thứ {n}")
    search_key = factory.LazyAttribute(lambda user: search_key(f"{user.full_name} {user.username}"))


class DirectiveFactory(factory.django.DjangoModelFactory):
    """A draft; `issued=True` makes it an issued one."""

    class Meta:
        model = Directive

    class Params:
        issued = factory.Trait(
            state="issued",
            number=factory.Sequence(lambda n: str(n + 10_001)),  # out of reach of the numbers tests write
            issued_on=dt.date(2026, 11, 2),
            issued_at=dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC),
            issued_by=factory.SelfAttribute("created_by"),
        )

    office = None
    symbol = "SGDĐT-GDPT"
    subject = factory.Sequence(lambda n: f"Tăng cường nền nếp dạy học, đợt {n}")
    text = "1. Rà soát cơ sở vật chất trước ngày 15/12/2026."
    created_by = factory.SubFactory(UserFactory)


class TaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Task

    directive = factory.SubFactory(DirectiveFactory)
    position = factory.Sequence(lambda n: n)
    path = factory.Sequence(lambda n: str(n + 1))
    text = "Rà soát cơ sở vật chất, báo cáo kết quả."
    deadline = dt.date(2026, 12, 14)


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    task = factory.SubFactory(TaskFactory)
    unit = None
    deadline = factory.SelfAttribute("task.deadline")
    first_deadline = factory.SelfAttribute("deadline")
