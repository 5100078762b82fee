"""The files of a document, handed out to those who see it."""

from io import BytesIO

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from directives.actions.drafting import OriginalFile, draft_directive
from directives.actions.issuing import issue_directive, keep_print
from directives.reading import text_of_file
from directives.writing import pdf
from eduportal.base.uploads import DOCX
from tests.conftest import TODAY
from tests.directives.reading.files.builders import plain_word
from tests.directives.samples import LETTER
from tests.factories import DirectiveFactory


@pytest.fixture
def kept(cast, province):
    """An issued letter with the file it came as, under a name that wants to be more than a name."""
    original = OriginalFile(name="../Công văn\r\n215.txt", content=LETTER.encode())
    directive = draft_directive(
        office=province.department, text=LETTER, by=cast.staff, today=TODAY, original=original
    )
    issue_directive(directive=directive, version=1, by=cast.staff, today=TODAY)
    return directive


def test_the_original_is_to_be_saved_never_shown(cast, client_of, kept):
    response = client_of(cast.principal).get(f"/documents/{kept.pk}/original/")
    assert b"".join(response.streaming_content) == LETTER.encode()
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize("who", ["outsider", "outsider_principal"])
def test_files_of_foreign_documents_do_not_exist(cast, client_of, kept, issued_notice, who):
    client = client_of(getattr(cast, who))
    assert client.get(f"/documents/{kept.pk}/original/").status_code == 404
    assert client.get(f"/documents/{issued_notice.pk}/pdf/").status_code == 404


def test_a_pasted_document_has_no_original_and_a_signed_one_no_print(cast, client_of, letter):
    client = client_of(cast.staff)
    assert client.get(f"/documents/{letter.pk}/original/").status_code == 404
    assert client.get(f"/documents/{letter.pk}/pdf/").status_code == 404


def words(response) -> str:
    assert response["Content-Type"] == "application/pdf"
    with pdfplumber.open(BytesIO(response.content)) as document:
        return document.pages[0].extract_text()


def test_a_draft_is_printed_with_its_mark_and_blanks(cast, client_of, notice):
    response = client_of(cast.leader).get(f"/documents/{notice.pk}/pdf/")
    assert "DỰ THẢO" in words(response)
    assert response["Content-Disposition"] == f"inline; filename*=UTF-8''du-thao-{notice.pk}.pdf"


@pytest.mark.parametrize("is_kept", [True, False])
def test_an_issued_one_is_the_kept_file_or_the_same_printed_at_once(cast, client_of, issued_notice, is_kept):
    if is_kept:
        keep_print(directive=issued_notice)
    response = client_of(cast.principal).get(f"/documents/{issued_notice.pk}/pdf/")
    assert "Số: 01/TB-SGDĐT" in words(response)
    assert "DỰ THẢO" not in words(response)
    assert response["Content-Disposition"] == "inline; filename*=UTF-8''01-TB-SGD%C4%90T.pdf"


# --- as a Word file -----------------------------------------------------------------------------------------


def in_word(response) -> str:
    assert response["Content-Type"] == DOCX.content_type
    assert response["X-Content-Type-Options"] == "nosniff"
    return text_of_file(response.content).text


def test_a_draft_in_word_bears_its_mark(cast, client_of, notice):
    response = client_of(cast.leader).get(f"/documents/{notice.pk}/docx/")
    assert "DỰ THẢO" in in_word(response)
    assert response["Content-Disposition"] == f"attachment; filename*=UTF-8''du-thao-{notice.pk}.docx"


def test_an_issued_one_in_word_has_its_number(cast, client_of, issued_notice):
    response = client_of(cast.principal).get(f"/documents/{issued_notice.pk}/docx/")
    text = in_word(response)
    assert "Số: 01/TB-SGDĐT" in text
    assert "DỰ THẢO" not in text
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''01-TB-SGD%C4%90T.docx"


def test_only_what_was_written_here_and_is_seen_comes_in_word(cast, client_of, letter, issued_notice):
    assert client_of(cast.staff).get(f"/documents/{letter.pk}/docx/").status_code == 404
    assert client_of(cast.outsider).get(f"/documents/{issued_notice.pk}/docx/").status_code == 404


def test_the_page_offers_both(cast, client_of, issued_notice):
    page = client_of(cast.staff).get(f"/documents/{issued_notice.pk}/").content.decode()
    for name in ("pdf", "docx"):
        assert f'href="/documents/{issued_notice.pk}/{name}/"' in page


def test_without_fonts_it_says_so_and_prints_nothing(cast, client_of, notice, monkeypatch):
    monkeypatch.setattr(pdf, "missing_fonts", lambda: ["Times New Roman"])
    response = client_of(cast.staff).get(f"/documents/{notice.pk}/pdf/", follow=True)
    assert response.redirect_chain == [(f"/documents/{notice.pk}/", 302)]
    assert "Times New Roman" in response.content.decode()


# --- annexes ------------------------------------------------------------------------------------------------

PICTURE = b"\x89PNG\r\n\x1a\n"


def annexed(client, directive, name="Biểu.png", content=PICTURE, version=1):
    data = {"annex-version": version, "annex-annexes": SimpleUploadedFile(name, content)}
    return client.post(f"/documents/{directive.pk}/annexes/add/", data)


def test_an_annex_is_added_downloaded_and_taken_off(cast, client_of, letter):
    client = client_of(cast.staff)
    assert annexed(client, letter).url == f"/documents/{letter.pk}/#annexes"
    url = f"/documents/{letter.pk}/annexes/{letter.annexes.get().pk}/"
    download = client.get(url)
    assert b"".join(download.streaming_content) == PICTURE
    assert (download["X-Content-Type-Options"], download["Content-Disposition"][:10]) == (
        "nosniff",
        "attachment",
    )
    client.post(f"{url}remove/", {"version": 2})
    assert not letter.annexes.exists()


def test_a_school_downloads_the_annexes_of_what_concerns_it(cast, client_of, letter):
    annexed(client_of(cast.staff), letter)
    url = f"/documents/{letter.pk}/annexes/{letter.annexes.get().pk}/"
    assert client_of(cast.principal).get(url).status_code == 404
    issue_directive(directive=letter, version=2, by=cast.staff, today=TODAY)
    assert b"".join(client_of(cast.principal).get(url).streaming_content) == PICTURE
    assert client_of(cast.outsider).get(url).status_code == 404
    assert client_of(cast.staff).post(f"{url}remove/", {"version": 3}).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"), [("leader", 403), ("registrar", 403), ("admin", 403), ("principal", 404)]
)
def test_who_adds_annexes(cast, client_of, letter, who, status):
    assert annexed(client_of(getattr(cast, who)), letter).status_code == status


@pytest.mark.parametrize(
    ("name", "content", "version", "words"),
    [
        ("a.exe", b"MZ", 1, "“a.exe”"),
        ("a.pdf", b"", 1, "“a.pdf”"),
        ("a.png", PICTURE, 9, "vừa có thay đổi"),
        ("a.docx", plain_word("MẬT"), 1, "có dấu MẬT"),
    ],
)
def test_what_is_not_added_says_why(cast, client_of, letter, name, content, version, words):
    client = client_of(cast.staff)
    annexed(client, letter, name, content, version)
    assert words in client.get(f"/documents/{letter.pk}/").content.decode()
    assert not letter.annexes.exists()


def test_an_annex_of_another_document_is_not_there(cast, client_of, letter, province):
    client = client_of(cast.staff)
    annexed(client, letter)
    other = DirectiveFactory(office=province.department)
    url = f"/documents/{other.pk}/annexes/{letter.annexes.get().pk}/"
    assert (client.get(url).status_code, client.post(f"{url}remove/").status_code) == (404, 404)
