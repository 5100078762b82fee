"""How fast a conclusion notice of eight pages is written, as PDF and as Word file, of invented text.

The floor is WeasyPrint printing the same words on as many pages and as the same kind of file (PDF/A-2a,
tagged), as paragraphs without any layout, in turn with ours. It is the processor's own time: what
else runs on the machine falls on both alike.
"""

import io
import statistics
from collections.abc import Callable
from dataclasses import replace
from html import escape

import pdfplumber

from tests.benchmarks.harness import Chosen, Report, Times, describe
from tests.benchmarks.reading import worked
from tests.directives.writing.samples import NOTICE, SENTENCE

PARTS, ITEMS, SENTENCES = 3, 9, 2
BARE = (
    '<!DOCTYPE html><html lang="vi"><head><title>Văn bản</title><style>{style}</style></head>'
    "<body>{text}</body></html>"
)
# Only what makes the pages hold as much: their size and that of the type.
BARE_STYLE = (
    "@page { size: A4; margin: 20mm 15mm 20mm 30mm }"
    " html { font: 14pt/1.3 'Times New Roman', 'Liberation Serif', Tinos } p { margin: 6pt 0 }"
)


def notice():  # type: ignore[no-untyped-def]  # the structure is loaded with what prints it
    """Parts of items of points: the shape of a notice, eight pages long."""
    from directives.writing.body import parse_body
    from directives.writing.words import letter, roman

    lines = ["Giám đốc Sở kết luận như sau:"]
    for part in range(1, PARTS + 1):
        lines.append(f"{roman(part)}. Nhiệm vụ trọng tâm của các đơn vị")
        for item in range(1, ITEMS + 1):
            lines.append(f"{item}. {SENTENCE * SENTENCES}")
            lines += [f"{letter(point)}) {SENTENCE}" for point in range(1, 4)]
    return replace(NOTICE, body=parse_body("\n".join([*lines, "Yêu cầu các đơn vị thực hiện."])))


def run(report: Report, chosen: Chosen) -> None:
    from weasyprint import HTML

    from directives.writing.arranging import Line, body_parts
    from directives.writing.docx import to_docx
    from directives.writing.pdf import to_pdf

    document = notice()
    parts = [part for part in body_parts(document) if isinstance(part, Line)]
    text = "".join(f"<p>{escape(f'{part.mark} {part.text}'.strip())}</p>" for part in parts)
    bare = BARE.format(style=BARE_STYLE, text=text)
    describe(
        report, chosen, "none", {"paragraphs": len(parts), "characters": sum(len(p.text) for p in parts)}
    )
    report.figure("notice_pages", pages_of(to_pdf(document)), "pages")
    report.figure("bare_pages", pages_of(HTML(string=bare).write_pdf()), "pages")
    ours, floor, plain = in_turn(
        lambda: to_pdf(document),
        lambda: HTML(string=bare).write_pdf(pdf_variant="pdf/a-2a"),
        lambda: HTML(string=bare).write_pdf(),
        repeats=chosen.repeats,
    )
    (word,) = in_turn(lambda: to_docx(document), repeats=chosen.repeats)
    report.figure("notice_pdf_s", ours.median, "s")
    report.figure("bare_pdf_s", floor.median, "s")
    report.figure("bare_pdf_untagged_s", plain.median, "s")
    ratios = [one / other for one, other in zip(ours.seconds, floor.seconds, strict=True)]
    report.figure("notice_pdf_ratio", statistics.median(ratios), "x")
    report.figure("notice_docx_s", word.median, "s")
    report.answer("notice", len(to_docx(document)), pages_of(to_pdf(document)))


def in_turn(*works: Callable[[], object], repeats: int) -> list[Times]:
    """The times of some runs of each, one after the other; a first round is not counted."""
    seconds: list[list[float]] = [[] for _ in works]
    for turn in range(repeats + 1):
        for work, kept in zip(works, seconds, strict=True):
            took, _ = worked(work)
            if turn:
                kept.append(took)
    return [Times(tuple(one)) for one in seconds]


def pages_of(content: bytes) -> int:
    with pdfplumber.open(io.BytesIO(content)) as file:
        return len(file.pages)
