"""An agenda as people type it, and items put into another order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.agenda import LineProblem, agenda_of, placed
from reports.invitations import AgendaLine


def test_items_are_typed_one_a_line():
    text = "1. Khai mạc\n\n- Báo cáo tháng 11 | Phòng GDTH | 20 phút\nThảo luận||45\nKết luận | Giám đốc |"
    assert agenda_of(text) == [
        AgendaLine("Khai mạc", "", None),
        AgendaLine("Báo cáo tháng 11", "Phòng GDTH", 20),
        AgendaLine("Thảo luận", "", 45),
        AgendaLine("Kết luận", "Giám đốc", None),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Báo cáo | Phòng | lâu", "minutes"),
        ("Báo cáo | Phòng | 0", "minutes"),
        ("Báo cáo | Phòng | 9999", "minutes"),
        ("| Phòng | 20", "content"),
        ("x" * 301, "content"),
        ("a | b | 1 | d", "parts"),
    ],
)
def test_a_line_that_is_no_item_is_named(line, code):
    with pytest.raises(LineProblem) as problem:
        agenda_of(f"Khai mạc\n{line}")
    assert (problem.value.line, problem.value.code) == (2, code)


@given(st.lists(st.one_of(st.none(), st.integers(-5, 99)), max_size=12))
def test_no_row_is_lost_however_they_are_placed(places):
    assert sorted(placed(places)) == list(range(len(places)))


@given(st.data(), st.integers(1, 12))
def test_a_row_takes_the_place_it_is_given(data, count):
    row, place = data.draw(st.integers(0, count - 1)), data.draw(st.integers(1, count))
    places = [number + 1 for number in range(count)]
    places[row] = place
    order = placed(places)
    others = [one for one in range(count) if one != row]
    assert order.index(row) == place - 1
    assert [one for one in order if one != row] == others
