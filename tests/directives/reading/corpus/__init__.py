"""Documents of the project's own writing with what a careful clerk reads in them.

``NAME.txt`` is a document, ``NAME.toml`` its reading, in which words stand for their place. In its lists a
reference is (words, number, symbol, date, issuer, is a basis), a deadline (path, words, role, start, end), a
target (path, words, comparator, value, unit, greatest value), an assignment (path, words, role); "a|b" is
either, "" is nothing. ``results`` are words that must be taken for no target and no deadline, ``optional``
those on which clerks differ. ``python -m tests.directives.reading.corpus FOLDER`` writes documents and
readings in the form of the shared scorer.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
# Written to find what the rules lacked; the others to measure them, and first read when the rules stood.
LEARNING = (
    "dang-ky-thi-dua",
    "ket-luan-thu-nhat",
    "quyet-dinh",
    "chi-thi",
    "ke-hoach-phan",
    "huong-dan",
    "cong-dien",
    "bao-cao",
    "ky-thi-va-on-thi",
    "quyet-dinh-chuong",
)
HELD_OUT = (
    "chi-tieu-cac-cap",
    "ket-luan-giao-ban",
    "quyet-dinh-giao-chi-tieu",
    "to-trinh",
    "giay-moi",
    "ket-luan-hoi-nghi",
)


@dataclass(frozen=True)
class Sample:
    """One document and its reading."""

    name: str

    @cached_property
    def text(self) -> str:
        return (FOLDER / f"{self.name}.txt").read_text(encoding="utf-8")

    @cached_property
    def gold(self) -> dict[str, Any]:
        return tomllib.loads((FOLDER / f"{self.name}.toml").read_text(encoding="utf-8"))

    def items(self, kind: str) -> list[list[Any]]:
        """The entries of one list of the reading."""
        return self.gold["lists"].get(kind, [])

    def place(self, words: str, path: str = "") -> tuple[int, int]:
        """Where words stand, on broken lines and decomposed, too; sought from the item of that path on."""
        start = self._starts.get(path, len(self.text) * 2 // 3 if path == "closing" else 0)
        found = self._pattern(words).search(self.text, start) or self._pattern(words).search(self.text)
        if found is None:
            raise LookupError(f"{self.name}: {words!r} does not stand in the text")
        return found.span()

    def head(self, path: str) -> str:
        """The first ten words of an item as they are printed."""
        return " ".join(self.text[self._starts[path] :].partition("\n")[0].split()[:10])

    @cached_property
    def _starts(self) -> dict[str, int]:
        """Where the head of every item stands, each sought after the one before it."""
        starts, last = {}, 0
        for path, head in self.gold["outline"].items():
            found = self._pattern(head).search(self.text, last)
            if found is None:
                raise LookupError(f"{self.name}: {head!r} does not stand in the text")
            starts[path] = last = found.start()
        return starts

    @staticmethod
    def composed(words: str) -> str:
        """Composed characters, one blank between words."""
        return " ".join(unicodedata.normalize("NFC", words).split())

    def _pattern(self, words: str) -> re.Pattern[str]:
        decomposed = not unicodedata.is_normalized("NFC", self.text)
        words = unicodedata.normalize("NFD", words) if decomposed else words
        return re.compile(r"\s+".join(map(re.escape, words.split())))


def sample(name: str) -> Sample:
    return Sample(name)


def names() -> list[str]:
    """All documents that have a reading."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))
