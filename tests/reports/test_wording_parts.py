"""Numbers that know their figures, and places for figures in an office's own words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduportal.base.numbers import parse_number
from reports.wording import sections
from reports.wording.parts import Part, filled, names, unknown_places
from reports.wording.words import linked, parted, unmarked
from tests.reports.test_wording import briefing, level

PLAIN = st.text(st.characters(exclude_categories=("Cs", "Co", "Cc")), max_size=20)


@given(st.lists(st.tuples(PLAIN, st.sampled_from(["figure:a", "tasks:"]), PLAIN), max_size=5), PLAIN)
def test_a_text_is_cut_where_its_numbers_stand(parts, end):
    marked = "".join(before + linked(code, number) for before, code, number in parts) + end
    text, links = parted(marked)
    assert text == "".join(before + number for before, _, number in parts) + end
    assert [(text[link.start : link.end], link.code) for link in links] == [
        (number, code) for _, code, number in parts
    ]


@given(
    st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
    st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)),
    st.tuples(st.decimals(0, 1, places=5), st.decimals(0, 1, places=5)),
    st.dictionaries(st.sampled_from(["done_on_time", "running", "overdue"]), st.integers(1, 5000)),
)
def test_every_number_that_leads_somewhere_is_the_figure_it_leads_to(classes, pupils, rate, standing):
    shown = level(classes=classes, pupils=pupils, rate=rate)
    figures = briefing(levels=(shown,), standing=standing)
    known = {f"figure:{one.code}": one.value for one in shown.figures}
    known |= {f"figure:{shown.attendance.code}": shown.attendance.value * 100}
    known |= {f"tasks:{code}": count for code, count in standing.items()}
    known |= {"tasks:": sum(standing.values())}
    discipline = figures.discipline
    known |= {"reports:received": discipline.received, "reports:expected": discipline.expected}
    known |= {"reports:missing": len(discipline.missing)}
    for section in sections(figures):
        for link in section.links:
            number = parse_number(section.text[link.start : link.end].rstrip("%"), decimals=True)
            assert (link.code, number) == (link.code, known[link.code])


@pytest.mark.parametrize("name", ["học sinh THCS", "hoc sinh thcs", "Học  sinh   THCS"])
def test_a_place_is_known_however_it_is_typed(name):
    text = f"Có {{{name}}} em."
    assert unknown_places(text) == []
    assert unmarked(filled(text, briefing(levels=(level(),)))) == "Có 8.411 em."


def test_what_has_no_data_says_so():
    text = "THPT: {học sinh THPT}; chuyên cần {chuyên cần THCS}."
    figures = briefing(levels=(level(rate=(None, None)),))
    assert filled(text, figures) == "THPT: chưa có số liệu; chuyên cần chưa có số liệu."


def test_every_name_that_is_offered_has_words():
    figures = briefing(levels=(level(),))
    for name in names():
        assert "{" not in filled(f"{{{name}}}", figures, own="Câu.")


def test_the_portals_own_sentences_may_stand_in_an_offices():
    part = Part("difficulties", "Ý kiến", "Mở đầu.\n{câu của hệ thống}")
    (section,) = sections(briefing(), [part])
    assert (section.title, section.text) == (
        "Ý kiến",
        "Mở đầu.\nCác đơn vị không nêu khó khăn, kiến nghị.",
    )


def test_a_level_that_nobody_teaches_does_not_come_up():
    assert sections(briefing(), [Part("level.preschool", "", "Có {trẻ mầm non}.")]) == []


def test_small_numbers_are_written_as_the_field_does():
    shown = level(classes=(Decimal(7), Decimal(7)))
    assert unmarked(filled("{lớp THCS}", briefing(levels=(shown,)))) == "07"
