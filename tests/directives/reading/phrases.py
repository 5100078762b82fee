"""A sentence as the one task of a letter, so that a rule is tested through the whole reader."""

from directives.reading import Context, Reading, read_document

DATED = "10 tháng 3 năm 2026"


def read_task(sentence: str, *, dated: str = DATED, context: Context | None = None) -> Reading:
    """Reads a letter of the given day whose only item, 1, is the sentence."""
    letter = (
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO\n\nSố: 15/SGDĐT-GDPT\n\n"
        f"Ngọc Sơn, ngày {dated}\n\nKính gửi: Các trường.\n\nSở yêu cầu như sau:\n\n1. {sentence}\n"
    )
    return read_document(letter, context=context)


def read_section(heading: str, sentence: str) -> Reading:
    """Reads a plan of 10/3/2026 whose part I has the heading and the sentence as its item 1."""
    plan = (
        "Số: 15/KH-SGDĐT\n\nNgọc Sơn, ngày 10 tháng 3 năm 2026\n\nKẾ HOẠCH\n\nCông tác năm 2026\n\n"
        f"I. {heading}\n\n1. {sentence}\n"
    )
    return read_document(plan)
