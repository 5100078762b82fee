"""Every address of the portal, by a visitor and by people of a foreign province.

A new address without an entry in one of the three tables fails `test_every_address_has_its_entry`.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from directives.models import Assignment, Directive
from reports.actions.briefing import build_briefing
from reports.actions.meeting import hold_meeting
from reports.actions.monthly import open_month
from reports.models import Briefing, Meeting, MonthlyReport
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory
from trail.actions import store_file
from trail.models import Job

NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)
SECRET = "Kiểm tra đột xuất bếp ăn bán trú"

# What a visitor may open: signing in, and what leads there.
PUBLIC = {
    "account_confirm_email": {"key": "x"},
    "account_confirm_login_code": {},
    "account_email_verification_sent": {},
    "account_inactive": {},
    "account_login": {},
    "account_reset_password": {},
    "account_reset_password_done": {},
    "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
    "account_reset_password_from_key_done": {},
    "account_signup": {},
    "healthz": {},
    "set_language": {},
}

# Pages that everybody who has signed in may ask for; what they list is the person's own.
OWN: dict[str, dict[str, Any]] = {
    "account_change_password": {},
    "account_email": {},
    "account_logout": {},
    "account_reauthenticate": {},
    "account_set_password": {},
    "directives:assignments": {},
    "directives:list": {},
    "directives:new": {},
    "home": {},
    "reports:briefing_build": {},
    "reports:briefings": {},
    "reports:accept_many": {},
    "reports:expected": {},
    "reports:live_figure": {"code": "primary.pupils"},
    "reports:missing": {},
    "reports:missing_file": {"kind": "csv"},
    "reports:own_months": {},
    "reports:remind": {},
    "reports:month_open": {},
    "reports:months": {},
    "schools:act_as": {},
}


@dataclass(frozen=True)
class Things:
    """One of each kind, all of the province's own; what is the school's is the Suối Mây primary school's."""

    draft: Directive
    issued: Directive
    assignment: Assignment
    report: MonthlyReport
    briefing: Briefing
    meeting: Meeting
    job: Job

    @property
    def task(self) -> dict[str, int]:
        return {"pk": self.draft.pk, "task_pk": self.draft.tasks.get().pk}

    @property
    def section(self) -> dict[str, int]:
        return {"pk": self.briefing.pk, "section_pk": self.briefing.sections.first().pk}


Arguments = Callable[[Things], dict[str, Any]]
A_DRAFT: Arguments = lambda things: {"pk": things.draft.pk}  # noqa: E731
AN_ISSUED: Arguments = lambda things: {"pk": things.issued.pk}  # noqa: E731
AN_ASSIGNMENT: Arguments = lambda things: {"pk": things.assignment.pk}  # noqa: E731
A_REPORT: Arguments = lambda things: {"pk": things.report.pk}  # noqa: E731
A_BRIEFING: Arguments = lambda things: {"pk": things.briefing.pk}  # noqa: E731
A_MEETING: Arguments = lambda things: {"pk": things.meeting.pk}  # noqa: E731
A_TASK: Arguments = lambda things: things.task  # noqa: E731
A_SECTION: Arguments = lambda things: things.section  # noqa: E731

# Addresses of one thing each. To people of another province the thing does not exist.
OBJECTS: dict[str, Arguments] = {
    "directives:add_task": A_DRAFT,
    "directives:approve": A_DRAFT,
    "directives:assignment": AN_ASSIGNMENT,
    "directives:confirm_task": A_TASK,
    "directives:detail": AN_ISSUED,
    "directives:issue": A_DRAFT,
    "directives:number": A_DRAFT,
    "directives:original": AN_ISSUED,
    "directives:pdf": AN_ISSUED,
    "directives:remove_task": A_TASK,
    "directives:restore_task": A_TASK,
    "directives:reopen_assignment": AN_ASSIGNMENT,
    "directives:report_progress": AN_ASSIGNMENT,
    "directives:return": A_DRAFT,
    "directives:review": A_DRAFT,
    "directives:submit": A_DRAFT,
    "directives:task": A_TASK,
    "directives:text": A_DRAFT,
    "job": lambda things: {"pk": things.job.pk},
    "reports:attendance": A_MEETING,
    "reports:briefing": A_BRIEFING,
    "reports:briefing_pdf": A_BRIEFING,
    "reports:figure": lambda things: {"pk": things.briefing.pk, "code": "primary.pupils"},
    "reports:meeting": A_MEETING,
    "reports:meeting_edit": A_MEETING,
    "reports:meeting_new": A_BRIEFING,
    "reports:notice_draft": A_MEETING,
    "reports:report": A_REPORT,
    "reports:report_accept": A_REPORT,
    "reports:report_excuse": A_REPORT,
    "reports:report_pdf": A_REPORT,
    "reports:report_return": A_REPORT,
    "reports:report_sheet": A_REPORT,
    "reports:section": A_SECTION,
    "reports:section_reset": A_SECTION,
}
# To other schools of the same commune these do not exist either.
OF_ONE_SCHOOL = [
    "directives:assignment",
    "directives:reopen_assignment",
    "directives:report_progress",
    "reports:report",
    "reports:report_accept",
    "reports:report_excuse",
    "reports:report_pdf",
    "reports:report_return",
    "reports:report_sheet",
]


def names(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    """The name of every address, with its namespace; an unnamed one gives its route."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern.url_patterns, namespace + inner)
        elif isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or str(pattern.pattern))


def test_every_address_has_its_entry():
    found = list(names(get_resolver().url_patterns))
    assert sorted(found) == sorted({**PUBLIC, **OWN, **OBJECTS})


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def things(province, cast, clock) -> Things:
    today = NOON.date()
    file = store_file(
        name="ban-goc.txt", content=b"x", content_type="text/plain", unit_id=province.department.pk
    )
    common = {"office": province.department, "created_by": cast.staff.user, "subject": SECRET}
    draft = DirectiveFactory(**common)
    TaskFactory(directive=draft)
    issued = DirectiveFactory(issued=True, written_here=True, original=file, print_file=file, **common)
    assignment = AssignmentFactory(task=TaskFactory(directive=issued), unit=province.cloud_primary)
    period = open_month(year=2026, month=10, by=None, today=today).period
    briefing = build_briefing(office=province.department, period=period, by=None, today=today, now=NOON)
    meeting = hold_meeting(
        briefing=briefing, title=SECRET, held_at=NOON, place="Sở", chair="Giám đốc", by=cast.staff
    )
    return Things(
        draft=draft,
        issued=issued,
        assignment=assignment,
        report=MonthlyReport.objects.get(unit=province.cloud_primary),
        briefing=briefing,
        meeting=meeting,
        job=Job.objects.create(
            kind="test", unit_id=province.department.pk, requested_by_id=cast.staff.user_id
        ),
    )


def answers(client: Client, things: Things, name: str) -> set[int]:
    """What GET and POST are answered, of which one at least must be allowed; whatever they did is undone."""
    url = reverse(name, kwargs=OBJECTS[name](things))
    got = set()
    with transaction.atomic():
        for ask in (client.get, client.post):
            response = ask(url)
            if response.streaming:
                list(response)  # a file to be sent is open until it is
            got.add(response.status_code)
        transaction.set_rollback(True)
    return got - {HTTPStatus.METHOD_NOT_ALLOWED}


class TestVisitor:
    def test_is_led_to_sign_in(self, things):
        kwargs = OWN | {name: arguments(things) for name, arguments in OBJECTS.items()}
        urls = [reverse(name, kwargs=kwargs[name]) for name in kwargs if name != "account_logout"]
        led_to = {url: [Client().get(url), Client().post(url)] for url in urls}
        assert {url: [answer.headers.get("Location") for answer in got] for url, got in led_to.items()} == {
            url: [f"/account/login/?next={url}"] * 2 for url in urls
        }

    def test_has_nothing_to_sign_out_of(self, db):
        assert Client().post(reverse("account_logout")).headers["Location"] == "/"

    @pytest.mark.parametrize("name", PUBLIC)
    def test_gets_no_further_than_the_way_in(self, things, name):
        page = Client().get(reverse(name, kwargs=PUBLIC[name]), follow=True)
        assert SECRET not in page.content.decode()
        assert "_auth_user_id" not in page.client.session


class TestOutsiders:
    @pytest.mark.parametrize("who", ["outsider", "outsider_principal"])
    def test_the_things_do_not_exist(self, things, cast, client_of, who):
        client = client_of(getattr(cast, who))
        got = {name: answers(client, things, name) for name in OBJECTS}
        assert got == {name: {HTTPStatus.NOT_FOUND} for name in OBJECTS}

    def test_nor_do_those_of_one_school_to_the_school_next_door(self, things, cast, client_of):
        client = client_of(cast.neighbour)
        got = {name: answers(client, things, name) for name in OF_ONE_SCHOOL}
        assert got == {name: {HTTPStatus.NOT_FOUND} for name in OF_ONE_SCHOOL}

    def test_and_yet_they_exist(self, things, cast, client_of):
        """So that the tests above are no proof by wrong addresses."""
        client = client_of(cast.staff)
        assert [name for name in OBJECTS if HTTPStatus.NOT_FOUND in answers(client, things, name)] == []

    def test_the_answer_gives_no_hint(self, things, cast, client_of):
        client = client_of(cast.outsider)
        urls = [reverse("directives:detail", args=[pk]) for pk in (things.issued.pk, 987654)]
        pages = [client.get(url).content.decode().replace(url, "") for url in urls]
        foreign, nowhere = (re.sub(r"\b\w{64}\b", "token", page) for page in pages)
        assert foreign == nowhere

    @pytest.mark.parametrize("who", ["outsider", "outsider_principal", "neighbour"])
    def test_lists_and_first_pages_do_not_speak_of_them(self, things, cast, client_of, who):
        client = client_of(getattr(cast, who))
        for name, kwargs in OWN.items():
            page = client.get(reverse(name, kwargs=kwargs), follow=True).content.decode()
            assert (name, SECRET in page, "Trường Tiểu học Suối Mây" in page) == (name, False, False)
