"""Telephone numbers and mail addresses, however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.contacts import email_key, phone_key


@pytest.mark.parametrize(
    "written",
    [
        "0912345678",
        "+84 912 345 678",
        "+84912.345.678",
        "84912345678",
        "0084 912345678",
        "(0912) 345-678",
        "912345678",
    ],
)
def test_one_number_has_one_key(written):
    assert phone_key(written) == "0912345678"


@pytest.mark.parametrize(
    ("written", "key"), [("0200 555 0112", "02005550112"), ("+84 200 555 0112", "02005550112")]
)
def test_a_fixed_line_has_eleven_digits(written, key):
    assert phone_key(written) == key


@pytest.mark.parametrize(
    "written", ["", "minh", "09123", "0912 345 678 ext 2", "minh@vidu.example", "00000000000000"]
)
def test_what_is_no_number_has_no_key(written):
    assert phone_key(written) == ""


@given(st.from_regex(r"0[1-9][0-9]{8,9}", fullmatch=True), st.sampled_from([" ", ".", "-"]))
def test_separators_and_the_code_of_the_country_make_no_difference(digits, separator):
    spaced = separator.join([digits[:4], digits[4:7], digits[7:]])
    assert phone_key(spaced) == phone_key(f"+84{digits[1:]}") == phone_key(digits) == digits


@given(st.text())
def test_a_key_is_its_own_key(text):
    assert phone_key(phone_key(text)) == phone_key(text)
    assert email_key(email_key(text)) == email_key(text)


def test_mail_is_compared_without_case():
    assert (email_key(" Hoa@VIDU.example "), email_key("hoa")) == ("hoa@vidu.example", "")
