"""Scans are recognised page by page; what Tesseract sees is set as lines and paragraphs."""

import datetime as dt
import io

import pytest
from PIL import Image

from directives.programs import tesseract
from directives.programs.tesseract import Box, foot_of, pictures_of, seen_words, set_words, text_of_scan
from directives.reading import Extracted, UnreadableFile, read_document
from directives.writing.pdf import to_pdf
from tests.directives.programs.scans import picture, scanned_pdf
from tests.directives.reading.files.builders import PIXEL, drawn, handmade_pdf, plain_pdf, printed
from tests.directives.writing.samples import NOTICE

needs_tesseract = pytest.mark.skipif(
    not tesseract.is_installed(), reason="Tesseract with Vietnamese is not installed"
)


def recognise(data: bytes) -> tuple[Extracted, list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    return text_of_scan(data, lambda *page: told.append(page)), told


@needs_tesseract
@pytest.mark.parametrize("make", [scanned_pdf, lambda pdf: picture(pdf, "TIFF")], ids=["pdf", "tiff"])
def test_a_scanned_notice_reads_as_it_was_written(make):
    found, told = recognise(make(to_pdf(NOTICE)))
    assert told == [(1, 2), (2, 2)]
    assert [one.code for one in found.warnings] == ["recognised"]
    reading = read_document(found.text)
    header = reading.header
    assert (header.number, header.symbol, header.issued_on, header.signer.name) == (
        "07", "TB-SGDĐT", dt.date(2026, 2, 5), "Lương Văn Khải",
    )  # fmt: skip
    assert [(one.path, one.end) for one in reading.deadlines if one.role == "deadline"] == [
        ("II.1", dt.date(2026, 2, 27))
    ]
    assert [item.path for item in reading.outline] == [
        "I", "I.1", "I.1.b1", "I.1.b2", "I.2",
        "II", "II.1", "II.2", "II.2.a", "II.2.b", "II.2.b.p1", "II.2.b.p2",
    ]  # fmt: skip


@needs_tesseract
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_of_one_page(form):
    found, told = recognise(picture(plain_pdf("Các trường tiểu học báo cáo trước ngày 15/12/2026."), form))
    assert (told, found.text) == ([(1, 1)], "Các trường tiểu học báo cáo trước ngày 15/12/2026.\n")


@needs_tesseract
def test_an_empty_page_says_so():
    with pytest.raises(UnreadableFile) as refusal:
        recognise(picture(plain_pdf("")))
    assert refusal.value.code == "nothing_recognised"


# --- without the program ------------------------------------------------------------------------------------

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
ROW = "5\t1\t1\t1\t{line}\t1\t{left}\t{top}\t{width}\t{height}\t{sure}\t{text}\n"


def table(*words: tuple[int, Box, float, str]) -> str:
    """Tesseract's table of words: line, place, how sure, text."""
    rows = [
        ROW.format(line=line, left=box[0], top=box[1], width=box[2], height=box[3], sure=sure, text=text)
        for line, box, sure, text in words
    ]
    return HEAD + "4\t1\t1\t1\t1\t0\t0\t0\t500\t40\t-1\t\n" + "".join(rows)


LINES = table(
    (1, (100, 100, 60, 40), 95, "Trường"), (1, (170, 108, 40, 24), 96, "ao"), (1, (220, 118, 12, 4), 90, "-"),
    (2, (100, 168, 40, 24), 95, "sau"),
)  # fmt: skip


def test_the_table_of_words():
    assert list(seen_words(LINES))[1] == ("1.1.1.1", (170, 108, 40, 24), 96.0, "ao")
    assert len(list(seen_words(LINES))) == 4


def test_words_of_a_line_stand_on_one_height_whatever_their_ink():
    words = list(set_words([(line, box, text) for line, box, _, text in seen_words(LINES)], 0.5))
    assert {(word.top, word.bottom, word.size) for word in words[:3]} == {
        (words[0].top, words[0].bottom, 12.0)
    }
    assert words[3].size == words[0].size
    assert [word.text for word in words] == ["Trường", "ao", "-", "sau"]


def test_a_line_stands_where_words_without_tails_end():
    words = [((0, 100, 50, 40), "phòng"), ((60, 104, 30, 30), "cao"), ((100, 104, 30, 36), "học")]
    assert foot_of(words) == 134
    assert foot_of(words[:1]) == 132


@pytest.fixture
def _page(monkeypatch):
    """Every page shows the same two words, the second hard to read."""
    shown = table((1, (100, 900, 60, 40), 95, "Trường"), (1, (170, 900, 60, 40), 20, "hoc"))
    monkeypatch.setattr(tesseract, "run", lambda *args, **kwargs: shown.encode())


@pytest.mark.usefixtures("_page")
def test_pages_that_are_hard_to_read_are_named():
    found, _ = recognise(handmade_pdf("", ""))
    assert [(one.code, dict(one.args)) for one in found.warnings] == [
        ("recognised", {}),
        ("hard_to_read", {"pages": "1, 2"}),
    ]


@pytest.mark.usefixtures("_page")
def test_pages_that_hold_their_text_are_not_recognised():
    scan = f"<img src='{PIXEL}' style='width:160mm;height:240mm'>"
    found, told = recognise(
        printed(f"<p>Các trường báo cáo.</p><p style='page-break-before:always'>{scan}</p>")
    )
    assert (found.text, told) == ("Các trường báo cáo.\nTrường hoc\n", [(1, 2), (2, 2)])
    assert [(one.code, dict(one.args)) for one in found.warnings] == [
        ("recognised_pages", {"pages": "2"}),
        ("hard_to_read", {"pages": "2"}),
    ]


@pytest.mark.usefixtures("_page")
def test_time_is_up_at_a_page_and_those_before_it_are_kept(monkeypatch):
    seconds = iter([0.0, 1.0, 2000.0])
    monkeypatch.setattr(tesseract.time, "monotonic", lambda: next(seconds))
    with pytest.raises(UnreadableFile) as refusal:
        recognise(handmade_pdf("", ""))
    assert (refusal.value.code, refusal.value.place, refusal.value.read) == (
        "too_slow",
        {"page": 2},
        "Trường hoc\n",
    )


def test_too_many_pages():
    with pytest.raises(UnreadableFile) as refusal:
        recognise(handmade_pdf(*[drawn("x")] * (tesseract.MOST_PAGES + 1)))
    assert (refusal.value.code, refusal.value.place) == ("too_many_pages", {"pages": 61})


def test_a_picture_that_unpacks_to_far_more_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(tesseract, "MOST_DOTS_OF_A_PICTURE", 1000)
    with pytest.raises(UnreadableFile) as refusal:
        recognise(picture(plain_pdf("Một.")))
    assert refusal.value.code == "bomb"


def test_a_small_file_of_a_huge_picture_is_not_unpacked():
    file = io.BytesIO()
    Image.new("1", (30_000, 30_000)).save(file, "PNG")
    with pytest.raises(UnreadableFile) as refusal:
        recognise(file.getvalue())
    assert (refusal.value.code, refusal.value.place) == ("bomb", {"page": 1})


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n" + bytes(50), b"II*\x00" + bytes(50), picture(plain_pdf("Một."), "JPEG")[:200]],
    ids=["png", "tiff", "jpeg"],
)
def test_broken_pictures(data):
    with pytest.raises(UnreadableFile) as refusal:
        recognise(data)
    assert (refusal.value.code, refusal.value.place) == ("broken", {"page": 1})


def test_large_pictures_are_made_smaller():
    (_, _, small, width), *_ = pictures_of(picture(plain_pdf("Một."), "PNG"))
    assert small.width < 2000
    assert width == 595.0
    assert Image.MAX_IMAGE_PIXELS is not None
