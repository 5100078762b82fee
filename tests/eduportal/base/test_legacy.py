"""TCVN3 and VNI into Unicode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eduportal.base.legacy import (
    TCVN3,
    VNI,
    LegacyCode,
    code_of,
    code_of_font,
    in_unicode,
    is_legacy,
    line_with_capitals,
    set_in,
    to_unicode,
)

MARKED = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
SMALL = f"abcdeghiklmnopqrstuvxy{MARKED} 0123456789.,;:-/()"
TO_TCVN3 = {letter: sign for sign, letter in TCVN3.items()}
TO_VNI = {letter: signs for signs, letter in VNI.items()}

letters = st.text(alphabet=SMALL, max_size=60)


def written(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(letter, letter) for letter in text)


@given(letters)
def test_every_letter_comes_back_from_tcvn3(text):
    assert to_unicode(written(text, TO_TCVN3), LegacyCode.TCVN3) == text


@given(letters, st.booleans())
def test_every_letter_comes_back_from_vni(text, in_capitals):
    text = text.upper() if in_capitals else text
    assert to_unicode(written(text, TO_VNI), LegacyCode.VNI) == text


def test_the_tables_hold_every_letter_with_a_mark():
    assert set(MARKED) <= TO_TCVN3.keys()
    assert {*MARKED, *MARKED.upper()} == TO_VNI.keys()


TCVN3_TEXT = "§Ò nghÞ c¸c tr­êng tiÓu häc b¸o c¸o vÒ ®µo t¹o ®óng h¹n, ®Çy ®ñ"
VNI_TEXT = "Ñeà nghò caùc tröôøng tieåu hoïc baùo caùo veà ñaøo taïo ñuùng haïn, ñaày ñuû"
TEXT = "Đề nghị các trường tiểu học báo cáo về đào tạo đúng hạn, đầy đủ"


@pytest.mark.parametrize(
    ("text", "code"), [(TCVN3_TEXT, LegacyCode.TCVN3), (VNI_TEXT, LegacyCode.VNI)], ids=["TCVN3", "VNI"]
)
def test_a_text_tells_its_code(text, code):
    assert (code_of(text), to_unicode(text, code), is_legacy(text)) == (code, TEXT, True)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "",
        "Señor Núñez, El Niño, mañana",
        "Điều 5 µg và 3 ± 2 «trích» ®",
        "Zur Prüfung der Schüler gehören größere Übungen",
    ],
)
def test_other_texts_are_left_alone(text):
    assert code_of(text) is None


def test_a_text_that_was_typed_on_in_unicode_keeps_those_lines():
    converted = in_unicode(f"§éc lËp - Tù do\n{TCVN3_TEXT}\nTrường Tiểu học Suối Mây")
    assert converted == (f"Độc lập - Tự do\n{TEXT}\nTrường Tiểu học Suối Mây", LegacyCode.TCVN3)
    assert in_unicode(TEXT) == (TEXT, None)


def test_a_capital_with_the_sign_of_a_small_letter():
    assert to_unicode("Aùp duïng, Öu tieân, Ñoái töôïng", LegacyCode.VNI) == "Áp dụng, Ưu tiên, Đối tượng"


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("CộNG HòA Xã HộI CHủ NGHĩA VIệT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Độc lập - Tự do - Hạnh phúc", "Độc lập - Tự do - Hạnh phúc"),
        ("Sở GIáO DụC Và ĐàO TạO", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
        ("UBND xã Ea Tul, Sở", "UBND xã Ea Tul, Sở"),
        ("V/v ở các xã", "V/v ở các xã"),
        ("Số: 12/SGDĐT; Ý kiến", "Số: 12/SGDĐT; Ý kiến"),
    ],
)
def test_capitals_with_a_tone(shown, meant):
    assert line_with_capitals(shown) == meant


def test_a_hyphen_within_a_word_is_the_letter_that_it_was():
    text = "Sè: 12/KH-UBND ngµy 05-9-2006 vÒ ®µo t¹o ®éi ngò: tr-êng, -u tiªn, nh- sau; xe m¸y - « t«"
    meant = "Số: 12/KH-UBND ngày 05-9-2006 về đào tạo đội ngũ: trường, ưu tiên, như sau; xe máy - ô tô"
    assert in_unicode(text) == (meant, LegacyCode.TCVN3)


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        (".VnTime", LegacyCode.TCVN3, "Hà Nội"),
        ("VnArialH", LegacyCode.TCVN3, "HÀ NỘI"),
        ("Times New Roman", None, "Hµ Néi"),
        ("Vnuni", None, "Hµ Néi"),
    ],
)
def test_fonts_tell_their_code(font, code, shown):
    assert (code_of_font(font), set_in("Hµ Néi", font)) == (code, shown)


def test_a_font_of_vni():
    assert set_in("Haø Noäi", "VNI-Times") == "Hà Nội"
