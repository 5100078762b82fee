"""Texts cut into pieces lose nothing."""

from hypothesis import given
from hypothesis import strategies as st

from directives.marking import Mark, head_of, pieces, segments

TEXT = "Mở đầu\n1. Rà soát trước ngày 15/12.\n2. Báo cáo."


@st.composite
def marks(draw) -> list[Mark]:
    spans = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.booleans()), max_size=8))
    return [Mark(min(a, b), max(a, b), n, is_anchor) for n, (a, b, is_anchor) in enumerate(spans)]


@given(st.text(max_size=50), marks())
def test_segments_make_up_the_whole_text(text, found):
    assert "".join(segment.text for segment in segments(text, found)) == text


def test_marks_stand_where_they_say():
    start = TEXT.index("1.")
    due = TEXT.index("trước ngày")
    found = segments(TEXT, [Mark(start, start + 28, 1, is_anchor=True), Mark(due, due + 16, 1)])
    assert [(segment.text, bool(segment.mark)) for segment in found] == [
        ("Mở đầu\n", False),
        ("1. Rà soát ", True),
        ("trước ngày 15/12", True),
        (".\n2. Báo cáo.", False),
    ]


def test_of_overlapping_marks_the_first_stays():
    found = segments("abcdef", [Mark(0, 4, 1), Mark(2, 6, 2)])
    assert [segment.text for segment in found] == ["abcd", "ef"]


def test_head_ends_after_a_whole_word_of_the_first_line():
    long = "1. " + "từ " * 40
    assert long[: head_of(long, 0, len(long))] == ("1. " + "từ " * 19).rstrip()
    assert head_of(TEXT, 7, 36) == TEXT.index("\n2.")


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
