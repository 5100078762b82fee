"""How fast documents are read: characters a second, each document for itself and all together."""

import re
from dataclasses import asdict

from tests.benchmarks.harness import Chosen, Report, Times, describe, documents, measured

WORDS = re.compile(r"\w+")
# Fifty paragraphs of four such sentences fill ten pages as offices set them.
SENTENCE = (
    "Các trường rà soát cơ sở vật chất, báo cáo Sở Giáo dục và Đào tạo trước ngày 15/12/2026, bảo đảm 98,5% "
    "phòng học kiên cố."
)


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
    report.figure("pdf_10_pages_s", pdf_of_ten_pages(chosen.repeats), "s")


def pdf_of_ten_pages(repeats: int) -> float:
    """Seconds from the bytes of a PDF to what was read in it."""
    from directives.reading import read_document, text_of_file
    from tests.directives.reading.files.builders import plain_pdf

    data = plain_pdf("\n".join(f"{n}. {' '.join([SENTENCE] * 4)}" for n in range(1, 51)))
    return measured(lambda: read_document(text_of_file(data).text), repeats).median
