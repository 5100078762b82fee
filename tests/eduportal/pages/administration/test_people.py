"""Accounts on the portal's pages: opened, posted, corrected, closed, and first passwords on paper."""

import datetime as dt
import re
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import edit_account
from accounts.models import RoleCode, User
from schools.actions.accounts import open_school_accounts
from schools.models import Posting
from tests.accounts.test_signing_in import is_signed_in, sign_in
from tests.conftest import posted
from tests.factories import UserFactory
from trail.models import AuditEvent, Job

pytestmark = pytest.mark.django_db
PASSWORD = re.compile(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b")


@pytest.fixture
def admin(cast, client_of):
    return client_of(cast.admin)


@pytest.fixture
def commune_admin(province, cast, client_of):
    return client_of(posted("quantrixa", "Giàng Thị Xã", province.cloud_commune, RoleCode.ADMIN))


def url(name, *args):
    return reverse(f"administration:{name}", args=args)


def passwords(page):
    return PASSWORD.findall(page.content.decode())


TYPED = {
    "username": "thu.ha", "full_name": "Hà Thị Thu", "phone": "0912 345 678", "unit": "NS010002",
    "role": "principal", "first_day": "01/08/2026",
}  # fmt: skip


class TestOpening:
    def test_the_letter_shows_a_password_that_signs_in_once(self, admin, province):
        page = admin.post(url("person_new"), TYPED)
        [password] = passwords(page)
        assert "no-store" in page.headers["Cache-Control"]
        client = Client()
        sign_in(client, name="0912345678", password=password)
        assert is_signed_in(client)
        assert client.get(reverse("home")).headers["Location"] == reverse("account_change_password")
        assert Posting.objects.get(user__username="thu.ha").unit_id == province.cloud_primary.pk

    def test_what_is_wrong_is_said_and_what_was_typed_kept(self, admin, cast):
        answer = admin.post(url("person_new"), TYPED | {"username": "HOA", "role": "staff"})
        page = answer.content.decode()
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Tên đăng nhập này đã thuộc một tài khoản khác" in page
        assert "Hiệu trưởng và văn phòng nhà trường làm việc ở trường" in page
        assert 'value="Hà Thị Thu"' in page
        assert not User.objects.filter(full_name="Hà Thị Thu").exists()

    def test_a_commune_opens_accounts_of_its_own_units_only(self, commune_admin):
        answer = commune_admin.post(url("person_new"), TYPED | {"unit": "NS020001"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not User.objects.filter(username="thu.ha").exists()

    def test_schools_without_an_account_get_one_each(self, admin, cast, province):
        Posting.objects.filter(unit__in=[province.high_school, province.tea_combined]).update(
            valid_to=dt.date(2026, 1, 1)
        )
        page = admin.get(url("schools_without_account"))
        assert [school.code for school in page.context["page_obj"]] == ["NS020001", "NS000001"]
        made = passwords(admin.post(url("schools_without_account")))
        assert len(made) == 2
        client = Client()
        sign_in(client, name="ns020001", password=made[0])
        assert is_signed_in(client)
        assert list(admin.get(url("schools_without_account")).context["page_obj"]) == []
        posting = Posting.objects.on(dt.date.today()).get(unit=province.tea_combined)  # noqa: DTZ011
        assert (posting.user.username, posting.role) == ("NS020001", "principal")

    def test_a_second_click_opens_no_second_account(self, cast, province):
        """Both read the list before either wrote."""
        Posting.objects.filter(unit=province.high_school).delete()
        asked = {"schools": [province.high_school], "by": cast.admin, "today": dt.date(2026, 11, 22)}
        assert [len(open_school_accounts(**asked)) for _click in range(2)] == [1, 0]
        assert Posting.objects.filter(unit=province.high_school).count() == 1

    def test_a_former_account_by_the_code_is_not_in_the_way(self, admin, cast, province):
        UserFactory(username="NS000001", is_active=False)
        Posting.objects.filter(unit=province.high_school).delete()
        admin.post(url("schools_without_account"))
        assert Posting.objects.get(unit=province.high_school).user.username == "NS000001-2"

    def test_everybody_without_a_password_gets_a_letter(self, admin, cast):
        for user in (cast.clerk.user, cast.principal.user):
            user.set_unusable_password()
            user.save()
        User.objects.exclude(pk__in=[cast.clerk.user_id, cast.principal.user_id]).update(password="md5$x$y")
        admin.force_login(User.objects.get(pk=cast.admin.user_id))
        assert admin.get(url("people"), {"need": "password"}).context["page_obj"].paginator.count == 2
        assert len(passwords(admin.post(url("letters")))) == 2
        assert admin.post(url("letters")).headers["Location"] == url("people")


class TestOnePerson:
    def typed(self, user, **fields):
        names = ("username", "full_name", "phone", "email", "version")
        return {name: getattr(user, name) for name in names} | fields

    def test_name_and_contact_are_corrected(self, admin, cast):
        user = cast.clerk.user
        admin.post(url("person", user.pk), self.typed(user, full_name="Bùi Văn Tám"))
        user.refresh_from_db()
        assert (user.full_name, user.search_key) == ("Bùi Văn Tám", "bui van tam tam")

    def test_the_second_to_save_sees_both(self, admin, cast):
        user = cast.clerk.user
        typed = self.typed(user, full_name="Tên của tôi")
        admin.post(url("person", user.pk), self.typed(user, full_name="Tên của người khác"))
        page = admin.post(url("person", user.pk), typed)
        text = page.content.decode()
        assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Tên của người khác" in text
        assert 'value="Tên của tôi"' in text
        admin.post(url("person", user.pk), typed | {"version": page.context["form"]["version"].value()})
        assert User.objects.get(pk=user.pk).full_name == "Tên của tôi"

    def test_a_forgotten_password_is_replaced_and_sessions_end(self, admin, cast, client_of):
        theirs = client_of(cast.clerk)
        [password] = passwords(admin.post(url("password", cast.clerk.user_id)))
        assert theirs.get(reverse("home")).headers["Location"].startswith("/account/login/")
        client = Client()
        sign_in(client, name="tam", password=password)
        assert is_signed_in(client)
        event = AuditEvent.objects.about(cast.clerk.user).first()
        assert (event.verb, event.actor_id) == ("account.password_issued", cast.admin.user_id)

    def test_closed_and_opened_again(self, admin, cast, client_of):
        theirs = client_of(cast.clerk)
        admin.post(url("close", cast.clerk.user_id))
        assert theirs.get(reverse("home")).headers["Location"].startswith("/account/login/")
        admin.post(url("reopen", cast.clerk.user_id))
        assert User.objects.get(pk=cast.clerk.user_id).is_active

    def test_posted_once_more_and_ended(self, admin, cast, province):
        user = cast.clerk.user
        add = {"unit": "NS010001", "role": "clerk", "first_day": "01/08/2026"}
        admin.post(url("add_posting", user.pk), add)
        posting = Posting.objects.get(user=user, unit=province.orchid_preschool)
        admin.post(url("end_posting", posting.pk), {"last_day": "31/12/2026"})
        posting.refresh_from_db()
        assert posting.last_day == dt.date(2026, 12, 31)

    @pytest.mark.parametrize("day", ["", "31/13/2026", "01/01/2020"])
    def test_a_begun_posting_needs_a_day_that_can_be(self, admin, cast, day):
        admin.post(url("end_posting", cast.clerk.pk), {"last_day": day})
        cast.clerk.refresh_from_db()
        assert cast.clerk.valid_to is None

    def test_one_that_has_ended_does_not_run_again(self, admin, cast):
        ended = dt.date(2025, 9, 1)
        Posting.objects.filter(pk=cast.clerk.pk).update(valid_to=ended)
        page = admin.post(url("end_posting", cast.clerk.pk), {"last_day": "31/12/2026"}, follow=True)
        cast.clerk.refresh_from_db()
        assert cast.clerk.valid_to == ended
        assert "Phân công này đã kết thúc" in page.content.decode()

    def test_one_that_has_not_begun_is_taken_back(self, admin, cast):
        Posting.objects.filter(pk=cast.clerk.pk).update(valid_from=dt.date(2099, 1, 1))
        admin.post(url("end_posting", cast.clerk.pk))
        assert not Posting.objects.filter(pk=cast.clerk.pk).exists()

    def test_whoever_works_elsewhere_too_is_seen_and_not_changed(self, commune_admin, cast, province):
        """A commune that could reset this password could act as the head of another unit."""
        user = cast.principal.user
        Posting.objects.create(
            user=user, unit=province.department, role="leader", valid_from=dt.date(2026, 1, 1)
        )
        page = commune_admin.get(url("person", user.pk))
        assert page.status_code == HTTPStatus.OK
        assert "Sở GDĐT tỉnh Ngọc Sơn" not in page.content.decode().split("<main")[1]
        for name in ("password", "close", "add_posting", "person"):
            assert commune_admin.post(url(name, user.pk)).status_code == HTTPStatus.FORBIDDEN

    def test_superusers_belong_to_the_shell(self, admin):
        root = UserFactory(is_superuser=True)
        assert admin.post(url("password", root.pk)).status_code == HTTPStatus.FORBIDDEN

    def test_whoever_moved_on_is_the_others_to_look_after(self, commune_admin, cast, province):
        user = cast.principal.user
        Posting.objects.filter(user=user).update(valid_to=dt.date(2026, 1, 1))
        assert commune_admin.get(url("person", user.pk)).status_code == HTTPStatus.OK
        Posting.objects.create(
            user=user, unit=province.tea_combined, role="principal", valid_from=dt.date(2026, 1, 1)
        )
        assert commune_admin.get(url("person", user.pk)).status_code == HTTPStatus.NOT_FOUND


class TestList:
    @pytest.mark.parametrize(("q", "found"), [("tran thi", {"hoa"}), ("Hoa", {"hoa", "nga"}), ("xyz", set())])
    def test_people_are_found_by_name(self, admin, cast, q, found):
        user = cast.principal.user
        edit_account(
            user=user, version=1, username="hoa", full_name="Trần Thị Hoa", phone="0912345678", email="",
            by=None, unit_id=None,
        )  # fmt: skip
        page = admin.get(url("people"), {"q": q})
        assert {one.username for one in page.context["page_obj"]} == found
        page = admin.get(url("people"), {"q": "+84 912 345 678"})
        assert [one.username for one in page.context["page_obj"]] == ["hoa"]

    def test_a_commune_lists_its_own(self, commune_admin):
        names = {one.username for one in commune_admin.get(url("people")).context["page_obj"]}
        assert names == {"quantrixa", "son", "mai", "hoa", "tam", "nga"}

    def test_the_list_asks_as_often_for_many_as_for_few(
        self, admin, commune_admin, django_assert_num_queries
    ):
        for client in (admin, commune_admin):
            with django_assert_num_queries(6):
                client.get(url("people"))


class TestHome:
    def test_every_count_leads_to_a_list_of_that_many(self, admin, cast, province):
        Posting.objects.filter(pk=cast.high_principal.pk).delete()
        Posting.objects.filter(unit=province.cloud_commune).delete()
        Posting.objects.filter(pk=cast.clerk.pk).update(valid_to=dt.date.today() + dt.timedelta(10))  # noqa: DTZ011
        Job.objects.create(
            kind="x", key="1", state="failed", unit_id=province.department.pk, fault="đứt mạng"
        )
        desk = admin.get(reverse("home")).context["desk"]
        people = url("people")
        lists = {
            "units_without_people": len(admin.get(url("units_without_people")).context["page_obj"]),
            "schools_without_account": len(admin.get(url("schools_without_account")).context["page_obj"]),
            "people_without_posting": len(admin.get(people, {"need": "posting"}).context["page_obj"]),
            "people_without_password": len(admin.get(people, {"need": "password"}).context["page_obj"]),
            "postings_ending": len(admin.get(people, {"need": "ending"}).context["page_obj"]),
            "failed_jobs": len(admin.get(url("jobs")).context["page_obj"]),
        }
        assert {name: getattr(desk, name) for name in lists} == lists
        assert (desk.schools_without_account, desk.people_without_posting) == (1, 3)
        assert (desk.postings_ending, desk.failed_jobs) == (1, 1)
        assert desk.units_without_people == 2  # the commune, and the tea commune, which never had anybody


class TestFailedWork:
    def test_is_shown_with_its_fault_and_tried_again(self, admin, cast, province):
        failed = Job.objects.create(
            kind="sheet.check",
            key="k",
            state="failed",
            unit_id=province.department.pk,
            fault="đứt mạng",
            args={"a": 1},
        )
        assert "đứt mạng" in admin.get(url("jobs")).content.decode()
        admin.post(url("retry", failed.pk))
        again = Job.objects.get(state="queued")
        assert (again.kind, again.key, again.args) == ("sheet.check", "k", {"a": 1})
        assert list(admin.get(url("jobs")).context["page_obj"]) == []
        assert admin.post(url("retry", failed.pk)).status_code == HTTPStatus.NOT_FOUND

    def test_a_commune_sees_its_own_and_not_the_installations(self, commune_admin, province):
        Job.objects.create(kind="x", key="1", state="failed", unit_id=None)
        Job.objects.create(kind="x", key="2", state="failed", unit_id=province.tea_commune.pk)
        mine = Job.objects.create(kind="x", key="3", state="failed", unit_id=province.cloud_primary.pk)
        assert list(commune_admin.get(url("jobs")).context["page_obj"]) == [mine]


def test_from_the_page_of_a_principal_a_deputy_is_named(province, cast, admin):
    deputies = reverse("schools:acting", args=[province.cloud_primary.pk])
    pages = [admin.get(url("person", one.user.pk)).content.decode() for one in (cast.principal, cast.clerk)]
    assert [deputies in page for page in pages] == [True, False]
