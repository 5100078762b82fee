"""What came in is reviewed: the queue, many accepted together and taken back, words at figures."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from eduportal.base.errors import Refused
from reports import actions
from reports.actions import joint
from reports.actions.commenting import close_comment, comment_on
from reports.jobs import work_off_joint
from reports.models import FigureComment, JointAcceptance, JointOutcome, ReportState
from reports.queries.review import review_queue, waiting_for
from targets.models import Measure, Observation
from tests.conftest import TODAY
from tests.reports.months import report
from tests.reports.page import fresh, typed, url
from trail.actions import JobCancelled
from trail.models import AuditEvent, Job, Notification

pytestmark = pytest.mark.usefixtures("in_november")
REVIEW = "/reports/review/"
LOOK_AT_IT = "Sĩ số tăng 20 em, ghi rõ lớp nào"


def status_of(row) -> set[str]:
    found = Observation.objects.filter(unit=row.unit_id, period=row.period_id)
    return set(found.values_list("status", flat=True))


def nothing(percent, note=""):
    """Progress that nobody looks at."""


@pytest.fixture
def clear(sent):
    """A report in which nothing is doubtful: October was 378 pupils, November is 380."""
    return sent


@pytest.fixture
def doubtful(clear, province, months):
    """Beside it, one of the same commune with a contradiction that is explained."""
    return report(province.orchid_preschool, months[2], sent_on=TODAY).of(("preschool", 0, 150, 141, 14))


@pytest.fixture
def officer(cast):
    return cast.commune_officer


@pytest.fixture
def accept(officer):
    def accepted(*rows):
        asked = joint.ask_to_accept(reports=rows, by=officer, now=timezone.now())
        joint.work_off(asked, now=timezone.now(), progress=nothing)
        return JointAcceptance.objects.get(pk=asked.pk)

    return accepted


def outcomes(acceptance) -> dict[int, str]:
    return dict(acceptance.rows.values_list("report", "outcome"))


class TestTheQueue:
    def test_the_greatest_risk_comes_first(self, clear, doubtful, officer, months):
        found = review_queue(waiting_for(officer), months[2])
        assert [(one.report, one.risk.serious > 0, one.risk.is_clear) for one in found] == [
            (doubtful, True, False),
            (clear, False, True),
        ]

    def test_of_like_ones_the_newest(self, clear, province, months, officer):
        later = report(province.orchid_preschool, months[2], sent_on=TODAY + dt.timedelta(days=1))
        newer = later.of(("preschool", 6, 150, 141, 14))
        assert [one.report for one in review_queue(waiting_for(officer), months[2])] == [newer, clear]

    def test_what_was_returned_before_is_to_be_read(self, clear, officer, cast, months):
        actions.return_report(
            report=clear, version=clear.version, reason=LOOK_AT_IT, by=officer, now=timezone.now()
        )
        back = fresh(clear)
        actions.send_report(report=back, version=back.version, by=cast.principal, now=timezone.now())
        [one] = review_queue(waiting_for(officer), months[2])
        assert (one.risk.was_returned, one.risk.is_clear) == (True, False)

    def test_as_many_queries_for_three_as_for_one(self, clear, province, months, officer, cast):
        def queries():
            with CaptureQueriesContext(
                connection,
            ) as found:
                assert review_queue(waiting_for(officer), months[2])
            return len(found)

        alone = queries()
        report(province.orchid_preschool, months[2], sent_on=TODAY).of(("preschool", 0, 150, 141, 14))
        assert queries() == alone <= 8

    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("commune_officer", 200),
            ("commune_leader", 200),
            ("staff", 200),
            ("principal", 403),
            ("clerk", 403),
            ("registrar", 403),
        ],
    )
    def test_to_accept_is_a_right_apart_from_seeing(self, clear, cast, client_of, who, status):
        client = client_of(getattr(cast, who))
        assert client.get(REVIEW).status_code == status
        if status == 403:
            assert client.post(f"{REVIEW}accept/", {}).status_code == 403

    def test_the_page(self, clear, doubtful, cast, client_of):
        page = client_of(cast.commune_officer).get(REVIEW)
        assert [one.report for one, _words in page.context["rows"]] == [doubtful, clear]
        assert (page.context["total"], page.context["clear"]) == (2, 1)
        assert "nghiêm trọng" in page.text
        # Who only sees the schools has none of them to review.
        assert client_of(cast.staff).get(REVIEW).context["total"] == 0

    @pytest.mark.parametrize(("sign", "left"), [("look", 1), ("clear", 1), ("late", 0), ("", 2)])
    def test_filters(self, clear, doubtful, cast, client_of, sign, left):
        page = client_of(cast.commune_officer).get(REVIEW, {"sign": sign})
        assert page.context["total"] == left

    def test_a_level(self, clear, doubtful, cast, client_of):
        page = client_of(cast.commune_officer).get(REVIEW, {"level": "preschool"})
        assert [one.report for one, _words in page.context["rows"]] == [doubtful]

    def test_a_filter_that_does_not_exist(self, clear, cast, client_of):
        answer = client_of(cast.commune_officer).get(REVIEW, {"period": "1999-01"})
        assert (answer.status_code, answer.url) == (302, REVIEW)

    def test_the_list_of_the_month_leads_there(self, clear, cast, client_of):
        listed = reverse("reports:months")
        assert f'href="{REVIEW}"' in client_of(cast.commune_officer).get(listed).text
        assert f'href="{REVIEW}"' not in client_of(cast.staff).get(listed).text


class TestAllWithoutWarnings:
    def ask(self, client, seen=None, **filters):
        moment = (seen or timezone.now()).isoformat()
        data = {"seen": moment, "period": "2026-11", **filters}
        return client.post(f"{REVIEW}accept/", data, follow=True)

    def test_only_those(self, clear, doubtful, cast, client_of):
        page = self.ask(client_of(cast.commune_officer))
        assert (fresh(clear).state, fresh(doubtful).state) == (ReportState.ACCEPTED, ReportState.SENT)
        assert page.context["counts"]["accepted"] == 1
        assert AuditEvent.objects.filter(verb="month.accepted_jointly").get().data == {"reports": 1}

    def test_those_of_the_filter(self, clear, doubtful, cast, client_of):
        self.ask(client_of(cast.commune_officer), level="preschool")
        assert (fresh(clear).state, JointAcceptance.objects.count()) == (ReportState.SENT, 0)

    def test_not_what_came_in_after_the_page(self, clear, cast, client_of):
        self.ask(client_of(cast.commune_officer), seen=clear.sent_at - dt.timedelta(seconds=1))
        assert fresh(clear).state == ReportState.SENT

    @pytest.mark.parametrize("seen", ["", "gestern", "2026-13-45"])
    def test_a_page_without_its_moment(self, clear, cast, client_of, seen):
        data = {"seen": seen, "period": "2026-11"}
        page = client_of(cast.commune_officer).post(f"{REVIEW}accept/", data, follow=True)
        assert (page.status_code, fresh(clear).state) == (200, ReportState.SENT)

    def test_sent_twice_it_is_done_once(self, clear, cast, client_of):
        client = client_of(cast.commune_officer)
        self.ask(client)
        self.ask(client)
        assert JointAcceptance.objects.count() == 1
        assert AuditEvent.objects.filter(verb="report.accepted").count() == 1

    def test_all_of_many_pages_by_a_job(self, clear, doubtful, officer, monkeypatch, client_of, cast):
        monkeypatch.setattr("reports.jobs.STEP", 0)
        answer = self.ask(client_of(cast.commune_officer))
        job = Job.objects.get(kind="reports.accept_jointly")
        assert answer.redirect_chain[-1][0] == reverse("job", args=[job.pk])
        assert fresh(clear).state == ReportState.SENT
        result = work_off_joint(nothing, **job.args)
        assert result == {"url": reverse("reports:joint", args=[JointAcceptance.objects.get().pk])}
        assert fresh(clear).state == ReportState.ACCEPTED


class TestTheWork:
    def test_in_steps_each_whole(self, clear, doubtful, officer, monkeypatch):
        monkeypatch.setattr(joint, "STEP", 1)
        said = []

        def stopped(percent, note=""):
            said.append(percent)
            raise JobCancelled

        asked = joint.ask_to_accept(reports=[clear, doubtful], by=officer, now=timezone.now())
        with pytest.raises(JobCancelled):
            joint.work_off(asked, now=timezone.now(), progress=stopped)
        first, second = sorted([clear, doubtful], key=lambda row: row.pk)
        assert (said, fresh(first).state, fresh(second).state) == ([50], "accepted", "sent")
        joint.work_off(asked, now=timezone.now(), progress=nothing)
        joint.work_off(asked, now=timezone.now(), progress=nothing)
        assert set(outcomes(asked).values()) == {JointOutcome.ACCEPTED}
        assert AuditEvent.objects.filter(verb="report.accepted").count() == 2

    def test_what_changed_meanwhile_is_left(self, clear, officer, cast):
        asked = joint.ask_to_accept(reports=[clear], by=officer, now=timezone.now())
        actions.call_back(report=clear, version=clear.version, by=cast.principal)
        joint.work_off(asked, now=timezone.now(), progress=nothing)
        assert outcomes(asked) == {clear.pk: JointOutcome.LEFT}
        assert fresh(clear).state == ReportState.EXPECTED

    def test_who_no_longer_acts_accepts_nothing(self, clear, officer):
        asked = joint.ask_to_accept(reports=[clear], by=officer, now=timezone.now())
        officer.valid_to = timezone.localdate()
        officer.save()
        with pytest.raises(Refused):
            work_off_joint(nothing, acceptance_id=asked.pk)
        assert fresh(clear).state == ReportState.SENT

    def test_of_nothing(self, officer):
        with pytest.raises(Refused) as refused:
            joint.ask_to_accept(reports=[], by=officer, now=timezone.now())
        assert refused.value.code == "nothing_to_accept"


class TestTakingBack:
    def test_they_wait_again_with_provisional_figures(self, clear, accept, officer, cast):
        acceptance = accept(clear)
        assert status_of(clear) == {"accepted"}
        asked = joint.ask_to_undo(acceptance=acceptance, by=officer, now=timezone.now())
        joint.work_off(asked, now=timezone.now(), progress=nothing)
        row = fresh(clear)
        assert (row.state, row.reviewed_at, row.reviewed_by, status_of(row)) == ("sent", None, None, {"sent"})
        assert outcomes(asked) == {clear.pk: JointOutcome.UNDONE}
        assert not Notification.objects.open().filter(kind="report.accepted")
        # It is the school's to call back once more, and the office's to accept.
        accept(row)
        assert fresh(clear).state == ReportState.ACCEPTED

    def test_not_what_was_corrected_since(self, clear, accept, officer, cast):
        acceptance = accept(clear)
        row = fresh(clear)
        actions.correct_report(
            report=row,
            version=row.version,
            reason="Đếm sót một em",
            figures={"primary.pupils": Decimal(381)},
            remarks={},
            answers={},
            difficulties="",
            proposals="",
            by=cast.principal,
            now=timezone.now(),
        )
        asked = joint.ask_to_undo(acceptance=acceptance, by=officer, now=timezone.now())
        joint.work_off(asked, now=timezone.now(), progress=nothing)
        assert outcomes(asked) == {clear.pk: JointOutcome.KEPT}
        assert (fresh(clear).correction, fresh(clear).state) == ("Đếm sót một em", ReportState.SENT)

    def test_once(self, clear, accept, officer):
        acceptance = accept(clear)
        joint.ask_to_undo(acceptance=acceptance, by=officer, now=timezone.now())
        with pytest.raises(Refused) as refused:
            joint.ask_to_undo(acceptance=acceptance, by=officer, now=timezone.now())
        assert refused.value.code == "undone_before"

    @pytest.mark.parametrize(("hours", "may"), [(24, True), (25, False)])
    def test_for_a_day(self, clear, accept, officer, hours, may):
        acceptance, later = accept(clear), timezone.now() + dt.timedelta(hours=hours)
        assert joint.may_be_undone(acceptance, later) is may
        if not may:
            with pytest.raises(Refused) as refused:
                joint.ask_to_undo(acceptance=acceptance, by=officer, now=later)
            assert refused.value.code == "too_late_to_undo"

    def test_in_the_middle_of_the_work_it_stops_and_goes_back(self, clear, doubtful, officer, monkeypatch):
        monkeypatch.setattr(joint, "STEP", 1)
        asked = joint.ask_to_accept(reports=[clear, doubtful], by=officer, now=timezone.now())

        def thinks_better(percent, note=""):
            joint.ask_to_undo(acceptance=asked, by=officer, now=timezone.now())

        joint.work_off(asked, now=timezone.now(), progress=thinks_better)
        assert sorted(outcomes(asked).values()) == [JointOutcome.UNDONE, JointOutcome.WAITING]
        assert {fresh(clear).state, fresh(doubtful).state} == {ReportState.SENT}

    def test_on_the_page(self, clear, accept, cast, client_of):
        acceptance = accept(clear)
        client = client_of(cast.commune_officer)
        page = client.get(reverse("reports:joint", args=[acceptance.pk]))
        assert (page.context["may_undo"], page.context["counts"]["accepted"]) == (True, 1)
        page = client.post(reverse("reports:joint_undo", args=[acceptance.pk]), follow=True)
        assert (page.context["may_undo"], page.context["counts"]["undone"]) == (False, 1)
        again = client.post(reverse("reports:joint_undo", args=[acceptance.pk]), follow=True)
        assert "đã được thu hồi" in again.text

    @pytest.mark.parametrize(
        ("who", "status"),
        [("commune_leader", 302), ("staff", 404), ("principal", 404), ("neighbour", 404), ("outsider", 404)],
    )
    def test_who_may(self, clear, accept, cast, client_of, who, status):
        acceptance = accept(clear)
        answer = client_of(getattr(cast, who)).post(reverse("reports:joint_undo", args=[acceptance.pk]))
        assert answer.status_code == status
        assert (fresh(clear).state == ReportState.SENT) is (status == 302)

    def test_going_on(self, clear, officer, cast, client_of):
        asked = joint.ask_to_accept(reports=[clear], by=officer, now=timezone.now())
        client = client_of(cast.commune_officer)
        assert client.get(reverse("reports:joint", args=[asked.pk])).context["unfinished"] == 1
        client.post(reverse("reports:joint_resume", args=[asked.pk]))
        assert fresh(clear).state == ReportState.ACCEPTED


class TestWordsAtFigures:
    @pytest.fixture
    def pupils(self, clear):
        return Measure.objects.get(code="primary.pupils")

    @pytest.fixture
    def comment(self, clear, pupils, officer):
        return comment_on(report=clear, measure=pupils, text=LOOK_AT_IT, by=officer, now=timezone.now())

    @pytest.mark.parametrize(
        ("who", "status"),
        [("commune_officer", 302), ("staff", 403), ("principal", 403), ("neighbour", 404), ("outsider", 404)],
    )
    def test_who_writes(self, clear, cast, client_of, who, status):
        data = {"measure": "primary.pupils", "text": LOOK_AT_IT}
        answer = client_of(getattr(cast, who)).post(url(clear, "report_comment"), data)
        assert answer.status_code == status
        assert FigureComment.objects.count() == (1 if status == 302 else 0)

    @pytest.mark.parametrize(
        "data",
        [
            {"measure": "primary.pupils", "text": "   "},
            {"measure": "preschool.pupils", "text": LOOK_AT_IT},
            {"measure": "primary.pupils", "text": "x" * 1001},
            {},
        ],
    )
    def test_what_is_no_comment(self, clear, cast, client_of, data):
        page = client_of(cast.commune_officer).post(url(clear, "report_comment"), data, follow=True)
        assert (page.status_code, FigureComment.objects.count()) == (200, 0)
        assert "Chưa ghi được ý kiến." in page.text
        assert data.get("text", "").strip() in page.text

    def test_the_school_is_told_and_reads_it_at_the_figure(self, clear, comment, cast, client_of):
        home = client_of(cast.principal).get(reverse("home")).text
        assert LOOK_AT_IT in home
        assert LOOK_AT_IT in client_of(cast.principal).get(url(clear)).text
        assert LOOK_AT_IT in client_of(cast.clerk).get(url(clear)).text

    def test_also_where_it_corrects_the_report(self, clear, comment, officer, cast, client_of):
        actions.return_report(
            report=clear, version=clear.version, reason=LOOK_AT_IT, by=officer, now=timezone.now()
        )
        page = client_of(cast.principal).get(url(clear))
        assert page.context["comments"] == [comment]
        assert page.text.count(LOOK_AT_IT) == 2  # the reason above, the comment at the figure

    def test_nothing_is_written_at_what_the_school_has(self, row, cast, officer):
        measure = Measure.objects.get(code="primary.pupils")
        with pytest.raises(Refused) as refused:
            comment_on(report=row, measure=measure, text=LOOK_AT_IT, by=officer, now=timezone.now())
        assert refused.value.code == "not_in"

    @pytest.mark.parametrize(
        ("who", "status"),
        [("principal", 302), ("clerk", 302), ("commune_officer", 302), ("staff", 403), ("neighbour", 404)],
    )
    def test_who_closes_it(self, clear, comment, cast, client_of, who, status):
        answer = client_of(getattr(cast, who)).post(reverse("reports:comment_close", args=[comment.pk]))
        assert answer.status_code == status
        comment.refresh_from_db()
        assert comment.is_open is (status != 302)

    def test_closed_it_stays_readable_and_asks_for_nothing(self, clear, comment, cast, client_of):
        assert close_comment(comment=comment, by=cast.clerk, now=timezone.now())
        assert not close_comment(comment=comment, by=cast.principal, now=timezone.now())
        comment.refresh_from_db()
        assert comment.closed_by == cast.clerk.user
        assert not Notification.objects.open().filter(kind="report.commented")
        assert LOOK_AT_IT in client_of(cast.commune_officer).get(url(clear)).text

    def test_the_report_is_not_accepted_unseen(self, clear, comment, officer, months):
        [one] = review_queue(waiting_for(officer), months[2])
        assert (one.risk.comments, one.risk.is_clear) == (1, False)


class TestTheSchoolIsTold:
    def words(self, cast, client_of) -> list[str]:
        page = client_of(cast.principal).get(reverse("home"))
        return [str(one.words) for one in page.context["notices"]]

    def test_of_a_return_until_it_is_sent_again(self, clear, officer, cast, client_of):
        actions.return_report(
            report=clear, version=clear.version, reason=LOOK_AT_IT, by=officer, now=timezone.now()
        )
        [told] = self.words(cast, client_of)
        assert LOOK_AT_IT in told
        client_of(cast.principal).post(url(clear), typed(fresh(clear), send=""))
        assert self.words(cast, client_of) == []

    def test_of_the_acceptance_for_a_week(self, clear, accept, cast, client_of, time_machine):
        accept(clear)
        assert len(self.words(cast, client_of)) == 1
        time_machine.shift(dt.timedelta(days=8))
        assert self.words(cast, client_of) == []
