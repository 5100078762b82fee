"""The body as staff type it, one block a line, to blocks."""

import re
from itertools import zip_longest

from directives.writing.document import Basis, Block, Item, Paragraph
from directives.writing.words import ARTICLE, LETTERS, is_roman, plain

_ARTICLE = re.compile(rf"({ARTICLE} [0-9]{{1,3}})\.\s+(.+)")
_ROMAN = re.compile(r"([IVX]{1,7})\.\s+(.+)")
_ARABIC = re.compile(r"([0-9]{1,3})\.\s+(.+)")
_DOTTED = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})\.\s+(.+)")
_LETTER = re.compile(rf"([{''.join(LETTERS)}])\)\s*(.+)")
# A dash is a bullet before a space or a word, not before a figure ("-5 độ") or a second dash.
_DASH = re.compile(r"([-–—•*])(?:\s+|(?=[^\W\d_]))(.+)")
_PLUS = re.compile(r"(\+)(?:\s+|(?=[^\W\d_]))(.+)")
_BASIS = re.compile(r"Căn cứ\s", re.IGNORECASE)
_SENTENCE_END = tuple(".;:,!?…")
# A heading of the second level never runs longer; a longer line without a full stop is a forgotten full stop.
_LONGEST_TITLE = 160


def parse_body(text: str) -> tuple[Block, ...]:
    """Reads a typed body into blocks; knows every text and loses no word.

    Each line is a block, empty lines only part them. "I. …", "Điều 1. …", "1. …", "1.1. …", "a) …", "- …" and
    "+ …" become items; lines beginning with "Căn cứ" before anything else, legal bases; the rest, paragraphs.
    A line numbered "I." or "1." becomes a title if it does not end like a sentence and, at "1.", something
    stands beneath it.
    """
    lines = [line for line in map(plain, text.splitlines()) if line]
    blocks: list[Block] = []
    for line in lines:
        opening = all(isinstance(block, Basis) for block in blocks)
        blocks.append(Basis(line) if opening and _BASIS.match(line) else _block(line))
    return tuple(_with_title(block, after) for block, after in zip_longest(blocks, blocks[1:]))


def _block(line: str) -> Block:
    if (found := _ROMAN.fullmatch(line)) and is_roman(found[1]):
        return Item(1, found[1], found[2])
    for level, pattern in ((1, _ARTICLE), (2, _ARABIC), (3, _DOTTED), (3, _LETTER), (5, _PLUS)):
        if found := pattern.fullmatch(line):
            return Item(level, found[1], found[2])
    if found := _DASH.fullmatch(line):
        return Item(4, "-", found[2])
    return Paragraph(line)


def _with_title(block: Block, after: Block | None) -> Block:
    if not isinstance(block, Item) or block.level > 2 or block.text.endswith(_SENTENCE_END):
        return block
    introduces = isinstance(after, Paragraph) or (isinstance(after, Item) and after.level > block.level)
    if is_roman(block.number) or (introduces and len(block.text) <= _LONGEST_TITLE):
        return Item(block.level, block.number, "", title=block.text)
    return block
