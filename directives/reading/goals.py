"""Targets: a figure with its words, what it is measured against, and the target that it is a part of.

"09 trường đạt chuẩn (lũy kế), trong đó: Mầm non 05, Tiểu học 04" is one target with two parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .model import Span, Target, Warning
from .normalise import View, matching_key
from .quantities import Figure, figures
from .scopes import Labels, placed
from .sections import BESIDE, RESULTS

SEPARATOR = re.compile(r"[;\n()]|[.:](?=\s|$)|,(?= (?:phấn đấu|đồng thời|riêng)\b)")
SENTENCE_END = re.compile(r"[;\n]|[.](?=\s|$)")
# Between clauses, not in "lớp 3, 4, 5".
COMMA = re.compile(r",(?= [^\W\d_])")
# Between two targets of one clause.
JOINT = re.compile(r", | và ")
# A longer clause is narrowed to what stands between commas around its figure.
LONGEST_CLAUSE = 110
MEASURED_AGAINST = re.compile(
    r"\bso với (?P<base>(?!.{0,20}\d{2,3} ?%)[^,;.()\n]{2,60}?)"
    r"(?= (?:từ|ít nhất|tối thiểu|là) |[,;.()\n]| \d+(?:,\d+)? ?%|$)"
)
CUMULATIVE = re.compile(r"\b(?:l[ũu]y kế|cộng dồn|nâng tổng số)\b")
AMONG_THEM = re.compile(r"\btrong đó\b ?:?")
# "đạt 58,3% (tương đương 140 trường)": the same said again.
SAID_AGAIN = re.compile(r"\((?:tương đương|tương ứng|bằng|khoảng|tức)(?: với)?(?: khoảng)? $")


def read_targets(
    view: View,
    path: str,
    section: str | None,
    taken: bytearray,
    headings: Sequence[str] = (),
    this_year: int | None = None,
) -> tuple[list[Target], list[Warning]]:
    """The targets that a stretch sets; ``taken`` marks what belongs to a reference or to a time.

    ``headings`` are the titles that it stands under, the nearest first; the document is of ``this_year``.
    """
    if section in (RESULTS, BESIDE):
        return [], []
    found, warnings = figures(view, section, taken, this_year, matching_key(headings[0]) if headings else "")
    found = [figure for figure in found if not SAID_AGAIN.search(view.key[max(0, figure.a - 40) : figure.a])]
    targets: list[Target] = []
    labels = Labels(view.text)
    for index, figure in enumerate(found):
        before = found[index - 1].b if index else 0
        after = found[index + 1].a if index + 1 < len(found) else len(view.key)
        clause = _clause(view, figure, before, after)
        target = _target(view, path, figure, clause, after)
        targets.append(placed(target, (*labels.before(figure.a), *headings)))
    targets = _nested(view, found, targets)
    return targets, [*warnings, *_sums(targets)]


def _target(view: View, path: str, figure: Figure, clause: Span, after: int) -> Target:
    a, b = clause
    return Target(
        path,
        view.raw(a, b),
        figure.comparator,
        figure.value,
        figure.value_max,
        figure.unit,
        view.span(a, b),
        rule=figure.rule,
        confidence=figure.confidence,
        baseline=_baseline(view, figure, a, min(after, b + LONGEST_CLAUSE)),
        cumulative=bool(CUMULATIVE.search(view.key[a : min(after, b + len(" (lũy kế)"))])),
        part=figure.part,
        whole=figure.whole,
    )


def _baseline(view: View, figure: Figure, start: int, stop: int) -> str | None:
    """What the figure is measured against, as printed: "năm học 2024-2025", "45%"."""
    if figure.base:
        return view.raw(*figure.base)
    end = SENTENCE_END.search(view.key, figure.b, stop)
    said = MEASURED_AGAINST.search(view.key, start, end.start() if end else stop)
    return view.raw(*said.span("base")) if said else None


def _clause(view: View, figure: Figure, before: int, after: int) -> Span:
    """The words of a target: its clause, cut at a comma where the clause holds another target."""
    key = view.key
    if "lần/" in figure.unit:
        return figure.a, figure.b
    left = max((m.end() for m in SEPARATOR.finditer(key, before, figure.a)), default=None)
    right = next((m.start() for m in SEPARATOR.finditer(key, figure.b, after)), None)
    if left is None:
        left = (
            max((joint.end() for joint in JOINT.finditer(key, before, figure.a)), default=before)
            if before
            else 0
        )
    if right is None:
        joints = JOINT.finditer(key, figure.b, after) if after < len(key) else ()
        right = max((joint.start() for joint in joints), default=after)
    left, right = _narrowed(key, figure, _with_label(key, figure, before, left), right)
    start, end = view.trimmed(left, right, also=" ,;:-")
    if not (start <= figure.a and end >= figure.b):
        return figure.a, figure.b
    opened = key.count("(", start, end) > key.count(")", start, end)
    return start, end + (opened and key.startswith(")", end))


def _with_label(key: str, figure: Figure, before: int, left: int) -> int:
    """Where the words begin of a figure that stands alone behind a colon: "Danh hiệu: 02 bằng khen"."""
    if not key.startswith(":", left - 1) or any(c.isalpha() for c in key[left : figure.a]):
        return left
    return max((m.end() for m in SEPARATOR.finditer(key, before, left - 1)), default=before)


def _narrowed(key: str, figure: Figure, left: int, right: int) -> Span:
    if right - left <= LONGEST_CLAUSE:
        return left, right
    left = max((comma.end() for comma in COMMA.finditer(key, left, figure.a)), default=left)
    if right - left <= LONGEST_CLAUSE:
        return left, right
    return left, next((comma.start() for comma in COMMA.finditer(key, figure.b, right)), right)


def _nested(view: View, found: Sequence[Figure], targets: Sequence[Target]) -> list[Target]:
    """What follows "trong đó" is part of the target before it, to the end of the sentence or bracket."""
    nested = list(targets)
    if len(targets) < 2 or "trong đó" not in view.key:
        return nested
    for match in AMONG_THEM.finditer(view.key):
        parent = max((i for i, figure in enumerate(found) if figure.b <= match.start()), default=None)
        if parent is None or SENTENCE_END.search(view.key, found[parent].b, match.start()):
            continue
        stop = _end_of_parts(view.key, match.end())
        for i in range(parent + 1, len(found)):
            if match.end() <= found[i].b and found[i].a < stop:
                nested[i] = nested[i].within_target(targets[parent].span)
    return nested


def _end_of_parts(key: str, start: int) -> int:
    closed = key.find(")", start)
    opened = key.rfind("(", max(0, start - 40), start)
    if opened >= 0 and key.find(")", opened, start) < 0 and closed >= 0:
        return closed
    end = SENTENCE_END.search(key, start)
    return end.start() if end else len(key)


def _sums(targets: Sequence[Target]) -> list[Warning]:
    """Counts that are told as the parts of a count, and do not make it up."""
    parts: dict[Span, list[Target]] = {}
    for target in targets:
        if target.within:
            parts.setdefault(target.within, []).append(target)
    return [
        Warning("parts_disagree", target.span, {"text": f"{target.raw}: {total:g}"})
        for target in targets
        if target.span in parts and (total := _total(target, parts[target.span])) not in (None, target.value)
    ]


def _total(target: Target, parts: Sequence[Target]) -> float | None:
    """What the parts make together, None where they are no counts of the same."""
    alike = all(one.unit == target.unit != "%" and one.comparator == "eq" for one in (target, *parts))
    return sum(part.value for part in parts) if alike and len(parts) > 1 else None
