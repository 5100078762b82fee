"""Reads a whole document: finds its parts and has each rule room read them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .assignees import read_assignees
from .context import Context
from .dates import Frame
from .deadlines import SETTING, Place, read_times
from .doubts import branch, doubts
from .goals import read_targets
from .header import read_header
from .layout import Line, continues, enumerated, lines_of
from .model import (
    CLOSING,
    PREAMBLE,
    Assignee,
    Deadline,
    Evidence,
    Header,
    Item,
    Product,
    Reading,
    Reference,
    Span,
    Target,
    Warning,
)
from .names import UnreadName
from .normalise import View, matching_key, squeeze, without_marks
from .outline import Node, Outline, build, marker_of
from .products import read_products
from .recurrences import frequencies_left
from .references import read_references
from .sections import RESULTS, TARGETS, is_heading, is_registering, is_task, is_title_only, sections
from .signature import END_OF_BODY, FOOTNOTE, Tail, read_tail, tail_of
from .slips import mended

CLOSING_WORDS = re.compile(
    r"^(?:trên đây là|căn cứ (?:nội dung|kế hoạch|công văn|thông báo|hướng dẫn)|nhận được|trong quá trình|"
    r"(?:sở|phòng|ủy ban nhân dân|ubnd|trường|ban)\b[^.;:]{0,80}?\b(?:yêu cầu|đề nghị|thông báo|"
    r"trân trọng)|"
    r"(?:đề nghị|yêu cầu) (?:các|thủ trưởng|hiệu trưởng|người đứng đầu|giám đốc)|"
    r"(?:kế hoạch|thông báo|công văn) này|trân trọng)\b"
)
SCHOOL_YEAR = re.compile(r"năm học(?: mới)? ((?:19|20)\d\d) ?- ?((?:19|20)\d\d)")
FULL_DATE = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?!\d)")
FULL_MONTH = re.compile(r"tháng (\d{1,2})(?:/| năm )((?:19|20)\d\d)")
REFERENCE_DATE = re.compile(r"/\S{1,40} ngày \d{1,2}/\d{1,2}/\d{4}")
HEAD_WORDS = 10
# A book of two thousand pages; what is longer is no document.
MOST_READ = 5_000_000


@dataclass
class Findings:
    """The lists of a reading while they are being filled."""

    references: list[Reference] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    assignments: list[Assignee] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    unread_names: list[UnreadName] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)


@dataclass(frozen=True)
class Stretch:
    """A part of the body that is read on its own: an item, the preamble, the closing, a footnote."""

    place: Place
    view: View
    title_end: int = 0
    headings: tuple[str, ...] = ()


def read_document(text: str, *, context: Context | None = None) -> Reading:
    """What a careful clerk reads in a document: a proposal for a person to confirm.

    ``text`` is used as it is; every span counts its characters. Reads any text without an exception.
    """
    context = context or Context()
    whole, slips = mended(View.of(text[:MOST_READ]))
    lines = enumerated(lines_of(whole))
    header, body, warnings = read_header(whole, lines)
    tail_start = tail_of(lines, body)
    tail = read_tail(whole, lines, tail_start)
    header = replace(
        header,
        recipients=tail.recipients,
        signer=tail.signer,
        evidence=(*header.evidence, *(Evidence(field, span, "tail", 0.95) for field, span in tail.spans)),
    )
    layout = _layout(whole, lines, body, tail_start, build(lines, body, tail_start))
    frame = _frame(header, layout, context)
    findings = Findings(warnings=[*warnings, *slips])
    for stretch in _stretches(whole, lines, layout, tail):
        _read_stretch(stretch, frame, findings)
    outline = _items(layout, header.doc_type, findings)
    _warn_whole(text, whole, lines, layout, tail, findings, outline)
    return Reading(
        header=header,
        references=tuple(findings.references),
        outline=tuple(outline),
        deadlines=tuple(sorted(findings.deadlines, key=lambda found: found.span)),
        targets=tuple(sorted(findings.targets, key=lambda found: found.span)),
        assignments=tuple(sorted(findings.assignments, key=lambda found: found.span)),
        products=tuple(sorted(findings.products, key=lambda found: found.span)),
        warnings=tuple(findings.warnings),
    )


@dataclass
class Layout:
    """The body in its parts; views are folded, by path."""

    outline: Outline
    views: dict[str, View]
    titles: dict[str, str]
    sections: dict[str, str | None]
    headings: dict[str, bool]
    spans: dict[str, Span]
    preamble: View | None
    closing: View | None


def _layout(whole: View, lines: Sequence[Line], body: int, tail: int, outline: Outline) -> Layout:
    closing = _closing_begins(lines, outline, tail)
    if outline.nodes:
        last = outline.nodes[-1]
        last.stop = min(last.stop, closing)
    views: dict[str, View] = {}
    spans: dict[str, Span] = {}
    for node in outline.nodes:
        start = lines[node.line].start
        views[node.path] = _own(whole, lines, node)
        spans[node.path] = whole.span(start, lines[node.stop - 1].end)
    first = outline.nodes[0].line if outline.nodes else closing
    titles = {path: view.text.partition("\n")[0] for path, view in views.items()}
    headings = {
        node.path: is_heading(node, titles[node.path], views[node.path].text.partition("\n")[2])
        for node in outline.nodes
    }
    preamble = _folded(whole, lines, body, first) if body < first else None
    default = TARGETS if preamble is not None and is_registering(preamble.key) else None
    return Layout(
        outline,
        views,
        titles,
        sections(outline.nodes, titles, default),
        headings,
        spans,
        preamble,
        _folded(whole, lines, closing, tail) if closing < tail else None,
    )


def _own(whole: View, lines: Sequence[Line], node: Node) -> View:
    """What an item says itself, after its number; a title may stand on the line below."""
    begin = lines[node.line].start + node.marker.length
    alone = begin >= lines[node.line].end and node.stop > node.line + 1
    if alone:
        return _folded(whole, lines, node.line + 1, node.stop)
    return _folded(whole, lines, node.line, node.stop, begin)


def _folded(whole: View, lines: Sequence[Line], first: int, stop: int, begin: int | None = None) -> View:
    """The lines from ``first`` to ``stop`` as paragraphs: broken sentences joined."""
    start = lines[first].start if begin is None else begin
    joints = [
        lines[index].start - start
        for index in range(first + 1, stop)
        if continues(lines[index - 1], lines[index])
    ]
    start, end = start, lines[stop - 1].end
    return whole.part(start, end).folded(joints)


def _closing_begins(lines: Sequence[Line], outline: Outline, tail: int) -> int:
    """The line after the last item on which the document turns to its readers again."""
    if not outline.nodes:
        return tail
    own = range(outline.nodes[-1].line + 1, tail)
    for index in own:
        if CLOSING_WORDS.match(lines[index].key) and not marker_of(lines[index]):
            return index
    # What follows a mere title is what the item says: "2. Các trường" / "Thực hiện theo phân công./.".
    if outline.nodes[-1].marker.style == "article":
        return tail
    said = len(own) > 1 or lines[outline.nodes[-1].line].text.rstrip().endswith((".", ";"))
    return tail - 1 if own and said and END_OF_BODY.search(lines[tail - 1].text) else tail


def _frame(header: Header, layout: Layout, context: Context) -> Frame:
    """What dates without a year are read against: the document's date, else a day or month that it names."""
    opening = matching_key(header.subject or "") + "\n" + (layout.preamble.key if layout.preamble else "")
    headings = "\n".join(layout.views[path].key for path, is_one in layout.headings.items() if is_one)
    anchor, is_day = header.issued_on, header.issued_on is not None
    if anchor is None and header.issued_month:
        year, month = map(int, header.issued_month.split("-"))
        anchor = datetime.date(year, month, 1)
    elif anchor is None:
        anchor = _named_day(opening + "\n" + headings) or context.today
        is_day = anchor is not None and anchor == context.today
    school_year = SCHOOL_YEAR.search(opening)
    report = next(
        (
            (int(m[2]), int(m[1]))
            for path, section in layout.sections.items()
            if section == RESULTS
            and (m := FULL_MONTH.search(layout.views[path].key))
            and 1 <= int(m[1]) <= 12
        ),
        None,
    )
    start = int(school_year[1]) if school_year else None
    return Frame(context, anchor, is_day, start, report)


def _named_day(opening: str) -> datetime.date | None:
    """The first full day, else month, that the opening of a document names."""
    without_references = REFERENCE_DATE.sub(" ", opening)
    for pattern, group in (
        (FULL_DATE, lambda m: (m[3], m[2], m[1])),
        (FULL_MONTH, lambda m: (m[2], m[1], 1)),
    ):
        for match in pattern.finditer(without_references):
            try:
                return datetime.date(*map(int, group(match)))
            except ValueError:
                continue
    return None


def _stretches(whole: View, lines: Sequence[Line], layout: Layout, tail: Tail) -> list[Stretch]:
    found: list[Stretch] = []
    if layout.preamble is not None:
        found.append(Stretch(Place(PREAMBLE, None, in_items=False), layout.preamble))
    for node in layout.outline.nodes:
        view, title = layout.views[node.path], layout.titles[node.path]
        section = layout.sections[node.path]
        titled = is_title_only(title) and (bool(node.children) or "\n" in view.text)
        found.append(
            Stretch(
                Place(node.path, section, layout.headings[node.path]),
                view,
                len(title.rstrip(" :.")) if titled else 0,
                _headings(layout, node),
            )
        )
    if layout.closing is not None:
        found.append(Stretch(Place(CLOSING, None, in_items=False), layout.closing))
    for index in tail.footnotes:
        mark = FOOTNOTE.match(lines[index].text)
        marked = (path for path, view in layout.views.items() if mark and mark[1] in view.text)
        path = next(marked, CLOSING)
        place = Place(path, layout.sections.get(path), in_items=path != CLOSING)
        found.append(Stretch(place, _folded(whole, lines, index, index + 1)))
    return found


def _headings(layout: Layout, node: Node) -> tuple[str, ...]:
    """The titles that an item stands under, the nearest first; its own, where more follows it."""
    own = [layout.titles[node.path]] if "\n" in layout.views[node.path].text else []
    titles = own + [layout.titles[above.path] for above in branch(node)[1:]]
    return tuple(title.rstrip(" :.") for title in titles if is_title_only(title))


def _read_stretch(stretch: Stretch, frame: Frame, findings: Findings) -> None:
    """Lets every rule room read a stretch; what one claims, the next leaves alone."""
    view, place = stretch.view, stretch.place
    references, warnings, taken = read_references(view, place.path)
    findings.references += references
    findings.warnings += warnings
    quoted = bytearray(taken)
    times, warnings = read_times(view, place, frame, taken)
    times = [time for time in times if time.role in SETTING]
    findings.deadlines += times
    findings.products += read_products(view, place.path, place.section, times)
    findings.warnings += warnings
    if place.in_items:
        left = frequencies_left(view.key, quoted, taken)
        year = frame.anchor.year if frame.anchor else None
        targets, warnings = read_targets(view, place.path, place.section, left, stretch.headings, year)
        findings.targets += targets
        findings.warnings += warnings
    assignments, unread_names = read_assignees(view, place.path, place.section, stretch.title_end)
    findings.assignments += assignments
    findings.unread_names += unread_names


def _items(layout: Layout, doc_type: str, findings: Findings) -> list[Item]:
    tasks = {
        node.path
        for node in layout.outline.nodes
        if is_task(node, layout.sections[node.path], doc_type, layout.headings)
    }
    to_settle = doubts(
        layout.outline.nodes, tasks, findings.deadlines, findings.assignments, findings.unread_names
    )
    items = []
    for node in layout.outline.nodes:
        view = layout.views[node.path]
        text = _clean(view)
        items.append(
            Item(
                path=node.path,
                style=node.marker.style,
                number=node.path.rpartition(".")[2].partition("~")[0],
                head=" ".join(text.partition("\n")[0].split()[:HEAD_WORDS]),
                text=text,
                span=layout.spans[node.path],
                parent_path=node.parent.path if node.parent else None,
                is_heading=layout.headings[node.path],
                is_task=node.path in tasks,
                doubts=(*node.doubts, *to_settle.get(node.path, ())),
                confidence=0.5 if node.doubts else 0.95,
            )
        )
    return items


def _clean(view: View) -> str:
    """The text of a view as printed: dashes and quotes kept, markup dropped, paragraphs on lines."""
    paragraphs = []
    place = 0
    for part in view.text.split("\n"):
        if part:
            first, last = view.span(place, place + len(part))
            paragraphs.append(squeeze(without_marks(view.source[first:last])))
        place += len(part) + 1
    return "\n".join(paragraphs)


def _warn_whole(
    text: str,
    whole: View,
    lines: Sequence[Line],
    layout: Layout,
    tail: Tail,
    findings: Findings,
    outline: list[Item],
) -> None:
    """What concerns the whole: lost numbers, an annex, nothing read, deadlines that are over."""
    for index in layout.outline.rejected:
        span = whole.span(lines[index].start, lines[index].end)
        findings.warnings.append(Warning("number_out_of_sequence", span))
    for item in outline:
        if "number_out_of_sequence" in item.doubts:
            findings.warnings.append(Warning("number_out_of_sequence", item.span, {"path": item.path}))
    if tail.annex is not None:
        line = lines[tail.annex]
        findings.warnings.append(Warning("annex_not_read", whole.span(line.start, lines[-1].end)))
    if len(text) > MOST_READ:
        findings.warnings.append(Warning("not_read_to_the_end", (MOST_READ, len(text))))
    if not outline:
        findings.warnings.append(Warning("no_items"))
