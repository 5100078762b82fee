"""The briefing in English: the same figures, and words that follow them."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from reports.figures import Goal, GoalWords, Recognised, Remark, Standards
from reports.wording import english
from reports.wording.words import unmarked
from schools.periods import Named
from tests.reports.test_briefing_actions import briefing as built
from tests.reports.test_briefing_actions import november
from tests.reports.test_wording import OCTOBER, briefing, level

__all__ = ["built", "november"]


def level_text(shown) -> str:
    return unmarked(english.level_text(shown, OCTOBER))


def text_of(key: str, **figures) -> str:
    return english.sections(briefing(**figures))[key][1]


def test_the_sentence_of_the_field():
    assert level_text(level()) == (
        "188 classes; 8,411 pupils (up by 1 pupil against October 2021).\n"
        "Attendance of pupils: 98.2% (up by 0.3 percentage points against October 2021); 412 teachers."
    )


@pytest.mark.parametrize(
    ("pupils", "words"),
    [
        ((1, 3), "1 pupil (down by 2 pupils against October 2021)."),
        ((8411, 8411), "8,411 pupils (unchanged against October 2021)."),
        ((0, 1), "0 pupils (down by 1 pupil against October 2021)."),
        ((8411, None), "8,411 pupils (no data of October 2021 to compare with)."),
        ((None, 8411), "pupils: no data."),
    ],
)
def test_words_follow_the_numbers(pupils, words):
    assert level_text(level(pupils=pupils)).splitlines()[0].endswith(words)


@given(
    st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
    st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
    st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
    st.tuples(st.decimals(0, 1, places=5), st.decimals(0, 1, places=5)),
)
def test_every_number_in_a_sentence_is_one_of_the_figures(classes, pupils, teachers, rate):
    shown = level(classes=classes, pupils=pupils, teachers=teachers, rate=rate)
    text = level_text(shown).replace("October 2021", "")
    expected = []
    for one in (shown.classes, shown.pupils, shown.attendance, shown.teachers):
        share = 100 if one is shown.attendance else 1
        expected += [one.value * share, *([abs(one.change) * share] if one.change else [])]
    numbers = [Decimal(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]
    assert numbers == expected


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Named("month", 2026, 1), "January 2026"),
        (Named("quarter", 2026, 3), "quarter III of 2026"),
        (Named("term", 2026, 1), "term I of school year 2026-2027"),
        (Named("school_year", 2026, 1), "school year 2026-2027"),
        (Named("calendar_year", 2026, 1), "the year 2026"),
    ],
)
def test_periods_have_names(period, words):
    assert english.name(period) == words


def test_targets_and_the_standard():
    goals = (
        Goal(
            7,
            Named("school_year", 2026, 1),
            "met",
            Decimal("98.5"),
            GoalWords("Tỷ lệ", "ít nhất 98%", "98,5%"),
            GoalWords("Attendance", "at least 98%", "98.5%"),
        ),
    )
    assert text_of("goals", goals=goals).splitlines() == [
        "1 target followed: met 1.",
        "- Attendance: 98.5% (target: at least 98%; met).",
    ]
    standards = Standards(4, 1, gained=(Recognised("Trường A", 2, "12/QĐ", dt.date(2026, 11, 3)),))
    assert text_of("standards", standards=standards).splitlines() == [
        "1 of 4 schools hold the national standard.",
        "- Recognised in the period: Trường A (level 2, 03/11/2026).",
    ]


def test_what_units_wrote_is_quoted_as_they_wrote_it():
    rows = (Remark(1, "Trường A", "Thiếu nước", ""), Remark(2, "Trường B", "thiếu nước", "Khoan giếng"))
    assert text_of("difficulties", remarks=rows).splitlines() == [
        "Difficulties:",
        "- “Thiếu nước” (Trường A; Trường B).",
        "Proposals:",
        "- “Khoan giếng” (Trường B).",
    ]


def test_it_is_read_on_the_page(built, province, cast, client_of):
    page = client_of(cast.leader).get(built.get_absolute_url(), {"words": "en"})
    parts = {part.section.key: part for part in page.context["parts"]}
    assert parts["level.primary"].title == "Primary education"
    assert parts["level.primary"].words[0][:2] == [
        ("22", reverse("reports:figure", args=[built.pk, "primary.classes"])),
        (" classes; ", ""),
    ]
    assert 'lang="en"' in page.content.decode()
