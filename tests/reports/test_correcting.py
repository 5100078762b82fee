"""What was sent is called back until it is decided on; what was accepted is corrected, as a new version."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eduportal.base.errors import EditConflict, Refused
from reports import actions
from reports.actions.briefing import build_briefing
from reports.models import Question, ReportState, ReportVersion
from reports.queries import figure_lines
from reports.queries.corrected import corrected_since, summed
from reports.queries.versions import former_versions
from targets.models import Observation
from tests.conftest import TODAY
from tests.reports.months import BRIEFING_DAY, BRIEFING_TIME, report
from tests.reports.page import OCTOBER_DAY, PRIMARY, figures, fresh, typed, url
from trail.models import AuditEvent

pytestmark = pytest.mark.usefixtures("in_november")
WHY = "Đếm sót một lớp ở điểm trường Nà Pàn"
NOT_SO = "Chưa khớp sổ đăng bộ"
FOUR = {f"primary.{stem}": Decimal(n) for stem, n in zip(PRIMARY, (12, 380, 371, 21), strict=True)}


def statuses(row) -> set[str]:
    return set(
        Observation.objects.filter(unit=row.unit_id, period=row.period_id).values_list("status", flat=True)
    )


@pytest.fixture
def sent(row, cast):
    saved = actions.save_report(report=row, version=1, figures=FOUR, by=cast.clerk, now=timezone.now())
    return actions.send_report(report=saved, version=2, by=cast.principal, now=timezone.now())


@pytest.fixture
def accept(cast):
    def accepted(row):
        return actions.accept_report(
            report=row, version=row.version, by=cast.commune_officer, now=timezone.now()
        )

    return accepted


@pytest.fixture
def give_back(cast):
    def given_back(row, reason=NOT_SO):
        return actions.return_report(
            report=row, version=row.version, reason=reason, by=cast.commune_officer, now=timezone.now()
        )

    return given_back


@pytest.fixture
def accepted(sent, accept):
    return accept(sent)


@pytest.fixture
def correct(cast):
    """`correct(row, {"primary.pupils": Decimal(390)})`."""

    def corrected(row, changed, **more):
        usual = {"remarks": {}, "answers": {}, "difficulties": "", "proposals": "", "reason": WHY}
        said = {"figures": changed, "by": cast.principal, "now": timezone.now()}
        return actions.correct_report(report=row, version=row.version, **said, **usual | more)

    return corrected


class TestCallingBack:
    def test_it_is_the_schools_again_and_was_not_sent(self, sent, cast):
        back = actions.call_back(report=sent, version=3, by=cast.principal)
        assert (back.state, back.sent_at, back.first_sent_at, back.is_editable) == (
            ReportState.EXPECTED, None, None, True,
        )  # fmt: skip
        assert (statuses(back), figures(back)["pupils"]) == ({"draft"}, 380)
        assert AuditEvent.objects.about(back).first().verb == "report.called_back"

    def test_sent_anew_after_its_day_it_is_late(self, sent, cast):
        back = actions.call_back(report=sent, version=3, by=cast.principal)
        late = timezone.make_aware(dt.datetime.combine(back.due_on + dt.timedelta(days=1), dt.time(9)))
        assert actions.send_report(report=back, version=4, by=cast.principal, now=late).was_sent_late

    def test_what_was_decided_on_is_not_called_back(self, accepted, cast):
        with pytest.raises(Refused) as refused:
            actions.call_back(report=accepted, version=4, by=cast.principal)
        assert (refused.value.code, fresh(accepted).state) == ("not_waiting_for_review", ReportState.ACCEPTED)

    def test_nor_what_changed_meanwhile(self, sent, cast):
        with pytest.raises(EditConflict):
            actions.call_back(report=sent, version=2, by=cast.principal)

    @pytest.mark.parametrize(
        ("who", "status"),
        [("principal", 302), ("clerk", 403), ("commune_officer", 403), ("neighbour", 404), ("outsider", 404)],
    )
    def test_who_may(self, sent, cast, client_of, who, status):
        answer = client_of(getattr(cast, who)).post(url(sent, "report_call_back"), {"version": "3"})
        assert answer.status_code == status
        assert (fresh(sent).state == ReportState.EXPECTED) == (who == "principal")

    def test_the_page_offers_it_to_whoever_sends(self, sent, cast, client_of):
        offered = {
            who: url(sent, "report_call_back") in client_of(getattr(cast, who)).get(url(sent)).text
            for who in ("principal", "clerk", "commune_officer")
        }
        assert offered == {"principal": True, "clerk": False, "commune_officer": False}


class TestCorrecting:
    def test_it_waits_for_review_and_the_former_version_is_kept(self, accepted, cast, correct):
        row = correct(accepted, {"primary.classes": Decimal(13), "primary.teachers": Decimal(20)})
        assert (row.state, row.correction, row.reviewed_at) == (ReportState.SENT, WHY, None)
        assert (statuses(row), figures(row)["classes"], figures(row)["teachers"]) == (
            {"sent"}, 13, 20,
        )  # fmt: skip
        kept = ReportVersion.objects.get(report=row)
        assert (kept.number, kept.outcome, kept.reason, kept.reviewed_by) == (
            1, "corrected", "", cast.commune_officer.user,
        )  # fmt: skip
        [former] = former_versions(row, figure_lines(row))
        assert [(one.measure.code, one.then, one.now) for one in former.differences] == [
            ("primary.classes", Decimal(12), Decimal(13)),
            ("primary.teachers", Decimal(21), Decimal(20)),
        ]

    def test_its_day_is_that_of_the_first_sending(self, accepted, correct):
        assert not correct(accepted, {"primary.classes": Decimal(13)}).was_sent_late

    def test_accepted_it_is_the_report(self, accepted, accept, correct):
        row = correct(accepted, {"primary.classes": Decimal(13)})
        accept(row)
        assert (fresh(row).state, statuses(row), figures(row)["classes"]) == (
            ReportState.ACCEPTED,
            {"accepted"},
            13,
        )

    @pytest.mark.parametrize("outcome", ["refused", "called_back"])
    def test_if_it_does_not_stand_the_accepted_version_does(
        self, accepted, cast, correct, give_back, outcome
    ):
        said = {"remarks": {"primary.classes": "Tách lớp"}, "difficulties": "Thiếu phòng"}
        question = Question.objects.get(reporter="school")
        row = correct(accepted, {"primary.classes": Decimal(13)}, answers={question.pk: "Hội khỏe"}, **said)
        if outcome == "refused":
            give_back(row)
        else:
            actions.call_back(report=row, version=row.version, by=cast.principal)
        stored = fresh(row)
        assert (stored.state, stored.correction, stored.difficulties) == (ReportState.ACCEPTED, "", "")
        assert (stored.sent_at, stored.reviewed_by) == (accepted.sent_at, accepted.reviewed_by)
        assert (statuses(row), figures(row)["classes"], list(row.answers.all())) == ({"accepted"}, 12, [])
        assert stored.reason == (NOT_SO if outcome == "refused" else "")
        kept = list(ReportVersion.objects.filter(report=row).values_list("outcome", "word"))
        assert kept == [("corrected", ""), (outcome, stored.reason)]

    def test_it_may_be_corrected_again_and_again(self, accepted, accept, correct):
        row = accepted
        for count in (13, 14):
            row = accept(correct(row, {"primary.classes": Decimal(count)}))
        told = [
            (one.version.number, [(d.then, d.now) for d in one.differences])
            for one in former_versions(row, figure_lines(row))
        ]
        assert told == [(2, [(Decimal(13), Decimal(14))]), (1, [(Decimal(12), Decimal(14))])]

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({}, "no_change"),
            ({"primary.classes": Decimal(12)}, "no_change"),
            ({"primary.classes": None}, "figures_missing"),
            ({"primary.classes": Decimal(0)}, "doubts_unexplained"),
        ],
    )
    def test_what_cannot_be_sent_changes_nothing(self, accepted, correct, changed, refusal):
        with pytest.raises(Refused) as refused:
            correct(accepted, changed)
        assert refused.value.code == refusal
        assert (fresh(accepted).state, statuses(accepted), figures(accepted)["classes"]) == (
            ReportState.ACCEPTED, {"accepted"}, 12,
        )  # fmt: skip
        assert not ReportVersion.objects.exists()

    def test_only_an_accepted_report(self, sent, correct):
        with pytest.raises(Refused) as refused:
            correct(sent, {"primary.classes": Decimal(13)})
        assert refused.value.code == "not_accepted"

    @given(first=st.integers(1, 40), second=st.integers(1, 40))
    @settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_whatever_is_refused_leaves_the_accepted_figures(
        self, accepted, correct, give_back, first, second
    ):
        before, counted = figures(accepted), {"remarks": {"primary.classes": "Đã đếm lại"}}
        for count in {first, second} - {12}:
            give_back(correct(fresh(accepted), {"primary.classes": Decimal(count)}, **counted))
        assert (figures(accepted), statuses(accepted)) == (before, {"accepted"})


class TestThePage:
    def test_it_is_filled_in_and_sent_with_a_reason(self, accepted, cast, client_of):
        client = client_of(cast.principal)
        page = client.get(url(accepted, "report_correct"))
        assert (page.status_code, page.context["form"]["primary-classes"].value()) == (200, "12")
        data = typed(accepted, primary__classes="13", reason=WHY)
        assert client.post(url(accepted, "report_correct"), data).status_code == 302
        assert (fresh(accepted).state, fresh(accepted).correction) == (ReportState.SENT, WHY)
        read = client_of(cast.commune_officer).get(url(accepted)).text
        assert WHY in read
        assert "Phiên bản 1" in read

    @pytest.mark.parametrize(
        ("typed_in", "status", "wrong"),
        [
            ({"reason": "sai"}, 422, ["reason"]),
            ({"primary__classes": "", "reason": WHY}, 422, ["primary-classes"]),
            ({"primary__classes": "x", "reason": WHY}, 422, ["primary-classes"]),
            ({"reason": WHY}, 422, ["__all__"]),
            ({"primary__classes": "13", "reason": WHY, "version": "1"}, 409, ["__all__"]),
        ],
    )
    def test_what_is_wrong_is_said_and_stays_on_the_page(
        self, accepted, cast, client_of, typed_in, status, wrong
    ):
        answer = client_of(cast.principal).post(url(accepted, "report_correct"), typed(accepted, **typed_in))
        assert (answer.status_code, list(answer.context["form"].errors)) == (status, wrong)
        assert answer.context["form"]["reason"].value() == typed_in["reason"]
        assert (fresh(accepted).state, figures(accepted)["classes"]) == (ReportState.ACCEPTED, 12)

    @pytest.mark.parametrize(
        ("who", "status"),
        [("principal", 200), ("clerk", 403), ("commune_officer", 403), ("neighbour", 404), ("outsider", 404)],
    )
    def test_who_may(self, accepted, cast, client_of, who, status):
        assert client_of(getattr(cast, who)).get(url(accepted, "report_correct")).status_code == status

    def test_what_is_not_accepted_leads_to_its_page(self, sent, cast, client_of):
        answer = client_of(cast.principal).get(url(sent, "report_correct"))
        assert (answer.status_code, answer.url) == (302, url(sent))

    @pytest.mark.parametrize("corrections", [1, 3])
    def test_former_versions_cost_the_same_for_many(self, accepted, accept, correct, corrections):
        row = accepted
        for count in range(corrections):
            row = accept(correct(row, {"primary.classes": Decimal(13 + count)}))
        lines = figure_lines(row)
        with CaptureQueriesContext(connection) as captured:
            assert len(former_versions(row, lines)) == corrections
        assert len(captured) == 1


def test_a_built_briefing_keeps_its_figures_and_says_what_was_corrected(
    accepted, province, cast, client_of, accept, correct, time_machine
):
    time_machine.move_to(BRIEFING_TIME, tick=False)
    staff = cast.commune_officer
    briefing = build_briefing(
        office=province.cloud_commune, period=accepted.period, by=staff, today=BRIEFING_DAY, now=BRIEFING_TIME
    )
    before = briefing.figures
    client = client_of(cast.commune_officer)
    assert client.get(briefing.get_absolute_url()).context["corrected"] == []
    time_machine.move_to(BRIEFING_TIME + dt.timedelta(hours=1), tick=False)
    row = correct(accepted, {"primary.classes": Decimal(13)})
    assert client.get(briefing.get_absolute_url()).context["corrected"] == []
    accept(row)
    page = client.get(briefing.get_absolute_url())
    [one] = page.context["corrected"]
    assert (one.report, [(row.measure.code, row.then, row.now) for row in one.differences]) == (
        accepted,
        [("primary.classes", Decimal(12), Decimal(13))],
    )
    assert page.context["corrected_by"] == [("Số lớp (tiểu học)", Decimal(1))]
    assert "12 → 13" in " ".join(page.text.split())
    assert WHY in page.text
    briefing.refresh_from_db()
    assert briefing.figures == before
    shown = client.get(f"/briefings/{briefing.pk}/figures/primary.classes/").context
    assert (shown["has_changed"], shown["frozen"].value, shown["behind"].total) == (
        True,
        Decimal(12),
        Decimal(13),
    )


def test_the_api_calls_back_and_corrects(sent, cast, client_of, token_of):
    headers = {"authorization": f"Bearer {token_of(cast.principal)}"}
    client = client_of(cast.principal)

    def post(step, **given):
        answer = client.post(
            f"/api/v1/monthly-reports/{sent.pk}/{step}/",
            given,
            content_type="application/json",
            headers=headers,
        )
        return answer.status_code, answer.json()

    status, said = post("correct", version=3, reason=WHY)
    assert (status, said["code"]) == (409, "not_accepted")
    status, said = post("call-back", version=3)
    assert (status, said["state"]) == (200, "expected")
    post("send", version=4, doubts_checked=True)
    actions.accept_report(report=fresh(sent), version=5, by=cast.commune_officer, now=OCTOBER_DAY)
    status, said = post(
        "correct", version=6, reason=WHY, figures=[{"measure": "primary.classes", "value": 13}]
    )
    assert (status, said["state"], said["correction"]) == (200, "sent", WHY)


def test_corrections_of_several_reports_are_added_up_in_as_many_queries(
    accepted, province, cast, accept, correct, time_machine, months
):
    other = accept(
        report(province.orchid_preschool, months[2], sent_on=TODAY).of(("preschool", 6, 150, 141, 14))
    )
    time_machine.move_to(BRIEFING_TIME, tick=False)
    briefing = build_briefing(
        office=province.cloud_commune,
        period=accepted.period,
        by=cast.commune_officer,
        today=BRIEFING_DAY,
        now=BRIEFING_TIME,
    )
    time_machine.move_to(BRIEFING_TIME + dt.timedelta(hours=1), tick=False)
    accept(correct(accepted, {"primary.pupils": Decimal(381), "primary.attending": Decimal(372)}))

    def queries():
        with CaptureQueriesContext(connection) as captured:
            found = corrected_since(briefing)
        return found, len(captured)

    alone, cost = queries()
    assert [(row.measure.code, row.change) for row in alone[0].differences] == [
        ("primary.pupils", 1),
        ("primary.attending", 1),
    ]
    # Corrected twice: against what the briefing counted, not against the correction before.
    row = accept(
        correct(fresh(accepted), {"primary.pupils": Decimal(378), "primary.attending": Decimal(371)})
    )
    accept(correct(other, {"preschool.pupils": Decimal(149)}))
    both, as_much = queries()
    assert as_much == cost
    assert {(one.code, by) for one, by in summed(both)} == {("primary.pupils", -2), ("preschool.pupils", -1)}
    assert row.correction == WHY
