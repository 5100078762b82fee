"""The text of scans, recognised by Tesseract with its Vietnamese letters: PDF without text, JPG, PNG, TIFF.

Tesseract says where each word stands; lines, columns and paragraphs are then set as those of a PDF.
"""

import functools
import math
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from directives.programs.running import run
from directives.reading import Extracted, UnreadableFile, Warning
from directives.reading.files import kept
from directives.reading.files.pages import Page, Word
from directives.reading.files.pdf import is_blank, refuse_bomb, set_text, text_so_far
from directives.reading.files.pdfium import UNMAPPED, opened, page_of

PROGRAM = "tesseract"
LANGUAGE = "vie"
# A decision with its annexes; each page takes some seconds.
MOST_PAGES = 60
SECONDS_A_PAGE = 60
SECONDS_IN_ALL = 15 * 60
MEGABYTES = 2000
# What Tesseract was taught on; a page of A4 comes to nine million dots.
DOTS_AN_INCH = 300
MOST_DOTS = 12_000_000
MOST_DOTS_OF_A_PICTURE = 100_000_000
# A4 in points: what a picture is taken to be the picture of.
USUAL_WIDTH = 595.0
# Of a hundred: a word that Tesseract is less sure of is hard to read, and so is a page with many of them.
SURE = 60
HARD_TO_READ = 0.15
WORD_LEVEL = "5"
# Lines whose height is so near to that of most lines are set in the same size.
ALIKE = (0.5, 1.4)

# Words that end where their line stands: no tails, no dot beneath.
STANDING = re.compile(r"[a-fh-ik-or-xzđA-PR-ZĐ0-9\u0300-\u0309\u031b.:%!]+")

Tell = Callable[[int, int], None]


@functools.cache
def is_installed() -> bool:
    """Whether Tesseract is there and knows Vietnamese. Asked once a process."""
    if not shutil.which(PROGRAM):
        return False
    listed = subprocess.run(
        [PROGRAM, "--list-langs"], capture_output=True, text=True, check=False, timeout=20
    )
    return LANGUAGE in listed.stdout.split()


def text_of_scan(data: bytes, tell: Tell) -> Extracted:
    """What is recognised on the pages of a scan. `tell` is told each page and how many there are.

    Pages of a PDF that hold their text are taken as they are: a letter is printed, its annex scanned.

    Raises UnreadableFile with the page and what was recognised before: broken, bomb, too_many_pages,
    too_slow, encrypted, nothing_recognised.
    """
    pages: list[Page] = []
    seen: list[str] = []
    hard: list[str] = []
    end = time.monotonic() + SECONDS_IN_ALL
    try:
        for number, total, found, width in pictures_of(data):
            if time.monotonic() > end:
                raise UnreadableFile("too_slow")
            tell(number, total)
            if isinstance(found, Page):
                pages.append(found)
                continue
            page, is_hard = recognised(found, width, number)
            pages.append(page)
            seen.append(str(number))
            hard += [str(number)] if is_hard else []
    except UnreadableFile as problem:
        place = problem.place or {"page": len(pages) + 1}
        raise UnreadableFile(problem.code, place=place, read=text_so_far(pages)) from problem
    told = [Warning("recognised")]
    if len(seen) < len(pages):
        told = [Warning("recognised_pages", None, {"pages": ", ".join(seen)})]
    if hard:
        told.append(Warning("hard_to_read", None, {"pages": ", ".join(hard)}))
    text = set_text(pages, told)
    if not text.text.strip():
        raise UnreadableFile("nothing_recognised")
    return kept(text)


# --- pages as pictures --------------------------------------------------------------------------------------

# The number of a page, how many there are, its picture or what it holds already, and its width in points.
Picture = tuple[int, int, Any | Page, float]


def pictures_of(data: bytes) -> Iterator[Picture]:
    return pages_of_pdf(data) if b"%PDF-" in data[:1024] else frames_of_picture(data)


def pages_of_pdf(data: bytes) -> Iterator[Picture]:
    refuse_bomb(data)
    with opened(data) as document:
        total = len(document)
        if total > MOST_PAGES:
            raise UnreadableFile("too_many_pages", place={"pages": total})
    for number in range(1, total + 1):
        # PDFium serves one at a time: others have their turn while Tesseract is at work on the page.
        with opened(data) as document:
            printed = page_of(document, number)
            shown = printed if holds_text(printed) else rendered(document[number - 1])
        yield number, total, shown, printed.width


def rendered(page: Any) -> Any:
    """A page's picture in grey, no larger than Tesseract needs it."""
    import pypdfium2

    width, height = page.get_size()
    scale = min(DOTS_AN_INCH / 72, math.sqrt(MOST_DOTS / (width * height)))
    try:
        return page.render(scale=scale, grayscale=True).to_pil()
    except (pypdfium2.PdfiumError, ValueError) as problem:
        raise UnreadableFile("broken") from problem


def holds_text(page: Page) -> bool:
    """Whether a page need not be recognised: its letters are there, and name what they are."""
    return not is_blank(page) and not any(UNMAPPED in word.text for word in page.words)


def frames_of_picture(data: bytes) -> Iterator[Picture]:
    """The pages of a picture file; a TIFF may have several."""
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(BytesIO(data), formats=["JPEG", "PNG", "TIFF"])
            total = getattr(image, "n_frames", 1)
            if total > MOST_PAGES:
                raise UnreadableFile("too_many_pages", place={"pages": total})
            for number in range(1, total + 1):
                image.seek(number - 1)
                if image.width * image.height > MOST_DOTS_OF_A_PICTURE:
                    raise UnreadableFile("bomb")
                upright = ImageOps.exif_transpose(image).convert("L")
                upright.load()
                scale = math.sqrt(MOST_DOTS / (upright.width * upright.height))
                if scale < 1:
                    upright = upright.resize((int(upright.width * scale), int(upright.height * scale)))
                yield number, total, upright, USUAL_WIDTH
        except Image.DecompressionBombError:
            raise UnreadableFile("bomb") from None
        except UnreadableFile:
            raise
        except Exception as problem:
            # Pillow meets broken pictures with errors of many kinds; the file is at fault.
            raise UnreadableFile("broken") from problem


# --- words --------------------------------------------------------------------------------------------------


def recognised(picture: Any, width: float, number: int) -> tuple[Page, bool]:
    """A page with the words that Tesseract sees on it, and whether many of them are uncertain."""
    with tempfile.TemporaryDirectory(prefix="eduportal-scan-") as folder:
        picture.save(Path(folder) / "page.png", compress_level=1)
        table = run(
            [PROGRAM, "page.png", "stdout", "-l", LANGUAGE, "--dpi", str(DOTS_AN_INCH), "--psm", "3", "tsv"],
            folder=Path(folder),
            seconds=SECONDS_A_PAGE,
            megabytes=MEGABYTES,
        )
    scale = width / picture.width
    seen = list(seen_words(table.decode("utf-8", "replace")))
    words = tuple(set_words([(line, box, text) for line, box, _, text in seen], scale))
    doubtful = sum(sure < SURE for _, _, sure, _ in seen)
    return Page(number, width, picture.height * scale, words), doubtful > HARD_TO_READ * max(len(seen), 1)


# Left, top, width, height in dots.
Box = tuple[int, int, int, int]


def seen_words(table: str) -> Iterator[tuple[str, Box, float, str]]:
    """The line of each word, its place, how sure it is and the word, out of Tesseract's table."""
    for row in table.splitlines()[1:]:
        level, page, block, paragraph, line, _, left, top, width, height, sure, text = row.split("\t", 11)
        if level == WORD_LEVEL and text.strip():
            yield (
                f"{page}.{block}.{paragraph}.{line}",
                (int(left), int(top), int(width), int(height)),
                float(sure),
                text.strip(),
            )


def set_words(seen: list[tuple[str, Box, str]], scale: float) -> Iterator[Word]:
    """Words in points, those of a line on one height and most lines of one size, as if they were printed.

    Their boxes hold the ink alone: "hay" is higher than "ao", and a dash is flat. A line stands where those
    words end that do not reach beneath it, and is as high as the lines of the page are, unless it differs by
    much.
    """
    lines: dict[str, list[tuple[Box, str]]] = {}
    for line, box, text in seen:
        lines.setdefault(line, []).append((box, text))
    heights = {line: statistics.median(box[3] for box, _ in words) for line, words in lines.items()}
    feet = {line: foot_of(words) for line, words in lines.items()}
    usual = statistics.median(heights.values()) if heights else 0.0
    for line, (left, _, width, _), text in seen:
        height = usual if ALIKE[0] * usual < heights[line] < ALIKE[1] * usual else heights[line]
        bottom, size = feet[line] * scale, height * scale
        yield Word(left * scale, (left + width) * scale, bottom - size, bottom, round(size, 1), text)


def foot_of(words: list[tuple[Box, str]]) -> float:
    """Where a line stands, in dots from the top."""
    standing = [box for box, text in words if STANDING.fullmatch(unicodedata.normalize("NFD", text))]
    if standing:
        return statistics.median(top + height for _, top, _, height in standing)
    # All reach beneath it, and so far: a quarter of their height.
    return statistics.median(top + 0.8 * height for _, top, _, height in (box for box, _ in words))
