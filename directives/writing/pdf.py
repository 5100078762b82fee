"""The document as PDF/A-2a (archivable, tagged, text extractable), printed by WeasyPrint."""

import shutil
import subprocess

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from directives.writing.document import OfficialDocument
from directives.writing.layout import STYLE, to_print

# Any one of them will do: the face that the decree names, and those with the same measures.
FAMILIES = ("Times New Roman", "Liberation Serif", "Tinos")
FONTCONFIG = "fontconfig"


# Read once: reading it takes as long as laying out a page.
_STYLE = CSS(string=STYLE)
# Commands that found a family: what is installed stays so, what is missing may come any minute.
_found: set[str] = set()


class FontMissing(RuntimeError):
    """No face is installed in which official documents may be printed; `missing` says what to install."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"not installed: {', '.join(missing)}")
        self.missing = missing


class NoFetcher(URLFetcher):
    """A document holds all it needs; whatever asks for a file or an address is turned away."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Raises PermissionError, always; WeasyPrint logs it and prints on without what was asked for."""
        raise PermissionError(f"official documents fetch nothing: {url}")


def missing_fonts() -> list[str]:
    """What keeps documents from being printed in their face; empty when nothing does.

    Asks fontconfig for families that hold the Vietnamese letters. Without its command line nobody can say,
    and the answer is ["fontconfig"]; without any family, all `FAMILIES`, of which one is enough.
    """
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return [FONTCONFIG]
    if fc_list in _found:
        return []
    listed = subprocess.run(  # noqa: S603 — a fixed command line, found on the path
        [fc_list, ":lang=vi", "family"], capture_output=True, text=True, check=True, timeout=30
    )
    installed = {name.strip() for line in listed.stdout.splitlines() for name in line.split(",")}
    if not installed.intersection(FAMILIES):
        return list(FAMILIES)
    _found.add(fc_list)
    return []


def to_pdf(document: OfficialDocument) -> bytes:
    """The PDF, the same bytes for the same document. Raises FontMissing rather than print in another face."""
    return _printed(to_print(document), [_STYLE])


def pdf_of(page: str) -> bytes:
    """A whole page of HTML with its styles inside, as PDF/A. Raises FontMissing as `to_pdf` does."""
    return _printed(page, [])


def _printed(page: str, styles: list[CSS]) -> bytes:
    if missing := missing_fonts():
        raise FontMissing(missing)
    html = HTML(string=page, url_fetcher=NoFetcher())
    return html.write_pdf(stylesheets=styles, pdf_variant="pdf/a-2a")
