"""The month's page fills itself in from last month, reckons, says what is next; nothing counts unseen."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.forms.derived import Derived
from reports.models import MonthlyReport
from tests.reports.months import assign
from tests.reports.page import figures, fresh, typed, url

pytestmark = pytest.mark.usefixtures("in_november")
STOCKS = ["primary-classes", "primary-pupils", "primary-teachers"]


def rows_of(page: Any) -> dict[str, Any]:
    return {row.field.name: row for section in page.context["levels"] for row in section.rows}


@pytest.fixture
def clerk(cast, client_of) -> Any:
    return client_of(cast.clerk)


def test_stocks_stand_as_last_month_and_what_is_counted_anew_does_not(row, clerk):
    page = clerk.get(url(row))
    proposed = {name: one.proposed for name, one in rows_of(page).items()}
    assert proposed == {
        "primary-classes": 12,
        "primary-pupils": 378,
        "primary-attending": None,
        "primary-teachers": 21,
    }
    assert page.context["proposals"] == 3
    assert page.text.count('name="confirmed"') == 3
    assert len(page.context["missing"]) == 4
    assert figures(row) == {}


def test_saving_does_not_confirm_what_only_stands_there(row, clerk):
    sent = typed(
        row, primary__classes="12", primary__pupils="378", primary__attending="", primary__teachers="22"
    )
    clerk.post(url(row), sent | {"proposed": STOCKS, "confirmed": ["primary-classes"], "save": ""})
    assert figures(row) == {"classes": 12, "teachers": 22}
    assert rows_of(clerk.get(url(row)))["primary-pupils"].proposed == 378


def test_all_of_last_months_are_confirmed_at_once(row, clerk):
    sent = typed(
        row, primary__classes="12", primary__pupils="378", primary__attending="", primary__teachers="21"
    )
    clerk.post(url(row), sent | {"proposed": STOCKS, "fill": ""})
    assert figures(row) == {"classes": 12, "pupils": 378, "teachers": 21}


def test_what_nobody_confirmed_is_not_sent(row, cast, client_of):
    sent = typed(row, primary__classes="12")
    page = client_of(cast.principal).post(url(row), sent | {"proposed": STOCKS[:1], "send": ""})
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["primary-classes"]
    assert rows_of(page)["primary-classes"].proposed == 12
    assert fresh(row).state == "expected"


def test_the_next_thing_is_the_first_that_is_missing(row, province, cast, clerk, client_of):
    (assignment,) = assign(province, cast, province.cloud_primary, deadline=None)
    places = [clerk.get(url(row)).context["next_step"].place]
    clerk.post(url(row), typed(row, primary__teachers="", save=""))
    places.append(clerk.get(url(row)).context["next_step"].place)
    clerk.post(url(row), typed(fresh(row), save=""))
    places.append(clerk.get(url(row)).context["next_step"].place)
    field = f"task-{assignment.pk}"
    said = {f"{field}-percent": "30", f"{field}-note": "Đã họp"}
    clerk.post(url(row), typed(fresh(row), save="") | said)
    places.append(clerk.get(url(row)).context["next_step"].place)
    assert places == ["#id_primary-classes", "#id_primary-teachers", f"#{field}", "#send"]


def test_rates_are_reckoned_from_what_stands_in_the_fields(row, clerk):
    clerk.post(url(row), typed(row, primary__classes="", primary__teachers="", save=""))
    (level,) = clerk.get(url(row)).context["levels"]
    assert [(one.label, said) for one, said in level.derived] == [
        ("tỷ lệ chuyên cần", "97,6%"),
        ("học sinh/lớp", "31,7"),
        ("học sinh/giáo viên", "18,1"),
    ]


def test_a_school_of_two_levels_is_added_up(months, province, cast, client_of):
    both = MonthlyReport.objects.get(unit=province.tea_combined, period=months[2])
    levels = {"primary": (10, 300, 270, 18), "lower_secondary": (8, 280, 252, 20)}
    sent = {
        f"{level}-{stem}": str(number)
        for level, numbers in levels.items()
        for stem, number in zip(("classes", "pupils", "attending", "teachers"), numbers, strict=True)
    }
    client = client_of(cast.tea_principal)
    client.post(url(both), sent | {"version": "1", "save": ""})
    derived = [said for _, said in client.get(url(both)).context["derived"]]
    assert derived == ["18", "580", "38", "90%"]


NUMBERS = st.dictionaries(
    st.sampled_from("abc"), st.none() | st.decimals(min_value=0, max_value=10**6, places=0), min_size=3
)


@given(NUMBERS)
def test_nothing_is_reckoned_from_what_is_missing(shown):
    whole = Derived("", ("a", "b"), ("c",), is_share=True).said(shown)
    known = None not in shown.values() and len(shown) == 3 and shown["c"]
    assert (whole == "–") == (not known)
    if known:
        share = Decimal(whole.removesuffix("%").replace(".", "").replace(",", "."))
        assert abs(share - 100 * (shown["a"] + shown["b"]) / shown["c"]) <= Decimal("0.05")


def test_only_the_page_that_is_filled_in_may_be_kept_on_a_device(row, cast, client_of):
    kept = {
        who: client_of(getattr(cast, who)).get(url(row)).headers.get("X-Keep-Page")
        for who in ("clerk", "staff")
    }
    assert kept == {"clerk": "month", "staff": None}


def test_what_was_sent_is_kept_no_longer(sent, row, clerk):
    assert "X-Keep-Page" not in clerk.get(url(row)).headers
