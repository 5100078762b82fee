"""The files of a document, handed out to those who see it."""

from io import BytesIO

import pdfplumber
import pytest

from directives.actions.drafting import OriginalFile, draft_directive
from directives.actions.issuing import issue_directive, keep_print
from directives.writing import pdf
from tests.conftest import TODAY
from tests.directives.samples import LETTER


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


def test_without_fonts_it_says_so_and_prints_nothing(cast, client_of, notice, monkeypatch):
    monkeypatch.setattr(pdf, "missing_fonts", lambda: ["Times New Roman"])
    response = client_of(cast.staff).get(f"/documents/{notice.pk}/pdf/", follow=True)
    assert response.redirect_chain == [(f"/documents/{notice.pk}/", 302)]
    assert "Times New Roman" in response.content.decode()
