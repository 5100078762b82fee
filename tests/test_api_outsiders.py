"""Every address of the API: by visitors, by people of a foreign province, by tokens too narrow or spent.

A new address without an entry in one of these tables fails `test_every_address_has_its_entry`.
"""

# ruff: noqa: F811 — fixtures are named after what they give

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import ApiToken, Scope
from directives.actions.answers import save_reply
from directives.actions.progress import report_progress
from directives.models import DataForm, FormReply, Halt, ProgressEntry
from eduportal.api import router
from reports import actions
from targets.models import Observation
from tests.test_outsiders import NOON, SECRET, Things, clock, names, things  # noqa: F401

# What everybody may list who is let in: the installation's own.
COMMON = {
    "api:indicators-list": {},
    "api:me": {},
    "api:measures-list": {},
    "api:periods-list": {},
    "api:root": {},
    "api:schema": {},
    # One's own, unless another is named: tests/targets/test_api_targets.py.
    "api:targets-board": {},
}
COMMON_THINGS = {
    "api:indicators-detail": {"code": "primary.attendance_rate"},
    "api:measures-detail": {"code": "primary.pupils"},
}

# Lists of what a person sees: to people of a foreign province they are empty of the province.
LISTS = [
    "api:annexes-list",
    "api:assignments-list",
    "api:briefings-list",
    "api:data-forms-list",
    "api:directives-list",
    "api:evidence-list",
    "api:extensions-list",
    "api:form-replies-list",
    "api:halts-list",
    "api:jobs-list",
    "api:meetings-list",
    "api:monthly-reports-list",
    "api:monthly-reports-missing",
    "api:observations-list",
    "api:progress-list",
    "api:read-targets-list",
    "api:registered-targets-list",
    "api:recognitions-list",
    "api:targets-list",
    "api:tasks-list",
    "api:units-list",
]


@dataclass(frozen=True)
class Said:
    """What the school said, beside the things of the pages."""

    things: Things
    observation: Observation
    entry: ProgressEntry
    reply: FormReply
    halt: Halt

    @property
    def form(self) -> DataForm:
        return self.reply.form


Pick = Callable[[Said], int]
ROWS: dict[str, Pick] = {
    "api:annexes-detail": lambda said: said.things.draft.annexes.get().pk,
    "api:annexes-file": lambda said: said.things.draft.annexes.get().pk,
    "api:assignments-detail": lambda said: said.things.assignment.pk,
    "api:briefings-detail": lambda said: said.things.briefing.pk,
    "api:data-forms-detail": lambda said: said.form.pk,
    "api:directives-detail": lambda said: said.things.issued.pk,
    "api:directives-original": lambda said: said.things.issued.pk,
    "api:directives-pdf": lambda said: said.things.issued.pk,
    "api:evidence-detail": lambda said: said.things.evidence.pk,
    "api:evidence-file": lambda said: said.things.evidence.pk,
    "api:extensions-detail": lambda said: said.things.extension.pk,
    "api:form-replies-detail": lambda said: said.reply.pk,
    "api:halts-detail": lambda said: said.halt.pk,
    "api:jobs-detail": lambda said: said.things.job.pk,
    "api:meetings-detail": lambda said: said.things.meeting.pk,
    "api:monthly-reports-detail": lambda said: said.things.report.pk,
    "api:observations-detail": lambda said: said.observation.pk,
    "api:progress-detail": lambda said: said.entry.pk,
    "api:read-targets-detail": lambda said: said.things.read_target.pk,
    "api:registered-targets-detail": lambda said: said.things.pledge.pk,
    "api:recognitions-detail": lambda said: said.things.recognition.pk,
    "api:targets-detail": lambda said: said.things.target.pk,
    "api:targets-parts": lambda said: said.things.target.pk,
    "api:tasks-detail": lambda said: said.things.assignment.task_id,
    "api:units-detail": lambda said: said.things.assignment.unit_id,
}
# To other schools of the same commune these do not exist either.
OF_ONE_SCHOOL = [
    "api:assignments-detail",
    "api:data-forms-detail",
    "api:directives-detail",
    "api:directives-original",
    "api:directives-pdf",
    "api:evidence-detail",
    "api:evidence-file",
    "api:extensions-detail",
    "api:form-replies-detail",
    "api:halts-detail",
    "api:monthly-reports-detail",
    "api:observations-detail",
    "api:progress-detail",
    "api:read-targets-detail",
    "api:registered-targets-detail",
    "api:recognitions-detail",
    "api:targets-detail",
    "api:targets-parts",
    "api:tasks-detail",
    "api:units-detail",
]


@dataclass(frozen=True)
class Write:
    """An address that writes: the row it is about, the scope it needs, and whose right it is."""

    name: str
    row: Pick
    scope: str
    who: str
    body: dict[str, Any]
    method: str = "post"

    def ask(self, client: Client, said: Said) -> Any:
        url = reverse(self.name, args=[self.row(said)])
        return getattr(client, self.method)(url, self.body, content_type="application/json")


REPORT: Pick = ROWS["api:monthly-reports-detail"]
WRITES = [
    Write("api:monthly-reports-detail", REPORT, "write:reports", "clerk", {"version": 1}, "patch"),
    Write("api:monthly-reports-send", REPORT, "write:reports", "principal", {"version": 1}),
    Write("api:monthly-reports-call-back", REPORT, "write:reports", "principal", {"version": 3}),
    Write(
        "api:monthly-reports-correct",
        REPORT,
        "write:reports",
        "principal",
        {"version": 3, "reason": "Đếm lại"},
    ),
    Write("api:monthly-reports-accept", REPORT, "write:reviews", "commune_officer", {"version": 3}),
    Write(
        "api:monthly-reports-give-back",
        REPORT,
        "write:reviews",
        "commune_officer",
        {"version": 3, "reason": "Xem lại số học sinh"},
    ),
    Write(
        "api:assignments-progress",
        ROWS["api:assignments-detail"],
        "write:progress",
        "principal",
        {"version": 3, "percent": 50},
    ),
    Write(
        "api:assignments-send-back",
        ROWS["api:assignments-detail"],
        "write:reviews",
        "staff",
        {"reason": "Thiếu"},
    ),
]


@pytest.fixture
def said(things, cast) -> Said:
    figures = {
        f"primary.{stem}": Decimal(number)
        for stem, number in {"classes": 12, "pupils": 380, "attending": 371, "teachers": 21}.items()
    }
    saved = actions.save_report(
        report=things.report, version=1, figures=figures, difficulties=SECRET, by=cast.clerk, now=NOON
    )
    actions.send_report(report=saved, version=2, by=cast.principal, now=NOON)
    entry = report_progress(
        assignment=things.assignment,
        version=1,
        percent=40,
        note=SECRET,
        claims_done=False,
        by=cast.principal,
        now=NOON,
    )
    reply = save_reply(assignment=things.assignment, version=0, values={}, by=cast.principal, now=NOON)
    field = reply.form.fields.get()
    reply.answers.create(field=field, text=SECRET)
    FormReply.objects.filter(pk=reply.pk).update(sent_at=NOON, sent_by=cast.principal.user)
    # One that has ended: the work runs on.
    halt = Halt.objects.create(
        assignment=things.assignment,
        kind="paused",
        reason=SECRET,
        begun_by=cast.staff.user,
        ended_at=NOON,
        ended_by=cast.staff.user,
    )
    return Said(things, Observation.objects.get(measure__code="primary.pupils"), entry, reply, halt)


def url_of(name: str, said: Said) -> str:
    if name == "api:periods-detail":
        return reverse(name, args=[said.things.report.period_id])
    if name in ROWS:
        return reverse(name, args=[ROWS[name](said)])
    return reverse(name, kwargs={**COMMON, **COMMON_THINGS}.get(name, {}))


ALL_READ = sorted({*COMMON, *COMMON_THINGS, "api:periods-detail", *LISTS, *ROWS})


def test_every_address_has_its_entry():
    found = {name for name in names(get_resolver().url_patterns) if name.startswith("api:")}
    elsewhere = {"api:docs", "api:nowhere"}  # a page (tests/test_outsiders.py), and nothing
    assert found - elsewhere == {*ALL_READ, *(write.name for write in WRITES)}


def read(client: Client, url: str) -> Any:
    """The answer to GET. A file is open until it was read to its end."""
    answer = client.get(url)
    if answer.streaming:
        list(answer)
    return answer


def told(answers: dict[str, Any]) -> dict[str, tuple[int, str]]:
    return {name: (one.status_code, one.json().get("code", "")) for name, one in answers.items()}


def undone(write: Write, client: Client, said: Said) -> Any:
    """What it is answered; whatever it did is undone."""
    with transaction.atomic():
        answer = write.ask(client, said)
        transaction.set_rollback(True)
    return answer


class TestVisitor:
    def test_is_not_let_in(self, said):
        got = {name: Client().get(url_of(name, said)) for name in ALL_READ}
        assert told(got) == dict.fromkeys(ALL_READ, (401, "not_authenticated"))

    def test_writes_nothing(self, said):
        assert {write.ask(Client(), said).status_code for write in WRITES} == {401}

    def test_learns_nothing_of_what_is_not_there(self, db):
        assert Client().get("/api/v1/nowhere/").status_code == 401


class TestForeignProvince:
    @pytest.mark.parametrize("who", ["outsider", "outsider_principal"])
    def test_the_rows_do_not_exist(self, said, cast, api_of, who):
        api = api_of(getattr(cast, who))
        got = {name: api.get(url_of(name, said)) for name in ROWS}
        assert told(got) == dict.fromkeys(ROWS, (404, "not_found"))
        assert {write.ask(api, said).status_code for write in WRITES} == {404}

    def test_nor_do_those_of_one_school_to_the_school_next_door(self, said, cast, api_of):
        api = api_of(cast.neighbour)
        got = {name: api.get(url_of(name, said)).status_code for name in OF_ONE_SCHOOL}
        assert got == dict.fromkeys(OF_ONE_SCHOOL, 404)

    @pytest.mark.parametrize(
        ("who", "units", "reports", "missing"),
        [("outsider", 3, 2, 2), ("outsider_principal", 1, 1, 0), ("neighbour", 1, 1, 0)],
    )
    def test_lists_do_not_speak_of_them(self, said, cast, api_of, who, units, reports, missing):
        api = api_of(getattr(cast, who))
        answers = {name: api.get(url_of(name, said)) for name in LISTS}
        # Their own units, and the month's rows of their one school and its commune.
        own = {
            "api:units-list": units,
            "api:monthly-reports-list": reports,
            "api:monthly-reports-missing": missing,
        }
        assert {name: one.json()["count"] for name, one in answers.items()} == dict.fromkeys(LISTS, 0) | own
        text = "".join(one.text for one in answers.values())
        assert (SECRET in text, "TH Suối Mây" in text) == (False, False)

    def test_they_do_exist(self, said, cast, api_of):
        """So that the tests above are no proof by wrong addresses."""
        api = api_of(cast.staff)
        got = {name: read(api, url_of(name, said)) for name in ALL_READ}
        assert {name: one.status_code for name, one in got.items()} == dict.fromkeys(ALL_READ, 200)
        assert [name for name in LISTS if got[name].json()["count"] == 0] == []

    def test_the_answer_gives_no_hint(self, said, cast, api_of):
        api = api_of(cast.outsider)
        for name in ROWS:
            there, nowhere = api.get(url_of(name, said)), api.get(reverse(name, args=[987654]))
            assert (there.content, there.headers) == (nowhere.content, nowhere.headers)

    def test_a_foreign_key_in_a_filter_is_like_none(self, said, cast, api_of):
        api, things = api_of(cast.outsider), said.things
        keys = {
            "under": things.issued.office_id,
            "office": things.issued.office_id,
            "unit": things.assignment.unit_id,
            "directive": things.issued.pk,
            "cites": things.issued.pk,
            "cited_by": things.issued.pk,
            "school": things.recognition.school_id,
            "form": said.form.pk,
            "progress": said.entry.pk,
            "task": things.assignment.task_id,
            "assignment": things.assignment.pk,
            "briefing": things.briefing.pk,
        }
        tried = set()
        for prefix, view, _name in router.registry:
            for field in {*view.filterset_class.base_filters} & {*keys}:
                there, nowhere = (
                    api.get(f"/api/v1/{prefix}/", {field: key}) for key in (keys[field], 987654)
                )
                assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
                tried.add(field)
        assert tried == {*keys}


class TestScope:
    def test_a_token_that_may_not_read_does_not(self, said, cast, api_of):
        api = api_of(cast.staff, "write:reviews")
        got = {name: api.get(url_of(name, said)) for name in ALL_READ}
        assert told(got) == dict.fromkeys(ALL_READ, (403, "scope_missing"))

    def test_a_token_writes_only_what_it_was_made_for(self, said, cast, api_of):
        got = {}
        for write in WRITES:
            others = {*Scope.values} - {write.scope}
            got[write.name] = write.ask(api_of(getattr(cast, write.who), *others), said)
            assert write.scope in got[write.name].json()["detail"]
        assert told(got) == dict.fromkeys(got, (403, "scope_missing"))

    def test_with_its_scope_it_gets_as_far_as_the_action(self, said, cast, api_of):
        got = {
            write.name: undone(write, api_of(getattr(cast, write.who), write.scope), said) for write in WRITES
        }
        assert told(got) == {
            "api:monthly-reports-detail": (409, "already_sent"),
            "api:monthly-reports-send": (409, "already_sent"),
            "api:monthly-reports-call-back": (200, ""),
            "api:monthly-reports-correct": (409, "not_accepted"),
            "api:monthly-reports-accept": (200, ""),
            "api:monthly-reports-give-back": (200, ""),
            "api:assignments-progress": (200, ""),
            "api:assignments-send-back": (409, "not_reported_done"),
        }

    def test_the_scope_gives_no_right(self, said, cast, api_of):
        everybody = ["leader", "registrar", "division_staff", "commune_leader", "clerk", "principal", "admin"]
        may = {
            write.name: {
                who
                for who in everybody
                if undone(write, api_of(getattr(cast, who), write.scope), said).status_code != 403
            }
            for write in WRITES
        }
        assert may == {
            "api:monthly-reports-detail": {"clerk", "principal"},
            "api:monthly-reports-send": {"principal"},
            "api:monthly-reports-call-back": {"principal"},
            "api:monthly-reports-correct": {"principal"},
            "api:monthly-reports-accept": {"commune_leader"},
            "api:monthly-reports-give-back": {"commune_leader"},
            "api:assignments-progress": {"principal"},
            "api:assignments-send-back": {"leader", "division_staff"},
        }


@pytest.mark.parametrize("how", ["revoked", "expired"])
def test_a_spent_token_opens_nothing(said, cast, api_of, how):
    api = api_of(cast.staff)
    if how == "revoked":
        ApiToken.objects.update(revoked_at=NOON, revoked_by=cast.admin.user)
    else:
        ApiToken.objects.update(expires_at=NOON - dt.timedelta(seconds=1))
    got = {name: api.get(url_of(name, said)) for name in ALL_READ}
    assert told(got) == dict.fromkeys(ALL_READ, (401, f"token_{how}"))
    assert {write.ask(api, said).status_code for write in WRITES} == {401}


class TestSession:
    def test_who_has_signed_in_reads(self, said, cast, client_of):
        client = client_of(cast.staff)
        assert {read(client, url_of(name, said)).status_code for name in ALL_READ} == {200}

    def test_and_writes_only_with_the_token_against_forged_requests(self, said, cast):
        for write in WRITES:
            client = Client(enforce_csrf_checks=True)
            client.force_login(getattr(cast, write.who).user)
            assert write.ask(client, said).status_code == 403
            client.get("/account/tokens/new/")
            client.defaults["HTTP_X_CSRFTOKEN"] = client.cookies["csrftoken"].value
            assert undone(write, client, said).status_code in (200, 409)
