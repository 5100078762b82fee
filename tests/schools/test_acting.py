"""A deputy acts as principal for a dated time: who may name, what both see, how it is signed and kept."""

import datetime as dt
from http import HTTPStatus

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import RoleCode
from accounts.roles import Permission
from eduportal.base.errors import Refused
from reports.actions.monthly import send_report
from reports.models import MonthlyReport
from schools.actions.postings import name_acting_principal, remove_posting, stop_acting
from schools.models import Posting
from schools.queries.acting import possible_deputies
from tests.conftest import posted
from tests.reports.months import open_months, report
from trail.models import AuditEvent

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)
FIRST, LAST = dt.date(2026, 11, 23), dt.date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC), tick=False)


def name(cast, first=FIRST, last=LAST, user=None, by=None):
    return name_acting_principal(
        school=cast.principal.unit, user=user or cast.clerk.user, first_day=first, last_day=last, by=by
    )


class TestNaming:
    def test_it_begins_and_ends_by_itself(self, cast):
        posting = name(cast)
        days = [TODAY, FIRST, LAST, dt.date(2026, 12, 1)]
        assert [posting.is_in_force(day) for day in days] == [False, True, True, False]
        assert posting.may(Permission.SEND_REPORTS)

    def test_the_principal_keeps_every_right(self, cast):
        name(cast)
        assert Posting.objects.on(FIRST).filter(unit=cast.principal.unit, role="principal").count() == 2

    def test_two_may_act_at_once_but_nobody_twice(self, cast):
        name(cast)
        other = posted("phohieutruong", "Lò Văn Phó", cast.principal.unit, RoleCode.CLERK)
        name(cast, user=other.user)
        with pytest.raises(Refused):
            name(cast, first=LAST, last=dt.date(2026, 12, 31))
        name(cast, first=dt.date(2026, 12, 1), last=dt.date(2026, 12, 31))

    def test_the_principal_does_not_act_as_one(self, cast):
        with pytest.raises(Refused):
            name(cast, user=cast.principal.user)

    def test_without_an_end_or_as_something_else_the_database_takes_none(self, cast):
        for fields in ({"role": "principal"}, {"role": "clerk", "valid_to": LAST}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Posting.objects.create(
                    user=cast.clerk.user, unit=cast.principal.unit, valid_from=FIRST, is_acting=True, **fields
                )

    def test_the_role_says_from_when_to_when(self, cast):
        assert name(cast).role_name == "quyền Hiệu trưởng (từ 23/11/2026 đến 30/11/2026)"

    def test_stopped_it_ends_with_today(self, cast):
        posting = name(cast, first=TODAY)
        stop_acting(posting=posting, by=None, today=TODAY)
        assert Posting.objects.get(pk=posting.pk).last_day == TODAY

    def test_before_it_begins_it_is_taken_back(self, cast):
        posting = name(cast)
        stop_acting(posting=posting, by=cast.principal, today=TODAY)
        assert not Posting.objects.filter(is_acting=True).exists()
        verbs = set(AuditEvent.objects.values_list("verb", flat=True))
        assert {"posting.acting_named", "posting.removed"} <= verbs

    def test_a_posting_that_has_begun_is_not_removed(self, cast):
        with pytest.raises(Refused):
            remove_posting(posting=cast.clerk, by=None, today=TODAY)


class TestSigning:
    def test_the_report_is_printed_and_the_trail_kept_so(self, cast, province, client_of, time_machine):
        [october] = open_months((2026, 10))
        posting = name(cast)
        report(province.cloud_primary, october).of(("primary", 17, 512, 498, 26))
        now = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
        time_machine.move_to(now, tick=False)
        row = MonthlyReport.objects.get(unit=province.cloud_primary, period=october)
        MonthlyReport.objects.filter(pk=row.pk).update(state="returned", reason="Xem lại")
        row.refresh_from_db()
        send_report(report=row, version=row.version, by=posting, now=now)
        page = client_of(posting).get(reverse("reports:report_sheet", args=[row.pk])).content.decode()
        assert "<strong>KT. HIỆU TRƯỞNG<br>PHÓ HIỆU TRƯỞNG</strong>" in page
        event = AuditEvent.objects.about(row).filter(verb="report.sent").first()
        assert event.actor_name == "Bùi Văn Tâm (quyền Hiệu trưởng)"


class TestPage:
    def url(self, school):
        return reverse("schools:acting", args=[school.pk])

    def typed(self, cast, **fields):
        return {"person": cast.clerk.user_id, "first_day": "23/11/2026", "last_day": "30/11/2026"} | fields

    @pytest.mark.parametrize("who", ["principal", "leader", "admin", "commune_leader"])
    def test_who_may_name(self, cast, province, client_of, who):
        client_of(getattr(cast, who)).post(self.url(province.cloud_primary), self.typed(cast))
        event = AuditEvent.objects.get(verb="posting.acting_named")
        assert (event.actor_id, event.unit_id) == (getattr(cast, who).user_id, province.cloud_primary.pk)

    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("clerk", HTTPStatus.FORBIDDEN),
            ("staff", HTTPStatus.FORBIDDEN),
            ("commune_officer", HTTPStatus.FORBIDDEN),
            ("neighbour", HTTPStatus.NOT_FOUND),
            ("tea_principal", HTTPStatus.NOT_FOUND),
            ("outsider", HTTPStatus.NOT_FOUND),
        ],
    )
    def test_who_may_not(self, cast, province, client_of, who, status):
        client = client_of(getattr(cast, who))
        assert client.post(self.url(province.cloud_primary), self.typed(cast)).status_code == status
        assert not Posting.objects.filter(is_acting=True).exists()

    def test_a_siblings_leader_does_not_find_the_school(self, cast, province, client_of):
        sibling = client_of(posted("ldchè", "Lò Thị Chè", province.tea_commune, RoleCode.LEADER))
        assert sibling.get(self.url(province.cloud_primary)).status_code == HTTPStatus.NOT_FOUND

    def test_whoever_acts_hands_the_office_on_to_nobody(self, cast, province, client_of):
        posting = name(cast, first=TODAY)
        client = client_of(posting)
        client.post(reverse("schools:act_as"), {"posting": posting.pk})
        assert client.get(self.url(province.cloud_primary)).status_code == HTTPStatus.FORBIDDEN

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"first_day": "21/11/2026"}, "Không giao quyền cho những ngày đã qua"),
            ({"last_day": "22/11/2026"}, "Ngày cuối trước ngày đầu"),
            ({"last_day": ""}, "Cần nhập mục này"),
            ({"person": "0"}, ""),
        ],
    )
    def test_what_is_wrong_is_said(self, cast, province, client_of, wrong, words):
        answer = client_of(cast.principal).post(self.url(province.cloud_primary), self.typed(cast, **wrong))
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert words in answer.content.decode()
        assert not Posting.objects.filter(is_acting=True).exists()

    def test_only_people_of_the_school_can_be_named(self, cast, province):
        assert list(possible_deputies(province.cloud_primary, TODAY)) == [cast.clerk.user]

    def test_both_see_it_on_their_first_page(self, cast, client_of):
        name(cast)
        words = "Bùi Văn Tâm: quyền Hiệu trưởng (từ 23/11/2026 đến 30/11/2026)"
        for posting in (cast.principal, cast.clerk):
            assert words in client_of(posting).get(reverse("home")).content.decode()
        assert words not in client_of(cast.neighbour).get(reverse("home")).content.decode()

    def test_ended_from_the_page(self, cast, province, client_of):
        posting = name(cast, first=TODAY)
        client_of(cast.principal).post(
            reverse("schools:acting_stop", args=[province.cloud_primary.pk, posting.pk])
        )
        assert Posting.objects.get(pk=posting.pk).last_day == TODAY

    def test_another_posting_of_the_school_is_not_stopped_so(self, cast, province, client_of):
        url = reverse("schools:acting_stop", args=[province.cloud_primary.pk, cast.clerk.pk])
        assert client_of(cast.principal).post(url).status_code == HTTPStatus.NOT_FOUND
