"""Documents, tasks, assignments and progress for other programmes."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives.models import Assignment, DirectiveLink, ProgressEntry, Task
from schools.actions import month_period
from tests.factories import AssignmentFactory, DirectiveFactory, TaskFactory
from trail.models import AuditEvent

API = "/api/v1"
NOW = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def share(issued_letter, province) -> Assignment:
    return Assignment.objects.get(task__path="3", unit=province.cloud_primary)


def stands(share: Assignment) -> tuple[str, int, dt.date | None]:
    return Assignment.objects.values_list("state", "percent", "reported_done_on").get(pk=share.pk)


# --- documents ----------------------------------------------------------------------------------------------


class TestDocuments:
    def test_the_issuing_side_reads_all_of_it(self, api_of, cast, issued_letter):
        row = api_of(cast.staff).get(f"{API}/directives/{issued_letter.pk}/").json()
        assert (row["full_number"], row["state"], row["issued_on"]) == (
            "215/SGDĐT-GDPT",
            "issued",
            "2026-11-02",
        )
        assert row["text"] == issued_letter.text
        assert [task["path"] for task in row["tasks"]] == ["1", "2", "3", "4", "5"]
        assert row["tasks"][0]["standings"]["running"] == 4
        assert [one["kind"] for one in row["tasks"][0]["addressees"]] == ["level"] * 4
        assert [(one["number"], one["symbol"], one["directive_id"]) for one in row["references"]] == [
            ("118", "KH-UBND", None)
        ]
        assert [(one["value"], one["comparator"]) for one in row["read_targets"]] == [("98", "eq")]

    def test_a_school_reads_the_text_and_its_own_tasks(self, api_of, cast, issued_letter):
        row = api_of(cast.principal).get(f"{API}/directives/{issued_letter.pk}/").json()
        assert row["text"] == issued_letter.text
        assert [(task["path"], task["addressees"]) for task in row["tasks"]] == [
            ("1", []),
            ("3", []),
            ("5", []),
        ]
        assert [sum(task["standings"].values()) for task in row["tasks"]] == [1, 1, 1]

    def test_a_draft_is_the_offices_own(self, api_of, cast, letter):
        url = f"{API}/directives/{letter.pk}/"
        statuses = {who: api_of(getattr(cast, who)).get(url).status_code for who in ("staff", "principal")}
        assert statuses == {"staff": 200, "principal": 404}

    def test_what_cites_is_named_to_those_who_see_it(self, api_of, cast, province, issued_letter):
        citing = DirectiveFactory(office=province.department, created_by=cast.staff.user)
        citing.references.create(
            number="215", symbol="SGDĐT-GDPT", raw="Công văn số 215", span_start=0, span_end=5
        )
        url = f"{API}/directives/{issued_letter.pk}/"
        seen = [api_of(who).get(url).json()["cited_by"] for who in (cast.staff, cast.principal)]
        assert seen == [[citing.pk], []]
        cites = api_of(cast.staff).get(f"{API}/directives/{citing.pk}/").json()["references"]
        assert [one["directive_id"] for one in cites] == [issued_letter.pk]

    def test_those_that_cite_it_and_those_that_it_cites_can_be_listed(
        self, api_of, cast, province, issued_letter
    ):
        citing = DirectiveFactory(office=province.department, created_by=cast.staff.user)
        citing.references.create(
            number="215", symbol="SGDĐT-GDPT", raw="Công văn số 215", span_start=0, span_end=5
        )

        def listed(who, **asked) -> list[int]:
            rows = api_of(who).get(f"{API}/directives/", asked).json()["results"]
            return [row["id"] for row in rows]

        assert listed(cast.staff, cites=issued_letter.pk) == [citing.pk]
        assert listed(cast.staff, cited_by=citing.pk) == [issued_letter.pk]
        assert listed(cast.principal, cites=issued_letter.pk) == []

    def test_what_replaced_it_and_why(self, api_of, cast, province, issued_letter):
        newer = DirectiveFactory(office=province.department, issued=True, created_by=cast.staff.user)
        DirectiveLink.objects.create(
            older=issued_letter,
            newer=newer,
            kind="replaces",
            reason="Điều chỉnh thời gian",
            made_by=cast.staff.user,
            effective_at=NOW,
        )
        api = api_of(cast.staff)
        old, new = (api.get(f"{API}/directives/{one.pk}/").json() for one in (issued_letter, newer))
        assert [(one["kind"], one["newer_id"], one["reason"]) for one in old["newer"]] == [
            ("replaces", newer.pk, "Điều chỉnh thời gian")
        ]
        assert [(one["kind"], one["older_id"]) for one in new["older"]] == [("replaces", issued_letter.pk)]

    def test_who_handles_what_came_in_is_said_within_the_office(self, api_of, cast, province):
        arrived = DirectiveFactory(
            office=province.department,
            issued=True,
            direction="incoming",
            sender="UBND tỉnh",
            arrived_on=dt.date(2026, 11, 20),
            arrival_number=7,
        )
        AssignmentFactory(task=TaskFactory(directive=arrived), unit=province.cloud_primary)
        arrived.instructions.create(
            unit=province.primary_division, text="Tham mưu", given_by=cast.leader.user
        )
        seen = [
            api_of(who).get(f"{API}/directives/{arrived.pk}/").json()["instructions"]
            for who in (cast.staff, cast.principal)
        ]
        assert [[one["text"] for one in told] for told in seen] == [["Tham mưu"], []]

    @pytest.mark.parametrize(
        ("asked", "count"),
        [
            ({"search": "so ket hoc ky"}, 1),
            ({"is_in_force": "true"}, 1),
            ({"is_in_force": "false"}, 0),
            ({"ended": "withdrawn"}, 0),
            ({"search": "khong co gi"}, 0),
            ({"state": "draft"}, 0),
            ({"kind": "cong_van", "direction": "outgoing"}, 1),
            ({"issued_from": "2026-11-03"}, 0),
            ({"issued_from": "2026-11-02", "issued_to": "2026-11-02"}, 1),
            ({"number": "215"}, 1),
        ],
    )
    def test_filters(self, api_of, cast, issued_letter, asked, count):
        assert api_of(cast.staff).get(f"{API}/directives/", asked).json()["count"] == count

    def test_those_that_give_work_to_a_unit(self, api_of, cast, province, issued_letter):
        api = api_of(cast.staff)
        units = (province.cloud_primary.pk, province.tea_commune.pk)
        assert [api.get(f"{API}/directives/", {"unit": unit}).json()["count"] for unit in units] == [1, 0]


# --- what units have to do ----------------------------------------------------------------------------------


class TestAssignments:
    def test_one_of_them(self, api_of, cast, share):
        answer = api_of(cast.principal).get(f"{API}/assignments/{share.pk}/")
        row = answer.json()
        assert (row["state"], row["standing"], row["due_soon"], row["version"]) == (
            "open",
            "running",
            False,
            1,
        )
        assert (row["deadline"], row["percent"], row["unit"]["code"]) == ("2026-12-31", 0, "NS010002")
        assert row["task"]["directive_number"] == "215/SGDĐT-GDPT"
        assert answer.headers["ETag"] == '"1"'

    @pytest.mark.parametrize(
        ("asked", "count"),
        [
            ({}, 10),
            ({"standing": "overdue"}, 0),
            ({"standing": "running"}, 9),
            ({"standing": "due_soon"}, 0),
            ({"state": "done"}, 0),
            ({"deadline_to": "2026-12-14"}, 6),
            ({"search": "hoa ban"}, 3),
        ],
    )
    def test_filters_are_those_of_the_page(self, api_of, cast, share, asked, count):
        assert api_of(cast.staff).get(f"{API}/assignments/", asked).json()["count"] == count

    def test_by_office_document_and_task(self, api_of, cast, province, share):
        api = api_of(cast.staff)
        asked = [
            {"office": province.tea_commune.pk},
            {"directive": share.task.directive_id},
            {"task": share.task_id},
            {"unit": province.cloud_primary.pk},
        ]
        assert [api.get(f"{API}/assignments/", one).json()["count"] for one in asked] == [3, 10, 2, 3]

    @pytest.mark.parametrize(
        ("name", "limits", "expected"),
        # The third task is the first to name units, which takes a query.
        [("assignments", (1, 3), 3), ("tasks", (3, 5), 6), ("progress", (1, 3), 3)],
    )
    def test_the_number_of_queries_does_not_grow(self, api_of, cast, share, name, limits, expected):
        for one in Assignment.objects.all()[:3]:
            ProgressEntry.objects.create(
                assignment=one, period=month_period(2026, 11), written_by=cast.clerk.user, sent_at=NOW
            )
        api = api_of(cast.staff)
        api.get(f"{API}/{name}/")

        def queries(limit: int) -> int:
            with CaptureQueriesContext(connection) as captured:
                assert len(api.get(f"{API}/{name}/", {"limit": limit}).json()["results"]) == limit
            return len(captured)

        assert [queries(limit) for limit in limits] == [expected, expected]

    def test_items_taken_out_are_no_tasks(self, api_of, cast, issued_letter):
        Task.objects.filter(path="4").update(is_removed=True)
        answer = api_of(cast.staff).get(f"{API}/tasks/", {"directive": issued_letter.pk})
        assert [row["path"] for row in answer.json()["results"]] == ["1", "2", "3", "5"]


# --- what units say -----------------------------------------------------------------------------------------


class TestReportingProgress:
    def report(self, api, share, **values):
        body = {"version": share.version, "percent": 40, "note": "Đã họp tổ"} | values
        return api.post(f"{API}/assignments/{share.pk}/progress/", body, content_type="application/json")

    def test_it_counts_at_once_and_the_trail_says_through_what(self, api_of, cast, share):
        answer = self.report(api_of(cast.principal), share)
        assert (answer.status_code, answer.json()["percent"]) == (200, 40)
        assert answer.headers["ETag"] == f'"{answer.json()["version"]}"'
        assert stands(share) == ("open", 40, None)
        event = AuditEvent.objects.get(verb="assignment.progressed")
        token = cast.principal.user.api_tokens.get()
        assert (event.actor_name, event.data["via"]) == ("Trần Thị Hoa", f"{token.name} ({token.prefix}…)")

    def test_what_is_done_on_a_page_came_through_nothing(self, client_of, cast, share):
        data = {"version": 1, "percent": "40"}
        client_of(cast.principal).post(f"/tasks/{share.pk}/report/", data)
        assert "via" not in AuditEvent.objects.get(verb="assignment.progressed").data

    def test_done_stops_the_clock(self, api_of, cast, share):
        answer = self.report(api_of(cast.principal), share, claims_done=True)
        assert (answer.json()["standing"], stands(share)) == ("done_on_time", ("done", 100, NOW.date()))

    @pytest.mark.parametrize(
        ("values", "field", "code"),
        [
            ({"percent": 101}, "percent", "max_value"),
            ({"percent": "vài"}, "percent", "invalid"),
            ({"version": None}, "version", "null"),
            ({"percent": 0, "note": ""}, "note", "invalid"),
            ({"note": "x" * 2001}, "note", "max_length"),
        ],
    )
    def test_what_cannot_be_is_named(self, api_of, cast, share, values, field, code):
        answer = self.report(api_of(cast.principal), share, **values)
        assert (answer.status_code, stands(share)) == (400, ("open", 0, None))
        assert [(one["field"], one["code"]) for one in answer.json()["errors"]] == [(field, code)]

    def test_the_second_is_told_what_is_stored(self, api_of, cast, share):
        api = api_of(cast.principal)
        self.report(api, share, percent=70)
        answer = self.report(api, share)
        assert (answer.status_code, answer.json()["code"]) == (409, "edit_conflict")
        assert answer.json()["current"] == api.get(f"{API}/assignments/{share.pk}/").json()
        assert stands(share) == ("open", 70, None)

    def test_the_version_may_come_as_if_match(self, api_of, cast, share):
        api, url = api_of(cast.principal), f"{API}/assignments/{share.pk}/progress/"
        ask = {"data": {"percent": 40}, "content_type": "application/json"}
        matches = ['"7"', "7", f'"{share.version}"']
        statuses = [api.post(url, headers={"if-match": match}, **ask).status_code for match in matches]
        assert (statuses, stands(share)) == ([409, 400, 200], ("open", 40, None))

    def test_work_that_is_paused_is_refused_in_the_language_asked_for(self, api_of, cast, share):
        Assignment.objects.filter(pk=share.pk).update(state="paused")
        api = api_of(cast.principal)
        answer = self.report(api, share)
        assert (answer.status_code, answer.json()) == (
            409,
            {"code": "not_running", "detail": "This work does not run any more. Nothing was reported."},
        )
        api.defaults["HTTP_ACCEPT_LANGUAGE"] = "vi"
        assert self.report(api, share).json()["detail"].startswith("Việc này không còn")

    def test_asked_twice_under_one_key_it_is_done_once(self, api_of, cast, share):
        api, url = api_of(cast.principal), f"{API}/assignments/{share.pk}/progress/"
        ask = {"headers": {"idempotency-key": "a-1"}, "content_type": "application/json"}
        body = {"version": 1, "percent": 40}
        first, second = api.post(url, body, **ask), api.post(url, body, **ask)
        assert (first.status_code, second.status_code) == (200, 200)
        assert first.json() == second.json()
        assert [one.headers.get("Idempotency-Replayed") for one in (first, second)] == [None, "true"]
        assert [one.headers["ETag"] for one in (first, second)] == ['"3"', '"3"']
        assert ProgressEntry.objects.count() == 1
        other = api.post(url, body | {"percent": 50}, **ask)
        assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")

    def test_a_key_of_another_kind_is_refused(self, api_of, cast, share):
        url = f"{API}/assignments/{share.pk}/progress/"
        body = {"version": 1, "percent": 40}
        answer = api_of(cast.principal).post(
            url, body, content_type="application/json", headers={"idempotency-key": "a b"}
        )
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "Idempotency-Key")

    def test_drafts_are_the_units_own(self, api_of, cast, share):
        ProgressEntry.objects.create(
            assignment=share, period=month_period(2026, 11), note="đang làm", written_by=cast.clerk.user
        )
        counts = {
            who: api_of(getattr(cast, who)).get(f"{API}/progress/").json()["count"]
            for who in ("principal", "clerk", "staff", "commune_officer", "neighbour")
        }
        assert counts == {"principal": 1, "clerk": 1, "staff": 0, "commune_officer": 0, "neighbour": 0}

    def test_staff_of_an_internal_department_see_the_drafts_of_their_office(self, api_of, cast, province):
        directive = DirectiveFactory(office=province.department, issued=True)
        own = AssignmentFactory(task=TaskFactory(directive=directive), unit=province.department)
        ProgressEntry.objects.create(
            assignment=own, period=month_period(2026, 11), note="nháp", written_by=cast.staff.user
        )
        counts = [
            api_of(who).get(f"{API}/progress/").json()["count"] for who in (cast.staff, cast.division_staff)
        ]
        assert counts == [1, 1]


class TestSendingBack:
    def test_with_a_reason_and_once(self, api_of, cast, share):
        url, ask = f"{API}/assignments/{share.pk}/send-back/", {"content_type": "application/json"}
        body = {"version": 1, "percent": 100, "claims_done": True}
        api_of(cast.principal).post(f"{API}/assignments/{share.pk}/progress/", body, **ask)
        api = api_of(cast.staff)
        answers = [api.post(url, {"reason": reason}, **ask) for reason in (" ", "Thiếu biên bản", "Thiếu")]
        assert [one.status_code for one in answers] == [400, 200, 409]
        assert (answers[1].json()["standing"], stands(share)) == ("running", ("open", 100, None))
        assert AuditEvent.objects.get(verb="assignment.sent_back").data["reason"] == "Thiếu biên bản"
