"""Work that was handed out, for the tests of what becomes of it."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from directives.actions.dataforms import Asked, shape_form
from directives.models import Assignment, DataForm, Task
from eduportal.base.forms import KeptFile
from schools.models import Unit
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory

NOW = dt.datetime(2026, 11, 22, 10, 42, tzinfo=timezone.get_default_timezone())
TODAY = NOW.date()
DEADLINE = dt.date(2026, 12, 14)
PNG = b"\x89PNG\r\n\x1a\n picture"


def picture(name: str = "bien-ban.png") -> KeptFile:
    return KeptFile(name, PNG, "image/png")


def task_of(province, cast) -> Task:
    """An item of an issued document of the department."""
    document = DirectiveFactory(issued=True, office=province.department, created_by=cast.staff.user)
    return TaskFactory(directive=document, deadline=DEADLINE)


def given(task: Task, *units: Unit, **values) -> list[Assignment]:
    return [AssignmentFactory(task=task, unit=unit, **values) for unit in units]


def fresh(row):
    return type(row).objects.get(pk=row.pk)


ASKED = [
    Asked("Số lớp", "whole", unit="lớp"),
    Asked("Tỷ lệ chuyên cần", "percent", is_required=False),
    Asked("Ngày bắt đầu", "day", is_required=False),
    Asked("Hình thức", "choice", is_required=False, options=("Cả tuần", "Một số ngày")),
    Asked("Có bếp ăn", "yes_no", is_required=False),
    Asked("Khó khăn", "text", is_required=False),
]


def with_form(task: Task, cast, asked=ASKED) -> DataForm:
    return shape_form(task=task, version=0, asked=asked, by=cast.staff)


def keys(form: DataForm) -> list[int]:
    return list(form.fields.values_list("pk", flat=True))


def classes(form: DataForm, number: int) -> dict[int, Decimal]:
    return {keys(form)[0]: Decimal(number)}
