"""Documents on their way, for the tests of this app."""

from collections.abc import Callable
from pathlib import Path

import pytest

from directives.actions.drafting import draft_directive
from directives.actions.issuing import (
    approve_directive,
    issue_directive,
    number_and_issue,
    submit_directive,
)
from directives.models import Directive
from tests.conftest import TODAY
from tests.directives.samples import LETTER, NOTICE_BODY

SHARED = Path(__file__).resolve().parents[3] / "shared" / "reading" / "documents"


@pytest.fixture
def letter(cast, province) -> Directive:
    """A letter signed elsewhere, read and not issued: five tasks, the fourth naming a school nobody knows."""
    return draft_directive(office=province.department, text=LETTER, by=cast.staff, today=TODAY)


@pytest.fixture
def issued_letter(cast, letter) -> Directive:
    """The same, handed out: 4 + 1 + 2 + 1 + 2 assignments."""
    issue_directive(directive=letter, version=letter.version, by=cast.staff, today=TODAY)
    return letter


@pytest.fixture
def write_notice(cast, province) -> Callable[..., Directive]:
    """Drafts of a conclusion notice, written here."""

    def write(**values: str) -> Directive:
        given = {
            "kind": "thong_bao",
            "subject": "Kết luận hội nghị giao ban tháng 11 năm 2026",
            "recipients": "Lãnh đạo Sở (để b/c)\nCác trường trực thuộc\nLưu: VT, VP",
            "signer_title": "GIÁM ĐỐC",
            "signer_name": "Đỗ Thị Lan",
            "text": NOTICE_BODY,
        }
        return draft_directive(
            office=province.department, by=cast.staff, today=TODAY, written_here=True, **(given | values)
        )

    return write


@pytest.fixture
def notice(write_notice) -> Directive:
    """One of them."""
    return write_notice()


@pytest.fixture
def approve(cast) -> Callable[[Directive], Directive]:
    """Takes a draft to where only its number is missing."""

    def through(directive: Directive) -> Directive:
        submit_directive(directive=directive, version=directive.version, by=cast.staff, today=TODAY)
        approve_directive(directive=directive, version=directive.version, by=cast.leader)
        return directive

    return through


@pytest.fixture
def issued_notice(cast, notice, approve) -> Directive:
    """A notice that went the whole way."""
    approve(notice)
    number_and_issue(directive=notice, version=notice.version, by=cast.registrar, today=TODAY)
    return notice


@pytest.fixture(params=["000", "002", "003"])
def real_document(request) -> str:
    """The text of each real document, where the folder is at hand."""
    file = SHARED / f"{request.param}.txt"
    if not file.exists():
        pytest.skip(f"the real documents are not at {SHARED}")
    return file.read_text(encoding="utf-8")
