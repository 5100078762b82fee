"""HTML out of mails becomes the text that is shown."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.reading import UnreadableFile
from directives.reading.files import html as html_module
from directives.reading.files import text_of_file, text_of_paste
from tests.directives.reading.files.builders import LEFT, RIGHT


def lines(body: str) -> list[str]:
    return text_of_file(f"<html><body>{body}</body></html>".encode(), "thu.html").text.splitlines()


def codes(body: str) -> list[str]:
    return [one.code for one in text_of_paste(f"<div>{body}</div>").warnings]


def test_paragraphs_and_breaks():
    body = "<p>Kính gửi:   Các\n trường&nbsp;tiểu học</p><div>Một.<br>Hai.<div>Ba.</div>Bốn.</div>"
    assert lines(body) == ["Kính gửi: Các trường\u00a0tiểu học", "Một.", "Hai.", "Ba.", "Bốn."]


def test_what_is_not_shown_is_not_read():
    body = (
        "<title>Thư</title><style>p { color: red }</style><script>alert('a')</script><!-- ghi chú -->"
        "<p style='display:none'>ẩn</p><p hidden>ẩn</p>"
        "<p><del>Trước ngày 10/12</del><ins>Trước ngày 15/12</ins></p>"
    )
    assert lines(body) == ["Trước ngày 15/12"]


def test_lists_are_numbered_as_they_are_shown():
    body = (
        "<ol type='I'><li>Một<ol start='3'><li>Ba</li><li value='7'>Bảy</li><li>Tám</li></ol></li>"
        "<li>Hai<ol type='a'><li>Mục</li></ol><ul><li>Gạch</li></ul></li></ol>"
    )
    assert lines(body) == ["I. Một", "3. Ba", "7. Bảy", "8. Tám", "II. Hai", "a. Mục", "• Gạch"]


def test_numbers_that_outlook_wrote_as_text_stay():
    body = (
        "<p class=MsoListParagraph><![if !supportLists]><span>1.<span>&nbsp;&nbsp; </span></span><![endif]>"
        "Rà soát.<o:p></o:p></p>"
    )
    assert [line.replace("\u00a0", " ").split() for line in lines(body)] == [["1.", "Rà", "soát."]]


def table(*rows: tuple[str, ...], border: int = 0) -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table border={border}>{cells}</table>"


def test_the_letterhead_stands_column_by_column():
    head = table(("<br>".join(LEFT), "<br>".join(RIGHT)))
    assert lines(f"{head}<p>Kính gửi: Các trường.</p>") == [*LEFT, "", *RIGHT, "", "Kính gửi: Các trường."]
    assert codes(head) == []


def test_a_table_stands_line_by_line():
    inner = table(("Trường", "Số lớp"), ("Suối Mây", "12"), border=1)
    assert lines(f"<p>Danh sách:</p>{table((inner,))}<p>Hết.</p>") == [
        "Danh sách:", "", "Trường | Số lớp", "Suối Mây | 12", "", "Hết.",
    ]  # fmt: skip
    assert codes(inner) == ["tables_as_lines"]


def test_fonts_of_before_unicode():
    body = (
        "<p style=\"font-family:'.VnTimeH'\">së gi¸o dôc</p>"
        "<p><font face='VNI-Times'>Tröôøng Maàm non</font> à</p>"
    )
    assert lines(body) == ["SỞ GIÁO DỤC", "Trường Mầm non à"]
    assert codes(body) == ["legacy_converted", "legacy_converted"]


def test_capitals_and_raised_numbers():
    assert lines("<p style='text-transform: uppercase'>Kế hoạch<sup>1</sup></p>") == ["KẾ HOẠCH¹"]


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><p>Một</p>",
        "\n<!-- thư --><HTML><body>Một</body></HTML>",
        "<?xml version='1.0'?><html><p>Một</p></html>",
        "<div dir='ltr'>Một</div>",
        "<p>Một",
    ],
)
def test_the_source_of_a_mail_is_known_when_it_is_pasted(text):
    assert text_of_paste(text).text == "Một\n"


@pytest.mark.parametrize("text", ["Một < hai", "<Tên cơ quan> Số: 12", "a <p>b</p>", "1. <b>"])
def test_a_text_with_a_bracket_is_no_html(text):
    assert text_of_paste(text).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_encodings(encoding):
    page = "<html><head><meta charset='windows-1252'></head><body><p>Trường tiểu học</p></body></html>"
    assert text_of_file(page.encode(encoding)).text == "Trường tiểu học\n"


# --- bad input ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", ["", "<p>&nbsp;</p>", "<p style='display:none'>ẩn</p>"])
def test_nothing_to_read(body):
    with pytest.raises(UnreadableFile) as refusal:
        lines(body)
    assert refusal.value.code == "empty"


def test_deep_nesting_ends_somewhere():
    assert text_of_paste("<p>Một.</p>" + "<div><table><tr><td>" * 20_000 + "Hai.").text.startswith("Một.")


def test_too_many_elements_are_refused_with_what_was_read(monkeypatch):
    monkeypatch.setattr(html_module, "MOST_ELEMENTS", 5)
    with pytest.raises(UnreadableFile) as refusal:
        lines("<p>Một.</p><p>Hai.</p>" + "<p>x</p>" * 20)
    assert (refusal.value.code, refusal.value.read.splitlines()[:2]) == ("too_slow", ["Một.", "Hai."])


def test_entities_of_ones_own_are_not_read():
    page = "<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><html><p>Một &a; hai</p></html>"
    assert "Một &a; hai" in text_of_paste(page).text


@settings(deadline=None)
@given(st.text(alphabet="<>/abdiloprtu='\" &;\n", max_size=300))
def test_any_markup_reads_or_is_empty(text):
    with contextlib.suppress(UnreadableFile):
        assert text_of_paste(f"<p>{text}").text.strip()
