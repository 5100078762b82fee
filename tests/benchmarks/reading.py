"""How fast documents are read: each for itself, one of 30 KB and one of 5 MB, a PDF of ten pages."""

import itertools
import re
from dataclasses import asdict

from tests.benchmarks.harness import Chosen, Report, Times, describe, documents, measured

WORDS = re.compile(r"\w+")
NUMBER = re.compile(r"^(?:\d{1,2}[.)]|[a-zđ]\)|[IVX]{1,5}\.|-)\s*", re.MULTILINE)
ARTICLES, CLAUSES = 99, 99
PAGE = 2_600
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
