"""Texts cut into pieces lose nothing."""

from hypothesis import given
from hypothesis import strategies as st

from directives.marking import Mark, Passage, marked_lines, pieces

TEXT = "Mở đầu\n1. Rà soát trước ngày 15/12.\n2. Báo cáo."


@st.composite
def marks(draw) -> list[Mark]:
    spans = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
    return [Mark(min(span), max(span), "time") for span in spans]


@st.composite
def passages(draw) -> list[Passage]:
    spans = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8))
    return [Passage(min(span), max(span), n) for n, span in enumerate(spans)]


@given(st.text(alphabet="ab \n", max_size=60), passages(), marks())
def test_lines_make_up_the_whole_text(text, items, found):
    lines = ["".join(one.text for one in line.segments) for line in marked_lines(text, items, found)]
    assert lines == [line for line in text.split("\n") if line.strip()]


@given(st.text(alphabet="ab \n", max_size=60), passages(), marks())
def test_every_stretch_stands_where_it_says(text, items, found):
    for line in marked_lines(text, items, found):
        assert line.start == line.segments[0].start
        for one in line.segments:
            assert text[one.start : one.start + len(one.text)] == one.text


def test_items_and_marks_stand_where_they_say():
    first, due = TEXT.index("1."), TEXT.index("trước ngày")
    items = [Passage(first, TEXT.index("\n2."), 7), Passage(TEXT.index("2. B"), len(TEXT), 8)]
    lines = marked_lines(TEXT, items, [Mark(due, due + 16, "time")])
    assert [[(one.text, one.item, one.kind) for one in line.segments] for line in lines] == [
        [("Mở đầu", None, "")],
        [("1. Rà soát ", 7, ""), ("trước ngày 15/12", 7, "time"), (".", 7, "")],
        [("2. Báo cáo.", 8, "")],
    ]
    assert [line.begins for line in lines] == [[], [7], [8]]


def test_words_within_an_item_are_those_of_the_task_made_from_them():
    start = TEXT.index("Rà soát")
    lines = marked_lines(TEXT, [Passage(7, 36, 7), Passage(start, start + 7, 9)], [])
    assert [(one.text, one.item) for one in lines[1].segments] == [
        ("1. ", 7), ("Rà soát", 9), (" trước ngày 15/12.", 7),
    ]  # fmt: skip
    assert lines[1].begins == [7, 9]


def test_of_overlapping_marks_the_first_stays():
    [line] = marked_lines("abcdef", [], [Mark(0, 4, "time"), Mark(2, 6, "who")])
    assert [(one.text, one.kind) for one in line.segments] == [("abcd", "time"), ("ef", "")]


@given(
    st.text(alphabet="ab \n", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_pieces_keep_every_letter(text, spans):
    ordered = [(min(span), max(span), n) for n, span in enumerate(spans)]
    kept = "".join(piece.text for piece in pieces(text, ordered))
    assert [c for c in kept if not c.isspace()] == [c for c in text if not c.isspace()]


def test_pieces_carry_their_items():
    start, second = TEXT.index("1."), TEXT.index("2. B")
    found = pieces(TEXT, [(start, second - 1, 7), (second, len(TEXT), 8)])
    assert [(piece.text, piece.item) for piece in found] == [
        ("Mở đầu", None),
        ("1. Rà soát trước ngày 15/12.", 7),
        ("2. Báo cáo.", 8),
    ]
