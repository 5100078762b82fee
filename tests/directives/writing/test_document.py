import unicodedata
from dataclasses import FrozenInstanceError, replace

import pytest

from directives.writing.document import Basis, Item, Letterhead, Paragraph
from tests.directives.writing.samples import DECISION, LETTER, NOTICE


def test_text_is_nfc_whatever_was_handed_in():
    decomposed = unicodedata.normalize("NFD", "Sở Giáo dục và Đào tạo")
    assert Letterhead(decomposed, decomposed) == Letterhead(
        "Sở Giáo dục và Đào tạo", "Sở Giáo dục và Đào tạo"
    )
    assert replace(LETTER, addressees=(decomposed,)).addressees == ("Sở Giáo dục và Đào tạo",)
    assert Item(1, "I", decomposed, title=decomposed).title == "Sở Giáo dục và Đào tạo"


def test_documents_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        NOTICE.subject = "Khác"


def test_only_the_urgencies_of_the_decree():
    with pytest.raises(ValueError, match="RẤT GẤP"):
        replace(NOTICE, urgency="RẤT GẤP")


def test_a_letter_is_what_has_no_kind():
    assert LETTER.is_letter
    assert not NOTICE.is_letter


def test_bases_come_before_the_body():
    blocks = replace(DECISION, bases=("Căn cứ A",), body=(Paragraph("B"),)).blocks
    assert blocks == (Basis("Căn cứ A"), Paragraph("B"))
