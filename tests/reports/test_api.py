"""Monthly reports, briefings and meetings for other programmes."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives.models import ProgressEntry
from reports.actions.briefing import build_briefing, edit_section
from reports.actions.meeting import Mark, hold_meeting, take_attendance
from reports.actions.proceedings import save_agenda, save_opinions
from reports.invitations import AgendaLine
from reports.minutes import OpinionText
from reports.models import MonthlyReport, Presence, ReportState
from schools.models import Unit
from targets.arithmetic import NOT_APPLICABLE
from tests.reports.months import BRIEFING_DAY, BRIEFING_TIME, assign, october_and_november
from tests.reports.page import figures, fresh
from trail.models import AuditEvent

API = "/api/v1"
REPORTS = f"{API}/monthly-reports/"
IN_TIME = dt.date(2026, 12, 15)
FOUR = {"classes": 12, "pupils": 380, "attending": 371, "teachers": 21}


def given(**values) -> list[dict]:
    return [{"measure": f"primary.{stem}", "value": value} for stem, value in values.items()]


def save(api, row, *, headers=None, **body):
    data = {"version": fresh(row).version} | body
    return api.patch(f"{REPORTS}{row.pk}/", data, content_type="application/json", headers=headers)


def step(api, row, name, **body):
    data = {"version": fresh(row).version} | body
    return api.post(f"{REPORTS}{row.pk}/{name}/", data, content_type="application/json")


def problems(answer) -> list[tuple[str, str]]:
    return [(one["field"], one["code"]) for one in answer.json()["errors"]]


# --- reading ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("in_november")
class TestReading:
    def test_the_school_reads_its_month_with_former_figures(self, row, cast, api_of):
        shown = api_of(cast.clerk).get(f"{REPORTS}{row.pk}/").json()
        assert (shown["state"], shown["is_shown"], shown["due_on"]) == ("expected", True, "2026-12-05")
        assert [
            (one["measure"], one["value"], one["status"], one["previous"], one["last_year"])
            for one in shown["figures"]
        ] == [
            ("primary.classes", None, "", "12", "11"),
            ("primary.pupils", None, "", "378", "360"),
            ("primary.attending", None, "", "370", "350"),
            ("primary.teachers", None, "", "21", "20"),
        ]

    def test_an_office_does_not_read_what_is_not_sent(self, row, cast, province, api_of):
        assign(province, cast, province.cloud_primary, deadline=IN_TIME)
        save(api_of(cast.clerk), row, figures=given(pupils=377), difficulties="Chưa xong")
        answer = api_of(cast.commune_officer).get(f"{REPORTS}{row.pk}/")
        shown = answer.json()
        assert (shown["is_shown"], shown["figures"], shown["work"], shown["difficulties"]) == (
            False,
            [],
            [],
            "",
        )
        assert "Chưa xong" not in answer.text

    def test_people_of_a_communes_internal_department_read_what_it_prepares(
        self, months, province, api_of, in_division
    ):
        own = MonthlyReport.objects.get(unit=province.cloud_commune, period=months[2])
        api = api_of(in_division)
        age = {"measure": "population.age_5", "value": 81}
        saved = api.patch(
            f"{REPORTS}{own.pk}/", {"version": 1, "figures": [age]}, content_type="application/json"
        )
        assert saved.status_code == 200
        shown = api.get(f"{REPORTS}{own.pk}/").json()
        values = {one["measure"]["code"] if isinstance(one["measure"], dict) else one["measure"]: one["value"]
                  for one in shown["figures"]}  # fmt: skip
        assert (shown["is_shown"], values["population.age_5"]) == (True, "81")

    def test_once_sent_it_does(self, sent, cast, api_of):
        shown = api_of(cast.commune_officer).get(f"{REPORTS}{sent.pk}/").json()
        assert (shown["state"], shown["sent_by"]) == ("sent", "Trần Thị Hoa")
        assert [(one["value"], one["status"]) for one in shown["figures"]] == [
            ("12", "sent"), ("380", "sent"), ("371", "sent"), ("21", "sent"),
        ]  # fmt: skip

    def test_filters(self, months, sent, cast, province, api_of):
        api = api_of(cast.staff)
        asked = [
            {},
            {"unit": province.cloud_primary.pk},
            {"period": months[2].pk},
            {"state": "sent"},
            {"is_overdue": "true"},
            {"office": province.cloud_commune.pk, "period": months[2].pk},
        ]
        assert [api.get(REPORTS, one).json()["count"] for one in asked] == [18, 3, 6, 3, 10, 2]

    def test_the_number_of_queries_does_not_grow(self, months, cast, api_of):
        api = api_of(cast.staff)
        api.get(REPORTS)

        def queries(limit: int) -> int:
            with CaptureQueriesContext(connection) as captured:
                assert len(api.get(REPORTS, {"limit": limit}).json()["results"]) == limit
            return len(captured)

        assert (queries(1), queries(3)) == (3, 3)

    def test_nor_does_it_with_the_work_on_a_report(self, row, cast, province, api_of):
        api = api_of(cast.clerk)

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert api.get(f"{REPORTS}{row.pk}/").status_code == 200
            return len(captured)

        assign(province, cast, province.cloud_primary, deadline=IN_TIME)
        queries()
        one = queries()
        for _more in range(2):
            assign(province, cast, province.cloud_primary, deadline=IN_TIME)
        assert (one, queries()) == (one, one)


# --- filling in ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("in_november")
class TestSaving:
    def test_what_is_named_is_saved_and_the_rest_stays(self, row, cast, api_of):
        api = api_of(cast.clerk)
        save(api, row, figures=given(classes=12, pupils="380"), difficulties="Thiếu phòng")
        answer = save(api, row, figures=given(pupils=381), proposals="Xin thêm bàn ghế")
        assert (answer.status_code, figures(row)) == (200, {"classes": 12, "pupils": 381})
        stored = fresh(row)
        assert (stored.difficulties, stored.proposals) == ("Thiếu phòng", "Xin thêm bàn ghế")
        assert (answer.json()["version"], answer.headers["ETag"]) == (stored.version, f'"{stored.version}"')

    def test_zero_null_and_not_applicable(self, row, cast, api_of):
        api = api_of(cast.clerk)
        not_applicable = [{"measure": "primary.teachers", "not_applicable": True, "remark": "Biệt phái"}]
        save(api, row, figures=[*given(classes=0, pupils=5), *not_applicable])
        assert figures(row) == {"classes": 0, "pupils": 5, "teachers": NOT_APPLICABLE}
        save(api, row, figures=given(pupils=None, teachers=None))
        assert figures(row) == {"classes": 0}

    def test_the_trail_says_through_what(self, row, cast, api_of):
        save(api_of(cast.clerk), row, figures=given(pupils=377))
        token = cast.clerk.user.api_tokens.get()
        events = AuditEvent.objects.filter(
            verb__in=["report.saved", "figures.written"], actor_id=cast.clerk.user_id
        )
        assert {event.data["via"] for event in events} == {str(token)}

    @pytest.mark.parametrize(
        ("sent", "found"),
        [
            (given(pupils="8.411"), [("figures.0.value", "ambiguous")]),
            (given(pupils="98,5"), [("figures.0.value", "not_a_number")]),
            (given(pupils=8.411), [("figures.primary.pupils.value", "not_whole")]),
            (given(pupils=-5), [("figures.primary.pupils.value", "too_small")]),
            (given(pupils=999_999), [("figures.primary.pupils.value", "too_large")]),
            (given(pupils=380, attending=381), [("figures.primary.attending.value", "above_limit")]),
            (given(nix=1), [("figures.0.measure", "does_not_exist")]),
            ([*given(pupils=1), *given(pupils=2)], [("figures.1.measure", "twice")]),
            ([{"measure": "primary.pupils"}], [("figures.0.value", "required")]),
            (
                [{"measure": "primary.pupils", "value": 1, "not_applicable": True}],
                [("figures.primary.pupils.value", "two_answers")],
            ),
            (
                [{"measure": "primary.pupils", "value": None, "remark": "vì sao"}],
                [("figures.primary.pupils.remark", "no_figure")],
            ),
        ],
    )
    def test_what_cannot_be_is_named_and_nothing_is_saved(self, row, cast, api_of, sent, found):
        answer = save(api_of(cast.clerk), row, figures=[*sent, *given(classes=12)])
        assert (answer.status_code, problems(answer)) == (400, found)
        assert (figures(row), fresh(row).version) == ({}, row.version)

    def test_a_figure_is_judged_beside_those_stored(self, row, cast, api_of):
        api = api_of(cast.clerk)
        save(api, row, figures=given(pupils=380))
        answer = save(api, row, figures=given(attending=381))
        assert problems(answer) == [("figures.primary.attending.value", "above_limit")]

    def test_words_of_another_school_have_no_place(self, row, cast, province, api_of):
        (foreign,) = assign(province, cast, province.orchid_preschool, deadline=IN_TIME)
        api = api_of(cast.clerk)
        answers = [save(api, row, work=[{"assignment_id": pk, "percent": 5}]) for pk in (foreign.pk, 987_654)]
        assert [problems(one) for one in answers] == [[("work.0.assignment_id", "does_not_exist")]] * 2
        assert answers[0].json() == answers[1].json()

    def test_progress_is_a_draft_until_the_report_is_sent(self, row, cast, province, api_of):
        (share,) = assign(province, cast, province.cloud_primary, deadline=IN_TIME)
        api = api_of(cast.clerk)
        save(api, row, work=[{"assignment_id": share.pk, "percent": 40, "note": "Đã họp"}])
        answer = save(api, row, work=[{"assignment_id": share.pk, "percent": 60}])
        entry = ProgressEntry.objects.get()
        assert (entry.percent, entry.note, entry.claims_done, entry.sent_at) == (60, "Đã họp", False, None)
        (line,) = answer.json()["work"]
        assert line["draft"] == {"percent": 60, "note": "Đã họp", "claims_done": False, "sent_at": None}

    def test_the_second_to_save_is_told_what_is_stored(self, row, cast, api_of):
        api = api_of(cast.clerk)
        save(api, row, figures=given(pupils=380))
        answer = save(api, row, version=row.version, figures=given(pupils=377))
        assert (answer.status_code, answer.json()["code"]) == (409, "edit_conflict")
        assert answer.json()["current"] == api.get(f"{REPORTS}{row.pk}/").json()
        assert figures(row) == {"pupils": 380}

    def test_the_same_once_more_conflicts_with_nothing(self, row, cast, api_of):
        api = api_of(cast.clerk)
        asked = {"version": row.version, "figures": given(pupils=380)}
        assert [save(api, row, **asked).status_code for _ in range(2)] == [200, 200]

    def test_under_a_key_it_is_saved_once(self, row, cast, api_of):
        api, key = api_of(cast.clerk), {"idempotency-key": "k"}
        asked = {"version": row.version, "figures": given(pupils=380)}
        first, second = (save(api, row, headers=key, **asked) for _ in range(2))
        assert (first.json(), second.headers["Idempotency-Replayed"]) == (second.json(), "true")
        assert fresh(row).version == row.version + 1

    def test_what_was_sent_stays(self, sent, cast, api_of):
        answer = save(api_of(cast.clerk), sent, figures=given(pupils=377))
        assert (answer.status_code, answer.json()["code"]) == (409, "already_sent")
        assert figures(sent)["pupils"] == 380

    @pytest.mark.parametrize(
        "body", ["[]", '"x"', "null", "{", '{"version": 1, "figures": {}}', '{"version": [1]}']
    )
    def test_other_json_is_no_report(self, row, cast, api_of, body):
        answer = api_of(cast.clerk).patch(f"{REPORTS}{row.pk}/", body, content_type="application/json")
        assert (answer.status_code, sorted(answer.json())[:2]) == (400, ["code", "detail"])

    def test_only_json_is_taken(self, row, cast, api_of):
        answer = api_of(cast.clerk).patch(f"{REPORTS}{row.pk}/", "version=1", content_type="text/plain")
        assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


# --- sending and judging ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("in_november")
class TestSending:
    def test_a_report_is_sent_once(self, row, cast, api_of):
        api = api_of(cast.principal)
        save(api, row, figures=given(**FOUR))
        answers = [step(api, row, "send") for _ in range(2)]
        assert [one.status_code for one in answers] == [200, 409]
        assert (answers[0].json()["state"], answers[1].json()["code"]) == ("sent", "already_sent")

    def test_what_is_missing_is_named(self, row, cast, api_of):
        api = api_of(cast.principal)
        save(api, row, figures=given(classes=12, pupils=380))
        answer = step(api, row, "send")
        assert (answer.status_code, answer.json()) == (
            422,
            {
                "code": "figures_missing",
                "detail": "Not sent: some figures are missing. Everything you typed is saved.",
                "missing": ["primary.attending", "primary.teachers"],
            },
        )
        assert fresh(row).state == ReportState.EXPECTED

    def test_a_doubtful_figure_wants_a_remark_or_a_second_look(self, row, cast, api_of):
        api = api_of(cast.principal)
        save(api, row, figures=given(**FOUR | {"classes": 20}))
        answer = step(api, row, "send")
        assert (answer.status_code, answer.json()["code"]) == (422, "doubts_unchecked")
        assert (answer.json()["missing"], fresh(row).state) == (["primary.classes"], "expected")
        assert step(api, row, "send", doubts_checked=True).json()["state"] == "sent"

    def test_what_contradicts_wants_its_remark_whoever_looked(self, row, cast, api_of):
        api = api_of(cast.principal)
        save(api, row, figures=given(**FOUR | {"classes": 0}))
        shown = api.get(f"{API}/monthly-reports/{row.pk}/").json()["doubts"]
        assert {(one["level"], one["stem"]) for one in shown} == {("primary", "classes")}
        assert [(one["rule"], one["measure"], one["is_serious"], one["remark"]) for one in shown] == [
            ("pupils_without_classes", "primary.classes", True, ""),
            ("jump_of_classes", "primary.classes", False, ""),
        ]
        assert "none, while there are 380" in shown[0]["message"]
        for looked in (False, True):
            answer = step(api, row, "send", doubts_checked=looked)
            assert (answer.status_code, answer.json()["code"]) == (422, "doubts_unexplained")
        assert (answer.json()["missing"], fresh(row).state) == (["primary.classes"], "expected")
        assert answer.json()["detail"].startswith("Not sent: Classes (primary) contradict")
        explained = [{"measure": "primary.classes", "value": 0, "remark": "Lớp học nhờ trường bạn"}]
        save(api, row, figures=explained)
        assert step(api, row, "send").json()["state"] == "sent"

    def test_a_remark_explains_it(self, row, cast, api_of):
        api = api_of(cast.principal)
        explained = [{"measure": "primary.classes", "value": 20, "remark": "Tách lớp"}]
        save(api, row, figures=[*given(pupils=380, attending=371, teachers=21), *explained])
        assert step(api, row, "send").status_code == 200


@pytest.mark.usefixtures("in_november")
class TestJudging:
    def test_accepting(self, sent, cast, api_of):
        answer = step(api_of(cast.commune_officer), sent, "accept")
        assert (answer.json()["state"], answer.json()["reviewed_by"]) == ("accepted", "Giàng A Sơn")
        again = step(api_of(cast.commune_officer), sent, "accept")
        assert (again.status_code, again.json()["code"]) == (409, "not_waiting_for_review")

    def test_returning_wants_a_reason(self, sent, cast, api_of):
        api = api_of(cast.commune_officer)
        answers = [step(api, sent, "return", reason=text) for text in ("sai", "Xem lại số học sinh")]
        assert [one.status_code for one in answers] == [400, 200]
        assert (fresh(sent).state, fresh(sent).reason) == ("returned", "Xem lại số học sinh")
        assert answers[1].json()["is_shown"] is False

    def test_work_goes_back_with_it(self, row, cast, province, api_of):
        (share,) = assign(province, cast, province.cloud_primary, deadline=IN_TIME)
        api = api_of(cast.principal)
        work = [{"assignment_id": share.pk, "claims_done": True}]
        save(api, row, figures=given(**FOUR), work=work)
        step(api, row, "send")
        judge, reason = api_of(cast.commune_officer), "Chưa có biên bản"
        foreign = step(judge, row, "return", reason=reason, send_back=[share.pk + 1])
        assert problems(foreign) == [("send_back.0", "does_not_exist")]
        assert step(judge, row, "return", reason=reason, send_back=[share.pk]).status_code == 200
        share.refresh_from_db()
        assert (share.state, share.percent) == ("open", 100)


# --- briefings and meetings ---------------------------------------------------------------------------------


class TestBriefings:
    @pytest.fixture(autouse=True)
    def _on_the_day(self, time_machine) -> None:
        time_machine.move_to(BRIEFING_TIME, tick=False)

    @pytest.fixture
    def briefing(self, province, cast):
        november = october_and_november(province, cast)[1]
        return build_briefing(
            office=province.department, period=november, by=cast.staff, today=BRIEFING_DAY, now=BRIEFING_TIME
        )

    def test_figures_are_as_frozen_and_text_as_edited(self, briefing, cast, api_of):
        section = briefing.sections.first()
        edit_section(
            section=section, version=section.version, text="Đã sửa", by=cast.staff, now=BRIEFING_TIME
        )
        shown = api_of(cast.leader).get(f"{API}/briefings/{briefing.pk}/").json()
        assert shown["figures"] == briefing.figures
        assert shown["figures"]["levels"][1]["pupils"]["value"] == "684"
        first = shown["sections"][0]
        assert (first["text"], first["is_edited"]) == ("Đã sửa", True)
        assert first["built_text"] == section.built_text

    def test_who_sees_a_part_of_the_office_sees_none(self, briefing, cast, api_of):
        counts = {
            who: api_of(getattr(cast, who)).get(f"{API}/briefings/").json()["count"]
            for who in ("leader", "registrar", "division_staff", "commune_officer", "principal")
        }
        assert counts == {
            "leader": 1, "registrar": 1, "division_staff": 0, "commune_officer": 0, "principal": 0,
        }  # fmt: skip

    def test_a_meeting_with_its_roll(self, briefing, cast, province, api_of):
        meeting = hold_meeting(
            briefing=briefing, title="Giao ban", held_at=BRIEFING_TIME, place="Sở", chair="Lan", by=cast.staff
        )
        marks = {province.high_school.pk: Mark(Presence.ABSENT, "Bận thi")}
        take_attendance(meeting=meeting, version=meeting.version, marks=marks, by=cast.staff)
        shown = api_of(cast.leader).get(f"{API}/meetings/{meeting.pk}/").json()
        roll = {one["unit"]["short_name"]: (one["presence"], one["reason"]) for one in shown["attendance"]}
        assert (len(roll), roll["THPT Ngọc Sơn"]) == (4, ("absent", "Bận thi"))
        assert (shown["briefing_id"], shown["notice_id"]) == (briefing.pk, None)
        assert shown["attendance_counts"] == {"invited": 4, "present": 0, "absent": 1, "not_noted": 3}

    def test_a_meeting_with_its_agenda_and_opinions(self, briefing, cast, api_of):
        meeting = hold_meeting(
            briefing=briefing, title="Giao ban", held_at=BRIEFING_TIME, place="Sở", chair="Lan", by=cast.staff
        )
        save_agenda(meeting=meeting, version=1, items=[AgendaLine("Báo cáo", "Lan", 20)], by=cast.staff)
        said = [OpinionText("Hoa", "TH Suối Mây", "Nhất trí.")]
        save_opinions(meeting=meeting, version=2, opinions=said, remarks="Chung", by=cast.staff)
        shown = api_of(cast.leader).get(f"{API}/meetings/{meeting.pk}/").json()
        assert shown["agenda"] == [{"position": 1, "title": "Báo cáo", "speaker": "Lan", "minutes": 20}]
        assert shown["heard"] == [
            {"position": 1, "speaker": "Hoa", "unit": "TH Suối Mây", "text": "Nhất trí."}
        ]
        assert (shown["opinions"], shown["invited_at"]) == ("Chung", None)
        assert dt.datetime.fromisoformat(shown["held_at"]) == BRIEFING_TIME

    @pytest.mark.parametrize(("name", "expected"), [("briefings", 3), ("meetings", 3)])
    def test_the_number_of_queries_does_not_grow(self, briefing, cast, province, api_of, name, expected):
        def hold(one) -> None:
            hold_meeting(
                briefing=one, title="Giao ban", held_at=BRIEFING_TIME, place="Sở", chair="Lan", by=cast.staff
            )

        hold(briefing)
        for office in (province.cloud_commune, province.tea_commune):
            hold(
                build_briefing(
                    office=office, period=briefing.period, by=None, today=BRIEFING_DAY, now=BRIEFING_TIME
                )
            )
        api = api_of(cast.leader)
        api.get(f"{API}/{name}/")

        def queries(limit: int) -> int:
            with CaptureQueriesContext(connection) as captured:
                assert len(api.get(f"{API}/{name}/", {"limit": limit}).json()["results"]) == limit
            return len(captured)

        assert (queries(1), queries(3)) == (expected, expected)


def test_two_programmes_at_one_report(months, province, cast, api_of, in_november):
    """The later of two with one version is told; nothing of it is written."""
    row = MonthlyReport.objects.get(unit=Unit.objects.get(pk=province.cloud_primary.pk), period=months[2])
    clerk, principal = api_of(cast.clerk), api_of(cast.principal)
    version = row.version
    answers = [
        save(clerk, row, version=version, figures=given(pupils=380), difficulties="của văn phòng"),
        save(principal, row, version=version, figures=given(classes=12), difficulties="của hiệu trưởng"),
    ]
    assert [one.status_code for one in answers] == [200, 409]
    assert (figures(row), fresh(row).difficulties) == ({"pupils": 380}, "của văn phòng")
