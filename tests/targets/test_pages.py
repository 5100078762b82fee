"""Pages of targets: the board, one target, setting, changing and adopting them."""

import datetime as dt
import io
from decimal import Decimal
from http import HTTPStatus

import pdfplumber
import pytest
import time_machine
from django.urls import reverse

from directives.actions.drafting import draft_directive
from directives.actions.issuing import issue_directive
from directives.reading import text_of_file
from directives.writing import pdf
from eduportal.base.uploads import DOCX
from schools.actions import school_year_period
from schools.models import Period
from targets.actions import Goal, set_target
from targets.models import Target, TargetRevision
from tests.conftest import TODAY
from tests.targets.conftest import indicator
from tests.targets.samples import PLAN

NOON = dt.datetime(2026, 11, 22, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def target(province, cast, year) -> Target:
    return set_target(
        unit=province.department,
        indicator=indicator("primary.attendance_rate"),
        period=year,
        goal=Goal("ge", Decimal(98)),
        by=cast.staff,
    )


@pytest.fixture
def plan(province, cast):
    draft = draft_directive(office=province.department, text=PLAN, by=cast.staff, today=TODAY)
    issue_directive(directive=draft, version=draft.version, by=cast.staff, today=TODAY)
    return draft


def url(name: str, *args: int) -> str:
    return reverse(f"targets:{name}", args=args)


def typed(province, **changes: str) -> dict[str, str]:
    return {
        "unit": str(province.department.pk),
        "indicator": str(indicator("all.attendance_rate").pk),
        "period": "school_year-2026-1",
        "comparator": "ge",
        "value": "98,5",
        "value_max": "",
        "baseline_value": "",
        "baseline_period": "",
        "note": "",
    } | changes


def choosing(target: Target, province, *, choice: str) -> dict[str, str]:
    """The form of adoption where a target is there already."""
    shown = {
        "existing-target": str(target.pk),
        "existing-version": str(target.version),
        "existing-choice": choice,
        "existing-reason": "",
    }
    return typed(province, indicator=str(target.indicator.pk)) | shown


def goal_typed(target: Target, **changes: str) -> dict[str, str]:
    given = {
        "version": str(target.version),
        "comparator": "ge",
        "value": "97,5",
        "note": "",
        "reason": "Sơ kết",
    }
    return given | changes


class TestBoard:
    def test_value_target_gap_and_reason_in_words(self, target, province, cast, client_of, give):
        give(province.cloud_primary, (2026, 9), primary__pupils=200, primary__attending=190)
        give(province.cloud_primary, (2026, 10), primary__pupils=200, primary__attending=193)
        with time_machine.travel(dt.datetime(2026, 12, 10, 5, tzinfo=dt.UTC), tick=False):
            page = client_of(cast.leader).get(url("board")).content.decode()
        for words in (
            "Tỷ lệ chuyên cần tiểu học",
            "96,5%",
            "từ 98% trở lên",
            "−1,5 điểm % (còn thiếu)",
            "Đang ở mức 96,5%, đến 31/08/2027 cần đạt 98%; chưa đủ số liệu để dự báo.",
            "96,5%; chỉ tiêu: từ 98% trở lên; cùng kỳ năm trước: –",
            "1 trong 2 đơn vị chưa được tính",
        ):
            assert words in page

    def test_filters_by_standing_and_level(self, target, province, cast, client_of, year):
        client = client_of(cast.staff)
        found = {
            query: len(client.get(url("board") + query).context["rows"])
            for query in (
                "",
                "?standing=no_data",
                "?standing=met",
                "?level=primary",
                "?level=preschool",
                "?level=x",
            )
        }
        assert found == {
            "": 1,
            "?standing=no_data": 1,
            "?standing=met": 0,
            "?level=primary": 1,
            "?level=preschool": 0,
            "?level=x": 1,
        }

    def test_another_unit_and_period(self, target, province, cast, client_of):
        client = client_of(cast.staff)
        set_target(
            unit=province.cloud_primary,
            indicator=indicator("primary.attendance_rate"),
            period=school_year_period(2025),
            goal=Goal("ge", Decimal(97)),
            by=cast.staff,
        )
        address = f"{url('board')}?period=school_year-2025-1&unit={province.cloud_primary.pk}"
        assert [row.wanted for row in client.get(address).context["rows"]] == ["từ 97% trở lên"]
        assert client.get(url("board") + "?unit=x").status_code == HTTPStatus.NOT_FOUND
        foreign = f"{url('board')}?unit={province.foreign_primary.pk}"
        assert client.get(foreign).status_code == HTTPStatus.NOT_FOUND

    def test_a_school_sees_its_own(self, target, province, cast, client_of, year):
        set_target(
            unit=province.cloud_primary,
            indicator=indicator("primary.attendance_rate"),
            period=year,
            goal=Goal("ge", Decimal(99)),
            by=cast.staff,
        )
        page = client_of(cast.principal).get(url("board"))
        assert [row.wanted for row in page.context["rows"]] == ["từ 99% trở lên"]
        assert url("new") not in page.content.decode()

    def test_empty_it_says_what_to_do(self, province, cast, client_of):
        assert url("new") in client_of(cast.staff).get(url("board")).content.decode()
        page = client_of(cast.principal).get(url("board")).content.decode()
        assert "Đơn vị chưa được giao chỉ tiêu nào" in page

    def test_without_a_posting_there_is_none(self, province, cast, client_of):
        cast.staff.delete()
        assert client_of(cast.staff).get(url("board")).headers["Location"] == reverse("home")

    def test_in_english_as_well(self, target, cast, client_of, settings):
        client = client_of(cast.staff)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        page = client.get(url("board")).content.decode()
        assert "Attendance rate, primary" in page
        assert "at least 98%" in page

    def test_sorted_by_what_is_worst(self, target, province, cast, client_of, year, give):
        """By the head of a column, and back by a second click; what has no figures is last by the gap."""
        give(province.cloud_primary, (2026, 10), primary__pupils=200, primary__attending=193)
        for code, goal in [("primary.pupils", 100), ("primary.classes", 5)]:
            set_target(
                unit=province.department,
                indicator=indicator(code),
                period=year,
                goal=Goal("ge", Decimal(goal)),
                by=cast.staff,
            )

        def listed(sort):
            rows = client_of(cast.leader).get(url("board"), {"sort": sort}).context["rows"]
            return [one.row.target.indicator.code for one in rows]

        pupils, classes, attendance = "primary.pupils", "primary.classes", "primary.attendance_rate"
        assert listed("") == [classes, pupils, attendance]
        assert listed("-indicator") == [attendance, pupils, classes]
        assert listed("gap") == [attendance, pupils, classes]
        assert listed("standing") == [classes, attendance, pupils]
        assert listed("nothing") == listed("")


class TestPrintedBoard:
    def test_the_same_rows_as_the_table_of_an_annex(self, target, province, cast, client_of, give):
        give(province.cloud_primary, (2026, 9), primary__pupils=200, primary__attending=190)
        give(province.cloud_primary, (2026, 10), primary__pupils=200, primary__attending=193)
        with time_machine.travel(dt.datetime(2026, 12, 10, 5, tzinfo=dt.UTC), tick=False):
            answer = client_of(cast.leader).get(url("board_pdf"))
        assert (answer.status_code, answer["Content-Type"]) == (HTTPStatus.OK, "application/pdf")
        assert "chi-tieu-school_year-2026-1-NS.pdf" in answer["Content-Disposition"]
        with pdfplumber.open(io.BytesIO(answer.content)) as file:
            [page] = file.pages
            assert page.width > page.height
            words = " ".join(page.extract_text().split())
            table = max(page.extract_tables(), key=len)  # the bars look like small ones
        assert words.startswith("Phụ lục CHỈ TIÊU NĂM HỌC 2026–2027 – SỞ GDĐT TỈNH NGỌC SƠN")
        assert "(tính đến 10/12/2026; kỳ kéo dài đến 31/08/2027)" in words
        cells = [" ".join((cell or "").split()) for cell in table[1]]
        assert cells[:4] == ["1", "Tỷ lệ chuyên cần tiểu học", "96,5%", "từ 98% trở lên"]
        assert cells[5] == "−1,5 điểm % (còn thiếu)"

    def test_the_same_rows_in_word(self, target, province, cast, client_of, give):
        give(province.cloud_primary, (2026, 9), primary__pupils=200, primary__attending=190)
        give(province.cloud_primary, (2026, 10), primary__pupils=200, primary__attending=193)
        with time_machine.travel(dt.datetime(2026, 12, 10, 5, tzinfo=dt.UTC), tick=False):
            answer = client_of(cast.leader).get(url("board_docx"))
        assert (answer.status_code, answer["Content-Type"]) == (HTTPStatus.OK, DOCX.content_type)
        assert "chi-tieu-school_year-2026-1-NS.docx" in answer["Content-Disposition"]
        text = text_of_file(answer.content).text
        title = "Phụ lục\nCHỈ TIÊU NĂM HỌC 2026–2027 – SỞ GDĐT TỈNH NGỌC SƠN"
        assert text.startswith(f"{title}\n(tính đến 10/12/2026; kỳ kéo dài đến 31/08/2027)")
        assert "Tỷ lệ chuyên cần tiểu học" in text
        assert "96,5% | từ 98% trở lên | −1,5 điểm % (còn thiếu)" in text
        assert client_of(cast.leader).get(url("board_docx") + "?standing=met").status_code == 404
        assert client_of(cast.outsider).get(url("board_docx")).status_code == 404

    def test_it_is_vietnamese_for_english_readers_too(self, target, cast, client_of):
        client = client_of(cast.leader)
        client.cookies["django_language"] = "en"
        with pdfplumber.open(io.BytesIO(client.get(url("board_pdf")).content)) as file:
            assert "chưa có số liệu" in " ".join(file.pages[0].extract_text().split()).lower()

    def test_what_is_filtered_away_or_unseen_is_not_there(self, target, province, cast, client_of):
        assert client_of(cast.leader).get(url("board_pdf") + "?standing=met").status_code == 404
        foreign = client_of(cast.outsider)
        assert foreign.get(url("board_pdf")).status_code == 404
        asked = f"{url('board_pdf')}?unit={province.department.pk}&period=school_year-2026-1"
        assert foreign.get(asked).status_code == 404

    def test_without_a_font_the_board_says_what_is_missing(self, target, cast, client_of, monkeypatch):
        monkeypatch.setattr(pdf, "missing_fonts", lambda: ["Tinos"])
        answer = client_of(cast.leader).get(url("board_pdf"), follow=True)
        assert answer.redirect_chain == [(url("board"), HTTPStatus.FOUND)]
        assert "Tinos" in answer.text


class TestOne:
    def test_sums_missing_ones_and_the_schools_of_a_commune(self, target, province, cast, client_of, give):
        give(province.cloud_primary, (2026, 10), primary__pupils=200, primary__attending=193)
        client = client_of(cast.staff)
        page = client.get(url("target", target.pk))
        assert "(193 / 200)" in page.content.decode()
        assert [one.short_name for one in page.context["missing"]] == ["Xã Đồi Chè", "TH&THCS Đồi Chè"]
        of_commune = client.get(f"{url('target', target.pk)}?commune={province.cloud_commune.pk}")
        assert [part.unit.short_name for part in of_commune.context["page_obj"]] == ["TH Suối Mây"]

    def test_history_and_the_sentence(self, plan, province, cast, client_of):
        client = client_of(cast.staff)
        read = plan.read_targets.first()
        client.post(url("adopt", plan.pk, read.pk), typed(province))
        target = Target.objects.get()
        client.post(url("edit", target.pk), goal_typed(target, reason="Điều chỉnh sau sơ kết"))
        page = client.get(url("target", target.pk)).content.decode()
        for words in (
            "từ 98,5% trở lên",
            "Điều chỉnh sau sơ kết",
            read.raw,
            reverse("directives:detail", args=[plan.pk]),
        ):
            assert words in page

    def test_a_school_reads_its_own_without_the_parts_of_others(self, province, cast, client_of, year, give):
        give(province.cloud_primary, (2026, 10), primary__pupils=200, primary__attending=193)
        own = set_target(
            unit=province.cloud_primary,
            indicator=indicator("primary.attendance_rate"),
            period=year,
            goal=Goal("ge", Decimal(99)),
            by=cast.staff,
        )
        page = client_of(cast.principal).get(url("target", own.pk))
        assert "96,5% (193 / 200)" in page.content.decode()
        assert "Theo trường" not in page.content.decode()


class TestSetting:
    def test_numbers_are_typed_the_vietnamese_way(self, province, cast, client_of):
        answer = client_of(cast.staff).post(url("new"), typed(province))
        target = Target.objects.get()
        assert answer.headers["Location"] == url("target", target.pk)
        assert (target.value, str(target.period.data_from), target.office.pk) == (
            Decimal("98.5"),
            "2026-09-01",
            province.department.pk,
        )

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"value": "98.5"}, "value"),
            ({"value": "101"}, "value"),
            ({"value": ""}, "value"),
            ({"comparator": "between", "value": "65"}, "value_max"),
            ({"comparator": "between", "value": "65", "value_max": "60"}, "value_max"),
            ({"value_max": "99"}, "value_max"),
            ({"comparator": "increase_by", "value": "3"}, "baseline_value"),
            ({"period": "school_year-1999-1"}, "period"),
            ({"indicator": ""}, "indicator"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, province, cast, client_of, changes, field):
        answer = client_of(cast.staff).post(url("new"), typed(province, note="Theo kế hoạch", **changes))
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert field in answer.context["form"].errors
        assert "Theo kế hoạch" in answer.content.decode()
        assert not Target.objects.exists()

    def test_a_count_is_whole(self, province, cast, client_of):
        count = str(indicator("all.standard_1").pk)
        answer = client_of(cast.staff).post(url("new"), typed(province, indicator=count))
        assert answer.context["form"].errors["value"] == ["Chỉ số này đếm số lượng: hãy nhập số nguyên."]

    def test_up_by_is_counted_from_its_start(self, province, cast, client_of):
        client_of(cast.staff).post(
            url("new"),
            typed(
                province,
                comparator="increase_by",
                value="2,5",
                baseline_value="95",
                baseline_period="school_year-2025-1",
            ),
        )
        target = Target.objects.get()
        assert (target.baseline_value, target.baseline_period, target.in_percent) == (
            Decimal(95),
            school_year_period(2025),
            False,
        )

    def test_one_that_is_there_is_linked(self, target, province, cast, client_of):
        answer = client_of(cast.staff).post(
            url("new"), typed(province, indicator=str(target.indicator_id), value="99")
        )
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert url("target", target.pk) in answer.content.decode()
        assert Target.objects.count() == 1

    def test_a_rate_over_residents_is_refused_for_a_school(self, province, cast, client_of):
        answer = client_of(cast.staff).post(
            url("new"),
            typed(
                province,
                unit=str(province.orchid_preschool.pk),
                indicator=str(indicator("preschool.nursery_rate").pk),
            ),
        )
        assert "riêng một trường thì không có tỷ lệ này" in answer.content.decode()

    @pytest.mark.parametrize("who", ["leader", "registrar", "principal"])
    def test_who_may_not(self, target, province, cast, client_of, who):
        client = client_of(getattr(cast, who))
        asked = [client.get(url("new")), client.post(url("new"), typed(province))]
        if who != "principal":
            asked += [client.get(url("edit", target.pk)), client.post(url("remove", target.pk))]
        assert {answer.status_code for answer in asked} == {HTTPStatus.FORBIDDEN}

    def test_a_commune_cannot_change_what_the_department_set_for_it(self, province, cast, client_of, year):
        given = set_target(
            unit=province.cloud_commune,
            indicator=indicator("primary.attendance_rate"),
            period=year,
            goal=Goal("ge", Decimal(98)),
            by=cast.staff,
        )
        client = client_of(cast.commune_officer)
        assert client.get(url("target", given.pk)).status_code == HTTPStatus.OK
        assert client.post(url("edit", given.pk), goal_typed(given)).status_code == HTTPStatus.FORBIDDEN
        foreign_unit = client.post(url("new"), typed(province, unit=str(province.tea_commune.pk)))
        assert "unit" in foreign_unit.context["form"].errors


class TestChanging:
    def test_the_former_value_stays(self, target, cast, client_of):
        answer = client_of(cast.staff).post(url("edit", target.pk), goal_typed(target))
        target.refresh_from_db()
        assert answer.headers["Location"] == url("target", target.pk)
        assert (target.value, TargetRevision.objects.get().value) == (Decimal("97.5"), Decimal(98))

    def test_the_form_shows_what_is_stored(self, target, cast, client_of):
        form = client_of(cast.staff).get(url("edit", target.pk)).context["form"]
        assert (form["value"].value(), form["comparator"].value(), form["version"].value()) == ("98", "ge", 1)

    def test_the_second_to_save_sees_both(self, target, cast, client_of):
        client = client_of(cast.staff)
        client.post(url("edit", target.pk), goal_typed(target))
        answer = client.post(url("edit", target.pk), goal_typed(target, value="99", note="Của tôi"))
        assert answer.status_code == HTTPStatus.CONFLICT
        assert answer.context["conflict"] == [
            {"label": "Cần đạt", "stored": "từ 97,5% trở lên", "yours": "từ 99% trở lên"},
            {"label": "Ghi chú", "stored": "–", "yours": "Của tôi"},
        ]
        again = client.post(url("edit", target.pk), goal_typed(target, value="99", version="2"))
        assert again.status_code == HTTPStatus.FOUND

    def test_without_a_reason_it_is_shown_again(self, target, cast, client_of):
        answer = client_of(cast.staff).post(url("edit", target.pk), goal_typed(target, reason=""))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])

    def test_taken_away_with_a_reason(self, target, cast, client_of):
        client = client_of(cast.staff)
        assert (
            client.post(url("remove", target.pk), {"remove-version": "1", "remove-reason": ""}).status_code
            == 422
        )
        stale = client.post(url("remove", target.pk), {"remove-version": "7", "remove-reason": "Giao nhầm"})
        assert (stale.status_code, Target.objects.count()) == (409, 1)
        client.post(url("remove", target.pk), {"remove-version": "1", "remove-reason": "Giao nhầm"})
        assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("code", "asked"), [("all.attendance_rate", "98,5? "), ("all.classes", "98,5 hay 985? ")]
)
def test_of_what_was_typed_only_what_is_possible_is_offered(code, asked, province, cast, client_of):
    made = typed(province, indicator=str(indicator(code).pk), value="98.5")
    answer = client_of(cast.staff).post(url("new"), made)
    assert asked.strip() in answer.context["form"].errors["value"][0]


def test_a_form_that_is_not_right_makes_no_period(province, cast, client_of):
    asked = typed(province, period="calendar_year-2027-1", baseline_period="calendar_year-2026-1", value="")
    answer = client_of(cast.staff).post(url("new"), asked)
    assert (answer.status_code, Period.objects.count()) == (422, 0)
    asked |= {"value": "5", "comparator": "increase_by", "baseline_value": "90"}
    client_of(cast.staff).post(url("new"), asked)
    periods = Period.objects.values_list("kind", "year")
    assert set(periods) == {("calendar_year", 2027), ("calendar_year", 2026)}


class TestAdopting:
    def test_the_documents_page_leads_there(self, plan, cast, client_of):
        address = reverse("directives:detail", args=[plan.pk])
        page = client_of(cast.staff).get(address).content.decode()
        assert url("document", plan.pk) in page
        assert "5 chỉ tiêu đọc được trong văn bản này" in page
        assert url("document", plan.pk) not in client_of(cast.leader).get(address).content.decode()

    def test_each_is_listed_with_its_proposal(self, plan, cast, client_of):
        page = client_of(cast.staff).get(url("document", plan.pk)).content.decode()
        assert "Đề xuất: Tỷ lệ huy động trẻ nhà trẻ, năm học 2026–2027" in page
        assert page.count("Không có chỉ số nào thật khớp") == 1

    def test_the_form_holds_what_was_read(self, plan, province, cast, client_of):
        read = plan.read_targets.first()
        form = client_of(cast.staff).get(url("adopt", plan.pk, read.pk)).context["form"]
        held = {name: form[name].value() for name in ("unit", "indicator", "period", "comparator")}
        assert held == {
            "unit": province.department.pk,
            "indicator": indicator("preschool.nursery_rate").pk,
            "period": "school_year-2026-1",
            "comparator": "ge",
        }
        assert 'value="22,6"' in str(form["value"])

    def test_adopted_once_then_led_to_the_target(self, plan, province, cast, client_of):
        client, read = client_of(cast.staff), plan.read_targets.first()
        address = url("adopt", plan.pk, read.pk)
        answer = client.post(address, typed(province))
        target = Target.objects.get()
        assert (answer.headers["Location"], target.read_target) == (url("document", plan.pk), read)
        assert client.get(address).headers["Location"] == url("target", target.pk)
        twice = client.post(address, typed(province, indicator=str(indicator("all.solid_rate").pk)))
        assert twice.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert url("target", target.pk) in twice.content.decode()
        assert Target.objects.count() == 1

    def test_one_that_is_there_is_shown_beside_the_sentence(self, target, plan, province, cast, client_of):
        client, read = client_of(cast.staff), plan.read_targets.first()
        address, same = url("adopt", plan.pk, read.pk), str(target.indicator.pk)
        answer = client.post(address, typed(province, indicator=same, value="98,5"))
        page = answer.content.decode()
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert all(
            words in page for words in ("từ 98% trở lên", "từ 98,5% trở lên", url("target", target.pk))
        )
        assert not plan.read_targets.filter(target__isnull=False).exists()

    def test_kept_and_linked(self, target, plan, province, cast, client_of):
        client, read = client_of(cast.staff), plan.read_targets.first()
        answer = client.post(url("adopt", plan.pk, read.pk), choosing(target, province, choice="keep"))
        assert answer.headers["Location"] == url("document", plan.pk)
        target.refresh_from_db()
        assert (target.value, target.read_target) == (Decimal(98), read)
        second = plan.read_targets.all()[1]
        client.post(url("adopt", plan.pk, second.pk), choosing(target, province, choice="keep"))
        assert second.raw in client.get(url("target", target.pk)).content.decode()
        adopting = client.get(url("adopt", plan.pk, second.pk))
        assert adopting.headers["Location"] == url("target", target.pk)

    def test_changed_with_a_reason_only(self, target, plan, province, cast, client_of):
        client, read = client_of(cast.staff), plan.read_targets.first()
        address = url("adopt", plan.pk, read.pk)
        silent = client.post(address, choosing(target, province, choice="revise"))
        assert (silent.status_code, list(silent.context["choice"].errors)) == (422, ["reason"])
        why = {"existing-reason": "Theo kế hoạch"}
        client.post(address, choosing(target, province, choice="revise") | why)
        target.refresh_from_db()
        former = target.revisions.get()
        assert (target.value, target.read_target) == (Decimal("98.5"), read)
        assert (former.value, former.reason, former.revised_by) == (98, "Theo kế hoạch", cast.staff.user)

    def test_changed_by_somebody_else_meanwhile(self, target, plan, province, cast, client_of):
        client, read = client_of(cast.staff), plan.read_targets.first()
        sent = choosing(target, province, choice="revise") | {"existing-reason": "Theo kế hoạch"}
        Target.objects.update(version=2, value=97)
        answer = client.post(url("adopt", plan.pk, read.pk), sent)
        assert answer.status_code == HTTPStatus.CONFLICT
        assert "từ 97% trở lên" in answer.content.decode()
        assert answer.context["choice"]["version"].value() == 2

    def test_one_that_another_office_set_may_be_kept_only(self, target, plan, province, cast, client_of):
        Target.objects.update(office=province.cloud_commune)
        client, read = client_of(cast.staff), plan.read_targets.first()
        address = url("adopt", plan.pk, read.pk)
        why = {"existing-reason": "Theo kế hoạch"}
        answer = client.post(address, choosing(target, province, choice="revise") | why)
        assert (answer.status_code, list(answer.context["choice"].errors)) == (422, ["choice"])
        client.post(address, choosing(target, province, choice="keep"))
        assert target.mentions.get().read_target == read

    def test_left_aside_and_taken_up_again(self, plan, province, cast, client_of):
        client, read = client_of(cast.staff), plan.read_targets.last()
        answer = client.post(url("skip", plan.pk, read.pk))
        assert answer.headers["Location"] == f"{url('document', plan.pk)}#r{read.pk}"
        assert client.get(url("document", plan.pk)).context["counts"].skipped == 1
        client.post(url("take_up", plan.pk, read.pk))
        assert client.get(url("document", plan.pk)).context["counts"].open == 5
        first = plan.read_targets.first()
        client.post(url("adopt", plan.pk, first.pk), typed(province))
        page = client.post(url("skip", plan.pk, first.pk), follow=True).content.decode()
        assert "Chỉ tiêu này đã được nhận" in page

    def test_only_for_staff_of_the_office_that_issued_it(self, plan, cast, client_of):
        statuses = {
            who: client_of(getattr(cast, who)).get(url("document", plan.pk)).status_code
            for who in ("leader", "commune_officer", "principal", "outsider")
        }
        assert statuses == {"leader": 403, "commune_officer": 403, "principal": 403, "outsider": 404}

    def test_the_list_costs_the_same_for_many(
        self, plan, province, cast, client_of, django_assert_max_num_queries
    ):
        client = client_of(cast.staff)
        plan.read_targets.exclude(pk=plan.read_targets.first().pk).delete()
        with django_assert_max_num_queries(13) as one:
            client.get(url("document", plan.pk))
        other = draft_directive(
            office=province.department, text=PLAN.replace("812", "813"), by=cast.staff, today=TODAY
        )
        issue_directive(directive=other, version=other.version, by=cast.staff, today=TODAY)
        with django_assert_max_num_queries(len(one.captured_queries)):
            client.get(url("document", other.pk))
