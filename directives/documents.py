"""From a stored document to the one that is printed."""

import re

from directives.checking import grouped
from directives.models import Directive, DirectiveKind
from directives.writing.body import parse_body
from directives.writing.document import Check, OfficialDocument, Recipient, Signature
from directives.writing.document import Letterhead as PrintedLetterhead
from schools.models import Letterhead

# As the decree names them; a letter has no name. Official documents are Vietnamese whatever language the page
# is in.
KIND_NAMES = {
    DirectiveKind.LETTER: "",
    DirectiveKind.PLAN: "Kế hoạch",
    DirectiveKind.NOTICE: "Thông báo",
    DirectiveKind.DECISION: "Quyết định",
    DirectiveKind.DIRECTIVE: "Chỉ thị",
    DirectiveKind.GUIDANCE: "Hướng dẫn",
    DirectiveKind.REPORT: "Báo cáo",
    DirectiveKind.SUBMISSION: "Tờ trình",
    DirectiveKind.PROGRAMME: "Chương trình",
    DirectiveKind.SCHEME: "Đề án",
    DirectiveKind.RESOLUTION: "Nghị quyết",
    DirectiveKind.TELEGRAM: "Công điện",
    DirectiveKind.INVITATION: "Giấy mời",
    DirectiveKind.OTHER: "",
}
ARCHIVE = re.compile(r"lưu\b", re.IGNORECASE)
NOTED = re.compile(r"(?P<name>.+?)\s*\((?P<note>[^()]+)\)\s*[;.]?$")


def official_document(
    directive: Directive, letterhead: Letterhead | None, portal: str = ""
) -> OfficialDocument:
    """The document with all its parts; as long as it is not issued, marked as a draft. No queries.

    `letterhead` is the office's on the document's day; without one its name stands at the head. `portal`: the
    address under which an issued document's check code is asked about.
    """
    lines = [line.strip(" -;.\t") for line in directive.recipients.splitlines() if line.strip(" -;.\t")]
    archive = next((line for line in lines if ARCHIVE.match(line)), "Lưu: VT")
    return OfficialDocument(
        letterhead=PrintedLetterhead(
            superior=letterhead.superior if letterhead else "",
            issuer=letterhead.issuer if letterhead else directive.office.name.upper(),
        ),
        kind=KIND_NAMES[DirectiveKind(directive.kind)],
        subject=directive.subject,
        number=directive.number or None,
        symbol=directive.symbol,
        place=directive.place,
        issued_on=directive.issued_on,
        addressees=(),
        bases=(),
        body=parse_body(directive.text),
        signature=Signature(
            authority=tuple(line.strip() for line in directive.signer_authority.splitlines() if line.strip()),
            title=directive.signer_title,
            name=directive.signer_name,
        ),
        recipients=tuple(recipient(line) for line in lines if not ARCHIVE.match(line)),
        archive=archive,
        draft=not directive.is_issued,
        check=check_of(directive, portal),
    )


def check_of(directive: Directive, portal: str) -> Check | None:
    """What stands on the paper for whoever doubts it; nothing on a draft."""
    if not directive.is_issued or not directive.check_code:
        return None
    code = grouped(directive.check_code)
    return Check(code, f"{portal.rstrip('/')}/check/{code}/" if portal else "")


def recipient(line: str) -> Recipient:
    """One line of "Nơi nhận", a note in brackets at its end apart."""
    noted = NOTED.match(line)
    return Recipient(noted["name"], noted["note"]) if noted else Recipient(line)


def file_name(directive: Directive, ending: str = "pdf") -> str:
    """ "07-TB-SGDĐT.pdf" as the name under which it is kept and sent."""
    number = directive.full_number if directive.number else f"du-thao-{directive.pk}"
    return re.sub(r"[^\w&.-]+", "-", number).strip("-") + f".{ending}"
