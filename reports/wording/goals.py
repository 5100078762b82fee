"""The sentences on targets and on the national standard. Pure."""

from collections.abc import Iterable, Sequence

from reports.figures import Goal, Recognised, Standards
from reports.wording.words import capital, day, linked, written

STANDINGS = {
    "exceeded": "vượt chỉ tiêu",
    "met": "đạt chỉ tiêu",
    "on_track": "đúng tiến độ",
    "at_risk": "có nguy cơ không đạt",
    "missed": "không đạt",
    "no_data": "chưa có số liệu",
}
LEVELS = {1: "mức độ 1", 2: "mức độ 2"}


def goals_text(goals: Sequence[Goal]) -> str:
    """How many targets stand where, then each with what it came to, by period."""
    counts = {code: sum(one.standing == code for one in goals) for code in STANDINGS}
    parts = [f"{words} {written(counts[code])}" for code, words in STANDINGS.items() if counts[code]]
    lines = [f"Theo dõi {written(len(goals))} chỉ tiêu: {'; '.join(parts)}."]
    periods = list(dict.fromkeys(one.period for one in goals))
    for period in periods:
        if len(periods) > 1:
            lines.append(f"{capital(period.vietnamese)}:")
        lines += [goal_line(one) for one in goals if one.period == period]
    return "\n".join(lines)


def goal_line(goal: Goal) -> str:
    if not goal.vi.value:
        return f"- {goal.vi.name}: chưa có số liệu (chỉ tiêu: {goal.vi.wanted})."
    value = linked(f"target:{goal.target_id}", goal.vi.value)
    return f"- {goal.vi.name}: {value} (chỉ tiêu: {goal.vi.wanted}; {STANDINGS[goal.standing]})."


def standards_text(standards: Standards) -> str:
    """How many schools hold the national standard, who gained or lost it, and whose lapses next."""
    held = linked("standards:", written(standards.recognised))
    lines = [f"Số trường đạt chuẩn quốc gia: {held}/{written(standards.schools)} trường."]
    lines += listed("Được công nhận trong kỳ", standards.gained, "quyết định {decision} ngày {on}")
    lines += listed("Hết hiệu lực hoặc bị thu hồi trong kỳ", standards.lost, "từ ngày {on}")
    lines += listed("Sắp hết hiệu lực", standards.lapsing, "từ ngày {on}")
    return "\n".join(lines)


def listed(title: str, rows: Iterable[Recognised], behind: str) -> list[str]:
    names = [
        f"{one.school} ({LEVELS[one.level]}, {behind.format(decision=one.decision, on=day(one.on))})"
        for one in rows
    ]
    return [f"- {title}: {'; '.join(names)}."] if names else []
