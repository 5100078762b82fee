"""Questions of the month's form: who is asked what, how answers are kept and read, how they are composed."""

import datetime as dt
from decimal import Decimal

import pytest

from eduportal.base.errors import EditConflict
from reports import actions
from reports.actions.forms import define_question, define_section, edit_question, edit_section
from reports.models import Answer, Question, QuestionKind, ReportState
from reports.queries.questions import QuestionLine, question_lines
from targets.models import FormSection, Measure
from tests.reports.page import OCTOBER_DAY, PRIMARY, fresh, typed, url
from trail.models import AuditEvent

pytestmark = pytest.mark.usefixtures("in_november")
PREVIEW = "/reports/form/"


def asked(**fields) -> Question:
    usual = {"text_vi": "Câu hỏi", "text_en": "Question", "position": 50, "valid_from": dt.date(2026, 1, 1)}
    return define_question(by=None, **usual | fields)


@pytest.fixture
def events(db) -> Question:
    """The one that comes with the portal."""
    return Question.objects.get(reporter="school")


@pytest.fixture
def flooded(db) -> Question:
    return asked(
        text_vi="Trường có bị ngập không?",
        text_en="Was the school flooded?",
        kind=QuestionKind.YES_NO,
        level="primary",
        is_required=True,
    )


def name(question: Question) -> str:
    return f"question-{question.pk}"


def answers(row) -> dict[str, str]:
    return dict(Answer.objects.filter(report=row).values_list("question__text_vi", "text"))


class TestWhoIsAsked:
    def test_schools_communes_and_those_of_a_level(self, row, province, events, flooded):
        asked(text_vi="Của THCS", level="lower_secondary")
        commune = type(row).objects.get(unit=province.cloud_commune, period=row.period)
        words = {
            one.unit.short_name: [line.question.text for line in question_lines(one)]
            for one in (row, commune)
        }
        assert words == {
            "TH Suối Mây": [events.text, "Trường có bị ngập không?"],
            "Xã Suối Mây": [events.text],
        }

    def test_in_their_months_and_while_in_force(self, row, events):
        asked(text_vi="Tháng 5", asked_in=[5])
        asked(text_vi="Từ tháng 12", valid_from=dt.date(2026, 12, 1))
        ended = asked(text_vi="Đã thôi")
        edit_question(question=ended, version=1, by=None, valid_to=dt.date(2026, 11, 30))
        assert [line.question for line in question_lines(row)] == [events]

    def test_first_without_a_section_then_section_by_section(self, row, events):
        later, sooner = (
            define_section(
                by=None, name_vi=text, name_en=text, position=place, valid_from=dt.date(2026, 1, 1)
            )
            for text, place in (("Sau", 2), ("Trước", 1))
        )
        for section, text in ((later, "c"), (sooner, "b"), (None, "a")):
            asked(text_vi=text, section=section, position=1)
        assert [(line.heading, line.question.text) for line in question_lines(row)] == [
            ("", "a"), ("", events.text), ("Trước", "b"), ("Sau", "c"),
        ]  # fmt: skip

    @pytest.mark.parametrize("count", [1, 3])
    def test_one_query_for_many(self, row, events, django_assert_num_queries, count):
        for number in range(count - 1):
            asked(text_vi=f"Câu {number}")
        report = type(row).objects.select_related("unit", "period").get(pk=row.pk)
        with django_assert_num_queries(1):
            assert len(question_lines(report)) == count


class TestAnswering:
    def test_words_are_kept_corrected_and_taken_away(self, row, cast, client_of, events):
        client = client_of(cast.clerk)
        client.post(url(row), typed(row, save="") | {name(events): " Hội thi \r\n giáo viên giỏi "})
        assert answers(row) == {events.text_vi: "Hội thi \n giáo viên giỏi"}
        client.post(url(row), typed(fresh(row), save="") | {name(events): "Hội khỏe"})
        assert answers(row) == {events.text_vi: "Hội khỏe"}
        client.post(url(row), typed(fresh(row), save=""))  # which did not come along
        assert answers(row) == {events.text_vi: "Hội khỏe"}
        client.post(url(row), typed(fresh(row), save="") | {name(events): ""})
        assert answers(row) == {}
        told = [one.data["changes"] for one in AuditEvent.objects.about(row).filter(verb="answers.written")]
        key = str(events.pk)
        assert told[::-1] == [
            {key: ["", "Hội thi \n giáo viên giỏi"]},
            {key: ["Hội thi \n giáo viên giỏi", "Hội khỏe"]},
            {key: ["Hội khỏe", ""]},
        ]

    def test_what_must_be_answered_stops_the_sending_once_it_is_saved(self, row, cast, client_of, flooded):
        client = client_of(cast.principal)
        answer = client.post(url(row), typed(row, send=""))
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [name(flooded)]
        assert (fresh(row).state, fresh(row).version) == (ReportState.EXPECTED, 2)
        page = typed(fresh(row), send="") | {name(flooded): "không"}
        assert client.post(url(row), page).status_code == 302
        assert (fresh(row).state, answers(row)) == (ReportState.SENT, {flooded.text_vi: "không"})

    def test_what_is_taken_away_is_lacking_again(self, row, cast, client_of, flooded):
        client = client_of(cast.principal)
        client.post(url(row), typed(row, save="") | {name(flooded): "có"})
        answer = client.post(url(row), typed(fresh(row), send="") | {name(flooded): ""})
        assert (answer.status_code, fresh(row).state) == (422, ReportState.EXPECTED)

    def test_what_is_none_of_the_answers_is_said_so_and_nothing_else_is_lost(
        self, row, cast, client_of, flooded
    ):
        answer = client_of(cast.principal).post(url(row), typed(row, save="") | {name(flooded): "có lẽ"})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [name(flooded)])
        assert (answers(row), fresh(row).version) == ({}, 2)

    def test_a_question_of_another_is_no_field(self, row, cast, client_of, province):
        other = asked(text_vi="Của THCS", level="lower_secondary")
        client_of(cast.principal).post(url(row), typed(row, save="") | {name(other): "Không phải của tôi"})
        assert answers(row) == {}

    def test_sent_without_a_page_it_is_refused_as_well(self, row, cast, flooded):
        figures = {f"primary.{stem}": Decimal(7) for stem in PRIMARY}
        saved = actions.save_report(report=row, version=1, figures=figures, by=cast.clerk, now=OCTOBER_DAY)
        with pytest.raises(actions.AnswersMissing) as refused:
            actions.send_report(report=saved, version=2, by=cast.principal, now=OCTOBER_DAY)
        assert (refused.value.missing, fresh(row).state) == ([flooded], ReportState.EXPECTED)

    def test_whoever_saves_second_sees_both_answers(self, row, cast, client_of, events):
        actions.save_report(
            report=row, version=1, figures={}, answers={events.pk: "Của tôi"}, by=cast.clerk, now=OCTOBER_DAY
        )
        answer = client_of(cast.principal).post(url(row), typed(row, save="") | {name(events): "Của chị"})
        assert answer.status_code == 409
        [told] = [one for one in answer.context["conflicts"] if one["label"] == events.text]
        assert (told["stored"], told["yours"]) == ("Của tôi", "Của chị")


class TestReading:
    @pytest.fixture
    def sent(self, row, cast, client_of, events):
        client_of(cast.principal).post(url(row), typed(row, send="") | {name(events): "Hội khỏe Phù Đổng"})
        return fresh(row)

    def test_the_office_reads_it_once_it_is_sent(self, row, cast, client_of, events):
        client = client_of(cast.commune_officer)
        actions.save_report(
            report=row, version=1, figures={}, answers={events.pk: "Nháp"}, by=cast.clerk, now=OCTOBER_DAY
        )
        assert "Nháp" not in client.get(url(row)).text

    def test_on_the_page_the_sheet_and_the_paper(self, sent, cast, client_of, events):
        client = client_of(cast.commune_officer)
        assert "Hội khỏe Phù Đổng" in client.get(url(sent)).text
        sheet = client.get(url(sent, "report_sheet")).text
        assert "III. Nội dung khác" in sheet
        assert "IV. Khó khăn, kiến nghị" in sheet
        assert client.get(url(sent, "report_pdf")).status_code == 200


class TestApi:
    def address(self, row, step=""):
        return f"/api/v1/monthly-reports/{row.pk}/{step}"

    def test_it_is_answered_and_read(self, row, cast, client_of, token_of, events, flooded):
        headers = {"authorization": f"Bearer {token_of(cast.principal)}"}
        client = client_of(cast.principal)
        given = {"version": 1, "answers": [{"question": flooded.pk, "answer": "có"}]}
        answer = client.patch(self.address(row), given, content_type="application/json", headers=headers)
        assert answer.status_code == 200
        shown = {one["question"]: (one["answer"], one["choices"]) for one in answer.json()["answers"]}
        assert shown == {events.pk: ("", []), flooded.pk: ("có", ["có", "không"])}

    def test_what_is_not_asked_is_refused_with_its_place(self, row, cast, client_of, token_of, flooded):
        other = asked(text_vi="Của THCS", level="lower_secondary")
        headers = {"authorization": f"Bearer {token_of(cast.principal)}"}
        given = {
            "version": 1,
            "answers": [{"question": other.pk, "answer": "có"}, {"question": flooded.pk, "answer": "có lẽ"}],
        }
        told = []
        for kept in (given["answers"], given["answers"][1:]):
            answer = client_of(cast.principal).patch(
                self.address(row), given | {"answers": kept}, content_type="application/json", headers=headers
            )
            told.append([(one["field"], one["code"]) for one in answer.json()["errors"]])
        assert told == [
            [("answers.0.question", "does_not_exist")],
            [(f"answers.{flooded.pk}.answer", "invalid_choice")],
        ]
        assert answers(row) == {}


class TestComposing:
    URL = "/administration/tables/reports/question/"
    TYPED = {
        "text_vi": "Trường tổ chức bán trú thế nào?", "text_en": "How are meals organised?", "help_vi": "",
        "help_en": "", "kind": "choice", "choices": "tự nấu\n thuê  ngoài \n", "reporter": "school",
        "level": "preschool", "asked_every": "month", "asked_in": ["9", "1"], "position": "20",
        "valid_from": "01/09/2026",
    }  # fmt: skip

    def test_a_question_is_defined_and_asked(self, cast, client_of):
        answer = client_of(cast.admin).post(f"{self.URL}add/", self.TYPED)
        assert answer.status_code == 302
        made = Question.objects.get(text_en="How are meals organised?")
        assert (made.answers_offered, made.asked_in, made.level) == (
            ["tự nấu", "thuê ngoài"],
            [1, 9],
            "preschool",
        )
        assert AuditEvent.objects.about(made).get().verb == "question.defined"

    @pytest.mark.parametrize(
        ("typed_in", "wrong"),
        [
            ({"choices": "chỉ một"}, ["choices"]),
            ({"kind": "text"}, ["choices"]),
            ({"reporter": "commune"}, ["level"]),
            ({"asked_every": "quarter"}, ["asked_in"]),
        ],
    )
    def test_what_does_not_fit_is_said_at_its_field(self, cast, client_of, typed_in, wrong):
        page = client_of(cast.admin).post(f"{self.URL}add/", self.TYPED | typed_in)
        assert list(page.context["adminform"].form.errors) == wrong

    def test_what_answers_stand_on_stays(self, cast, client_of, flooded):
        typed_in = self.TYPED | {
            "kind": "text",
            "level": "",
            "position": "5",
            "last_day": "31/05/2027",
            "version": "1",
        }
        assert client_of(cast.admin).post(f"{self.URL}{flooded.pk}/change/", typed_in).status_code == 302
        stored = Question.objects.get(pk=flooded.pk)
        assert (stored.kind, stored.level, stored.position) == ("yes_no", "primary", 5)
        assert (stored.text_vi, stored.valid_to) == ("Trường tổ chức bán trú thế nào?", dt.date(2027, 6, 1))
        with pytest.raises(EditConflict):
            edit_question(question=stored, version=1, by=cast.admin, position=6)

    def test_a_heading_stands_over_its_figures_and_questions(self, row, cast, client_of):
        typed_in = {
            "name_vi": "Cơ sở vật chất",
            "name_en": "Premises",
            "position": "3",
            "valid_from": "01/09/2026",
        }
        address = "/administration/tables/targets/formsection/"
        assert client_of(cast.admin).post(f"{address}add/", typed_in).status_code == 302
        section = FormSection.objects.get()
        edit_section(section=section, version=1, by=cast.admin, name_vi="Phòng học")
        Measure.objects.filter(code="primary.classes").update(section=section)
        asked(section=section)
        page = client_of(cast.principal).get(url(row))
        [level] = page.context["levels"]
        assert [one.heading for one in level.rows] == ["", "", "", "Phòng học"]
        assert [heading for heading, _ in page.context["question_groups"]] == ["", "Phòng học"]

    @pytest.mark.parametrize("who", ["leader", "staff", "principal", "outsider"])
    def test_nobody_else_composes(self, cast, client_of, flooded, who):
        client = client_of(getattr(cast, who))
        assert client.post(f"{self.URL}{flooded.pk}/change/", {"version": "1"}).status_code == 403
        assert client.get(PREVIEW).status_code == 403

    def test_the_form_is_seen_as_it_will_be(self, cast, client_of, flooded):
        Measure.objects.filter(code="primary.teachers").update(valid_to=dt.date(2026, 12, 1))
        client = client_of(cast.admin)
        seen = {}
        for level, month in (("primary", "2026-11"), ("primary", "2026-12"), ("commune", "2026-12")):
            page = client.get(PREVIEW, {"level": level, "period": month})
            rows = [one.field.name for section in page.context["levels"] for one in section.rows]
            questions = [one.label for _, group in page.context["groups"] for one in group]
            seen[level, month] = ("primary-teachers" in rows, len(rows), flooded.text in questions)
        assert seen == {
            ("primary", "2026-11"): (True, 4, True),
            ("primary", "2026-12"): (False, 3, True),
            ("commune", "2026-12"): (False, 6, False),
        }
        assert client.get(PREVIEW, {"period": "1999-01"}).status_code == 404


@pytest.mark.parametrize(
    ("required", "answer", "lacking"), [(True, "", True), (True, "a", False), (False, "", False)]
)
def test_only_what_must_be_answered_is_lacking(required, answer, lacking):
    assert QuestionLine(Question(is_required=required), answer).is_lacking == lacking
