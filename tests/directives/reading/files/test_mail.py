"""A mail kept as a file: its body is read, what is attached to it is told."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.reading import UnreadableFile, read_document
from directives.reading.files import text_of_file
from directives.reading.files.mail import is_mail

LETTER = "Số: 15/SGDĐT-GDPT\n\nKính gửi: Các trường.\n\n1. Các trường báo cáo trước ngày 15/4/2026.\n"


def mail(text: str | None = LETTER, html: str | None = None, attached: str | None = None) -> bytes:
    made = EmailMessage()
    made["Message-ID"] = "<1@ngocson.example>"
    made["Subject"] = "Công văn 15"
    made["From"] = "vanthu@ngocson.example"
    if text is not None:
        made.set_content(text)
    if html is not None:
        (made.add_alternative if text is not None else made.set_content)(html, subtype="html")
    if attached:
        made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename=attached)
    return made.as_bytes()


def test_the_body_is_read_whatever_its_encoding():
    found = text_of_file(mail(), "thu.eml")
    assert found.text.strip() == LETTER.strip()
    assert found.warnings == ()
    assert [str(one.end) for one in read_document(found.text).deadlines] == ["2026-04-14"]


def test_a_body_in_html_becomes_what_is_shown():
    found = text_of_file(mail(None, "<html><body><p>Kính gửi</p><p>Các trường</p></body></html>"))
    assert found.text.split("\n")[:2] == ["Kính gửi", "Các trường"]


def test_plain_text_goes_before_html():
    assert "HTML" not in text_of_file(mail(html="<html><body>HTML</body></html>")).text


def test_what_is_attached_is_told():
    [warning] = text_of_file(mail(attached="15-SGDĐT.pdf")).warnings
    assert (warning.code, warning.args["text"]) == ("attachments_not_read", "15-SGDĐT.pdf")


def test_a_mail_that_says_nothing_is_empty():
    with pytest.raises(UnreadableFile) as refused:
        text_of_file(mail("\n"), "thu.eml")
    assert refused.value.code == "empty"


def test_an_unknown_charset_is_read_as_a_file_is():
    source = mail("Hoa").replace(b'charset="utf-8"', b'charset="x-none"')
    assert text_of_file(source).text.strip() == "Hoa"


@pytest.mark.parametrize("text", [LETTER, "Subject: 15\n\nKính gửi", "Message-ID", "From: a\nKính gửi", ""])
def test_a_document_is_no_mail(text):
    assert not is_mail(text.encode())


@given(st.binary(max_size=400))
def test_any_mail_is_read_or_refused(rest):
    try:
        text_of_file(b"Message-ID: <1@a>\n" + rest)
    except UnreadableFile:
        pass
