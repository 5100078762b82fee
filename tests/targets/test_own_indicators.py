"""An installation's own indicators: a formula over measures, checked before anything is stored."""

import datetime as dt
from decimal import Decimal
from http import HTTPStatus

import pytest

from targets.models import Indicator, Measure
from targets.queries.sums import Span
from targets.queries.values import value
from targets.values import Lack
from trail.models import AuditEvent

AUTUMN = Span(dt.date(2026, 9, 1), dt.date(2026, 11, 30))
TODAY = dt.date(2026, 12, 10)


class TestOwnIndicators:
    URL = "/administration/tables/targets/indicator/add/"
    TYPED = {
        "stem": "present_share", "formula": "primary.attending/primary.pupils",
        "name_vi": "Tỷ lệ có mặt cấp tiểu học", "name_en": "Presence, primary",
        "definition_vi": "Số có mặt trên tổng số.", "definition_en": "Present over all.",
        "source": "", "direction": "higher", "position": "300", "valid_from": "01/09/2026",
        "wordings": "tỷ lệ có mặt", "last_day": "", "version": "",
        "terms-TOTAL_FORMS": 0, "terms-INITIAL_FORMS": 0,
    }  # fmt: skip

    def typed(self, formula):
        return self.TYPED | {"formula": formula}

    def test_it_is_made_of_its_measures_and_can_be_aimed_at(self, cast, client_of, province, give):
        answer = client_of(cast.admin).post(self.URL, self.TYPED)
        assert answer.status_code == HTTPStatus.FOUND
        row = Indicator.objects.whole().get(code="primary.present_share")
        assert (row.making, row.unit, row.level) == ("rate", "percent", "primary")
        assert str(row.formula) == "primary.attending / primary.pupils"
        assert [(one.side, one.beside.code) for one in row.terms.all()] == [
            ("numerator", "primary.pupils"),
            ("denominator", "primary.attending"),
        ]
        [event] = AuditEvent.objects.about(row)
        assert (event.verb, event.data) == ("indicator.defined", {"formula": str(row.formula)})
        give(province.cloud_primary, (2026, 10), primary__pupils=200, primary__attending=193)
        assert value(province.department, row, AUTUMN, TODAY).value == Decimal("96.5")

    @pytest.mark.parametrize(
        ("formula", "making", "unit", "code"),
        [
            ("primary.pupils + lower_secondary.pupils", "count", "pupils", "all.present_share"),
            ("primary.of_age / population.age_6_10", "rate", "percent", "primary.present_share"),
            ("share(primary.two_sessions)", "yes_share", "percent", "primary.present_share"),
            ("universal.primary_3", "count", "communes", "all.present_share"),
            ("primary.two_sessions", "count", "schools", "primary.present_share"),
        ],
    )
    def test_its_unit_is_what_its_measures_count(self, cast, client_of, formula, making, unit, code):
        client_of(cast.admin).post(self.URL, self.typed(formula))
        row = Indicator.objects.whole().get(code=code)
        assert (row.making, row.unit, str(row.formula)) == (making, unit, formula)

    @pytest.mark.parametrize(
        ("formula", "words"),
        [
            ("primary.attending / primary.pupil", "“primary.pupil” không phải là số liệu"),
            ("primary.pupils + primary.classes", "không cùng loại"),
            ("primary.pupils / primary.classes", "phải cùng loại"),
            ("primary.pupils / ", "chưa viết xong"),
            ("1/0", "“1/0” (ký tự 1)"),
            ("primary.attending / (primary.pupils + primary.teachers)", "không cùng loại"),
            ("primary.assessed / primary.of_age", "không bao giờ"),
        ],
    )
    def test_a_formula_that_cannot_be_counted_is_refused_in_words(self, cast, client_of, formula, words):
        page = client_of(cast.admin).post(self.URL, self.typed(formula))
        form = page.context["adminform"].form
        assert (page.status_code, list(form.errors)) == (HTTPStatus.OK, ["formula"])
        assert words in str(form.errors["formula"])
        assert form["formula"].value() == formula
        assert not Indicator.objects.filter(code__endswith="present_share").exists()

    def test_below_the_line_nothing_is_no_value_and_no_failure(self, cast, client_of, province, give):
        client_of(cast.admin).post(self.URL, self.TYPED)
        row = Indicator.objects.whole().get(code="primary.present_share")
        give(province.cloud_primary, (2026, 10), primary__pupils=0, primary__attending=0)
        found = value(province.department, row, AUTUMN, TODAY)
        assert (found.value, found.numerator, found.denominator) == (None, 0, 0)
        assert found.lack == Lack.NOTHING_BELOW  # and not that nobody sent anything

    def test_the_same_code_twice_is_told(self, cast, client_of):
        client = client_of(cast.admin)
        client.post(self.URL, self.TYPED)
        page = client.post(self.URL, self.typed("primary.pupils"))
        assert list(page.context["adminform"].form.errors) == ["stem"]

    @pytest.mark.parametrize("stem", ["Present-Share", "tỷ lệ", "1st", "present.share"])
    def test_a_code_that_could_not_be_asked_for_is_refused(self, cast, client_of, stem):
        page = client_of(cast.admin).post(self.URL, self.TYPED | {"stem": stem})
        assert list(page.context["adminform"].form.errors) == ["stem"]

    def test_a_measure_that_ends_is_not_taken_into_a_new_one(self, cast, client_of):
        Measure.objects.filter(code="primary.attending").update(valid_to=dt.date(2027, 8, 1))
        page = client_of(cast.admin).post(self.URL, self.TYPED)
        assert "primary.attending" in str(page.context["adminform"].form.errors["formula"])

    def test_its_formula_stays_once_it_is_there(self, cast, client_of):
        client = client_of(cast.admin)
        client.post(self.URL, self.TYPED)
        row = Indicator.objects.whole().get(code="primary.present_share")
        address = f"/administration/tables/targets/indicator/{row.pk}/change/"
        page = client.get(address)
        assert page.context["adminform"].form["formula"].value() == row.formula
        client.post(address, self.typed("primary.pupils") | {"version": "1", "name_en": "Presence"})
        again = Indicator.objects.whole().get(pk=row.pk)
        assert (again.name_en, str(again.formula)) == ("Presence", "primary.attending / primary.pupils")

    @pytest.mark.parametrize("who", ["leader", "staff", "principal", "commune_officer", "outsider"])
    def test_nobody_else_adds_one(self, cast, client_of, who):
        answer = client_of(getattr(cast, who)).post(self.URL, self.TYPED)
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert not Indicator.objects.filter(code="primary.present_share").exists()
