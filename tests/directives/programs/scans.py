"""Scans made for tests: printed pages as pictures."""

import io
from base64 import b64encode

import pypdfium2

from tests.directives.reading.files.builders import printed


def pictures(pdf: bytes, dots_an_inch: int = 200) -> list:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dots_an_inch / 72, grayscale=True).to_pil() for page in document]


def picture(pdf: bytes, form: str = "PNG") -> bytes:
    """All pages in one file where the form can, else the first."""
    first, *others = pictures(pdf)
    file = io.BytesIO()
    more = {"save_all": True, "append_images": others} if form == "TIFF" else {}
    first.save(file, form, **more)
    return file.getvalue()


def scanned_pdf(pdf: bytes) -> bytes:
    """A PDF of pictures alone."""
    pages = []
    for page in pictures(pdf):
        file = io.BytesIO()
        page.save(file, "PNG")
        source = b64encode(file.getvalue()).decode()
        pages.append(
            f"<img src='data:image/png;base64,{source}' style='width:210mm;height:296mm;display:block'>"
        )
    return printed("".join(pages), "@page { margin: 0; @top-center { content: none } }")
