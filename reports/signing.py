"""What stands above the signature of a monthly report (Nghị định 30/2020, phụ lục I, mục II.7). Pure.

The words are those of official papers: Vietnamese, not translated.
"""

PRINCIPAL = "HIỆU TRƯỞNG"
OFFICER = "CÁN BỘ PHỤ TRÁCH"
"""A commune's officer who sends while it has no leader in the portal: by the head's order ("TL.")."""
COMMUNE_HEAD = "THỦ TRƯỞNG CƠ QUAN"
"""The head of a commune's office whose letterhead names no title."""


def signed_as(*, role: str, head_title: str) -> tuple[str, ...]:
    """The lines of authority and title, the title last. `head_title`: that of a commune's head.

    >>> signed_as(role="principal", head_title="")
    ('HIỆU TRƯỞNG',)
    >>> signed_as(role="staff", head_title="TRƯỞNG PHÒNG")
    ('TL. TRƯỞNG PHÒNG', 'CÁN BỘ PHỤ TRÁCH')
    """
    if role == "principal":
        return (PRINCIPAL,)
    head = head_title or COMMUNE_HEAD
    return (head,) if role == "leader" else (f"TL. {head}", OFFICER)
