"""The parts pages are set from: text for eyes and ears, and addresses that lead on."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from eduportal.base.forms import NumberField
from eduportal.base.numbers import parse_number
from eduportal.base.templatetags import eduportal as tags

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def message_ids():
    """Words are tested by their message ids, so that no translation can break a test."""
    with override("en"):
        yield


def draw(source: str, **context) -> str:
    return Template("{% load eduportal %}" + source).render(Context(context))


def words(html: str) -> str:
    return " ".join(strip_tags(html).split())


class Enrolment(forms.Form):
    title = forms.CharField(
        label="Title", help_text="As printed.", widget=forms.TextInput(attrs={"placeholder": "x"})
    )
    note = forms.CharField(label="Note", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("a", "First"), ("b", "Second")], widget=forms.RadioSelect
    )
    schools = forms.MultipleChoiceField(
        label="Schools",
        required=False,
        choices=[(str(n), f"School {n}") for n in range(8)],
        widget=forms.CheckboxSelectMultiple,
    )
    sure = forms.BooleanField(label="I have read it")
    version = forms.IntegerField(widget=forms.HiddenInput)


class Month(forms.Form):
    pupils = NumberField(label="Pupils", help_text="On the last day.")
    reason = forms.CharField(label="Reason")


# --- numbers


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (8411, "8.411", "8,411"),
        (Decimal("98.50"), "98,5", "98.5"),
        (0, "0", "0"),
        (-12, "−12", "−12"),
        (None, "–", "–"),
    ],
)
def test_numbers_are_written_as_the_language_does(value, vietnamese, english):
    with override("vi"):
        assert tags.number(value) == vietnamese
    assert tags.number(value) == english


def test_decimals_can_be_limited():
    assert tags.number(Decimal("98.456"), 1) == "98.5"
    assert tags.number(Decimal("-0.04"), 1) == "0"


@given(st.integers(-(10**12), 10**12))
def test_a_number_written_in_vietnamese_is_read_back(value):
    with override("vi"):
        assert parse_number(tags.number(value)) == value


@pytest.mark.parametrize(
    ("value", "shown"), [(12, "+12"), (-12, "−12"), (0, "0"), (None, "–"), (Decimal("0.5"), "+0.5")]
)
def test_a_difference_shows_its_sign(value, shown):
    assert tags.signed(value) == shown


def test_a_fraction_becomes_a_percentage():
    with override("vi"):
        assert tags.percent(Decimal("0.98549")) == "98,5%"
    assert tags.percent(None) == "–"


# --- days


def test_days_are_written_day_month_year():
    assert tags.day(dt.date(2026, 2, 5)) == "05/02/2026"
    assert tags.long_day(dt.date(2026, 2, 5)) == "Thursday 05/02/2026"
    assert (tags.day(None), tags.long_day(None), tags.moment(None)) == ("–", "–", "–")


def test_a_moment_is_shown_on_the_clock_of_the_portal():
    with timezone.override("Asia/Ho_Chi_Minh"):
        shown = draw("{{ at|moment }} {{ at|day }}", at=dt.datetime(2026, 11, 21, 18, 5, tzinfo=dt.UTC))
    assert shown == "22/11/2026, 01:05 22/11/2026"


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (0, "today"),
        (1, "1 day left"),
        (3, "3 days left"),
        (30, "30 days left"),
        (31, "23/12/2026"),
        (-1, "1 day overdue"),
        (-2, "2 days overdue"),
    ],
)
def test_a_near_day_says_how_near(days, shown):
    html = draw("{% near_day when today %}", when=TODAY + dt.timedelta(days), today=TODAY)
    assert words(html) == shown


@pytest.mark.parametrize(("days", "shown"), [(3, "25/11/2026 (còn 3 ngày)"), (90, "20/02/2027")])
def test_a_date_is_written_once(days, shown):
    with override("vi"):
        html = draw("{% dated_near when today %}", when=TODAY + dt.timedelta(days), today=TODAY)
    assert strip_tags(html) == shown


def test_a_near_day_carries_the_date():
    html = draw("{% near_day when today %}", when=dt.date(2026, 11, 25), today=TODAY)
    assert html == '<time datetime="2026-11-25" title="Wednesday 25/11/2026">3 days left</time>'
    assert draw("{% near_day when %}", when=None) == "no deadline"


# --- standings, bars, lines


class Standing(StrEnum):
    OVERDUE = "overdue"


@pytest.mark.parametrize("code", tags.STANDINGS)
def test_every_standing_has_sign_and_word(code):
    html = draw("{% standing code %}", code=code)
    assert words(html) == str(tags.STANDINGS[code])
    assert 'class="sign"' in html
    assert f"standing-{code}" in html


def test_signs_differ():
    signs = {draw("{% include 'components/sign.html' %}", code=code) for code in tags.STANDINGS}
    assert len(signs) == len(tags.STANDINGS) - 1  # cancelled and refused share theirs


def test_a_standing_may_come_as_enum_and_with_other_words():
    assert words(draw("{% standing code '2 days overdue' %}", code=Standing.OVERDUE)) == "2 days overdue"
    with pytest.raises(KeyError):
        draw("{% standing 'unheard_of' %}")


def test_a_share_bar_says_its_counts_in_words_and_leaves_out_zeros():
    html = draw("{% share_bar counts %}", counts={Standing.OVERDUE: 2, "done_on_time": 30, "running": 0})
    assert words(html) == "30 done on time 2 overdue"
    assert 'x="0.00" width="93.75"' in html
    assert 'x="93.75" width="6.25"' in html


def test_counts_lead_to_their_part_of_the_list():
    html = draw("{% share_bar counts link='/tasks/?level=primary' %}", counts={"overdue": 2})
    assert 'href="/tasks/?level=primary&amp;standing=overdue"' in html
    assert 'href="/tasks/?standing=overdue"' in draw(
        "{% share_bar counts link='/tasks/' %}", counts={"overdue": 2}
    )


def test_a_share_bar_of_nothing_says_so():
    assert words(draw("{% share_bar counts %}", counts={"running": 0})) == "No assignments yet"


@given(st.dictionaries(st.sampled_from(list(tags.STANDINGS)), st.integers(0, 10**6)))
def test_the_parts_of_a_bar_fill_it(counts):
    parts = tags.share_bar(counts)["parts"]
    assert sum(part["count"] for part in parts) == sum(counts.values())
    width = sum(float(part["width"]) for part in parts)
    assert width == pytest.approx(100 if parts else 0, abs=0.1)


def test_coordinates_have_no_decimal_comma():
    with override("vi"):
        assert 'width="87.23"' in draw("{% meter 41 47 %}")


@pytest.mark.parametrize(("value", "total", "width"), [(41, 47, "87.23"), (0, 0, "0.00"), (5, 4, "100.00")])
def test_a_meter_shows_share_and_numbers(value, total, width):
    html = draw("{% meter value total %}", value=value, total=total)
    assert words(html) == f"{value}/{total}"
    assert f'class="bar-fill" width="{width}"' in html


def test_a_missing_figure_is_a_gap_in_the_line():
    html = draw("{% sparkline values label='Pupils' %}", values=[10, 20, None, 15])
    assert 'points="0.0,18.0 33.3,2.0"' in html
    assert 'points="100.0,10.0"' in html
    assert 'aria-label="Pupils, latest 15"' in html
    assert draw("{% sparkline values label='Pupils' %}", values=[None]).count("polyline") == 0


# --- forms


def test_a_field_ties_label_hint_and_error_to_its_control():
    html = draw("{% field form.title example='Plan 12' %}", form=Enrolment({}))
    assert '<label for="id_title">Title</label>' in html
    assert 'id="id_title_helptext">As printed. For example: Plan 12' in html
    assert 'id="id_title_error">This field is required.' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert "placeholder" not in html


def test_what_may_stay_empty_says_so():
    assert words(draw("{% field form.note %}", form=Enrolment())) == "Note (optional)"
    assert "aria-describedby" not in draw("{% field form.note %}", form=Enrolment())


def test_a_label_and_a_hint_may_be_given_by_the_page():
    html = draw("{% field form.note label='Remark' hint='Short.' %}", form=Enrolment())
    assert words(html) == "Remark (optional) Short."
    assert 'aria-describedby="id_note_helptext"' in html


def test_radios_are_a_group_with_a_legend():
    html = draw("{% field form.kind %}", form=Enrolment({}))
    assert (
        '<fieldset class="field has-error" id="id_kind" tabindex="-1" aria-describedby="id_kind_error">'
        in html
    )
    assert "<legend>Kind</legend>" in html
    assert '<label for="id_kind_1">Second</label>' in html


def test_a_long_list_of_checkboxes_is_set_in_columns():
    html = draw("{% field form.schools %}", form=Enrolment(initial={"schools": ["3"]}))
    assert 'class="options-many"' in html
    assert html.count('type="checkbox"') == 8
    assert 'value="3" id="id_schools_3" checked' in html


def test_a_checkbox_stands_before_its_label():
    html = draw("{% field form.sure %}", form=Enrolment())
    assert html.index('type="checkbox"') < html.index('<label for="id_sure">I have read it</label>')


def test_a_hidden_field_is_only_its_control():
    html = draw("{% field form.version %}", form=Enrolment(initial={"version": 3}))
    assert html.strip() == '<input type="hidden" name="version" value="3" id="id_version">'


def test_the_error_summary_leads_to_each_field():
    form = Enrolment({"title": "x", "kind": "a", "version": "1"})
    form.add_error(None, "Somebody else was faster.")
    html = draw("{% error_summary form %}", form=form)
    assert (
        words(html)
        == "2 things to put right Somebody else was faster. I have read it: This field is required."
    )
    assert '<a href="#id_sure">I have read it: This field is required.</a>' in html


def test_the_error_summary_takes_formsets_and_names_their_rows():
    class Row(forms.Form):
        row_label = "Task 1"
        count = forms.IntegerField(label="Count")

    rows = forms.formset_factory(Row, min_num=1, validate_min=True, extra=0)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-count": "x"}
    html = draw("{% error_summary form rows %}", form=Month({"pupils": "1", "reason": "x"}), rows=rows(data))
    assert '<a href="#id_form-0-count">Task 1: Count: Enter a whole number.</a>' in html


def test_without_errors_there_is_no_summary():
    form = Month({"pupils": "8.411", "reason": "x"})
    assert draw("{% error_summary form %}", form=form).strip() == ""
    assert draw("{% error_summary form %}", form=Month()).strip() == ""


def test_a_figure_stands_beside_last_month_and_last_year():
    form = Month(initial={"pupils": Decimal(424)})
    html = draw(
        "{% figure_input form.pupils previous=412 last_year=430 unit='pupils' stays=True %}", form=form
    )
    assert words(html) == "Pupils On the last day. · pupils period before 412 +12 keep: Pupils last year 430"
    assert 'data-previous="412"' in html
    assert 'aria-describedby="id_pupils_helptext"' in html


def test_an_odd_figure_asks_for_its_reason():
    html = draw(
        "{% figure_input form.pupils previous=412 warning='Much.' reason=form.reason %}", form=Month()
    )
    assert words(html).endswith("Much. Reason")
    assert 'name="reason"' in html


@pytest.mark.parametrize(
    ("shown", "previous", "difference"),
    [
        ("424", 412, "+12"),
        ("8.400", 8411, "−11"),
        (412, 412, "0"),
        ("98,5", Decimal("97.9"), "+0.6"),
        ("98.5", 97, ""),
        ("ten", 10, ""),
        ("", 10, ""),
        (None, 10, ""),
        ("10", None, ""),
    ],
)
def test_a_difference_is_shown_only_between_clear_numbers(shown, previous, difference):
    assert tags.difference_from(shown, previous) == difference


# --- lists and the page itself


def page_of(count: int, number: int, query: str) -> str:
    request = RequestFactory().get(f"/tasks/?{query}")
    page = Paginator(range(count), 20).get_page(number)
    return Template("{% load eduportal %}{% pagination page %}").render(
        Context({"request": request, "page": page})
    )


def test_pages_keep_the_filter():
    html = page_of(312, 5, "level=primary&page=5")
    assert words(html) == "Previous 1 … 4 5 6 … 16 Next 81 to 100 of 312"
    assert 'href="?level=primary&amp;page=6"' in html
    assert '<span aria-current="page">5</span>' in html


def test_a_list_of_one_page_has_no_pagination():
    assert page_of(20, 1, "").strip() == ""


def test_the_title_is_the_heading_unless_the_page_says_otherwise(rf):
    source = "{% extends 'base.html' %}{% block title %}Tasks & targets{% endblock %}"
    html = Template(source).render(Context({}))
    assert "<title>Tasks & targets · eduportal</title>" in html
    assert "<h1>Tasks & targets</h1>" in html
    html = Template(source + "{% block heading %}Other{% endblock %}").render(Context({}))
    assert "<h1>Other</h1>" in html
