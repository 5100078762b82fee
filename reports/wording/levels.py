"""The sentences on one level: classes, pupils, teachers, attendance, with their change. Pure."""

from decimal import Decimal

from reports.figures import Figure, LevelFigures, Rate
from reports.wording.words import linked, percentage, points, written
from schools.periods import Named

YEAR_AGO = "so với cùng kỳ năm trước"
PUPILS = {"preschool": "trẻ", "continuing": "học viên"}


def level_text(level: LevelFigures, before: Named) -> str:
    """The sentences on one level, a line each."""
    if not level.has_figures:
        return f"Chưa có số liệu: {reported_of(level)} trường đã báo cáo."
    pupils = PUPILS.get(level.level, "học sinh")
    lines = [f"Số liệu chốt {level.counted_in.vietnamese}."] if level.counted_in else []
    lines += [
        f"Tổng số lớp: {total_of(level.classes, level)}{coverage(level.classes, level)}"
        f"{moved(level.classes, 'lớp', before)}; "
        f"tổng số {pupils}: {total_of(level.pupils, level)}{coverage(level.pupils, level)}"
        f"{compared(level.pupils, pupils, before)}.",
        f"{rate_text(level.attendance, pupils, before)}; số giáo viên: {total_of(level.teachers, level)}"
        f"{coverage(level.teachers, level)}{moved(level.teachers, 'giáo viên', before)}.",
    ]
    if level.reported < level.schools:
        lines.append(f"Số liệu của {reported_of(level)} trường; các trường còn lại chưa báo cáo.")
    if level.is_provisional:
        lines.append("Số liệu tạm tính, còn báo cáo chưa được duyệt.")
    return "\n".join(lines)


def reported_of(level: LevelFigures) -> str:
    return f"{written(level.reported)}/{written(level.schools)}"


def total_of(figure: Figure, level: LevelFigures) -> str:
    """Zero, none given and none to give are three things."""
    if figure.value is not None:
        return linked(f"figure:{figure.code}", written(figure.value))
    return "không áp dụng" if applies_to_none(figure, level) else "chưa có số liệu"


def applies_to_none(figure: Figure, level: LevelFigures) -> bool:
    return figure.value is None and 0 < level.reported <= figure.not_applicable


def coverage(figure: Figure, level: LevelFigures) -> str:
    """Says so where some of the schools that reported gave no number here, or have none to give."""
    parts = []
    if figure.value is not None and figure.units + figure.not_applicable < level.reported:
        parts.append(f"của {written(figure.units)} trường có số liệu")
    if figure.not_applicable and not applies_to_none(figure, level):
        parts.append(f"{written(figure.not_applicable)} trường không áp dụng")
    return f" ({', '.join(parts)})" if parts else ""


def moved(figure: Figure, noun: str, before: Named) -> str:
    """The change in parentheses where there is one; where there is none, nothing."""
    return compared(figure, noun, before) if figure.change else ""


def compared(figure: Figure, noun: str, before: Named) -> str:
    """The change in parentheses, over which schools it was taken, and that against a year ago."""
    if figure.value is None:
        return ""
    clauses = [against_before(figure, noun, before)]
    if figure.year_change is not None:
        clauses.append(f"{direction(figure.year_change, noun)} {YEAR_AGO}")
    return f" ({'; '.join(clauses)})"


def against_before(figure: Figure, noun: str, before: Named) -> str:
    if figure.previous is None:
        return f"{before.vietnamese} chưa có số liệu để so sánh"
    if figure.change is None:
        return f"không có trường nào có số liệu cả {before.vietnamese} để so sánh"
    basis = (
        ""
        if figure.compares_all
        else f", tính trên {written(figure.paired_units)} trường có số liệu cả hai tháng"
    )
    return f"{direction(figure.change, noun)} so với {before.vietnamese}{basis}"


def direction(change: Decimal, noun: str) -> str:
    """Tăng, giảm or không đổi."""
    if not change:
        return "không đổi"
    return f"{'tăng' if change > 0 else 'giảm'} {written(abs(change))} {noun}"


def rate_text(rate: Rate, pupils: str, before: Named) -> str:
    name = f"Tỷ lệ {pupils} đi học chuyên cần"
    if rate.value is None:
        return f"{name}: chưa có số liệu"
    changes = [(rate.change, f"so với {before.vietnamese}"), (rate.year_change, YEAR_AGO)]
    clauses = [f"{direction_of_rate(by)} {words}" for by, words in changes if by is not None]
    behind = f" ({'; '.join(clauses)})" if clauses else ""
    return f"{name}: {linked(f'figure:{rate.code}', percentage(rate.value))}{behind}"


def direction_of_rate(change: Decimal) -> str:
    if not change:
        return "không đổi"
    return f"{'tăng' if change > 0 else 'giảm'} {points(abs(change))} điểm phần trăm"
