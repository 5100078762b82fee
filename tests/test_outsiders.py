"""Every address of the portal, by a visitor and by people of a foreign province.

A new address without an entry in one of the three tables fails `test_every_address_has_its_entry`.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.actions.tokens import make_token
from accounts.models import ApiToken
from directives.actions.dataforms import Asked, shape_form
from directives.actions.extensions import ask_extension
from directives.models import Annex, Assignment, Directive, Errand, Evidence, Extension, ReadTarget, Upload
from reports.actions.briefing import build_briefing
from reports.actions.inviting import send_invitations, uninvite_units
from reports.actions.meeting import hold_meeting
from reports.actions.opening import open_month
from reports.actions.proceedings import draft_minutes, publish_papers
from reports.models import (
    Briefing,
    FigureComment,
    JointAcceptance,
    Meeting,
    MeetingFile,
    Minutes,
    MonthlyReport,
)
from schools.actions import enter_recognition, school_year_period
from schools.models import Posting, StandardRecognition
from targets.actions import Goal, send_pledge, set_target
from targets.models import Indicator, Measure, Pledge, Target
from tests.conftest import posted
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory
from trail.actions import store_file
from trail.models import Job, StoredFile

NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)
SECRET = "Kiểm tra đột xuất bếp ăn bán trú"

# What a visitor may open: signing in, and what leads there.
PUBLIC = {
    "account_inactive": {},
    "account_login": {},
    "account_reset_password": {},
    "account_reset_password_done": {},
    "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
    "account_reset_password_from_key_done": {},
    "account_signup": {},
    "check": {},
    "check_document": {"code": "ABCD-EFGH-JKMN"},
    "healthz": {},
    "offline": {},
    "readyz": {},
    "service_worker": {},
    "set_language": {},
}

# Pages that everybody who has signed in may ask for; what they list is the person's own.
OWN: dict[str, dict[str, Any]] = {
    "account_change_password": {},
    "account_logout": {},
    "account_reauthenticate": {},
    "directives:assignments": {},
    "directives:assignments_workbook": {},
    "directives:board": {},
    "directives:book": {},
    "directives:book_pdf": {},
    "directives:book_workbook": {},
    "directives:extensions": {},
    "directives:grant_extensions": {},
    "directives:list": {},
    "directives:new": {},
    "directives:registers": {},
    "directives:register_source": {},
    "home": {},
    "school_list": {},
    "search": {},
    "reports:briefing_build": {},
    "reports:briefing_plan": {},
    "reports:briefing_plan_days": {},
    "reports:briefing_plan_parts": {},
    "reports:briefing_plan_usual": {},
    "reports:briefings": {},
    "reminders": {},
    "reports:accept_many": {},
    "reports:accept_clear": {},
    "reports:chased": {},
    "reports:review": {},
    "reports:timeliness": {},
    "reports:timeliness_file": {"kind": "csv"},
    "reports:doubts": {},
    "reports:due_day": {},
    "reports:expected": {},
    "reports:live_figure": {"code": "primary.pupils"},
    "reports:missing": {},
    "reports:missing_file": {"kind": "csv"},
    "reports:own_months": {},
    "reports:remind": {},
    "reports:month_open": {},
    "reports:months": {},
    "schools:act_as": {},
    "schools:standard_new": {},
    "schools:standards": {},
    "targets:board": {},
    "targets:board_pdf": {},
    "targets:board_docx": {},
    "targets:indicator": {"code": "primary.pupils"},
    "targets:indicators": {},
    "targets:new": {},
    "targets:approve_pledges": {},
    "targets:pledge_new": {},
    "targets:try_formula": {},
    "reports:form_preview": {},
    "targets:pledges": {},
    # for administrators; everybody else is answered 403
    "administration:import": {"resource": "schools"},
    "administration:jobs": {},
    "administration:letters": {},
    "administration:people": {},
    "administration:person_new": {},
    "administration:sample": {"resource": "schools"},
    "administration:export": {"resource": "schools", "kind": "csv"},
    "administration:schools_without_account": {},
    "administration:sheets": {},
    "administration:units_without_people": {},
    # tokens of other programmes
    "api:docs": {},
    "token_new": {},
    "tokens": {},
}


@dataclass(frozen=True)
class Things:
    """One of each kind, all of the province's own; what is the school's is the Suối Mây primary school's."""

    draft: Directive
    issued: Directive
    assignment: Assignment
    report: MonthlyReport
    comment: FigureComment
    joint: JointAcceptance
    briefing: Briefing
    meeting: Meeting
    job: Job
    evidence: Evidence
    errand: Errand
    extension: Extension
    recognition: StandardRecognition
    target: Target
    pledge: Pledge
    read_target: ReadTarget
    posting: Posting
    sheet: StoredFile
    failed: Job
    token: ApiToken
    upload: Upload

    @property
    def task(self) -> dict[str, int]:
        return {"pk": self.draft.pk, "task_pk": self.draft.tasks.get().pk}

    @property
    def annex(self) -> dict[str, int]:
        return {"pk": self.draft.pk, "annex_pk": self.draft.annexes.get().pk}

    @property
    def section(self) -> dict[str, int]:
        return {"pk": self.briefing.pk, "section_pk": self.briefing.sections.first().pk}


Arguments = Callable[[Things], dict[str, Any]]
A_DRAFT: Arguments = lambda things: {"pk": things.draft.pk}  # noqa: E731
AN_ISSUED: Arguments = lambda things: {"pk": things.issued.pk}  # noqa: E731
AN_ASSIGNMENT: Arguments = lambda things: {"pk": things.assignment.pk}  # noqa: E731
A_REPORT: Arguments = lambda things: {"pk": things.report.pk}  # noqa: E731
A_JOINT: Arguments = lambda things: {"pk": things.joint.pk}  # noqa: E731
A_BRIEFING: Arguments = lambda things: {"pk": things.briefing.pk}  # noqa: E731
A_MEETING: Arguments = lambda things: {"pk": things.meeting.pk}  # noqa: E731
A_MEETING_FILE: Arguments = lambda things: {  # noqa: E731
    "pk": things.meeting.pk,
    "file_pk": things.meeting.files.get().pk,
}
A_RECOGNITION: Arguments = lambda things: {"pk": things.recognition.pk}  # noqa: E731
A_TARGET: Arguments = lambda things: {"pk": things.target.pk}  # noqa: E731
A_PLEDGE: Arguments = lambda things: {"pk": things.pledge.pk}  # noqa: E731
A_READ_TARGET: Arguments = lambda things: {  # noqa: E731
    "pk": things.issued.pk,
    "read_pk": things.read_target.pk,
}
A_TASK: Arguments = lambda things: things.task  # noqa: E731
AN_ANNEX: Arguments = lambda things: things.annex  # noqa: E731
A_SECTION: Arguments = lambda things: things.section  # noqa: E731
AN_UPLOAD: Arguments = lambda things: {"pk": things.upload.pk}  # noqa: E731
A_SCHOOL: Arguments = lambda things: {"pk": things.assignment.unit_id}  # noqa: E731
A_PERSON: Arguments = lambda things: {"pk": things.posting.user_id}  # noqa: E731

# Work that was handed out: one unit's share, and the item over all units.
A_STEP: Arguments = lambda things: {"pk": things.assignment.pk, "name": "pause"}  # noqa: E731
A_TASK_OF_ALL: Arguments = lambda things: {"pk": things.assignment.task_id}  # noqa: E731
A_STEP_OF_ALL: Arguments = lambda things: A_TASK_OF_ALL(things) | {"name": "pause"}  # noqa: E731
A_FILE: Arguments = lambda things: {"pk": things.evidence.pk}  # noqa: E731
AN_ERRAND: Arguments = lambda things: {"pk": things.errand.pk}  # noqa: E731
AN_EXTENSION: Arguments = lambda things: {"pk": things.extension.pk}  # noqa: E731
WORK: dict[str, Arguments] = {
    "directives:add_evidence": AN_ASSIGNMENT,
    "directives:answers": A_TASK_OF_ALL,
    "directives:answers_workbook": A_TASK_OF_ALL,
    "directives:ask_extension": AN_ASSIGNMENT,
    "directives:decide_extension": AN_EXTENSION,
    "directives:evidence": A_FILE,
    "directives:evidence_thumbnail": A_FILE,
    "directives:give_errand": AN_ASSIGNMENT,
    "directives:finish_errand": AN_ERRAND,
    "directives:reopen_errand": AN_ERRAND,
    "directives:take_back_errand": AN_ERRAND,
    "directives:remove_evidence": A_FILE,
    "directives:reply": AN_ASSIGNMENT,
    "directives:reply_workbook": AN_ASSIGNMENT,
    "directives:return_reply": AN_ASSIGNMENT,
    "directives:reassign": AN_ASSIGNMENT,
    "directives:recurrence": A_TASK_OF_ALL,
    "directives:stop_recurrence": A_TASK_OF_ALL,
    "directives:send_evidence": AN_ASSIGNMENT,
    "directives:shape_form": A_TASK_OF_ALL,
    "directives:step": A_STEP,
    "directives:step_of_all": A_STEP_OF_ALL,
    "directives:task_of_all": A_TASK_OF_ALL,
    "directives:upload_reply": AN_ASSIGNMENT,
}

# Addresses of one thing each. To people of another province the thing does not exist.
# An invitation is for the unit that is invited; for the office that invites, it does not exist.
INVITATION: dict[str, Arguments] = {
    "reports:absence": A_MEETING,
    "reports:check_in": A_MEETING,
    "reports:invitation": A_MEETING,
    "reports:invitation_calendar": A_MEETING,
    "reports:invitation_file": A_MEETING_FILE,
    "reports:invitation_minutes_pdf": A_MEETING,
    "reports:invitation_pdf": A_MEETING,
}
OBJECTS: dict[str, Arguments] = {
    **WORK,
    **INVITATION,
    "directives:add_annexes": A_DRAFT,
    "directives:annex": AN_ANNEX,
    "directives:remove_annex": AN_ANNEX,
    "directives:bring_back": A_DRAFT,
    "directives:change": AN_ISSUED,
    "directives:discard": A_DRAFT,
    "directives:forget_upload": AN_UPLOAD,
    "directives:hand_over": A_DRAFT,
    "directives:instruct": A_DRAFT,
    "directives:registration": A_DRAFT,
    "directives:task_units": A_TASK,
    "directives:accept_sure": A_DRAFT,
    "directives:add_task": A_DRAFT,
    "directives:keep_typed": A_DRAFT,
    "directives:leave_task": A_TASK,
    "directives:let_go": A_DRAFT,
    "directives:move_task": A_TASK,
    "directives:split_task": A_TASK,
    "directives:undo": A_DRAFT,
    "directives:approve": A_DRAFT,
    "directives:assignment": AN_ASSIGNMENT,
    "directives:confirm_task": A_TASK,
    "directives:detail": AN_ISSUED,
    "directives:matrix": AN_ISSUED,
    "directives:matrix_workbook": AN_ISSUED,
    "directives:issue": A_DRAFT,
    "directives:number": A_DRAFT,
    "directives:original": AN_ISSUED,
    "directives:receipts": AN_ISSUED,
    "directives:receipts_remind": AN_ISSUED,
    "directives:pdf": AN_ISSUED,
    "directives:docx": AN_ISSUED,
    "directives:remove_task": A_TASK,
    "directives:restore_task": A_TASK,
    "directives:reopen_assignment": AN_ASSIGNMENT,
    "directives:report_progress": AN_ASSIGNMENT,
    "directives:return": A_DRAFT,
    "directives:review": A_DRAFT,
    "directives:submit": A_DRAFT,
    "directives:task": A_TASK,
    "directives:text": A_DRAFT,
    "directives:upload": AN_UPLOAD,
    "school": A_SCHOOL,
    "job": lambda things: {"pk": things.job.pk},
    "reports:attendance": A_MEETING,
    "reports:briefing": A_BRIEFING,
    "reports:briefing_pdf": A_BRIEFING,
    "reports:briefing_docx": A_BRIEFING,
    "reports:figure": lambda things: {"pk": things.briefing.pk, "code": "primary.pupils"},
    "reports:meeting": A_MEETING,
    "reports:meeting_agenda": A_MEETING,
    "reports:meeting_cancel": A_MEETING,
    "reports:meeting_code": A_MEETING,
    "reports:meeting_counts": A_MEETING,
    "reports:meeting_edit": A_MEETING,
    "reports:meeting_file": A_MEETING_FILE,
    "reports:meeting_file_change": A_MEETING_FILE,
    "reports:meeting_files": A_MEETING,
    "reports:meeting_invitation_pdf": A_MEETING,
    "reports:meeting_invite": A_MEETING,
    "reports:meeting_invited": A_MEETING,
    "reports:meeting_minutes": A_MEETING,
    "reports:meeting_minutes_pdf": A_MEETING,
    "reports:meeting_opinions": A_MEETING,
    "reports:meeting_publish": A_MEETING,
    "reports:meeting_new": A_BRIEFING,
    "reports:notice_draft": A_MEETING,
    "reports:report": A_REPORT,
    "reports:report_call_back": A_REPORT,
    "reports:report_correct": A_REPORT,
    "reports:report_accept": A_REPORT,
    "reports:report_of": lambda things: {
        "unit": things.report.unit_id,
        "year": things.report.period.year,
        "month": things.report.period.ordinal,
    },
    "reports:report_excuse": A_REPORT,
    "reports:report_fields": A_REPORT,
    "reports:report_history": A_REPORT,
    "reports:report_workbook": A_REPORT,
    "reports:report_workbook_file": A_REPORT,
    "reports:report_pdf": A_REPORT,
    "reports:report_docx": A_REPORT,
    "reports:comment_close": lambda things: {"pk": things.comment.pk},
    "reports:joint": A_JOINT,
    "reports:joint_resume": A_JOINT,
    "reports:joint_undo": A_JOINT,
    "reports:report_comment": A_REPORT,
    "reports:report_return": A_REPORT,
    "reports:report_sheet": A_REPORT,
    "reports:section": A_SECTION,
    "reports:section_reset": A_SECTION,
    "schools:standard": A_RECOGNITION,
    "schools:standard_correct": A_RECOGNITION,
    "schools:standard_renew": A_RECOGNITION,
    "schools:standard_revoke": A_RECOGNITION,
    "targets:adopt": A_READ_TARGET,
    "targets:document": AN_ISSUED,
    "targets:edit": A_TARGET,
    "targets:place": A_TARGET,
    "targets:pledge": A_PLEDGE,
    "targets:pledge_change": A_PLEDGE,
    "targets:pledge_decide": A_PLEDGE,
    "targets:pledge_withdraw": A_PLEDGE,
    "targets:remove": A_TARGET,
    "targets:share": A_TARGET,
    "targets:skip": A_READ_TARGET,
    "targets:take_up": A_READ_TARGET,
    "targets:target": A_TARGET,
    "schools:acting": A_SCHOOL,
    "schools:acting_stop": lambda things: {"pk": things.assignment.unit_id, "posting_pk": 1},
    "token_revoke": lambda things: {"pk": things.token.pk},
}
# Of an administrator: 403 to those who administer nothing, not there for administrators of other units.
# The tables of Django's admin (names that begin with "admin:") have their own test beside their module.
ADMINISTERED: dict[str, Arguments] = {
    "administration:add_posting": A_PERSON,
    "administration:close": A_PERSON,
    "administration:end_posting": lambda things: {"pk": things.posting.pk},
    "administration:exported": lambda things: {"resource": "schools", "pk": things.sheet.pk},
    "administration:outcome": lambda things: {"resource": "schools", "pk": things.sheet.pk},
    "administration:password": A_PERSON,
    "administration:person": A_PERSON,
    "administration:reopen": A_PERSON,
    "administration:retry": lambda things: {"pk": things.failed.pk},
}
# How a unit divides its work is for its own people: for the offices above it does not exist.
OF_THE_UNIT_ALONE = [
    "directives:finish_errand",
    "directives:reopen_errand",
    "directives:take_back_errand",
    *INVITATION,
]
# What an office accepted together is not even for the department above it.
OF_THE_ACCEPTING_OFFICE = ["reports:joint", "reports:joint_resume", "reports:joint_undo"]
# To other schools of the same commune these do not exist either.
OF_ONE_SCHOOL = [
    *WORK,
    *INVITATION,
    "directives:assignment",
    "directives:reopen_assignment",
    "directives:report_progress",
    "reports:report",
    "reports:report_accept",
    "reports:comment_close",
    "reports:joint",
    "reports:joint_resume",
    "reports:joint_undo",
    "reports:report_call_back",
    "reports:report_comment",
    "reports:report_correct",
    "reports:report_excuse",
    "reports:report_fields",
    "reports:report_history",
    "reports:report_workbook",
    "reports:report_workbook_file",
    "reports:report_workbook",
    "reports:report_workbook_file",
    "reports:report_pdf",
    "reports:report_docx",
    "reports:report_return",
    "reports:report_sheet",
    "school",
    "schools:standard",
    "schools:standard_correct",
    "schools:standard_renew",
    "schools:standard_revoke",
    "targets:edit",
    "targets:place",
    "targets:pledge",
    "targets:pledge_change",
    "targets:pledge_decide",
    "targets:pledge_withdraw",
    "targets:remove",
    "targets:target",
    "schools:acting",
    "schools:acting_stop",
    "token_revoke",
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
    # Of the API, tests/test_api_outsiders.py knows every address; Django's admin has its own test.
    portal = [name for name in found if not name.startswith(("admin:", "api:")) or name in OWN]
    assert sorted(portal) == sorted({**PUBLIC, **OWN, **OBJECTS, **ADMINISTERED})


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
    Annex.objects.create(directive=draft, file=file, title=SECRET, position=1, added_by=cast.staff.user)
    issued = DirectiveFactory(issued=True, written_here=True, original=file, print_file=file, **common)
    assignment = AssignmentFactory(task=TaskFactory(directive=issued), unit=province.cloud_primary)
    shape_form(task=assignment.task, version=0, asked=[Asked(SECRET, "whole")], by=cast.staff)
    period = open_month(year=2026, month=10, by=None, today=today).period
    briefing = build_briefing(office=province.department, period=period, by=None, today=today, now=NOON)
    meeting = meeting_of_one_school(briefing, province, cast, file)
    report = MonthlyReport.objects.get(unit=province.cloud_primary)
    read_target = ReadTarget.objects.create(
        directive=issued, path="1", raw=SECRET, comparator="ge", value=9, span_start=0, span_end=9
    )
    recognition = enter_recognition(
        school=province.cloud_primary, level=1, decision_number=SECRET, decided_on=today, by=cast.staff
    )
    target = set_target(
        unit=province.cloud_primary,
        indicator=Indicator.objects.get(code="primary.attendance_rate"),
        period=school_year_period(2026),
        goal=Goal("ge", Decimal(98)),
        note=SECRET,
        by=cast.staff,
    )
    return Things(
        recognition=recognition,
        target=target,
        pledge=send_pledge(
            unit=province.cloud_primary,
            indicator=Indicator.objects.get(code="primary.attendance_rate"),
            period=school_year_period(2026),
            goal=Goal("ge", Decimal(99)),
            note=SECRET,
            by=cast.principal,
            today=today,
        ),
        read_target=read_target,
        draft=draft,
        issued=issued,
        assignment=assignment,
        report=report,
        comment=FigureComment.objects.create(
            report=report,
            measure=Measure.objects.get(code="primary.pupils"),
            text=SECRET,
            by=cast.commune_officer.user,
        ),
        joint=JointAcceptance.objects.create(
            office=province.cloud_commune, period=period, posting=cast.commune_officer, asked_at=NOON
        ),
        briefing=briefing,
        meeting=meeting,
        evidence=Evidence.objects.create(
            assignment=assignment, file=file, thumbnail=file, added_by=cast.principal.user, sent_at=NOON
        ),
        errand=Errand.objects.create(
            assignment=assignment, what=SECRET, name="Cô Thu", given_by=cast.principal.user
        ),
        extension=ask_extension(
            assignment=assignment,
            until=dt.date(2027, 1, 8),
            reason=SECRET,
            by=cast.principal,
            today=today,
        ),
        job=Job.objects.create(
            kind="test", unit_id=province.department.pk, requested_by_id=cast.staff.user_id
        ),
        posting=cast.tea_principal,
        sheet=file,
        failed=Job.objects.create(kind="test", key="2", state="failed", unit_id=province.tea_commune.pk),
        token=make_token(
            name=SECRET, scopes=["read"], expires_at=NOON + dt.timedelta(days=1), by=cast.staff
        ).token,
        upload=Upload.objects.create(
            office=province.department, text=SECRET, problem="scan", created_by=cast.staff.user
        ),
    )


def meeting_of_one_school(briefing: Briefing, province, cast, file: StoredFile) -> Meeting:
    """A meeting held just now, to which only the Suối Mây primary school is invited."""
    before = NOON - dt.timedelta(hours=3)
    meeting = hold_meeting(
        briefing=briefing, title=SECRET, held_at=NOON, place="Sở", chair="Giám đốc", by=cast.staff
    )
    others = [school.pk for school in province.schools if school != province.cloud_primary]
    uninvite_units(meeting=meeting, version=1, units=others, by=cast.staff, now=before)
    send_invitations(meeting=meeting, version=2, by=cast.staff, now=before)
    MeetingFile.objects.create(meeting=meeting, file=file, for_invited=True, added_by=cast.staff.user)
    draft_minutes(meeting=meeting, by=cast.staff, now=NOON)
    publish_papers(meeting=meeting, version=Minutes.objects.get().version, by=cast.staff, now=NOON)
    meeting.refresh_from_db()
    return meeting


def answers(client: Client, things: Things, name: str) -> set[int]:
    """What GET and POST are answered, of which one at least must be allowed; whatever they did is undone.

    That an address which only takes a form leads to the page above it is no answer of its own.
    """
    url = reverse(name, kwargs=(OBJECTS | ADMINISTERED)[name](things))
    got = set()
    with transaction.atomic():
        for ask in (client.get, client.post):
            response = ask(url)
            if response.streaming:
                list(response)  # a file to be sent is open until it is
            if ask == client.post or not url.startswith(response.headers.get("Location", "no way")):
                got.add(response.status_code)
        transaction.set_rollback(True)
    return got - {HTTPStatus.METHOD_NOT_ALLOWED}


class TestVisitor:
    def test_is_led_to_sign_in(self, things):
        objects = OBJECTS | ADMINISTERED
        kwargs = OWN | {name: arguments(things) for name, arguments in objects.items()}
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
        staff, principal = client_of(cast.staff), client_of(cast.principal)
        who = {name: principal if name in OF_THE_UNIT_ALONE else staff for name in OBJECTS}
        who |= dict.fromkeys(OF_THE_ACCEPTING_OFFICE, client_of(cast.commune_officer))
        assert [name for name in OBJECTS if HTTPStatus.NOT_FOUND in answers(who[name], things, name)] == []

    def test_what_is_the_units_alone_does_not_exist_for_its_offices(self, things, cast, client_of):
        got = {name: answers(client_of(cast.staff), things, name) for name in OF_THE_UNIT_ALONE}
        assert got == {name: {HTTPStatus.NOT_FOUND} for name in OF_THE_UNIT_ALONE}

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


class TestAdministrators:
    @pytest.mark.parametrize("who", ["staff", "leader", "principal", "outsider"])
    def test_others_are_refused(self, things, cast, client_of, who):
        client = client_of(getattr(cast, who))
        got = {name: answers(client, things, name) for name in ADMINISTERED}
        assert got == {name: {HTTPStatus.FORBIDDEN} for name in ADMINISTERED}

    @pytest.mark.parametrize("where", ["foreign_department", "cloud_commune"])
    def test_what_is_anothers_does_not_exist(self, things, province, client_of, where):
        """Neither for the neighbour province nor for the sibling commune."""
        client = client_of(posted("quantri.khac", "Lâm Quản Trị", getattr(province, where), "admin"))
        got = {name: answers(client, things, name) for name in ADMINISTERED}
        assert got == {name: {HTTPStatus.NOT_FOUND} for name in ADMINISTERED}

    def test_and_yet_it_exists(self, things, province, client_of):
        client = client_of(posted("quantri.doiche", "Lâm Quản Trị", province.tea_commune, "admin"))
        missing = [name for name in ADMINISTERED if HTTPStatus.NOT_FOUND in answers(client, things, name)]
        # a file is for whoever took it in or had it written
        assert missing == ["administration:exported", "administration:outcome"]
