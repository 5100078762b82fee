"""Indicators, targets, their board and what was read of them in documents, for other programmes."""

import datetime as dt
from decimal import Decimal

import pytest

from directives.actions.drafting import draft_directive
from directives.actions.issuing import issue_directive
from directives.models import Directive
from targets.actions import Goal, adopt_target, revise_target, skip_target
from targets.models import Indicator, Target
from tests.conftest import TODAY, queries_of
from tests.factories import DirectiveFactory
from tests.targets.conftest import indicator
from tests.targets.samples import PLAN

API = "/api/v1"
NOW = dt.datetime(2026, 12, 10, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def attendance(province, set_for, give) -> Target:
    give(province.cloud_primary, (2026, 9), primary__pupils=100, primary__attending=96)
    give(province.cloud_primary, (2026, 11), primary__pupils=100, primary__attending=97)
    return set_for("primary.attendance_rate", "99")


class TestIndicators:
    def test_the_rule_is_data(self, api_of, cast):
        row = api_of(cast.clerk).get(f"{API}/indicators/primary.attendance_rate/").json()
        assert (row["unit"], row["making"], row["level"], row["direction"]) == (
            "percent", "rate", "primary", "higher",
        )  # fmt: skip
        assert [(one["side"], one["measure"]) for one in row["terms"]] == [
            ("numerator", "primary.attending"),
            ("denominator", "primary.pupils"),
        ]

    def test_names_come_in_the_language_asked_for(self, api_of, cast):
        api, url = api_of(cast.clerk), f"{API}/indicators/primary.attendance_rate/"
        row = api.get(url).json()
        names = [api.get(url, headers={"accept-language": one}).json()["name"] for one in ("vi", "en")]
        assert names == [row["name_vi"], row["name_en"]]

    def test_filters(self, api_of, cast):
        api = api_of(cast.clerk)
        counts = [
            api.get(f"{API}/indicators/", asked).json()["count"]
            for asked in ({}, {"making": "recognised_share"})
        ]
        shares = Indicator.objects.filter(making="recognised_share").count()
        assert counts == [Indicator.objects.count(), shares]

    def test_the_number_of_queries_does_not_grow(self, api_of, cast):
        api = api_of(cast.clerk)
        # The token, the count, the rows, their terms, the measures.
        assert [queries_of(api, f"{API}/indicators/", limit=one) for one in (1, 3)] == [5, 5]


class TestTargets:
    def test_one_says_how_far_it_is_and_why(self, api_of, cast, attendance):
        answer = api_of(cast.staff).get(f"{API}/targets/{attendance.pk}/")
        row = answer.json()
        assert (row["unit"]["code"], row["indicator"], row["period"]["kind"]) == (
            "NS", "primary.attendance_rate", "school_year",
        )  # fmt: skip
        assert (row["comparator"], row["value"], row["wanted"]) == ("ge", "99", "at least 99%")
        reached = row["reached"]
        assert (reached["value"]["value"], reached["gap"], reached["before"]["lack"]) == (
            "97",
            "-2",
            "no_figures",
        )
        assert (reached["value"]["counted"], reached["value"]["expected"]) == (1, 2)
        assert reached["trend"] == [{"on": "2026-09-30", "value": "96"}, {"on": "2026-11-30", "value": "97"}]
        assert (reached["standing"], reached["why"]) == ("at_risk", "behind_time")
        assert answer.headers["ETag"] == '"1"'

    def test_what_it_was_is_kept_with_the_reason(self, api_of, cast, attendance):
        goal = Goal("ge", Decimal(98))
        revise_target(
            target=attendance, version=1, goal=goal, note="", reason="Theo kế hoạch mới", by=cast.staff
        )
        row = api_of(cast.staff).get(f"{API}/targets/{attendance.pk}/").json()
        assert (row["value"], row["version"]) == ("98", 2)
        assert [(one["wanted"], one["reason"], one["revised_by"]) for one in row["revisions"]] == [
            ("at least 99%", "Theo kế hoạch mới", "Phạm Văn Minh")
        ]

    def test_what_its_value_is_made_of(self, api_of, cast, province, attendance):
        api, url = api_of(cast.staff), f"{API}/targets/{attendance.pk}/parts/"

        def parts(**asked) -> list[tuple]:
            rows = api.get(url, asked).json()["results"]
            return [(row["unit"]["code"], row["value"]["value"], row["value"]["lack"]) for row in rows]

        assert parts() == [
            ("NS-02", None, "no_figures"),
            ("NS-01", "97", ""),
            ("NS010002", "97", ""),
            ("NS020001", None, "no_figures"),
        ]
        assert parts(commune=province.cloud_commune.pk) == [("NS010002", "97", "")]
        assert parts(commune=987654) == []
        assert parts(offset=1, limit=1) == [("NS-01", "97", "")]
        assert api.get(url, {"commune": "x"}).json()["errors"][0]["field"] == "commune"

    def test_filters(self, api_of, cast, province, year, attendance, set_for):
        set_for("primary.pupils", "90", province.cloud_primary)
        api = api_of(cast.staff)
        asked = [
            {},
            {"unit": province.department.pk},
            {"under": province.cloud_commune.pk},
            {"period": year.pk, "indicator": "primary.pupils"},
            {"level": "preschool"},
        ]
        assert [api.get(f"{API}/targets/", one).json()["count"] for one in asked] == [2, 1, 1, 1, 0]

    def test_a_school_sees_its_own(self, api_of, cast, province, attendance, set_for):
        own = set_for("primary.pupils", "90", province.cloud_primary)
        counts = {who: api_of(getattr(cast, who)).get(f"{API}/targets/").json()["results"] for who in
                  ("principal", "neighbour")}  # fmt: skip
        assert {who: [row["id"] for row in rows] for who, rows in counts.items()} == {
            "principal": [own.pk], "neighbour": [],
        }  # fmt: skip

    def test_a_document_is_named_to_those_who_may_read_it(self, api_of, cast, province, set_for):
        directive = DirectiveFactory(office=province.department, issued=True)
        target = set_for("primary.pupils", "90", province.cloud_primary)
        Target.objects.filter(pk=target.pk).update(directive=directive)
        named = [
            api_of(who).get(f"{API}/targets/{target.pk}/").json()["directive_id"]
            for who in (cast.staff, cast.principal)
        ]
        assert named == [directive.pk, None]
        of_document = [
            api_of(who).get(f"{API}/targets/", {"directive": directive.pk})
            for who in (cast.staff, cast.principal)
        ]
        assert [one.status_code for one in of_document] == [200, 400]

    def test_the_number_of_queries_does_not_grow(self, api_of, cast, province, attendance, set_for):
        for code in ("primary.pupils", "primary.completion_rate"):
            set_for(code, "90")
        Target.objects.update(directive=DirectiveFactory(office=province.department, issued=True))
        api = api_of(cast.staff)
        # The token, the count, the rows, their documents.
        assert [queries_of(api, f"{API}/targets/", limit=one) for one in (1, 3)] == [4, 4]


class TestBoard:
    URL = f"{API}/targets/board/"

    def test_of_the_own_office_and_the_year_that_runs(self, api_of, cast, attendance, set_for):
        set_for("primary.pupils", "100")
        shown = api_of(cast.leader).get(self.URL).json()
        assert (shown["unit"]["code"], shown["period"]["name"]) == ("NS", "school year 2026–2027")
        expected = {"exceeded": 0, "met": 1, "on_track": 0, "at_risk": 1, "missed": 0, "no_data": 0}
        assert shown["counts"] == expected
        assert [(row["target"]["indicator"], row["value"]["value"], row["gap"]) for row in shown["rows"]] == [
            ("primary.pupils", "100", "0"),
            ("primary.attendance_rate", "97", "-2"),
        ]

    def test_filters_leave_the_counts(self, api_of, cast, attendance):
        shown = api_of(cast.leader).get(self.URL, {"standing": "met"}).json()
        assert (shown["rows"], shown["counts"]["at_risk"]) == ([], 1)
        assert api_of(cast.leader).get(self.URL, {"level": "primary"}).json()["rows"] != []

    def test_without_targets_it_is_empty(self, api_of, cast):
        shown = api_of(cast.clerk).get(self.URL).json()
        assert (shown["unit"]["code"], shown["period"], shown["rows"]) == ("NS010002", None, [])

    def test_what_is_unseen_is_refused_like_what_is_not(self, api_of, cast, province, year, attendance):
        api = api_of(cast.outsider)
        for name, key in (("unit", province.department.pk), ("period", year.pk)):
            there, nowhere = (api.get(self.URL, {name: one}) for one in (key, 987654))
            assert (there.status_code, there.content) == (400, nowhere.content)

    def test_an_unknown_parameter_is_refused(self, api_of, cast):
        answer = api_of(cast.staff).get(self.URL, {"limit": 1, "offset": 2})
        assert [one["code"] for one in answer.json()["errors"]] == ["unknown_parameter"] * 2

    def test_the_number_of_queries_does_not_grow(self, api_of, cast, attendance, set_for):
        """With one target of each kind: those counted month by month, and once in the year."""
        api = api_of(cast.staff)
        set_for("primary.completion_rate", "90")
        set_for("primary.pupils", "90")
        three = queries_of(api, self.URL)
        set_for("lower_secondary.pupils", "90")
        set_for("lower_secondary.attendance_rate", "90")
        assert queries_of(api, self.URL) == three


class TestReadTargets:
    URL = f"{API}/read-targets/"

    @pytest.fixture
    def plan(self, province, cast) -> Directive:
        draft = draft_directive(office=province.department, text=PLAN, by=cast.staff, today=TODAY)
        issue_directive(directive=draft, version=draft.version, by=cast.staff, today=TODAY)
        return draft

    def test_each_comes_with_what_is_proposed(self, api_of, cast, plan, year):
        first, second, third, *_more = plan.read_targets.all()
        adopt_target(
            read_target=first,
            unit=cast.staff.acting_unit,
            indicator=indicator("preschool.nursery_rate"),
            period=year,
            goal=Goal("ge", Decimal("22.6")),
            by=cast.staff,
        )
        skip_target(read_target=second, by=cast.staff)
        rows = api_of(cast.staff).get(self.URL, {"directive": plan.pk}).json()["results"]
        assert [(row["state"], row["target_id"]) for row in rows[:3]] == [
            ("adopted", Target.objects.get().pk),
            ("skipped", None),
            ("open", None),
        ]
        assert (rows[2]["id"], rows[2]["value"], rows[2]["comparator"]) == (third.pk, "100", "eq")
        assert rows[2]["proposal"] == {
            "indicator": "primary.completion_rate",
            "group": None,
            "comparator": "ge",
            "period_kind": "school_year",
            "period_year": 2026,
        }
        counts = [
            api_of(cast.staff).get(self.URL, {"state": state}).json()["count"]
            for state in ("open", "adopted", "skipped")
        ]
        assert counts == [len(rows) - 2, 1, 1]

    def test_they_are_for_those_who_adopt_them(self, api_of, cast, plan):
        counts = {
            who: api_of(getattr(cast, who)).get(self.URL).json()["count"]
            for who in ("staff", "registrar", "commune_officer", "principal", "outsider")
        }
        read = plan.read_targets.count()
        assert counts == {
            "staff": read, "registrar": 0, "commune_officer": 0, "principal": 0, "outsider": 0,
        }  # fmt: skip

    def test_the_number_of_queries_does_not_grow(self, api_of, cast, plan):
        api = api_of(cast.staff)
        # The token, the count, the rows, the indicators, the groups.
        assert [queries_of(api, self.URL, limit=one) for one in (1, 3)] == [5, 5]
