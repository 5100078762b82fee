"""What is written here and read again, as Word file and as PDF, has the same structure."""

from dataclasses import dataclass, replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from directives.reading import read_document, text_of_file
from directives.writing import words
from directives.writing.document import Item, Paragraph
from directives.writing.docx import to_docx
from directives.writing.pdf import to_pdf
from tests.directives.writing.samples import DECISION, NOTICE

TITLES = ("Đánh giá kết quả công tác", "Nhiệm vụ trọng tâm tháng sau", "Tổ chức thực hiện", "Kinh phí")
TASKS = (
    "Các trường rà soát cơ sở vật chất, báo cáo Phòng Giáo dục phổ thông trước ngày 28/02/2026.",
    "Phòng Kế hoạch - Tài chính hướng dẫn các đơn vị lập dự toán; thời hạn: 15/3/2026.",
    "Duy trì tỷ lệ chuyên cần của học sinh tiểu học từ 98% trở lên; không để học sinh bỏ học sau Tết, "
    "nhất là tại các xã vùng cao, nơi học sinh ở bán trú nhiều.",
    "Thanh tra Sở kiểm tra việc thu, chi đầu năm học tại các cơ sở giáo dục.",
)
INTRODUCTIONS = ("Các phòng chuyên môn chủ trì:", "Hiệu trưởng các trường có trách nhiệm:")
BASES = (
    "Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019",
    "Căn cứ Thông tư số 32/2020/TT-BGDĐT ngày 15 tháng 9 năm 2020 của Bộ trưởng Bộ Giáo dục và Đào tạo",
    "Theo đề nghị của Trưởng phòng Giáo dục phổ thông",
)
# A smaller example of a failure is not worth the minutes of printing it.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


@dataclass(frozen=True)
class Written:
    """A document and the outline that it has: path, number as printed, first words."""

    document: object
    outline: tuple[tuple[str, str], ...]


@st.composite
def directives(draw):
    """Parts of items of points of dashes, each deep or flat as chance has it."""
    blocks, outline = [Paragraph("Giám đốc Sở kết luận như sau:")], []

    def add(level, number, text, path, title=""):
        blocks.append(Item(level, number, text, title=title))
        outline.append((path, (title.upper() if level == 1 else title) or text))

    for part in range(1, draw(st.integers(1, 3)) + 1):
        roman = words.roman(part)
        add(1, roman, "", roman, draw(st.sampled_from(TITLES)))
        for item in range(1, draw(st.integers(1, 4)) + 1):
            points = draw(st.sampled_from([0, 0, 2, 7, 11]))
            path = f"{roman}.{item}"
            add(2, str(item), draw(st.sampled_from(INTRODUCTIONS if points else TASKS)), path)
            for point in range(1, points + 1):
                letter = words.letter(point)
                add(3, letter, draw(st.sampled_from(TASKS)), f"{path}.{letter}")
            if not points and draw(st.booleans()):
                for dash in (1, 2):
                    add(4, "-", draw(st.sampled_from(TASKS)), f"{path}.b{dash}")
    blocks.append(Paragraph("Yêu cầu các đơn vị nghiêm túc triển khai thực hiện."))
    sample = draw(st.sampled_from([NOTICE, DECISION]))
    bases = tuple(draw(st.lists(st.sampled_from(BASES), unique=True, max_size=3)))
    number = str(draw(st.integers(1, 300)))
    return Written(replace(sample, bases=bases, body=tuple(blocks), number=number), tuple(outline))


def reading_of(data):
    return read_document(text_of_file(data).text)


def outline_of(reading):
    return tuple((item.path, " ".join(item.head.split())) for item in reading.outline)


def same(read, written):
    """The paths alike, and each item's words: a reader may end a head sooner than its paragraph."""
    assert [path for path, _ in read] == [path for path, _ in written]
    for (_, head), (_, text) in zip(read, written, strict=True):
        assert text.startswith(head.rstrip("….;:"))


@settings(max_examples=40, deadline=None, phases=UNSHRUNK)
@given(directives())
def test_word_is_read_as_it_was_written(written):
    reading = reading_of(to_docx(written.document))
    same(outline_of(reading), written.outline)
    assert reading.header.number == words.padded(written.document.number)
    assert reading.header.symbol == written.document.symbol


@settings(max_examples=8, deadline=None, phases=UNSHRUNK, suppress_health_check=[HealthCheck.too_slow])
@given(directives())
def test_word_and_pdf_are_read_alike(written):
    in_word, printed = reading_of(to_docx(written.document)), reading_of(to_pdf(written.document))
    same(outline_of(printed), written.outline)
    assert [(item.path, " ".join(item.text.split())) for item in in_word.outline] == [
        (item.path, " ".join(item.text.split())) for item in printed.outline
    ]
    assert [(one.path, one.end) for one in in_word.deadlines] == [
        (one.path, one.end) for one in printed.deadlines
    ]
