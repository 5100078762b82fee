"""The sentences on reporting, and what units wrote of themselves. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from eduportal.base.text import search_key
from reports.figures import Chased, Discipline, Remark
from reports.wording.words import linked, one_line, written
from schools.periods import Named


def discipline_text(discipline: Discipline, period: Named) -> str:
    """Who reported, and by name who did not. A longer period counts the reports of all its months."""
    if not discipline.expected:
        return f"Chưa có đơn vị nào phải nộp báo cáo {period.vietnamese}."
    is_month = period.kind == "month"
    noun = "đơn vị" if is_month else "lượt báo cáo"
    counts = (
        f"{linked('reports:received', written(discipline.received))}/"
        f"{linked('reports:expected', written(discipline.expected))}"
    )
    what = (
        f"đơn vị đã nộp báo cáo {period.vietnamese}"
        if is_month
        else f"lượt báo cáo trong {period.vietnamese} đã nộp"
    )
    received = f"{counts} {what}{kinds_of_units(discipline)}{received_late(discipline, noun)}"
    if not discipline.missing:
        return f"{received}."
    missing = linked("reports:missing", written(len(discipline.missing)))
    lines = [f"{received}; {missing} {noun} chưa nộp."]
    never = counted_names(row.name for row in discipline.missing if not row.returned)
    returned = counted_names(row.name for row in discipline.missing if row.returned)
    lines += [f"- Chưa nộp: {', '.join(never)}."] if never else []
    lines += [f"- Bị trả lại, chưa nộp lại: {', '.join(returned)}."] if returned else []
    return "\n".join(lines)


def received_late(discipline: Discipline, noun: str) -> str:
    if not discipline.received_late:
        return ""
    return f", trong đó {written(discipline.received_late)} {noun} nộp sau hạn"


def counted_names(names: Iterable[str]) -> list[str]:
    """Each name once; of what comes several times, how often."""
    counts = Counter(names)
    return [name if times == 1 else f"{name} ({written(times)})" for name, times in counts.items()]


def chased_text(chased: Sequence[Chased]) -> str:
    """A line more on who was reminded again and again, with what and how often; nothing where nobody was."""
    if not chased:
        return ""
    units = [f"{row.name} ({', '.join(awaited_of(row))}, nhắc {written(row.times)} lần)" for row in chased]
    return f"\n- Đã được nhắc nhiều lần nhưng chưa thực hiện: {'; '.join(units)}."


def awaited_of(row: Chased) -> list[str]:
    parts = [(row.reports, "báo cáo tháng"), (row.tasks, "nhiệm vụ")]
    return [f"{written(count)} {words}" for count, words in parts if count]


def kinds_of_units(discipline: Discipline) -> str:
    """Schools and communes apart, where both report."""
    schools = discipline.expected - discipline.communes
    if not discipline.communes or not schools:
        return ""
    of_schools = discipline.received - discipline.communes_received
    return (
        f" (trường học {written(of_schools)}/{written(schools)}; "
        f"xã, phường {written(discipline.communes_received)}/{written(discipline.communes)})"
    )


def difficulties_text(remarks: Sequence[Remark]) -> str:
    """What units wrote, quoted: difficulties first, then proposals; the same words of several units once."""
    lines: list[str] = []
    for title, said in (
        ("Khó khăn", [(one.name, one.difficulties) for one in remarks]),
        ("Kiến nghị", [(one.name, one.proposals) for one in remarks]),
    ):
        if quotes := together(said):
            lines += [f"{title}:", *(f"- “{text}” ({'; '.join(names)})." for text, names in quotes)]
    return "\n".join(lines) or "Các đơn vị không nêu khó khăn, kiến nghị."


def together(said: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Texts with the units that wrote them; what differs in case or diacritics alone is one text."""
    found: dict[str, tuple[str, list[str]]] = {}
    for name, text in said:
        line = one_line(text)
        if not line:
            continue
        names = found.setdefault(search_key(line), (line, []))[1]
        if name not in names:
            names.append(name)
    return list(found.values())
