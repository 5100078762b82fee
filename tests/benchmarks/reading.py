"""How fast documents are read: each for itself, one of 30 KB and one of 5 MB, a PDF of ten pages."""

import io
import itertools
import re
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from tests.benchmarks.harness import Chosen, Report, Times, describe, documents, measured

WORDS = re.compile(r"\w+")
NUMBER = re.compile(r"^(?:\d{1,2}[.)]|[a-zđ]\)|[IVX]{1,5}\.|-)\s*", re.MULTILINE)
ARTICLES, CLAUSES = 99, 99
# Characters of a printed page, and how many of them a PDF has.
PAGE, PAGES = 1_600, 10
LETTERHEAD = """UBND TỈNH NGỌC SƠN
SỞ GIÁO DỤC VÀ ĐÀO TẠO

Số: 1520/QĐ-SGDĐT

Ngọc Sơn, ngày 03 tháng 12 năm 2026

QUYẾT ĐỊNH
Về việc ban hành quy định về công tác năm học

Căn cứ Thông tư số 22/2021/TT-BGDĐT ngày 20/7/2021 của Bộ Giáo dục và Đào tạo;

"""
SIGNATURE = """
Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC

Lê Thị Mai Anh
"""


def long_document(length: int) -> str:
    """One decision of about that many characters: articles and clauses of sentences of documents."""
    sentences = itertools.cycle(_sentences())
    clauses = max(1, min(CLAUSES, length // (ARTICLES * 300)))
    articles = max(1, min(ARTICLES, length // (clauses * 300)))
    room = (length - len(LETTERHEAD) - len(SIGNATURE)) // (articles * clauses)
    parts = [LETTERHEAD]
    for article in range(1, articles + 1):
        parts.append(f"Điều {article}. Nhiệm vụ của các đơn vị\n")
        for clause in range(1, clauses + 1):
            said = next(sentences)
            while len(said) + 100 < room:
                said += f"\n{next(sentences)}"
            parts.append(f"{clause}. {said}\n")
    return "".join((*parts, SIGNATURE))


def _sentences() -> list[str]:
    """Paragraphs of the texts at hand, without their numbers."""
    lines = (line for path in documents() for line in path.read_text(encoding="utf-8").splitlines())
    plain = (NUMBER.sub("", line).rstrip(" ./;") for line in lines if len(line) > 80)
    return [f"{line}." for line in plain if not line.isupper()]


def run(report: Report, chosen: Chosen) -> None:
    """The floor is one regular expression over the same text."""
    from directives.reading import read_document

    texts = {path.stem: path.read_text(encoding="utf-8") for path in documents()}
    sizes = {"documents": len(texts), "characters": sum(map(len, texts.values()))}
    describe(report, chosen, "none", sizes)
    everything = "\n".join(texts.values())
    report.floor = measured(lambda: WORDS.findall(everything), chosen.repeats)
    report.times("reading.floor", report.floor)
    all_of_them: list[Times] = []
    for name, text in texts.items():
        times = measured(lambda text=text: read_document(text), chosen.repeats)
        all_of_them.append(times)
        report.answer(name, asdict(read_document(text)))
        report.figure(f"reading.{name}.speed", len(text) / times.median, "characters/s")
    total = Times(tuple(map(sum, zip(*(times.seconds for times in all_of_them), strict=True))))
    report.times("reading.all", total)
    report.figure("reading.all.speed", sizes["characters"] / total.median, "characters/s")
    growth(report, chosen)
    pages(report)


def growth(report: Report, chosen: Chosen) -> None:
    """A document of 30 KB and one of 5 MB, and how much longer a character of the long one takes.

    It is the processor's own time, and the least of several: what else runs on the machine only adds to it.
    """
    from directives.reading import read_document

    short, long = long_document(30_000), long_document(chosen.longest * 1_000_000)
    in_short = min(worked(lambda: read_document(short))[0] for _ in range(chosen.repeats + 1))
    in_long, reading = worked(lambda: read_document(long))
    report.answer("long", len(reading.outline), len(reading.deadlines), len(reading.targets))
    report.figure("reading_30kb_ms", 1000 * in_short, "ms")
    report.figure(f"reading_{chosen.longest}mb_s", in_long, "s")
    report.figure("reading_growth_ratio", (in_long / len(long)) / (in_short / len(short)), "x")


def pages(report: Report) -> None:
    """A PDF of ten pages to its text, and the text read."""
    import pdfplumber

    from directives.reading import read_document, text_of_file
    from tests.directives.reading.files.builders import plain_pdf

    data = plain_pdf(long_document(PAGES * PAGE))
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        printed = len(pdf.pages)
    seconds = min(worked(lambda: read_document(text_of_file(data).text))[0] for _ in range(3))
    report.figure("pdf_pages", printed, "pages")
    report.figure("pdf_10_pages_s", seconds * PAGES / printed, "s")


def worked(work: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds that the processor works, and what comes of it."""
    began = time.process_time()
    done = work()
    return time.process_time() - began, done
