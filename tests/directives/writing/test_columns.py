"""Tables find their columns: nothing runs off the page, no word is broken while smaller type can help."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.writing.breaking import width
from directives.writing.columns import ACROSS, BESIDE, SIZES, UPRIGHT, USUAL_FIGURES, fit, is_too_wide
from directives.writing.document import Table
from tests.directives.writing.samples import SCHOOLS, WIDE

CELLS = st.text(st.sampled_from("abcđê 0123456789,."), max_size=30)


@st.composite
def tables(draw):
    columns = draw(st.integers(1, 14))
    row = st.tuples(*[CELLS] * columns)
    texts = draw(st.lists(st.integers(0, columns - 1), max_size=3))
    return Table(draw(row), tuple(draw(st.lists(row, max_size=4))), texts=tuple(texts))


@given(tables(), st.sampled_from([UPRIGHT, ACROSS]))
def test_columns_fill_the_room_and_hold_their_words(table, room):
    found = fit(table, room)
    assert sum(found.widths) == pytest.approx(room)
    assert len(found.widths) == len(table.head)
    if found.size > SIZES[-1]:
        for place, wide in enumerate(found.widths):
            for cell in (row[place] for row in (table.head, *table.rows)):
                assert all(width(word) * found.size + BESIDE <= wide + 0.01 for word in cell.split())


def test_a_usual_table_keeps_its_type_and_its_columns_of_figures():
    table = Table(("Số liệu", "Tháng 11/2026", "Tăng, giảm"), (("Số học sinh", "1.280", "+12"),))
    found = fit(table, UPRIGHT)
    assert found.size == 13
    assert found.widths == pytest.approx((UPRIGHT - 2 * USUAL_FIGURES, USUAL_FIGURES, USUAL_FIGURES))


def test_words_share_what_figures_leave():
    found = fit(SCHOOLS, UPRIGHT)
    name, classes, pupils, remark = found.widths
    assert classes == pupils == pytest.approx(USUAL_FIGURES)
    assert name > USUAL_FIGURES < remark


def test_a_table_of_months_wants_the_sheet_turned():
    assert is_too_wide(WIDE)
    assert not is_too_wide(SCHOOLS)
    assert fit(WIDE, UPRIGHT).size < fit(WIDE, ACROSS).size
