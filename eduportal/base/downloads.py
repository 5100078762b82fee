"""Files as answers: the browser saves them, or shows a PDF, and guesses nothing."""

from urllib.parse import quote

from django.http import HttpResponse

from eduportal.base.uploads import DOCX


def as_download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """To be saved under a name, never shown."""
    return _answer(content, name, content_type, "attachment")


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """Our own PDF, shown by the browser."""
    return _answer(content, name, "application/pdf", "inline")


def as_docx(content: bytes, name: str) -> HttpResponse:
    """A Word file, to be saved."""
    return as_download(content, name, DOCX.content_type)


def _answer(content: bytes, name: str, content_type: str, how: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
