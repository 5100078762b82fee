"""From a stored document to the printed one."""

import datetime as dt

import pytest

from directives.documents import KIND_NAMES, file_name, official_document, recipient
from directives.models import Directive, DirectiveKind
from directives.queries import letterhead_of
from directives.writing.checks import check
from directives.writing.document import Recipient
from directives.writing.words import abbreviation_of
from tests.conftest import TODAY


def test_every_kind_has_its_name_in_the_decree():
    assert set(KIND_NAMES) == set(DirectiveKind)
    assert all(abbreviation_of(name) for name in KIND_NAMES.values() if name)


def test_a_notice_has_all_its_parts(notice):
    document = official_document(notice, letterhead_of(notice.office, TODAY))
    assert (document.letterhead.superior, document.letterhead.issuer) == (
        "UBND TỈNH NGỌC SƠN",
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO",
    )
    assert (document.kind, document.symbol, document.place) == ("Thông báo", "TB-SGDĐT", "Ngọc Sơn")
    assert document.recipients == (Recipient("Lãnh đạo Sở", "để b/c"), Recipient("Các trường trực thuộc"))
    assert document.archive == "Lưu: VT, VP"
    assert (document.signature.title, document.signature.name) == ("GIÁM ĐỐC", "Đỗ Thị Lan")
    assert check(document) == []


def test_until_it_is_issued_it_is_a_draft_with_its_blanks(notice, issued_notice):
    draft = official_document(Directive(office=notice.office, kind="thong_bao"), None)
    assert (draft.draft, draft.number, draft.issued_on) == (True, None, None)
    assert draft.letterhead.issuer == "SỞ GDĐT TỈNH NGỌC SƠN"
    issued = official_document(issued_notice, None)
    assert (issued.draft, issued.number, issued.issued_on) == (False, "01", TODAY)


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("UBND tỉnh (để b/c)", Recipient("UBND tỉnh", "để b/c")),
        ("UBND tỉnh (b/c);", Recipient("UBND tỉnh", "b/c")),
        ("Các trường", Recipient("Các trường")),
        ("Ban (lâm thời) của xã", Recipient("Ban (lâm thời) của xã")),
    ],
)
def test_notes_of_recipients(line, printed):
    assert recipient(line) == printed


def test_file_names():
    issued = Directive(pk=5, number="07", symbol="TB-SGDĐT", issued_on=dt.date(2026, 2, 5))
    assert file_name(issued) == "07-TB-SGDĐT.pdf"
    assert file_name(issued, "docx") == "07-TB-SGDĐT.docx"
    assert file_name(Directive(pk=5, symbol="TB-SGDĐT")) == "du-thao-5.pdf"
    assert file_name(Directive(pk=5, number="07", symbol="../../SGD&ĐT")) == "07-..-..-SGD&ĐT.pdf"
