"""The administrator's tables: who enters, what is there, that actions do the writing."""

import datetime as dt
from decimal import Decimal
from http import HTTPStatus

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from accounts.models import RoleCode, User
from schools.actions.upkeep import close_unit, place_under, set_levels
from schools.models import Affiliation, Letterhead, LinkKind, Office, Posting, School, UnitAncestry
from schools.queries import units_in_scope
from targets.models import Indicator, Measure, QualityRule, SchoolGroup
from tests.conftest import posted
from tests.factories import UserFactory
from tests.test_outsiders import names
from trail.actions import record
from trail.models import AuditEvent, Job

pytestmark = pytest.mark.django_db
TABLES = "/administration/tables/"


@pytest.fixture
def commune_admin(province):
    return posted("quantrixa", "Giàng Thị Xã", province.cloud_commune, RoleCode.ADMIN)


def addresses():
    """Every address of the site that needs no row."""
    found = [name for name in names(get_resolver().url_patterns) if name.startswith("admin:")]
    plain = [name for name in found if not name.endswith(("_change", "_delete", "_history"))]
    special = {"admin:app_list", "admin:view_on_site"} | {
        name for name in plain if "(" in name or "<" in name
    }
    return [reverse(name) for name in plain if name not in special]


def test_only_our_own_tables_are_there():
    assert {model._meta.label for model in admin.site._registry} == {
        "accounts.User",
        "directives.NumberRegister",
        "reports.Question",
        "schools.Letterhead",
        "schools.Office",
        "schools.Period",
        "schools.Posting",
        "schools.School",
        "schools.Succession",
        "targets.FormSection",
        "targets.Indicator",
        "targets.Measure",
        "targets.QualityRule",
        "targets.SchoolGroup",
        "trail.AuditEvent",
        "trail.Job",
        "trail.Schedule",
    }


class TestEntering:
    def test_visitors_are_led_to_the_portals_own_sign_in(self):
        for url in addresses():
            hops = Client().get(url, follow=True).redirect_chain
            assert (url, hops[-1][0].startswith("/account/login/")) == (url, True)

    @pytest.mark.parametrize(
        "who", ["leader", "staff", "registrar", "principal", "clerk", "commune_officer", "outsider"]
    )
    def test_those_who_administer_nothing_are_refused(self, cast, client_of, who):
        client = client_of(getattr(cast, who))
        got = {url: client.get(url).status_code for url in addresses() if not url.endswith("login/")}
        assert set(got.values()) == {HTTPStatus.FORBIDDEN}

    def test_an_administrator_enters(self, cast, client_of):
        assert client_of(cast.admin).get(TABLES).status_code == HTTPStatus.OK

    def test_staff_status_of_django_opens_nothing(self, cast, client_of):
        User.objects.filter(pk=cast.staff.user_id).update(is_staff=True)
        assert client_of(cast.staff).get(TABLES).status_code == HTTPStatus.FORBIDDEN

    def test_the_right_ends_with_the_posting(self, cast, client_of):
        Posting.objects.filter(pk=cast.admin.pk).update(valid_to=dt.date.today())  # noqa: DTZ011
        assert client_of(cast.admin).get(TABLES).status_code == HTTPStatus.FORBIDDEN

    def test_acting_through_another_posting_one_is_no_administrator(self, cast, province, client_of):
        client = client_of(cast.admin)
        other = Posting.objects.create(
            user=cast.admin.user, unit=province.department, role="staff", valid_from=dt.date(2025, 7, 1)
        )
        client.post(reverse("schools:act_as"), {"posting": other.pk})
        assert client.get(TABLES).status_code == HTTPStatus.FORBIDDEN

    def test_a_superuser_sets_up_what_nobody_is_posted_to(self, db):
        user = UserFactory(is_superuser=True)
        client = Client()
        client.force_login(user)
        form = {
            "code": "NS", "kind": "department", "name": "Sở GDĐT tỉnh Ngọc Sơn", "short_name": "Sở GDĐT",
            "opened_on": "01/07/2025",
        }  # fmt: skip
        client.post(f"{TABLES}schools/office/add/", form)
        office = Office.objects.get()
        assert (office.code, AuditEvent.objects.get(verb="office.opened").actor_id) == ("NS", user.pk)


class TestReach:
    """A commune's administrator against the sibling commune."""

    def test_lists_hold_what_is_beneath_the_commune(self, commune_admin, province, cast, client_of):
        client = client_of(commune_admin)
        schools = client.get(f"{TABLES}schools/school/").context["cl"].queryset
        offices = client.get(f"{TABLES}schools/office/").context["cl"].queryset
        postings = client.get(f"{TABLES}schools/posting/").context["cl"].queryset
        people = client.get(f"{TABLES}accounts/user/").context["cl"].queryset
        assert set(schools.values_list("code", flat=True)) == {"NS010001", "NS010002"}
        assert set(offices.values_list("code", flat=True)) == {"NS-01"}
        own = {"quantrixa", "son", "mai", "hoa", "tam", "nga"}
        assert set(postings.values_list("user__username", flat=True)) == own
        assert set(people.values_list("username", flat=True)) == own

    def test_events_and_jobs_of_others_are_not_there(self, commune_admin, province, client_of):
        Job.objects.create(kind="a", unit_id=province.tea_commune.pk)
        mine = Job.objects.create(kind="b", unit_id=province.cloud_primary.pk)
        client = client_of(commune_admin)
        assert list(client.get(f"{TABLES}trail/job/").context["cl"].queryset) == [mine]
        events = client.get(f"{TABLES}trail/auditevent/").context["cl"].queryset
        units = set(events.values_list("unit_id", flat=True))
        beneath = {province.cloud_commune.pk, province.cloud_primary.pk, province.orchid_preschool.pk}
        assert units == beneath

    @pytest.mark.parametrize("what", ["change", "delete", "history"])
    def test_a_siblings_rows_do_not_exist(self, commune_admin, province, cast, client_of, what):
        client = client_of(commune_admin)
        rows = [
            ("schools/school", province.tea_combined.pk),
            ("schools/office", province.tea_commune.pk),
            ("schools/posting", cast.tea_principal.pk),
            ("accounts/user", cast.tea_principal.user_id),
        ]
        if what == "delete":
            rows.pop()  # accounts are closed, never removed
        for table, pk in rows:
            assert client.get(f"{TABLES}{table}/{pk}/{what}/").status_code == HTTPStatus.NOT_FOUND
            assert client.post(f"{TABLES}{table}/{pk}/{what}/").status_code == HTTPStatus.NOT_FOUND

    def test_choices_are_limited_alike(self, commune_admin, province, cast, client_of):
        client = client_of(commune_admin)
        form = client.get(f"{TABLES}schools/school/add/").context["adminform"].form
        assert set(form.fields["administrative"].queryset) == {province.cloud_commune}
        assert set(form.fields["professional"].queryset) == {province.cloud_commune, province.department}
        form = client.get(f"{TABLES}schools/posting/add/").context["adminform"].form
        assert set(form.fields["unit"].queryset.values_list("code", flat=True)) == {
            "NS-01",
            "NS010001",
            "NS010002",
        }
        form = client.get(f"{TABLES}schools/letterhead/add/").context["adminform"].form
        assert list(form.fields["office"].queryset) == [province.cloud_commune]

    def test_so_are_those_that_are_looked_up_while_typing(self, commune_admin, cast, client_of):
        query = {"app_label": "schools", "model_name": "posting", "field_name": "user"}
        answer = client_of(commune_admin).get(f"{TABLES}autocomplete/", query | {"term": "dung"})
        assert answer.json()["results"] == []
        answer = client_of(commune_admin).get(f"{TABLES}autocomplete/", query | {"term": "tran thi"})
        assert [one["text"] for one in answer.json()["results"]] == ["Trần Thị Hoa"]

    @pytest.mark.parametrize(
        ("table", "question"),
        [
            ("accounts/user", "password__startswith"),
            ("trail/job", "args__contains"),
            ("schools/posting", "user__password__startswith"),
        ],
    )
    def test_what_a_table_does_not_show_is_not_asked_of_it(self, cast, client_of, table, question):
        """Letter by letter, whether rows are found or not would tell the whole."""
        page = client_of(cast.admin).get(f"{TABLES}{table}/", {question: "a"})
        assert page.status_code == HTTPStatus.BAD_REQUEST

    def test_its_filters_are(self, cast, client_of):
        asked = {"accounts/user": {"is_active__exact": "1"}, "schools/school": {"levels__level": "primary"}}
        pages = [client_of(cast.admin).get(f"{TABLES}{table}/", query) for table, query in asked.items()]
        assert [page.status_code for page in pages] == [HTTPStatus.OK] * 2

    @pytest.mark.parametrize("table", ["targets/measure", "trail/schedule"])
    def test_what_is_the_whole_installations_is_for_its_head(self, commune_admin, cast, client_of, table):
        assert client_of(commune_admin).get(f"{TABLES}{table}/").status_code == HTTPStatus.FORBIDDEN
        assert client_of(cast.admin).get(f"{TABLES}{table}/").status_code == HTTPStatus.OK

    @pytest.mark.parametrize(
        "table",
        [
            "schools/period",
            "trail/auditevent",
            "trail/job",
            "trail/schedule",
            "directives/numberregister",
            "targets/qualityrule",
        ],
    )
    def test_what_is_not_entered_here_cannot_be_added(self, cast, client_of, table):
        client = client_of(cast.admin)
        assert client.get(f"{TABLES}{table}/").status_code == HTTPStatus.OK
        assert client.post(f"{TABLES}{table}/add/").status_code == HTTPStatus.FORBIDDEN


@pytest.fixture
def form_of(client_of, cast):
    """The fields of a change page as its form would send them."""

    def read(url):
        form = client_of(cast.admin).get(url).context["adminform"].form
        values = {name: form[name].value() for name in form.fields}
        days = {name: f"{value:%d/%m/%Y}" for name, value in values.items() if isinstance(value, dt.date)}
        return {name: value for name, value in (values | days).items() if value is not None} | {
            "is_public": "yes",
            "levels-TOTAL_FORMS": 0,
            "levels-INITIAL_FORMS": 0,
            "affiliations-TOTAL_FORMS": 0,
            "affiliations-INITIAL_FORMS": 0,
            "parent_links-TOTAL_FORMS": 0,
            "parent_links-INITIAL_FORMS": 0,
            "letterheads-TOTAL_FORMS": 0,
            "letterheads-INITIAL_FORMS": 0,
        }

    return read


class TestSearching:
    """In every table as on every page: with or without diacritics, in capitals or not."""

    @pytest.mark.parametrize("typed", ["Đồi Chè", "đồi chè", "doi che", "DOI  CHE", "dũng đồi"])
    def test_events(self, typed, cast, province, client_of):
        AuditEvent.objects.all().delete()
        record("unit.edited", about=province.tea_combined, by=cast.tea_principal, unit_id=None)
        record("unit.edited", about=province.cloud_primary, by=cast.principal, unit_id=None)
        page = client_of(cast.admin).get(f"{TABLES}trail/auditevent/", {"q": typed})
        assert [event.actor_name for event in page.context["cl"].result_list] == ["Đặng Văn Dũng"]

    @pytest.mark.parametrize("typed", ["TRẺ NHÀ TRẺ", "trẻ nhà trẻ", "tre nha tre", "nursery_rate"])
    def test_indicators(self, typed, cast, client_of):
        page = client_of(cast.admin).get(f"{TABLES}targets/indicator/", {"q": typed})
        assert "preschool.nursery_rate" in [one.code for one in page.context["cl"].result_list]


class TestSchools:
    def url(self, school):
        return f"{TABLES}schools/school/{school.pk}/change/"

    def test_a_school_is_opened_with_its_place_and_its_event(self, cast, province, client_of):
        typed = {
            "code": "NS020009", "name": "Trường Mầm non Bản Ví", "short_name": "MN Bản Ví",
            "levels": ["preschool"], "is_public": "yes", "administrative": "NS-02", "professional": "NS",
            "opened_on": "01/08/2026",
        }  # fmt: skip
        client_of(cast.admin).post(f"{TABLES}schools/school/add/", typed)
        school = School.objects.get(code="NS020009")
        assert UnitAncestry.objects.filter(descendant=school, ancestor=province.tea_commune).exists()
        event = AuditEvent.objects.about(school).get()
        assert (event.verb, event.actor_id, event.actor_role) == (
            "school.opened",
            cast.admin.user_id,
            "admin",
        )

    def test_a_corrected_name_is_found_and_sorted_anew(self, cast, province, client_of, form_of):
        url = self.url(province.cloud_primary)
        client_of(cast.admin).post(url, form_of(url) | {"name": "Trường Tiểu học  Ánh Sao"})
        school = School.objects.get(pk=province.cloud_primary.pk)
        assert (school.name, "anh sao" in school.search_key) == ("Trường Tiểu học Ánh Sao", True)
        assert AuditEvent.objects.about(school).first().data == {
            "name": ["Trường Tiểu học Suối Mây", "Trường Tiểu học Ánh Sao"]
        }

    def test_saving_what_is_stored_writes_nothing(self, cast, province, client_of, form_of):
        events, url = AuditEvent.objects.count(), self.url(province.cloud_primary)
        assert client_of(cast.admin).post(url, form_of(url)).status_code == HTTPStatus.FOUND
        assert AuditEvent.objects.count() == events

    def test_a_school_moves_from_a_day_on_and_the_closure_follows(self, cast, province, client_of, form_of):
        url = self.url(province.cloud_primary)
        moved = form_of(url) | {"administrative": "NS-02", "changes_on": "01/09/2026"}
        client_of(cast.admin).post(url, moved)
        held = Affiliation.objects.filter(school=province.cloud_primary, kind="administrative")
        assert list(held.order_by("valid_from").values_list("office__code", "valid_from", "valid_to")) == [
            ("NS-01", dt.date(2025, 7, 1), dt.date(2026, 9, 1)),
            ("NS-02", dt.date(2026, 9, 1), None),
        ]
        above = UnitAncestry.objects.filter(
            descendant=province.cloud_primary, kind="administrative", depth=1, ancestor=province.tea_commune
        )
        assert above.get().valid_from == dt.date(2026, 9, 1)

    def test_correcting_a_name_leaves_planned_changes_in_place(self, cast, province, client_of, form_of):
        """The form states where the school stands and what it teaches today; that calls nothing off."""
        school, later = province.cloud_primary, dt.date(2027, 9, 1)
        place_under(
            unit=school, office=province.tea_commune, line=LinkKind.ADMINISTRATIVE, since=later, by=None
        )
        set_levels(school=school, levels=["primary", "lower_secondary"], since=later, by=None)
        client_of(cast.admin).post(url := self.url(school), form_of(url) | {"short_name": "TH Ánh Sao"})
        stored = School.objects.get(pk=school.pk)
        assert (stored.short_name, stored.levels_on(later)) == ("TH Ánh Sao", ["primary", "lower_secondary"])
        moves = Affiliation.objects.filter(school=school, office=province.tea_commune)
        assert list(moves.values_list("valid_from", "valid_to")) == [(later, None)]

    def test_a_closed_school_stays_closed_when_its_name_is_corrected(
        self, cast, province, client_of, form_of
    ):
        close_unit(unit=province.cloud_primary, last_day=dt.date(2026, 5, 31), by=None)
        url = self.url(province.cloud_primary)
        client_of(cast.admin).post(url, form_of(url) | {"short_name": "TH Ánh Sao"})
        school = School.objects.get(pk=province.cloud_primary.pk)
        assert school.short_name == "TH Ánh Sao"
        assert school.levels_on(dt.date(2027, 1, 1)) == []
        assert not school.affiliations.on(dt.date(2027, 1, 1)).exists()

    def test_the_second_to_save_is_told_and_keeps_what_was_typed(self, cast, province, client_of, form_of):
        url = self.url(province.cloud_primary)
        typed = form_of(url) | {"short_name": "Tên của tôi"}
        School.objects.get(pk=province.cloud_primary.pk).claim(province.cloud_primary.version)
        page = client_of(cast.admin).post(url, typed)
        assert page.status_code == HTTPStatus.OK
        assert 'value="Tên của tôi"' in page.content.decode()
        assert School.objects.get(pk=province.cloud_primary.pk).short_name == "TH Suối Mây"

    def test_what_has_a_history_is_refused_with_words(self, cast, province, client_of):
        client, school = client_of(cast.admin), province.cloud_primary
        page = client.post(f"{TABLES}schools/school/{school.pk}/delete/", {"post": "yes"}, follow=True)
        assert "đã có lịch sử nên không xóa được" in page.content.decode()
        assert School.objects.filter(pk=school.pk).exists()

    def test_what_was_opened_by_mistake_goes(self, cast, province, client_of):
        client, school = client_of(cast.admin), province.tea_combined
        assert client.get(f"{TABLES}schools/school/{school.pk}/delete/").status_code == HTTPStatus.OK
        Posting.objects.filter(unit=school).delete()
        client.post(f"{TABLES}schools/school/{school.pk}/delete/", {"post": "yes"})
        assert not School.objects.filter(pk=school.pk).exists()

    def test_closing_ends_links_levels_and_postings(self, cast, province, client_of, form_of):
        url = self.url(province.cloud_primary)
        client_of(cast.admin).post(url, form_of(url) | {"last_day": "31/12/2027"})
        school, after = School.objects.get(pk=province.cloud_primary.pk), dt.date(2028, 1, 1)
        ends = [school.valid_to, *school.affiliations.values_list("valid_to", flat=True)]
        ends += [
            *school.levels.values_list("valid_to", flat=True),
            *school.postings.values_list("valid_to", flat=True),
        ]
        assert set(ends) == {after}
        assert set(UnitAncestry.objects.filter(descendant=school).values_list("valid_to", flat=True)) == {
            after
        }

    def test_the_history_of_a_row_is_the_trail(self, cast, province, client_of):
        url = f"{TABLES}schools/school/{province.cloud_primary.pk}/history/"
        page = client_of(cast.admin).get(url, follow=True)
        assert [event.verb for event in page.context["cl"].queryset] == ["school.opened"]

    @pytest.mark.parametrize("found", ["suoi may", "Suối Mây", "NS010002"])
    def test_names_are_found_without_diacritics(self, cast, province, client_of, found):
        page = client_of(cast.admin).get(f"{TABLES}schools/school/", {"q": found})
        assert list(page.context["cl"].queryset) == [province.cloud_primary]


class TestOffices:
    def test_a_commune_does_not_leave_its_department(self, cast, province, client_of, form_of):
        """Its administrator mends its own name and number, not under whom it stands."""
        admin = posted("quantrimay", "Giàng Thị Mây", province.cloud_commune, RoleCode.ADMIN)
        url = f"{TABLES}schools/office/{province.cloud_commune.pk}/change/"
        stored = form_of(url)
        page = client_of(admin).post(url, stored | {"professional": ""})
        assert "administrative" in page.context["adminform"].form.errors
        assert units_in_scope(cast.staff.user).filter(pk=province.cloud_commune.pk).exists()
        assert (
            client_of(admin).post(url, stored | {"phone": "0219 3 888 777"}).status_code == HTTPStatus.FOUND
        )
        assert Office.objects.get(pk=province.cloud_commune.pk).phone == "0219 3 888 777"

    def test_one_with_schools_beneath_it_is_not_closed(self, cast, province, client_of, form_of):
        url = f"{TABLES}schools/office/{province.cloud_commune.pk}/change/"
        page = client_of(cast.admin).post(url, form_of(url) | {"last_day": "31/12/2027"})
        assert "vẫn còn trực thuộc" in page.content.decode()
        assert 'value="31/12/2027"' in page.content.decode()
        assert Office.objects.get(pk=province.cloud_commune.pk).valid_to is None

    def test_an_office_does_not_come_to_stand_under_itself(self, cast, province, client_of, form_of):
        url = f"{TABLES}schools/office/{province.department.pk}/change/"
        page = client_of(cast.admin).post(url, form_of(url) | {"professional": "NS-01"})
        assert page.status_code == HTTPStatus.OK
        assert not Office.objects.get(pk=province.department.pk).parent_links.exists()

    def test_a_letterhead_ends_the_one_before(self, cast, province, client_of):
        typed = {
            "office": province.department.pk, "valid_from": "01/01/2027", "superior": "UBND TỈNH NGỌC SƠN",
            "issuer": "SỞ GIÁO DỤC", "symbol": "SGD", "place": "Ngọc Sơn", "head_title": "GIÁM ĐỐC",
        }  # fmt: skip
        client_of(cast.admin).post(f"{TABLES}schools/letterhead/add/", typed)
        rows = Letterhead.objects.filter(office=province.department).order_by("valid_from")
        assert list(rows.values_list("symbol", "valid_to")) == [("SGDĐT", dt.date(2027, 1, 1)), ("SGD", None)]


class TestPostings:
    def test_a_person_is_posted_and_the_posting_ended(self, cast, province, client_of):
        client = client_of(cast.admin)
        typed = {"user": cast.clerk.user_id, "unit": "NS010001", "role": "clerk", "first_day": "01/08/2026"}
        client.post(f"{TABLES}schools/posting/add/", typed)
        posting = Posting.objects.get(user=cast.clerk.user, unit=province.orchid_preschool)
        client.post(f"{TABLES}schools/posting/{posting.pk}/change/", {"last_day": "31/12/2026"})
        posting.refresh_from_db()
        assert (posting.valid_from, posting.valid_to) == (dt.date(2026, 8, 1), dt.date(2027, 1, 1))
        verbs = AuditEvent.objects.about(posting).values_list("verb", flat=True)
        assert set(verbs) == {"posting.begun", "posting.ended"}

    def test_a_begun_one_is_not_removed(self, cast, client_of):
        url = f"{TABLES}schools/posting/{cast.clerk.pk}/delete/"
        page = client_of(cast.admin).post(url, {"post": "yes"}, follow=True)
        assert "thuộc về lịch sử" in page.content.decode()
        assert Posting.objects.filter(pk=cast.clerk.pk).exists()


class TestMeasures:
    def test_a_measure_is_defined(self, cast, client_of):
        typed = {
            "stem": "boarders", "level": "primary", "counts": "pupils", "asked_every": "term",
            "name_vi": "Số học sinh bán trú", "name_en": "Boarders", "highest": "9.000", "position": "90",
            "is_stock": "on", "valid_from": "01/01/2027",
        }  # fmt: skip
        client_of(cast.admin).post(f"{TABLES}targets/measure/add/", typed)
        measure = Measure.objects.get(code="primary.boarders")
        assert (measure.highest, measure.position, measure.is_stock) == (9000, 90, True)
        assert (measure.asked_every, measure.asked_in) == ("term", [])

    def test_without_a_level_it_is_none(self, cast, client_of):
        typed = {
            "stem": "boarders", "level": "", "counts": "pupils", "asked_every": "month",
            "name_vi": "Số học sinh bán trú", "name_en": "Boarders", "highest": "9.000", "position": "90",
            "is_stock": "on", "valid_from": "01/01/2027",
        }  # fmt: skip
        page = client_of(cast.admin).post(f"{TABLES}targets/measure/add/", typed)
        assert list(page.context["adminform"].form.errors) == ["level"]

    def test_what_it_counts_stays(self, cast, client_of):
        measure = Measure.objects.get(code="primary.pupils")
        typed = {
            "stem": "khac", "level": "preschool", "name_vi": "Số học sinh tiểu học", "name_en": "Pupils",
            "highest": "9.000", "position": "6", "carries_over": "on", "version": "1",
        }  # fmt: skip
        client_of(cast.admin).post(f"{TABLES}targets/measure/{measure.pk}/change/", typed)
        measure.refresh_from_db()
        assert (measure.code, measure.level, measure.is_stock) == ("primary.pupils", "primary", True)
        assert measure.name_vi == "Số học sinh tiểu học"
        assert AuditEvent.objects.about(measure).get().verb == "measure.edited"

    def test_one_that_indicators_count_is_not_retired(self, cast, client_of):
        measure = Measure.objects.get(code="primary.pupils")
        typed = {
            "name_vi": measure.name_vi, "name_en": measure.name_en, "highest": "9000", "position": "6",
            "carries_over": "on", "last_day": "31/07/2027", "version": "1",
        }  # fmt: skip
        page = client_of(cast.admin).post(f"{TABLES}targets/measure/{measure.pk}/change/", typed)
        assert "Tỷ lệ chuyên cần tiểu học" in str(page.context["adminform"].form.non_field_errors())
        measure.refresh_from_db()
        assert (measure.valid_to, measure.version) == (None, 1)


class TestRulesOfDoubt:
    NAMES = {"name_vi": "Sĩ số", "name_en": "Size of classes"}

    @pytest.fixture
    def rule(self):
        return QualityRule.objects.get(code="pupils_in_a_class")

    def url(self, rule):
        return f"{TABLES}targets/qualityrule/{rule.pk}/change/"

    def test_bounds_and_severity_are_mended(self, rule, cast, client_of):
        typed = self.NAMES | {
            "least": "3,5",
            "most": "60",
            "is_serious": "on",
            "last_day": "",
            "version": "1",
        }
        assert client_of(cast.admin).post(self.url(rule), typed).status_code == HTTPStatus.FOUND
        stored = QualityRule.objects.get(pk=rule.pk)
        assert (stored.least, stored.most, stored.is_serious) == (Decimal("3.5"), Decimal(60), True)
        assert stored.name_vi == "Sĩ số"
        assert (stored.looks_at, stored.stem, stored.others) == ("ratio", "pupils", ["classes"])
        assert AuditEvent.objects.about(stored).get().verb == "doubt.edited"

    @pytest.mark.parametrize(
        ("least", "most", "field"), [("60", "5", "most"), ("", "", "most"), ("năm", "9", "least")]
    )
    def test_bounds_that_bound_nothing_are_refused(self, rule, cast, client_of, least, most, field):
        typed = self.NAMES | {"least": least, "most": most, "last_day": "", "version": "1"}
        page = client_of(cast.admin).post(self.url(rule), typed)
        assert list(page.context["adminform"].form.errors) == [field]
        assert QualityRule.objects.get(pk=rule.pk).version == 1

    def test_a_jump_needs_its_largest_change(self, cast, client_of):
        jump = QualityRule.objects.get(code="jump_of_pupils")
        typed = self.NAMES | {"least": "0,1", "most": "", "last_day": "", "version": "1"}
        page = client_of(cast.admin).post(self.url(jump), typed)
        assert list(page.context["adminform"].form.errors) == ["most"]

    @pytest.mark.parametrize("who", ["leader", "staff", "principal", "outsider"])
    def test_nobody_else_changes_one(self, rule, cast, client_of, who):
        answer = client_of(getattr(cast, who)).post(self.url(rule), {"version": "1"})
        assert answer.status_code == HTTPStatus.FORBIDDEN


class TestGroups:
    TYPED = {
        "code": "private_standard_1", "name_vi": "trường tư thục đạt chuẩn", "name_en": "private, standard",
        "standard_level": "1", "is_public": "false", "stem": "", "position": "9", "valid_from": "01/01/2027",
        "wordings": " trường tư thục  chuẩn \n",
    }  # fmt: skip

    def url(self, group):
        return f"{TABLES}targets/schoolgroup/{group.pk}/change/"

    def test_one_is_defined(self, cast, client_of):
        answer = client_of(cast.admin).post(f"{TABLES}targets/schoolgroup/add/", self.TYPED)
        assert answer.status_code == HTTPStatus.FOUND
        group = SchoolGroup.objects.get(code="private_standard_1")
        assert (group.standard_level, group.is_public, group.stem) == (1, False, "")
        assert group.synonyms == ["trường tư thục chuẩn"]
        assert AuditEvent.objects.about(group).get().verb == "group.defined"

    def test_one_of_whatever_schools_is_none(self, cast, client_of):
        typed = self.TYPED | {"standard_level": "", "is_public": "unknown"}
        page = client_of(cast.admin).post(f"{TABLES}targets/schoolgroup/add/", typed)
        assert "Hãy cho biết" in str(page.context["adminform"].form.non_field_errors())
        assert not SchoolGroup.objects.filter(code="private_standard_1").exists()

    def test_who_belongs_to_it_stays(self, cast, client_of):
        group = SchoolGroup.objects.get(code="standard_2")
        typed = self.TYPED | {"position": "2", "last_day": "31/08/2027", "version": "1"}
        assert client_of(cast.admin).post(self.url(group), typed).status_code == HTTPStatus.FOUND
        stored = SchoolGroup.objects.get(pk=group.pk)
        assert (stored.code, stored.standard_level, stored.is_public) == ("standard_2", 2, None)
        assert (stored.name_vi, stored.valid_to) == ("trường tư thục đạt chuẩn", dt.date(2027, 9, 1))
        assert AuditEvent.objects.about(stored).get().verb == "group.edited"

    @pytest.mark.parametrize("who", ["leader", "staff", "principal", "outsider"])
    def test_nobody_else_changes_one(self, cast, client_of, who):
        group = SchoolGroup.objects.get(code="standard_2")
        answer = client_of(getattr(cast, who)).post(self.url(group), self.TYPED | {"version": "1"})
        assert answer.status_code == HTTPStatus.FORBIDDEN


class TestIndicators:
    TYPED = {
        "name_vi": "Tỷ lệ chuyên cần cấp tiểu học", "name_en": "Attendance, primary",
        "definition_vi": "Số có mặt bình quân trên tổng số.", "definition_en": "Present over all.",
        "source": "Thông tư số 09/2024/TT-BGDĐT", "direction": "higher", "position": "14",
        "wordings": " chuyên cần  tiểu học \n\ntỷ lệ đi học đều", "last_day": "31/08/2027", "version": "1",
        "terms-TOTAL_FORMS": 0, "terms-INITIAL_FORMS": 0,
    }  # fmt: skip

    @pytest.fixture
    def indicator(self):
        return Indicator.objects.get(code="primary.attendance_rate")

    def url(self, indicator):
        return f"{TABLES}targets/indicator/{indicator.pk}/change/"

    def test_its_words_source_and_end_are_mended_and_how_it_is_counted_stays(
        self, indicator, cast, client_of
    ):
        made_of = list(indicator.terms.values_list("side", "measure__code", "beside__code"))
        forged = {"code": "x", "making": "count", "unit": "pupils", "level": "preschool"}
        answer = client_of(cast.admin).post(self.url(indicator), self.TYPED | forged)
        assert answer.status_code == HTTPStatus.FOUND
        stored = Indicator.objects.get(pk=indicator.pk)
        assert (stored.name_vi, stored.source) == ("Tỷ lệ chuyên cần cấp tiểu học", self.TYPED["source"])
        assert stored.definition_en == "Present over all."
        assert stored.synonyms == ["chuyên cần tiểu học", "tỷ lệ đi học đều"]
        assert stored.valid_to == dt.date(2027, 9, 1)
        kept = ("code", "making", "unit", "level", "valid_from")
        assert [getattr(stored, name) for name in kept] == [getattr(indicator, name) for name in kept]
        assert list(stored.terms.values_list("side", "measure__code", "beside__code")) == made_of
        event = AuditEvent.objects.about(stored).get()
        assert (event.verb, event.actor_role) == ("indicator.edited", "admin")
        assert event.data["valid_to"] == ["None", "2027-09-01"]

    def test_the_page_shows_what_is_stored_and_how_it_is_counted(self, indicator, cast, client_of):
        page = client_of(cast.admin).get(self.url(indicator))
        form = page.context["adminform"].form
        assert form["wordings"].value().splitlines() == indicator.synonyms
        assert (form["version"].value(), form["last_day"].value()) == (1, None)
        assert "primary.attending" in page.content.decode()

    def test_the_second_to_save_is_told(self, indicator, cast, client_of):
        client = client_of(cast.admin)
        client.post(self.url(indicator), self.TYPED)
        page = client.post(self.url(indicator), self.TYPED | {"name_en": "Presence"})
        assert page.status_code == HTTPStatus.OK
        assert page.context["adminform"].form.non_field_errors()
        assert page.context["adminform"].form["name_en"].value() == "Presence"
        assert Indicator.objects.get(pk=indicator.pk).name_en == "Attendance, primary"

    def test_its_last_day_does_not_lie_before_its_first(self, indicator, cast, client_of):
        page = client_of(cast.admin).post(self.url(indicator), self.TYPED | {"last_day": "31/12/1999"})
        assert list(page.context["adminform"].form.errors) == ["last_day"]

    @pytest.mark.parametrize("who", ["leader", "staff", "principal", "commune_officer", "outsider"])
    def test_nobody_else_changes_it(self, indicator, cast, client_of, who):
        answer = client_of(getattr(cast, who)).post(self.url(indicator), self.TYPED)
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert Indicator.objects.get(pk=indicator.pk).version == 1

    def test_a_communes_administrator_does_not_either(self, indicator, commune_admin, client_of):
        answer = client_of(commune_admin).post(self.url(indicator), self.TYPED)
        assert answer.status_code in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
        assert Indicator.objects.get(pk=indicator.pk).version == 1


@pytest.mark.parametrize("table", ["schools/school", "schools/office", "schools/posting", "accounts/user"])
def test_a_list_asks_as_often_for_three_as_for_one(cast, province, client_of, commune_admin, table):
    counts = []
    for who in (commune_admin, cast.admin):
        client = client_of(who)
        client.get(TABLES)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"{TABLES}{table}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


class TestLooks:
    """Within the portal's frame, and in the language of the page."""

    @pytest.mark.parametrize(
        "q", ["tran thi hoa", "Trần Thị HOA", "hoa", "thi hoa tran", "0912 345 678", "hoa@truong.vn"]
    )
    def test_people_are_found_by_name_sign_in_phone_and_mail(self, cast, client_of, q):
        contact = {"phone": "0912 345 678", "phone_key": "0912345678"}
        contact |= {"email": "hoa@truong.vn", "email_key": "hoa@truong.vn"}
        User.objects.filter(pk=cast.principal.user_id).update(**contact)
        page = client_of(cast.admin).get(f"{TABLES}accounts/user/", {"q": q})
        assert cast.principal.user in list(page.context["cl"].result_list)[:2]

    @pytest.mark.parametrize("q", ["tran thi hoa", "hoa", "tieu hoc suoi may hoa", "NS010002"])
    def test_postings_are_found_by_person_and_unit(self, cast, client_of, q):
        page = client_of(cast.admin).get(f"{TABLES}schools/posting/", {"q": q})
        assert cast.principal in list(page.context["cl"].result_list)

    def test_every_table_stands_in_the_portals_frame(self, cast, client_of):
        client = client_of(cast.admin)
        for url in addresses():
            page = client.get(url, follow=True)
            if "text/html" in page.headers["Content-Type"]:
                html = page.content.decode()
                assert (url, html.count('class="frame"')) == (url, 1)
                assert (url, "---------" in html) == (url, False)

    def test_a_form_with_errors_speaks_vietnamese(self, cast, client_of):
        page = client_of(cast.admin).post(f"{TABLES}schools/school/add/", {}).content.decode()
        assert "Hãy sửa các lỗi" in page or "Hãy sửa lỗi" in page
        assert "Please" not in page

    def test_what_closed_is_listed_with_its_successor(self, cast, province, client_of):
        close_unit(
            unit=province.cloud_primary,
            last_day=dt.date(2026, 6, 30),
            successor=province.tea_combined,
            by=None,
        )
        client = client_of(cast.admin)
        listed = client.get(f"{TABLES}schools/succession/", {"q": "doi che"})
        assert [one.pk for one in listed.context["cl"].result_list] == [province.cloud_primary.pk]
        assert "30/06/2026" in listed.content.decode()
        assert client.get(f"{TABLES}schools/succession/{province.tea_combined.pk}/change/").status_code == 404

    def test_the_trail_is_told_in_words(self, cast, province, client_of):
        place_under(
            unit=province.cloud_primary,
            office=province.tea_commune,
            line=LinkKind.ADMINISTRATIVE,
            since=dt.date(2026, 9, 1),
            by=cast.admin,
        )
        page = client_of(cast.admin).get(f"{TABLES}trail/auditevent/", {"verb": "unit.placed"})
        html = page.content.decode()
        assert "đổi cơ quan quản lý của đơn vị" in html
        assert ">unit.placed<" not in html
