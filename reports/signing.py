"""What stands above the signature of a monthly report (Nghị định 30/2020, phụ lục I, mục II.7). Pure.

The words are those of official papers: Vietnamese, not translated.
"""

PRINCIPAL = "HIỆU TRƯỞNG"
OFFICER = "CÁN BỘ PHỤ TRÁCH"
"""A commune's officer who sends while it has no leader in the portal: by the head's order ("TL.")."""
COMMUNE_HEAD = "THỦ TRƯỞNG CƠ QUAN"
"""The head of a commune's office whose letterhead names no title."""


def signed_as(
    *, role: str, head_title: str, is_acting: bool = False, beside_head: bool = False
) -> tuple[str, ...]:
    """The lines of authority and title, the title last. `head_title`: that of a commune's head.

    A deputy who acts for a time signs for the principal where there is one (`beside_head`), else as acting
    principal.

    >>> signed_as(role="principal", head_title="")
    ('HIỆU TRƯỞNG',)
    >>> signed_as(role="principal", head_title="", is_acting=True)
    ('Q. HIỆU TRƯỞNG',)
    >>> signed_as(role="principal", head_title="", is_acting=True, beside_head=True)
    ('KT. HIỆU TRƯỞNG', 'PHÓ HIỆU TRƯỞNG')
    >>> signed_as(role="staff", head_title="TRƯỞNG PHÒNG")
    ('TL. TRƯỞNG PHÒNG', 'CÁN BỘ PHỤ TRÁCH')
    """
    if role == "principal":
        if not is_acting:
            return (PRINCIPAL,)
        return (f"KT. {PRINCIPAL}", f"PHÓ {PRINCIPAL}") if beside_head else (f"Q. {PRINCIPAL}",)
    head = head_title or COMMUNE_HEAD
    return (head,) if role == "leader" else (f"TL. {head}", OFFICER)
