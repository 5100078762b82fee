"""Files are known by their content; what cannot be kept says why."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduportal.base import uploads
from eduportal.base.uploads import DOCX, JPEG, PDF, PNG, XLSX, UploadRefused, kind_of


def office_file(part: str, text: bytes = b"<x/>") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(part, text)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("bien-ban.pdf", b"%PDF-1.7\n", PDF),
        ("ANH.JPG", b"\xff\xd8\xff\xe0 JFIF", JPEG),
        ("anh.jpeg", b"\xff\xd8\xff\xe0 JFIF", JPEG),
        ("so-do.png", b"\x89PNG\r\n\x1a\nx", PNG),
        ("bao-cao.docx", office_file("word/document.xml"), DOCX),
        ("so-lieu.xlsx", office_file("xl/workbook.xml"), XLSX),
    ],
)
def test_a_file_is_what_it_holds(name, content, kind):
    assert kind_of(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("trong.pdf", b"", "empty"),
        ("trong.pdf", b" \n\0\0", "empty"),
        ("virus.exe", b"MZ\x90\x00", "program"),
        ("bao-cao.pdf", b"MZ\x90\x00\x03", "program"),
        ("bao-cao.pdf", b"\x7fELF\x02\x01", "program"),
        ("IMG_0042.HEIC", b"\0\0\0\x24ftypheic\0\0\0\0mif1heic", "heic"),
        ("IMG_0042.jpg", b"\0\0\0\x24ftypmif1\0\0\0\0heic", "heic"),
        ("phim.mp4", b"\0\0\0\x18ftypmp42", "unknown_kind"),
        ("trang.html", b"<script>alert(1)</script>", "unknown_kind"),
        ("hong.docx", b"PK\x03\x04 and no more", "broken"),
        ("goi.zip", office_file("word/other.xml"), "unknown_kind"),
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unknown_kind"),
        ("virus.docx", b"MZ\x90\x00", "program"),
        ("van-ban.pdf", "Văn bản".encode(), "wrong_name"),
        ("goi.docx", office_file("word/other.xml"), "wrong_name"),
        ("anh.pdf", b"\xff\xd8\xff\xe0 JFIF", "wrong_name"),
        ("bao-cao.xlsx", office_file("word/document.xml"), "wrong_name"),
    ],
)
def test_what_is_not_kept_says_why(name, content, code):
    with pytest.raises(UploadRefused) as refused:
        kind_of(name, content)
    assert refused.value.code == code


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_UNPACKED", 1000)
    with pytest.raises(UploadRefused) as refused:
        kind_of("bom.docx", office_file("word/document.xml", b"0" * 1001))
    assert refused.value.code == "bomb"


def test_a_file_that_is_too_large_is_refused_first(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_BYTES", 8)
    assert kind_of("vua.pdf", b"%PDF-1.7") == PDF
    with pytest.raises(UploadRefused) as refused:
        kind_of("lon.pdf", b"%PDF-1.7\n")
    assert refused.value.code == "too_large"


@given(st.binary(max_size=200), st.sampled_from(["a.pdf", "a.docx", "a.png", "a", "pdf"]))
def test_any_bytes_are_either_of_a_kind_that_fits_the_name_or_refused(content, name):
    try:
        kind = kind_of(name, content)
    except UploadRefused:
        return
    assert name.endswith(kind.endings)
