"""Expressions of time by themselves: which days each stands for, in a document of a given day."""

import datetime

import pytest

from directives.reading import Context
from directives.reading.dates import MOST_EXPRESSIONS, Frame, expressions

WRITTEN_ON = datetime.date(2026, 9, 10)


def read(key, *, anchor=WRITTEN_ON, **frame):
    """Kind, first day, last day and problem of each expression in a key."""
    return [
        (when.kind, str(when.first or ""), str(when.last or ""), when.problem)
        for when in expressions(key, Frame(Context(), anchor=anchor, **frame), bytearray(len(key)))
    ]


@pytest.mark.parametrize(
    ("key", "kind", "first", "last"),
    [
        ("ngày 15/10/2027", "day", "2027-10-15", "2027-10-15"),
        ("ngày 15 tháng 10 năm 2027", "day_long", "2027-10-15", "2027-10-15"),
        ("15 tháng 10 năm 2027", "day_long", "2027-10-15", "2027-10-15"),
        ("15.10.2027", "day", "2027-10-15", "2027-10-15"),
        # Without a year it is the document's, unless that lies more than half a year behind it.
        ("ngày 15/3", "day_month", "2026-03-15", "2026-03-15"),
        ("ngày 15/2", "day_month", "2027-02-15", "2027-02-15"),
        ("ngày 15/12", "day_month", "2026-12-15", "2026-12-15"),
        ("15-20/10/2027", "day_range", "2027-10-15", "2027-10-20"),
        ("15/9 đến 20/10/2027", "day_range", "2027-09-15", "2027-10-20"),
        ("15/9/2026 - 20/10/2027", "day_range", "2026-09-15", "2027-10-20"),
        ("28/12 đến 05/01/2028", "day_range", "2027-12-28", "2028-01-05"),
        ("15-15/10/2027", "day_range", "2027-10-15", "2027-10-15"),
        ("ngày 23 và 24/11/2027", "day_list", "2027-11-23", "2027-11-24"),
        ("tháng 11/2027", "month", "2027-11-01", "2027-11-30"),
        ("tháng 9", "month", "2026-09-01", "2026-09-30"),
        ("tháng 8", "month", "2027-08-01", "2027-08-31"),
        ("tháng 12", "month", "2026-12-01", "2026-12-31"),
        ("quý i/2027", "quarter", "2027-01-01", "2027-03-31"),
        ("quý ii/2027", "quarter", "2027-04-01", "2027-06-30"),
        ("quý iii/2027", "quarter", "2027-07-01", "2027-09-30"),
        ("quý iv/2027", "quarter", "2027-10-01", "2027-12-31"),
        ("quý 4 năm 2027", "quarter", "2027-10-01", "2027-12-31"),
        ("quý iii", "quarter", "2026-07-01", "2026-09-30"),
        ("quý ii", "quarter", "2027-04-01", "2027-06-30"),
        ("6 tháng đầu năm 2027", "half_year", "2027-01-01", "2027-06-30"),
        ("6 tháng cuối năm 2027", "half_year", "2027-07-01", "2027-12-31"),
        ("sáu tháng đầu năm", "half_year", "2027-01-01", "2027-06-30"),
        ("sáu tháng cuối năm", "half_year", "2026-07-01", "2026-12-31"),
        ("học kỳ i", "term", "2026-09-05", "2027-01-18"),
        ("học kỳ 1", "term", "2026-09-05", "2027-01-18"),
        ("học kỳ ii năm học 2027-2028", "term", "2028-01-19", "2028-05-31"),
        ("năm học 2027-2028", "school_year", "2027-09-05", "2028-05-31"),
        ("năm học 2027-28", "school_year", "2027-09-05", "2028-05-31"),
        ("năm 2027-2028", "school_year", "2027-09-05", "2028-05-31"),
        ("năm 2027-2030", "years", "2027-01-01", "2030-12-31"),
        ("giai đoạn 2027-2028", "years", "2027-01-01", "2028-12-31"),
        ("giai đoạn 2027-2027", "years", "2027-01-01", "2027-12-31"),
        ("năm 2027", "year", "2027-01-01", "2027-12-31"),
        ("năm học này", "this_school_year", "2026-09-05", "2027-05-31"),
        ("tháng sau", "next_month", "2026-10-01", "2026-10-31"),
        ("tháng tới", "next_month", "2026-10-01", "2026-10-31"),
    ],
)
def test_days(key, kind, first, last):
    assert read(key) == [(kind, first, last, None)]


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("ngày 31/02/2027", "day"),
        ("tháng 13/2027", "month"),
        ("tháng 00/2027", "month"),
        ("20/10/2027 - 15/9/2027", "day_range"),
        ("năm học 2027-2027", "school_year"),
        ("giai đoạn 2030-2027", "years"),
    ],
)
def test_what_no_calendar_has(key, kind):
    assert read(key) == [(kind, "", "", "invalid_date")]


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("ngày 15/3", "day_month"),
        ("tháng 8", "month"),
        ("quý iii", "quarter"),
        ("học kỳ i", "term"),
        ("năm học này", "this_school_year"),
        ("tháng sau", "next_month"),
    ],
)
def test_without_a_day_of_the_document_no_year_is_known(key, kind):
    assert read(key, anchor=None) == [(kind, "", "", "year_unknown")]


def test_the_month_after_the_one_reported_on():
    """A report of December says "tháng sau": January, whatever day it was written on."""
    january = [("next_month", "2027-01-01", "2027-01-31", None)]
    assert read("tháng sau", report_month=(2026, 12)) == january
    assert read("tháng sau", report_month=(2026, 12), anchor=None) == january
    assert read("tháng sau", anchor=datetime.date(2026, 12, 3)) == january
    assert read("tháng sau", report_month=(2026, 11), anchor=None) == [
        ("next_month", "2026-12-01", "2026-12-31", None)
    ]


def test_a_school_year_of_several_years_is_marked():
    assert read("năm học 2027-2030") == [("school_year", "2027-09-05", "2030-05-31", "irregular_school_year")]


def test_before_august_the_school_year_is_the_one_begun_the_year_before():
    assert read("năm học này", anchor=datetime.date(2026, 7, 31))[0][1] == "2025-09-05"
    assert read("năm học này", anchor=datetime.date(2026, 8, 1))[0][1] == "2026-09-05"
    assert read("năm học này", school_year_start=2030)[0][1] == "2030-09-05"


def test_each_stretch_is_read_once_in_the_order_of_the_text():
    key = "tháng 11/2027, ngày 15/10/2027 và năm 2028"
    assert [kind for kind, *_ in read(key)] == ["month", "day", "year"]


def test_what_is_taken_is_left_and_the_rest_is_read():
    key = "ngày 15/10/2027, ngày 16/10/2027"
    taken = bytearray(b"\1" * 15 + b"\0" * (len(key) - 15))
    [when] = expressions(key, Frame(Context(), anchor=WRITTEN_ON), taken)
    assert (when.a, when.b, when.first) == (22, 32, datetime.date(2027, 10, 16))
    assert (bytes(taken[15:22]), bytes(taken[22:])) == (b"\0" * 7, b"\1" * 10)


def test_a_table_that_lost_its_lines_is_not_read_for_ever():
    key = "năm 2027; " * (MOST_EXPRESSIONS + 3)
    assert len(read(key)) == MOST_EXPRESSIONS
